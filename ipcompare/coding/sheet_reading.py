"""A filled sheet read back: every error names the sheet, the row, the cell and what is allowed."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from ipcompare.coding.coding_files import MENTIONS, Coding
from ipcompare.coding.coding_sheets import both, sheet_columns
from ipcompare.coding.coding_values import (
    NUMBER,
    clean_value,
    codes_frame,
    count_code,
    is_none,
    joined_set,
    mention_codes,
    plain_answer,
)
from ipcompare.data import PlainError
from ipcompare.extras import need

_SHOWN = 10  # errors of one sheet that are listed


class SheetRow(NamedTuple):
    """A row with an answer: its number in the sheet, its item, its cells by column key."""

    row: int
    item_id: str
    cells: dict[str, str]


class _Problem(NamedTuple):
    row: int
    column: str
    said: str


def read_filled(path: Path, coding: Coding) -> pd.DataFrame:
    """The codes of a filled sheet: item_id, part, field, value, note, in drawing order.

    A row without any answer is not coded yet. PlainError lists what is wrong, each with sheet,
    cell and cure: an answer that is not allowed, an item that was not drawn or stands twice, a
    number that does not stand in its sentence, a head that was renamed.
    """
    cells, letters = _cells(path, coding)
    problems: list[_Problem] = []
    rows = list(_answered(cells, coding, letters, problems))
    problems += _strange_items(rows, coding)
    codes = [] if problems else list(_codes(rows, coding, problems))
    if problems:
        raise PlainError(_listed(path, problems, letters))
    return codes_frame(codes)


def _listed(path: Path, problems: list[_Problem], letters: dict[str, str]) -> str:
    sheet = both("codes")
    said = [
        f"{path}, sheet {sheet!r}, row {row}, cell {letters[column]}{row}: {said}"
        for row, column, said in problems
    ]
    more = [f"and {len(said) - _SHOWN} more"] if len(said) > _SHOWN else []
    if len(said) == 1:
        return said[0]
    return "\n  ".join([f"{path}: {len(said)} things are wrong:", *said[:_SHOWN], *more])


def _cells(path: Path, coding: Coding) -> tuple[list[tuple[int, dict[str, Any]]], dict[str, str]]:
    """The rows below the head as (number, cells by column key), and the letter of each column."""
    need("openpyxl")
    from openpyxl import load_workbook
    from openpyxl.utils import get_column_letter
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, data_only=True)
    except FileNotFoundError as error:
        raise PlainError(f"{path}: no such file") from error
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError) as error:
        raise PlainError(f"{path}: is no XLSX file; save the sheet as .xlsx") from error
    name = both("codes")
    if name not in book.sheetnames:
        raise PlainError(f"{path}: has no sheet {name!r}; do not rename the sheets")
    lines = list(book[name].iter_rows(values_only=True))
    heads = [" ".join(plain_answer(cell).split()) for cell in lines[0]] if lines else []
    places = _places(path, heads, coding)
    letters = {key: get_column_letter(at + 1) for key, at in places.items()}
    rows = [
        (n, {key: line[at] for key, at in places.items()}) for n, line in enumerate(lines[1:], 2)
    ]
    return rows, letters


def _places(path: Path, heads: list[str], coding: Coding) -> dict[str, int]:
    """Where each column stands; the columns may have been moved, not renamed."""
    wanted = {key: title for key, title, _ in sheet_columns(coding)}
    answers = {"item_id", "note"} | {key for key, _, field in sheet_columns(coding) if field}
    missing = [wanted[key] for key in wanted if key in answers and wanted[key] not in heads]
    if missing:
        raise PlainError(
            f"{path}, sheet {both('codes')!r}, row 1: lacks the head {', '.join(missing)}; "
            "give the columns their heads again"
        )
    return {key: heads.index(title) for key, title in wanted.items() if key in answers}


def _answered(
    cells: list[tuple[int, dict[str, Any]]],
    coding: Coding,
    letters: dict[str, str],
    problems: list[_Problem],
) -> Iterator[SheetRow]:
    """The rows with an answer, values in our form; what cannot be read goes to ``problems``."""
    fields = {key: field for key, _, field in sheet_columns(coding) if field}
    for row, line in cells:
        said = {key: plain_answer(value) for key, value in line.items()}
        if not any(said[key] for key in (*fields, "note")):
            continue
        clean: dict[str, str] = {"note": said["note"]}
        for key, field in fields.items():
            try:
                clean[key] = clean_value(field, line[key])
            except PlainError as error:
                problems.append(_Problem(row, key, str(error)))
        if not said["item_id"]:
            cure = f"write the number of the item, or delete the row; items are {_items(coding)}"
            problems.append(_Problem(row, "item_id", f"the item is missing; {cure}"))
        yield SheetRow(row, said["item_id"], clean)


def _items(coding: Coding) -> str:
    ids = coding.items["item_id"]
    return f"{ids.iloc[0]} to {ids.iloc[-1]}"


def _strange_items(rows: list[SheetRow], coding: Coding) -> Iterator[_Problem]:
    """Items that were not drawn, and those that stand in two rows where one is asked."""
    known, seen = set(coding.items["item_id"]), dict[str, int]()
    for row, item_id, _ in rows:
        if item_id and item_id not in known:
            said = f"item {item_id!r} was not drawn; items are {_items(coding)}"
            yield _Problem(row, "item_id", said)
        elif coding.task != MENTIONS and item_id in seen:
            said = f"item {item_id} stands in row {seen[item_id]} already; delete one"
            yield _Problem(row, "item_id", said)
        seen.setdefault(item_id, row)


def _codes(rows: list[SheetRow], coding: Coding, problems: list[_Problem]) -> Iterator[tuple]:
    """The codes of every item, in drawing order."""
    by_item: dict[str, list[SheetRow]] = {}
    for row in rows:
        by_item.setdefault(row.item_id, []).append(row)
    for item in coding.items.to_dict("records"):
        own = by_item.get(item["item_id"], [])
        if coding.task == MENTIONS:
            yield from _mention_rows(item, own, coding, problems)
        elif own:
            yield from _single_row(item["item_id"], own[0].cells, coding)


def _single_row(item_id: str, cells: dict[str, str], coding: Coding) -> Iterator[tuple]:
    """One code a field answered; the note stands with the first."""
    note = cells["note"]
    for field in coding.fields:
        slots = [cells[key] for key in cells if key.partition("#")[0] == field.id]
        value = slots[0]
        if field.scale == "set":
            value = joined_set(field, (id for slot in slots for id in slot.split(";")))
        if value or (note and field is coding.fields[0]):
            yield item_id, "", field.id, value, note
            note = ""


def _mention_rows(
    item: dict[str, Any], rows: list[SheetRow], coding: Coding, problems: list[_Problem]
) -> Iterator[tuple]:
    """The numbers of one sentence, and how many; a row that says 无 stands alone."""
    if not rows:
        return
    said = [row for row in rows if not is_none(row.cells[NUMBER])]
    for row in said:
        if not row.cells[NUMBER]:
            cure = "copy the number, or write 无 where the sentence has none"
            problems.append(_Problem(row.row, NUMBER, f"the number is missing; {cure}"))
    if said and len(said) < len(rows):
        other = next(row for row in rows if row not in said)
        wrong = f"says that {item['item_id']} has no number, row {said[0].row} that it has one"
        problems.append(_Problem(other.row, NUMBER, wrong))
    note = "; ".join(row.cells["note"] for row in rows if row not in said and row.cells["note"])
    yield count_code(item["item_id"], len(said), note)
    if not problems:
        yield from _placed(item, said, coding, problems)


def _placed(
    item: dict[str, Any], rows: list[SheetRow], coding: Coding, problems: list[_Problem]
) -> Iterator[tuple]:
    """Codes of mentions in the order of the sheet; a number that is not there is a problem."""
    for n, row in enumerate(rows):
        try:
            found = mention_codes(coding, item, [one.cells for one in rows[: n + 1]])
        except PlainError as error:
            problems.append(_Problem(row.row, NUMBER, str(error)))
            return
    yield from found if rows else ()
