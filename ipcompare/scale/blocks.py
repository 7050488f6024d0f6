"""The nearest rows of rows that lie on disk, block by block: exactly, or from candidates.

The exact way multiplies every block with every other. The other way multiplies only the rare
terms, keeps ``CANDIDATES`` rows of each and scores these with all terms. How rare is told by a
budget: terms are taken from the rarest on, as long as a row meets no more than ``BUDGET`` entries
on average, so that the work grows with the number of rows, not with its square. What is missed is
measured on a sample of rows (``recall``), for which the exact way is gone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import sparse

from ipcompare.scale.engines import Engine, run
from ipcompare.scale.rows_on_disk import RowsOnDisk, Writer
from ipcompare.wording import nearest
from ipcompare.wording.nearest import Entries, Pairs, Rows

BLOCK = 60_000  # rows that others are compared with at a time
LARGEST = 20_000  # rows of a job
EXACT = 20_000  # rows up to which the exact way is gone
CANDIDATES = 120
BUDGET = 100_000  # entries of other rows that a row meets on average
SAMPLE = 300  # rows on which recall is measured


@dataclass(frozen=True)
class Task:
    """Some rows of ``vectors`` to be compared with all others.

    ``groups`` is a file with the group of each row: rows of one group are no pair. ``rare`` has
    the same rows with the columns alone that take part in looking for candidates; None: the
    exact way.
    """

    vectors: Path
    groups: Path
    start: int
    end: int
    depth: int
    rare: Path | None


def tasks(
    vectors: Path, groups: Path, *, depth: int, engine: Engine, exact: bool | None = None
) -> list[Task]:
    """The jobs that find the ``depth`` nearest rows of each row of ``RowsOnDisk``.

    ``exact`` is told by the number of rows where it is None.
    """
    rows = RowsOnDisk(vectors)
    n = rows.shape[0]
    rare = None if (n <= EXACT if exact is None else exact) else _write_rare(rows, vectors)
    size = min(LARGEST, max(1000, n // (4 * max(1, engine.workers))))
    return [
        Task(vectors, groups, start, min(start + size, n), depth, rare)
        for start in range(0, n, size)
    ]


def nearest_rows(jobs: list[Task], engine: Engine) -> Iterator[Pairs]:
    """The nearest rows, job by job, in the order of rows, then of ranks."""
    for _, pairs in run(engine, compare_rows, jobs):
        yield pairs


def compare_rows(task: Task) -> Pairs:
    """Row, column, score and rank of the nearest rows, numbered over all rows."""
    rows = RowsOnDisk(task.vectors)
    group = np.load(task.groups, mmap_mode="r")
    own = Rows(rows.span(task.start, task.end), np.array(group[task.start : task.end]))
    if task.rare is None:
        found = _exact(own, rows, group, task.depth)
    else:
        found = _candidates(task, own.group, group)
        scores = products(own.matrix, found[0], rows, found[1])
        kept = scores > 0
        found = found[0][kept], found[1][kept], scores[kept]
    pairs = nearest.ranked(found, task.depth)
    return pairs[0] + task.start, *pairs[1:]


def _exact(own: Rows, rows: RowsOnDisk, group: np.ndarray, depth: int) -> Entries:
    best: list[Entries] = []
    for start, block in rows.blocks(BLOCK):
        other = Rows(block, np.array(group[start : start + BLOCK]))
        found = nearest.top_pairs(own, other, depth)
        best = [_best(best, found, start, depth)]
    return best[0]


def _candidates(task: Task, own_group: np.ndarray, group: np.ndarray) -> Entries:
    """The rows whose products over the rare columns are highest."""
    assert task.rare is not None
    rare = RowsOnDisk(task.rare)
    own = Rows(rare.span(task.start, task.end), own_group)
    best = sparse.csr_matrix((task.end - task.start, 0))
    for start, block in rare.blocks(BLOCK):
        other = Rows(block, np.array(group[start : start + BLOCK]))
        found = nearest.best_products(own, other, CANDIDATES)
        best = nearest.best_of_both(best, found, CANDIDATES) if start else found
    row = np.repeat(np.arange(best.shape[0]), np.diff(best.indptr))
    return row, best.indices, best.data


def _best(held: list[Entries], found: Entries, start: int, depth: int) -> Entries:
    """The best pairs of each row out of those held and those found in a block."""
    found = found[0], found[1] + start, found[2]
    if not held:
        return found
    both = [np.concatenate(part) for part in zip(*held, found, strict=True)]
    return nearest.ranked((both[0], both[1], both[2]), depth)[:3]


# --- candidates ---------------------------------------------------------------------------------


def _write_rare(rows: RowsOnDisk, folder: Path) -> Path:
    """The rows with the columns alone that take part in looking for candidates."""
    columns = np.flatnonzero(rare_columns(rows.held_by(), rows.shape[0]))
    with Writer(folder / "rare") as writer:
        for _, block in rows.blocks(BLOCK):
            writer.write(block[:, columns])
    return folder / "rare"


def rare_columns(held_by: np.ndarray, n: int, budget: int = BUDGET) -> np.ndarray:
    """The columns from the rarest on whose rows meet ``budget`` entries on average.

    A column that k of n rows hold costs k * k multiplications.

    >>> rare_columns(np.array([1, 2, 3, 9]), n=10, budget=2).tolist()
    [True, True, True, False]
    """
    sizes = np.sort(held_by)
    cost = np.cumsum(sizes.astype(float) ** 2)
    over = int((cost <= budget * n).sum())  # the first column that is too much, and all like it
    return held_by < sizes[over] if over < len(sizes) else np.ones(len(sizes), dtype=bool)


def products(
    own: sparse.csr_matrix, left: np.ndarray, rows: RowsOnDisk, right: np.ndarray
) -> np.ndarray:
    """The product of each pair of a row of ``own`` and one on disk, as in ``nearest.pairs``."""
    scores = np.zeros(len(left))
    for start in range(0, len(left), nearest.PAIRS):
        some = slice(start, start + nearest.PAIRS)
        both = own[left[some]].multiply(rows.take(right[some]))
        scores[some] = np.asarray(both.sum(axis=1)).ravel()
    return np.minimum(scores.round(nearest.DECIMALS), 1.0)


# --- recall -------------------------------------------------------------------------------------


def recall(
    vectors: Path, groups: Path, found: Pairs, *, seed: int = 0
) -> dict[int, tuple[int, int]]:
    """Of the best pair and the best three of a sample of rows: how many were found, of how many.

    A pair counts as found where one with its score is: ties are no loss.
    """
    rows, group = RowsOnDisk(vectors), np.load(groups, mmap_mode="r")
    n = rows.shape[0]
    sample = np.sort(np.random.default_rng(seed).choice(n, min(SAMPLE, n), replace=False))
    left = Rows(rows.take(sample), np.array(group[sample]))
    truth = nearest.ranked(_exact(left, rows, group, 3), 3)
    return {depth: _reached(truth, sample, found, depth) for depth in (1, 3)}


def _reached(truth: Pairs, sample: np.ndarray, found: Pairs, depth: int) -> tuple[int, int]:
    """How many of the true best pairs have a found pair of their rank with as high a score."""
    known = {(row, rank): score for row, _, score, rank in zip(*found, strict=True)}
    wanted = [
        (sample[row], score, rank)
        for row, _, score, rank in zip(*truth, strict=True)
        if rank <= depth
    ]
    right = sum(known.get((row, rank), 0.0) >= score - 1e-9 for row, score, rank in wanted)
    return right, len(wanted)
