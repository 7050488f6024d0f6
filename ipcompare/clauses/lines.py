"""The lines of a raw text without residue and stray spaces."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from ipcompare.clauses.numbering import match_label
from ipcompare.data import data_patterns
from ipcompare.text import Kept, fold_width, join_kept

# A space is kept only between two Latin words or numbers: GB/T 29490.
_SPACE = re.compile(r"(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])")
_EDGE = re.compile(r"^\s+|\s+$")
_BREAK = re.compile(r"[。!?;:…]$|[。!?]['\")]+$")
_PAGE_LINE = re.compile(r"\d{1,3}")


class Span(NamedTuple):
    """Characters of the raw text that are residue, and what they are."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True)
class Line:
    """One line of the raw file without its residue and stray spaces."""

    start: int
    end: int
    kept: Kept
    indent: int
    tabbed: bool
    after_blank: bool
    cells: tuple[Kept, ...] = ()
    printed: str = ""

    @property
    def text(self) -> str:
        return self.kept.text

    @functools.cached_property
    def folded(self) -> str:
        return fold_width(self.text)

    @property
    def ends(self) -> bool:
        """Whether the line closes a sentence, so that a paragraph may end here."""
        return bool(_BREAK.search(self.folded))


def _inline_residue(raw: str) -> list[Span]:
    found = [
        Span(m.start(), m.end(), name)
        for name, pattern in data_patterns("drafting/residue.toml", "inline")
        for m in pattern.finditer(raw)
    ]
    return sorted(found)


def _line_residue(body: str) -> str | None:
    for name, pattern in data_patterns("drafting/residue.toml", "line"):
        if pattern.fullmatch(body):
            return name
    return None


def split_lines(raw: str) -> tuple[list[Line], list[Span]]:
    """The non-empty lines of a raw text in order, and the residue cut out of them."""
    lines, residue, inline = [], [], _inline_residue(raw)
    at, after_blank = 0, True
    for piece in raw.splitlines(keepends=True):
        spans = [s for s in inline if at <= s.start < at + len(piece)]
        line, found = _read_line(raw, at, at + len(piece), spans)
        residue += found
        if line:
            lines.append(replace(line, after_blank=after_blank))
        after_blank = line is None and not found and "\t" not in piece
        at += len(piece)
    return _drop_bare_page_numbers(lines, residue)


def _read_line(raw: str, start: int, end: int, residue: list[Span]) -> tuple:
    whole = raw[start:end]
    name = _line_residue(whole.strip())
    if name:
        first = start + len(whole) - len(whole.lstrip())
        return None, [Span(first, first + len(whole.strip()), name)]
    kept, at = [], start
    for span in residue:
        kept.append((at, span.start))
        at = span.end
    kept.append((at, end))
    kept = [(a, b) for a, b in kept if raw[a:b].strip()]
    if not kept:
        return None, residue
    first = kept[0][0] + len(raw[slice(*kept[0])]) - len(raw[slice(*kept[0])].lstrip())
    last = kept[-1][0] + len(raw[slice(*kept[-1])].rstrip())
    body = join_kept(Kept(raw[a:b], ((0, a),)) for a, b in _within(kept, first, last))
    lead = raw[start:first]
    indent = sum(2 if c in "\u3000\t" else 1 for c in lead if c.isspace())
    printed = (lead + body.text).expandtabs(4)
    own = (first, last, body.without(_SPACE), indent, "\t" in lead, False)
    return Line(*own, _cells(body), printed), residue


def _within(spans: list[tuple[int, int]], first: int, last: int) -> Iterator[tuple[int, int]]:
    """The spans cut to what lies from ``first`` to ``last``."""
    return ((max(a, first), min(b, last)) for a, b in spans)


def _cells(body: Kept) -> tuple[Kept, ...]:
    """The cells of a line with tabs inside it, without stray spaces; empty for any other line."""
    if "\t" not in body.text:
        return ()
    tabs = [at for at, char in enumerate(body.text) if char == "\t"]
    spans = zip([0, *(at + 1 for at in tabs)], [*tabs, len(body.text)], strict=True)
    return tuple(body.pick([span]).without(_EDGE).without(_SPACE) for span in spans)


def _drop_bare_page_numbers(lines: list[Line], residue: list[Span]) -> tuple:
    """A lone number between a line that runs on and its rest is a page number."""
    kept = []
    for i, line in enumerate(lines):
        inside = 0 < i < len(lines) - 1 and not line.tabbed and _PAGE_LINE.fullmatch(line.text)
        if inside and not lines[i - 1].ends and not match_label(lines[i + 1].folded):
            residue.append(Span(line.start, line.end, "page number"))
        else:
            kept.append(line)
    return kept, sorted(residue)
