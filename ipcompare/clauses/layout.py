"""Lines to paragraphs: which line ends are wraps, which lines are rows of a table."""

import re
from dataclasses import dataclass, field

from ipcompare.clauses.departments import closing_departments
from ipcompare.clauses.lines import Line
from ipcompare.clauses.measure import page_layout
from ipcompare.clauses.numbering import Decimals, Label, Sequence, match_label
from ipcompare.data import data_patterns
from ipcompare.text import Kept, fold_width, join_kept

_CLOSING = re.compile(r"['\")》]$")
_SENTENCE = re.compile(r"[。!?;]")
_FIRST_DECIMAL = re.compile(r"1\.1[\u4e00-\u9fff]")
_BRACKET = 60  # characters in which an open bracket may still close: (GB/T29490-20|13)


@dataclass(frozen=True)
class Paragraph:
    """Lines that belong together; ``label`` when the paragraph opens a numbered provision."""

    lines: tuple[Line, ...]
    label: Label | None = None
    cells: tuple[str, ...] = ()
    kept: Kept = field(init=False)

    def __post_init__(self) -> None:
        whole = [line.kept for line in self.lines]
        if self.cells:
            kept = join_kept(whole if len(whole) > 1 else self.lines[0].cells, "\t")
        else:
            kept = join_kept(whole) if len(whole) > 1 else whole[0]
        object.__setattr__(self, "kept", kept)

    @property
    def text(self) -> str:
        return self.kept.text

    @property
    def start(self) -> int:
        return self.lines[0].start

    @property
    def end(self) -> int:
        return self.lines[-1].end


def _open_bracket(text: str) -> bool:
    """Whether a bracket is still open at the end: (责任单位:｜市科技局)."""
    return any(text.rfind(left) > text.rfind(right) for left, right in ("()", "《》", "〔〕"))


def _dated(folded: str) -> bool:
    """Whether a line is a date of issue, alone or after its issuer."""
    return _fits("back", folded, only="signature")


def _fits(table: str, folded: str, *, only: str = "") -> bool:
    patterns = data_patterns("drafting/roles.toml", table)
    return any(only in name and pattern.fullmatch(folded) for name, pattern in patterns)


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
    label = match_label(fold_width(line.cells[0].text))
    return not (label and label.length == len(line.cells[0].text) and len(line.cells) == 2)


# --- wrapped lines ------------------------------------------------------------------------


class _Joiner:
    """Walks the lines once and decides for each whether it goes on with the paragraph before."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.page = page_layout(lines)
        self.sequence = Sequence()
        numbered = any(_FIRST_DECIMAL.match(x.folded) for x in lines)
        self.decimals = Decimals() if numbered else None
        self.groups: list[list[Line]] = []
        self.labels: list[Label | None] = []
        self.closed = 0

    def run(self) -> list[Paragraph]:
        rows, paragraphs, i = table_rows(self.lines), [], 0
        while i < len(self.lines):
            if i in rows:
                paragraphs += self._close()
                block = tuple(self.lines[i : i + rows[i]])
                cells = block[0].cells if len(block) == 1 else [x.kept for x in block]
                paragraphs.append(Paragraph(block, cells=tuple(cell.text for cell in cells)))
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
        if label is None and self.decimals and not (self.groups and self._full()):
            return self.decimals.match(line.folded)
        if label is None or not self.groups:
            return label
        last, text = self.groups[-1][-1], self._text()
        if _open_bracket(text[-_BRACKET:]):
            return None
        indented = self.page.indents and line.indent >= 2 > last.indent
        if self.page.width is None or indented:
            return label
        may = last.ends or _CLOSING.search(text) or self._bare_heading()
        expected = self.sequence.expects(label)
        return label if (may and expected if self._full() else may or expected) else None

    def _text(self) -> str:
        return "".join(x.folded for x in self.groups[-1])

    def _full(self) -> bool:
        group = self.groups[-1]
        return self.page.full(group[-1], first=len(group) == 1)

    def _bare_heading(self) -> bool:
        """Whether the paragraph so far is a label and words without a sentence's end."""
        return self.labels[-1] is not None and not _SENTENCE.search(self._text())

    def _goes_on(self, line: Line) -> bool:
        last, text = self.groups[-1][-1], self._text()
        if self._full() and (_open_bracket(text) or text.endswith(";")):
            return not (last.ends and _dated(line.folded))
        if self._closed(line):
            return False
        if last.ends or (self.page.indents and line.indent >= 2 and line.indent > last.indent):
            return False
        if self._outdented(line):
            return True
        if not self._full():
            return self._cut_in_mid_sentence(line)
        label, width = self.labels[-1], self.page.width
        if label and width and self._bare_heading() and self._headings_stand_alone(label.rank):
            return len(line.text) <= width / 2 and not line.ends
        return True

    def _closed(self, line: Line) -> bool:
        """Whether departments, a date or a whole title end the paragraph, however long its line."""
        text = self._text()
        if closing_departments(text).said or _dated(text):
            return True
        ends = self.groups[-1][-1].ends
        title = self.labels[-1] is None and not ends and _fits("kinds", text)
        return bool(ends and _dated(line.folded) or title and not line.folded.startswith("的"))

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
        text = self._text()
        if self.page.indents and line.indent >= 2:
            return False
        in_sentence = _SENTENCE.search(text) or text.count(",") > 1 or len(text) >= 60
        return bool(in_sentence) and not text.endswith(")") and len(text) >= 25

    def _headings_stand_alone(self, rank: int) -> bool:
        """Whether the level's other provisions so far are headings on lines of their own."""
        alone = others = 0
        for group, label in zip(self.groups[:-1], self.labels[:-1], strict=True):
            if label and label.rank == rank:
                others += 1
                alone += not _SENTENCE.search("".join(x.folded for x in group))
        return alone > others / 2 if others else False


def join_lines(lines: list[Line]) -> list[Paragraph]:
    """The paragraphs and table rows of a text in order, wrapped lines rejoined."""
    return _Joiner(lines).run()
