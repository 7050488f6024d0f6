"""Paragraphs of the lines of all pages; running heads and page numbers stand apart."""

import re
from collections import Counter
from collections.abc import Iterator

from ipcompare.intake.print_lines import Row

MARGIN = 0.12  # of a page's height, at top and bottom: where running heads stand
NUMBER = re.compile(r"[-—–－\s·第页共/／]*\d{1,4}[-—–－\s·第页共/／\d]*|[ivxlIVXL]{1,6}")
OPENS = re.compile(
    r"(?:第[一二三四五六七八九十百零\d ]+[条章节编篇部]|[（(][一二三四五六七八九十\d]+[)）]"
    r"|[一二三四五六七八九十]+[、.．]|\d+[、.．](?!\d)|附件|专栏)"
)


def text_rows(pages: list[tuple[float, list[Row]]], apart: list[tuple[str, str]]) -> list[Row]:
    """The rows of all pages; running heads and page numbers are put apart."""
    heads, kept = _running(pages), []
    for height, rows in pages:
        for row in rows:
            number = _at_edge(row, height) and NUMBER.fullmatch(row.text.strip())
            if number or (_at_edge(row, height) and _key(row.text) in heads):
                apart.append(("page number" if number else "running head", row.text))
            else:
                kept.append(row)
    return kept


def _running(pages: list[tuple[float, list[Row]]]) -> set[str]:
    """What stands at the top or bottom of at least a third of the pages, digits aside."""
    seen = Counter(
        key
        for height, rows in pages
        for key in {_key(row.text) for row in rows if _at_edge(row, height)}
    )
    return {key for key, times in seen.items() if times >= max(3, len(pages) / 3)}


def _key(text: str) -> str:
    return re.sub(r"\d+", "#", "".join(text.split()))


def _at_edge(row: Row, height: float) -> bool:
    return not row.cells and (row.bottom < height * MARGIN or row.top > height * (1 - MARGIN))


def paragraphs(rows: list[Row]) -> Iterator[str]:
    """Lines joined to paragraphs, also across columns and pages."""
    edges = {n: _edges([r for r in rows if r.column == n and not r.cells]) for n in range(3)}
    paragraph, last = "", None
    for row in rows:
        if last is not None and _goes_on(last, row, edges):
            latin = paragraph[-1:].isalpha() and paragraph[-1:].isascii() and row.text[0].isascii()
            paragraph += (" " if latin else "") + row.text
        else:
            if paragraph:
                yield paragraph
            paragraph = row.text
        last = row
    if paragraph:
        yield paragraph


def _edges(rows: list[Row]) -> tuple[float, float]:
    """Where the lines of a column begin and end: of twenty the outermost but one."""
    if not rows:
        return 0, 0
    lefts, rights = sorted(row.left for row in rows), sorted(row.right for row in rows)
    return lefts[len(rows) // 20], rights[-1 - len(rows) // 20]


def _goes_on(last: Row, row: Row, edges: dict[int, tuple[float, float]]) -> bool:
    """Whether a line continues the one before: that one is full, this one is not indented."""
    if last.cells or row.cells or OPENS.match(row.text) or abs(last.size - row.size) > 3:
        return False
    full = last.right >= edges[last.column][1] - 2 * last.size
    return full and row.left <= edges[row.column][0] + 1.2 * row.size
