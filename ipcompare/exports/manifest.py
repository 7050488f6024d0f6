"""What the outputs were made from, and whether they can be made again to the byte."""

import hashlib
import json
import re
from importlib.metadata import requires, version
from pathlib import Path

import nbformat

from ipcompare import __version__
from ipcompare.exports.database import content_digest
from ipcompare.exports.declared import exhibits

NAME = "manifest.json"


def write_manifest(
    corpus: Path, notebooks: Path, outputs: Path, *, made_by: dict[str, str]
) -> Path:
    """Write ``manifest.json``: hashes of the inputs, versions of the packages, and for each output
    file its hash and what made it. ``made_by`` names the makers of files that no notebook makes.
    """
    makers = {**_notebook_makers(notebooks), **made_by, "index.csv": "write_index"}
    files = [p for p in _files(outputs) if p.name != NAME]
    manifest = {
        "ipcompare": __version__,
        "packages": _versions(),
        "inputs": {_under(p, corpus): digest(p) for p in _files(corpus)},
        "outputs": {
            _under(p, outputs): {"sha256": digest(p), "made_by": makers.get(_under(p, outputs), "")}
            for p in files
        },
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    path = outputs / NAME
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def digest(path: Path) -> str:
    """The sha256 of a file; of a database the sha256 of its content, since its bytes depend on
    the version of SQLite."""
    if path.suffix == ".sqlite":
        return content_digest(path)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def differences(outputs: Path, again: Path) -> list[str]:
    """One line a file that is missing, unknown or different between two folders of outputs."""
    old, new = ({_under(p, f): p for p in _files(f)} for f in (outputs, again))
    lines = [f"{name}: is made, but not in {outputs}" for name in sorted(new.keys() - old.keys())]
    lines += [f"{name}: nothing makes it" for name in sorted(old.keys() - new.keys())]
    changed = [n for n in sorted(old.keys() & new.keys()) if digest(old[n]) != digest(new[n])]
    return lines + [f"{name}: differs" for name in changed]


def _notebook_makers(folder: Path) -> dict[str, str]:
    """``tables/targets.csv`` → the notebook and the function that make it."""
    makers = {}
    for exhibit in exhibits().values():
        path = folder / f"{exhibit.notebook}.ipynb"
        cells = nbformat.read(path, as_version=4).cells if path.is_file() else []
        source = next((c.source for c in cells if f'"{exhibit.id}")' in c.source), "")
        calls = [c for c in re.findall(r"ipc\.(\w+)\(", source) if not c.startswith("save_")]
        makers |= {
            _under(file, Path()): " ".join([f"notebooks/{path.name}", *calls[:1]])
            for file in exhibit.all_files(Path())
        }
    return makers


def _files(folder: Path) -> list[Path]:
    """The files of a folder, without hidden ones (.ipynb_checkpoints)."""
    found = (p for p in folder.rglob("*") if p.is_file())
    return sorted(p for p in found if not any(x[0] == "." for x in p.relative_to(folder).parts))


def _versions() -> dict[str, str]:
    """The pinned packages of this installation, and the Python series they run on."""
    names = sorted(re.split(r"[=<>!~;\s]", r)[0] for r in requires("ipcompare") or ())
    return {name: version(name) for name in names}


def _under(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()
