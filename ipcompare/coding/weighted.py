"""Shares of what a sample was drawn from, each item weighing one over its inclusion probability."""

import math

import numpy as np

from ipcompare.checks.agreement import wilson


def weighted_share(has: np.ndarray, p: np.ndarray) -> tuple[float, float, float]:
    """A share, and the ends of its 95 % interval; missing ends (nan) where every item was drawn.

    ``has``: whether each item has the property; ``p``: its inclusion probability in (0, 1]. The
    share is Hájek's, R = Σ w y / Σ w with w = 1 / p. Its variance is that of a sample in which
    items are drawn one by one with p (Särndal, Swensson and Wretman, Model Assisted Survey
    Sampling, 1992, 5.7): v = Σ (1 - p) (w (y - R) / Σ w)²; it does not take the gain of strata
    away and is so rather too wide. The interval is Wilson's with the number of items that has
    this variance, R (1 - R) / v, at most (Σ w)² / Σ (1 - p) w². ValueError for a p that is none.

    >>> [round(float(x), 3) for x in weighted_share(np.array([1, 0, 0, 0]), np.full(4, 0.5))]
    [0.25, 0.071, 0.591]
    """
    if len(p) == 0:
        return math.nan, math.nan, math.nan
    if not (np.all(p > 0) and np.all(p <= 1)):
        raise ValueError("p is an inclusion probability above 0 and at most 1; see items.csv")
    weight = 1 / p
    share = float(np.sum(weight * has) / weight.sum())
    spread = float(np.sum((1 - p) * weight**2))
    if spread == 0:
        return share, math.nan, math.nan
    n = weight.sum() ** 2 / spread
    variance = float(np.sum((1 - p) * (weight * (has - share) / weight.sum()) ** 2))
    if variance > 0 and 0 < share < 1:
        n = min(n, share * (1 - share) / variance)
    return share, *wilson(share * n, n)
