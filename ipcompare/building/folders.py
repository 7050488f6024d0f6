"""Folders of outputs: their files, and whether two have the same."""

import hashlib
from pathlib import Path

from ipcompare.exports.database import content_digest


def digest(path: Path) -> str:
    """The sha256 of a file; of a database the sha256 of its content, since its bytes depend on
    the version of SQLite."""
    if path.suffix == ".sqlite":
        return content_digest(path)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def differences(outputs: Path, again: Path) -> list[str]:
    """One line a file that is missing, unknown or different between two folders of outputs."""
    old, new = ({under(p, f): p for p in files_in(f)} for f in (outputs, again))
    lines = [f"{name}: is made, but not in {outputs}" for name in sorted(new.keys() - old.keys())]
    lines += [f"{name}: nothing makes it" for name in sorted(old.keys() - new.keys())]
    changed = [n for n in sorted(old.keys() & new.keys()) if digest(old[n]) != digest(new[n])]
    return lines + [f"{name}: differs" for name in changed]


def files_in(folder: Path) -> list[Path]:
    """The files of a folder, without hidden ones (.ipynb_checkpoints)."""
    found = (p for p in folder.rglob("*") if p.is_file())
    return sorted(p for p in found if not any(x[0] == "." for x in p.relative_to(folder).parts))


def under(path: Path, folder: Path) -> str:
    """The path below a folder, with ``/`` on every system."""
    return path.relative_to(folder).as_posix()
