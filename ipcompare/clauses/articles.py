"""Articles and chapters that begin in mid-line: …执行。 第四条 …, told by their sequence."""

import functools
import re
from collections.abc import Iterator

from ipcompare.clauses.lines import Line
from ipcompare.clauses.numbering import match_label

_LABEL = re.compile("第(?=[^第]{1,8}[章节条])")
_STOP = re.compile("[。;:!?][)\"']*$")
_HEADING = 24  # characters of 第一章 总则, behind which an article may follow


def split_articles(lines: list[Line]) -> list[Line]:
    """The lines, each cut where the next chapter or article begins inside it."""
    last: dict[int, int] = {}
    return [part for line in lines for part in _parts(line, last)]


def _parts(line: Line, last: dict[int, int]) -> Iterator[Line]:
    start, divides = 0, False
    for found in _LABEL.finditer("" if line.cells else line.folded):
        at = found.start()
        label = match_label(line.folded[at : at + 24])
        if label is None or label.rank > _article_rank() or not _begins(line, start, at, divides):
            continue
        number = int(label.number.split("-")[0])
        if at and number not in (1, last.get(label.rank, 0) + 1):
            continue
        last[label.rank], divides = number, label.section
        if at:
            yield line.part(start, at)
            start = at
    yield line.part(start, len(line.text)) if start else line


def _begins(line: Line, start: int, at: int, divides: bool) -> bool:
    """Whether a label stands at the start, behind a sentence, or behind a chapter's heading."""
    headed = divides and at - start <= _HEADING and any(x == at for x, _ in line.kept.runs)
    return at == 0 or headed or bool(_STOP.search(line.folded[max(0, at - 4) : at]))


@functools.cache
def _article_rank() -> int:
    label = match_label("第一条")
    return label.rank if label else 0
