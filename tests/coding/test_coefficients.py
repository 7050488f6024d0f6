"""Coefficients of agreement: worked out by hand, from the textbook, and beside other packages."""

import csv
import math

import numpy as np
import pytest
from files import ROOT
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from ipcompare.coding.coefficients import (
    alpha_interval,
    krippendorff_alpha,
    masi_distance,
    percent_agreement,
    weighted_kappa,
)

CLOSE = 1e-9
# Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): section C, four observers,
# twelve units, codes missing (.); section A, two observers, ten units; section B, nominal codes.
FOUR = ("1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .",
        "1 2 3 3 2 4 4 1 2 5 1 .")  # fmt: skip
BINARY = ("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0")
NOMINAL = ("a a b b d c c c e d d a", "b a b b b c c c e d d d")


def units(coders, kind=str):
    codes = [[None if c == "." else kind(c) for c in line.split()] for line in coders]
    return list(zip(*codes, strict=True))


@pytest.mark.parametrize(
    ("coders", "scale", "printed"),
    [
        (FOUR, "nominal", 0.743), (FOUR, "ordinal", 0.815), (FOUR, "interval", 0.849),
        (BINARY, "nominal", 0.095), (NOMINAL, "nominal", 0.692),
    ],
)  # fmt: skip
def test_alpha_is_that_of_the_textbook(coders, scale, printed):
    kind = str if coders is NOMINAL else int
    assert round(krippendorff_alpha(units(coders, kind), scale), 3) == printed


def test_alpha_by_hand():
    """Codes 1 1, 1 2, 2 2, 3 3: of 8 codes 1 three times, 2 three times, 3 twice.

    Nominal: two unequal pairs of 8, by chance 8² - 9 - 9 - 4 = 42 of 8 × 7. Interval: 1 + 1 of 8,
    by chance 2 (9 × 1 + 6 × 4 + 6 × 1) = 78 of 56. Ordinal: middle ranks 1.5, 4.5, 7: 2 × 9 of 8,
    by chance 2 (9 × 9 + 6 × 30.25 + 6 × 6.25) = 600 of 56.
    """
    codes = [(1, 1), (1, 2), (2, 2), (3, 3)]
    assert krippendorff_alpha(codes) == pytest.approx(1 - (2 / 8) / (42 / 56), abs=CLOSE)
    interval = krippendorff_alpha(codes, "interval")
    assert interval == pytest.approx(1 - (2 / 8) / (78 / 56), abs=CLOSE)
    ordinal = krippendorff_alpha(codes, "ordinal", order=[1, 2, 3])
    assert ordinal == pytest.approx(1 - (18 / 8) / (600 / 56), abs=CLOSE)


def reference():
    lines = (ROOT / "tests/cases/agreement_reference.csv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(lines[1:]))


@pytest.mark.parametrize("row", reference(), ids=lambda row: f"{row['scale']}-{row['alpha']}")
def test_alpha_is_that_of_the_reference_packages(row):
    kind = frozenset if row["scale"] == "set" else float
    codes = [
        tuple(None if code == "-" else kind(code) for code in unit.split("|"))
        for unit in row["codes"].split(";")
    ]
    assert krippendorff_alpha(codes, row["scale"]) == pytest.approx(float(row["alpha"]), abs=CLOSE)


@pytest.mark.parametrize(
    ("a", "b", "distance"),
    [("ab", "ab", 0), ("a", "ab", 1 - 1 / 2 * 2 / 3), ("ab", "bc", 1 - 1 / 3 * 1 / 3),
     ("a", "b", 1), ("", "a", 1), ("", "", 0)],
)  # fmt: skip
def test_masi_of_equal_nested_overlapping_and_disjoint_sets(a, b, distance):
    assert masi_distance(frozenset(a), frozenset(b)) == pytest.approx(distance, abs=CLOSE)


@pytest.mark.parametrize(("power", "weights"), [(1, "linear"), (2, "quadratic")])
def test_weighted_kappa_is_that_of_scikit_learn(power, weights):
    chance = np.random.default_rng(3)
    for _ in range(20):
        a, b = chance.integers(0, 4, (2, 40)).tolist()
        other = cohen_kappa_score(a, b, weights=weights, labels=range(4))
        ours = weighted_kappa(list(zip(a, b, strict=True)), range(4), power)
        assert ours == pytest.approx(other, abs=CLOSE)


@pytest.mark.parametrize("scale", ["nominal", "ordinal", "interval"])
@pytest.mark.parametrize("codes", [[(1, 1), (1, 1)], [(1, None), (2, None)], []])
def test_alpha_of_one_value_or_of_no_pair_is_missing(codes, scale):
    assert math.isnan(krippendorff_alpha(codes, scale))
    assert all(map(math.isnan, alpha_interval(codes, scale, range(len(codes)))))


def test_no_pair_has_no_percent_and_several_coders_are_counted_by_pairs():
    assert math.isnan(percent_agreement([("a", None)]))
    assert percent_agreement([("a", "a", "b")]) == pytest.approx(1 / 3)


def test_a_value_that_is_not_in_the_order_is_refused():
    with pytest.raises(ValueError, match=r"\['x'\] are not among the values"):
        krippendorff_alpha([("x", "a"), ("a", "a")], "ordinal", order=["a", "b"])


def test_the_interval_draws_clauses_and_not_codes():
    """Five clauses of forty equal units each are five draws, however many units they have."""
    chance = np.random.default_rng(5)
    codes = [
        (int(a), int(a) if n % 2 else 1 - int(a)) for n, a in enumerate(chance.integers(0, 2, 5))
    ]
    alone = alpha_interval(codes, "nominal", range(5))
    many = alpha_interval(
        [c for c in codes for _ in range(40)], "nominal", [n for n in range(5) for _ in range(40)]
    )
    free = alpha_interval([c for c in codes for _ in range(40)], "nominal", range(200))
    assert many[1] - many[0] > 2 * (free[1] - free[0])
    assert many[1] - many[0] == pytest.approx(alone[1] - alone[0], abs=0.3)


def test_the_same_seed_gives_the_same_interval():
    codes = units(FOUR)
    first, again, other = (alpha_interval(codes, "nominal", range(12), seed=n) for n in (1, 1, 2))
    assert first == again != other
    assert first[0] < krippendorff_alpha(codes) <= first[1]


def test_without_any_disagreement_alpha_is_1_and_has_no_interval():
    codes = [("a", "a"), ("b", "b"), ("a", "a")]
    assert krippendorff_alpha(codes) == 1
    assert all(map(math.isnan, alpha_interval(codes, "nominal", range(3))))


CODES = st.lists(st.tuples(*[st.sampled_from([1, 2, 3, None])] * 3), min_size=2, max_size=12)


@given(CODES, st.sampled_from(["nominal", "ordinal", "interval"]), st.randoms())
def test_alpha_knows_no_order_of_units_or_coders_and_is_at_most_1(codes, scale, chance):
    before = krippendorff_alpha(codes, scale)
    mixed = [tuple(chance.sample(unit, 3)) for unit in chance.sample(codes, len(codes))]
    assert krippendorff_alpha(mixed, scale) == pytest.approx(before, nan_ok=True)
    assert not before > 1
