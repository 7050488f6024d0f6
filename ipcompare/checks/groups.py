"""Are documents of one province or level more alike than chance would have it: permutation."""

import numpy as np
import pandas as pd
from scipy.stats import permutation_test

from ipcompare.arguments import check_arguments
from ipcompare.checks.robustness import pair_scores
from ipcompare.frames import columns_of, require

LEAST_GROUPED = 8  # documents from which a permutation test can say anything

_EXACT = 8  # documents up to which every permutation is tried: 8! = 40,320


def group_test(
    similarity: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    by: str = "province",
    draws: int = 10_000,
    seed: int = 0,
) -> dict:
    """Are documents of the same group (province, level …) more alike than of different groups?

    ``documents`` has ``doc_id`` and the column ``by``. Statistic: mean similarity of the pairs
    within a group minus that of the other pairs. ``p`` is the share of the permutations of the
    groups over the documents whose statistic is at least as large (one-sided): all of them up to
    8 documents (``exact``), else ``draws`` at random and the observed one. Returns ``by, n_within,
    n_between, within, between, difference, p, n_permutations, exact``. ``p_least`` is the
    smallest p that this grouping could give at all; a p near it says little either way. Missing
    where no pair is within, or none between groups. Raises ValueError for fewer than
    ``LEAST_GROUPED`` documents, which can be grouped in so few ways that no p says anything.
    """
    check_arguments(draws=draws)
    codes = _groups(similarity, documents, by)
    scores, within = pair_scores(similarity).to_numpy(), _within(codes[None, :])[0]
    found = {"by": by, "n_within": int(within.sum()), "n_between": int((~within).sum())}
    if within.all() or not within.any():
        empty = ("within", "between", "difference", "p", "p_least")
        return found | dict.fromkeys(empty, np.nan) | {"n_permutations": 0, "exact": True}
    means = {"within": float(scores[within].mean()), "between": float(scores[~within].mean())}
    return found | means | _permuted(codes, scores, draws, seed)


def _groups(similarity: pd.DataFrame, documents: pd.DataFrame, by: str) -> np.ndarray:
    """The group of each document as a number; ValueError where one is missing, or too few are."""
    if len(similarity) < LEAST_GROUPED:
        raise ValueError(f"{len(similarity)} documents; the test takes at least {LEAST_GROUPED}")
    require(documents, ("doc_id", by), "read_corpus(...).table; documents")
    groups = documents.set_index("doc_id")[by].reindex(similarity.index)
    if groups.isna().any():
        missing = ", ".join(groups.index[groups.isna()])
        raise ValueError(f"the table of documents gives no {by} for {missing}")
    return pd.factorize(groups)[0]


def _permuted(codes: np.ndarray, scores: np.ndarray, draws: int, seed: int) -> dict:
    """The difference of the groups beside those of their permutations over the documents."""

    def statistic(permuted: np.ndarray, axis: int) -> np.ndarray:
        rows = np.moveaxis(permuted, axis, -1)
        values = _difference(_within(rows.reshape(-1, len(codes))), scores)
        return values.reshape(rows.shape[:-1])

    exact = len(codes) <= _EXACT
    test = permutation_test(
        (codes,), statistic, n_resamples=np.inf if exact else draws, permutation_type="pairings",
        vectorized=True, alternative="greater", rng=seed,
    )  # fmt: skip
    values = np.asarray(test.null_distribution)
    return {
        "difference": float(test.statistic),
        "p": float(test.pvalue),
        "p_least": float((values >= values.max() - 1e-12).mean()),
        "n_permutations": len(values),
        "exact": exact,
    }


def group_tests(similarity: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """``group_test`` by province and by level of government, among the documents that have one.

    One row each; none for fewer than ``LEAST_GROUPED`` documents, of which no grouping could
    show anything.
    """
    rows = []
    for by in ("province", "level"):
        known = list(documents.loc[documents[by].notna(), "doc_id"])
        alike = similarity.loc[known, known]
        rows += [group_test(alike, documents, by=by)] if len(known) >= LEAST_GROUPED else []
    return pd.DataFrame(rows, columns=columns_of("group_tests"))


def _within(codes: np.ndarray) -> np.ndarray:
    """For each row of group codes, which pairs are of one group."""
    first, second = np.triu_indices(codes.shape[1], k=1)
    return codes[:, first] == codes[:, second]


def _difference(within: np.ndarray, scores: np.ndarray) -> np.ndarray:
    inside = within @ scores
    n = within.sum(axis=1)
    return inside / n - (scores.sum() - inside) / (len(scores) - n)
