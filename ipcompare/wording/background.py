"""How common a term is in official Chinese at large: a frozen background for its weight.

Counted over the few texts that happen to be compared, idf barely weighs: of five policies on one
subject half the words stand in all five, and a sixth text changes the score of every pair. The
background is a table of counts over a few hundred laws (``data/wording/background.csv``, which
names them), so that the similarity of two texts is a function of these two alone:

    idf(t) = ln((1 + N) / (1 + df(t))) + 1

with df the number of laws (articles) that hold t, of N; a term that fewer than ``LEAST`` laws hold
counts as one of LEAST - 1. Documents and sections are weighed by laws, provisions by articles.
Laws are official prose, but they plan nothing: 加快 or 强市 weigh more than they would in plans.
"""

import functools
import io
import re
from collections.abc import Iterable

import numpy as np
import pandas as pd

from ipcompare.data import RuleError, data_text

FILE = "wording/background.csv"
LEAST = 2  # laws that hold a term that is listed
UNITS = ("law", "article")  # what df counts

_SIZE = re.compile(r"^# (law|article)s (\d+)$", re.M)


def background_idf(terms: Iterable[str], unit: str) -> np.ndarray:
    """The idf of each term over the laws or the articles of the background (formula above).

    >>> common, rare = background_idf(["加强", "专利导航"], "law").round(2)
    >>> bool(common < 1.5 < 6 < rare)
    True
    """
    counts, sizes = _background()
    found = counts.index.get_indexer(list(terms))
    df = np.where(found >= 0, counts[f"n_{unit}"].to_numpy()[found], LEAST - 1)
    return np.log((1 + sizes[unit]) / (1 + df)) + 1


@functools.cache
def _background() -> tuple[pd.DataFrame, dict[str, int]]:
    """Laws and articles that hold each listed term, and how many there are of both."""
    text = data_text(FILE)
    sizes = {unit: int(n) for unit, n in _SIZE.findall(text)}
    if set(sizes) != set(UNITS):
        raise RuleError(FILE, 1, "the head must say '# laws N' and '# articles N'")
    columns = {"term": str, **{f"n_{unit}": np.int64 for unit in UNITS}}
    try:
        counts = pd.read_csv(io.StringIO(text), comment="#", dtype=columns, keep_default_na=False)
    except ValueError as error:
        raise RuleError(FILE, 1, f"needs a term and two counts a line: {error}") from error
    return counts.set_index("term"), sizes
