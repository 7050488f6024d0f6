"""The lines of a document as a file: digits and signs, what a scan leaves, wraps, pages."""

import bisect
import re
from random import Random
from typing import NamedTuple

from invented.layouts import Line, Style
from invented.vocabulary import zipf_word
from invented.wording import END, GUARD, OPEN, START, Plant

_FULL = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
_HALF = str.maketrans("，：；（）", ",:;()")
_NEVER_FIRST = "，。；：、）》”,:;)％%０１２３４５６７８９．"
_MARK = re.compile("([\x01-\x04])")
_CHINESE = re.compile("[\u4e00-\u9fff]")


class Placed(NamedTuple):
    """A plant and where it stands in the file."""

    clause: str
    plant: Plant
    start: int
    end: int
    number: str
    quote: str


def set_lines(lines: list[Line], style: Style, rng: Random) -> tuple[str, list[Placed], list[int]]:
    """The text, its plants, and where each line begins."""
    made, placed, starts, at = [], [], [], 0
    pager = _Pager(style, rng)
    for line in lines:
        text, spans, quotes = _worded(line, style, rng)
        said = [re.sub(r"\s+", "", text[a:b]) for a, b in spans]
        text, spans = _printed(text, spans, line, style, pager)
        starts.append(at)
        for plant, written, (a, b), quote in zip(line.plants, said, spans, quotes, strict=True):
            unit = plant.unit if line.role != "table_row" or written.endswith(plant.unit) else ""
            number = written[: len(written) - len(unit)]
            placed.append(Placed(line.clause, plant, at + a, at + b, number, quote))
        made.append(text)
        at += len(text)
    return "".join(made), placed, starts


def _worded(line: Line, style: Style, rng: Random) -> tuple[str, list[tuple[int, int]], list[str]]:
    """The plain words of a line, its spans and their sentences; garbled and set as is the style."""
    pieces, guarded, spans, at, opened, started = [], [], [], 0, 0, 0
    for piece in _MARK.split(line.text):
        if piece == GUARD:
            opened = at
        elif piece == OPEN:
            guarded.append((opened, at))
        elif piece == START:
            started = at
        elif piece == END:
            spans.append((started, at))
        else:
            pieces.append(piece)
            at += len(piece)
    text = "".join(pieces)
    text = text.translate(_HALF) if style.half else text
    if style.digits and line.role not in ("doc_number", "table_row"):
        text = text[: len(line.label)] + text[len(line.label) :].translate(_FULL)
    first = len(line.label) + len(line.heading) + 1
    if style.noise and line.role in ("clause", ""):
        text = _garbled(text, guarded, first, style.noise, rng)
    quotes = [_sentence(text, *span) for span in spans]
    blanks = _blanks(text, guarded, spans, first, line, style, rng)
    text, spans = _insert(text, spans, blanks)
    return text, spans, quotes


def _garbled(
    text: str, guarded: list[tuple[int, int]], first: int, share: float, rng: Random
) -> str:
    """Some Chinese characters replaced, none in what is guarded, in a label or heading."""
    signs = list(text)
    for k in _sample(len(text), share, rng):
        if k >= first and not _within(k, guarded) and _CHINESE.match(signs[k]):
            signs[k] = zipf_word(rng)[0]
    return "".join(signs)


def _sample(size: int, share: float, rng: Random) -> list[int]:
    count = int(size * share + rng.random())
    return sorted(rng.sample(range(size), min(count, size)))


def _within(k: int, spans: list[tuple[int, int]]) -> bool:
    return any(a <= k < b for a, b in spans)


def _blanks(
    text: str, guarded: list[tuple[int, int]], spans: list[tuple[int, int]], first: int,
    line: Line, style: Style, rng: Random,
) -> list[tuple[int, str]]:  # fmt: skip
    """Where spaces are put in: around numbers as some houses set them, and stray ones of a scan."""
    found = []
    if style.spaced and line.role in ("clause", ""):
        for a, b in spans:
            digits = re.match(r"[\d.]+(?![\d.—～至-])", text[a:b])
            if digits and digits.end() < b - a and text[a + digits.end()] != "%":
                found += [(a, " "), (a + digits.end(), " ")]
    if style.stray and line.role in ("clause", ""):
        places = _sample(len(text), style.stray, rng)
        whole = [(a, b + 1) for a, b in guarded]  # nor just behind it
        found += [(k, " ") for k in places if k >= first and not _within(k, whole)]
    return sorted(found)


def _insert(
    text: str, spans: list[tuple[int, int]], added: list[tuple[int, str]]
) -> tuple[str, list[tuple[int, int]]]:
    """The text with words put in, and where the spans are then; at its start they push a span."""
    if not added:
        return text, spans
    places = [at for at, _ in added]
    pieces, last, shifts = [], 0, [0]
    for at, words in added:
        pieces += [text[last:at], words]
        last = at
        shifts.append(shifts[-1] + len(words))
    moved = [
        (a + shifts[bisect.bisect_right(places, a)], b + shifts[bisect.bisect_left(places, b)])
        for a, b in spans
    ]
    return "".join([*pieces, text[last:]]), moved


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around a span."""
    first = max(text.rfind(stop, 0, start) for stop in "。\n") + 1
    last = text.find("。", end)
    return text[first : last + 1 if last >= 0 else len(text)].strip()


class _Pager:
    """Counts the lines of pages and puts a number between them."""

    def __init__(self, style: Style, rng: Random) -> None:
        self.style, self.size = style, rng.randint(20, 30)
        self.line, self.page = 0, 1

    def after_line(self) -> str:
        """What stands between this line and the next."""
        self.line += 1
        if self.style.pages and self.line % self.size == 0:
            number = self.style.pages.format(self.page)
            self.page += 1
            return f"{self.style.between}{number}{self.style.between}"
        return self.style.between


def _printed(
    text: str, spans: list[tuple[int, int]], line: Line, style: Style, pager: _Pager
) -> tuple[str, list[tuple[int, int]]]:
    """The line with its indent, wrapped where the style wraps, and its line break."""
    bare = line.role in ("title", "doc_number", "addressee", "table_row", "annex_title")
    added = [] if bare else [(0, style.indent)]
    if style.width and line.role != "table_row":
        indent = 0.0 if bare else sum(0.5 if sign == " " else 1.0 for sign in style.indent)
        added += [(at, pager.after_line()) for at in _breaks(text, style.width, indent)]
    added.append((len(text), pager.after_line()))
    return _insert(text, spans, added)


def _breaks(text: str, width: int, indent: float) -> list[int]:
    """Where lines end: never before a stop nor inside a number."""
    found, room = [], width - indent
    for k, sign in enumerate(text):
        size = 0.5 if sign < "\x80" else 1.0
        if size > room and sign not in _NEVER_FIRST and not (
            sign < "\x80" and k and text[k - 1] < "\x80"
        ):  # fmt: skip
            found.append(k)
            room = float(width)
        room -= size
    return found
