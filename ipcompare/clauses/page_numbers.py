"""Page numbers that a PDF leaves in the words: 示范|43区, told by their run over the text."""

import functools
import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from ipcompare.clauses.lines import Line, Span
from ipcompare.clauses.numbering import match_label
from ipcompare.clauses.rows import table_rows
from ipcompare.data import data_pattern, read_toml

_RESIDUE = "drafting/residue.toml"
_DIGITS = re.compile(r"[1-9]\d{0,6}")
_ALONE = re.compile(r"\d{1,3}")
_DECIMAL = re.compile(r"\d{1,2}(?:\.\d{1,2})+(?![\d.%])")
_FIRST_BELOW = re.compile(r"(\d{1,2})\.1(?![\d.%])")
_CLOSE = 8  # lines between two numbers of rows; a page has more
_PAGES = 3  # one number alone is never a page's
_PAGE = 30, 4000  # characters that a page has at least and at most
_UNEVEN = 3  # so many times shorter or longer than usual a page may be


class _Number(NamedTuple):
    """A number at the start of a line that may be a page's.

    ``place`` is in the raw text; ``inside``: it interrupts a sentence; ``labelled``: a label
    stands behind it.
    """

    line: int
    number: int
    length: int
    place: int
    inside: bool
    labelled: bool


def without_page_numbers(lines: list[Line]) -> tuple[list[Line], list[Span]]:
    """The lines without the numbers of pages, and where those stood."""
    rows = table_rows(lines)
    in_tables = {n for first, cells in rows.items() for n in range(first, first + sum(cells))}
    numbered = in_tables | _chapters(lines)
    found, length = list(_numbers(lines, numbered)), lines[-1].end if lines else 0
    run = {one.line: one.length for one in _even(_longest_run(found), found, length)}
    kept, residue = [], []
    counted = in_tables | _counting(lines)
    for n, line in enumerate(lines):
        length = len(line.text) if _stands_alone(lines, n) and n not in counted else run.get(n, 0)
        if length < len(line.text):
            kept.append(line.part(length, len(line.text), line.cells) if length else line)
        if length:
            end = line.kept.place(length - 1) + 1
            residue.append(Span(line.start, end, "page number"))
    return kept, residue


def _chapters(lines: list[Line]) -> set[int]:
    """The lines whose number is a chapter's: 2主要任务, if 2.1 is the next number below."""
    chapters: set[int] = set()
    above: tuple[int, str] | None = None
    for n, line in enumerate(lines):
        first, number = _FIRST_BELOW.match(line.folded), _DIGITS.match(line.folded)
        if first and above and above[1] == first[1]:
            chapters.add(above[0])
        if number:
            above = None if _DECIMAL.match(line.folded) else (n, number[0])
    return chapters


def _counting(lines: list[Line]) -> set[int]:
    """Lone numbers that count up a few lines apart: they number the rows of a table, no pages."""
    alone = [(n, int(x.text)) for n, x in enumerate(lines) if _ALONE.fullmatch(x.text)]
    pairs = [(a, b) for (a, i), (b, k) in pairwise(alone) if k == i + 1 and b - a <= _CLOSE]
    return {n for pair in pairs for n in pair}


def _stands_alone(lines: list[Line], n: int) -> bool:
    """A lone number between a line that runs on and its rest."""
    if not 0 < n < len(lines) - 1 or lines[n].tabbed or not _ALONE.fullmatch(lines[n].text):
        return False
    return not lines[n - 1].ends and not match_label(lines[n + 1].folded)


# --- the run ------------------------------------------------------------------------------


@functools.cache
def _not_before() -> re.Pattern:
    return data_pattern(_RESIDUE, read_toml(_RESIDUE)["page_run"]["not_before"])


def _numbers(lines: list[Line], taken: set[int]) -> Iterator[_Number]:
    """Every number that may be a page's: 42 and 425 of 425.1.3."""
    for n, line in enumerate(lines):
        digits = _DIGITS.match(line.folded)
        if digits is None or n in taken or line.cells:
            continue
        above = lines[n - 1] if n else None
        cut = above is not None and not above.ends and len(above.text) >= 12
        for length in range(1, min(len(digits[0]), 4) + 1):
            rest = line.folded[length : length + 24]
            labelled = bool(match_label(rest) or _DECIMAL.match(rest))
            glued = rest[:1].isdigit() and not labelled
            if not glued and (labelled or not _not_before().match(rest)):
                number = int(digits[0][:length])
                yield _Number(n, number, length, line.start, cut, labelled)


def _longest_run(found: list[_Number]) -> list[_Number]:
    """The longest chain of numbers that grow by one, or by two or three where pages lack theirs."""
    best: dict[int, tuple[int, int]] = {}  # number: members, the last of them
    above: list[int] = []
    for k, one in enumerate(found):
        before = [best[one.number - step] for step in (1, 2, 3) if one.number - step in best]
        before = [chain for chain in before if found[chain[1]].line < one.line]
        members, last = max(before, key=lambda chain: chain[0], default=(0, -1))
        above.append(last)
        if members + 1 >= best.get(one.number, (0,))[0]:
            best[one.number] = members + 1, k
    run, k = [], max(best.values(), default=(0, -1))[1]
    while k >= 0:
        run.append(found[k])
        k = above[k]
    return run[::-1]


def _even(run: list[_Number], found: list[_Number], length: int) -> list[_Number]:
    """The run, if its pages are about equally long and cover a text so long; else nothing."""
    if len(run) < _PAGES:
        return []
    usual = median(_page(a, b) for a, b in pairwise(run))
    stretches = [run[:1]]
    for a, b in pairwise(run):
        alike = usual / _UNEVEN <= _page(a, b) <= usual * _UNEVEN and b.line - a.line > 1
        if alike or b.labelled and b.number == a.number + 1:
            stretches[-1].append(b)
        else:
            stretches.append([b])
    best = max(stretches, key=len)
    covers = best[-1].place - best[0].place + 2 * usual >= length / 2
    told = sum(one.inside or one.labelled for one in best) >= _PAGES
    fits = _PAGE[0] <= usual <= _PAGE[1] and covers and told
    return _likeliest(best, found, usual) if fits else []


def _page(a: _Number, b: _Number) -> float:
    """How many characters a page has between two numbers."""
    return (b.place - a.place) / (b.number - a.number)


def _likeliest(run: list[_Number], found: list[_Number], usual: float) -> list[_Number]:
    """Of equal numbers between two neighbours the one that makes the pages most even."""
    places: dict[int, list[_Number]] = {}
    for one in found:
        places.setdefault(one.number, []).append(one)
    chosen = run[:1]
    for one, after in zip(run[1:], [*run[2:], None], strict=True):
        between = [x for x in places[one.number] if chosen[-1].line < x.line
                   and (after is None or x.line < after.line)]  # fmt: skip
        chosen.append(min(between, key=lambda x: abs(_page(chosen[-1], x) - usual)))
    return chosen
