"""What of one text has a counterpart in another, and from which score a match counts as one.

Only the two texts take part, and the frozen background: the counterpart of a provision is the one
with the highest ``score`` of ``match_clauses``, the cosine of their own words. Counted are the
provisions that are a text's own (``provision_types``: specific), for guiding thoughts, goals and
standing provisions are alike in all official texts.
"""

from collections.abc import Collection

import numpy as np
import pandas as pd
from scipy import sparse

from ipcompare.arguments import check_arguments
from ipcompare.frames import checked, columns_of, documents_in, leaf_provisions, unknown_id
from ipcompare.wording.nearest import BLOCK, DECIMALS
from ipcompare.wording.provision_types import SPECIFIC, provision_types
from ipcompare.wording.similarity import clause_vectors, match_clauses

# From this score the best match of a clause in another text counts as its counterpart: the lowest,
# in steps of 0.01, at which 0.95 of the best matches are the same measure on the judgements
# (threshold_curve(), notebook 06). A counterpart that is none misleads more than one missed.
MATCH_THRESHOLD = 0.33


def counterparts(
    clauses: pd.DataFrame,
    doc_a: str,
    doc_b: str,
    *,
    threshold: float = MATCH_THRESHOLD,
    matches: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The leaf provisions of document A in reading order, each beside the one of B most like it.

    One row a provision of A, of any type: ``clause_id, pinpoint, heading``, those of the provision
    of B with the highest score, that ``score``, ``mean_score`` over all leaf provisions of B,
    ``mutual`` (each is the other's best) and ``matched`` (score >= threshold). The match is
    missing where no term is shared; the score is then 0. ``matches`` stands in for the
    ``match_clauses(clauses, top_n=None)`` of these two. ValueError for an unknown document, or
    twice the same.
    """
    check_arguments(threshold=threshold)
    provisions = _provisions(clauses)
    _check_two(doc_a, doc_b, provisions)
    matches = every_match(clauses[clauses["doc_id"].isin([doc_a, doc_b])], matches)
    here, there = provisions[doc_a], provisions[doc_b]
    found = _best_first(matches, here.index, there.index)
    best = found.drop_duplicates("clause_id").set_index("clause_id")
    first = found.drop_duplicates("match_id").set_index("match_id")["clause_id"]
    table = here.join(best[["match_id", "score"]])
    table = table.join(there.add_prefix("match_"), on="match_id")
    means = found.groupby("clause_id")["score"].sum() / max(len(there), 1)
    table["score"] = table["score"].fillna(0.0)
    table["mean_score"] = means.reindex(table.index).fillna(0.0)
    table["mutual"] = table["match_id"].map(first) == table.index
    table["matched"] = table["score"] >= threshold
    return table.rename_axis("clause_id").reset_index()[list(columns_of("counterparts"))]


def _best_first(matches: pd.DataFrame, here: pd.Index, there: pd.Index) -> pd.DataFrame:
    """The pairs of two documents that share a term, the highest score first."""
    pairs = matches["clause_id"].isin(here) & matches["match_id"].isin(there)
    found = matches[pairs & (matches["score"] > 0)]
    order = {clause_id: n for n, clause_id in enumerate([*here, *there])}
    ends = {"first": found["clause_id"].map(order), "second": found["match_id"].map(order)}
    columns = ["score", "first", "second"]
    return found.assign(**ends).sort_values(columns, ascending=[False, True, True], kind="stable")


def _check_two(doc_a: str, doc_b: str, known: Collection[str]) -> None:
    for doc_id in (doc_a, doc_b):
        if doc_id not in known:
            raise ValueError(unknown_id(doc_id, "document", known))
    if doc_a == doc_b:
        raise ValueError(f"{doc_a} is given twice; counterparts are looked for in another document")


def coverage(
    clauses: pd.DataFrame,
    *,
    threshold: float = MATCH_THRESHOLD,
    judged: Collection[str] = (),
) -> pd.DataFrame:
    """For how many of each text's own provisions a counterpart is found in each other text.

    One row an ordered pair of documents, which is a function of these two texts alone: the
    provisions of type specific ``n_a``, ``n_b``; ``n_matched`` of A whose best match in B reaches
    the threshold, as a share of A (``share_matched``); ``mean_best``, the mean over A of the best
    score in B. A match below the threshold may still be a counterpart in other words, so the share
    tends to be low. A text without a specific provision has no row. ``judged``: whether both texts
    are among those whose matches were read to set the threshold.
    """
    check_arguments(threshold=threshold)
    best = best_scores(clauses)
    numbers = best.drop_duplicates("clause_id")["doc_id"].value_counts()
    rows = []
    for (a, b), scores in best.groupby(["doc_id", "other_id"], sort=False)["score"]:
        reached = int((scores >= threshold).sum())
        share, read = reached / len(scores), a in judged and b in judged
        counts = len(scores), int(numbers.get(b, 0)), reached
        rows.append((a, b, threshold, *counts, share, scores.mean(), read))
    return pd.DataFrame(rows, columns=columns_of("coverage")).astype({"judged": bool})


def best_scores(clauses: pd.DataFrame) -> pd.DataFrame:
    """The best score of each specific provision among those of each other document; 0 for none.

    One row a provision and other document: ``clause_id, doc_id, other_id, score``.
    """
    owner, documents = _owners(clauses), documents_in(clauses)
    leaves, vectors, _ = clause_vectors(clauses)
    own = np.flatnonzero(leaves["clause_id"].isin(owner))
    place = {doc_id: n for n, doc_id in enumerate(documents)}
    group = np.array([place[doc_id] for doc_id in leaves["doc_id"].iloc[own]], dtype=np.int64)
    best = _best_of_documents(vectors[own], group, len(documents))
    rows, others = np.nonzero(group[:, None] != np.arange(len(documents)))
    names, ids = np.array(documents, dtype=object), leaves["clause_id"].to_numpy()[own]
    values = ids[rows], names[group[rows]], names[others], best[rows, others]
    return pd.DataFrame(dict(zip(columns_of("best_scores"), values, strict=True)))


def _best_of_documents(matrix: sparse.csr_matrix, group: np.ndarray, n: int) -> np.ndarray:
    """The highest product of each row with the rows of each of n documents, as they are rounded."""
    best, starts = np.zeros((matrix.shape[0], n)), np.flatnonzero(np.diff(group, prepend=-1))
    step = max(1, BLOCK // max(1, matrix.shape[0]))
    for start in range(0, matrix.shape[0], step):
        products = (matrix[start : start + step] @ matrix.T).toarray()
        highest = np.maximum.reduceat(products, starts, axis=1)
        best[start : start + step, group[starts]] = np.minimum(highest.round(DECIMALS), 1.0)
    return best


def _owners(clauses: pd.DataFrame) -> dict[str, str]:
    """The document of each specific provision."""
    types = provision_types(clauses)
    own = types.loc[types["type"] == SPECIFIC, "clause_id"]
    documents = checked(clauses, "clauses").set_index("clause_id")["doc_id"]
    return {clause_id: str(documents[clause_id]) for clause_id in own}


def every_match(clauses: pd.DataFrame, matches: pd.DataFrame | None) -> pd.DataFrame:
    """All pairs of provisions: ``matches``, or computed where it is None.

    ValueError where the table holds the first few of each provision only: every pair stands in
    it from both sides, so a provision has as many rows as those in which it is the match.
    """
    if matches is None:
        return match_clauses(clauses, top_n=None)
    matches = checked(matches, "matches")
    own, other = (matches[name].value_counts().sort_index() for name in ("clause_id", "match_id"))
    if not own.rename(None).rename_axis(None).equals(other.rename(None).rename_axis(None)):
        text = "matches holds the first few pairs of each provision, not all of them"
        raise ValueError(f"{text}; make it with match_clauses(clauses, top_n=None)")
    return matches


def _provisions(clauses: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Pinpoint and heading of the leaf provisions of each document, by clause id."""
    clauses = checked(clauses, "clauses")
    leaves = leaf_provisions(clauses).set_index("clause_id")
    return {
        doc_id: leaves.loc[leaves["doc_id"] == doc_id, ["pinpoint", "heading"]]
        for doc_id in documents_in(clauses)
    }
