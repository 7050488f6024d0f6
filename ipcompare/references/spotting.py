"""Where a text names another document: a name in 《》, a number, or both beside each other.

Everything here is read in width-folded text (``text.fold_width``), whose offsets are those of the
text itself. What is a document's name and what a number is data: ``drafting/references.toml``.
"""

import functools
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace

from ipcompare.data import data_pattern, read_toml

FILE = "drafting/references.toml"
# 《国务院关于印发〈甲规划〉的通知》, also with 《》 inside; a name is never longer.
_NAMED = re.compile(r"《((?:[^《》\n]|《[^《》\n]*》){2,160})》")
# What stands in brackets behind it: (国发〔2015〕71号,以下简称《意见》)
_BRACKET = re.compile(
    r"\((?:[^()\n]|\([^()\n]*\)){1,120}\)|\[(?:[^\[\]\n]|\[[^\[\]\n]*\]){1,120}\]|【[^【】\n]{1,120}】"
)
_LETTERS = re.compile(r"[\u4e00-\u9fffA-Z]*")


@dataclass(frozen=True)
class Spotted:
    """One place that names a document: offsets in the text of its row.

    ``start`` to ``end`` is the reference as written, to ``outer`` what belongs to it behind: the
    bracket with the number. ``name`` is the name without 《》, ``number`` the span of the number.
    """

    start: int
    end: int
    outer: int
    name: str = ""
    number: tuple[int, int] | None = None
    explains: str = ""  # the short name that the bracket gives it


def spotted(text: str, known: Container[str] = ()) -> list[Spotted]:
    """The references in one folded text, in reading order.

    ``known`` are the short names that the document has explained so far: 《办法》 counts where it
    is one of them.
    """
    named = list(_names(text, known))
    taken = [m.span() for m in _NAMED.finditer(text)] + [(one.end, one.outer) for one in named]
    alone = [one for one in _numbers(text) if not any(a <= one.start < b for a, b in taken)]
    return sorted(_joined(text, named, alone), key=lambda one: one.start)


def is_document(name: str) -> bool:
    """Whether a name in 《》 is that of a document: by its ending, and no form or short name.

    >>> [is_document(name) for name in ("某市专利资助办法(试行)", "人民日报", "申请表", "办法")]
    [True, False, False, False]
    """
    name = name.rstrip('"》〉')
    plain = without_tail(name)
    if rule("short").fullmatch(plain) or any(p.fullmatch(plain) for p in rules("never")):
        return False
    return any(pattern.search(plain) or pattern.search(name) for pattern in _endings())


def without_tail(name: str) -> str:
    """The name without the brackets and years behind it."""
    found = _tail().search(name)
    return name[: found.start()] if found and found.start() else name


def _names(text: str, known: Container[str]) -> Iterator[Spotted]:
    """The documents named in 《》, each with the number in the bracket behind it."""
    explained = [m.span(1) for m in rule("explained").finditer(text)]
    here: set[str] = set()
    for match in _NAMED.finditer(text):
        name = match[1]
        if any(a - 1 <= match.start() < b for a, b in explained):
            continue
        if name in here or name in known or is_document(name):
            one = _with_bracket(text, Spotted(*match.span(), match.end(), name))
            here.add(one.explains)
            yield one


def _with_bracket(text: str, one: Spotted) -> Spotted:
    """The reference with what belongs to it behind 》: number, short name."""
    rest = rule("rest").match(text, one.end)
    at = rest.end() if rest and _BRACKET.match(text, rest.end()) else one.end
    outer, number, explains = at, None, ""
    while bracket := _BRACKET.match(text, outer):
        number = number or _number_in(text, *bracket.span())
        short = rule("explained").search(bracket[0])
        explains, outer = short[1] if short else explains, bracket.end()
    if number is None and outer == at:
        found = (p.match(text, outer) for p, alone in number_forms() if alone)
        number = next((m.span() for m in found if m and not _code_at(m[0])), None)
        outer = number[1] if number else outer
    return replace(one, outer=outer, number=number, explains=explains)


def _number_in(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The first number within a bracket."""
    for pattern, _ in number_forms():
        if found := pattern.search(text, start + 1, end - 1):
            return found.start() + _code_at(found[0]), found.end()
    return None


def _numbers(text: str) -> Iterator[Spotted]:
    """The numbers that need no name beside them; the office's letters begin where they should."""
    done = 0
    spans = [m.span() for p, alone in number_forms() if alone for m in p.finditer(text)]
    for start, end in sorted(spans):
        if start < done:
            continue
        start, done = start + _code_at(text[start:end]), end
        yield Spotted(start, end, end, number=(start, end))


def _code_at(number: str) -> int:
    """Where the letters of the office begin in what the pattern found.

    >>> _code_at("按照鹤政办〔2017〕3号"), _code_at("市财政东财〔2017〕98号")
    (2, 3)
    """
    letters = _LETTERS.match(number)
    end = letters.end() if letters else 0
    ends = [found.end() for found in rule("behind").finditer(number, 0, end)]
    return max((at for at in ends if at < end), default=0)


def _joined(text: str, named: list[Spotted], alone: list[Spotted]) -> list[Spotted]:
    """A number directly before a name without one is the name's: 国发〔2015〕71号《…》."""
    before = {}
    for number in alone:
        gap = rule("to_the_name").match(text, number.end)
        before[gap.end() if gap else number.end] = number
    found = []
    for one in named:
        if one.number is None and one.start in before:
            one = replace(one, number=before.pop(one.start).number)
        found.append(one)
    return found + list(before.values())


# --- the data file ------------------------------------------------------------------------------


@functools.cache
def rule(name: str) -> re.Pattern:
    """The pattern of one table of the file, as ``issuer``."""
    return data_pattern(FILE, read_toml(FILE)[name]["pattern"])


@functools.cache
def rules(name: str) -> tuple[re.Pattern, ...]:
    """The patterns of one array of tables of the file."""
    return tuple(data_pattern(FILE, entry["pattern"]) for entry in read_toml(FILE)[name])


@functools.cache
def number_forms() -> tuple[tuple[re.Pattern, bool], ...]:
    """Each form of a number, and whether it is a reference without a name beside it."""
    return tuple((data_pattern(FILE, e["pattern"]), e["alone"]) for e in read_toml(FILE)["number"])


@functools.cache
def _endings() -> tuple[re.Pattern, ...]:
    return tuple(re.compile(f"(?:{pattern.pattern})$") for pattern in rules("name"))


@functools.cache
def _tail() -> re.Pattern:
    return re.compile(f"(?:{rule('tail').pattern})$")
