"""The blind sheet of a coder: words to be coded, cells with drop-downs, instructions."""

import io
import math
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipcompare.coding.coding_files import MENTIONS, SCALES, Coding, Field
from ipcompare.coding.coding_values import in_order_of, label_of
from ipcompare.coding.words_seen import SEEN
from ipcompare.exports.table_cells import display_width
from ipcompare.exports.zips import stable_zip
from ipcompare.extras import need
from ipcompare.placing import write_whole
from ipcompare.text import fold_width, printable
from ipcompare.words import LANGS, word

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

SLOTS = 4  # columns of a field of which several values may be chosen
SPARE = 60  # rows below the items with drop-downs, for more mentions
MOST_ROWS = 12  # of one sentence, to begin with
CELL_LIMIT = 32_767  # characters in one cell of Excel
_CREATED = datetime(2000, 1, 1)
_WIDTHS = {"text": 60, "clause": 40, "other": 60, "before": 24, "after": 24, "above": 20}
_CODED = ("text", "other")  # these are whole in their row, the words around them begin in it
_LINE, _AROUND, _TALLEST = 15, 10, 400  # points of a line, lines of the words around, points
_NUMERAL = re.compile(r"\d[\d.,]*|[一二三四五六七八九十百千万亿两半]+")
# A column of the sheet: its key (field or "field#2"), head, field.
Column = tuple[str, str, Field | None]


def both(key: str) -> str:
    """A word of coding in both languages: ``备注 Note``."""
    return " ".join(word(f"coding.{key}", lang) for lang in LANGS)


def sheet_columns(coding: Coding) -> list[Column]:
    """The columns of a coder's sheet, left to right."""
    seen: list[Column] = [(key, both(key), None) for key in SEEN if key in coding.items]
    answers: list[Column] = []
    for field in coding.fields:
        head = label_of(field)
        if field.scale == "set":
            slots = range(1, min(SLOTS, len(field.values)) + 1)
            answers += [(f"{field.id}#{n}", f"{head} {n}", field) for n in slots]
        else:
            answers.append((field.id, head, field))
    return [("item_id", both("item"), None), *seen, *answers, ("note", both("note"), None)]


def write_sheet(coding: Coding, coder: str, path: Path) -> Path:
    """Write the blind sheet of one coder: items in an order of the coder's own, drop-downs for
    every field with values, a sheet of instructions and one of values. Nothing that the tool says
    of an item is in it. Same coding, same bytes.
    """
    need("xlsxwriter")
    from xlsxwriter import Workbook

    data = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(data, options) as book:
        book.set_properties({"title": "ipcompare coding", "created": _CREATED})
        codes = book.add_worksheet(both("codes"))
        _write_instructions(book, coding, coder)
        places = _write_values(book, coding)
        _write_codes(book, codes, coding, coder, places)
    return write_whole(path, stable_zip(data.getvalue()))


def _write_codes(
    book: "Workbook", sheet: "Worksheet", coding: Coding, coder: str, places: dict[str, str]
) -> None:
    columns = sheet_columns(coding)
    top = {"valign": "top", "text_wrap": True, "border": 4}
    seen = book.add_format(top | {"bg_color": "#F7F7F7"})
    asked = book.add_format(top | {"num_format": "@", "locked": False})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    rows = list(_rows(coding, coder))
    for n, (key, title, field) in enumerate(columns):
        is_seen = field is None and key != "note"
        width = _WIDTHS.get(key, 12) if is_seen else (24 if key == "note" else 16)
        sheet.set_column(n, n, width, None if is_seen else asked)
        sheet.write_string(0, n, title, head)
        for r, item in enumerate(rows, 1) if is_seen else ():
            sheet.write_string(r, n, _cell(item.get(key, "")), seen)
        if field is not None:
            _validate(sheet, n, len(rows) + SPARE, field, places)
    for r, item in enumerate(rows, 1):
        sheet.set_row(r, _height(item))
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _rows(coding: Coding, coder: str) -> Iterator[dict[str, Any]]:
    """One row an item; of a sentence as many as it has numerals and one more, words in the first.

    Numerals are counted by their signs alone, years and numbers of documents too: how many numbers
    the tool reads cannot be told from it.
    """
    for item in in_order_of(coding, coder):
        yield item
        if coding.task == MENTIONS:
            n = len(_NUMERAL.findall(fold_width(item["text"])))
            for _ in range(min(n, MOST_ROWS - 1)):
                yield {"item_id": item["item_id"]}


def _height(item: dict[str, Any]) -> int:
    """Points of a row: set here, since LibreOffice fits no row of its own accord."""
    lines = 1
    for key, width in _WIDTHS.items():
        paragraphs = str(item.get(key, "")).splitlines()
        needed = sum(math.ceil(1.1 * display_width(x) / width) or 1 for x in paragraphs)
        lines = max(lines, needed if key in _CODED else min(needed, _AROUND))
    return min(_LINE * lines + 2, _TALLEST)


def _cell(words: Any) -> str:
    text = printable(str(words))
    return text if len(text) <= CELL_LIMIT else text[: CELL_LIMIT - 1] + "…"


def _validate(
    sheet: "Worksheet", column: int, last: int, field: Field, places: dict[str, str]
) -> None:
    """The drop-down of a field with values; a note says what a field without values wants."""
    message = {"input_title": label_of(field)[:32], "input_message": field.definition[:255]}
    if field.id in places:
        rule = {"validate": "list", "source": places[field.id], **message}
        rule["error_type"] = "warning" if field.scale == "set" else "stop"  # 创造；运用 in one cell
        rule |= {"error_title": label_of(field)[:32], "error_message": both("how_lists")[:255]}
    else:
        rule = {"validate": "any", **message}
    if field.id in places or field.definition:
        sheet.data_validation(1, column, last, column, rule)


def _write_values(book: "Workbook", coding: Coding) -> dict[str, str]:
    """The sheet of values, a column a field; the cells of each as a drop-down names them."""
    sheet = book.add_worksheet(both("values"))
    places = {}
    for n, field in enumerate(field for field in coding.fields if field.values):
        sheet.set_column(n, n, 28)
        for r, words in enumerate([label_of(field), *map(label_of, field.values)]):
            sheet.write_string(r, n, words)
        letter = _letter(n)
        places[field.id] = f"='{both('values')}'!${letter}$2:${letter}${len(field.values) + 1}"
    return places


def _letter(n: int) -> str:
    """The letter of a column: 0 is A, 26 AA."""
    from xlsxwriter.utility import xl_col_to_name

    return xl_col_to_name(n)


def _write_instructions(book: "Workbook", coding: Coding, coder: str) -> None:
    """What is coded and how, each field and value with its definition."""
    sheet = book.add_worksheet(both("instructions"))
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 110)
    for r, (name, words) in enumerate(instruction_rows(coding, coder)):
        sheet.write_string(r, 0, _cell(name), bold)
        sheet.write_string(r, 1, _cell(words), wrapped)


def instruction_rows(coding: Coding, coder: str) -> Iterator[tuple[str, str]]:
    """The instructions as lines of two cells."""
    yield both("task"), f"{coding.zh} {coding.en}"
    yield both("coder"), coder
    keys = ["how_rows", "how_lists", "how_keep", "how_blind"]
    for key in keys[:1] + ["how_mentions"] * (coding.task == MENTIONS) + keys[1:]:
        yield both("how") if key == "how_rows" else "", both(key)
    for line in filter(str.strip, coding.instructions.splitlines()):
        yield "", line
    for field in coding.fields:
        yield label_of(field), " ".join(filter(None, (field.definition, f"[{_kind(field)}]")))
        for value in field.values:
            yield f"    {label_of(value)}", value.definition


def _kind(field: Field) -> str:
    """What the answer to a field looks like."""
    keys = dict.fromkeys(SCALES, "chosen_from") | {
        "set": "several", "text": "free", "interval": "number"
    }  # fmt: skip
    said = [both(keys[field.scale])] + [both("left_empty")] * (not field.needed)
    return "; ".join(said)
