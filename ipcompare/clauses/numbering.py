"""The numbering of Chinese official texts: labels such as 二、（三）4. read as numbers."""

import functools
import re
import unicodedata
from typing import NamedTuple

from ipcompare.data import data_pattern, read_toml
from ipcompare.numerals import value

_RULES = "drafting/levels.toml"

_NUMERAL = "([一二三四五六七八九十百〇零]{1,7})"
_DIGITS = r"(\d(?: ?\d){0,2})"


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

    def label(self, folded: str) -> Label | None:
        found = self.pattern.match(folded)
        if found is None:
            return None
        number = _number([g for g in found.groups() if g], found[0])
        return Label(found.end(), self.rank, self.name, number, self.section, self.alone)


def _pattern(source: str) -> re.Pattern:
    """A pattern of ``levels.toml`` with its numerals and what shows a mere citation."""
    for name, part in (("cited", read_toml(_RULES)["cited"]), ("cn", _NUMERAL), ("n", _DIGITS)):
        source = source.replace(f"{{{name}}}", part)
    return data_pattern(_RULES, source)


@functools.cache
def _levels() -> tuple[_Level, ...]:
    return tuple(
        _Level(_pattern(x["pattern"]), x["rank"], x["name"], x.get("section", False),
               x.get("alone", False))
        for x in read_toml(_RULES)["level"]
    )  # fmt: skip


def _number(groups: list[str], label: str) -> str:
    """12 of 第十二条, 10 of 第1 0条, 12-1 of 第十二条之一, 3 of ㈢."""
    plain = [g.replace(" ", "") for g in groups] or [str(int(unicodedata.numeric(label[0])))]
    return "-".join(str(int(g) if g.isdigit() else int(value(g))) for g in plain)


def match_label(folded: str) -> Label | None:
    """The label at the start of a width-folded, space-free paragraph, or None.

    >>> match_label("(二十一)加快人才培养")
    Label(length=5, rank=6, level='（一）', number='21', section=False, alone=False)
    >>> match_label("1.5万亿元") is None, match_label("第三条规定的情形") is None
    (True, True)
    """
    return next((label for level in _levels() if (label := level.label(folded))), None)


# --- labels that only the sequence tells ------------------------------------------------------


@functools.cache
def _glued() -> tuple[_Level, re.Pattern]:
    entry = read_toml(_RULES)["glued"]
    level = next(level for level in _levels() if level.name == entry["level"])
    whole = data_pattern(_RULES, entry["whole"])
    return level._replace(pattern=_pattern(entry["pattern"])), whole


def glued_label(folded: str) -> Label | None:
    """What would be the label of 3.5家企业, were it item 3 with 5家."""
    return _glued()[0].label(folded)


def counts_whole(folded: str) -> bool:
    """Whether a line begins with 3.5家, which can be no number of firms."""
    return bool(_glued()[1].match(folded))


def _follows(last: list[int], parts: list[int]) -> bool:
    """Whether 1.2, 2 or 1.1.1 comes after 1.1."""
    k = len(parts)
    if k == len(last) + 1:
        return parts == [*last, 1]
    return 0 < k <= len(last) and parts == [*last[: k - 1], last[k - 1] + 1]


def _opens_next(last: list[int], parts: list[int]) -> bool:
    """Whether 2.1 is the first one of the chapter after that of 1.1.2."""
    above = parts[:-1]
    return parts[-1] == 1 and any(above == [*last[:j], last[j] + 1] for j in range(len(last)))


class Decimals:
    """Decimal numbering (1总则 1.1编制目的), read only in strict sequence.

    A run of such numbers may begin anywhere (四、 4.1 4.1.1) if the next one goes on.

    >>> numbers = Decimals(["1总则", "1.1编制目的", "2.5万人", "1.2依据"])
    >>> [bool(numbers.match(n)) for n in range(4)]
    [True, True, False, True]
    """

    def __init__(self, lines: list[str]) -> None:
        entry = read_toml(_RULES)["decimal"]
        pattern = data_pattern(_RULES, entry["pattern"].replace("{n}", r"\d{1,2}"))
        self._rank = entry["rank"]
        self._last: list[int] = []
        self._found = {n: found for n, line in enumerate(lines) if (found := pattern.match(line))}
        parts = [self._parts(n) for n in self._found]
        self._after = {n: parts[k + 1 : k + 4] for k, n in enumerate(self._found)}

    def _parts(self, n: int) -> list[int]:
        return [int(part) for part in re.findall(r"\d+", self._found[n][0])]

    def match(self, n: int) -> Label | None:
        """The label of line ``n`` where it is next in sequence, or None: 2.5万人 after 1.1."""
        if n not in self._found:
            return None
        parts = self._parts(n)
        starts = parts[-1] == 1 and any(_follows(parts, after) for after in self._after[n])
        if not (_follows(self._last, parts) or starts or _opens_next(self._last, parts)):
            return None
        self._last = parts
        section, rank = len(parts) == 1, self._rank + len(parts)
        return Label(self._found[n].end(), rank, "1.1", str(parts[-1]), section, not section)


class Sequence:
    """The numbers seen so far at each level, to tell a next label from a wrapped line.

    Numbering may restart under a new parent or run through the whole text; both are expected.
    """

    def __init__(self) -> None:
        self._last: dict[int, int] = {}
        self._open: dict[int, int] = {}

    def expects(self, label: Label) -> bool:
        """Whether the label's number is 1 or follows the last one at its level."""
        return _first(label) in (1, self._last.get(label.rank, 0) + 1)

    def goes_on(self, label: Label) -> bool:
        """Whether the label follows the last one of a list that no higher level has closed."""
        return self._open.get(label.rank, 0) + 1 == _first(label) > 1

    def push(self, label: Label) -> None:
        """Take the label as a provision's own."""
        self._last[label.rank] = _first(label)
        self._open = {rank: n for rank, n in self._open.items() if rank < label.rank}
        self._open[label.rank] = _first(label)


def _first(label: Label) -> int:
    """12 of 第十二条之一."""
    return int(label.number.split("-")[0])
