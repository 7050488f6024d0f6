"""Execute the notebooks in clean kernels, write them back byte-stably, and index the outputs."""

import asyncio
import itertools
import os
import re
import shutil
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from ipcompare.browse.stripping import strip_widgets
from ipcompare.building.manifest import differences, write_manifest
from ipcompare.building.publish import printed_tables, publish, write_latex
from ipcompare.corpus import read_corpus
from ipcompare.exports.declared import Exhibit, chosen_exhibits, exhibits
from ipcompare.exports.saving import LANGUAGES, ONLY, OUTPUTS, write_index
from ipcompare.study import Study
from ipcompare.words import LANGS, check_lang

Progress = Callable[[int, int, str], None]

SIDE_BY_SIDE = 2
CELL_SECONDS = 600
SETTINGS = "settings"  # the id of the cell that a researcher changes
# Errors only: a kernel warns that its local connection is not encrypted.
KERNEL = [sys.executable, "-m", "ipykernel_launcher", "--log-level=40", "-f", "{connection_file}"]
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
}


class BuildError(ValueError):
    """Notebooks that failed: one paragraph each, with the notebook, the cell and the error."""


class _ThisPython(AsyncKernelManager):
    """Starts the running interpreter, whatever kernels the user has installed."""

    @property
    def kernel_spec(self) -> KernelSpec:
        return KernelSpec(argv=KERNEL, display_name="Python 3", language="python")


def build(
    notebooks: Path | str,
    outputs: Path | str,
    *,
    only: Iterable[str] | None = None,
    lang: str | None = None,
    progress: Progress = lambda done, total, notebook: None,
) -> list[Path]:
    """Execute the notebooks of a folder, two side by side, and write ``outputs``.

    Then everything made from them is published and ``manifest.json`` written; the corpus is the
    folder beside ``notebooks``. ``lang`` (``zh`` or ``en``) makes the exhibits of one language
    only, else both are made. ``only`` names exhibits (``target-matrix``, ``table-3``) or notebooks
    (``02-similarity``): then nothing but the files of these exhibits is written. The executed
    notebooks are written back by a whole build into the folder ``outputs`` beside them.
    ``progress(done, total, notebook)`` is called at every cell, with the cells of all notebooks
    counted. Returns the files written in ``outputs``. Raises BuildError when notebooks fail: they
    are left as they were, and so is the index.
    """
    if lang is not None:
        check_lang(lang)
    langs = (lang,) if lang else LANGS
    chosen = [] if only is None else chosen_exhibits(list(only))
    paths = _paths(Path(notebooks), {exhibit.notebook for exhibit in chosen})
    outputs = Path(outputs).resolve()
    kept = only is None and lang is None and outputs == _home(Path(notebooks))
    _execute_notebooks(paths, outputs, langs, chosen, kept, progress)
    if chosen:
        return _publish_chosen(Path(notebooks), outputs, langs, chosen)
    return _publish_all(Path(notebooks), outputs, langs)


def _execute_notebooks(
    paths: list[Path], outputs: Path, langs: tuple[str, ...], chosen: list[Exhibit],
    kept: bool, progress: Progress,
) -> None:  # fmt: skip
    """Run the notebooks, write them back if they are ``kept``.

    Raises BuildError with one paragraph a notebook that failed.
    """
    with tempfile.TemporaryDirectory() as scratch:
        env = _environment(outputs, scratch)
        env |= {LANGUAGES: " ".join(langs), ONLY: " ".join(exhibit.id for exhibit in chosen)}
        results = asyncio.run(_execute_all(paths, env, progress, langs, kept))
    failures = [str(result) for result in results if isinstance(result, Exception)]
    if failures:
        raise BuildError("\n\n".join(failures))
    for path, said in zip(paths, results, strict=True):
        if said:
            warnings.warn(f"{path.name}: {said}", stacklevel=3)


def _home(notebooks: Path) -> Path:
    """The folder of the outputs that belongs to the notebooks."""
    return notebooks.resolve().parent / "outputs"


def _publish_all(notebooks: Path, outputs: Path, langs: tuple[str, ...]) -> list[Path]:
    """Index, everything made from the exhibits, and the manifest; the files of the outputs."""
    write_index(outputs, langs=langs)
    corpus = notebooks.resolve().parent / "corpus"
    made_by = {
        path.relative_to(outputs).as_posix(): by
        for path, by in publish(Study(read_corpus(corpus)), outputs, langs=langs)
    }
    write_manifest(corpus, notebooks, outputs, made_by=made_by)
    return sorted(path for path in outputs.rglob("[!.]*") if path.is_file())


def _publish_chosen(
    notebooks: Path, outputs: Path, langs: tuple[str, ...], chosen: list[Exhibit]
) -> list[Path]:
    """The LaTeX of the chosen tables; the files of the chosen exhibits."""
    study = Study(read_corpus(notebooks.resolve().parent / "corpus"))
    files = [path for exhibit in chosen for path in exhibit.all_files(outputs, langs)]
    for lang in langs:
        for id, frame in printed_tables(study, outputs, lang).items():
            exhibit = exhibits()[id]
            if exhibit in chosen:
                files.append(write_latex(frame, exhibit, outputs, study.corpus, lang))
    return files


def verify(
    notebooks: Path | str,
    outputs: Path | str,
    *,
    progress: Progress = lambda done, total, notebook: None,
) -> list[str]:
    """Make everything again in a temporary folder; one line a file that is not the same."""
    notebooks = Path(notebooks).resolve()
    if not (notebooks.parent / "corpus").is_dir():
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


def _environment(outputs: Path, scratch: str) -> dict[str, str]:
    """The kernels' environment: no user profile, no history, the same numbers on any machine."""
    fixed = {OUTPUTS: str(outputs), "IPYTHONDIR": scratch, "PYTHONHASHSEED": "0"}
    fixed |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    fixed |= {"PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    return {**os.environ, **fixed}


async def _execute_all(
    paths: list[Path], env: dict[str, str], progress: Progress, langs: tuple[str, ...],
    kept: bool,
) -> list[str | BaseException]:  # fmt: skip
    """What each notebook wrote to stderr, or the error that stopped it."""
    places = asyncio.Semaphore(SIDE_BY_SIDE)
    notebooks = [nbformat.read(path, as_version=4) for path in paths]
    total, done = sum(len(notebook.cells) for notebook in notebooks), itertools.count(1)

    async def one(path: Path, notebook: nbformat.NotebookNode) -> str:
        async with places:
            if langs != LANGS:
                _set_language(notebook, langs[0])
            await _execute(path, notebook, env, lambda: progress(next(done), total, path.stem))
        said = _stabilize(notebook)
        if kept:
            _write(notebook, path)
        return said

    jobs = map(one, paths, notebooks)
    return await asyncio.gather(*jobs, return_exceptions=True)


async def _execute(
    path: Path, notebook: nbformat.NotebookNode, env: dict[str, str], ticks: Callable[[], None]
) -> None:
    """Execute the cells of one notebook; raises BuildError naming the cell that failed."""
    at = 0

    def starts(cell: nbformat.NotebookNode, cell_index: int) -> None:
        nonlocal at
        at = cell_index
        ticks()

    client = NotebookClient(
        notebook, kernel_manager_class=_ThisPython, timeout=CELL_SECONDS, record_timing=False,
        coalesce_streams=True, resources={"metadata": {"path": str(path.parent)}},
        on_cell_start=starts,
    )  # fmt: skip
    try:
        await client.async_execute(env=env)
    except Exception as error:
        raise BuildError(_explain(path, at, notebook.cells[at], error)) from error


def _set_language(notebook: nbformat.NotebookNode, lang: str) -> None:
    """Change the line ``lang = "zh"`` of the cell with the settings."""
    for cell in notebook.cells:
        if cell.get("id") == SETTINGS:
            cell.source = re.sub(r'^lang = "\w+"', f'lang = "{lang}"', cell.source, flags=re.M)


def _explain(path: Path, index: int, cell: dict, error: Exception) -> str:
    """Notebook, cell, its code and the error in a few lines."""
    if isinstance(error, CellExecutionError):
        problem = f"{error.ename}: {error.evalue}"
    else:
        problem = f"{type(error).__name__}: {error}"
    code = "\n    ".join(cell["source"].splitlines())
    return f"{path.name}, cell {index + 1} ({cell.get('id', '')}): {problem}\n    {code}"


def _stabilize(notebook: nbformat.NotebookNode) -> str:
    """Remove what differs between runs and machines; return what was written to stderr."""
    said = ""
    strip_widgets(notebook)
    notebook.metadata = nbformat.from_dict(METADATA)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        outputs = cell.get("outputs", [])
        said += "".join(out.text for out in outputs if out.get("name") == "stderr")
        if cell.cell_type == "code":
            cell.outputs = [out for out in outputs if out.get("name") != "stderr"]
    return said


def _write(notebook: nbformat.NotebookNode, path: Path) -> None:
    """Write the notebook in one step, so that a stop in between harms nothing."""
    part = path.with_suffix(".part")
    part.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")
    part.replace(path)
