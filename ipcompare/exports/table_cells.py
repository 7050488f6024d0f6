"""What every export of a table shares: its cells as values and as words, and column widths."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ipcompare.text import printable

DIGITS = 4  # decimals, as in the CSV files

_WORD = re.compile("[!-,.-~\u2265\u2264]+")


@dataclass(frozen=True)
class Column:
    """One column: its name, its values (missing ones are None), and how its numbers are set.

    ``digits`` is the number of decimals that all its numbers are shown with: 0 for whole
    numbers, as many as needed (at most 4) for shares and scores, None where numbers of different
    size stand in one column and each keeps its own. ``numeric`` is False for a column of words.
    """

    name: str
    values: tuple[Any, ...]
    numeric: bool
    digits: int | None

    @property
    def cells(self) -> list[str]:
        """The values as words."""
        return [cell_text(value, digits=self.digits) for value in self.values]


def table_columns(frame: pd.DataFrame) -> list[Column]:
    """The columns of a frame; an index with names comes first, as in the CSV files."""
    frame = frame.reset_index() if index_levels(frame) else frame
    return [_column(str(frame.columns[n]), frame.iloc[:, n]) for n in range(frame.shape[1])]


def index_levels(frame: pd.DataFrame) -> int:
    """How many columns the index makes: all its levels where one has a name, else none."""
    named = any(name is not None for name in frame.index.names)
    return frame.index.nlevels if named else 0


def _column(name: str, series: pd.Series) -> Column:
    values = tuple(None if _missing(value) else value for value in series.tolist())
    numbers = [v for v in values if isinstance(v, int | float) and not isinstance(v, bool)]
    if not numbers or len(numbers) < sum(v is not None for v in values):
        return Column(name, values, False, None)
    return Column(name, values, True, _digits(numbers))


def _missing(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return False
    return value is None or value is pd.NA or value is pd.NaT or value != value


def _digits(numbers: list[float]) -> int | None:
    needed = max(len(cell_text(float(n)).partition(".")[2]) for n in numbers)
    small = all(-1 <= n <= 1 for n in numbers)
    return needed if small or not needed else None


def cell_text(value: Any, *, digits: int | None = None) -> str:
    """One value in words: rounded to 4 digits, lists joined with ``；``, missing empty.

    >>> [cell_text(v) for v in (2.0, 0.123456, None, ["甲", "乙"], "=1+1", True)]
    ['2', '0.1235', '', '甲；乙', '=1+1', 'True']
    >>> cell_text(1.0, digits=2)
    '1.00'
    """
    if _missing(value):
        return ""
    if isinstance(value, list | tuple):
        value = "；".join(map(str, value))
    if digits is not None and isinstance(value, int | float) and not isinstance(value, bool):
        return f"{round(float(value), digits) + 0.0:.{digits}f}"
    if isinstance(value, float):
        return f"{round(value, DIGITS) + 0.0:.{DIGITS}f}".rstrip("0").rstrip(".")
    return printable(str(value))


def display_width(text: str) -> int:
    """The width of the longest line, a Chinese character counted as two.

    >>> display_width("指标 A\\n知识产权")
    8
    """
    lines = text.split("\n")
    return max(sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in s) for s in lines)


def column_widths(columns: list[Column]) -> list[int]:
    """How wide each column would be if no line were broken."""
    return [max(map(display_width, [c.name, *c.cells])) for c in columns]


def least_widths(columns: list[Column]) -> list[int]:
    """How wide each column must be so that no Latin word or number is broken."""
    return [
        max(len(word) for c in (column.name, *column.cells) for word in _words(c))
        for column in columns
    ]


def _words(text: str) -> list[str]:
    """What a line break must not part: words between hyphens, or one Chinese character."""
    return [*_WORD.findall(text), "  "]


def shared_widths(wanted: Sequence[float], least: Sequence[float], available: float) -> list[float]:
    """Divide a line: narrow columns get what they want, wide ones an equal share of the rest.

    Each gets at least ``least``, unless these alone are too much for the line: then in proportion.

    >>> shared_widths([2, 10, 20], [1, 1, 1], 14)
    [2, 6.0, 6.0]
    >>> shared_widths([8, 10, 20], [8, 2, 2], 14)
    [8, 3.0, 3.0]
    """
    if sum(least) > available:
        return [width * available / sum(least) for width in least]
    fixed: dict[int, float] = {}
    while True:
        free = [n for n in range(len(wanted)) if n not in fixed]
        rest, widths = available - sum(fixed.values()), dict(fixed)
        for left, n in enumerate(sorted(free, key=wanted.__getitem__)):
            widths[n] = min(wanted[n], rest / (len(free) - left))
            rest -= widths[n]
        short = {n: least[n] for n in free if widths[n] < least[n]}
        if not short:
            return [widths[n] for n in range(len(wanted))]
        fixed |= short
