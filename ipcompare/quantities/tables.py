"""Quantities in table rows: cells take indicator, unit and year from row name and head."""

import functools
import re
from dataclasses import dataclass, field, replace

from ipcompare.clauses.columns import is_missing, table_rule
from ipcompare.data import read_toml
from ipcompare.quantities.cell_values import (
    Cell,
    as_unit,
    is_unit,
    quantity_of,
    read_cell,
    unit_behind,
)
from ipcompare.quantities.cues import cues
from ipcompare.quantities.fields import RATES, Section
from ipcompare.quantities.finding import Quantity, find_quantities
from ipcompare.quantities.heads import (
    Column,
    aligned,
    heads_again,
    heads_below,
    holds_value,
    is_head,
    name_column,
    read_head,
    unit_above,
    years_above,
)
from ipcompare.quantities.mentions import HIDDEN, Mention, find_mentions, flatten
from ipcompare.quantities.row_names import Names
from ipcompare.quantities.units import class_of
from ipcompare.text import fold_width

_YEAR = re.compile(r"(?:19|20)\d\d")
_BRACKET = re.compile(r"\([^()]*\)")
# figures of several cells behind a name, which nothing tells apart: …比例(%)15.7415左右-
_FUSED = re.compile(
    r"(?<=[)〕\u4e00-\u9fff])([≥≤<>~约-]{0,4}\d[\d.,%≥≤<>~约\[\]〔〕-]*(?:左右|以[上下内])?)-*$"
)


@dataclass
class Table:
    """The head of the table that the rows being read belong to, and the names read so far.

    ``unit`` and ``year`` are those that stand above the table, ``goals`` whether it is one of
    goals.
    """

    columns: list[Column] = field(default_factory=list)
    unit: str = ""
    year: int | None = None
    goals: bool = False
    names: Names = field(default_factory=Names)


@dataclass
class _Row:
    """The cells of a row, the column of each, and what its numbers have in common."""

    cells: list[str]
    columns: list[Column]
    name: str
    group: str
    unit: str
    told: bool  # whether it is known which cell stands in which column
    binding: str

    @functools.cached_property
    def roles(self) -> frozenset[str]:
        """What its columns hold: base, goal, total …"""
        return frozenset(column.role for column in self.columns)

    @functools.cached_property
    def n_stated(self) -> int:
        """How many cells below a base or a goal hold a value."""
        stated = zip(self.cells, self.columns, strict=False)
        return sum(holds_value(cell) for cell, column in stated if column.role in ("base", "goal"))


def open_table(text: str, title: str, own: int | None) -> tuple[Table, bool]:
    """The table that begins with a row, and whether this row is its head.

    ``title`` are the words above the table.
    """
    cells, title = fold_width(text).split("\t"), fold_width(title)
    goals = bool(table_rule("above", "goals").search(title))
    table = Table([], unit_above(title), years_above(title, own), goals)
    return _with_head(table, cells, title, own)


def head_again(table: Table, text: str, own: int | None) -> tuple[Table, bool]:
    """The table with another head, if the row is one, and whether it is."""
    cells = fold_width(text).split("\t")
    if under := heads_below([column.head for column in table.columns], cells):
        return _with_head(table, under, "", own)
    return _with_head(table, cells, "", own) if heads_again(cells) else (table, False)


def _with_head(table: Table, cells: list[str], title: str, own: int | None) -> tuple[Table, bool]:
    if not is_head(cells):
        return table, False
    mark = sum(cell[-1:].isdigit() and cell[-2:-1] in ("]", "〕") for cell in cells)
    return replace(table, columns=read_head(cells, title, own), names=Names(mark=mark)), True


def table_mentions(
    text: str, table: Table, section: Section
) -> list[tuple[list[Mention], Section]]:
    """The mentions of one table row, grouped by cell, with what the place of each says.

    ``text`` is folded, cells split by tabs. Mentions of a cell that holds a value alone are
    described; those in words are not.
    """
    row, groups, offset = _read_row(text.split("\t"), table), [], 0
    for n, cell in enumerate(row.cells):
        year = row.columns[n].year or table.year or section.goal_year
        place = replace(section, goal=True, goal_year=year)
        place.review |= row.columns[n].role == "base"
        for group in _cell_mentions(row, n, table, section):
            for mention in group:
                mention.offset += offset
            groups.append((group, place))
        offset += len(cell) + 1
    return groups


# --- a row --------------------------------------------------------------------------------


def _read_row(cells: list[str], table: Table) -> _Row:
    columns, told = aligned(cells, table.columns)
    at, names = name_column(cells, columns), table.names
    name, unit = names.read(cells[at])
    columns[at] = columns[at]._replace(kind="name")
    if not any(cells[at + 1 :]) and not _fused(cells[at]):
        names.open_group(cells[at])
    for cell, column in zip(cells, columns, strict=True):
        unit = as_unit(cell) if column.kind == "unit" and is_unit(cell) else unit
    if not unit and len(cells) < len(table.columns) and _has_units(table):
        unit = unit_behind(name)
        name = name.removesuffix(unit)
    words = read_toml("drafting/tables.toml")["cell"]["binding"]
    binding = next((words[cell] for cell in cells if cell in words), "")
    group = names.group if name.startswith(names.group) else ""
    return _Row(cells, columns, name, group, unit or table.unit, told, binding)


def _has_units(table: Table) -> bool:
    return any(column.kind == "unit" for column in table.columns)


def _fused(cell: str) -> re.Match | None:
    return _FUSED.search(cell, max(0, len(cell) - 64))


# --- a cell -------------------------------------------------------------------------------


def _cell_mentions(row: _Row, n: int, table: Table, section: Section) -> list[list[Mention]]:
    """The mentions of a cell, grouped by sentence."""
    cell, column = row.cells[n], row.columns[n]
    if column.kind in ("number", "binding", "unit") or is_missing(cell):
        return []
    if column.kind == "name":
        return _name_mentions(row, cell)
    value = None if column.kind == "words" else read_cell(cell)
    if value is None:
        return find_mentions(cell)
    if _is_serial(row.cells, n, column) or not _counts(row, value, column):
        return []
    rate = column.role == "growth" and not value.bracketed
    mention = _mention(cell, quantity_of(value, column.unit or ("%" if rate else row.unit)))
    _describe(mention, row, column, table, section, total=value.bracketed)
    return [[mention]]


def _is_serial(cells: list[str], n: int, column: Column) -> bool:
    """The row number in a table without a head: a first whole number before words."""
    words = len(cells) > 1 and not holds_value(cells[1])
    return n == 0 and not column.head and cells[0].isdigit() and words


def _counts(row: _Row, value: Cell, column: Column) -> bool:
    """Whether a number under a head that says nothing counts: no year, no telephone number."""
    if column.role or value.unit or row.unit or column.unit:
        return True
    excluded = not find_quantities(f"达到{value.numbers[0]}")
    return not (_YEAR.fullmatch(value.numbers[0]) if column.kind == "value" else excluded)


def _mention(cell: str, quantity: Quantity) -> Mention:
    spans = quantity.start, quantity.end, quantity.left, quantity.right
    mention = Mention(quantity, flatten(cell), cell, 0, "", 0, *spans)
    mention.name_source = "row"
    mention.run = [mention]
    return mention


def _name_mentions(row: _Row, cell: str) -> list[list[Mention]]:
    """The quantities in the name of a row (年收入2000万元以上企业), its unit left out.

    Figures that stay with it because their cells cannot be told apart are one mention without
    a value, whose kind is unclear.
    """
    fused = _fused(cell)
    if row.told or fused is None or any(column.kind == "value" for column in row.columns):
        return find_mentions(_BRACKET.sub(lambda found: HIDDEN * len(found[0]), cell))
    (start, end), number, nothing = fused.span(1), fused[1], float("nan")
    kind, known = class_of(row.unit) if row.unit else ("count", True)
    ends, spans = (start, end, start, end), ((0, end - start),)
    quantity = Quantity(*ends, number, nothing, nothing, "=", row.unit, kind, known, spans)
    mention = _mention(cell, quantity)
    mention.kind, mention.measure = "unclear", "share" if kind in RATES else "level"
    mention.indicator = row.name.removesuffix(number)
    return [[mention]]


# --- what a cell says ---------------------------------------------------------------------


def _describe(
    mention: Mention, row: _Row, column: Column, table: Table, section: Section, *, total: bool
) -> None:
    """Name, kind, binding, year and measure of a cell, after row name and head."""
    role = "total" if total and column.role in ("goal", "growth") else column.role
    mention.indicator = row.name + _counted(column)
    mention.kind = _kind(row, role, table, section)
    mention.binding = row.binding if mention.kind == "target" else ""
    mention.deadline = column.year or (table.year if mention.kind == "target" else None)
    mention.measure = _measure(mention, row, role, column.head)
    yearly = role != "total" and "年均" in row.name + column.head
    mention.per_year = role == "growth" or yearly or "/年" in mention.quantity.unit
    if role == "total" and mention.measure == "growth":
        mention.indicator += "(累计)"


def _counted(column: Column) -> str:
    """What a head names beside the row: 引进项目(个) in the row 甲县."""
    bare = table_rule("value", "bare").search(_BRACKET.sub("", column.head))
    return "" if column.role not in ("", "given") or bare else _BRACKET.sub("", column.head)


def _kind(row: _Row, role: str, table: Table, section: Section) -> str:
    """fact under a base, target under a goal, unclear where the table does not say."""
    past = table.year and section.year and table.year < section.year
    if not row.told:
        return "unclear"
    if role == "given":
        return "incentive"
    if (
        role == "base"
        or role in ("total", "growth")
        and "base" in row.roles
        and "goal" not in row.roles
    ):
        return "fact"
    if role:
        return "target"
    if table.goals or table.year or section.goal:
        return "fact" if past else "target"
    return "unclear"


def _measure(mention: Mention, row: _Row, role: str, head: str) -> str:
    """level, share, growth or reduction, after row name and head."""
    rate = mention.quantity.unit_class in RATES
    if any(cues()["measure.reduction"].search(name[-14:]) for name in (row.name, row.group)):
        return "reduction"
    if role == "growth" or rate and cues()["measure.growth"].search(row.name + head):
        return "growth"
    if role == "total" and row.n_stated > 1:
        return "growth"  # of what base and goal differ by
    return "share" if rate else "level"
