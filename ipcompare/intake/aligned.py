"""Tables without ruling lines: rows whose words stand apart in columns that run through them."""

from collections.abc import Iterator
from dataclasses import dataclass

WIDE = 1.1  # times the size of its characters: a gap that parts two cells
APART = 2.4  # times the size: further apart two lines are of no one table
LEAST = 3  # columns, and lines that fill so many of them
LONGEST = 24  # characters of one line of a cell


@dataclass(slots=True)
class Piece:
    """Words that stand together on a line, with the number of the line."""

    text: str
    left: float
    right: float
    line: int


@dataclass
class Aligned:
    """A table: which lines it takes, its box, its rows of cells."""

    first: int
    last: int
    box: tuple[float, float, float, float]
    rows: list[tuple[float, float, list[str]]]  # top, bottom, cells


@dataclass(slots=True)
class Printed:
    """One line of a page: its pieces, its place, and whether it opens a provision."""

    pieces: list[Piece]
    top: float
    bottom: float
    opens: bool


def aligned_tables(lines: list[Printed]) -> Iterator[Aligned]:
    """The tables among the lines of a page, from top to bottom."""
    n = 0
    while n < len(lines):
        end = _end(lines, n) if _fills(lines[n]) else n
        table = _table(lines, n, end)
        if table:
            yield table
        n = end if table else n + 1


def _fills(line: Printed) -> bool:
    """Whether a line has the pieces of a row."""
    return len(line.pieces) >= LEAST and all(len(p.text) <= LONGEST for p in line.pieces)


def _end(lines: list[Printed], first: int) -> int:
    """Behind the last line that goes on below another: near it, short, opening no provision."""
    end = first + 1
    while end < len(lines):
        above, line = lines[end - 1], lines[end]
        far = line.top - above.bottom > APART * (above.bottom - above.top)
        short = all(len(piece.text) <= LONGEST for piece in line.pieces)
        if far or not short or (line.opens and not _fills(line)):
            break
        end += 1
    while end > first and not _fills(lines[end - 1]) and _alone(lines, first, end - 1):
        end -= 1
    return end


def _alone(lines: list[Printed], first: int, n: int) -> bool:
    """Whether a line at the end goes across the columns of the lines above it."""
    columns = _columns([line for line in lines[first:n] if _fills(line)])
    pieces = lines[n].pieces
    return any(
        sum(p.left < right and p.right > left for left, right in columns) != 1 for p in pieces
    )


def _columns(lines: list[Printed]) -> list[tuple[float, float]]:
    """From where to where each column goes: the pieces that overlap, together."""
    spans = sorted((p.left, p.right) for line in lines for p in line.pieces)
    columns: list[tuple[float, float]] = []
    for left, right in spans:
        if columns and left < columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], right)
        else:
            columns.append((left, right))
    return columns


def _table(lines: list[Printed], first: int, end: int) -> Aligned | None:
    own = lines[first:end]
    columns = _columns([line for line in own if _fills(line)])
    if len(columns) < LEAST or sum(map(_fills, own)) < LEAST:
        return None
    placed = [[(_column(columns, piece), piece.text) for piece in line.pieces] for line in own]
    if any(at is None for line in placed for at, _ in line):
        return None
    rows = []
    for group in _groups(own, len(columns), placed):
        cells = [""] * len(columns)
        for n in group:
            for at, text in placed[n]:
                cells[at or 0] += text
        rows.append((own[group[0]].top, own[group[-1]].bottom, cells))
    box = columns[0][0], own[0].top, columns[-1][1], own[-1].bottom
    return Aligned(first, end - 1, box, rows)


def _column(columns: list[tuple[float, float]], piece: Piece) -> int | None:
    """The column that a piece stands in; None where it goes across several."""
    found = [
        n for n, (left, right) in enumerate(columns) if piece.left < right and piece.right > left
    ]
    return found[0] if len(found) == 1 else None


def _groups(
    lines: list[Printed], size: int, placed: list[list[tuple[int | None, str]]]
) -> list[list[int]]:
    """The lines of each row: those with a last cell begin one, the rest of its words goes with it.

    Where words stand above the first such line but for the head, cells are centred: then a line
    goes with the nearest.
    """
    anchors = [n for n, line in enumerate(placed) if any(at == size - 1 for at, _ in line)]
    if not anchors:
        return [[n] for n in range(len(lines))]
    centred = anchors[0] > 0 or (len(anchors) > 1 and _above(placed, anchors))
    groups: dict[int, list[int]] = {n: [] for n in anchors}
    middle = [(line.top + line.bottom) / 2 for line in lines]
    for n in range(len(lines)):
        before = [a for a in anchors if a <= n]
        nearest = min(anchors, key=lambda a: abs(middle[a] - middle[n]))
        groups[nearest if centred or not before else before[-1]].append(n)
    return [groups[n] for n in anchors]


def _above(placed: list[list[tuple[int | None, str]]], anchors: list[int]) -> bool:
    """Whether a row's words begin above its values: the line below the head has none of them."""
    head, first = anchors[0], anchors[1]
    return (
        first - head > 1
        and len(placed[head + 1]) == 1
        and len(placed[head]) == max(map(len, placed))
    )
