"""Exhibits on disk: CSV tables that Excel opens, figures ready to print, and their index.

Every exhibit is declared in ``data/exhibits.toml``. The same exhibit gives the same bytes on every
run: fixed rounding, ``\\n``, no dates, no names of programs.
"""

import csv
import io
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ipcompare.csv_cells import DIGITS, as_it_was, csv_cell
from ipcompare.exports.declared import (
    DECLARED_IN,
    FOLDERS,
    Exhibit,
    exhibit_citation,
    exhibits,
    made_exhibits,
)
from ipcompare.exports.request import (
    asked_for,
    languages,
    outputs_folder,
    page_folder,
    record,
)
from ipcompare.frames import text_columns
from ipcompare.placing import write_whole
from ipcompare.words import LANGS

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_NUMBERED = ("role", "label")  # beside the path in the clause table


def save_table(
    frame: pd.DataFrame, id: str, *, lang: str = "zh", folder: Path | str | None = None
) -> pd.DataFrame:
    """Write ``tables/<id>.csv`` and return the frame, rounded, for display in the notebook.

    UTF-8 with BOM (Excel shows Chinese), ``\\n``, numbers rounded to 4 digits, lists joined with
    ``；``, missing values empty. An index with a name becomes the first column. See ``csv_cell``
    for text that a spreadsheet would take for a formula, a date or another number. The path of
    provisions (1.10) is left out: ``clause_id`` holds it behind the #. ``lang="en"`` writes the
    twin of a table whose cells are words of ours (``<id>-en.csv``).
    """
    exhibit = _declared(id, "table")
    if lang not in exhibit.langs:
        raise ValueError(f"table {id} is saved in {', '.join(exhibit.langs)}, not {lang!r}")
    if asked_for(exhibit) and (lang in languages() or not exhibit.bilingual):
        paths = exhibit.files(outputs_folder(folder), lang)
        write_csv(frame, paths[0])
        record(paths, exhibit.by)
    return frame.round(DIGITS)


def write_csv(frame: pd.DataFrame, path: Path | str) -> None:
    """Write any frame as CSV under the rules of ``save_table``; makes the folder."""
    write_whole(path, csv_text(frame).encode("utf-8-sig"))


def read_table(path: Path | str) -> pd.DataFrame:
    """A saved table; missing values are missing, whole numbers whole, all other words words.

    What is text by ``columns.csv`` stays text where it looks like a number, and loses what
    ``csv_cell`` gave it; provisions have their path again.
    """
    as_text = dict.fromkeys(text_columns(), "str")
    frame = pd.read_csv(
        path, encoding="utf-8-sig", keep_default_na=False, na_values=[""], dtype=as_text
    ).convert_dtypes()
    for name in frame.select_dtypes("string"):
        frame[name] = frame[name].map(as_it_was, na_action="ignore")
    return _with_path(frame)


def _with_path(frame: pd.DataFrame) -> pd.DataFrame:
    """The clause table with its path, which the id holds: 2.3 of ``a#2.3`` and ``a#2.3~2``.

    Parts without number are called by their role (``a#title-1``) and have none.
    """
    if "path" in frame or not {"clause_id", *_NUMBERED} <= set(frame.columns):
        return frame
    behind = frame["clause_id"].str.partition("#")[2]
    paths = [
        None if text.rpartition("-")[0] == role else text.partition("~")[0]
        for text, role in zip(behind, frame["role"], strict=True)
    ]
    frame.insert(frame.columns.get_loc("label"), "path", pd.array(paths, dtype="string"))
    return frame


def saved_tables(folder: Path, lang: str = "zh") -> dict[str, pd.DataFrame]:
    """The tables that the notebooks saved, by exhibit id in the order of ``exhibits.toml``."""
    declared = [exhibit for exhibit in exhibits().values() if exhibit.kind == "table"]
    paths = {exhibit.id: exhibit.files(folder, lang)[0] for exhibit in declared}
    return {id: read_table(path) for id, path in paths.items() if path.is_file()}


def csv_text(frame: pd.DataFrame) -> str:
    """The frame as CSV under the rules of ``save_table``."""
    if any(name is not None for name in frame.index.names):
        frame = frame.reset_index()
    if {"clause_id", "path", *_NUMBERED} <= set(frame.columns):
        frame = frame.drop(columns="path")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(frame.columns)
    columns = [frame[name].tolist() for name in frame.columns]
    writer.writerows([csv_cell(value) for value in row] for row in zip(*columns, strict=True))
    return text.getvalue()


def save_figure(fig: "Figure", id: str, *, folder: Path | str | None = None) -> "Figure":
    """Write ``figures/<id>.png`` (300 dpi), ``.svg`` and ``.pdf`` and return the figure.

    A figure of ours is drawn again in the other language, as ``<id>-en.*``: an exhibit exists in
    both; any other figure stands for both as it is. Letters are outlines in the SVG, and an
    embedded TrueType subset in the PDF (text can be selected and searched). ``build`` also asks
    for the SVG that the report shows (``svg_for_page``). Raises ValueError when a character has
    no glyph in the font.
    """
    exhibit = _declared(id, "figure")
    if asked_for(exhibit):
        for lang in languages():
            again = getattr(fig, "in_language", None)
            shown = again(lang) if again and getattr(fig, "lang", None) != lang else fig
            _write_figure(shown, exhibit, lang, outputs_folder(folder))
    return fig


def _write_figure(fig: "Figure", exhibit: Exhibit, lang: str, folder: Path) -> None:
    """The three files of a figure in one language, and the one for the page."""
    # matplotlib is slow: a table need not wait
    from ipcompare.figures.linked import svg_for_page
    from ipcompare.figures.style import PrintFigure, print_style

    paths, title = exhibit.files(folder, lang), exhibit.title[LANGS.index(lang)]
    with print_style(), warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph .* missing")
        try:
            if fig.axes and (engine := fig.get_layout_engine()) is not None:
                engine.execute(fig)
            fig.set_layout_engine()  # none: one layout for all files
            for path in paths:
                file, about = io.BytesIO(), _metadata(path.suffix, title)
                fig.savefig(file, format=path.suffix[1:], metadata=about)
                write_whole(path, file.getvalue())
        except UserWarning as warning:
            raise ValueError(f"figure {exhibit.id}: {warning}") from warning
    record(paths, exhibit.by)
    if (page := page_folder()) is not None:
        page.mkdir(exist_ok=True)
        (page / f"{exhibit.id}-{lang}.svg").write_text(svg_for_page(fig), encoding="utf-8")
    if isinstance(fig, PrintFigure):  # a notebook shows what was saved
        fig.saved, fig.stale = paths[0].read_bytes(), False


def _metadata(suffix: str, title: str) -> dict[str, str | None]:
    """The title, and nothing that differs between runs, days or versions."""
    if suffix == ".png":
        return {"Software": None}
    if suffix == ".svg":
        return {"Title": title, "Date": None, "Creator": None}
    return {"Title": title, "CreationDate": None, "Creator": None, "Producer": None}


def _declared(id: str, kind: str) -> Exhibit:
    exhibit = exhibits().get(id)
    if exhibit is None or exhibit.kind != kind:
        known = ", ".join(e.id for e in exhibits().values() if e.kind == kind)
        raise ValueError(
            f"no {kind} {id!r} is declared in ipcompare/data/{DECLARED_IN}; "
            f"declare it there, or use one of: {known}"
        )
    return exhibit


def write_index(
    folder: Path | str, *, langs: tuple[str, ...] = LANGS, whole: bool = True
) -> pd.DataFrame:
    """Write ``index.csv`` and return it: one row an exhibit, with number, files and citation.

    Raises ValueError when a file declared for one of ``langs`` is missing, or a file lies there
    that is not declared. Exhibits without any file are left out and not counted: optional ones,
    and where the outputs need not be ``whole`` any, for a corpus may have nothing to show in them.
    """
    folder = Path(folder)
    declared = list(made_exhibits(folder, langs).values())
    needed = [e for e in exhibits().values() if whole and not e.optional]
    wanted = [path for exhibit in (*declared, *needed) for path in exhibit.all_files(folder, langs)]
    missing = sorted({path for path in wanted if not path.is_file()})
    problems = [f"{path} is declared but missing" for path in missing]
    problems += [f"{path} is not declared in {DECLARED_IN}" for path in undeclared(folder)]
    if problems:
        raise ValueError("the outputs are not complete:\n  " + "\n  ".join(problems))
    index = pd.DataFrame([_index_row(exhibit, langs) for exhibit in declared])
    write_csv(index, folder / "index.csv")
    return index


def undeclared(folder: Path) -> list[Path]:
    """The files in ``tables/`` and ``figures/`` that no exhibit has."""
    known = {path for exhibit in exhibits().values() for path in exhibit.all_files(folder)}
    found = {path for name in FOLDERS.values() for path in (folder / name).glob("[!.]*")}
    return sorted(found - known)


def _index_row(exhibit: Exhibit, langs: tuple[str, ...]) -> dict[str, Any]:
    """One exhibit in the index."""
    titles = {f"title_{lang}": title for lang, title in zip(LANGS, exhibit.title, strict=True)}
    cites = {f"cite_{lang}": exhibit_citation(exhibit, lang=lang) for lang in LANGS}
    files = [path.as_posix() for path in exhibit.all_files(Path(), langs)]
    return {
        "number": exhibit.name, "id": exhibit.id, **titles, "notebook": exhibit.notebook,
        "files": files, "sources": exhibit.sources, **cites,
    }  # fmt: skip
