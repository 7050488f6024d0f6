"""Estimates of a drawn sample: by hand, and over many draws of one population."""

import math

import numpy as np
import pytest
from scipy.special import stdtrit

from ipcompare.checks.agreement import clustered_wilson
from ipcompare.coding.weighted_shares import dsl_mean, weighted_share
from ipcompare.data import PlainError

CLOSE = 1e-9


def test_a_weighted_share_by_hand():
    """Weights 2, 2, 1, 4: 8 of 9 less the wrong 2. Document a: 2 (1 - 7/9) + 2 (0 - 7/9) over 9."""
    found = weighted_share([True, False, True, True], [0.5, 0.5, 1, 0.25], ["a", "a", "b", "c"])
    e = [2 * (2 / 9) - 2 * (7 / 9), 2 / 9, 4 * (2 / 9)]
    variance = 3 / 2 * sum((one / 9) ** 2 for one in e)
    assert found.value == pytest.approx(7 / 9, abs=CLOSE)
    assert found.se == pytest.approx(math.sqrt(variance), abs=CLOSE)
    assert (found.n, found.clusters) == (4, 3)


def test_with_equal_weights_it_is_the_clustered_interval():
    right = [True] * 17 + [False] * 3 + [True] * 5 + [False] * 5 + [True] * 9 + [False]
    found = weighted_share(right, [0.2] * 40, ["a"] * 20 + ["b"] * 10 + ["c"] * 10)
    expected = clustered_wilson([(17, 20), (5, 10), (9, 10)])
    assert (found.low, found.high) == pytest.approx(expected, abs=CLOSE)


def test_all_right_still_has_an_interval_below_1():
    found = weighted_share([True] * 30, [0.1] * 30, ["a", "b", "c"] * 10)
    assert found.value == found.high == 1
    assert 0.6 < found.low < 0.95


def test_one_document_has_no_interval_and_none_no_share():
    one = weighted_share([True, False], [1, 1], ["a", "a"])
    assert one.value == 0.5
    assert math.isnan(one.low)
    assert math.isnan(weighted_share([], [], []).value)


@pytest.mark.parametrize("p", [0, -0.5, 1.5, math.nan])
def test_a_probability_that_is_none_is_refused(p):
    with pytest.raises(PlainError, match="p is"):
        weighted_share([True], [p], ["a"])


def test_design_based_mean_by_hand():
    """Pseudo-outcomes 1 + 2 (0 - 1) = -1, 1, 0, 0 + 4 (1 - 0) = 4, 1, 0: mean 5/6.

    By document: a -1 + 1 - 10/6 = -10/6, b 4 - 10/6 = 14/6, c 1 - 10/6 = -4/6; squares 312/36.
    """
    missing = math.nan
    found = dsl_mean(
        [1, 1, 0, 0, 1, 0], [0, missing, missing, 1, 1, missing],
        [0.5, 0.5, 0.25, 0.25, 1, 1], ["a", "a", "b", "b", "c", "c"],
    )  # fmt: skip
    se = math.sqrt(3 / 2 * 312 / 36) / 6
    assert found.value == pytest.approx(5 / 6, abs=CLOSE)
    assert found.se == pytest.approx(se, abs=CLOSE)
    assert found.low == pytest.approx(5 / 6 - stdtrit(2, 0.975) * se, abs=CLOSE)
    assert found.high == pytest.approx(5 / 6 + stdtrit(2, 0.975) * se, abs=CLOSE)
    assert found.n == 3


def test_a_census_is_its_own_mean_however_wrong_the_tool():
    assert dsl_mean([1] * 4, [0, 1, 0, 0], [1] * 4, "abcd").value == pytest.approx(0.25)


def test_a_lacking_prediction_is_refused():
    with pytest.raises(PlainError, match="a prediction is missing"):
        dsl_mean([1, math.nan], [1, 1], [1, 1], "ab")


def test_design_based_mean_is_right_on_average_where_the_tool_is_not():
    """Twenty texts of thirty provisions; the tool finds half and invents some."""
    chance = np.random.default_rng(11)
    true = (chance.random(600) < 0.4).astype(float)
    said = np.where(true == 1, chance.random(600) < 0.5, chance.random(600) < 0.05).astype(float)
    p, texts = np.where(said == 1, 0.6, 0.2), np.arange(600) // 30
    means = []
    for _ in range(400):
        coded = np.where(chance.random(600) < p, true, math.nan)
        means.append(dsl_mean(said, coded, p, texts).value)
    assert abs(said.mean() - true.mean()) > 0.1
    assert np.mean(means) == pytest.approx(true.mean(), abs=4 * np.std(means) / 20)
