"""Which provisions of all texts state one measure, and in which provision a passage stands."""

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from ipcompare.frames import checked, documents_in, leaf_provisions, require

_LOCATED = ("doc_a", "start_a", "doc_b", "start_b")


def correspondence_table(
    clauses: pd.DataFrame, matches: pd.DataFrame, *, threshold: float
) -> pd.DataFrame:
    """The leaf provisions of all documents side by side: one row a measure, one column a document.

    ``measure`` counts the rows from 1, ``n_document`` the documents of a row, ``score`` is the
    mean score of its provisions of different documents (missing where it has one document). A
    cell holds pinpoint and heading, two provisions joined with ``；``; every leaf provision stands
    in exactly one cell. In the reading order of the first document that has the measure.

    Groups grow from the highest score down: two groups without a common document become one
    where the mean score between them reaches ``threshold``. A provision then left alone joins the
    group to which its mean score is highest and reaches ``threshold``. ``matches`` is
    ``match_clauses(clauses, top_n=None)``.
    """
    clauses = checked(clauses, "clauses")
    leaves = leaf_provisions(clauses).reset_index(drop=True)
    scores, owner = _scores(leaves, matches), leaves["doc_id"].to_numpy()
    groups = _adopted(_merged(scores, owner, threshold), scores, owner, threshold)
    doc_ids = documents_in(clauses)
    rows = [_row(group, leaves, scores) for group in groups]
    table = pd.DataFrame(rows, columns=["n_document", "score", *doc_ids])
    table.insert(0, "measure", range(1, len(table) + 1))
    return table


def locate_passages(passages: pd.DataFrame, clauses: pd.DataFrame) -> pd.DataFrame:
    """The passages with ``pinpoint_a`` and ``pinpoint_b``: the rows in which they begin.

    Rows without a number too: 标题, 主送机关, 引言第1段.
    """
    require(passages, _LOCATED, "shared_passages")
    table = passages.copy()
    for side in ("a", "b"):
        place = passages.columns.get_loc(f"start_{side}") + (side == "b")
        starts = zip(passages[f"doc_{side}"], passages[f"start_{side}"], strict=True)
        table.insert(place, f"pinpoint_{side}", _pinpoints(clauses, starts))
    return table


def _pinpoints(clauses: pd.DataFrame, starts: Iterable[tuple[str, int]]) -> list[str | None]:
    """The pinpoint of the innermost row that holds each place."""
    by_document = {
        doc_id: rows.sort_values("char_start", kind="stable")
        for doc_id, rows in clauses[clauses["role"] != "residue"].groupby("doc_id")
    }
    found = []
    for doc_id, start in starts:
        rows = by_document[doc_id]
        at = np.searchsorted(rows["char_start"].to_numpy(), start, side="right") - 1
        pinpoint = rows["pinpoint"].iloc[at] if at >= 0 else None
        found.append(pinpoint if isinstance(pinpoint, str) and pinpoint else None)
    return found


def _scores(leaves: pd.DataFrame, matches: pd.DataFrame) -> np.ndarray:
    """The score of every two leaf provisions; 0 where the match table has none."""
    matches = checked(matches, "matches")
    index = pd.Index(leaves["clause_id"])
    rows, columns = (index.get_indexer(matches[c]) for c in ("clause_id", "match_id"))
    known = (rows >= 0) & (columns >= 0)
    scores = np.zeros((len(index), len(index)))
    scores[rows[known], columns[known]] = matches["score"].to_numpy()[known]
    return scores


def _merged(scores: np.ndarray, owner: np.ndarray, threshold: float) -> list[list[int]]:
    """Groups of at most one provision a document."""
    group = {n: [n] for n in range(len(owner))}
    first, second = np.nonzero(np.triu(scores >= threshold) & (scores > 0))
    for at in np.lexsort((second, first, -scores[first, second])):
        one, two = group[first[at]], group[second[at]]
        alone = not set(owner[one]) & set(owner[two])
        if alone and scores[np.ix_(one, two)].mean() >= threshold:
            both = sorted(one + two)
            group |= dict.fromkeys(both, both)
    return sorted({id(members): members for members in group.values()}.values())


def _adopted(
    groups: list[list[int]], scores: np.ndarray, owner: np.ndarray, threshold: float
) -> list[list[int]]:
    """Provisions left alone join the group of two or more documents that they match best."""
    larger = [group for group in groups if len(group) > 1]
    joined: list[list[int]] = [[] for _ in larger]
    alone: list[int] = []
    for (n,) in (group for group in groups if len(group) == 1):
        means = list(_means(scores[n], owner[n], larger, owner))
        best = int(np.argmax(means)) if means else -1
        (joined[best] if means and means[best] >= threshold else alone).append(n)
    grown = [sorted(group + more) for group, more in zip(larger, joined, strict=True)]
    return sorted(grown + [[n] for n in alone])


def _means(
    scores: np.ndarray, doc_id: str, groups: list[list[int]], owner: np.ndarray
) -> Iterator[float]:
    for group in groups:
        others = [m for m in group if owner[m] != doc_id]
        yield float(scores[others].mean()) if others else 0.0


def _row(group: list[int], leaves: pd.DataFrame, scores: np.ndarray) -> dict:
    members = leaves.iloc[group]
    owner = members["doc_id"].to_numpy()
    apart = np.triu(owner[:, None] != owner[None, :])
    mean = scores[np.ix_(group, group)][apart].mean() if apart.any() else np.nan
    cells: dict[str, str] = {}
    for row in members.itertuples():
        heading = row.heading if isinstance(row.heading, str) else ""
        cell = f"{row.pinpoint} {heading}".strip()
        cells[row.doc_id] = f"{cells[row.doc_id]}；{cell}" if row.doc_id in cells else cell
    return {"n_document": len(cells), "score": mean} | cells
