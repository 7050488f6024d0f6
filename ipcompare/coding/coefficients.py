"""How well coders agree: percent, Cohen's kappa, Krippendorff's alpha, with bootstrap intervals.

Krippendorff's alpha: K. Krippendorff, Content Analysis, 4th ed. (Sage 2019), chapter 12; the same
formulas in "Computing Krippendorff's Alpha-Reliability" (University of Pennsylvania, 2011). MASI:
R. Passonneau, "Measuring Agreement on Set-Valued Items (MASI) for Semantic and Pragmatic
Annotation", LREC 2006, 831-836. Whatever is undefined is missing (nan), never 0 or 1.
"""

import math
from collections.abc import Hashable, Sequence
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np

SCALES = ("nominal", "ordinal", "interval", "set")
DRAWS = 1000
Unit = Sequence[Hashable]  # the codes of one unit; None for a coder who did not code it


class Counts(NamedTuple):
    """How often each value was given to each unit: ``counts`` (units × values), the ``values``.

    Units with fewer than two codes are left out; ``kept`` are the places of the others.
    """

    counts: np.ndarray
    values: tuple
    kept: np.ndarray


def masi_distance(a: frozenset, b: frozenset) -> float:
    """1 - J × M of two sets: J common over all members, M how the sets lie to each other.

    M is 1 for equal sets, 2/3 where one holds the other, 1/3 where they overlap otherwise, 0 where
    nothing is common. Two empty sets are equal; an empty one has nothing in common with another.

    >>> round(masi_distance(frozenset("ab"), frozenset("abc")), 4)
    0.5556
    """
    if a == b:
        return 0.0
    common = len(a & b)
    nested = common and common == min(len(a), len(b))
    return 1 - common / len(a | b) * (2 / 3 if nested else 1 / 3)


def percent_agreement(units: Sequence[Unit]) -> float:
    """The share of pairs of codes of one unit that are equal; missing where there is no pair.

    >>> percent_agreement([("a", "a"), ("a", "b"), ("b", None)])
    0.5
    """
    pairs = [pair for unit in units for pair in combinations(_given(unit), 2)]
    return sum(a == b for a, b in pairs) / len(pairs) if pairs else math.nan


def weighted_kappa(pairs: Sequence[tuple], order: Sequence, power: int = 2) -> float:
    """Cohen's kappa in which a disagreement weighs |i - j|^power, places in ``order``.

    1 - Σ w o / Σ w e with the shares o observed and e expected by chance. J. Cohen, "Weighted
    Kappa", Psychological Bulletin 70 (1968), 213-220, doi:10.1037/h0026256. ``power`` 1 weighs
    linearly, 2 by squares. Missing where no disagreement is to be expected.

    >>> weighted_kappa([("no", "no"), ("no", "part"), ("yes", "yes")], ["no", "part", "yes"])
    0.8
    """
    place = {value: n for n, value in enumerate(order)}
    table = np.zeros((len(order), len(order)))
    for a, b in pairs:
        table[place[a], place[b]] += 1
    places = np.arange(len(order))
    weights = np.abs(places[:, None] - places[None, :]) ** power
    expected = np.outer(table.sum(1), table.sum(0)) / max(table.sum(), 1)
    chance = float((weights * expected).sum())
    return 1 - float((weights * table).sum()) / chance if chance else math.nan


def krippendorff_alpha(
    units: Sequence[Unit], scale: str = "nominal", order: Sequence | None = None
) -> float:
    """1 - (observed disagreement) / (disagreement expected by chance), any number of coders.

    ``units``: the codes of each unit, None where a coder did not code it. ``scale``: nominal (equal
    or not), ordinal (values in ``order``, else sorted), interval (numbers, squared differences),
    set (frozensets, MASI). Missing where only one value occurs, or no unit has two codes.

    >>> units = [("a", "a"), ("b", "b"), ("a", "b"), ("b", "b")]
    >>> round(krippendorff_alpha(units), 4)
    0.5333
    """
    found = counted(units, order)
    return float(_alphas(found, scale, np.ones((1, len(found.counts))))[0])


def alpha_interval(
    units: Sequence[Unit],
    scale: str,
    groups: Sequence[Hashable],
    *,
    order: Sequence | None = None,
    draws: int = DRAWS,
    seed: int = 1,
) -> tuple[float, float]:
    """The 2.5 and 97.5 % quantiles of alpha when whole clauses are drawn anew with replacement.

    ``groups``: the clause of each unit; its units stay together. A draw in which alpha is undefined
    is left out. Missing for fewer than two clauses, where alpha is, and where no two codes differ:
    then every draw has none either, which says nothing about the next clause. The percentile
    interval of Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13.
    """
    found = counted(units, order)
    _, places = np.unique(np.asarray([str(groups[n]) for n in found.kept]), return_inverse=True)
    n_groups = int(places.max()) + 1 if len(places) else 0
    whole = _alphas(found, scale, np.ones((1, len(found.counts))))[0]
    if n_groups < 2 or not whole < 1:
        return math.nan, math.nan
    chance = np.random.default_rng(seed)
    drawn = chance.multinomial(n_groups, np.full(n_groups, 1 / n_groups), size=draws)
    alphas = _alphas(found, scale, drawn[:, places].astype(float))
    low, high = np.nanquantile(alphas, [0.025, 0.975])
    return float(low), float(high)


def counted(units: Sequence[Unit], order: Sequence | None = None) -> Counts:
    """Units as counts; ValueError for a code that ``order`` does not have."""
    given = [_given(unit) for unit in units]
    kept = [n for n, codes in enumerate(given) if len(codes) > 1]
    found = {code for n in kept for code in given[n]}
    if order is not None and (strange := found - set(order)):
        raise ValueError(f"{sorted(map(str, strange))} are not among the values {list(order)}")
    values = tuple(value for value in order if value in found) if order else _sorted(found)
    place = {value: n for n, value in enumerate(values)}
    counts = np.zeros((len(kept), len(values)))
    for row, n in enumerate(kept):
        for code in given[n]:
            counts[row, place[code]] += 1
    return Counts(counts, values, np.asarray(kept, dtype=int))


def _given(unit: Unit) -> list[Any]:
    return [code for code in unit if code is not None]


def _sorted(found: set) -> tuple:
    """Sets by their members, all else as it is."""
    return tuple(
        sorted(found, key=lambda v: sorted(map(str, v)) if isinstance(v, frozenset) else v)
    )


def _alphas(found: Counts, scale: str, weights: np.ndarray) -> np.ndarray:
    """Alpha of each row of ``weights``, which says how often each unit counts.

    With n_uc codes c in unit u of m_u codes and n_c codes c in all: the disagreement of a unit is
    Σ_ck n_uc n_uk d_ck / (m_u - 1), that by chance Σ_ck n_c n_k d_ck / (n - 1); alpha is 1 less
    the sum of the former over the latter.
    """
    if scale not in SCALES:
        raise ValueError(f"scale is {scale!r}, must be one of {', '.join(SCALES)}")
    if not found.counts.size:
        return np.full(len(weights), math.nan)
    own = found.counts.sum(1)
    totals = weights @ found.counts
    within = _within(found, scale, totals)
    observed = (weights * within / (own - 1)).sum(1)
    chance = _spread(found, scale, totals) / (weights @ own - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(chance > 0, 1 - observed / chance, math.nan)


def _within(found: Counts, scale: str, totals: np.ndarray) -> np.ndarray:
    """Σ_ck n_uc n_uk d_ck of each unit, one row a draw."""
    if scale in ("nominal", "set"):
        return np.einsum("uc,ck,uk->u", found.counts, _distances(found, scale), found.counts)[None]
    scores = _scores(found, scale, totals)
    own = found.counts.sum(1)
    return 2 * (own * (scores**2 @ found.counts.T) - (scores @ found.counts.T) ** 2)


def _spread(found: Counts, scale: str, totals: np.ndarray) -> np.ndarray:
    """Σ_ck n_c n_k d_ck of each draw."""
    if scale in ("nominal", "set"):
        return np.einsum("bc,ck,bk->b", totals, _distances(found, scale), totals)
    scores = _scores(found, scale, totals)
    n = totals.sum(1)
    return 2 * (n * (totals * scores**2).sum(1) - (totals * scores).sum(1) ** 2)


def _distances(found: Counts, scale: str) -> np.ndarray:
    if scale == "nominal":
        return 1 - np.eye(len(found.values))
    return np.asarray([[masi_distance(a, b) for b in found.values] for a in found.values])


def _scores(found: Counts, scale: str, totals: np.ndarray) -> np.ndarray:
    """The numbers whose squared differences are the distances, one row a draw.

    Ordinal: Krippendorff's (Σ_{g=c..k} n_g - (n_c + n_k) / 2)² is the squared difference of the
    middle ranks of c and k. Numbers are taken from their mean, so that no digits are lost.
    """
    if scale == "ordinal":
        ranks = np.cumsum(totals, axis=1) - totals / 2
        return ranks - ranks.mean(1, keepdims=True)
    values = np.asarray(found.values, dtype=float)
    return np.broadcast_to(values - values.mean(), totals.shape)
