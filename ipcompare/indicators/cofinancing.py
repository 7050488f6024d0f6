"""Funds that are promised at 1:1 beside a sum that is another one: 2亿元, 按1:1配套, 1.5亿元."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd

from ipcompare.frames import checked
from ipcompare.quantities.cues import cues
from ipcompare.quantities.units import unit_of


class Promise(NamedTuple):
    """A co-financing ratio, the sum it is of, the sum stated for it, and a part equal to that."""

    ratio: Any
    base: Any
    paid: Any
    part: Any


def unmet_promises(targets: pd.DataFrame) -> Iterator[Promise]:
    """The co-financing at 1:1 whose stated sum is not that of the first sum in its sentence.

    Rows of the target table. The first sum before the ratio (在中央提供的2亿元基础上) is its base,
    the next one behind it what is paid (配套1.5亿元); ``part`` is another sum of the sentence that
    equals what is paid (其中2017年1.5亿元). Other ratios are left out:
    1:2 does not say whose part is 1.
    """
    targets = checked(targets, "targets")
    for _, rows in targets.groupby(["clause_id", "quote_start"], sort=False, observed=True):
        members = list(rows.itertuples())
        ratios = (row for row in members if _at_par(row))
        for ratio in ratios:
            before = [row for row in members if yuan(row) and row.number_start < ratio.number_start]
            after = [row for row in members if yuan(row) and row.number_start > ratio.number_start]
            if before and after and yuan(before[0]) != yuan(after[0]):
                equal = (row for row in before[1:] if yuan(row) == yuan(after[0]))
                yield Promise(ratio, before[0], after[0], next(equal, None))


def _at_par(row: Any) -> bool:
    """Whether a row is a ratio of 1:1 by which funds are matched."""
    name = row.indicator if isinstance(row.indicator, str) else ""
    ratio = row.unit == "比例" and row.number.replace(" ", "") in ("1:1", "1∶1")
    return ratio and bool(cues()["kind.matched"].search(name))


def yuan(row: Any) -> float:
    """A sum in yuan; 0 for what is none."""
    unit = unit_of(row.unit) if isinstance(row.unit, str) else None
    money = unit is not None and unit.dimension == "money" and row.low == row.high
    return float(row.low * unit.size) if money and unit else 0
