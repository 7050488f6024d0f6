"""Exhibits on disk: CSV tables that Excel opens, figures ready to print, and their index.

Every exhibit is declared in ``data/exhibits.toml``. The same exhibit gives the same bytes on every
run: fixed rounding, ``\\n``, no dates, no names of programs.
"""

import csv
import io
import re
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ipcompare.exports.declared import (
    DECLARED_IN,
    FOLDERS,
    Exhibit,
    exhibit_citation,
    exhibits,
)
from ipcompare.exports.request import (
    asked_for,
    languages,
    outputs_folder,
    page_folder,
    record,
)
from ipcompare.frames import text_columns
from ipcompare.words import LANGS

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DIGITS = 4
_FORMULA = re.compile(r"'*[=+\-@\t\r]")  # what a spreadsheet would run, and what looks guarded
_GUARDED = re.compile(r"^'(?='*[=+\-@\t\r])")


def save_table(
    frame: pd.DataFrame, id: str, *, lang: str = "zh", folder: Path | str | None = None
) -> pd.DataFrame:
    """Write ``tables/<id>.csv`` and return the frame, rounded, for display in the notebook.

    UTF-8 with BOM (Excel shows Chinese), ``\\n``, numbers rounded to 4 digits, lists joined with
    ``；``, missing values empty. An index with a name becomes the first column. See ``csv_cell``
    for text that a spreadsheet would take for a formula. ``lang="en"`` writes the twin of a table
    whose cells are words of ours (``<id>-en.csv``).
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
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(csv_text(frame).encode("utf-8-sig"))


def read_table(path: Path | str) -> pd.DataFrame:
    """A saved table; missing values are missing, whole numbers whole, all other words words.

    What is text by ``columns.csv`` stays text where it looks like a number (the path 1.10), and
    loses the apostrophe that ``csv_cell`` gives it.
    """
    as_text = dict.fromkeys(text_columns(), "str")
    frame = pd.read_csv(
        path, encoding="utf-8-sig", keep_default_na=False, na_values=[""], dtype=as_text
    ).convert_dtypes()
    for name in frame.select_dtypes("string"):
        frame[name] = frame[name].str.replace(_GUARDED, "", regex=True)
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
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(frame.columns)
    columns = [frame[name].tolist() for name in frame.columns]
    writer.writerows([csv_cell(value) for value in row] for row in zip(*columns, strict=True))
    return text.getvalue()


def csv_cell(value: Any) -> str:
    """One value as it stands in a CSV file.

    Text that begins with ``= + - @`` gets a leading apostrophe, so that no spreadsheet runs it as
    a formula; a sign alone (the comparator ``=``) and numbers stay as they are.

    >>> [csv_cell(v) for v in (2.0, 0.123456, None, ["甲", "乙"], "=1+1", "=", "-3")]
    ['2', '0.1235', '', '甲；乙', "'=1+1", '=', '-3']
    """
    if isinstance(value, list | tuple):
        value = "；".join(map(str, value))
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return ""
    if isinstance(value, float):
        return f"{round(value, DIGITS) + 0.0:.{DIGITS}f}".rstrip("0").rstrip(".")
    text = str(value)
    formula = len(text) > 1 and _FORMULA.match(text) and not _is_number(text)
    return "'" + text if formula else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


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
    paths[0].parent.mkdir(parents=True, exist_ok=True)
    with print_style(), warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph .* missing")
        try:
            if fig.axes and (engine := fig.get_layout_engine()) is not None:
                engine.execute(fig)
            fig.set_layout_engine()  # none: one layout for all files
            for path in paths:
                fig.savefig(path, metadata=_metadata(path.suffix, title))
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
    that is not declared. Where the outputs need not be ``whole``, exhibits without any file are
    left out: a corpus may have nothing to show in them. So are ``optional`` ones in any case.
    """
    folder = Path(folder)
    declared = list(exhibits().values())
    there = (any(p.is_file() for p in one.all_files(folder, langs)) for one in declared)
    needed = (whole and not one.optional for one in declared)
    kept = zip(declared, there, needed, strict=True)
    declared = [one for one, some, must in kept if some or must]
    wanted = [path for exhibit in declared for path in exhibit.all_files(folder, langs)]
    missing = sorted(path for path in wanted if not path.is_file())
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
