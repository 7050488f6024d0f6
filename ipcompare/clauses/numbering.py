"""The numbering of Chinese official texts: labels such as 二、（三）4. read as numbers."""

import functools
import re
from typing import NamedTuple

from ipcompare.data import data_pattern, read_toml
from ipcompare.numerals import value

_RULES = "drafting/levels.toml"

_NUMERAL = "[一二三四五六七八九十百〇零]{1,7}"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟"


class Label(NamedTuple):
    """A numbering label: the length it takes, its level's rank and name, and its number.

    ``section``: it divides the text; ``alone``: it is cited without the levels above it.
    """

    length: int
    rank: int
    level: str
    number: str
    section: bool
    alone: bool


class _Level(NamedTuple):
    pattern: re.Pattern
    rank: int
    name: str
    section: bool
    alone: bool


@functools.cache
def _levels() -> tuple[_Level, ...]:
    levels = []
    for entry in read_toml(_RULES)["level"]:
        source = entry["pattern"].replace("{cn}", f"({_NUMERAL})").replace("{n}", r"(\d{1,3})")
        flags = entry.get("section", False), entry.get("alone", False)
        pattern = data_pattern(_RULES, source)
        levels.append(_Level(pattern, entry["rank"], entry["name"], *flags))
    return tuple(levels)


def _number(groups: list[str], label: str) -> str:
    if not groups:
        return str(_CIRCLED.index(label) + 1)
    return "-".join(g if g.isdigit() else str(int(value(g))) for g in groups)


def match_label(folded: str) -> Label | None:
    """The label at the start of a width-folded, space-free paragraph, or None.

    >>> match_label("(二十一)加快人才培养")
    Label(length=5, rank=6, level='（一）', number='21', section=False, alone=False)
    >>> match_label("1.5万亿元") is None
    True
    """
    for level in _levels():
        found = level.pattern.match(folded)
        if found:
            groups = [g for g in found.groups() if g]
            number = _number(groups, found[0])
            return Label(found.end(), level.rank, level.name, number, level.section, level.alone)
    return None


@functools.cache
def _decimal() -> tuple[re.Pattern, int]:
    entry = read_toml(_RULES)["decimal"]
    return data_pattern(_RULES, entry["pattern"].replace("{n}", r"\d{1,2}")), entry["rank"]


class Decimals:
    """Decimal numbering (1总则 1.1编制目的), read only in strict sequence.

    >>> [bool(Decimals().match(s)) for s in ("1总则", "1.1编制目的", "2.5万人")]
    [True, False, False]
    """

    def __init__(self) -> None:
        self._last: list[int] = []

    def match(self, folded: str) -> Label | None:
        """The next label in sequence, or None: 2.5万人 after 1.1 is none."""
        pattern, rank = _decimal()
        found = pattern.match(folded)
        parts = [int(n) for n in found[0].split(".")] if found else []
        follows = [
            self._last[: k - 1] + [self._last[k - 1] + 1] for k in range(1, len(self._last) + 1)
        ]
        if not found or parts not in [*follows, [*self._last, 1]]:
            return None
        self._last = parts
        section = len(parts) == 1
        return Label(found.end(), rank + len(parts), "1.1", str(parts[-1]), section, not section)


class Sequence:
    """The numbers seen so far at each level, to tell a next label from a wrapped line.

    Numbering may restart under a new parent or run through the whole text; both are expected.
    """

    def __init__(self) -> None:
        self._last: dict[int, int] = {}

    def expects(self, label: Label) -> bool:
        """Whether the label's number is 1 or follows the last one at its level."""
        number = int(label.number.split("-")[0])
        return number in (1, self._last.get(label.rank, 0) + 1)

    def push(self, label: Label) -> None:
        """Take the label as a provision's own."""
        self._last[label.rank] = int(label.number.split("-")[0])
