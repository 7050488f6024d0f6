"""The value of a table cell: 76.7, >80, 〔14〕, 15左右, 3-5, 3000亿元, with the unit of its row.

A cell is read by itself: what elsewhere is a year, a telephone number or the name of a service
(120) is a number like others where its column holds values.
"""

import functools
import re
from typing import NamedTuple

from ipcompare.numerals import value
from ipcompare.quantities.cues import comparators, longest_first
from ipcompare.quantities.finding import Quantity
from ipcompare.quantities.units import class_of, parts_of, simple_unit

_LONGEST = 48  # characters of a cell that is a value
_NUMBER = r"[-+]?(?:\d{1,3}(?:[, ]\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_PER = re.compile(r"1?(/\d*[十百千万亿]+人?口?)")  # 1/10万
_MULTIPLE = re.compile(r"\d+([^\d].*)")  # 100万元
_YEAR = re.compile(r"(?:19|20)\d\d")
_LATIN = re.compile(r"[A-Za-z]{1,6}(?:/[A-Za-z\d]{1,6})?")


class Cell(NamedTuple):
    """A value as a cell has it; offsets are into the cell.

    ``bracketed``: 〔14〕, the total of several years.
    """

    sign: str
    numbers: tuple[str, ...]
    unit: str
    left: int
    spans: tuple[tuple[int, int], ...]
    end: int
    right: int
    bracketed: bool


@functools.cache
def _pattern() -> re.Pattern:
    sides = {side: longest_first(row["phrase"] for row in comparators() if row["side"] == side)
             for side in ("before", "after")}  # fmt: skip
    return re.compile(
        r"(?P<open>[〔\[(【]?) ?(?:[三五]年)?(?:累计)?(?:达到|达|控制在|保持在|稳定在)?"
        rf"(?P<before>(?:{sides['before']})?) ?(?P<low>{_NUMBER})(?P<high>[-~至]{_NUMBER})?"
        rf"(?P<unit>[^\d\s()\[\]〔〕【】,。;:]{{0,12}}?)(?P<after>(?:{sides['after']})?)"
        r"[〕\])】]?(?:[①-⑳*¹²³⁴⁵⁶⁷⁸⁹]|\[\d\])?"
    )


@functools.cache
def _signs() -> dict[tuple[str, str], str]:
    return {(row["side"], row["phrase"]): row["sign"] for row in comparators()}


def read_cell(cell: str) -> Cell | None:
    """What a width-folded cell holds, None where it is no value alone.

    >>> read_cell("≥76.7%")[:3], read_cell("增加5个") is None
    (('>=', ('76.7',), '%'), True)
    """
    found = _pattern().fullmatch(cell) if len(cell) <= _LONGEST else None
    if found is None or found["unit"] and not class_of(found["unit"])[1]:
        return None
    sign = _signs().get(("before", found["before"])) or _signs().get(("after", found["after"]))
    low, high = found.span("low"), found.span("high")
    spans = (low, high) if found["high"] else (low,)
    numbers = tuple(cell[a:b].replace(" ", "") for a, b in spans)
    left, right = found.start("before"), found.end("after")
    end, bracketed = found.end("unit"), bool(found["open"]) and found["open"] not in "("
    return Cell(sign or "=", numbers, found["unit"], left, spans, end, right, bracketed)


def quantity_of(cell: Cell, unit: str) -> Quantity:
    """The quantity of a cell under the unit of its row and column; its own unit goes before."""
    if cell.unit and not parts_of(cell.unit)[2] and unit and not parts_of(unit)[0]:
        unit = cell.unit + unit  # 3万 under 人
    unit = unit if cell.unit in ("", unit[: len(cell.unit)]) else cell.unit
    first, *second = cell.numbers
    ends = sorted(value(number) for number in (first, *(x.lstrip("-~至") for x in second)))
    start = cell.spans[0][0]
    spans = tuple((a - start, b - start) for a, b in cell.spans)
    sign = "range" if len(ends) > 1 else cell.sign
    kind, known = class_of(unit) if unit else ("count", True)
    return Quantity(
        start, cell.end, cell.left, cell.right, "".join(cell.numbers), ends[0], ends[-1], sign,
        unit, kind, known, spans,
    )  # fmt: skip


# --- units in words -----------------------------------------------------------------------


def is_unit(words: str) -> bool:
    """Whether words are a unit: %, 万人, 微克/立方米, 100万元; no office, no year."""
    if not words or _YEAR.match(words):
        return False
    multiple = _MULTIPLE.fullmatch(words)
    known = class_of(multiple[1] if multiple else words)[1]
    return known or any(simple_unit(part) for part in words.split("/")) or bool(
        _LATIN.fullmatch(words)
    )  # fmt: skip


def as_unit(words: str) -> str:
    """The unit as it stands behind a number: 12 per (1/10万) is 12/10万."""
    per = _PER.fullmatch(words)
    return per[1] if per else words


def unit_behind(name: str) -> str:
    """The unit glued behind a name, where the table has a column for it: 粮食产量|万吨."""
    ends = (name[-length:] for length in range(min(8, len(name) - 1), 0, -1))
    return next((end for end in ends if class_of(end)[1] and parts_of(end)[2]), "")


def unit_in(words: str) -> str:
    """The unit that a head or the name of a row gives in brackets: 森林覆盖率(%)."""
    span = unit_span(words)
    return as_unit(_unit_of(words[span[0] + 1 : span[1] - 1])) if span else ""


def unit_span(words: str) -> tuple[int, int] | None:
    """Where the last bracket with a unit stands in the name of a row."""
    found = [m for m in _IN_BRACKETS.finditer(words) if _unit_of(m[1])]
    return found[-1].span() if found else None


def _unit_of(inside: str) -> str:
    parts = (part.removeprefix("单位") for part in re.split("[,、:;]", inside))
    return next((part for part in parts if _PER.fullmatch(part) or is_unit(part)), "")
