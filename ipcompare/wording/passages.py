"""Seed and extend: the passages that two strings share, word for word or nearly.

Runs of a few equal characters are the seeds; seeds on one diagonal (the same shift between the
strings) merge into runs; each run grows both ways over substituted, inserted and deleted
characters as long as what follows a gap is longer than the gap. The cost grows with the length of
the strings and the number of runs.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

_SEED = 6  # a passage of 13 with one character changed keeps a run of 6
MOST_GAP = 6  # the longest gap that a passage may run over


Run = tuple[int, int, int]  # start in a, start in b, equal characters


class Passage(NamedTuple):
    """Spans in both strings, equal characters, columns of their alignment."""

    start_a: int
    end_a: int
    start_b: int
    end_b: int
    equal: int
    columns: int

    def turned(self) -> "Passage":
        """The same passage seen from the other string."""
        return Passage(*self[2:4], *self[:2], *self[4:])


def common_passages(
    texts: Sequence[str],
    *,
    min_chars: int,
    pairs: Iterable[tuple[int, int]] | None = None,
    most_holders: int | None = None,
) -> Iterator[tuple[int, int, list[Passage]]]:
    """Every two strings (by index) with their passages of ``min_chars`` equal characters.

    ``pairs`` are those to compare, lower index first, where not all of them are. A passage listed
    has at least half of one of its sides in no longer passage of the two. With ``most_holders``
    no passage begins at a run of characters that stands in more places than so many, so that the
    work grows with the length of the texts, not with the number of pairs; what consists of such
    runs alone is not found, and only pairs that share a passage are given.

    >>> [(a, b, [tuple(p) for p in found]) for a, b, found in
    ...     common_passages(["xxABCDEFGHIJ", "ABCDEyGHIJzzz"], min_chars=9)]
    [(0, 1, [(2, 12, 0, 10, 9, 10)])]
    """
    seed = min(_SEED, max(2, min_chars // 2))
    ids = _gram_ids(texts, seed)
    runs: Iterator[tuple[int, int, list[Run]]]
    if most_holders is None:
        both = combinations(range(len(texts)), 2) if pairs is None else sorted(pairs)
        runs = ((a, b, _runs(ids[a], ids[b], seed)) for a, b in both)
    else:
        runs = _seeded(texts, ids, seed, most_holders)
    for a, b, found in runs:
        kept = _passages(texts, a, b, found, min_chars)
        if kept or most_holders is None:
            yield a, b, kept


def _passages(
    texts: Sequence[str], a: int, b: int, runs: list[Run], min_chars: int
) -> list[Passage]:
    """The passages that grow from the runs of two strings."""
    # One direction only, whatever the order of the texts: growing is greedy.
    turned = texts[a] > texts[b]
    one, two = (b, a) if turned else (a, b)
    if turned:
        runs = sorted(((j, i, n) for i, j, n in runs), key=lambda run: (-run[2], *run[:2]))
    found = _extended(texts[one], texts[two], runs, min_chars)
    kept = _new(found, len(texts[one]), len(texts[two]))
    return sorted(p.turned() if turned else p for p in kept)


def _gram_ids(texts: Sequence[str], size: int) -> list[np.ndarray]:
    """For each string one integer for each run of ``size`` characters: equal runs, equal integers.

    The run of 2n characters at i is named by the pair of the runs of n at i and i + n.
    """
    codes = np.frombuffer("".join(texts).encode("utf-32-le"), dtype="<u4")
    ids, length = np.unique(codes, return_inverse=True)[1].astype(np.int64), 1
    while length < size and len(ids) > length:
        step = min(length, size - length)
        ids = np.unique(ids[:-step] * (ids.max() + 1) + ids[step:], return_inverse=True)[1]
        length += step
    starts = np.cumsum([0, *map(len, texts)])
    return [ids[at : at + max(0, len(t) - size + 1)] for at, t in zip(starts, texts, strict=False)]


def _runs(in_a: np.ndarray, in_b: np.ndarray, seed: int) -> list[Run]:
    """The longest runs of equal characters of at least ``seed``, longest first: (a, b, length)."""
    order = np.argsort(in_b, kind="stable")
    a, hits = _hits(in_a, in_b[order])
    return _joined(a, order[hits], seed)


def _hits(in_a: np.ndarray, known: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The places of a and, of each, the places in the sorted ``known`` with the same value."""
    first, last = (np.searchsorted(known, in_a, side=side) for side in ("left", "right"))
    hits = last - first
    a = np.repeat(np.arange(len(in_a)), hits)
    return a, np.repeat(first - np.cumsum(hits) + hits, hits) + np.arange(len(a))


def _joined(a: np.ndarray, b: np.ndarray, seed: int) -> list[Run]:
    """Seeds at (a, b) that follow each other as runs, longest first: (a, b, length)."""
    along = np.lexsort((a, b - a))
    a, b = a[along], b[along]
    starts = np.flatnonzero(
        np.diff(b - a, prepend=-a.max(initial=0) - 2) | (np.diff(a, prepend=-2) != 1)
    )
    lengths = np.diff(starts, append=len(a)) + seed - 1
    ranked = np.lexsort((b[starts], a[starts], -lengths))
    return list(zip(*(x[ranked].tolist() for x in (a[starts], b[starts], lengths)), strict=True))


def _seeded(
    texts: Sequence[str], ids: list[np.ndarray], seed: int, most: int
) -> Iterator[tuple[int, int, list[Run]]]:
    """The runs of every two strings that share a seed which stands in at most ``most`` places."""
    starts = np.cumsum([0, *map(len, ids)])
    whole = np.concatenate(ids)
    order = np.argsort(whole, kind="stable")
    known = whole[order]
    times = np.bincount(whole)
    few = times[known] <= most
    order, known = order[few], known[few]
    owner = np.searchsorted(starts, order, side="right") - 1
    for a in range(len(texts)):
        rare = np.flatnonzero(times[ids[a]] <= most)
        at, hits = _hits(ids[a][rare], known)
        later = owner[hits] > a
        at, hits = rare[at[later]], hits[later]
        by_text = np.argsort(owner[hits], kind="stable")
        at, hits = at[by_text], hits[by_text]
        others, first = np.unique(owner[hits], return_index=True)
        ends = np.append(first, len(hits))[1:]
        for b, start, end in zip(others.tolist(), first, ends, strict=True):
            places = order[hits[start:end]] - starts[b]
            yield a, b, _lengthened(texts[a], texts[b], _joined(at[start:end], places, seed))


def _lengthened(a: str, b: str, runs: list[Run]) -> list[Run]:
    """Runs as long as they are, over seeds that stand in too many places; longest first."""
    found = set()
    for i, j, length in runs:
        while i and j and a[i - 1] == b[j - 1]:
            i, j, length = i - 1, j - 1, length + 1
        found.add((i, j, length + _equal(a, b, i + length, j + length)))
    return sorted(found, key=lambda run: (-run[2], *run[:2]))


def _extended(a: str, b: str, runs: list[Run], min_chars: int) -> Iterator[Passage]:
    """Each run grown both ways, unless a passage before it has run through it."""
    back_a, back_b = a[::-1], b[::-1]
    through: set[tuple[int, int]] = set()
    for at_a, at_b, length in runs:
        if (at_a, at_b) in through:
            continue
        left = _grow(back_a, back_b, len(a) - at_a, len(b) - at_b)
        path = [(len(a) - i - n, len(b) - j - n, n) for i, j, n in reversed(left)]
        path += [(at_a, at_b, length), *_grow(a, b, at_a + length, at_b + length)]
        equal = sum(n for _, _, n in path)
        if equal >= min_chars:
            through.update((i, j) for i, j, _ in path)
            start, end = path[0], path[-1]
            ends = (start[0], end[0] + end[2], start[1], end[1] + end[2])
            yield Passage(*ends, equal, equal + _gaps(path))


def _grow(a: str, b: str, at_a: int, at_b: int) -> list[Run]:
    """The equal runs (start in a, start in b, length) beyond a run that ends at (at_a, at_b)."""
    path = []
    while run := _next_run(a, b, at_a, at_b):
        path.append(run)
        at_a, at_b = run[0] + run[2], run[1] + run[2]
    return path


def _next_run(a: str, b: str, at_a: int, at_b: int) -> tuple[int, int, int] | None:
    """The longest run behind the smallest gap that is shorter than the run."""
    found = []
    for i in range(at_a, at_a + MOST_GAP + 1):
        least = max(i - at_a, 1) + 1
        if i + least > len(a):
            break
        j = b.find(a[i : i + least], at_b, at_b + MOST_GAP + least)
        while j >= 0:
            gap, length = max(i - at_a, j - at_b), _equal(a, b, i, j)
            if length > gap:
                found.append((gap, -length, i + j, i, j))
            j = b.find(a[i : i + least], j + 1, at_b + MOST_GAP + least)
    if not found:
        return None
    _, length, _, i, j = min(found)
    return i, j, -length


def _equal(a: str, b: str, i: int, j: int) -> int:
    """How many characters from i in a and j in b are equal."""
    n, end = 0, min(len(a) - i, len(b) - j)
    while n < end and a[i + n] == b[j + n]:
        n += 1
    return n


def _gaps(path: list[Run]) -> int:
    """Columns of the alignment between the runs: a substitution takes one, so does a deletion.

    No character within a gap counts as equal.
    """
    steps = zip(path, path[1:], strict=False)
    return sum(max(i - h - n, j - k - n) for (h, k, n), (i, j, _) in steps)


def _new(passages: Iterable[Passage], size_a: int, size_b: int) -> Iterator[Passage]:
    """The passages, longest first, of which half of one side lies in no longer one."""
    seen_a, seen_b = np.zeros(size_a, dtype=bool), np.zeros(size_b, dtype=bool)
    for p in sorted(passages, key=lambda p: (-p.equal, p)):
        here, there = seen_a[p.start_a : p.end_a], seen_b[p.start_b : p.end_b]
        if 2 * here.sum() <= len(here) or 2 * there.sum() <= len(there):
            yield p
        here[:] = there[:] = True
