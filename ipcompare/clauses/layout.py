"""Lines to paragraphs: which line ends are wraps, which lines are rows of a table or contents."""

import re
from collections import Counter
from dataclasses import dataclass, field

from ipcompare.clauses.contents import contents_lines
from ipcompare.clauses.departments import closing_departments
from ipcompare.clauses.lines import Line
from ipcompare.clauses.measure import page_layout
from ipcompare.clauses.numbering import (
    Decimals,
    Label,
    Sequence,
    counts_whole,
    glued_label,
    match_label,
)
from ipcompare.clauses.rows import table_rows
from ipcompare.data import data_patterns
from ipcompare.text import Kept, join_kept

_CLOSING = re.compile(r"['\")》]$")
_SENTENCE = re.compile(r"[。!?;]")
_PAIRS = ("()", "《》", "〔〕")
_BRACKET = 60  # characters in which an open bracket may still close: (GB/T29490-20|13)
_TAIL = 1000  # characters in which a list of departments stands
_TITLE = 200  # characters that a title or a date of issue has at most


@dataclass(frozen=True)
class Paragraph:
    """Lines that belong together; ``label`` when the paragraph opens a numbered provision.

    ``cells`` are those of a table row; ``contents`` says that it is a line of the contents.
    """

    lines: tuple[Line, ...]
    kept: Kept
    label: Label | None = None
    cells: tuple[str, ...] = ()
    contents: bool = False

    @property
    def text(self) -> str:
        return self.kept.text

    @property
    def start(self) -> int:
        return self.lines[0].start

    @property
    def end(self) -> int:
        return self.lines[-1].end


def _row(lines: list[Line], sizes: list[int]) -> Paragraph:
    """A row of a table from its lines, so many for each cell."""
    if len(lines) == 1 and lines[0].cells:
        cells = lines[0].cells
    else:
        ends = [sum(sizes[: n + 1]) for n in range(len(sizes))]
        spans = zip([0, *ends], ends, strict=False)
        cells = tuple(join_kept(line.kept for line in lines[a:b]) for a, b in spans)
    return Paragraph(tuple(lines), join_kept(cells, "\t"), cells=tuple(x.text for x in cells))


def _fits(table: str, folded: str, *, only: str = "") -> bool:
    patterns = data_patterns("drafting/roles.toml", table)
    return any(only in name and pattern.fullmatch(folded) for name, pattern in patterns)


def _dated(folded: str) -> bool:
    """Whether a line is a date of issue, alone or after its issuer."""
    return len(folded) <= _TITLE and _fits("back", folded, only="signature")


# --- the paragraph being read -------------------------------------------------------------


@dataclass
class _Open:
    """The lines of the paragraph being read, and of their words what the next line asks for."""

    label: Label | None
    lines: list[Line] = field(default_factory=list)
    length: int = 0
    commas: int = 0
    sentence: bool = False  # whether a sentence ends in it
    tail: str = ""
    signs: dict[str, int] = field(default_factory=dict)  # where each bracket stands last

    def add(self, line: Line) -> "_Open":
        words = line.folded
        for sign in "".join(_PAIRS):
            if (at := words.rfind(sign)) >= 0:
                self.signs[sign] = self.length + at
        self.lines.append(line)
        self.length += len(words)
        self.commas += words.count(",")
        self.sentence = self.sentence or bool(_SENTENCE.search(words))
        self.tail = (self.tail + words)[-_TAIL:]
        return self

    @property
    def last(self) -> Line:
        return self.lines[-1]

    @property
    def bare_heading(self) -> bool:
        """Whether it is a label and words without a sentence's end so far."""
        return self.label is not None and not self.sentence

    def open_bracket(self, within: int | None = None) -> bool:
        """Whether a bracket is still open: (责任单位:｜市科技局)."""
        places = ([self.signs.get(sign, -1) for sign in pair] for pair in _PAIRS)
        return any(
            left > right and (within is None or left >= self.length - within)
            for left, right in places
        )

    def paragraph(self) -> Paragraph:
        kept = join_kept(line.kept for line in self.lines)
        return Paragraph(tuple(self.lines), kept, self.label)


# --- wrapped lines ------------------------------------------------------------------------


class _Joiner:
    """Walks the lines once and decides for each whether it goes on with the paragraph before."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.contents = contents_lines(lines)
        self.rows = {n: x for n, x in table_rows(lines).items() if n not in self.contents}
        self.page = page_layout([line for line in lines if not line.cells])
        self.sequence = Sequence()
        taken = self.contents | self.rows.keys()
        self.decimals = Decimals(["" if n in taken else x.folded for n, x in enumerate(lines)])
        self.open: _Open | None = None
        self.paragraphs: list[Paragraph] = []
        self.provisions: Counter[int] = Counter()  # so far, of each rank
        self.headings: Counter[int] = Counter()  # of those, on lines of their own

    def run(self) -> list[Paragraph]:
        n = 0
        while n < len(self.lines):
            sizes = self.rows.get(n)
            if sizes:
                self._close()
                self.paragraphs.append(_row(self.lines[n : n + sum(sizes)], sizes))
            elif n in self.contents:
                self._close()
                line = self.lines[n]
                self.paragraphs.append(Paragraph((line,), line.kept, contents=True))
            else:
                self._take(n)
            n += sum(sizes) if sizes else 1
        self._close()
        return self.paragraphs

    def _close(self) -> None:
        if self.open is None:
            return
        if label := self.open.label:
            self.provisions[label.rank] += 1
            self.headings[label.rank] += not self.open.sentence
        self.paragraphs.append(self.open.paragraph())
        self.open = None

    def _take(self, n: int) -> None:
        label, line = self._label(n), self.lines[n]
        if label is None and self.open and self._goes_on(self.open, line):
            self.open.add(line)
            return
        if label:
            self.sequence.push(label)
        self._close()
        self.open = _Open(label).add(line)

    def _label(self, n: int) -> Label | None:
        """The line's label, unless it is a number that a wrap brought to the line start."""
        line, group = self.lines[n], self.open
        label = match_label(line.folded)
        if label is None:
            if not line.folded[0].isdigit() or (group and self._wrapped(group, line)):
                return None
            return self.decimals.match(n) or self._glued(n)
        if group is None:
            return label
        if group.open_bracket(_BRACKET):
            return None
        indented = self.page.indents and line.indent >= 2 > group.last.indent
        if self.page.width is None or indented:
            return label
        may = group.last.ends or _CLOSING.search(group.tail) or group.bare_heading
        expected = self.sequence.expects(label)
        return label if (may and expected if self._full(group) else may or expected) else None

    def _glued(self, n: int) -> Label | None:
        """The label of 2.10个以上园区 below 1., if the list goes on so and no other line is 2."""
        label = glued_label(self.lines[n].folded)
        if label is None or not self.sequence.goes_on(label):
            return None
        below = (self.lines[k].folded for k in range(n + 1, len(self.lines)))
        later = (match_label(words) or glued_label(words) for words in below)
        following = next((x for x in later if x and x.rank <= label.rank), None)
        if following and following.rank == label.rank and following.number != "1":
            return label if int(following.number) == int(label.number) + 1 else None
        return label if counts_whole(self.lines[n].folded) else None

    def _wrapped(self, group: _Open, line: Line) -> bool:
        """Whether the line before is full and nothing in it ends the paragraph."""
        return self._full(group) and not group.last.ends and not self._closed(group, line)

    def _full(self, group: _Open) -> bool:
        return self.page.full(group.last, first=len(group.lines) == 1)

    def _goes_on(self, group: _Open, line: Line) -> bool:
        if self._full(group) and (group.open_bracket() or group.tail.endswith(";")):
            return not (group.last.ends and _dated(line.folded))
        if self._closed(group, line):
            return False
        indented = self.page.indents and line.indent >= 2
        if group.last.ends or (indented and line.indent > group.last.indent):
            return False
        if self._outdented(group, line):
            return True
        if not self._full(group):
            return self._cut_in_mid_sentence(group, line)
        if group.label and group.bare_heading and self._headings_stand_alone(group.label.rank):
            return self.page.holds_twice(line) and not line.ends
        return True

    def _closed(self, group: _Open, line: Line) -> bool:
        """Whether departments, a date or a whole title end the paragraph, however long its line."""
        ends = group.last.ends
        if closing_departments(group.tail).said:
            return True
        if group.length <= _TITLE:
            titled = group.label is None and not ends and _fits("kinds", group.tail)
            if _dated(group.tail) or titled and not line.folded.startswith("的"):
                return True
        return ends and _dated(line.folded)

    def _outdented(self, group: _Open, line: Line) -> bool:
        """In a wrapped text that indents its paragraphs, a line at the margin goes on."""
        opened = group.lines[0]
        sentence = group.label is not None or len(opened.text) >= 15
        wrapped = self.page.width is not None and self.page.indents
        return wrapped and sentence and line.indent < 2 <= opened.indent <= 6

    def _cut_in_mid_sentence(self, group: _Open, line: Line) -> bool:
        """A page break inside a sentence: 六中全｜会精神. Headings and titles end unpunctuated."""
        if line.folded[0] in ",。、;:)":
            return True
        if self.page.indents and line.indent >= 2:
            return False
        in_sentence = group.sentence or group.commas > 1 or group.length >= 60
        return in_sentence and not group.tail.endswith(")") and group.length >= 25

    def _headings_stand_alone(self, rank: int) -> bool:
        """Whether the level's other provisions so far are headings on lines of their own."""
        return self.headings[rank] > self.provisions[rank] / 2


def join_lines(lines: list[Line]) -> list[Paragraph]:
    """The paragraphs and table rows of a text in order, wrapped lines rejoined."""
    return _Joiner(lines).run()
