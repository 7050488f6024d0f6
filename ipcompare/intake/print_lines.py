"""The lines of a printed page: characters in reading order, of two columns first the left one."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(slots=True)
class Char:
    """A character and the box it is printed in, seen from the upper left corner of the page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def size(self) -> float:
        return self.bottom - self.top


@dataclass(slots=True)
class Row:
    """A line of a page, or a row of a table (``cells``)."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    cells: bool = False
    column: int = 0  # 1 and 2: the left and the right one of two

    @property
    def size(self) -> float:
        return self.bottom - self.top


def page_lines(chars: list[Char], width: float) -> Iterator[Row]:
    """Characters as lines from top to bottom, of two columns first the left one."""
    gutter = _gutter(chars, width)
    if gutter is None:
        yield from map(as_row, by_height(chars))
        return
    block: list[Char] = []
    for line in by_height(chars):
        if any(c.left < gutter < c.right for c in line) or _crosses(line, gutter):
            yield from _columns(block, gutter)
            yield as_row(line)  # a heading over both columns
            block = []
        else:
            block += line
    yield from _columns(block, gutter)


def _columns(chars: list[Char], gutter: float) -> Iterator[Row]:
    for column, own in enumerate(
        ([c for c in chars if c.right <= gutter], [c for c in chars if c.left >= gutter]), 1
    ):
        for line in by_height(own):
            row = as_row(line)
            row.column = column
            yield row


def _crosses(line: list[Char], at: float) -> bool:
    """Whether words go on over a place: no white gap wider than a character stands there."""
    left = max((c for c in line if c.right <= at), key=lambda c: c.right, default=None)
    right = min((c for c in line if c.left >= at), key=lambda c: c.left, default=None)
    return bool(left and right and right.left - left.right < left.size * 0.8)


def _gutter(chars: list[Char], width: float) -> float | None:
    """Where the white stripe between two columns stands; None for a page of one column."""
    lines = list(by_height(chars))
    if len(lines) < 8:
        return None
    for share in (0.5, 0.48, 0.52, 0.46, 0.54):
        at = width * share
        crossed = sum(any(c.left < at < c.right for c in x) or _crosses(x, at) for x in lines)
        left = sum(any(c.right <= at for c in x) for x in lines) - crossed
        right = sum(any(c.left >= at for c in x) for x in lines) - crossed
        if crossed <= len(lines) / 5 and min(left, right) > len(lines) / 4:
            return at
    return None


def by_height(chars: list[Char]) -> Iterator[list[Char]]:
    """The characters of one height together from left to right, from top to bottom."""
    line: list[Char] = []
    for char in sorted(chars, key=lambda c: (c.top + c.bottom, c.left)):
        middle = (char.top + char.bottom) / 2
        if line and middle - (line[0].top + line[0].bottom) / 2 > max(2, line[0].size * 0.45):
            yield sorted(line, key=lambda c: c.left)
            line = []
        line.append(char)
    if line:
        yield sorted(line, key=lambda c: c.left)


def as_row(line: list[Char]) -> Row:
    top, bottom = min(c.top for c in line), max(c.bottom for c in line)
    return Row(words_of(line), line[0].left, line[-1].right, top, bottom)


def words_of(line: list[Char]) -> str:
    """The characters of a line, with a space where the page has a gap."""
    text = line[0].text
    for before, char in zip(line, line[1:], strict=False):
        gap, size = char.left - before.right, before.size or 1
        latin = before.text.isascii() and char.text.isascii()
        text += (" " if gap > size * (0.15 if latin else 0.8) else "") + char.text
    return text
