"""All tables in one Excel workbook, with a first sheet that says what they are."""

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from ipcompare import __version__
from ipcompare.citations import DocumentNames
from ipcompare.exports.declared import exhibits
from ipcompare.exports.evidence_links import MATRICES, NAMES, evidence_links
from ipcompare.exports.presenting import column_title
from ipcompare.exports.table_cells import (
    DIGITS,
    Column,
    cell_text,
    column_widths,
    display_width,
    index_levels,
    table_columns,
)
from ipcompare.exports.zips import stable_zip
from ipcompare.extras import need
from ipcompare.placing import write_whole
from ipcompare.words import LANGS, word, word_table

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

NARROWEST, WIDEST = 8, 60
WRAPPED = 5 * WIDEST  # longer texts stay on one line: nobody scrolls through rows 30 lines high
CELL_LIMIT = 32_767  # characters in one cell of Excel
_CREATED = datetime(2000, 1, 1)
_ABOUT = ("empty", "digits", "formulas", "evidence")


def write_workbook(
    tables: Mapping[str, pd.DataFrame], path: Path | str, *, names: DocumentNames | None = None,
    notes: Mapping[str, tuple[str, str]] | None = None,
) -> Path:  # fmt: skip
    """Write one .xlsx file, a sheet a table, and return its path.

    ``tables`` maps exhibit ids, which name the sheets, to frames; any other name of at most 31
    characters will do, but has no title. The columns of an exhibit have their titles in Chinese
    and English; the last sheet lists them with the names they have in the data. Each sheet has a
    frozen header, a filter, widths that fit (a Chinese character counts as two) and number
    formats; a named index becomes the first columns, which stay in view. Cells of the matrices
    lead to the row of their evidence (``evidence_links``). Sheets are printed on A4 on its side,
    as wide as the page, the header on each. The first sheet lists titles, sizes, sources and notes
    (``notes`` by exhibit id, else those declared). Text is never a formula; a cell longer than
    Excel's limit ends in ``…``. Same tables, same bytes.
    """
    need("xlsxwriter")
    from xlsxwriter import Workbook

    data, path = io.BytesIO(), Path(path)
    with Workbook(data, {"in_memory": True}) as book:
        book.set_properties({"title": "ipcompare", "created": _CREATED})
        styles = _styles(book)
        heads = {name: _heads(name, frame, names) for name, frame in tables.items()}
        _write_notes(book.add_worksheet(_both("workbook.notes")), tables, styles, notes or {})
        for name, frame in tables.items():
            sheet = book.add_worksheet(name)
            _set_up(sheet, frozen=NAMES if name.removesuffix("-en") in MATRICES else 0)
            _write_sheet(sheet, frame, heads[name], styles, evidence_links(tables, name))
        _write_list(book.add_worksheet(_both("workbook.columns")), _dictionary(heads), styles)
    return write_whole(path, stable_zip(data.getvalue()))


def _both(key: str) -> str:
    """A word in both languages: ``说明 Notes``."""
    return " ".join(word(key, lang) for lang in LANGS)


def _list_heads(*keys: str) -> tuple[str, ...]:
    """The heads of a list: titles and notes have a column for each language."""
    heads = word_table("workbook.heads")
    apart = ("title", "note")
    return tuple(
        text for key in keys for text in (heads[key] if key in apart else [" ".join(heads[key])])
    )


def _styles(book: "Workbook") -> dict[str, "Format"]:
    """The cell formats by name."""
    top = {"valign": "top"}
    formats = {
        "title": {"bold": True, "font_size": 14},
        "header": {"bold": True, "bottom": 1, "bg_color": "#F2F2F2", "text_wrap": True, **top},
        "link": {"font_color": "#0B5394", "underline": 1, **top},
        "evidence": {"font_color": "#0B5394", "text_wrap": True, **top},
        "text": top,
        "wrapped": {"text_wrap": True, **top},
        # Excel keeps such a cell as text even when it is edited.
        "quoted": {"quote_prefix": True, **top},
        "General": top,
    }
    formats |= {form: {"num_format": form, **top} for form in map(_form, range(5))}
    return {name: book.add_format(spec) for name, spec in formats.items()}


def _form(digits: int | None) -> str:
    """The number format of a column; without thousands separators, for years stay years."""
    if digits is None:
        return "General"
    return f"0.{'0' * digits}" if digits else "0"


def _set_up(sheet: "Worksheet", *, frozen: int = 0) -> None:
    """How a sheet is printed, and which columns stay in view."""
    sheet.freeze_panes(1, frozen)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)  # inches
    sheet.fit_to_pages(1, 0)  # as wide as one page, as long as it takes
    sheet.repeat_rows(0)
    sheet.set_footer("&L&A&R&P / &N")


def _write_sheet(
    sheet: "Worksheet", frame: pd.DataFrame, heads: dict[str, str], styles: dict[str, "Format"],
    links: Mapping[tuple[int, str], str],
) -> None:  # fmt: skip
    """One table from cell A1."""
    columns = table_columns(frame)
    if index_levels(frame):
        sheet.freeze_panes(1, index_levels(frame))
    if columns:
        sheet.autofilter(0, 0, len(frame), len(columns) - 1)
    titled = [replace(column, name=heads.get(column.name, column.name)) for column in columns]
    keys = [column.name for column in columns]
    widths = column_widths(titled)
    for at, (key, column, width) in enumerate(zip(keys, titled, widths, strict=True)):
        sheet.set_column(at, at, min(max(width + 3, NARROWEST), WIDEST))  # 3: the filter button
        _write_text(sheet, 0, at, cell_text(column.name) or " ", styles, "header")
        wrapped = WIDEST < width <= WRAPPED or any("\n" in c for c in column.cells)
        style = "wrapped" if wrapped and width <= WRAPPED else "text"
        _write_column(sheet, at, column, styles, style)
        for row, link in ((n, links[n, key]) for n in range(len(frame)) if (n, key) in links):
            text = _cut(cell_text(column.values[row]))
            sheet.write_url(row + 1, at, f"internal:{link}", styles["evidence"], string=text)


def _write_column(
    sheet: "Worksheet", at: int, column: Column, styles: dict[str, "Format"], style: str
) -> None:
    """The values of one column, each by its kind; missing ones stay empty."""
    number = styles[_form(column.digits)]
    for row, value in enumerate(column.values, 1):
        if value is None:
            continue
        if isinstance(value, bool):
            sheet.write_boolean(row, at, value, styles["text"])
        elif isinstance(value, int | float) and abs(value) != float("inf"):
            sheet.write_number(row, at, round(value, DIGITS), number)
        elif text := _cut(cell_text(value)):
            _write_text(sheet, row, at, text, styles, style)


def _write_text(
    sheet: "Worksheet", row: int, at: int, text: str, styles: dict[str, "Format"], style: str
) -> None:
    """Words as words, whatever they look like."""
    if text.startswith("<r>"):  # XlsxWriter would take it for markup of its own
        sheet.write_rich_string(row, at, "<", styles["text"], text[1:], styles[style])
    else:
        sheet.write_string(row, at, text, styles["quoted" if text[0] in "=+-@" else style])


def _cut(text: str) -> str:
    return text if len(text) <= CELL_LIMIT else text[: CELL_LIMIT - 1] + "…"


def _heads(name: str, frame: pd.DataFrame, names: DocumentNames | None) -> dict[str, str]:
    """The titles of the columns of an exhibit in both languages, those of documents too."""
    id = name.removesuffix("-en")
    if id not in exhibits():
        return {}
    columns = [column.name for column in table_columns(frame)]
    labels = [names.in_language(lang) if names else {} for lang in LANGS]
    both = {
        column: [
            label.get(column, column_title(column, lang, exhibit=id))
            for lang, label in zip(LANGS, labels, strict=True)
        ]
        for column in columns
    }
    return {column: "\n".join(dict.fromkeys(titles)) for column, titles in both.items()}


def _dictionary(heads: dict[str, dict[str, str]]) -> list[tuple]:
    """One row a column of each sheet: its name in the data and its titles; heads above."""
    rows = [_list_heads("sheet", "column", "title")]
    for sheet, titles in heads.items():
        for column, title in titles.items():
            zh, _, en = title.partition("\n")
            rows.append((sheet, column, zh, en or zh))
    return rows


def _write_notes(
    sheet: "Worksheet", tables: Mapping[str, pd.DataFrame], styles: dict[str, "Format"],
    notes: Mapping[str, tuple[str, str]],
) -> None:  # fmt: skip
    """The first sheet: version, how to read the cells, and a linked list of the tables."""
    sheet.write_string(0, 0, f"ipcompare {__version__}", styles["title"])
    for row, key in enumerate(_ABOUT, 1):
        sheet.write_string(row, 0, _both(f"workbook.{key}"), styles["text"])
    heads = _list_heads("sheet", "title", "rows", "columns", "sources", "notebook", "note")
    rows = [heads, *(_entry(name, frame, notes) for name, frame in tables.items())]
    _write_list(sheet, rows, styles, top=len(_ABOUT) + 2)


def _write_list(
    sheet: "Worksheet", rows: list[tuple], styles: dict[str, "Format"], *, top: int = 0
) -> None:
    """Rows under a header; the first cell of each names a sheet and leads to it."""
    for at in range(len(rows[0])):
        width = max(display_width(str(row[at])) for row in rows)
        sheet.set_column(at, at, min(max(width + 2, NARROWEST), WIDEST))
        for n, row in enumerate(rows):
            style = styles["text" if n else "header"]
            if n and at == 0:
                link = f"internal:'{row[0]}'!A1"
                sheet.write_url(top + n, 0, link, styles["link"], string=row[0])
            elif isinstance(row[at], int):
                sheet.write_number(top + n, at, row[at], style)
            else:
                sheet.write_string(top + n, at, row[at], style)


def _entry(name: str, frame: pd.DataFrame, notes: Mapping[str, tuple[str, str]]) -> tuple:
    """One line of the list: sheet, titles, size, sources, notebook, notes."""
    exhibit = exhibits().get(name.removesuffix("-en"))
    size = len(frame), len(table_columns(frame))
    if exhibit is None:
        return (name, "", "", *size, "", "", "", "")
    sources = "；".join(exhibit.sources)
    note = notes.get(exhibit.id, exhibit.note)
    return (name, *exhibit.title, *size, sources, exhibit.notebook, *note)
