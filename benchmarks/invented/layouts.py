"""How a document looks: numbering, page, width of digits and signs, what a scan leaves in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from invented.parts import Draft, Part
from invented.wording import START, Plant

_NUMERALS = "〇一二三四五六七八九"


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
