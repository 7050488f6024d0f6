"""Pages of contents, whose lines are no provisions: 目录, 第一章 总则……1."""

import re

from ipcompare.clauses.lines import Line
from ipcompare.clauses.numbering import match_label
from ipcompare.text import fold_width

_HEAD = re.compile("目[录次]|CONTENTS", re.IGNORECASE)
_LEADER = re.compile(
    r"(?:(?<!\.)\.{3,}|(?<!…)…+|(?<!·)·{3,}|(?<!_)_{3,}|(?<!-)-{3,})[-(]?\d{1,4}[-)]?$"
)
_PAGE = re.compile(r"[-(]?\d{1,4}[-)]?")
_UNNUMBERED = re.compile("附则|附录|附件.{0,20}|前言|序言|引言|总则")
_FEW = 3  # lines with leaders that are contents without a head


def contents_lines(lines: list[Line]) -> set[int]:
    """The lines that are contents: those with leaders, and those between 目录 and the text."""
    led = [n for n, line in enumerate(lines) if _LEADER.search(line.folded[-24:])]
    found = set(led) if len(led) >= _FEW else set()
    for n, line in enumerate(lines):
        if n not in found and _HEAD.fullmatch(line.folded):
            found |= {n, *_entries(lines, n + 1)}
    return found


def _entries(lines: list[Line], start: int) -> range:
    """The lines below 目录, up to the one that begins the text."""
    seen: set[str] = set()
    end = last = start
    while end < len(lines) and _may_be_entry(lines[end]):
        name, paged = _name(lines[end])
        if name in seen and not paged:
            break  # the first heading of the text
        seen.add(name)
        end += 1
        if paged or match_label(name) or _UNNUMBERED.fullmatch(name):
            last = end
    again = end < len(lines) and _name(lines[end])[0] in seen
    pages = [n for n in range(start, last) if _name(lines[n])[1]]
    if again:
        return range(start, last)
    return range(start, pages[-1] + 1) if pages else range(start, start)


def _may_be_entry(line: Line) -> bool:
    return len(line.text) <= 60 and not line.ends


def _name(line: Line) -> tuple[str, bool]:
    """The words of an entry, and whether the number of its page stands behind them."""
    cells = [fold_width(cell.text) for cell in line.cells if cell.text]
    if len(cells) > 1 and _PAGE.fullmatch(cells[-1]):
        return "".join(cells[:-1]), True
    leader = _LEADER.search(line.folded[-200:])
    if leader:
        return line.folded[: leader.start()], True
    paged = re.search(r"(?<=[\u4e00-\u9fff)])\d{1,3}$", line.folded[-200:])
    return (line.folded[: paged.start()], True) if paged else (line.folded, False)
