"""The whole product in one go: notebooks executed, their exhibits indexed and published."""

import shutil
import tempfile
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from pkgutil import resolve_name
from typing import TYPE_CHECKING

from ipcompare.building.folders import differences, files_in
from ipcompare.building.nursery import kernel_environment, nursery
from ipcompare.corpus import read_corpus
from ipcompare.corrections import FILE, SHEET
from ipcompare.exports.declared import chosen_exhibits
from ipcompare.exports.request import LANGUAGES, ONLY, OUTPUTS, SCRATCH
from ipcompare.exports.saving import undeclared
from ipcompare.placing import check_folder, put_in_place
from ipcompare.words import LANGS, check_lang

if TYPE_CHECKING:
    from ipcompare.building.execution import Progress

PUBLISH = "ipcompare.building.publish:publish_exhibits"  # imported where it is called


def build(
    notebooks: Path | str,
    outputs: Path | str,
    *,
    corpus: Path | str | None = None,
    only: Iterable[str] | None = None,
    lang: str | None = None,
    progress: "Progress" = lambda done, total, notebook: None,
) -> list[Path]:
    """Execute the notebooks of a folder, two side by side, and write ``outputs``.

    Then everything made from them is published and ``manifest.json`` written. ``corpus`` is the
    folder of the texts, else that beside ``notebooks``; for another one the notebooks that need a
    gold standard are ``left_out``, and the executed ones go to ``outputs/notebooks``. ``lang``
    (``zh`` or ``en``) makes the exhibits of one language only, else both are made. ``only`` names
    exhibits (``target-matrix``, ``table-3``) or notebooks (``02-similarity``): then nothing but
    the files of these exhibits is written. The executed notebooks are written back by a whole
    build into the folder ``outputs`` beside them. Corrections of the corpus that do not fit its
    texts stop it (CorrectionError). ``progress(done, total, notebook)`` is called
    at every cell, with the cells of all notebooks counted. Returns the files written in
    ``outputs``. Everything is made in a temporary folder and put in place at the end: where
    notebooks fail (BuildError), nothing has changed.
    """
    if lang is not None:
        check_lang(lang)
    langs = (lang,) if lang else LANGS
    check_folder(outputs)
    notebooks, outputs = Path(notebooks).resolve(), Path(outputs).resolve()
    chosen = [] if only is None else chosen_exhibits(list(only), outputs)
    paths = _paths(notebooks, {exhibit.notebook for exhibit in chosen})
    given = Path(corpus).resolve() if corpus is not None else _beside(notebooks)
    if own := given == _beside(notebooks):
        settings = {}
    else:
        settings = _settings(given, outputs, notebooks)
        paths = [path for path in paths if path.stem not in left_out(notebooks)]
    settings |= {"lang": lang} if lang else {}
    _check_corrections(given)
    kept = own and only is None and lang is None and outputs == notebooks.parent / "outputs"
    if not chosen and (unknown := undeclared(outputs)):
        raise ValueError(f"made by no notebook, remove: {', '.join(map(str, unknown))}")
    many = nursery(kernel_environment()) if len(paths) > 1 else nullcontext()
    with tempfile.TemporaryDirectory() as folder, many as forks:
        from ipcompare.building.execution import execute_notebooks, write_notebook

        scratch, made = Path(folder), Path(folder) / "outputs"
        request = {OUTPUTS: str(made), SCRATCH: folder, LANGUAGES: " ".join(langs)}
        request[ONLY] = " ".join(exhibit.id for exhibit in chosen)
        executed = execute_notebooks(
            paths, request, settings=settings, progress=progress, forks=forks
        )
        order = given, notebooks, scratch, langs, chosen
        forks.call(PUBLISH, *order) if forks else resolve_name(PUBLISH)(*order)
        if kept or not (own or chosen):
            for path, notebook in zip(paths, executed, strict=True):
                write_notebook(notebook, made / "notebooks" / path.name)
        return _put_in_place(made, outputs, notebooks if kept else outputs / "notebooks")


def _check_corrections(corpus: Path) -> None:
    """CorrectionError with all that do not fit, before any notebook is run."""
    if any((corpus / name).is_file() for name in (FILE, SHEET)):
        from ipcompare.study import check_corrections

        check_corrections(read_corpus(corpus))


def _beside(notebooks: Path) -> Path:
    """The corpus that the notebooks are written for."""
    return notebooks.parent / "corpus"


def _settings(corpus: Path, outputs: Path, notebooks: Path) -> dict[str, str]:
    """The settings of the notebooks for another corpus: its folder, its first text as reference.

    Of the texts that are reported on.

    Raises CorpusError for a bad corpus, ValueError where the outputs would be those of another.
    """
    if outputs == notebooks.parent / "outputs":
        raise ValueError(f"{outputs} is of the texts in {_beside(notebooks)}; give another --out")
    return {"corpus": str(corpus), "reference": read_corpus(corpus).reported.documents[0].doc_id}


def left_out(notebooks: Path | str) -> list[str]:
    """The notebooks that no other corpus can be given to: they need a gold standard."""
    from ipcompare.building.manifest import settings_of

    paths = sorted(Path(notebooks).glob("*.ipynb"))
    return [path.stem for path in paths if "corpus" not in settings_of(path)]


def verify(
    notebooks: Path | str,
    outputs: Path | str,
    *,
    progress: "Progress" = lambda done, total, notebook: None,
) -> list[str]:
    """Make everything again in a temporary folder; one line a file that is not the same."""
    notebooks = Path(notebooks).resolve()
    if not _beside(notebooks).is_dir():
        raise ValueError(f"{notebooks.parent}: no corpus/ here; run it in the repository's folder")
    with tempfile.TemporaryDirectory() as scratch:
        again = Path(scratch)
        hidden = shutil.ignore_patterns(".*")
        for folder in ("corpus", "benchmarks", "notebooks"):
            shutil.copytree(notebooks.parent / folder, again / folder, ignore=hidden)
        build(again / "notebooks", again / "outputs", progress=progress)
        found = differences(Path(outputs), again / "outputs")
        return found + [f"notebooks/{line}" for line in differences(notebooks, again / "notebooks")]


def _paths(folder: Path, stems: set[str]) -> list[Path]:
    """The notebooks of a folder, or those of these names."""
    paths = {path.stem: path for path in sorted(folder.glob("*.ipynb"))}
    if not paths:
        raise ValueError(f"{folder}: no notebooks here")
    if stems - set(paths):
        unknown = ", ".join(sorted(stems - set(paths)))
        raise ValueError(f"{folder}: no notebook {unknown}; there are {', '.join(paths)}")
    return [path for stem, path in paths.items() if stem in stems or not stems]


def _put_in_place(made: Path, outputs: Path, notebooks: Path) -> list[Path]:
    """Outputs and notebooks to their places, all or none; the paths of the outputs."""
    run = made / "notebooks"
    files = {
        file: (notebooks / file.name if file.parent == run else outputs / file.relative_to(made))
        for file in files_in(made)
    }
    places = put_in_place(files)
    return [place for place in places if notebooks not in place.parents or outputs in place.parents]
