"""corrections.csv as people write it, also with Excel: its lines, and everything wrong in them."""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ipcompare.corrections.correction_lines import COLUMNS, FILE, Correction, fields_of
from ipcompare.corrections.correction_values import alike, value_problem
from ipcompare.csv_cells import as_it_was
from ipcompare.extras import need
from ipcompare.frames import unknown_id
from ipcompare.intake import SourceError, decoded

SHEET = "corrections.xlsx"
Lines = list[tuple[int, dict[str, str]]]


def read_corrections(
    folder: Path, doc_ids: Iterable[str]
) -> tuple[tuple[Correction, ...], list[str]]:
    """The corrections of a corpus folder and everything wrong in their file, with its line.

    ``corrections.csv`` in any encoding that Excel writes, or ``corrections.xlsx``. ``doc_ids`` are
    the documents of the record. What only the texts can tell is checked where tables are made.
    """
    path, lines, problems = read_lines(folder)
    found = [correction_of(line, cells, path.name) for line, cells in lines]
    known = list(doc_ids)
    for one in found:
        said = [*correction_problems(one, known), *_twice(one, found)]
        problems += [f"{path}, line {one.line}: {reason}" for reason in said]
    return tuple(found), problems


def read_lines(folder: Path) -> tuple[Path, Lines, list[str]]:
    """The file, the cells of its lines, and what is wrong with it as a whole."""
    path, sheet = folder / FILE, folder / SHEET
    if sheet.is_file() and path.is_file():
        return path, [], [f"{path}: there is {SHEET}, too; keep one of the two"]
    if not (sheet.is_file() or path.is_file()):
        return path, [], []
    try:
        path, rows = (sheet, _of_sheet(sheet)) if sheet.is_file() else (path, _of_text(path))
    except SourceError:
        return path, [], [f"{path}: its encoding cannot be told; save it as CSV UTF-8"]
    header = [cell.strip() for cell in rows[0][1]] if rows else []
    if sorted(header) != sorted(COLUMNS):
        return path, [], [f"{path}, line 1: the columns must be {','.join(COLUMNS)}"]
    lines, problems = [], []
    for line, cells in rows[1:]:
        values = [as_it_was(cell.strip()) for cell in cells]
        if any(values) and len(values) != len(header):
            problems.append(f"{path}, line {line}: {len(values)} cells, needs {len(header)}")
        elif any(values):
            lines.append((line, dict(zip(header, values, strict=True))))
    return path, lines, problems


def _of_text(path: Path) -> list[tuple[int, list[str]]]:
    text, _ = decoded(path.read_bytes(), str(path))
    reader = csv.reader(io.StringIO(text, newline=""))
    return [(reader.line_num, cells) for cells in reader]


def _of_sheet(path: Path) -> list[tuple[int, list[str]]]:
    """The rows of the first sheet as text."""
    need("openpyxl")
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True, data_only=True)
    rows = [[_written(cell) for cell in row] for row in book.worksheets[0].values]
    book.close()
    return list(enumerate(rows, 1))


def _written(value: Any) -> str:
    """A cell of a sheet as a person reads it: 2020, not 2020.0."""
    whole = isinstance(value, float) and value.is_integer()
    return "" if value is None else str(int(value)) if whole else str(value)


def correction_of(line: int, cells: dict[str, str], file: str = FILE) -> Correction:
    """The cells of a line as a correction; a place that is no number is left out."""
    place = int(cells["place"]) if cells["place"].isdecimal() else None
    about: dict[str, Any] = {**cells, "place": place, "line": line, "file": file}
    return Correction(**about)


def correction_problems(one: Correction, doc_ids: list[str]) -> Iterator[str]:
    """What is wrong with a line by itself."""
    if "#" not in one.id:
        yield f"id {one.id!r} is no target_id or clause_id (hebi-2017#2.3@4, hebi-2017#2.3)"
    elif one.doc_id not in doc_ids:
        yield unknown_id(one.doc_id, "document", doc_ids)
    for column in ("who", "why"):
        if not getattr(one, column):
            yield f"{column} is empty; say who corrects it, and why"
    if one.field not in fields_of():
        yield unknown_id(one.field, "field to correct", fields_of())
        return
    numbered = one.table in ("targets", "aligned")
    if not one.text_hash or numbered and one.place is None:
        yield "text_hash or place is empty; ipcompare correct fills in what is left empty"
    if one.place is not None and not numbered:
        yield f"{one.field} is of a clause, not of a number in it; empty place"
    if said := value_problem(one.field, one.new):
        yield said
    elif alike(one.field, one.old, one.new):
        yield f"old and new are both {one.new!r}; drop the line"


def _twice(one: Correction, corrections: list[Correction]) -> Iterator[str]:
    """A field that a line before corrects, too."""
    first = next(other for other in corrections if other.key == one.key)
    if first.line != one.line:
        yield f"{one.id}, {one.field} is corrected on line {first.line}, too; keep one of them"
