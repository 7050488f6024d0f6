"""Tables that are drawn with lines: which characters of a page stand in which cell."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

NEAR = 3.0  # points within which two lines are one
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass
class Ruling:
    """The lines of a page: horizontal ones (y, left, right), vertical ones (x, top, bottom)."""

    across: list[tuple[float, float, float]] = field(default_factory=list)
    down: list[tuple[float, float, float]] = field(default_factory=list)

    def add(self, box: Box) -> None:
        """A drawn shape: a thin one is a line, any other the four lines of its frame."""
        left, top, right, bottom = box
        wide, high = right - left, bottom - top
        if high < NEAR <= wide:
            self.across.append(((top + bottom) / 2, left, right))
        elif wide < NEAR <= high:
            self.down.append(((left + right) / 2, top, bottom))
        elif wide >= NEAR and high >= NEAR:
            self.across += [(top, left, right), (bottom, left, right)]
            self.down += [(left, top, bottom), (right, top, bottom)]


@dataclass
class Grid:
    """One table: where its columns and rows begin, and which of its inner lines are drawn."""

    xs: list[float]
    ys: list[float]
    ruling: Ruling

    @property
    def box(self) -> Box:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def cell(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column of a place; of a merged cell its first ones. None outside the table."""
        column = _between(self.xs, x)
        row = _between(self.ys, y)
        if column is None or row is None:
            return None
        while column and not self._drawn(self.ruling.down, self.xs[column], y):
            column -= 1
        middle = (self.xs[column] + self.xs[column + 1]) / 2
        while row and not self._drawn(self.ruling.across, self.ys[row], middle):
            row -= 1
        return row, column

    @staticmethod
    def _drawn(lines: list[tuple[float, float, float]], at: float, across: float) -> bool:
        return any(abs(a - at) <= NEAR and b - NEAR <= across <= c + NEAR for a, b, c in lines)


def grids(ruling: Ruling) -> Iterator[Grid]:
    """The tables of a page: lines that touch, at least two rows of at least two columns."""
    for own in _touching(ruling):
        xs, ys = _places(x for x, *_ in own.down), _places(y for y, *_ in own.across)
        if len(xs) > 2 and len(ys) > 2:
            yield Grid(xs, ys, own)


def _touching(ruling: Ruling) -> list[Ruling]:
    """The lines of a page by the frames that they make: those that cross or touch each other.

    A frame around a table, and the ground of a page, touch none of its lines.
    """
    across, down = sorted(set(ruling.across)), sorted(set(ruling.down))
    groups = _Groups(len(across) + len(down))
    xs = [x for x, *_ in down]
    for n, (y, left, right) in enumerate(across):
        for m in range(bisect_left(xs, left - NEAR), bisect_right(xs, right + NEAR)):
            if down[m][1] - NEAR <= y <= down[m][2] + NEAR:
                groups.join(n, len(across) + m)
    found: dict[int, Ruling] = {}
    for n, line in enumerate([*across, *down]):
        own = found.setdefault(groups.first(n), Ruling())
        (own.across if n < len(across) else own.down).append(line)
    return list(found.values())


class _Groups:
    """Numbers that are joined two by two; those joined have one first number."""

    def __init__(self, n: int):
        self.above = list(range(n))

    def first(self, n: int) -> int:
        while self.above[n] != n:
            self.above[n] = n = self.above[self.above[n]]
        return n

    def join(self, a: int, b: int) -> None:
        self.above[self.first(a)] = self.first(b)


def _places(values: Iterable[float]) -> list[float]:
    """The values in order, those near each other once."""
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > NEAR:
            kept.append(value)
    return kept


def _between(edges: list[float], at: float) -> int | None:
    return next((n for n in range(len(edges) - 1) if edges[n] - 1 <= at <= edges[n + 1] + 1), None)
