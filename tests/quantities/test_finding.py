"""Numbers that look like ranges and are none."""

import pytest

from ipcompare.quantities.finding import find_quantities
from ipcompare.text import fold_width


@pytest.mark.parametrize(
    "text, values",
    [("3～5家", [(3, 5)]), ("7～5家", [(7, 7), (5, 5)]), ("万分之五至3家", [(5, 5), (3, 3)]), ("10万元至5元", [(10, 10), (5, 5)])],
)  # fmt: skip
def test_what_falls_is_no_range(text, values):
    found = find_quantities(fold_width(f"达到{text}。"))
    assert [(q.low, q.high) for q in found] == values


@pytest.mark.parametrize(
    "text, number, low",
    [("八成五", "八成五", 8.5), ("五成半以上", "五成半", 5.5), ("6成5", "6成5", 6.5), ("三成五家企业", "三", 3)],
)  # fmt: skip
def test_a_tenth_behind_tenths_belongs_to_them(text, number, low):
    found = find_quantities(fold_width(f"合格率达到{text}。"))[0]
    assert (found.number, found.low, found.high, found.unit) == (number, low, low, "成")
