"""What the outputs were made from, and whether they can be made again to the byte."""

import ast
import hashlib
import json
import re
from importlib.metadata import requires, version
from pathlib import Path
from typing import Any

import nbformat

from ipcompare import __version__
from ipcompare.exports.database import content_digest
from ipcompare.exports.declared import exhibits
from ipcompare.wording.coverage import MATCH_THRESHOLD
from ipcompare.wording.similarity import FEEDBACK
from ipcompare.wording.vectors import HEADING_WEIGHT, PARENT_WEIGHT

NAME = "manifest.json"
SAVING = ("save_table", "show_table", "save_figure")


def write_manifest(
    corpus: Path, notebooks: Path, outputs: Path, *, made_by: dict[str, str]
) -> Path:
    """Write ``manifest.json``: hashes of the inputs, versions of the packages, parameters, and for
    each output file its hash and what made it. ``made_by`` names the makers of files that no
    notebook makes.
    """
    makers = {**_notebook_makers(notebooks), **made_by, "index.csv": "write_index"}
    files = [p for p in _files(outputs) if p.name != NAME]
    manifest = {
        "ipcompare": __version__,
        "packages": _versions(),
        "parameters": parameters(notebooks),
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
    makers: dict[str, str] = {}
    for path in sorted(folder.glob("*.ipynb")):
        for id, function in saved_by(_code(path)).items():
            files = exhibits()[id].all_files(Path()) if id in exhibits() else []
            maker = f"notebooks/{path.name} {function}".strip()
            makers |= {file.as_posix(): maker for file in files}
    return makers


def _code(path: Path) -> list[str]:
    """The code cells of a notebook."""
    cells = nbformat.read(path, as_version=4).cells
    return [cell.source for cell in cells if cell.cell_type == "code"]


def saved_by(cells: list[str]) -> dict[str, str]:
    """The function that made what ``ipc.save_table(x, "id")`` saves, by id; empty if none did.

    >>> saved_by(["made = ipc.f(1)\\nmore = made.head()", 'ipc.save_table(more.round(), "a")'])
    {'a': 'f'}
    >>> saved_by(["study = ipc.Study(corpus)", 'ipc.show_table(study.pairs, "b")'])
    {'b': 'Study.pairs'}
    """
    made: dict[str, str] = {}
    saved: dict[str, str] = {}
    for statement in (node for cell in cells for node in ast.parse(cell).body):
        for call in (n for n in ast.walk(statement) if isinstance(n, ast.Call)):
            if getattr(call.func, "attr", "") in SAVING:
                saved.setdefault(call.args[1].value, _maker(call.args[0], made))
        if isinstance(statement, ast.Assign):
            for name, value in _assigned(statement):
                made[name] = _maker(value, made)
    return saved


def _assigned(statement: ast.Assign) -> list[tuple[str, ast.expr]]:
    """Each name of an assignment with its value: a, b = f(), g()."""
    (target,), value = statement.targets, statement.value
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        pairs = zip(target.elts, value.elts, strict=True)
    else:
        pairs = [(target, value)]
    return [(name.id, given) for name, given in pairs if isinstance(name, ast.Name)]


def _maker(value: ast.expr, made: dict[str, str]) -> str:
    """The outermost function of ours in an expression, else the table of a study, else what made
    the first name in it."""
    nodes = list(ast.walk(value))
    for call in (node for node in nodes if isinstance(node, ast.Call)):
        if isinstance(call.func, ast.Attribute) and ast.unparse(call.func).startswith("ipc."):
            return call.func.attr
    for node in (node for node in nodes if isinstance(node, ast.Attribute)):
        if made.get(ast.unparse(node.value)) == "Study":
            return f"Study.{node.attr}"
    names = [node for node in nodes if isinstance(node, ast.Name)]
    names.sort(key=lambda name: (name.lineno, name.col_offset))
    return next(filter(None, (made.get(name.id, "") for name in names)), "")


def parameters(notebooks: Path) -> dict[str, Any]:
    """The numbers that the results depend on, and the settings of each notebook."""
    settings = {}
    for path in sorted(notebooks.glob("*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        for cell in (cell for cell in cells if cell.get("id") == "settings"):
            body = ast.parse(cell.source).body
            settings[path.name] = {n.targets[0].id: ast.literal_eval(n.value) for n in body}
    return {
        "heading_weight": HEADING_WEIGHT, "parent_weight": PARENT_WEIGHT, "feedback": FEEDBACK,
        "match_threshold": MATCH_THRESHOLD, "notebooks": settings,
    }  # fmt: skip


def _files(folder: Path) -> list[Path]:
    """The files of a folder, without hidden ones (.ipynb_checkpoints)."""
    found = (p for p in folder.rglob("*") if p.is_file())
    return sorted(p for p in found if not any(x[0] == "." for x in p.relative_to(folder).parts))


def _versions() -> dict[str, str]:
    """The pinned packages of this installation, and the Python series they run on."""
    names = {re.split(r"[\[=<>!~;\s]", r)[0] for r in requires("ipcompare") or ()}
    return {name: version(name) for name in sorted(names - {"ipcompare"})}


def _under(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()
