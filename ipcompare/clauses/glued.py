"""Tables of indicators glued into lines: 优良天数比率(%)76.7>80-约束性森林覆盖率(%)21.6623.04…

The head says how many values a row has. Where the figures of a row can be cut into them in one
way only, they are its cells; where not, they stay with the row's name and nothing is guessed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ipcompare.clauses.columns import column_kind, table_rule
from ipcompare.clauses.lines import Line
from ipcompare.clauses.splitting import splits, with_mark
from ipcompare.text import Kept

_TOKEN = (
    r"[〔\[][<>≤≥]?-?\d+(?:\.\d+)?%?(?:左右)?[〕\]]|-{1,2}"
    r"|[≥≤<>~约]{0,3}\d+(?:,\d{3})*(?:\.\d+)*[%‰]?(?:以[上下内]|左右)?"
)
_RUN = re.compile(rf"(?:{_TOKEN})(?:\s*(?:{_TOKEN}))*")
_WORDS = re.compile("[\u4e00-\u9fff]{2}")
_SERIAL = re.compile(r"(\d{1,2})[.、](?!\d)|\((\d{1,2})\)")
_MARK = re.compile(r"(?<=[\u4e00-\u9fff〕\])])(\d)(?=[\u4e00-\u9fff]|$)")
_SURE = re.compile(r"[〔\[\-≥≤<>]|\d +\d")  # signs that words do not have
_COUNTED = re.compile("[岁年月日个级类种%]")
_BRACKET = re.compile(r"\(([^()]*)\)")
_LONGEST_RUN = 48  # characters

_Span = tuple[int, int]


@dataclass
class _Row:
    """Where the cells of one row stand in a line, and where the next name may begin.

    ``marked`` are its figures where one digit may be the mark of a footnote.
    """

    cells: list[_Span]
    end: int
    marked: list[_Span] = field(default_factory=list)


@dataclass
class _Table:
    """The head of a glued table and what was read of its rows so far."""

    spans: list[_Span]
    values: list[str]  # of each value column: value or total
    numbered: bool  # whether the rows begin with their numbers
    serial: int = 0  # the last number before a name: 7.国家…
    mark: int = 0  # the last mark of a footnote: 地表水质量3
    percent: bool = False
    doubtful: list[_Row] = field(default_factory=list)  # since the last mark


def split_tables(lines: list[Line]) -> list[Line]:
    """The lines, those with a glued table cut into title, head, rows and what follows."""
    kept, n = [], 0
    while n < len(lines):
        table = _read_head(lines[n])
        parts, taken = _read_table(table, lines, n) if table else ([], 0)
        kept += parts or [lines[n]]
        n += taken or 1
    return kept


def _read_head(line: Line) -> _Table | None:
    """The head in a line: 指标2020年2025年〔累计〕属性."""
    if line.cells or "年" not in line.folded:
        return None
    first, column = table_rule("glued", "head"), table_rule("glued", "column")
    found = re.search(f"({first.pattern})((?:{column.pattern}){{2,}})", line.folded)
    if found is None:
        return None
    at = found.start()
    parts = re.finditer("序号|(?:计量)?单位|指标(?:名称)?|项目|名称", found[1])
    spans = [(at + part.start(), at + part.end()) for part in parts]
    columns = [part.span() for part in column.finditer(line.folded, *found.span(2))]
    heads = [line.folded[a:b] for a, b in columns]
    values = ["total" if x[0] in "〔[" else "value" for x in heads if column_kind(x) == "value"]
    mark = sum(x[-1].isdigit() and x[-2] in "〕]" for x in heads)
    numbered = found[1].startswith("序号")
    return _Table(spans + columns, values, numbered, mark=mark) if values else None


def _read_table(table: _Table, lines: list[Line], n: int) -> tuple[list[Line], int]:
    """The parts of the lines from ``n`` on that the table takes, and how many lines they are."""
    head, (start, end) = lines[n], (table.spans[0][0], table.spans[-1][1])
    read: list[tuple[Line, list[_Row], int]] = [(head, list(_rows(table, head.folded, end)), end)]
    while n + len(read) < len(lines) and not lines[n + len(read)].cells:
        line = lines[n + len(read)]
        rows = list(_rows(table, line.folded, 0))
        if not rows and not _is_group(table, lines[n + len(read) : n + len(read) + 2]):
            break
        read.append((line, rows, 0))
    if sum(len(rows) for _, rows, _ in read) < 2:
        return [], 0
    title = [head.part(0, start)] if start else []
    parts = [*title, _cut(head, (start, end), table.spans)]
    for line, rows, at in read:
        parts += _row_lines(line, rows, at) if rows or at else [_group(table, line)]
    return parts, len(read)


def _is_group(table: _Table, lines: list[Line]) -> bool:
    """经济发展 alone in its line, above a row."""
    if len(lines) < 2 or len(lines[0].text) > 24 or lines[0].ends:
        return False
    below = replace(table, doubtful=[])
    words = _WORDS.search(lines[0].text)
    return bool(words) and any(True for _ in _rows(below, lines[1].folded, 0))


# --- rows ---------------------------------------------------------------------------------


def _rows(table: _Table, words: str, start: int) -> Iterator[_Row]:
    """The rows of one line from ``start`` on."""
    notes = table_rule("glued", "notes").search(words, start)
    for run in _RUN.finditer(words, start, notes.start() if notes else len(words)):
        name, end = words[start : run.start()], _without_serial(table, words, run)
        if end <= run.start() or not _WORDS.search(name):
            continue
        said = table_rule("cell", "unnamed").match(words, end + (words[end : end + 1] == " "))
        number = _read_name(table, name)
        row = _read_figures(table, words[run.start() : end], (start, run.start()), end)
        told = len(row.cells) > 1 or end == len(words)
        if not said and not (told and _is_row(words, run.start(), end)):
            continue
        if said:
            row.cells.append(said.span())
            row.end = said.end()
        if number:
            row.cells[:1] = [(start, start + number), (start + number, row.cells[0][1])]
        yield row
        start = row.end


def _without_serial(table: _Table, words: str, run: re.Match) -> int:
    """The end of a run without the number of the next name: --〔15〕|6.区域性…"""
    digits = re.search(r"\d+$", run[0])
    if digits is None or words[run.end() : run.end() + 1] not in {*".、"}:
        return run.end()
    number = str(table.serial + 1)
    return run.end() - len(number if digits[0].endswith(number) else digits[0])


def _read_name(table: _Table, name: str) -> int:
    """Keep the number before a name, the marks in it, and whether it counts in per cent.

    Gives the length of the number where rows have one of their own: 4|万元产值能耗.
    """
    for found in _SERIAL.finditer(name):
        table.serial, table.percent = int(found[1] or found[2]), False
    units = _BRACKET.findall(name)
    table.percent = "%" in units[-1] if units else table.percent
    for mark in map(int, _MARK.findall(name)):
        _read_mark(table, mark)
    number = str(table.serial + 1) if table.numbered else ""
    if not number or not name.startswith(number):
        return 0
    table.serial += 1
    return len(number)


def _read_mark(table: _Table, mark: int) -> bool:
    """Whether a digit is the next mark; after 3 and 5 the 4 stands in the row that was doubtful."""
    if mark not in (table.mark + 1, table.mark + 2):
        return False
    if mark == table.mark + 2 and len(table.doubtful) == 1:
        row = table.doubtful[0]
        row.cells[:1] = [(row.cells[0][0], row.marked[0][0]), *row.marked]
    table.mark = mark
    table.doubtful.clear()
    return True


def _read_figures(table: _Table, run: str, name: _Span, end: int) -> _Row:
    """The row of a name and its figures, which stay with the name where they cannot be cut."""
    row = _Row([(name[0], end)], end)
    if len(run) > _LONGEST_RUN:
        return row
    columns, percent = table.values, table.percent
    mark = str(table.mark + 1) if table.mark else ""
    cells = splits(run, columns, percent=percent, mark=mark)
    if cells is None and run[0].isdigit() and run[1:2] == "-" and _read_mark(table, int(run[0])):
        # the mark stands behind the name: 有机物5--〔10〕
        cells = splits(" " + run[1:], columns, percent=percent)
    cells = cells or splits(run.replace("--", "- "), columns, percent=percent, mark=mark)
    if cells:
        spans = [(name[1] + a, name[1] + b) for a, b in cells]
        empty = [(spans[-1][1],) * 2] * (len(table.values) - len(cells))
        row.cells = [(name[0], spans[0][0]), *spans, *empty]
    elif mark and len(marked := with_mark(run, columns, mark, percent=percent)) == 1:
        row.marked = [(name[1] + a, name[1] + b) for a, b in marked[0]]
        table.doubtful.append(row)
    return row


def _is_row(words: str, start: int, end: int) -> bool:
    """Whether figures without 约束性 behind them are values: no 65岁以上 in a name."""
    sure = words[start - 1] in ")〕]" or _SURE.search(words, start, end)
    return bool(sure) and not _COUNTED.match(words, end)


# --- lines of their own -------------------------------------------------------------------


def _row_lines(line: Line, rows: list[_Row], start: int) -> Iterator[Line]:
    """The rows of a line, and the words after the last of them."""
    for row in rows:
        yield _cut(line, (start, row.end), row.cells)
        start = row.end
    if start < len(line.text):
        yield line.part(start, len(line.text))


def _cut(line: Line, span: _Span, cells: list[_Span]) -> Line:
    kept = (line.kept.pick([cell]) if cell[1] > cell[0] else Kept("", ()) for cell in cells)
    return line.part(*span, tuple(kept))


def _group(table: _Table, line: Line) -> Line:
    """A row of one name."""
    return replace(line, cells=(line.kept, *[Kept("", ())] * (len(table.spans) - 1)))
