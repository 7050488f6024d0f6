"""Which lines are rows of a table: cells apart by tabs or pipes, or one on each line."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ipcompare.clauses.columns import column_kind, is_binding, is_missing, is_value, table_rule
from ipcompare.clauses.lines import Line
from ipcompare.clauses.numbering import match_label
from ipcompare.text import fold_width

_WORD = re.compile("[\u4e00-\u9fff]{2}")
_LONGEST = 40  # characters of a cell with words
_COLUMNS = 12


def table_rows(lines: list[Line]) -> dict[int, list[int]]:
    """Rows of tables as ``{first line: lines of each cell}``; ``[1]`` for a line with its cells.

    A row is a line with tabs or pipes inside it, a block of lines that each begin with a tab, or
    one of the blocks under a head whose cells stand one on each line.
    """
    inline = {n: [1] for n, line in enumerate(lines) if _is_inline_row(line)}
    rows = {
        n: one for n, one in inline.items()
        if n - 1 in inline or n + 1 in inline or len(_filled(lines[n])) > 2
    }  # fmt: skip
    return rows | _tabbed_rows(lines) | _numbered_stacks(lines) | _stacked_rows(lines)


def _filled(line: Line) -> list[str]:
    return [cell.text for cell in line.cells if cell.text]


def _is_inline_row(line: Line) -> bool:
    cells = _filled(line)
    if len(line.cells) < 2 or not cells:
        return False
    label = match_label(fold_width(cells[0]))
    return not (label and label.length == len(cells[0]) and len(cells) <= 2)


def _tabbed_rows(lines: list[Line]) -> dict[int, list[int]]:
    """Blocks of lines that begin with a tab, of which at least two are equally long."""
    blocks, n = {}, 0
    while n < len(lines):
        end = n + 1
        while end < len(lines) and lines[end].tabbed and not lines[end].after_blank:
            end += 1
        if lines[n].tabbed and end - n > 1 and not lines[n].cells:
            blocks[n] = end - n
        n = end
    sizes = Counter(blocks.values())
    return {n: [1] * size for n, size in blocks.items() if sizes[size] > 1}


# --- one cell on each line ----------------------------------------------------------------


def _numbered_stacks(lines: list[Line]) -> dict[int, list[int]]:
    """序号｜目标｜单位｜1｜…｜…｜2｜…: rows of as many lines as the head has, counted up."""
    rows: dict[int, list[int]] = {}
    for n, line in enumerate(lines):
        if line.cells or not table_rule("first", "number").fullmatch(line.folded):
            continue
        size = next((k for k in range(2, _COLUMNS) if _counts(lines, n + k, 1)), 0)
        if size and _counts(lines, n + 2 * size, 2):
            rows |= {at: [1] * size for at in [n, *_counted(lines, n, size)]}
    return rows


def _counted(lines: list[Line], head: int, size: int) -> Iterator[int]:
    """Where the rows below a head begin: every so many lines the next number."""
    for at in range(head + size, len(lines) - size + 1, size):
        if not _counts(lines, at, (at - head) // size):
            break
        yield at


def _counts(lines: list[Line], n: int, number: int) -> bool:
    return n < len(lines) and lines[n].folded.rstrip(".、") == str(number)


def _stacked_rows(lines: list[Line]) -> dict[int, list[int]]:
    """指标｜2020年｜2025年｜森林覆盖率(%)｜23｜24｜…: the head's length tells the columns."""
    rows: dict[int, list[int]] = {}
    first, n = table_rule("first", "pattern"), 0
    while n < len(lines):
        found = _read_stack(lines, n) if first.fullmatch(lines[n].folded) else {}
        rows |= found
        n = max(found) + sum(found[max(found)]) if found else n + 1
    return rows


def _read_stack(lines: list[Line], start: int) -> dict[int, list[int]]:
    """The head and the rows of the table that begins here, with as many columns as fit."""
    kinds = []
    for line in lines[start : start + _COLUMNS]:
        kind = column_kind(line.folded) if len(line.text) <= 16 and not line.cells else ""
        if not kind:
            break
        kinds.append(kind)
    for size in range(len(kinds), 1, -1):
        if "value" in kinds[:size] and "name" in kinds[:size]:
            rows = dict(_rows_below(lines, start + size, kinds[:size]))
            if sum(len(cells) == size for cells in rows.values()) > 1:
                return {start: [1] * size} | rows
    return {}


def _rows_below(lines: list[Line], n: int, kinds: Sequence[str]) -> Iterator[tuple[int, list[int]]]:
    while n < len(lines):
        cells = _full_row(lines, n, kinds) or _group(lines, n, kinds) or _short_row(lines, n, kinds)
        if not cells:
            break
        yield n, cells
        n += sum(cells)


def _full_row(lines: list[Line], n: int, kinds: Sequence[str]) -> list[int]:
    """The lines of each cell of a row that has one for every column; else nothing."""
    cells = []
    for kind in kinds:
        if n >= len(lines) or not _holds(lines[n], kind):
            return []
        cells.append(_lines_of_words(lines, n) if kind in ("name", "words") else 1)
        n += cells[-1]
    return cells


def _group(lines: list[Line], n: int, kinds: Sequence[str]) -> list[int]:
    """经济发展 above the rows of its kind."""
    wide = _lines_of_words(lines, n) if _holds(lines[n], "name") else 0
    return [wide] if wide and _full_row(lines, n + wide, kinds) else []


def _short_row(lines: list[Line], n: int, kinds: Sequence[str]) -> list[int]:
    """A name and fewer values than there are columns: what stands under which is not known."""
    end = n + 1
    while end < len(lines) and (_holds(lines[end], "value") or is_binding(lines[end].folded)):
        end += 1
    follows = end == len(lines) or _holds(lines[end], "name")
    named = _holds(lines[n], "name") and "number" not in kinds
    return [1] * (end - n) if named and follows and 1 < end - n < len(kinds) else []


def _holds(line: Line, kind: str) -> bool:
    """Whether a line may be the cell of such a column."""
    words, short = line.folded, len(line.text) <= _LONGEST and not line.cells
    value = is_value(words) or is_missing(words)
    if kind == "value":
        return value or bool(table_rule("cell", "promise").fullmatch(words))
    if kind == "number":
        return bool(table_rule("cell", "serial").fullmatch(words))
    if kind == "binding":
        return is_binding(words) or is_missing(words)
    if kind == "unit":
        return short and len(words) <= 10 and not is_binding(words)
    sentence = words.endswith("。") or is_binding(words) or (value and kind == "name")
    return short and not sentence and bool(_WORD.search(words))


def _lines_of_words(lines: list[Line], n: int) -> int:
    """How many lines a cell of words takes: 单位产值能耗降低｜(%)."""
    end = n + 1
    while end < len(lines) and end - n < 3 and (
        lines[end].folded.startswith("(") and not is_value(lines[end].folded)
        or lines[end - 1].folded.count("(") > lines[end - 1].folded.count(")")
    ):  # fmt: skip
        end += 1
    return end - n
