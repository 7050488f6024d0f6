"""The sheet on which a person decides what coders differ on."""

import io
import random
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ipcompare.coding.coder_agreement import (
    MENTION,
    NO,
    YES,
    Answers,
    answers,
    compared_fields,
    differ,
    item_places,
    item_texts,
)
from ipcompare.coding.coding_files import MENTIONS, Coding, Field, Value
from ipcompare.coding.coding_sheets import both
from ipcompare.coding.coding_values import label_of, plain_answer
from ipcompare.data import PlainError
from ipcompare.exports.zips import stable_zip
from ipcompare.extras import need
from ipcompare.placing import write_whole
from ipcompare.words import word_table

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

FILE = "adjudication.xlsx"
KEYS = ("item_id", "part", "field")
EMPTY = "∅"  # an empty answer, as the sheet shows it and as it may be decided
_CREATED = datetime(2000, 1, 1)
Key = tuple[str, str, str]


class Decision(NamedTuple):
    """A row of the sheet: where it stands and what was decided, "" for nothing yet."""

    row: int
    key: Key
    value: str


def write_adjudication(coding: Coding) -> Path:
    """Write ``adjudication.xlsx`` into the folder: a row a field to be decided.

    The answers stand side by side, in an order by chance (seeded) and without names; in the last
    column is decided, by a drop-down where the field has values. ∅ is the empty answer. PlainError
    where the file is there already with a decision in it: no decision is written over.
    """
    path = coding.folder / FILE
    if has_decisions(coding):
        raise PlainError(f"{path}: holds decisions already; move it away to have it made anew")
    need("xlsxwriter")
    from xlsxwriter import Workbook

    data = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(data, options) as book:
        book.set_properties({"title": "ipcompare adjudication", "created": _CREATED})
        _write_rows(book, book.add_worksheet(both("adjudication")), coding)
    return write_whole(path, stable_zip(data.getvalue()))


def has_decisions(coding: Coding) -> bool:
    """Whether somebody has decided anything in the sheet of the folder."""
    path = coding.folder / FILE
    return path.is_file() and any(row.value for row in read_decided(path))


def to_decide(coding: Coding) -> list[Answers]:
    """What a person has to decide, in drawing order."""
    return [unit for unit in answers(coding) if _open(coding, unit)]


def _open(coding: Coding, unit: Answers) -> bool:
    """Coders differ, or fewer than two have coded it, or no person has.

    How many numbers a sentence has follows from which it has; what a number is said to be follows
    from the one coder who has it, once it is decided that it is one.
    """
    if unit.field == MENTIONS:
        return False
    if differ(coding, unit):
        return True
    alone = len(unit.values) < 2 and (unit.part == "" or unit.field == MENTION)
    return alone or not any(coding.coder(name).kind == "person" for name in unit.values)


def sheet_fields(coding: Coding) -> dict[str, Field]:
    """The fields of the sheet; that of a number being one has two values."""
    found = {field.id: field for field in (*coding.fields, *compared_fields(coding))}
    if MENTION in found:
        words = word_table("coding.is_mention")
        values = tuple(Value(id, *words[id]) for id in (YES, NO))
        found[MENTION] = Field(MENTION, *word_table("coding")["mention"], "nominal", values)
    return found


def _write_rows(book: "Workbook", sheet: "Worksheet", coding: Coding) -> None:
    wrap = {"valign": "top", "text_wrap": True, "border": 4, "num_format": "@"}
    seen, asked = book.add_format(wrap | {"bg_color": "#F7F7F7"}), book.add_format(wrap)
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    for n, (title, width) in enumerate(_columns(coding)):
        sheet.set_column(n, n, width)
        sheet.write_string(0, n, title, head)
    last = len(_columns(coding)) - 1
    chance = random.Random(f"{coding.seed}|adjudication")
    texts, places, fields = item_texts(coding), item_places(coding), sheet_fields(coding)
    for r, unit in enumerate(to_decide(coding), 1):
        field, said = fields[unit.field], list(unit.values.values())
        chance.shuffle(said)
        shown = [_shown(field, value) for value in said]
        text = _marked(texts[unit.item_id], unit.part)
        cells = [unit.item_id, unit.part, unit.field, places[unit.item_id][0], text]
        cells += [label_of(field), *shown, *[""] * (len(coding.coders) - len(shown))]
        for n, value in enumerate(cells):
            sheet.write_string(r, n, value[:32_000], seen)
        sheet.write_blank(r, last, None, asked)
        _offer(sheet, r, last, field, shown)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _columns(coding: Coding) -> list[tuple[str, int]]:
    answered = [(f"{both('codes')} {n}", 20) for n in range(1, len(coding.coders) + 1)]
    return [
        ("item_id", 8), ("part", 6), ("field", 12), (both("document"), 16), (both("text"), 60),
        (both("question"), 16), *answered, (both("decision"), 20),
    ]  # fmt: skip


def _marked(text: str, part: str) -> str:
    """The sentence with a mark before the number in question."""
    return f"{text[: int(part)]}【】{text[int(part) :]}" if part else text


def _shown(field: Field, value: str) -> str:
    known = {one.id: label_of(one) for one in field.values}
    return "; ".join(known.get(id, id) for id in value.split(";")) if value else EMPTY


def _offer(sheet: "Worksheet", row: int, column: int, field: Field, shown: list[str]) -> None:
    """A drop-down of the answers given, then the field's values; other words may be typed."""
    offered = list(dict.fromkeys(shown))
    offered += [label_of(v) for v in field.values if label_of(v) not in offered]
    offered = [one for one in offered if "," not in one]
    while len(",".join(offered)) > 255:  # what Excel takes in one list
        offered.pop()
    if offered:
        options = {"validate": "list", "source": offered, "error_type": "information"}
        sheet.data_validation(row, column, row, column, options)


def read_decided(path: Path) -> list[Decision]:
    """The rows of a sheet; PlainError where it is none of ours."""
    need("openpyxl")
    from openpyxl import load_workbook

    try:
        lines = list(load_workbook(path, data_only=True).worksheets[0].iter_rows(values_only=True))
    except Exception as error:  # a ZIP or XML error of whatever kind
        raise PlainError(f"{path}: is no XLSX file; save the sheet as .xlsx") from error
    if not lines or lines[0][:3] != KEYS or both("decision") not in lines[0]:
        raise PlainError(f"{path}, row 1: the heads were changed; have the sheet made anew")
    at = lines[0].index(both("decision"))
    return [
        Decision(n, (plain_answer(line[0]), plain_answer(line[1]), plain_answer(line[2])),
                 plain_answer(line[at]))
        for n, line in enumerate(lines[1:], 2)
        if any(line)
    ]  # fmt: skip
