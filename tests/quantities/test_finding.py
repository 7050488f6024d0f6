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
