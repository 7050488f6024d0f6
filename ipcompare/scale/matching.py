"""The matches of the wordings of a collection: ``match_clauses`` with everything on disk.

Two passes over the rows, as in ``similarity``: what the counterparts of a wording lend to it, and
the ranks by the vectors so made. Memory holds a few blocks and ten pairs of each wording.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse

from ipcompare.frames import columns_of
from ipcompare.scale import blocks
from ipcompare.scale.engines import run
from ipcompare.scale.rows_on_disk import RowsOnDisk, Writer
from ipcompare.scale.wordings import Wordings
from ipcompare.scale.work import Work
from ipcompare.wording import nearest
from ipcompare.wording.background import background_idf
from ipcompare.wording.similarity import FEEDBACK
from ipcompare.wording.vectors import idf_from, unit_length, weighted

COUNTS, OWN, RANKING, WORDS = "counts", "own", "ranking", "words"
NEAR = "near.npz"
TOP_N = 3
NEARLY = 0.6  # score from which two wordings are nearly the same
LOOKED_AT = 0.4  # cosine, weighed by the collection, from which the score is looked at


def match_wordings(
    wordings: Wordings, folder: Path, work: Work, *, top_n: int = TOP_N
) -> Iterator[pd.DataFrame]:
    """The ``top_n`` matches of each wording, with the columns of ``wording_matches``.

    The counts of ``write_wordings`` are in ``folder / COUNTS``. Frames in the order of wordings.
    Leaves in ``folder / NEAR`` what ``near_wordings`` reads.
    """
    counts, owner = RowsOnDisk(folder / COUNTS), wordings.owner
    write_weighted(counts, idf_from(counts.held_by(), len(owner)), folder / OWN)
    found = work.nearest(folder / OWN, owner, depth=nearest.NEAREST + 1, step="counterparts")
    np.savez(folder / NEAR, *(part[found[2] >= LOOKED_AT] for part in found[:2]))
    _write_ranking(found, owner, folder)
    depth = max(top_n, nearest.NEAREST)
    found = work.nearest(folder / RANKING, owner, depth=depth, step="matches")
    write_weighted(counts, background_idf(wordings.terms, "article"), folder / WORDS)
    yield from _tables(wordings, found, folder, work, top_n)


def write_weighted(counts: RowsOnDisk, idf: np.ndarray, folder: Path) -> None:
    """Vectors of length 1 from counts."""
    with Writer(folder) as writer:
        for _, block in counts.blocks(blocks.BLOCK):
            writer.write(weighted(block, idf))


def _write_ranking(found: nearest.Pairs, owner: np.ndarray, folder: Path) -> None:
    """The vectors y of ``similarity``: a wording's own words and what its counterparts lend."""
    own = RowsOnDisk(folder / OWN)
    rows, columns, scores = nearest.lenders(found, owner, len(owner))
    with Writer(folder / RANKING) as writer:
        for start, block in own.blocks(blocks.LARGEST):
            first, last = np.searchsorted(rows, (start, start + block.shape[0]))
            lender, place = np.unique(columns[first:last], return_inverse=True)
            shape = (block.shape[0], len(lender))
            lends = sparse.csr_matrix(
                (scores[first:last], (rows[first:last] - start, place)), shape=shape
            )
            writer.write(unit_length(block + FEEDBACK * (lends @ own.take(lender))))


def near_wordings(wordings: Wordings, folder: Path, work: Work) -> pd.DataFrame:
    """The wordings of different documents that are nearly the same, after ``match_wordings``.

    One row a pair, the earlier first: ``clause_id, match_id, score`` (at least ``NEARLY``). Looked
    for among the ``nearest.NEAREST`` + 1 wordings nearest to each by its own words.
    """
    with np.load(folder / NEAR) as held:
        ends = np.sort(np.array([held["arr_0"], held["arr_1"]]), axis=0)
    rows, columns = np.unique(ends, axis=1) if ends.size else ends
    edges = np.searchsorted(rows, np.arange(0, len(wordings.first) + 1, blocks.LARGEST))
    spans = [slice(a, b) for a, b in zip(edges, [*edges[1:], len(rows)], strict=True)]
    jobs = (Scored(folder / WORDS, rows[some], columns[some]) for some in spans)
    found = [scores for _, scores in run(work.engine, score_pairs, jobs)]
    scores = np.concatenate(found) if found else np.zeros(0)
    kept = scores >= NEARLY
    values = wordings.ids(rows[kept]), wordings.ids(columns[kept]), scores[kept]
    return pd.DataFrame(dict(zip(columns_of("near_wordings"), values, strict=True)))


@dataclass(frozen=True)
class Scored:
    """Pairs of rows to be scored by their own words."""

    vectors: Path
    rows: np.ndarray
    columns: np.ndarray


def score_pairs(task: Scored) -> np.ndarray:
    """The score of each pair."""
    vectors = RowsOnDisk(task.vectors)
    start = int(task.rows.min(initial=0))
    own = vectors.span(start, int(task.rows.max(initial=-1)) + 1)
    return blocks.products(own, task.rows - start, vectors, task.columns)


def _tables(
    wordings: Wordings, found: nearest.Pairs, folder: Path, work: Work, top_n: int
) -> Iterator[pd.DataFrame]:
    both, places = nearest.mutual(found, wordings.owner), wordings.places
    kept = np.flatnonzero(found[3] <= top_n)
    rows, columns, ranking, ranks = (part[kept] for part in found)
    both = both[kept]
    edges = np.searchsorted(rows, np.arange(0, len(places) + blocks.LARGEST, blocks.LARGEST))
    spans = [slice(a, b) for a, b in zip(edges, edges[1:], strict=False)]
    jobs = (Scored(folder / WORDS, rows[some], columns[some]) for some in spans)
    scored = (scores for _, scores in run(work.engine, score_pairs, jobs))
    for some, scores in zip(spans, scored, strict=True):
        own, other = rows[some], columns[some]
        values = (
            wordings.ids(own), wordings.ids(other), scores, ranking[some], ranks[some], both[some],
            places[own], places[other],
        )  # fmt: skip
        yield pd.DataFrame(dict(zip(columns_of("wording_matches"), values, strict=True)))
