"""How a text is set: the width at which its lines were wrapped, and whether it indents."""

import re
from collections import Counter
from typing import NamedTuple

from ipcompare.clauses.lines import Line
from ipcompare.clauses.numbering import match_label

_NARROW = re.compile(r"[A-Za-z0-9.%+/ -]")


def _width(text: str) -> float:
    """Width in Chinese characters: Latin letters, digits and spaces take half the room."""
    return len(text) - len(_NARROW.findall(text)) / 2


# Ways to measure a line: the clean text as set or in characters, and the same as printed, with
# its indent and inner spaces. A text is wrapped after one of them.
_MEASURES = (
    lambda line: _width(line.text),
    lambda line: len(line.text),
    lambda line: _width(line.printed),
    lambda line: len(line.printed),
)


class Page(NamedTuple):
    """How a text is laid out: its line width when hard-wrapped, and whether it indents."""

    width: float | None
    measure: int
    indents: bool

    def full(self, line: Line, *, first: bool) -> bool:
        """Whether the line fills the page, so that its end may be a wrap.

        A first line whose indent of two characters was lost in extraction is that much shorter.
        """
        if self.width is None:
            return False
        lost = self.measure < 2 or line.indent < 2
        room = 2.0 if first and lost else 0.0
        return _MEASURES[self.measure](line) + room >= self.width - 2.0

    def holds_twice(self, line: Line) -> bool:
        """Whether the line is no longer than half the width at which the text is wrapped."""
        return self.width is not None and len(line.text) <= self.width / 2


def page_layout(lines: list[Line]) -> Page:
    """Find the width at which a text is wrapped: many equal lines that end in mid-sentence."""
    labelled = [x for x in lines if match_label(x.folded)]
    indents = sum(x.indent >= 2 for x in labelled) * 3 > len(labelled)
    best, most = Page(None, 0, indents), 0
    for number, measure in enumerate(_MEASURES):
        sizes = [measure(x) for x in lines]
        width = _modal_width(sizes)
        near = [x for x, size in zip(lines, sizes, strict=True) if -3 <= size - width <= 1]
        longer = sum(size > width + 2 for size in sizes)
        open_ended = sum(not x.ends for x in near)
        wrapped = (
            width >= 12
            and len(near) >= 5
            and longer <= 0.05 * len(lines)
            and open_ended >= 0.6 * len(near)
        )
        fit = len(near) + sum(abs(size - width) <= 0.5 for size in sizes)
        if wrapped and len(near) > 0.3 * len(lines) and fit > most:
            best, most = Page(width, number, indents), fit
    return best


def _modal_width(sizes: list[float]) -> float:
    """The commonest size among the three neighbouring sizes that most lines have."""
    counts = Counter(round(size) for size in sizes)
    windows = {s: sum(counts[s - d] for d in (0, 1, 2)) for s in list(counts)}
    top = max(windows, key=lambda s: (windows[s], s), default=0)
    return max((top, top - 1, top - 2), key=lambda s: counts[s])
