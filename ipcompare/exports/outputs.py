"""Exhibits on disk: CSV tables that Excel opens, figures ready to print, and their index.

Every exhibit is declared in ``data/exhibits.toml``. The same exhibit gives the same bytes on every
run: fixed rounding, ``\\n``, no dates, no names of programs.
"""

import csv
import functools
import io
import os
import warnings
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ipcompare.rules import RuleError, data_text, line_of, read_toml

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DECLARED_IN = "exhibits.toml"
FOLDERS = {"table": "tables", "figure": "figures"}
SUFFIXES = {"table": (".csv",), "figure": (".png", ".svg", ".pdf")}
DIGITS = 4


@dataclass(frozen=True)
class Exhibit:
    """One table or figure of the product: its file name, its caption and what it is made from."""

    id: str
    kind: str
    title_zh: str
    title_en: str
    notebook: str
    sources: tuple[str, ...]

    def files(self, folder: Path) -> list[Path]:
        """Where the exhibit is saved below ``folder``."""
        stem = folder / FOLDERS[self.kind] / self.id
        return [stem.with_name(self.id + suffix) for suffix in SUFFIXES[self.kind]]


@functools.cache
def exhibits() -> dict[str, Exhibit]:
    """The declared exhibits by id, in the order of ``exhibits.toml``."""
    declared: dict[str, Exhibit] = {}
    for entry in read_toml(DECLARED_IN).get("exhibit", []):
        problem = _problem(entry, declared)
        if problem:
            line = line_of(data_text(DECLARED_IN), f'id = "{entry.get("id")}"')
            raise RuleError(DECLARED_IN, line, problem)
        declared[entry["id"]] = Exhibit(**{**entry, "sources": tuple(entry["sources"])})
    return declared


def _problem(entry: dict[str, Any], declared: dict[str, Exhibit]) -> str:
    """What is wrong with one entry of ``exhibits.toml``; empty when nothing is."""
    wanted = [field.name for field in fields(Exhibit)]
    if set(entry) != set(wanted):
        return f"an exhibit has the keys {', '.join(wanted)}; this one has {', '.join(entry)}"
    if entry["kind"] not in FOLDERS:
        return f"kind is table or figure, not {entry['kind']!r}"
    return f"the id {entry['id']} is declared twice" if entry["id"] in declared else ""


def outputs_folder(folder: Path | str | None = None) -> Path:
    """``folder``, else the folder ``build`` asks for (``IPCOMPARE_OUTPUTS``), else ``../outputs``.

    The last is right for a notebook run by hand: Jupyter starts it in ``notebooks/``.
    """
    return Path(folder or os.environ.get("IPCOMPARE_OUTPUTS") or "../outputs")


def save_table(frame: pd.DataFrame, id: str, *, folder: Path | str | None = None) -> pd.DataFrame:
    """Write ``tables/<id>.csv`` and return the frame, rounded, for display in the notebook.

    UTF-8 with BOM (Excel shows Chinese), ``\\n``, numbers rounded to 4 digits, lists joined with
    ``；``, missing values empty. An index with a name becomes the first column. See ``csv_cell``
    for text that a spreadsheet would take for a formula.
    """
    (path,) = _declared(id, "table").files(outputs_folder(folder))
    write_csv(frame, path)
    return frame.round(DIGITS)


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write any frame as CSV under the rules of ``save_table``; makes the folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(csv_text(frame).encode("utf-8-sig"))


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
    formula = len(text) > 1 and text[0] in "=+-@\t\r" and not _is_number(text)
    return "'" + text if formula else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def save_figure(fig: "Figure", id: str, *, folder: Path | str | None = None) -> "Figure":
    """Write ``figures/<id>.png`` (300 dpi), ``.svg`` and ``.pdf`` and return the figure.

    Letters are outlines in the SVG, and an embedded TrueType subset in the PDF (text can be
    selected and searched). Raises ValueError when a character has no glyph in the font.
    """
    from ipcompare.plots.printing import print_style  # matplotlib is slow: a table need not wait

    exhibit = _declared(id, "figure")
    paths = exhibit.files(outputs_folder(folder))
    paths[0].parent.mkdir(parents=True, exist_ok=True)
    with print_style(), warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph .* missing")
        try:
            fig.draw_without_rendering()
            fig.set_layout_engine("none")  # one layout for the three files
            for path in paths:
                fig.savefig(path, metadata=_metadata(path.suffix, exhibit.title_zh))
        except UserWarning as warning:
            raise ValueError(f"figure {id}: {warning}") from warning
    return fig


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


def write_index(folder: Path | str) -> pd.DataFrame:
    """Write ``index.csv``, one row an exhibit, and return it.

    Raises ValueError when a declared file is missing or a file lies there that is not declared.
    """
    folder = Path(folder)
    wanted = {path for exhibit in exhibits().values() for path in exhibit.files(folder)}
    found = {path for name in FOLDERS.values() for path in (folder / name).glob("[!.]*")}
    problems = [f"{path} is declared but missing" for path in sorted(wanted - found)]
    problems += [f"{path} is not declared in {DECLARED_IN}" for path in sorted(found - wanted)]
    if problems:
        raise ValueError("the outputs are not complete:\n  " + "\n  ".join(problems))
    index = pd.DataFrame([asdict(exhibit) for exhibit in exhibits().values()])
    write_csv(index, folder / "index.csv")
    return index
