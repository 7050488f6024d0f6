"""Policy tools by fields from a sample, worked by hand."""

import math

import numpy as np
import pytest
from codes import answers, coding, provisions
from hypothesis import given
from hypothesis import strategies as st

from ipcompare.checks.agreement import wilson
from ipcompare.coding.coded_tools import coded_tools, tool_codes
from ipcompare.coding.standing import decided_codes
from ipcompare.coding.weighted import weighted_share

# i1 stands for itself, i2 and i3 for two provisions each, i4 for four: nine in all.
ITEMS = provisions(1.0, 0.5, 0.5, 0.25)
CODES = [
    *answers("i1", tools="tax", fields="creation"),
    *answers("i2", tools="tax;funds", fields="creation;use"),
    *answers("i3", tools="none", fields="general"),
    *answers("i4", tools="talent"),
]


def cells(table, column):
    return table.set_index(["kind", "tool", "theme"])[column]


def test_counts_and_weighted_shares():
    table = coded_tools(coding(ITEMS, {"a": CODES}))
    n, share = cells(table, "n_provision"), cells(table, "share")
    # tax for creation: i1 (1) and i2 (2) of 9. Both tools of i2 serve both of its fields.
    assert n["environment", "tax", "creation"] == 2
    assert share["environment", "tax", "creation"] == pytest.approx(3 / 9)
    assert share["environment", "tax", "use"] == pytest.approx(2 / 9)
    assert share["supply", "funds", "use"] == pytest.approx(2 / 9)
    # i4 has a tool and no field: in "all" fields only.
    assert n["supply", "talent", "creation"] == 0
    assert share["supply", "talent", "all"] == pytest.approx(4 / 9)
    # any tool of supply: i2 and i4; any tool: all but i3, which uses none; i2 counts once.
    assert share["supply", "all", "all"] == pytest.approx(6 / 9)
    assert share["all", "all", "all"] == pytest.approx(7 / 9)
    assert n["all", "all", "all"] == 3
    assert set(table["n_coded"]) == {4}
    assert cells(table, "n_estimated")["all", "all", "all"] == pytest.approx(7)
    assert len(table) == (13 + 3 + 1) * (10 + 1)


def test_an_item_without_an_answer_is_left_out_and_not_taken_for_none():
    table = coded_tools(coding(ITEMS, {"a": [row for row in CODES if row[0] != "i4"]}))
    assert set(table["n_coded"]) == {3}
    assert cells(table, "share")["all", "all", "all"] == pytest.approx(3 / 5)
    assert cells(table, "n_estimated")["all", "all", "all"] == pytest.approx(3 / 5 * 9)


def test_where_all_were_drawn_there_is_no_interval():
    table = coded_tools(coding(ITEMS.assign(p=1.0), {"a": CODES}))
    assert table["share_low"].isna().all() and table["share_high"].isna().all()
    assert cells(table, "share")["environment", "tax", "creation"] == 2 / 4


def test_a_part_keeps_its_tool_and_field_together():
    rows = [
        ("i1", "1", "tools", "tax"), ("i1", "1", "fields", "creation"),
        ("i1", "2", "tools", "funds"), ("i1", "2", "fields", "use"),
    ]  # fmt: skip
    codes = tool_codes(decided_codes(coding(ITEMS, {"a": rows})), ITEMS)
    assert codes[["clause_id", "tool", "field"]].values.tolist() == [
        ["d#1", "tax", "creation"], ["d#1", "funds", "use"],
    ]  # fmt: skip


def test_the_table_says_who_coded():
    table = coded_tools(coding(ITEMS, {"m": CODES}, kinds={"m": "model"}))
    assert set(table["standing"]) == {"model"} and set(table["decided_by"]) == {"m"}


@pytest.mark.parametrize(
    ("items", "codes", "message"),
    [
        (ITEMS, answers("i1", themes="use"), "DIR: no answers to 'tools'; .*--task tools"),
        (ITEMS, answers("i1", tools="taxes", fields="use"), "no such tool: taxes"),
        (ITEMS, answers("i1", tools="tax", fields="uses"), "no such field: uses"),
        (ITEMS, answers("i1", tools="taxes"), "no such tool: taxes"),
        (ITEMS.assign(clause_id="d#1"), CODES, "items.csv: d#1 was drawn twice"),
        (ITEMS.assign(p=0.0), CODES, "p is an inclusion probability above 0"),
        (ITEMS.drop(columns="p"), CODES, "lacks the columns p"),
    ],
)
def test_bad_codes_are_refused(items, codes, message):
    with pytest.raises(ValueError, match=message):
        coded_tools(coding(items, {"a": codes}))


def test_the_interval_of_equal_chances_is_wilson_with_the_finite_population():
    # Four of eight were drawn: as much as eight of an endless population, n / (1 - p).
    share, *ends = weighted_share(np.array([1, 0, 0, 0]), np.full(4, 0.5))
    assert share == 0.25 and ends == pytest.approx(wilson(2, 8))


def test_the_interval_of_unequal_chances():
    # w = 1, 1, 10; R = 1/12. v = (1 - 0.1) (10 (0 - 1/12) / 12)² = 0.9 x 0.00482253; the
    # first two are drawn for certain. R (1 - R) / v = 17.6; at most 144 / (0.9 x 100) = 1.6.
    share, *ends = weighted_share(np.array([1, 0, 0]), np.array([1, 1, 0.1]))
    assert share == pytest.approx(1 / 12)
    assert ends == pytest.approx(wilson(1.6 / 12, 1.6))


@given(st.lists(st.tuples(st.booleans(), st.floats(0.01, 1)), min_size=1, max_size=30))
def test_a_share_lies_within_its_interval(rows):
    has, p = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    share, low, high = weighted_share(has, p)
    assert 0 <= share <= 1 + 1e-12
    assert math.isnan(low) == math.isnan(high) == bool((p == 1).all())
    assert math.isnan(low) or low - 1e-9 <= share <= high + 1e-9
