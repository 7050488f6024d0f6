"""The draw: who is in which stratum, how many are drawn, and how often each item is."""

from collections import Counter
from itertools import product

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipcompare.coding.drawing_sample import JOINED, allocation, draw, joined_cells, shares, strata
from ipcompare.data import PlainError


def items(*cells):
    """Items from (document, kind, theme, found, how many)."""
    rows = [cell[:4] for cell in cells for _ in range(cell[4])]
    return pd.DataFrame(rows, columns=["document", "kind", "theme", "found"])


# Of 30 items 20 are found; 10 draws: 2 of the silent ones, 8 of the found, so at most 4 strata.
BY_HAND = items(
    ("a", "target", "use", True, 12),
    ("a", "target", "talent", True, 2),
    ("a", "fact", "use", True, 1),
    ("b", "target", "use", True, 5),
    ("a", "none", "use", False, 4),
    ("b", "none", "use", False, 6),
)


def test_a_draw_by_hand():
    """8 of 20: two each (one of the fact) are 7, the eighth goes to 12 × 8/20 - 2 = 2.8."""
    drawn = draw(BY_HAND, 10, seed=1)
    table = drawn.drop_duplicates("stratum").set_index("stratum")[["n_drawn", "n_stratum", "p"]]
    assert {name: tuple(row) for name, row in table.iterrows()} == {
        "found / a / target / use": (3, 12, 0.25),
        "found / a / target / talent": (2, 2, 1.0),
        "found / a / fact / use": (1, 1, 1.0),
        "found / b / target / use": (2, 5, 0.4),
        "silent / * / * / *": (2, 10, 0.2),
    }
    assert Counter(drawn["stratum"]) == dict(table["n_drawn"])


def test_probabilities_are_those_of_the_draw():
    """4,000 draws: each item as often as p says, within four standard errors."""
    seeds, numbered = 4000, BY_HAND.assign(item=range(len(BY_HAND)))
    draws = [draw(numbered, 10, seed) for seed in range(seeds)]
    often = Counter(item for drawn in draws for item in drawn["item"])
    p = {row.item: row.p for drawn in draws for row in drawn.itertuples()}
    assert p.keys() == set(numbered["item"])
    for item, probable in p.items():
        error = (probable * (1 - probable) / seeds) ** 0.5
        assert abs(often[item] / seeds - probable) <= 4 * error
    firsts = Counter(drawn["stratum"].iloc[0].split()[0] for drawn in draws)
    assert abs(firsts["silent"] / seeds - 0.2) < 0.03  # the order says nothing of the stratum


def test_pairs_of_one_stratum_are_drawn_together_as_often_as_without_replacement():
    """3 of 12: two given items together in 3/12 × 2/11 of the draws."""
    numbered = BY_HAND.assign(item=range(len(BY_HAND)))
    both = sum({0, 1} <= set(draw(numbered, 10, seed)["item"]) for seed in range(4000))
    share = 3 / 12 * 2 / 11
    assert abs(both / 4000 - share) <= 4 * (share * (1 - share) / 4000) ** 0.5


def test_an_estimate_weighted_by_its_probabilities_is_unbiased():
    """The mean of Σ 1/p over items with a mark is their number."""
    marked = BY_HAND.assign(mark=[n % 3 == 0 for n in range(len(BY_HAND))])
    sums = [(d["mark"] / d["p"]).sum() for d in (draw(marked, 10, seed) for seed in range(2000))]
    assert pd.Series(sums).mean() == pytest.approx(10, abs=4 * pd.Series(sums).std() / 2000**0.5)
    assert all((1 / draw(BY_HAND, 10, seed)["p"]).sum() == pytest.approx(30) for seed in range(9))


@pytest.mark.parametrize("n", [30, 31, 500])
def test_a_sample_as_large_as_the_texts_takes_all(n):
    drawn = draw(BY_HAND, n, seed=1)
    assert len(drawn) == 30 and set(drawn["p"]) == {1.0}


def test_the_seed_decides():
    assert draw(BY_HAND, 10, 1).equals(draw(BY_HAND, 10, 1))
    assert not draw(BY_HAND, 10, 1).equals(draw(BY_HAND, 10, 2))


@pytest.mark.parametrize(
    ("n", "said"),
    [(0, "n is 0; it must be"), (True, "n is True"), (2.5, "n is 2.5"), (1, "draw two or more")],
)
def test_what_cannot_be_drawn_is_refused(n, said):
    with pytest.raises(PlainError, match=said):
        draw(BY_HAND, n, 1)


def test_nothing_to_draw_is_refused():
    with pytest.raises(PlainError, match="nothing to draw"):
        draw(BY_HAND.iloc[:0], 10, 1)


def test_themes_are_joined_before_kinds_and_kinds_before_documents():
    sizes = {cell: 1 for cell in product("ab", "kl", "xy")} | {("b", "l", "x"): 9}
    names = [set(joined_cells(sizes, most).values()) for most in (8, 7, 4, 3, 2, 1)]
    assert [len(own) for own in names] == [8, 7, 4, 3, 2, 1]
    assert ("a", "k", JOINED) in names[1] and ("b", "l", "x") in names[1]
    assert names[2] == {(d, k, JOINED) for d, k in product("ab", "kl")}
    assert names[4] == {("a", JOINED, JOINED), ("b", JOINED, JOINED)}
    assert names[5] == {(JOINED,) * 3}


def test_shares_of_what_the_tool_says_nothing_of():
    assert shares(86, 749, 200) == {True: 86, False: 114}  # 74 of the found are not there
    assert shares(500, 3, 200) == {True: 197, False: 3}
    assert shares(0, 50, 20) == {True: 0, False: 20}


cells = st.tuples(*map(st.sampled_from, ("abcd", "kl", "xyz", [True, False])), st.integers(1, 9))


@given(st.lists(cells, min_size=1, max_size=20), st.integers(2, 120), st.integers(0, 99))
def test_every_item_can_be_drawn_and_no_stratum_is_overdrawn(some, n, seed):
    population = items(*some)
    drawn = draw(population, n, seed)
    assert len(drawn) == min(n, len(population))
    names = strata(population, n)
    sizes = Counter(names)
    assert set(drawn["stratum"]) == set(names)  # no stratum without a draw: p > 0 for all
    assert ((drawn["p"] > 0) & (drawn["p"] <= 1)).all()
    assert all(sizes[row.stratum] == row.n_stratum for row in drawn.itertuples())
    assert (1 / drawn["p"]).sum() == pytest.approx(len(population))


@given(st.dictionaries(st.text("abc", min_size=1), st.integers(1, 50), min_size=1), st.integers(1))
def test_allocation_uses_all_draws(sizes, n):
    n = len(sizes) + n % 200
    due = allocation(sizes, n)
    assert sum(due.values()) == min(n, sum(sizes.values()))
    assert all(1 <= due[name] <= size for name, size in sizes.items())
