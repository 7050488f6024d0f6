"""What of one text has a counterpart in another, and from which score a match counts as one."""

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from ipcompare.frames import checked, columns_of, documents_in, leaf_provisions, unknown_id
from ipcompare.wording.similarity import match_clauses

# From this score the best match of a clause in another text counts as its counterpart: the lowest,
# in steps of 0.01, with a precision of 0.98 on the judgements (threshold_curve(), 02-similarity).
# A counterpart that is none misleads more than one that is missed.
MATCH_THRESHOLD = 0.28

THRESHOLDS = tuple(n / 100 for n in range(0, 101))


def counterparts(
    clauses: pd.DataFrame,
    doc_a: str,
    doc_b: str,
    *,
    threshold: float = MATCH_THRESHOLD,
    matches: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The leaf provisions of document A in reading order, each beside its best match in B.

    One row a provision of A: ``clause_id, pinpoint, heading``, those of the best match in B,
    ``score`` of that match, ``mean_score`` over all leaf provisions of B, ``mutual`` (each is the
    other's best) and ``matched`` (score >= threshold). The match is missing where no term is
    shared; the score is then 0. ``matches`` spares computing ``match_clauses(clauses,
    top_n=None)`` again. Scores depend on the whole table: idf and counterparts come from all of it.
    ValueError for an unknown document, or twice the same.
    """
    provisions = _provisions(clauses)
    _check_two(doc_a, doc_b, provisions)
    matches = _all_matches(clauses) if matches is None else checked(matches, "matches")
    matches = matches.sort_values("rank", kind="stable")
    here, there = provisions[doc_a], provisions[doc_b]
    found = matches[matches["clause_id"].isin(here.index) & matches["match_id"].isin(there.index)]
    best = found.drop_duplicates("clause_id").set_index("clause_id")
    table = here.join(best[["match_id", "score", "mutual"]])
    table = table.join(there.add_prefix("match_"), on="match_id")
    means = found.groupby("clause_id")["score"].sum() / max(len(there), 1)
    table["score"] = table["score"].fillna(0.0)
    table["mean_score"] = means.reindex(table.index).fillna(0.0)
    table["mutual"] = table["mutual"].eq(True)
    table["matched"] = table["score"] >= threshold
    return table.rename_axis("clause_id").reset_index()[list(columns_of("counterparts"))]


def _check_two(doc_a: str, doc_b: str, known: Collection[str]) -> None:
    for doc_id in (doc_a, doc_b):
        if doc_id not in known:
            raise ValueError(unknown_id(doc_id, "document", known))
    if doc_a == doc_b:
        raise ValueError(f"{doc_a} is given twice; counterparts are looked for in another document")


def coverage(
    clauses: pd.DataFrame, *, threshold: float = MATCH_THRESHOLD,
    matches: pd.DataFrame | None = None,
) -> pd.DataFrame:  # fmt: skip
    """How much of each text has a counterpart in each other text.

    One row an ordered pair of documents: leaf provisions ``n_a``, ``n_b``; ``n_matched`` of A whose
    best match in B reaches the threshold, as a share of A (``share_matched``; the rest is
    ``share_only_a``); ``share_only_b`` of B without such a match in A; ``mean_best``, the mean
    over A of the best score in B. idf is fitted over the leaf provisions of ``clauses``.
    ``matches`` as in ``counterparts``.
    """
    best = best_scores(clauses, matches=matches)
    table = _shares(best, [threshold])
    means = best.groupby(["doc_id", "other_id"], sort=False)["score"].mean()
    pairs = pd.MultiIndex.from_frame(table[["doc_a", "doc_b"]])
    return table.assign(mean_best=means.reindex(pairs).to_numpy())


def coverage_curve(
    clauses: pd.DataFrame, *, thresholds: Sequence[float] = THRESHOLDS,
    matches: pd.DataFrame | None = None,
) -> pd.DataFrame:  # fmt: skip
    """The shares of ``coverage`` at each threshold: one row an ordered pair and threshold."""
    return _shares(best_scores(clauses, matches=matches), thresholds)


def best_scores(clauses: pd.DataFrame, *, matches: pd.DataFrame | None = None) -> pd.DataFrame:
    """The best score of each leaf provision in each other document; 0 where no term is shared.

    One row a provision and other document: ``clause_id, doc_id, other_id, score``.
    """
    provisions = _provisions(clauses)
    owner = {c: doc_id for doc_id, rows in provisions.items() for c in rows.index}
    matches = _all_matches(clauses) if matches is None else matches
    other = matches["match_id"].map(owner).rename("other_id")
    best = matches.groupby(["clause_id", other])["score"].max()
    rows = [
        (c, doc_id, other_id)
        for c, doc_id in owner.items()
        for other_id in provisions
        if other_id != doc_id
    ]
    table = pd.DataFrame(rows, columns=["clause_id", "doc_id", "other_id"])
    keys = pd.MultiIndex.from_frame(table[["clause_id", "other_id"]])
    return table.assign(score=best.reindex(keys).fillna(0.0).to_numpy())


def _shares(best: pd.DataFrame, thresholds: Sequence[float]) -> pd.DataFrame:
    scores = {
        key: np.sort(rows.to_numpy())
        for key, rows in best.groupby(["doc_id", "other_id"], sort=False)["score"]
    }
    rows = []
    for (doc_a, doc_b), of_a in scores.items():
        of_b = scores[doc_b, doc_a]
        matched = len(of_a) - np.searchsorted(of_a, thresholds, side="left")
        only_b = np.searchsorted(of_b, thresholds, side="left") / len(of_b)
        for threshold, n, only in zip(thresholds, matched.tolist(), only_b.tolist(), strict=True):
            share = n / len(of_a)
            counts = (len(of_a), len(of_b), n)
            rows.append((doc_a, doc_b, threshold, *counts, share, 1 - share, only))
    return pd.DataFrame(rows, columns=columns_of("coverage_curve"))


def _all_matches(clauses: pd.DataFrame) -> pd.DataFrame:
    return match_clauses(clauses, top_n=None)


def _provisions(clauses: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Pinpoint and heading of the leaf provisions of each document, by clause id."""
    clauses = checked(clauses, "clauses")
    leaves = leaf_provisions(clauses).set_index("clause_id")
    return {
        doc_id: leaves.loc[leaves["doc_id"] == doc_id, ["pinpoint", "heading"]]
        for doc_id in documents_in(clauses)
    }
