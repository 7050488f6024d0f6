"""Quantities in table rows: cells take indicator, unit and year from row name and header."""

import re
from dataclasses import dataclass, field

from ipcompare.quantities.cues import HANZI, cues
from ipcompare.quantities.fields import Section, years_in
from ipcompare.quantities.finding import find_quantities
from ipcompare.quantities.mentions import Mention, find_mentions, flatten
from ipcompare.quantities.units import units
from ipcompare.text import fold_width

# A cell that holds nothing but a number: 38, ≥1,200, 3-5, 90以上
BARE = re.compile(
    r"([≥≤<>=~约]*)(\d[\d,]*(?:\.\d+)?(?:[-~]\d[\d,]*(?:\.\d+)?)?)((?:以上|以下|以内|左右)?)$"
)
SERIAL = re.compile("序号?|编号|No", re.IGNORECASE)
NAME = re.compile("指标|名称|项目|内容|任务|目标(?!值)|事项")
UNIT_COLUMN = re.compile("(?:计量)?单位$")
IN_BRACKETS = re.compile(r"\(([^()]*)\)")


@dataclass
class Table:
    """The header of the table that the rows being read belong to."""

    header: list[str] = field(default_factory=list)
    title_year: int | None = None

    def year(self, column: int, own: int | None) -> int | None:
        """The year of a column, else the one year the header or the title states."""
        for text in (self.header[column : column + 1] or [""])[0], *self.header:
            if years := years_in(text, own) or _plain_years(text):
                return years[0][1] if len({y for _, y in years}) == 1 else None
        return self.title_year


def _plain_years(text: str) -> list[tuple[int, int]]:
    """2018年目标, 2020: in a header every year is a deadline."""
    return [(m.start(), int(m[0])) for m in re.finditer(r"(?:19|20)\d\d(?!\d)", text)]


def is_header(cells: list[str]) -> bool:
    """Whether a row names columns: no cell holds a quantity alone."""
    return not any(
        BARE.match(c) and not re.fullmatch(r"(?:19|20)\d\d", c) or _alone(c) for c in cells
    )


def _alone(cell: str) -> bool:
    found = find_quantities(cell)
    return len(found) == 1 and found[0].left == 0 and found[0].right == len(cell)


def table_mentions(text: str, table: Table, section: Section) -> list[list[Mention]]:
    """The mentions of one table row, grouped by cell; ``text`` is folded, cells split by tabs."""
    cells, groups, offset = text.split("\t"), [], 0
    name_at = _name_column(cells, table.header)
    for column, cell in enumerate(cells):
        bare = BARE.match(cell)
        if column != name_at and (bare or _alone(cell)):
            if not _is_serial(column, cells, table.header):
                groups.append([_cell_mention(cells, column, name_at, offset, table, section)])
        else:
            for group in find_mentions(cell):
                for mention in group:
                    mention.offset += offset
                groups.append(group)
        offset += len(cell) + 1
    return groups


def _is_serial(column: int, cells: list[str], header: list[str]) -> bool:
    """The row number: the column 序号, or a first whole number before words."""
    if column < len(header):
        return bool(SERIAL.match(header[column]))
    return column == 0 and cells[0].isdigit() and len(cells) > 1 and not BARE.match(cells[1])


def _name_column(cells: list[str], header: list[str]) -> int:
    """The column that says what the numbers of a row count."""
    for column, name in enumerate(header[: len(cells)]):
        if NAME.search(name) and not _plain_years(name):
            return column
    for column, cell in enumerate(cells):
        if re.search(rf"{HANZI}{{2}}", cell) and not _alone(cell):
            return column
    return 0


def _unit(cells: list[str], column: int, name_at: int, header: list[str]) -> str:
    """The unit of a bare cell: the column 单位, else a bracket in row name or header."""
    for at, name in enumerate(header[: len(cells)]):
        if UNIT_COLUMN.match(name):
            return cells[at]
    for text in (cells[name_at], header[column] if column < len(header) else ""):
        for inside in IN_BRACKETS.findall(text):
            for word in re.split("[,、:]", inside):
                if word in units() or re.fullmatch("[万亿千百]{1,2}.{1,3}|.*/.*", word):
                    return word
    return ""


def _cell_mention(
    cells: list[str], column: int, name_at: int, offset: int, table: Table, section: Section
) -> Mention:
    """The mention of a cell that holds a quantity alone."""
    cell = cells[column]
    bare = BARE.match(cell)
    if bare:
        unit = _unit(cells, column, name_at, table.header)
        written = find_quantities(f"{bare[1]}{bare[2]}{unit}{bare[3]}")
        quantity = written[0] if written else find_quantities(f"达到{bare[2]}")[0]
        quantity.unit, quantity.known = unit, quantity.known or unit == ""
        start, end = bare.span(2)
    else:
        quantity = find_quantities(cell)[0]
        start, end = quantity.start, quantity.end
    mention = Mention(quantity, flatten(cell), cell, 0, "", offset, start, end, start, end)
    mention.run = [mention]
    _describe(mention, IN_BRACKETS.sub("", cells[name_at]), column, table, section)
    return mention


def _describe(mention: Mention, name: str, column: int, table: Table, section: Section) -> None:
    """Name, year, kind and measure of a cell, after row name and header."""
    header = table.header[column] if column < len(table.header) else ""
    mention.indicator = re.sub(r"\s", "", name)
    mention.name_source = "row"
    mention.deadline = table.year(column, section.year)
    past = mention.deadline and section.year and mention.deadline < section.year
    is_fact = past or re.search("现状|基期|实际|完成(?!时)|上年|基数", header)
    mention.kind = "fact" if is_fact else "target"
    rate = mention.quantity.unit_class in ("percent", "points", "times")
    mention.measure = "share" if rate else "level"
    for measure in ("growth", "reduction"):
        if rate and cues()[f"measure.{measure}"].search(name + header):
            mention.measure = measure
    mention.per_year = "年均" in name + header or "/年" in mention.quantity.unit


def open_table(table: Table, text: str, title: str, own: int | None) -> bool:
    """Read a first row: keep it as the header and say so, or start a table without one."""
    cells = fold_width(text).split("\t")
    years = {y for _, y in years_in(title, own)} | {y for _, y in _plain_years(title)}
    table.title_year = years.pop() if len(years) == 1 else None
    table.header = cells if is_header(cells) else []
    return bool(table.header)
