"""Families of what no entry knows: targets and incentives of several texts that seem one thing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ipcompare.arguments import check_arguments
from ipcompare.frames import same_documents
from ipcompare.indicators.align import ALIGNED_KINDS, unaligned_targets
from ipcompare.quantities.printed import printed_quantity
from ipcompare.quantities.units import class_of, plain, unit_of

GRAMS = (1, 2)  # characters of a name that are compared
THRESHOLD = 0.45
CONFIRMED = ("name", "name_en", "theme")  # for the researcher to fill in
SUGGESTED = (
    "family", *CONFIRMED, "proposed", "score", "doc_id", "target_id", "indicator", "value", "unit",
    "kind", "measure", "deadline", "quote",
)  # fmt: skip


def suggest_indicators(
    targets: pd.DataFrame, *, min_documents: int = 2, threshold: float = THRESHOLD,
    indicators: str | Path | None = None,
) -> pd.DataFrame:  # fmt: skip
    """One row a target or incentive without an entry that seems to be of one family with others.

    A family is of one kind, unit dimension and measure; its names are alike: cosine of TF-IDF of
    their characters and pairs of characters (Salton & Buckley 1988), average linkage, cut at
    ``threshold`` (0 to 1). Kept are families of ``min_documents`` texts or more, most texts
    first; ``family`` counts them, ``proposed`` is the name most like the others, ``score`` the
    mean similarity of a name to the other names of its family. A suggestion to be read, not a
    result: write the name of the indicator into ``name`` of each row that is of it (``name_en``
    and ``theme`` where wanted) and give the table to ``confirm_indicators``. ``indicators`` as in
    ``align_targets``. ValueError for a threshold that is no share.
    """
    check_arguments(threshold=threshold)
    if not 0 < threshold < 1:
        raise ValueError(f"threshold is {threshold}; it must lie between 0 and 1")
    rest = unaligned_targets(targets, targets.iloc[:0], indicators=indicators)
    rest = rest[rest["kind"].isin(ALIGNED_KINDS) & rest["reason"].eq("no entry")]
    rest = rest[rest["indicator"].str.len() > 1].reset_index(drop=True)
    keys = [rest["kind"], rest["unit"].map(_dimension), rest["measure"]]
    found = [
        family
        for _, group in rest.groupby(keys, sort=False)
        for family in _families(group, threshold)
        if family["doc_id"].nunique() >= min_documents
    ]
    found.sort(key=lambda family: (-family["doc_id"].nunique(), -len(family), family.index[0]))
    tables = [family.assign(family=n) for n, family in enumerate(found, 1)]
    table = pd.concat(tables) if tables else rest.iloc[:0].assign(family=0, proposed="", score=0.0)
    table = table.assign(**dict.fromkeys(CONFIRMED, ""))
    table["value"] = [printed_quantity(row) for row in table.itertuples()]
    return same_documents(table[list(SUGGESTED)].reset_index(drop=True), targets)


def _dimension(unit: str) -> str:
    """What a unit measures; of one without factor the unit as written: 公里 is with 公里 only."""
    known = unit_of(unit)
    return known.dimension if known else f"{class_of(unit)[0]} {plain(unit)}"


def _families(group: pd.DataFrame, threshold: float) -> Iterator[pd.DataFrame]:
    """The rows of one kind, dimension and measure by the likeness of their names."""
    if len(group) < 2:
        return
    # slow to import: whoever suggests nothing need not wait
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform
    from sklearn.feature_extraction.text import TfidfVectorizer

    names = [plain(name) for name in group["indicator"]]
    weights = TfidfVectorizer(analyzer="char", ngram_range=GRAMS, sublinear_tf=True)
    matrix = weights.fit_transform(names)
    alike = np.clip((matrix @ matrix.T).toarray(), 0, 1)
    np.fill_diagonal(alike, 1)
    joined = linkage(squareform(1 - alike, checks=False), "average")
    numbers = fcluster(joined, 1 - threshold, "distance")
    for number in dict.fromkeys(numbers):
        members = np.flatnonzero(numbers == number)
        if len(members) > 1:
            yield _family(group.iloc[members], alike[np.ix_(members, members)])


def _family(rows: pd.DataFrame, alike: np.ndarray) -> pd.DataFrame:
    """The rows of one family with their mean likeness to the others and the name in the middle."""
    score = (alike.sum(axis=1) - 1) / (len(rows) - 1)
    named: Any = rows["indicator"].iloc[int(score.argmax())]
    return rows.assign(proposed=named, score=score.round(4))
