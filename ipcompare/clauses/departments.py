"""The responsible departments that close a provision: (责任单位:市科技局、市财政局)."""

import functools
import re
from typing import NamedTuple

from ipcompare.data import data_pattern, read_toml
from ipcompare.text import fold_width

_RULES = "drafting/roles.toml"

_PAIRS = {")": "(", "】": "【", "]": "[", "〕": "〔"}


class Closing(NamedTuple):
    """The departments that close a provision.

    ``start`` is where their bracket begins (the text's length if there is none), ``said`` whether
    the text calls them responsible, not only lists them.
    """

    start: int
    units: tuple[str, ...] = ()
    said: bool = False


@functools.cache
def _patterns() -> dict[str, re.Pattern]:
    entries = read_toml(_RULES)["units"]
    return {name: data_pattern(_RULES, source) for name, source in entries.items()}


def closing_departments(text: str) -> Closing:
    """Read the responsible departments at the end of a provision's clean text, as written.

    >>> closing_departments("推进改革。（市科技局、市财政局按职责分工负责）").units
    ('市科技局', '市财政局')
    >>> closing_departments("建设一批平台（园区）").units
    ()
    """
    folded = fold_width(text)
    opening, end = _last_bracket(folded)
    if opening is None:  # 责任单位:市科技局 on a line of its own
        start = folded.rfind("\n") + 1
        lead = _patterns()["cue"].match(folded, start)
        if not lead or lead[0] == "由":
            return Closing(len(text))
        return Closing(start, _names(folded, text, start, end)[0], True)
    units, said = _names(folded, text, opening + 1, end)
    return Closing(opening, units, said) if units else Closing(len(text))


def _last_bracket(folded: str) -> tuple[int | None, int]:
    """The content of the bracket that ends the text, as (position of its opening, end)."""
    end = len(folded.rstrip("。\n"))
    if not end or folded[end - 1] not in _PAIRS:
        return None, end
    close, depth = folded[end - 1], 0
    for at in range(end - 1, -1, -1):
        depth += (folded[at] == close) - (folded[at] == _PAIRS[close])
        if depth == 0:
            return at, end - 1
    return None, end


def _names(folded: str, text: str, start: int, end: int) -> tuple[tuple[str, ...], bool]:
    """The names between start and end, and whether a cue or 负责 says that they answer for it."""
    cue, tail = _patterns()["cue"], _patterns()["tail"]
    said = bool(cue.match(folded, start))
    found, beside = [], False
    for a, b in _pieces(folded, start, end):
        lead = cue.match(folded, a, b)
        a = lead.end() if lead else a
        beside = not lead and (beside or bool(_patterns()["beside"].match(folded, a, b)))
        if beside or _patterns()["address"].search(folded, a, b):
            continue
        ending = re.compile(f"(?:{tail.pattern})$").search(folded, a, b)
        said |= bool(ending and re.search("负责|落实|牵头|配合", ending[0]))
        b = ending.start() if ending else b
        if b > a:
            found.append((a, b))
    name = re.compile(f".*{_patterns()['name'].pattern}")
    # (市、区) is no list of departments: without a cue each must be a full name.
    if not said and not all(b - a > 2 and name.fullmatch(folded, a, b) for a, b in found):
        return (), False
    return tuple(text[a:b] for a, b in found), said


def _pieces(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """Split at 、 , ; and joints outside brackets: 各县(市、区)政府 is one name."""
    joint, pieces, depth, a = _patterns()["joint"], [], 0, start
    for at in range(start, end):
        depth += (folded[at] in "([〔【") - (folded[at] in ")]〕】")
        if depth or at < a:
            continue
        joined = joint.match(folded, at, end)
        if joined or folded[at] in "、,;。\n":
            pieces.append((a, at))
            a = joined.end() if joined else at + 1
    return [*pieces, (a, end)]


def table_departments(cells: tuple[str, ...], header: tuple[str, ...]) -> Closing:
    """The departments of a table row, from the columns whose header names responsible units.

    ``start`` is where the last columns begin, counted in the cells joined by tabs, if these are
    such columns.
    """
    responsible = data_pattern(_RULES, read_toml(_RULES)["table"]["units"])
    whole = len("\t".join(cells))
    if cells == header or len(cells) != len(header):
        return Closing(whole)
    named = [bool(responsible.fullmatch(fold_width(head))) for head in header]
    found = [name for cell, of_units in zip(cells, named, strict=True) if of_units
             for name in _listed(cell)]  # fmt: skip
    last = len(named) - next((n for n, of_units in enumerate(reversed(named)) if not of_units), 0)
    return Closing(len("\t".join(cells[:last])), tuple(found), True)


def _listed(cell: str) -> list[str]:
    """The names in a cell."""
    folded = fold_width(cell)
    return [cell[a:b] for a, b in _pieces(folded, 0, len(folded)) if b > a]
