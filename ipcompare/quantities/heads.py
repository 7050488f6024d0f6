"""What the columns of a table say of the numbers under them: base or goal, year, unit."""

import re
from typing import NamedTuple

from ipcompare.clauses.columns import (
    column_kind,
    is_binding,
    is_missing,
    is_value,
    table_rule,
)
from ipcompare.quantities.cell_values import is_unit, read_cell, unit_in
from ipcompare.quantities.cues import HANZI, cues
from ipcompare.quantities.fields import years_in

_PLAIN_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YEAR = re.compile(r"(?:19|20)\d\d年?(?:末|底)?")
_WORD = re.compile(HANZI)
_PLAN = 3  # years between the base year and the goal of a plan, at least


class Column(NamedTuple):
    """One column: its head, kind, and for values their role, year and unit.

    ``kind`` is that of ``clauses.columns``; ``role`` is base, goal, total (of the years up to the
    goal), growth (a yearly rate), given (what is paid), or empty where the head does not say.
    """

    head: str = ""
    kind: str = ""
    role: str = ""
    year: int | None = None
    unit: str = ""


def is_head(cells: list[str]) -> bool:
    """Whether a row names columns: no cell holds a value alone, but for years."""
    return not any(is_value(cell) and not _PLAIN_YEAR.match(cell) for cell in cells)


def heads_again(cells: list[str]) -> bool:
    """Whether a row below others is the head once more, or that of another table."""
    first = table_rule("first", "pattern")
    values = any(column_kind(cell) == "value" for cell in cells)
    return values and is_head(cells) and any(first.fullmatch(cell) for cell in cells)


def heads_below(heads: list[str], cells: list[str]) -> list[str]:
    """The heads of both levels where a row of years stands below a head: 目标值 over 2025年.

    >>> heads_below(["指标", "现状值", "目标值", ""], ["", "2022年", "2024年", "2025年"])
    ['指标', '现状值2022年', '目标值2024年', '目标值2025年']
    """
    years = [cell for cell in cells if cell]
    if len(cells) != len(heads) or len(years) < 2 or not all(map(_YEAR.fullmatch, years)):
        return []
    above = [head or next(filter(None, heads[:n][::-1]), "") for n, head in enumerate(heads)]
    return [head + cell if cell else head for head, cell in zip(above, cells, strict=True)]


def read_head(cells: list[str], title: str, own: int | None) -> list[Column]:
    """The columns under a head; ``title`` stands above it, ``own`` is the document's year."""
    years = [_year_of(cell, own) for cell in cells]
    stated = sorted({year for year in years if year})
    base, goal = _base_year(stated, own), stated[-1] if stated else years_above(title, own)
    columns = []
    for n, (cell, year) in enumerate(zip(cells, years, strict=True)):
        kind, unit = column_kind(cell), unit_in(cell)
        if unit and n and kind in ("", "name"):
            kind = "value"  # 引进项目(个)
        role = _role(cell, year, base) if kind == "value" else ""
        if role == "goal" and year is None and len(stated) > 1:
            year = None  # 目标值 beside two years: it is not said by when
        elif role in ("goal", "total", "growth"):
            year = year or goal
        columns.append(Column(cell, kind, role, year, unit))
    return columns


# --- cells under a head -------------------------------------------------------------------


def aligned(cells: list[str], columns: list[Column]) -> tuple[list[Column], bool]:
    """The column of each cell of a row, and whether that is known for the values.

    A row shorter than the head has its values in order if there is one for each value column.
    """
    misplaced = any(
        column.kind == "name" and holds_value(cell)
        for cell, column in zip(cells, columns, strict=False)
    )
    if len(cells) == len(columns) and not misplaced:
        return list(columns), True
    found = [Column(kind=_kind_of(cell)) for cell in cells]
    heads = [column for column in columns if column.kind == "value"]
    places = [n for n, cell in enumerate(cells) if n and (holds_value(cell) or is_missing(cell))]
    if len(places) == len(heads) + 1 and _is_serial(cells, places[0]):
        found[places.pop(0)] = Column(kind="number")
    told = bool(heads) and len(places) == len(heads)
    for k, n in enumerate(places):
        found[n] = heads[k] if told else Column(kind="value")
    return found, told or not columns


def _kind_of(cell: str) -> str:
    """What a cell says of itself: binding, unit, or nothing."""
    return "binding" if is_binding(cell) else "unit" if is_unit(cell) else ""


def _is_serial(cells: list[str], n: int) -> bool:
    """Whether a cell is the number of its row: 6 before a unit, not before a value."""
    return cells[n].isdigit() and n + 1 < len(cells) and not holds_value(cells[n + 1])


def holds_value(cell: str) -> bool:
    """Whether a cell is a value alone."""
    return is_value(cell) or read_cell(cell) is not None


def name_column(cells: list[str], columns: list[Column]) -> int:
    """The cell that says what the numbers of a row count: the last with words under such a head."""
    named = [n for n, column in enumerate(columns) if column.kind == "name" and cells[n]]
    if named:
        return named[-1]
    others = (n for n, cell in enumerate(cells) if not (holds_value(cell) or is_binding(cell)))
    return next((n for n in others if _WORD.search(cells[n])), 0)


# --- above a table ------------------------------------------------------------------------


def years_above(title: str, own: int | None) -> int | None:
    """The one year that the words above a table state, the line nearest to it first."""
    for line in reversed(title.split("\n")):
        years = {year for _, year in years_in(line, own)}
        if years := years or set(map(int, _PLAIN_YEAR.findall(line))):
            return years.pop() if len(years) == 1 else None
    return None


def unit_above(title: str) -> str:
    """The unit that the words above a table state for all of it: 单位:万元."""
    found = cues()["head.unit_above"].search(title)
    return found[1] if found else ""


# --- one head -----------------------------------------------------------------------------


def _year_of(head: str, own: int | None) -> int | None:
    """The year of a head: 2025年, 2020, 十四五末; in a head every year is one to reach."""
    plain = [int(year) for year in _PLAIN_YEAR.findall(head)]
    years = plain or [year for _, year in years_in(head, own)]
    return years[-1] if years else None


def _base_year(stated: list[int], own: int | None) -> int | None:
    """The last year that is past, or from which a plan starts; None where none is."""
    past = [year for year in stated if own and year < own]
    if past:
        return past[-1]
    starts = len(stated) > 1 and stated[1] - stated[0] >= _PLAN
    return stated[0] if starts and own in (None, stated[0]) else None


def _role(head: str, year: int | None, base: int | None) -> str:
    for role in ("given", "growth", "total", "base"):
        if table_rule("value", role).search(head):
            return role
    if year and base and year <= base:
        return "base"
    if year or table_rule("value", "goal").search(head):
        return "goal"
    return ""
