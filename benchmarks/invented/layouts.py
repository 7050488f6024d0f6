"""How a document looks: numbering, page, width of digits and signs, what a scan leaves in it."""

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from invented.drafting import Draft, Part
from invented.vocabulary import zipf_word
from invented.wording import END, GUARD, OPEN, START, Plant

_NUMERALS = "〇一二三四五六七八九"
_FULL = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
_HALF = str.maketrans("，：；（）", ",:;()")
_NEVER_FIRST = "，。；：、）》”,:;)％%０１２３４５６７８９．"
_MARK = re.compile("([\x01-\x04])")
_CHINESE = re.compile("[\u4e00-\u9fff]")


class Style(NamedTuple):
    """One way to set a document."""

    brackets: str  # round brackets of labels: full or half width
    dot: str  # behind the number of an item
    indent: str
    between: str  # what ends a line: one line break or two
    width: int  # at which lines are wrapped, 0 for never
    pages: str  # how page numbers look, empty for none
    digits: bool  # full-width digits
    half: bool  # half-width punctuation
    spaced: bool  # a space on both sides of a number
    noise: float  # share of the characters that a scan garbles
    stray: float  # share of the characters before which it leaves a space
    apart: str  # between the cells of a table


@dataclass
class Line:
    """A paragraph in the making and what it is in the clause table."""

    role: str
    text: str  # marked
    plants: tuple[Plant, ...] = ()
    part: Part | None = None
    path: str = ""
    label: str = ""
    heading: str = ""
    leaf: bool = False
    clause: str = ""  # the path or role-n of the row that the line belongs to


def style_of(rng: Random) -> Style:
    """A style drawn at random."""
    wrapped = rng.random() < 0.35
    scanned = rng.random() < 0.12
    return Style(
        rng.choice(("（）", "（）", "()")),
        rng.choice((".", ".", "．", "、")),
        rng.choice(("　　", "　　", "  ", "    "))
        if wrapped
        else rng.choice(("", "　　", "　　", "  ")),
        "\n\n" if rng.random() < 0.2 else "\n",
        rng.randint(26, 42) if wrapped else 0,
        rng.choice(("—{}—", "- {} -", "— {} —", "")) if wrapped else "",
        rng.random() < 0.1,
        rng.random() < 0.15,
        rng.random() < 0.08,
        rng.uniform(0.003, 0.015) if scanned else 0.0,
        rng.uniform(0.003, 0.01) if scanned else 0.0,
        rng.choice(("\t", "|", " | ")),
    )


# --- numbering ----------------------------------------------------------------------------------


def numeral(n: int) -> str:
    """A number below 100 in Chinese.

    >>> numeral(10), numeral(21), numeral(7)
    ('十', '二十一', '七')
    """
    tens, ones = divmod(n, 10)
    first = "" if tens == 0 else "十" if tens == 1 else _NUMERALS[tens] + "十"
    return first + (_NUMERALS[ones] if ones else "")


_LEVELS = {
    "chapters": ("章", "条", "（"),
    "articles": ("条", "（", "1."),
    "plain": ("一、", "1.", "(1)"),
    "decimal": ("1.1", "1.1", "1.1"),
}


def _label(scheme: str, path: list[int], style: Style) -> str:
    """The number of a provision as it is written."""
    level, n = _LEVELS.get(scheme, ("一、", "（", "1."))[len(path) - 1], path[-1]
    if level == "1.1":
        return ".".join(map(str, path)) + " "
    if level in "章条":
        return f"第{numeral(n)}{level}　"
    if level == "一、":
        return f"{numeral(n)}、"
    if level == "1.":
        return f"{n}{style.dot}"
    left, right = style.brackets
    return f"{left}{numeral(n) if level == '（' else n}{right}"


def numbered(made: Draft) -> Iterator[tuple[list[int], Part]]:
    """Every part with the numbers of its path, in reading order; some schemes count through."""
    running = {"running": 1, "chapters": 1}.get(made.scheme, -1)
    count = 0

    def below(parts: list[Part], above: list[int]) -> Iterator[tuple[list[int], Part]]:
        nonlocal count
        for n, part in enumerate(parts, 1):
            if len(above) == running:
                count += 1
                n = count
            path = [*above, n]
            yield path, part
            yield from below(part.parts, path)

    return below(made.parts, [])


def leaf_paths(made: Draft) -> list[str]:
    """The paths of the provisions without parts."""
    return [".".join(map(str, path)) for path, part in numbered(made) if not part.parts]


def _part_lines(made: Draft, path: list[int], part: Part, style: Style) -> list[Line]:
    """The paragraphs of a provision, the first one with its label and heading."""
    where, heading = ".".join(map(str, path)), part.heading
    label = _label(made.scheme, path, style)
    text = part.text
    if part.units:
        left, right = style.brackets
        text += f"{left}责任单位：{part.units}{right}"
    if heading and (not part.text or made.own_lines):
        paragraphs = [heading, *text.split("\n")] if text else [heading]
    else:
        paragraphs = (f"{heading}。{text}" if heading else text).split("\n")
    divides = len(path) == 1 and made.scheme != "articles"
    role = "section" if divides else "clause"
    first = Line(role, label + paragraphs[0], (), part, where, label.strip(), heading,
                 not part.parts, where)  # fmt: skip
    lines = [first, *(Line("", p, (), part, clause=where) for p in paragraphs[1:])]
    plants = iter(part.plants)
    for line in lines:
        line.plants = tuple(next(plants) for _ in range(line.text.count(START)))
    return lines


def lines_of(made: Draft, style: Style, rng: Random) -> list[Line]:
    """Every paragraph of the document, front to back."""
    number = (
        f"{made.place[:1]}政{rng.choice(('', '发', '办', '办发'))}〔{made.year}〕{made.serial}号"
    )
    date = f"{made.year}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日"
    signed = [Line("signature", f"{made.place}人民政府"), Line("signature", date)]
    front = [
        Line("title", made.title),
        Line("doc_number", number),
        Line("addressee", made.addressee),
        Line("preamble", made.preamble),
    ]
    if rng.random() < 0.15:
        front = front[:1] + front[2:]
    body = [x for path, part in numbered(made) for x in _part_lines(made, path, part, style)]
    annex = []
    if made.rows:
        title = f"附件：{made.goal}年度任务分工表" if rng.random() < 0.5 else "附件"
        annex.append(Line("annex_title", title))
        for row, plant in zip(made.rows, made.row_plants, strict=True):
            cells = style.apart.join(row)
            bars = f"|{cells}|" if style.apart == "|" else cells
            annex.append(Line("table_row", bars, (plant,) if plant else ()))
    if made.preamble.startswith("现将"):
        title = f"{made.place}{made.topic}{made.kind}"
        lines = [*front, *signed, Line("title", title), *body, *annex]
    else:
        lines = [*front, *body, *signed, *annex]
    counts: dict[str, int] = {}
    for line in lines:
        if line.role and not line.clause:
            counts[line.role] = counts.get(line.role, 0) + 1
            line.clause = f"{line.role}-{counts[line.role]}"
    return lines


# --- setting ------------------------------------------------------------------------------------


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
