"""What ``build`` asks of the functions that save: where, which, in which languages, and a record.

A notebook run by hand is asked for nothing: it saves every exhibit in both languages, in a folder
of its own.
"""

import json
import os
from collections.abc import Iterable
from pathlib import Path

from ipcompare.exports.declared import Exhibit
from ipcompare.words import LANGS

OUTPUTS, ONLY, LANGUAGES = "IPCOMPARE_OUTPUTS", "IPCOMPARE_ONLY", "IPCOMPARE_LANGS"
SCRATCH, NOTEBOOK = "IPCOMPARE_SCRATCH", "IPCOMPARE_NOTEBOOK"
PAGE = "page"  # the folder in the scratch folder of the figures drawn for the page


def outputs_folder(folder: Path | str | None = None) -> Path:
    """``folder``, else that of ``build`` (``IPCOMPARE_OUTPUTS``), else ``../my-outputs``.

    The last is for a notebook run by hand, perhaps with other settings: what is published in
    ``outputs/`` stays as it is. Jupyter starts a notebook in its own folder, ``notebooks/``.
    """
    return Path(folder or os.environ.get(OUTPUTS) or "../my-outputs")


def languages() -> tuple[str, ...]:
    """The languages of the files to write: those that ``build --lang`` asks for, else both."""
    return tuple(os.environ.get(LANGUAGES, "").split()) or LANGS


def asked_for(exhibit: Exhibit) -> bool:
    """Whether ``build --only`` names the exhibit, or names none."""
    only = os.environ.get(ONLY, "").split()
    return not only or exhibit.id in only


def scratch_folder() -> Path | None:
    """Where ``build`` takes what goes into the outputs by way of another file; None by hand."""
    folder = os.environ.get(SCRATCH)
    return Path(folder) if folder else None


def page_folder() -> Path | None:
    """Where ``build`` wants the figures drawn for the report's page, if it does."""
    folder = scratch_folder()
    return folder / PAGE if folder else None


def record(paths: Iterable[Path], by: str) -> None:
    """Tell ``build`` which files a notebook wrote and by which function: a JSON line a file."""
    folder = scratch_folder()
    if folder is None:
        return
    notebook = os.environ[NOTEBOOK]  # each has its own kernel and its own record
    with (folder / f"{notebook}.jsonl").open("a", encoding="utf-8") as lines:
        for path in paths:
            line = {"file": str(path), "notebook": notebook, "by": by}
            lines.write(json.dumps(line) + "\n")
