"""The lines of a raw text without residue and stray spaces."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import NamedTuple

from ipcompare.data import data_patterns
from ipcompare.text import Kept, fold_width, join_kept

_RESIDUE = "drafting/residue.toml"

# A space is kept only between two Latin words or numbers: GB/T 29490.
_SPACE = re.compile(r"(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])")
_BREAK = re.compile(r"[。!?;:…]$|[。!?]['\")]+$")
_NOTHING = Kept("", ())


class Span(NamedTuple):
    """Characters of the raw text that are residue, and what they are."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True)
class Line:
    """One line of the raw file, or a part of it, without its residue and stray spaces.

    ``cells`` are those of a line that separates them by tabs or pipes.
    """

    start: int
    end: int
    kept: Kept
    indent: int = 0
    tabbed: bool = False
    after_blank: bool = False
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
        return bool(_BREAK.search(self.folded[-40:]))

    def part(self, start: int, end: int, cells: tuple[Kept, ...] = ()) -> "Line":
        """Some characters of the line as a line of their own; those after its start in the file."""
        kept = self.kept.pick([(start, end)])
        first = self.kept.place(start) if start else self.start
        last = self.kept.place(end - 1) + 1 if end < len(self.text) else self.end
        part = Line(first, last, kept, cells=cells, printed=kept.text)
        if start:
            return part
        return replace(part, indent=self.indent, after_blank=self.after_blank)


def split_lines(raw: str) -> tuple[list[Line], list[Span]]:
    """The non-empty lines of a raw text in order, and the residue cut out of them."""
    lines: list[Line] = []
    residue: list[Span] = []
    at, after_blank, piped = 0, True, False
    inline = [rule for rule in data_patterns(_RESIDUE, "inline") if rule[1].search(raw)]
    for piece in raw.splitlines(keepends=True):
        line, found = _read_line(raw, at, at + len(piece), inline)
        residue += found
        if line is None and "|" in piece:  # |---|---| under the head of a table
            piped, lines[-1:] = True, [_with_pipes(x) for x in lines[-1:]]
        piped = piped and (line is None or "|" in line.text)
        if line:
            line = _with_pipes(line) if piped or line.folded[0] == line.folded[-1] == "|" else line
            lines.append(replace(line, after_blank=after_blank))
        after_blank = line is None and not found and "\t" not in piece
        at += len(piece)
    return list(_bare_rows(lines)), residue


# --- one line -----------------------------------------------------------------------------


def _read_line(raw: str, start: int, end: int, inline: list) -> tuple[Line | None, list[Span]]:
    whole = raw[start:end]
    first, last = start + len(whole) - len(whole.lstrip()), start + len(whole.rstrip())
    if first >= last:
        return None, []
    name = _named("line", raw[first:last])
    if name:
        return None, [Span(first, last, name)]
    residue = list(_inline_residue(raw, first, last, inline))
    edges = [first, *(edge for span in residue for edge in span[:2]), last]
    kept = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if raw[a:b].strip()]
    if not kept:
        return None, residue
    first = kept[0][0] + len(raw[slice(*kept[0])]) - len(raw[slice(*kept[0])].lstrip())
    last = kept[-1][0] + len(raw[slice(*kept[-1])].rstrip())
    body = join_kept(Kept(raw[a:b], ((0, a),)) for a, b in _within(kept, first, last))
    lead, trail = raw[start:first], raw[last:end]
    indent = sum(2 if c in "\u3000\t" else 1 for c in lead if c.isspace())
    cells = _cells(body, lead.count("\t"), trail.count("\t"))
    own = (first, last, body.without(_SPACE), indent, "\t" in lead, False, cells)
    return Line(*own, (lead + body.text).expandtabs(4)), residue


def _named(table: str, body: str) -> str | None:
    """The name of the residue that a whole line is."""
    return next((name for name, p in data_patterns(_RESIDUE, table) if p.fullmatch(body)), None)


def _inline_residue(raw: str, start: int, end: int, inline: list) -> Iterator[Span]:
    """The residue in one line, in order; what a group of its pattern holds is kept."""
    found = [
        Span(a, b, name)
        for name, pattern in inline
        for match in pattern.finditer(raw, start, end)
        for a, b in _around_groups(match)
    ]
    head = max((b for a, b, _ in found if a == start), default=start)  # behind a byte order mark
    for name, pattern in data_patterns(_RESIDUE, "head"):
        if match := pattern.match(raw, head, end):
            found.append(Span(*match.span(), name))
    for span in sorted(found):
        if span.start >= start:
            yield span
            start = span.end


def _around_groups(match: re.Match) -> list[tuple[int, int]]:
    kept = next((n for n, group in enumerate(match.groups(), 1) if group is not None), None)
    if kept is None:
        return [match.span()]
    return [(match.start(), match.start(kept)), (match.end(kept), match.end())]


def _within(spans: list[tuple[int, int]], first: int, last: int) -> Iterator[tuple[int, int]]:
    """The spans cut to what lies from ``first`` to ``last``."""
    return ((max(a, first), min(b, last)) for a, b in spans)


# --- cells --------------------------------------------------------------------------------


def _cells(body: Kept, before: int, after: int) -> tuple[Kept, ...]:
    """The cells of a line with tabs inside it; empty for any other line.

    ``before`` and ``after`` it stand so many tabs, each beside an empty cell.
    """
    if "\t" not in body.text:
        return ()
    return (_NOTHING,) * before + _between(body, "\t") + (_NOTHING,) * after


def _with_pipes(line: Line) -> Line:
    """The line with its cells, | a | b |, where it has pipes."""
    pipes = [at for at, char in enumerate(line.folded) if char == "|"]
    if not pipes or line.cells:
        return line
    cells = _between(line.kept, "|")
    outer = line.folded[0] == "|", line.folded[-1] == "|" and len(pipes) > 1
    return replace(line, cells=cells[outer[0] : len(cells) - outer[1]])


def _bare_rows(lines: list[Line]) -> Iterator[Line]:
    """The lines, with cells where lines alike in a row have pipes between words: a|b|c."""
    for pipes, alike in groupby(lines, lambda line: 0 if line.cells else line.folded.count("|")):
        block = list(alike)
        rows = pipes and pipes + len(block) > 3  # a|b thrice, or a|b|c twice
        yield from map(_with_pipes, block) if rows else block


def _between(body: Kept, sign: str) -> tuple[Kept, ...]:
    """The words between the signs, without stray spaces."""
    signs = [at for at, char in enumerate(fold_width(body.text)) if char == sign]
    spans = pairwise([-1, *signs, len(body.text)])
    return tuple(_trimmed(body, a + 1, b).without(_SPACE) for a, b in spans)


def _trimmed(body: Kept, start: int, end: int) -> Kept:
    words = body.text[start:end]
    start += len(words) - len(words.lstrip())
    return body.pick([(start, start + len(words.strip()))])
