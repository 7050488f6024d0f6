"""Three-line tables 三线表 for Word, as Chinese journals set them.

A rule of 1.5 pt above and below, one of 0.75 pt under the header, no vertical rules; 宋体 with
Times New Roman for Latin letters and digits; the title above in 五号 (10.5 pt), all else in
小五 (9 pt), or 六号 (7.5 pt) where a table has very many columns. Column widths are fixed, so
that Word and LibreOffice set the same table.
"""

import copy
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from ipcompare.exports.declared import caption_line
from ipcompare.exports.table_cells import (
    Column,
    column_widths,
    least_widths,
    shared_widths,
    table_columns,
)
from ipcompare.exports.word_document import (
    add_paragraph,
    add_run,
    new_element,
    rules,
    set_run,
    set_space,
    set_words,
    size_empty,
)
from ipcompare.words import LANGS, check_lang, word

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.table import CT_Row
    from docx.section import Section
    from docx.table import Table, _Cell

TITLE_SIZE, SIZE, SMALL = 10.5, 9.0, 7.5  # 五号, 小五, 六号
THICK, THIN = 12, 6  # 1.5 pt and 0.75 pt in eighths of a point
_CELL_SPACE = 12.0  # points left and right of the words of a cell
_A4 = (595.3, 841.9)
_MARGIN = 72.0


def add_three_line_table(
    document: "Document",
    frame: pd.DataFrame,
    *,
    number: int | str,
    title: str,
    note: str = "",
    source: str = "",
    lang: str = "zh",
    restart: bool = False,
) -> "Table":
    """Append one table to a python-docx document: ``表1 题名``, table, note and source line.

    The number is a SEQ field: Word counts anew when tables are added (Ctrl+A, F9), from
    ``number`` on with ``restart``. The header row comes again on every page, no row breaks in
    two. Missing values are empty cells.
    """
    check_lang(lang)
    columns = table_columns(frame)
    if not columns:
        raise ValueError(f"table {number}: has no columns")
    add_title(document, "table", number, title, lang=lang, restart=restart)
    table = document.add_table(rows=2, cols=len(columns))
    widths, size = _widths(columns, _line(document.sections[-1]))
    _set_layout(table, widths)
    _fill(table, columns, widths, size)
    add_lines_below(document, {"note": note, "source": source}, lang)
    return table


# --- page and widths ------------------------------------------------------------------------


def is_wide(frame: pd.DataFrame) -> bool:
    """Whether a table would be broken into narrow columns on a portrait page."""
    columns, line = table_columns(frame), _A4[0] - 2 * _MARGIN
    least, wanted = (sum(_points(f(columns))) for f in (least_widths, column_widths))
    return least > line or wanted > 1.5 * line


def turn_page(document: "Document", *, wide: bool, first: bool = False) -> None:
    """A4 upright or on its side; where that is a change, a new section begins on a new page."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Pt

    width, height = _A4
    orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section = document.sections[-1]
    if not first and section.orientation == orientation:
        return
    section = section if first else document.add_section()
    size = (height, width) if wide else (width, height)
    section.orientation, section.page_width, section.page_height = orientation, *map(Pt, size)
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Pt(_MARGIN))


def _line(section: "Section") -> float:
    """The length of a line in points."""
    lengths = section.page_width, section.left_margin, section.right_margin
    page, left, right = (length or 0 for length in lengths)
    return (page - left - right) / 12700


def _points(letters: list[int], size: float = SIZE) -> list[float]:
    """The width of columns of so many letters; a Chinese character counts as two."""
    return [n * size / 2 + _CELL_SPACE for n in letters]


def _widths(columns: list[Column], line: float) -> tuple[list[float], float]:
    """Column widths in points that fill the line, and the size of type that fits into them."""
    size = SIZE if sum(_points(least_widths(columns))) <= line else SMALL
    wanted, least = (_points(f(columns), size) for f in (column_widths, least_widths))
    widths = shared_widths(wanted, least, line)
    return [width * line / sum(widths) for width in widths], size


def _alignments(columns: list[Column], widths: list[float], size: float) -> list[str]:
    """Numbers right; words centred if none need a second line, else left; the first left."""
    fitting = zip(_points(column_widths(columns), size), widths, columns, strict=True)
    short = all(want <= width + 0.01 for want, width, c in list(fitting)[1:] if not c.numeric)
    sides = ["LEFT", *["CENTER" if short else "LEFT"] * (len(columns) - 1)]
    return ["RIGHT" if c.numeric else side for c, side in zip(columns, sides, strict=True)]


# --- the table ------------------------------------------------------------------------------


def _set_layout(table: "Table", widths: list[float]) -> None:
    """Fixed widths, the two outer rules, and a header that is repeated."""
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Pt

    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
    none = dict.fromkeys(("left", "right", "insideH", "insideV"), 0)
    order = ("top", "left", "bottom", "right", "insideH", "insideV")
    sizes = {"top": THICK, "bottom": THICK, **none}
    # CT_TblPr: tblBorders stands before tblLayout.
    outer = rules("w:tblBorders", {side: sizes[side] for side in order})
    table._tbl.tblPr.find("{*}tblLayout").addprevious(outer)
    for n, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(new_element("w:cantSplit"))
        if n == 0:
            properties.append(new_element("w:tblHeader"))


def _fill(table: "Table", columns: list[Column], widths: list[float], size: float) -> None:
    """The words of the header, and a copy of the empty row below it for each row of the frame."""
    head, empty = table.rows
    alignments = _alignments(columns, widths, size)
    for row in (head, empty):
        for cell, align, width in zip(row.cells, alignments, widths, strict=True):
            _set_cell(cell, align, width, size, head=row is head)
    _write(head._tr, [column.name for column in columns])
    for texts in zip(*(column.cells for column in columns), strict=True):
        row = copy.deepcopy(empty._tr)
        _write(row, texts)
        empty._tr.addprevious(row)
    table._tbl.remove(empty._tr)


def _set_cell(cell: "_Cell", align: str, width: float, size: float, *, head: bool) -> None:
    """A cell without words; a header cell has the thin rule and stays with the row below."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    cell.width = Pt(width)
    if head:
        cell._tc.get_or_add_tcPr().append(rules("w:tcBorders", {"bottom": THIN}))
    paragraph = cell.paragraphs[0]
    set_space(paragraph, 1, 1)
    paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, align)
    paragraph.paragraph_format.keep_with_next = head or None
    size_empty(paragraph, size)
    add_run(paragraph, "", size)


def _write(row: "CT_Row", texts: Iterable[str]) -> None:
    """The words into the cells of a row."""
    for cell, text in zip(row.tc_lst, texts, strict=True):
        set_words(cell.p_lst[0].r_lst[0], text)


def add_title(
    document: "Document", kind: str, number: int | str, title: str, *, lang: str,
    restart: bool = False,
) -> None:  # fmt: skip
    """``表1  题名``, centred and kept on its page, the number a field that Word updates.

    Those of the appendix (A1) have a count of their own.
    """
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.text.run import Run

    name, count = word(f"captions.{kind}", lang), str(number).lstrip("A")
    apart = str(number).removesuffix(count)
    again = f"\\r {count} " if restart else ""
    paragraph = add_paragraph(document, 8, 4, style="Caption")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = True
    add_run(paragraph, name + " " * LANGS.index(lang) + apart, TITLE_SIZE, bold=True)
    field = new_element("w:fldSimple", instr=f" SEQ {name}{apart} \\* ARABIC {again}")
    field.append(new_element("w:r"))
    paragraph._p.append(field)
    set_run(Run(field[0], paragraph), count, TITLE_SIZE, bold=True)
    add_run(paragraph, f"  {title}", TITLE_SIZE, bold=True)


def add_lines_below(document: "Document", lines: Mapping[str, str], lang: str) -> None:
    """Note and source below a table or a figure, those that there are."""
    for key, text in lines.items():
        if text:
            add_run(add_paragraph(document, 3, 0), caption_line(key, text, lang), SIZE)
    add_paragraph(document, 0, 6)
