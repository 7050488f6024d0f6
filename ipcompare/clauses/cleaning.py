"""From raw text to paragraphs: residue out, stray spaces out, wrapped lines rejoined.

Cleaning only deletes. Each paragraph keeps its span in the raw file, and ``clean`` gives the
whole clean text with an offset for every character and the list of what was removed and why.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from ipcompare.clauses.articles import split_articles, split_run_on
from ipcompare.clauses.glued import split_tables
from ipcompare.clauses.layout import Paragraph, join_lines
from ipcompare.clauses.lines import Span, split_lines
from ipcompare.clauses.page_numbers import without_page_numbers
from ipcompare.clauses.spaced import spaced_rows
from ipcompare.text import Kept, Original, cuts_of, join_kept

_NEWLINE = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def paragraphs(raw: str) -> tuple[list[Paragraph], list[Span]]:
    """The paragraphs and table rows of a raw text in order, and the residue cut out of it."""
    lines, residue = split_lines(raw)
    lines = spaced_rows(raw, lines)
    lines, numbers = without_page_numbers(lines)
    return join_lines(split_tables(split_run_on(split_articles(lines)))), sorted(residue + numbers)


@dataclass(frozen=True)
class CleanText:
    """A clean text, the raw position of each character, and what was deleted.

    ``removed`` has one row a deleted span: char_start, char_end, reason, text.
    """

    text: str
    offsets: tuple[int, ...]
    removed: pd.DataFrame


def clean(raw: str) -> CleanText:
    """Delete line wraps, stray spaces and residue; nothing is substituted.

    >>> clean("一、推动 专利导航").text
    '一、推动专利导航'
    """
    parts, residue = paragraphs(raw)
    pieces = [parts[0].kept] if parts else []
    for above, part in pairwise(parts):
        newline = _NEWLINE.search(raw, above.end)
        if newline and newline.start() < part.start:  # else an article begins in mid-line
            pieces.append(Kept(newline[0], ((0, newline.start()),)))
        pieces.append(part.kept)
    kept = join_kept(pieces)
    original = Original(kept.text, cuts_of(kept, raw, 0, len(raw)), 0)
    ours = {offset for offset, gone in original.cuts if gone is None}  # between cells of a row
    places = [(char, original.place(n)) for n, char in enumerate(kept.text) if n not in ours]
    offsets = tuple(place for _, place in places)
    return CleanText("".join(char for char, _ in places), offsets, _removed(raw, offsets, residue))


def _removed(raw: str, offsets: tuple[int, ...], residue: list[Span]) -> pd.DataFrame:
    """The gaps between the kept characters, each with the reason it was deleted."""
    rows, at, starts = [], 0, [span.start for span in residue]
    for kept in [*offsets, len(raw)]:
        if kept > at:
            inside = residue[bisect_left(starts, at) : bisect_left(starts, kept)]
            rows += _gap(raw, at, kept, inside)
        at = kept + 1
    return pd.DataFrame(rows, columns=["char_start", "char_end", "reason", "text"])


def _gap(raw: str, start: int, end: int, residue: list[Span]) -> list[tuple]:
    cuts = [start, *(x for s in residue for x in (s.start, s.end)), end]
    spans = zip(cuts, cuts[1:], strict=False)
    named = {s.start: s.reason for s in residue}
    return [(a, b, named.get(a, _blank(raw, a, b)), raw[a:b]) for a, b in spans if b > a]


def _blank(raw: str, start: int, end: int) -> str:
    if not _NEWLINE.search(raw[start:end]):
        return "indent" if start == 0 or _NEWLINE.match(raw[start - 1]) else "space"
    at_edge = start == 0 or end == len(raw) or _NEWLINE.match(raw[start - 1])
    return "blank line" if at_edge else "line wrap"
