"""Which provisions of all texts state one measure, and in which provision a passage stands."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from ipcompare.arguments import check_arguments
from ipcompare.frames import checked, documents_in, heading_of, leaf_provisions, require
from ipcompare.wording.coverage import MATCH_THRESHOLD, every_match
from ipcompare.wording.provision_types import provision_types

# Two provisions that rank first for each other are laid side by side from this score on:
# correspondence_scores() tries others, each text left out in turn (notebook 06).
MUTUAL_THRESHOLD = 0.26

_FIRST_WORDS = 24  # characters that name a provision without a heading
_LOCATED = ("doc_a", "start_a", "doc_b", "start_b")
_TABLE = ("name", "type", "n_document", "score", "match_id", "match_score")


def correspondence_table(
    clauses: pd.DataFrame,
    *,
    matches: pd.DataFrame | None = None,
    threshold: float = MATCH_THRESHOLD,
    mutual: float = MUTUAL_THRESHOLD,
) -> pd.DataFrame:
    """The leaf provisions of all documents side by side: one row a measure, one column a document.

    Two provisions of different documents and one type (``provision_types``) are linked where they
    rank first for each other and their score reaches ``mutual``, or where one is the other's best
    by score and it reaches ``threshold``. A row holds provisions that are all linked to each other,
    at most one of a document; rows are begun with the strongest link that stands in none yet, so
    that a provision may stand in several. What is linked to nothing stands alone, beside the
    provision that is most like it elsewhere (``match_id, match_score``): alone means that no
    counterpart was found by its words, not that there is none.

    ``measure`` counts the rows from 1, ``name`` is the heading (or the first words) of the
    provision most like the others, ``n_document`` the documents of a row, ``score`` the mean score
    of its pairs (missing where it stands alone). A cell holds pinpoint and heading. In the reading
    order of the first document that has the measure. ``matches`` is ``match_clauses(clauses,
    top_n=None)``.
    """
    check_arguments(threshold=threshold, mutual=mutual)
    found = _found(clauses, matches, threshold, mutual)
    lines = [_line(group, found) for group in found.groups]
    table = pd.DataFrame(lines, columns=[*_TABLE, *documents_in(clauses)])
    table.insert(0, "measure", range(1, len(table) + 1))
    return table.astype({"match_id": object})


def corresponding_pairs(
    clauses: pd.DataFrame,
    *,
    matches: pd.DataFrame | None = None,
    threshold: float = MATCH_THRESHOLD,
    mutual: float = MUTUAL_THRESHOLD,
) -> set[tuple[str, str]]:
    """The clause_ids of every two provisions of one row of ``correspondence_table``, either way."""
    check_arguments(threshold=threshold, mutual=mutual)
    found = _found(clauses, matches, threshold, mutual)
    ids = found.leaves["clause_id"].tolist()
    return {(ids[a], ids[b]) for group in found.groups for a in group for b in group if a != b}


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


class _Found(NamedTuple):
    """The leaf provisions, the type of each, the score of every two, the rows that they make."""

    leaves: pd.DataFrame
    types: np.ndarray
    scores: np.ndarray
    groups: list[list[int]]


def _found(
    clauses: pd.DataFrame, matches: pd.DataFrame | None, threshold: float, mutual: float
) -> _Found:
    clauses = checked(clauses, "clauses")
    matches = every_match(clauses, matches)
    leaves = leaf_provisions(clauses).reset_index(drop=True)
    types = provision_types(clauses)["type"].to_numpy()
    scores, first = _squares(leaves, matches)
    owner = pd.factorize(leaves["doc_id"])[0]
    near = _best(scores, owner) & (scores >= threshold) & (scores > 0)
    linked = (types[:, None] == types[None, :]) & (first & (scores >= mutual) | near)
    return _Found(leaves, types, scores, sorted(_rows(linked, scores, owner)))


def _squares(leaves: pd.DataFrame, matches: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Of every two leaf provisions the score, and whether they rank first for each other."""
    index = pd.Index(leaves["clause_id"])
    rows, columns = (index.get_indexer(matches[c]) for c in ("clause_id", "match_id"))
    known = (rows >= 0) & (columns >= 0)
    scores = np.zeros((len(index), len(index)))
    scores[rows[known], columns[known]] = matches["score"].to_numpy()[known]
    first = np.zeros_like(scores, dtype=bool)
    first[rows[known], columns[known]] = matches["mutual"].to_numpy(dtype=bool)[known]
    return scores, first


def _best(scores: np.ndarray, owner: np.ndarray) -> np.ndarray:
    """Whether one of two provisions is the most alike of its document for the other."""
    best = np.zeros(scores.shape, dtype=bool)
    for code in range(owner.max(initial=-1) + 1):
        there, here = np.flatnonzero(owner == code), np.flatnonzero(owner != code)
        if len(here):
            best[here, there[scores[np.ix_(here, there)].argmax(axis=1)]] = True
    return best | best.T


def _rows(linked: np.ndarray, scores: np.ndarray, owner: np.ndarray) -> list[list[int]]:
    """Provisions that are all linked to each other; those linked to nothing alone."""
    first, second = np.nonzero(np.triu(linked))
    strongest = np.lexsort((second, first, -scores[first, second]))
    done: set[tuple[int, int]] = set()
    groups = [[n] for n in range(len(owner)) if not linked[n].any()]
    for pair in zip(first[strongest].tolist(), second[strongest].tolist(), strict=True):
        if pair not in done:
            group = sorted(_grown(list(pair), linked, scores, owner))
            done |= {(a, b) for a in group for b in group if a < b}
            groups.append(group)
    return groups


def _grown(
    group: list[int], linked: np.ndarray, scores: np.ndarray, owner: np.ndarray
) -> list[int]:
    """The group with every further provision that is linked to all of it, the nearest first."""
    while True:
        held = {owner[n] for n in group}
        further = [n for n in np.flatnonzero(linked[group].all(axis=0)) if owner[n] not in held]
        if not further:
            return group
        group.append(int(max(further, key=lambda n: (scores[n, group].mean(), -n))))


def _line(group: list[int], found: _Found) -> dict:
    """One row of the table."""
    rows = list(found.leaves.iloc[group].itertuples())
    square = found.scores[np.ix_(group, group)]
    cells = {str(row.doc_id): f"{row.pinpoint} {heading_of(row)}".strip() for row in rows}
    named = rows[int(square.sum(axis=1).argmax())]
    name = heading_of(named) or "".join(named.text.split())[:_FIRST_WORDS]
    about = {"name": name, "type": found.types[group[0]], "n_document": len(cells)}
    if len(group) > 1:
        return about | {"score": square[np.triu_indices(len(group), k=1)].mean()} | cells
    near = int(found.scores[group[0]].argmax())
    score = found.scores[group[0], near]
    match = {"match_id": found.leaves["clause_id"].iloc[near], "match_score": score}
    return about | (match if score else {}) | cells
