"""Tables of indicators whose cells a PDF leaves apart by spaces: 3 森林覆盖率 % 约束性 24 24.5.

Only 约束性 and 预期性 tell such a row from a sentence; what is cut over several lines (the name
of a row, the head) is put together with it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ipcompare.clauses.columns import is_binding, is_missing, is_value, table_rule
from ipcompare.clauses.lines import Line
from ipcompare.text import Kept, fold_width, join_kept

_TOKEN = re.compile(r"\S+")
_WORD = re.compile("[\u4e00-\u9fff]{2}")
_SERIAL = re.compile(r"\d{1,2}[.、]?")
_ROWS = 3  # fewer are no table
_BETWEEN = 4  # lines between two rows, at most
_ABOVE = 6  # lines of a head, at most
_PIECE = 24  # characters of a piece of a name, at most


def spaced_rows(raw: str, lines: list[Line]) -> list[Line]:
    """The lines, those of such tables with their cells, a row each."""
    cells = {n: found for n, line in enumerate(lines) if (found := _cells(raw, line))}
    kept, done = [], 0
    for rows in _blocks(sorted(cells)):
        head = _head(lines, max(rows[0] - 1, done), done)
        kept += lines[done : head[0] if head else rows[0]]
        begin = head[-1] + 1 if head else rows[0]
        kept += [_head_row([lines[n] for n in head])] if head else []
        kept += _rows(lines, cells, rows, begin)
        done = rows[-1] + 1 + len(_behind(lines, cells, rows[-1], len(lines)))
    return kept + lines[done:]


def _blocks(rows: list[int]) -> Iterator[list[int]]:
    """Rows that stand near each other, as many as a table has at least."""
    starts = [0, *(k + 1 for k, (a, b) in enumerate(pairwise(rows)) if b - a > _BETWEEN), len(rows)]
    return (rows[a:b] for a, b in pairwise(starts) if b - a >= _ROWS)


def _cells(raw: str, line: Line) -> list[Kept]:
    """The cells of a row; none where a line is no such row."""
    tokens = list(_TOKEN.finditer(raw, line.start, line.end))
    words = [fold_width(token[0]) for token in tokens]
    whole = "".join(words) == "".join(line.folded.split())  # nothing was cut out of it
    if len(words) < 3 or line.cells or not whole or not any(map(is_binding, words)):
        return []
    first = 1 if _SERIAL.fullmatch(words[0]) else 0
    figures = next(n for n, word in enumerate(words) if n >= first and _is_figure(word))
    if not any(map(_is_figure, words[figures + 1 :])) and not is_value(words[figures]):
        return []
    apart = figures - 1 if figures - first > 1 and len(words[figures - 1]) <= 5 else figures
    name = [tokens[first:apart]] if apart > first else []
    parts = [*([t] for t in tokens[:first]), *name, *([t] for t in tokens[apart:])]
    return [join_kept([Kept(t[0], ((0, t.start()),)) for t in part]) for part in parts]


def _is_figure(word: str) -> bool:
    return is_binding(word) or is_value(word) or is_missing(word)


# --- lines of one row -----------------------------------------------------------------------


def _rows(
    lines: list[Line], cells: dict[int, list[Kept]], rows: list[int], begin: int
) -> Iterator[Line]:
    """The rows with the pieces of their names; a line between them that is none is a group."""
    at = begin
    for n, after in zip(rows, [*rows[1:], len(lines)], strict=True):
        behind = _behind(lines, cells, n, after)
        own = [n - 1] if n > at and not _named(cells[n]) else []
        yield from map(_group, lines[at : n - len(own)])
        yield _joined(lines, [*own, n, *behind], cells[n])
        at = n + 1 + len(behind)


def _group(line: Line) -> Line:
    """A line between two rows that is a row of one name."""
    return replace(line, cells=(line.kept, Kept("", ())))


def _behind(lines: list[Line], cells: dict[int, list[Kept]], n: int, after: int) -> list[int]:
    """The line below a row that ends its name, if it has none of its own."""
    k = n + 1
    if _named(cells[n]) or k >= len(lines) or k in cells or len(lines[k].text) > _PIECE:
        return []
    taken = after == k + 1 and after in cells and not _named(cells[after])
    return [] if taken or lines[k].ends else [k]


def _named(cells: list[Kept]) -> bool:
    """Whether a row says itself what it counts."""
    return any(_WORD.search(cell.text) and not is_binding(cell.text) for cell in cells[:2])


def _joined(lines: list[Line], numbers: list[int], cells: list[Kept]) -> Line:
    """One row of several lines; the cells are those of the one with figures."""
    parts: list[Kept] = []
    for n in numbers:
        own = lines[n].start <= cells[0].place(0) < lines[n].end
        parts += cells if own else [lines[n].kept]
    first, last = lines[numbers[0]], lines[numbers[-1]]
    kept = join_kept(parts, " ")
    return replace(first, end=last.end, kept=kept, cells=tuple(parts), printed=kept.text)


# --- the head -------------------------------------------------------------------------------


def _head(lines: list[Line], last: int, first: int) -> list[int]:
    """The lines of the head that ends at ``last`` or one line above it."""
    pattern = table_rule("spaced", "head")
    found: list[int] = []
    for n in range(last, max(first, last - _ABOVE) - 1, -1):
        if re.fullmatch(f"(?:{pattern.pattern})+", re.sub(r"\s", "", lines[n].folded)):
            found.insert(0, n)
        elif found or n < last:
            break
    return found if any(_WORD.search(lines[n].text) for n in found) else []


def _head_row(lines: list[Line]) -> Line:
    """The head as one row; 序 and 号 name no column that counts."""
    pattern = table_rule("spaced", "head")
    cells: list[Kept] = []
    for line in lines:
        kept = line.kept.without(re.compile(r"\s"))
        spans = [m.span() for m in pattern.finditer(fold_width(kept.text)) if m[0] not in "序号"]
        cells += [kept.pick([span]) for span in spans]
    kept = join_kept(cells, " ")
    return replace(lines[0], end=lines[-1].end, kept=kept, cells=tuple(cells), printed=kept.text)
