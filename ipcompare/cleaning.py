"""From raw text to paragraphs: residue out, stray spaces out, wrapped lines rejoined.

Cleaning only deletes. Each paragraph keeps its span in the raw file, and ``clean`` gives the
whole clean text with an offset for every character and the list of what was removed and why.
"""

import re
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import pandas as pd

from ipcompare import rules
from ipcompare.numbering import Label, Sequence, match_label
from ipcompare.text import fold_width, trace

# A space is kept only between two Latin words or numbers: GB/T 29490.
_SPACE = re.compile(r"(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])")
_BREAK = re.compile(r"[。!?;:…]$|[。!?]['\")]+$")
_CLOSING = re.compile(r"['\")》]$")
_SENTENCE = re.compile(r"[。!?;]")
_NEWLINE = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_PAGE_LINE = re.compile(r"\d{1,3}")
_NARROW = re.compile(r"[A-Za-z0-9.%+/ -]")


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
    text: str
    indent: int
    tabbed: bool
    after_blank: bool
    cells: tuple[str, ...] = ()
    printed: str = ""

    @property
    def folded(self) -> str:
        return fold_width(self.text)

    @property
    def ends(self) -> bool:
        """Whether the line closes a sentence, so that a paragraph may end here."""
        return bool(_BREAK.search(self.folded))


@dataclass(frozen=True)
class Paragraph:
    """Lines that belong together; ``label`` when the paragraph opens a numbered provision."""

    lines: tuple[Line, ...]
    label: Label | None = None
    cells: tuple[str, ...] = ()
    text: str = field(init=False)

    def __post_init__(self) -> None:
        joint = "\t" if self.cells else ""
        text = joint.join(self.cells) if self.cells else "".join(x.text for x in self.lines)
        object.__setattr__(self, "text", text)

    @property
    def start(self) -> int:
        return self.lines[0].start

    @property
    def end(self) -> int:
        return self.lines[-1].end


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


def _open_bracket(text: str) -> bool:
    """Whether a bracket is still open at the end: (责任单位:｜市科技局)."""
    return any(text.rfind(left) > text.rfind(right) for left, right in ("()", "《》", "〔〕"))


# --- residue and lines --------------------------------------------------------------------


def _inline_residue(raw: str) -> list[Span]:
    found = [
        Span(m.start(), m.end(), name)
        for name, pattern in rules.patterns("residue.toml", "inline")
        for m in pattern.finditer(raw)
    ]
    return sorted(found)


def _line_residue(body: str) -> str | None:
    for name, pattern in rules.patterns("residue.toml", "line"):
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
    body = "".join(raw[max(a, first) : min(b, last)] for a, b in kept)
    lead = raw[start:first]
    indent = sum(2 if c in "\u3000\t" else 1 for c in lead if c.isspace())
    cells = tuple(_SPACE.sub("", c.strip()) for c in body.split("\t")) if "\t" in body else ()
    text, printed = _SPACE.sub("", body), (lead + body).expandtabs(4)
    return Line(first, last, text, indent, "\t" in lead, False, cells, printed), residue


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


# --- tables -------------------------------------------------------------------------------


def table_rows(lines: list[Line]) -> dict[int, int]:
    """Rows of tables as ``{first line: number of lines}``.

    A row is a line with tabs inside it, or a block of lines that each begin with a tab.
    """
    inline = {i: 1 for i, x in enumerate(lines) if _is_inline_row(x)}
    rows = {i: 1 for i in inline if i - 1 in inline or i + 1 in inline or len(lines[i].cells) > 2}
    blocks, i = {}, 0
    while i < len(lines):
        end = i + 1
        while end < len(lines) and lines[end].tabbed and not lines[end].after_blank:
            end += 1
        if lines[i].tabbed and end - i > 1:
            blocks[i] = end - i
        i = end
    sizes = list(blocks.values())
    return rows | {i: n for i, n in blocks.items() if sizes.count(n) > 1}


def _is_inline_row(line: Line) -> bool:
    if len(line.cells) < 2:
        return False
    label = match_label(fold_width(line.cells[0]))
    return not (label and label.length == len(line.cells[0]) and len(line.cells) == 2)


# --- wrapped lines ------------------------------------------------------------------------


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
        room = 2.0 if first and self.measure < 2 else 0.0
        return _MEASURES[self.measure](line) + room >= self.width - 2.0


def page_layout(lines: list[Line]) -> Page:
    """Find the width at which a text is wrapped: many lines of one length ending in mid-sentence."""
    labelled = [x for x in lines if match_label(x.folded)]
    indents = sum(x.indent >= 2 for x in labelled) * 3 > len(labelled)
    best, share = Page(None, 0, indents), 0.3
    for number, measure in enumerate(_MEASURES):
        width = _modal_width([measure(x) for x in lines])
        near = [x for x in lines if width - 3 <= measure(x) <= width + 1]
        longer = sum(measure(x) > width + 2 for x in lines)
        open_ended = sum(not x.ends for x in near)
        wrapped = len(near) >= 5 and longer <= 0.05 * len(lines) and open_ended >= 0.6 * len(near)
        if wrapped and len(near) > share * len(lines):
            best, share = Page(width, number, indents), len(near) / len(lines)
    return best


def _modal_width(sizes: list[float]) -> float:
    counts = {}
    for size in sizes:
        counts[round(size)] = counts.get(round(size), 0) + 1
    return max(counts, key=lambda s: (sum(counts.get(s - d, 0) for d in (0, 1, 2)), s), default=0)


class _Joiner:
    """Walks the lines once and decides for each whether it goes on with the paragraph before."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.page = page_layout(lines)
        self.sequence = Sequence()
        self.groups: list[list[Line]] = []
        self.labels: list[Label | None] = []
        self.closed = 0

    def run(self) -> list[Paragraph]:
        rows, paragraphs, i = table_rows(self.lines), [], 0
        while i < len(self.lines):
            if i in rows:
                paragraphs += self._close()
                block = tuple(self.lines[i : i + rows[i]])
                cells = block[0].cells if len(block) == 1 else tuple(x.text for x in block)
                paragraphs.append(Paragraph(block, cells=cells))
            else:
                self._take(self.lines[i])
            i += rows.get(i, 1)
        return paragraphs + self._close()

    def _close(self) -> list[Paragraph]:
        done = self.groups[self.closed :], self.labels[self.closed :]
        self.closed = len(self.groups)
        return [Paragraph(tuple(g), label) for g, label in zip(*done, strict=True)]

    def _take(self, line: Line) -> None:
        label = self._label(line)
        if label is None and len(self.groups) > self.closed and self._goes_on(line):
            self.groups[-1].append(line)
            return
        if label:
            self.sequence.push(label)
        self.groups.append([line])
        self.labels.append(label)

    def _label(self, line: Line) -> Label | None:
        """The line's label, unless it is a number that a wrap brought to the line start."""
        label = match_label(line.folded)
        if label is None or not self.groups or not self._full():
            return label
        last = self.groups[-1][-1]
        if self.page.indents and line.indent >= 2 > last.indent:
            return label
        may = last.ends or _CLOSING.search(last.folded) or self._bare_heading()
        return label if may and self.sequence.expects(label) else None

    def _full(self) -> bool:
        group = self.groups[-1]
        return self.page.full(group[-1], first=len(group) == 1)

    def _bare_heading(self) -> bool:
        """Whether the paragraph so far is a label and words without a sentence's end."""
        text = "".join(x.folded for x in self.groups[-1])
        return self.labels[-1] is not None and not _SENTENCE.search(text)

    def _goes_on(self, line: Line) -> bool:
        last = self.groups[-1][-1]
        if self._full() and _open_bracket("".join(x.folded for x in self.groups[-1])):
            return True
        if last.ends or (self.page.indents and line.indent >= 2 and line.indent > last.indent):
            return False
        if self._outdented(line):
            return True
        if not self._full():
            return self._cut_in_mid_sentence(line)
        if self._bare_heading() and self._headings_stand_alone(self.labels[-1].rank):
            following = self.page.full(line, first=False)
            return not following and not line.ends
        return True

    def _outdented(self, line: Line) -> bool:
        """In a wrapped text that indents its paragraphs, a line at the margin goes on."""
        opened = self.groups[-1][0]
        sentence = self.labels[-1] is not None or len(opened.text) >= 15
        wrapped = self.page.width is not None and self.page.indents
        return wrapped and sentence and line.indent < 2 <= opened.indent <= 6

    def _cut_in_mid_sentence(self, line: Line) -> bool:
        """A page break inside a sentence: 六中全｜会精神. Headings and titles end unpunctuated."""
        if line.folded[0] in ",。、;:)":
            return True
        text = "".join(x.folded for x in self.groups[-1])
        if self.page.indents and line.indent >= 2:
            return False
        in_sentence = _SENTENCE.search(text) or len(text) >= 60
        return bool(in_sentence) and not _CLOSING.search(text) and len(text) >= 25

    def _headings_stand_alone(self, rank: int) -> bool:
        """Whether the level's other headings end where their (short) line ends."""
        alone = others = 0
        for group, label in zip(self.groups[:-1], self.labels[:-1], strict=True):
            if label and label.rank == rank:
                others += 1
                alone += not _SENTENCE.search(group[0].folded) and not group[0].ends
        return alone > others / 2 if others else False


def paragraphs(raw: str) -> tuple[list[Paragraph], list[Span]]:
    """The paragraphs and table rows of a raw text in order, and the residue cut out of it."""
    lines, residue = split_lines(raw)
    return _Joiner(lines).run(), residue


# --- the whole clean text -------------------------------------------------------------------


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

    >>> clean("一、推动专\\n利 导航").text
    '一、推动专利导航'
    """
    parts, residue = paragraphs(raw)
    text, offsets, gaps = "", [], [(s.start, s.end) for s in residue]
    for i, part in enumerate(parts):
        offsets += trace(part.text, raw, part.start, gaps)
        text += part.text
        if i + 1 < len(parts):
            newline = _NEWLINE.search(raw, part.end).start()
            offsets.append(newline)
            text += raw[newline]
    return CleanText(text, tuple(offsets), _removed(raw, offsets, residue))


def _removed(raw: str, offsets: list[int], residue: list[Span]) -> pd.DataFrame:
    """The gaps between the kept characters, each with the reason it was deleted."""
    rows, at = [], 0
    for kept in [*offsets, len(raw)]:
        if kept > at:
            rows += _gap(raw, at, kept, [s for s in residue if at <= s.start < kept])
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
