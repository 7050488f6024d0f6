"""Shares and means of a drawn sample: weighted by 1/p, with intervals that go by document."""

import math
from collections.abc import Hashable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import ndtri, stdtrit

from ipcompare.checks.agreement import wilson
from ipcompare.data import PlainError

_Z = float(ndtri(0.975))


class Estimate(NamedTuple):
    """A share or mean, its standard error, its 95 % interval, of how many cases and clusters.

    ``effective``: the number of independent cases that would be as exact.
    """

    value: float
    se: float
    low: float
    high: float
    n: int
    clusters: int
    effective: float


NOTHING = Estimate(math.nan, math.nan, math.nan, math.nan, 0, 0, 0.0)


def weighted_share(
    right: Sequence[bool], p: Sequence[float], clusters: Sequence[Hashable]
) -> Estimate:
    """The share of cases that are right: Σ y/p over Σ 1/p, of cases drawn with probability p.

    J. Hájek's ratio of two totals of Horvitz and Thompson (Särndal, Swensson and Wretman, Model
    Assisted Survey Sampling, Springer 1992, chapter 5). Its variance is linearised, by cluster
    (K. Wolter, Introduction to Variance Estimation, 2nd ed., Springer 2007, chapter 6): k/(k-1)
    Σ_k e_k² with e_k = Σ w (y - share) / Σ w. Interval: Wilson's for the effective number of cases,
    the smaller of share (1 - share) / variance and (Σ w)² / Σ w² (L. Kish, Survey Sampling, Wiley
    1965), times (1.96 / t)² with k - 1 degrees of freedom. With equal p it is
    ``checks.agreement.clustered_wilson``. Missing for fewer than two clusters.

    >>> found = weighted_share([True, True, False], [0.5, 1, 1], "aab")
    >>> found.value
    0.75
    """
    n = len(right)
    if not n:
        return NOTHING
    y, w = np.asarray(right, dtype=float), 1 / checked_p(p)
    share = float((w * y).sum() / w.sum())
    sums, k = _sums(w * (y - share) / w.sum(), clusters)
    if k < 2:
        return Estimate(share, math.nan, math.nan, math.nan, n, k, 0.0)
    variance = k / (k - 1) * float((sums**2).sum())
    kish = float(w.sum() ** 2 / (w**2).sum())
    spread = share * (1 - share)
    effective = min(kish, spread / variance) if spread > 1e-12 and variance > 0 else kish
    narrowed = effective * (_Z / stdtrit(k - 1, 0.975)) ** 2
    low, high = wilson(share * narrowed, narrowed)
    return Estimate(share, math.sqrt(variance), low, high, n, k, narrowed)


def dsl_mean(
    predicted: Sequence[float],
    coded: Sequence[float],
    p: Sequence[float],
    clusters: Sequence[Hashable],
) -> Estimate:
    """The mean over a whole population, of what the tool says and of codes of a sample of it.

    Design-based supervised learning: N. Egami, M. Hinck, B. Stewart and H. Wei, "Using Imperfect
    Surrogates for Downstream Inference: Design-based Supervised Learning for Social Science
    Applications of Large Language Models", NeurIPS 36 (2023), arXiv:2306.04746. One entry a member
    of the population: ``predicted`` by the tool, ``coded`` by people (nan where it was not drawn),
    ``p`` with which it could be drawn, its cluster (document). The mean of the pseudo-outcomes
    predicted + (R / p) (coded - predicted), R = 1 where it was coded, is right on average however
    wrong the tool is, provided that p is known and the codes are right. Standard error by cluster:
    k/(k-1) Σ_k (Σ (pseudo - mean))² / N²; the interval has t with k - 1 degrees of freedom.
    Missing for fewer than two clusters. PlainError where p is not in (0, 1] or a prediction lacks.

    >>> round(dsl_mean([1, 1, 0, 0], [1, float("nan"), 1, float("nan")], [.5] * 4, "aabb").value, 3)
    1.0
    """
    f, y = np.asarray(predicted, dtype=float), np.asarray(coded, dtype=float)
    if not len(f):
        return NOTHING
    if np.isnan(f).any():
        raise PlainError("a prediction is missing; give one for every member of the population")
    drawn = ~np.isnan(y)
    pseudo = f.copy()
    pseudo[drawn] += (y[drawn] - f[drawn]) / checked_p(np.asarray(p, dtype=float)[drawn])
    mean, n = float(pseudo.mean()), len(f)
    sums, k = _sums(pseudo - mean, clusters)
    if k < 2:
        return Estimate(mean, math.nan, math.nan, math.nan, int(drawn.sum()), k, 0.0)
    se = math.sqrt(k / (k - 1) * float((sums**2).sum())) / n
    half = float(stdtrit(k - 1, 0.975)) * se
    return Estimate(mean, se, mean - half, mean + half, int(drawn.sum()), k, 0.0)


def checked_p(p: Sequence[float]) -> np.ndarray:
    """Inclusion probabilities as numbers; PlainError where one is not in (0, 1]."""
    found = np.asarray(p, dtype=float)
    wrong = ~((found > 0) & (found <= 1))
    if wrong.any():
        raise PlainError(
            f"items.csv: p is {found[wrong][0]}; an inclusion probability is above 0 and at most 1"
        )
    return found


def _sums(values: np.ndarray, clusters: Sequence[Hashable]) -> tuple[np.ndarray, int]:
    """The sum of each cluster, and how many clusters there are."""
    places, names = pd.factorize(pd.Series(list(clusters), dtype=object))
    return np.bincount(places, weights=values, minlength=len(names)), len(names)
