"""Whether two figures of one indicator can be set side by side, and what keeps them apart.

A province's total and a city's, 新增 and 总数, 2020 and 2026 stand beside each other in the matrix;
nothing is ranked or computed from them.
"""

from typing import Any

import pandas as pd

from ipcompare.quantities.counting import APART
from ipcompare.quantities.units import known_unit

_CEILINGS = ("<=", "<")
_DEFINING = ("variant", "joint", "unit")
_SAME = {"per_year": "per year", "scope": "scope", "each": "each", "condition": "condition"}


def year_due(row: Any) -> int | None:
    """The year by which a figure holds: as stated, else computed from 三年左右; None for none."""
    for year in (row.deadline, row.horizon_year):
        if pd.notna(year):
            return int(year)
    return None


def unlike(a: Any, b: Any) -> list[str]:
    """What keeps two rows of the aligned table, of one indicator, from being compared.

    ``no year`` where one does not say by when, ``deadline``, ``per year``, ``scope``, ``each``,
    ``condition``, ``comparator`` (at most beside at least) and ``definition`` (新增, 认证, a second
    thing in the number). A missing year is not taken for any other.
    """
    years = year_due(a), year_due(b)
    found = ["no year"] if None in years else ["deadline"] if years[0] != years[1] else []
    found += [name for field, name in _SAME.items() if getattr(a, field) != getattr(b, field)]
    if (a.comparator in _CEILINGS) != (b.comparator in _CEILINGS):
        found.append("comparator")
    return found + ["definition"] * (definition(a) != definition(b))


def definition(row: Any) -> set[str]:
    """The remarks of a row that say what is counted in it, and how, where it is no total."""
    said = {flag for flag in row.flag.split("; ") if flag.partition(":")[0] in _DEFINING}
    return said | ({row.counting} if row.counting in APART else set())


def is_total(row: Any) -> bool:
    """Whether a figure grows with the size of a place: 件 and 亿元 do, 件/万人, % and 分 do not."""
    unit = known_unit(row.unit)
    return row.measure == "level" and "/" not in row.unit and unit.dimension in ("count", "money")


def value_of(row: Any) -> float | None:
    """The figure of a row where it is one number; None for a range."""
    return float(row.low) if row.low == row.high else None
