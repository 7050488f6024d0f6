"""Articles and chapters that begin in mid-line: …执行。 第四条 …, told by their sequence."""

import functools
import re
from collections.abc import Iterator

from ipcompare.clauses.lines import Line
from ipcompare.clauses.numbering import match_label

_LABEL = re.compile("第(?=[^第]{1,8}[章节条])")
_COUNT = "[一二三四五六七八九十]{1,3}"
_ANY = re.compile(rf"(?={_COUNT}、|\({_COUNT}\)|\d{{1,2}}[.、](?!\d))")
_STOP = re.compile("[。;:!?][)\"']*$")
_RUN_ON = 3, 200  # lines of a text that has lost its breaks, and characters of such a line
_HEADING = 24  # characters of 第一章 总则, behind which an article may follow


def split_articles(lines: list[Line]) -> list[Line]:
    """The lines, each cut where the next chapter or article begins inside it."""
    last: dict[int, int] = {}
    return [part for line in lines for part in _parts(line, last)]


def split_run_on(lines: list[Line]) -> list[Line]:
    """The lines of a text that has lost its breaks, cut at each label that counts on: 。二、."""
    most, long = _RUN_ON
    if len(lines) > most:
        return lines
    last: dict[int, int] = {}
    return [
        part
        for line in lines
        for part in (_counted(line, last) if len(line.text) > long and not line.cells else [line])
    ]


def _counted(line: Line, last: dict[int, int]) -> Iterator[Line]:
    """The parts of a line; a higher label lets those below it begin again."""
    start = 0
    for found in _ANY.finditer(line.folded):
        at = found.start()
        label = match_label(line.folded[at : at + 24])
        free = at == 0 or _STOP.search(line.folded[max(0, at - 4) : at]) or _spaced(line, at)
        if label is None or not free or int(label.number) not in (1, last.get(label.rank, 0) + 1):
            continue
        last[label.rank] = int(label.number)
        for rank in [rank for rank in last if rank > label.rank]:
            del last[rank]
        if at > start:
            yield line.part(start, at)
            start = at
    yield line.part(start, len(line.text)) if start else line


def _spaced(line: Line, at: int) -> bool:
    """Whether the file has white space there: 甲市方案 一、目标."""
    return any(offset == at for offset, _ in line.kept.runs)


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
