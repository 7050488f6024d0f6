"""The best pairs of rows of a sparse matrix whose rows belong to groups, and what they lend.

Rows are provisions of length 1, groups their documents, scores cosines. Everything stays sparse.
"""

import os
from collections.abc import Iterator
from importlib.util import find_spec
from typing import NamedTuple

import numpy as np
from scipy import sparse

NEAREST = 10  # how many of a row's best pairs are looked at for lenders and for mutual pairs
LENDERS = 4  # groups that lend to a row

DECIMALS = 12  # far below any difference that means something: keeps ties ties
_SMALL = 500  # rows up to which the whole product is as fast
BLOCK = 4_000_000  # scores held at a time
PAIRS = 20_000  # pairs of rows multiplied at a time

Entries = tuple[np.ndarray, np.ndarray, np.ndarray]  # row, column, score
Pairs = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def pairs(matrix: sparse.csr_matrix, group: np.ndarray, *, depth: int | None = None) -> Pairs:
    """Row, column, score and rank of the pairs of different groups with a score above 0.

    In the order of rows, then ranks; ties go by column. ``depth`` keeps the first ranks of each
    row. Scores are rounded to 12 decimals and capped at 1. Many rows go faster where the package
    sparse_dot_topn is installed; the result is the same.
    """
    every = Rows(matrix, group)
    if depth is None or matrix.shape[0] <= _SMALL or not find_spec("sparse_dot_topn"):
        found = [ranked(_reaching(block, depth), depth) for block in _all_pairs(every, every)]
    else:
        threads = os.cpu_count() or 1
        found = [ranked(top_pairs(every, every, depth, threads=threads), depth)]
    rows, columns, scores, ranks = (np.concatenate(part) for part in zip(*found, strict=True))
    return rows, columns, scores, ranks


class Rows(NamedTuple):
    """Some rows, and the group of each."""

    matrix: sparse.csr_matrix
    group: np.ndarray


def _all_pairs(left: Rows, right: Rows, rows: np.ndarray | None = None) -> Iterator[Entries]:
    """Row, column and score of every pair of different groups, some rows at a time."""
    rows = np.arange(left.matrix.shape[0]) if rows is None else rows
    step = max(1, BLOCK // max(right.matrix.shape[0], 1))
    transposed = right.matrix.T.tocsc()
    for start in range(0, max(len(rows), 1), step):
        some = rows[start : start + step]
        block = (left.matrix[some] @ transposed).tocoo()
        row, scores = some[block.row], np.minimum(block.data.round(DECIMALS), 1.0)
        kept = (left.group[row] != right.group[block.col]) & (scores > 0)
        yield row[kept], block.col[kept], scores[kept]


def _reaching(found: Entries, depth: int | None) -> Entries:
    """The pairs that reach the score of the last one wanted of their row: fewer to sort."""
    if depth is None:
        return found
    rows, columns, scores = found
    starts = np.flatnonzero(np.diff(rows, prepend=-1))
    kept = np.ones(len(rows), dtype=bool)
    for start, end in zip(starts, np.append(starts, len(rows))[1:], strict=True):
        if end - start > depth:
            own, last = scores[start:end], end - start - depth
            kept[start:end] = own >= np.partition(own, last)[last]
    return rows[kept], columns[kept], scores[kept]


def top_pairs(left: Rows, right: Rows, depth: int, *, threads: int = 1) -> Entries:
    """Row of ``left``, column (row of ``right``) and score of the ``depth`` best pairs of each
    row, and of ties with the last one. Needs sparse_dot_topn.
    """
    found = best_products(left, right, depth + 1, threads=threads)
    rows = np.repeat(np.arange(left.matrix.shape[0]), np.diff(found.indptr))
    scores = np.minimum(found.data.round(DECIMALS), 1.0)
    # Which of several equal pairs made the list is the product's affair: such rows are made anew.
    full = np.flatnonzero(np.diff(found.indptr) > depth)
    last = found.indptr[full] + depth
    tied = full[scores[last] == scores[last - 1]]
    if not len(tied):
        kept = scores > 0
        return rows[kept], found.indices[kept], scores[kept]
    kept = ~np.isin(rows, tied) & (scores > 0)
    parts = [(rows[kept], found.indices[kept], scores[kept]), *_all_pairs(left, right, tied)]
    every, columns, scores = (np.concatenate(part) for part in zip(*parts, strict=True))
    return every, columns, scores


def best_products(left: Rows, right: Rows, top_n: int, *, threads: int = 1) -> sparse.csr_matrix:
    """The ``top_n`` highest products of each row with the rows of other groups, highest first."""
    from sparse_dot_topn import sp_matmul_topn

    options = {"threshold": 0.0, "sort": True, "n_threads": threads}
    return sp_matmul_topn(*_apart(left, right), top_n=top_n, **options)


def best_of_both(one: sparse.csr_matrix, other: sparse.csr_matrix, top_n: int) -> sparse.csr_matrix:
    """The ``top_n`` highest products of each row with two blocks of rows, side by side."""
    from sparse_dot_topn import zip_sp_matmul_topn

    return zip_sp_matmul_topn(top_n, [one, other])


def _apart(left: Rows, right: Rows) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """The matrix and the transpose of the other, with a column for each group.

    It puts the product of two rows of one group at 1 - 2 = -1, below any threshold.
    """
    groups = np.unique(np.concatenate([left.group, right.group]))
    one, other = (_with_group(side, groups) for side in (left, right))
    transposed = other.T.tocsr()
    transposed.data[transposed.indptr[left.matrix.shape[1]] :] = -2.0
    return one, transposed


def _with_group(side: Rows, groups: np.ndarray) -> sparse.csr_matrix:
    """The rows with a 1 in the column of their group, behind those of the terms."""
    (n, m), ends = side.matrix.shape, side.matrix.indptr[1:]
    place = m + np.searchsorted(groups, side.group)
    columns = np.insert(side.matrix.indices, ends, place)
    values = np.insert(side.matrix.data, ends, 1.0)
    starts = side.matrix.indptr + np.arange(n + 1)
    return sparse.csr_matrix((values, columns, starts), shape=(n, m + len(groups)))


def ranked(found: Entries, depth: int | None) -> Pairs:
    """The pairs in the order of rows, then of falling scores, ties by column, with their ranks."""
    rows, columns, scores = found
    place, score = np.diff(rows), np.diff(scores)
    if not ((place > 0) | ((place == 0) & (score < 0))).all():  # else in order, without ties
        order = np.lexsort((columns, -scores, rows))
        rows, columns, scores = rows[order], columns[order], scores[order]
    ranks = _ranks(rows)
    best = slice(None) if depth is None else ranks <= depth
    return rows[best], columns[best], scores[best], ranks[best]


def _ranks(rows: np.ndarray) -> np.ndarray:
    """1, 2, 3 … within each run of equal numbers."""
    first = np.flatnonzero(np.diff(rows, prepend=-1))
    return np.arange(len(rows)) - np.repeat(first, np.diff(first, append=len(rows))) + 1


def scores_of(matrix: sparse.csr_matrix, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """The product of each pair of rows, rounded and capped as in ``pairs``."""
    if matrix.shape[0] <= _SMALL:
        every = (matrix @ matrix.T).toarray()[rows, columns]
        return np.minimum(every.round(DECIMALS), 1.0)
    scores = np.zeros(len(rows))
    for start in range(0, len(rows), PAIRS):
        some = slice(start, start + PAIRS)
        products = matrix[rows[some]].multiply(matrix[columns[some]])
        scores[some] = np.asarray(products.sum(axis=1)).ravel()
    return np.minimum(scores.round(DECIMALS), 1.0)


def mutual(found: Pairs, group: np.ndarray) -> np.ndarray:
    """Whether both rows of a pair are each other's best in their groups, within ``NEAREST``."""
    rows, columns, _, ranks = found
    near = np.flatnonzero(ranks <= NEAREST)
    best = near[_best_of_group(rows[near], group[columns[near]])]
    n = len(group)
    forth = rows[best].astype(np.int64) * n + columns[best]
    back = columns[best].astype(np.int64) * n + rows[best]
    both = np.zeros(len(rows), dtype=bool)
    both[best] = np.isin(back, forth, assume_unique=True)
    return both


def _best_of_group(rows: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """The places of each row's first pair with each group, in order."""
    key = rows.astype(np.int64) * (groups.max(initial=0) + 1) + groups
    return np.sort(np.unique(key, return_index=True)[1])


def lent(matrix: sparse.csr_matrix, group: np.ndarray) -> sparse.csr_matrix:
    """What its counterparts lend to each row: the sum over groups of cosine * best row."""
    n = matrix.shape[0]
    rows, columns, scores = lenders(pairs(matrix, group, depth=NEAREST + 1), group, n)
    return sparse.csr_matrix((scores, (rows, columns)), shape=(n, n)) @ matrix


def lenders(found: Pairs, group: np.ndarray, n: int) -> Entries:
    """Row, lender and cosine, from the ``NEAREST + 1`` best pairs of each of n rows.

    The lenders of a row are its best pairs in the (at most ``LENDERS``) groups that come closest,
    among its ``NEAREST`` pairs. Rows that tie with one that is left out are left out
    too, so that the order of the groups does not matter.
    """
    rows, columns, scores, ranks = found
    for limit in (NEAREST, LENDERS):
        clear = scores > _score_at(limit + 1, rows, scores, ranks, n)[rows]
        rows, columns, scores = rows[clear], columns[clear], scores[clear]
        first = _best_of_group(rows, group[columns])
        rows, columns, scores = rows[first], columns[first], scores[first]
        ranks = _ranks(rows)
    return rows, columns, scores


def _score_at(
    rank: int, rows: np.ndarray, scores: np.ndarray, ranks: np.ndarray, n: int
) -> np.ndarray:
    """The score of each row's pair of this rank, 0 where it has none."""
    found = np.zeros(n)
    found[rows[ranks == rank]] = scores[ranks == rank]
    return found
