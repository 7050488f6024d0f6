"""Cutting figures that stand without a gap into the cells of a row: 21.6623.04〔1.38〕, 5456."""

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from ipcompare.text import skipped

_Way = list[tuple[int, int]]  # where each cell starts and ends
_BRACKETED = re.compile(r"[〔\[][<>≤≥]?(-?\d+(?:\.\d+)?)%?(?:左右)?[〕\]]")
_NUMBER = re.compile(r"[≥≤<>~约]{0,4}(\d[\d,]*(?:\.\d+)?)")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)")
_THREE_DECIMALS = re.compile(r"\.\d{3}")
_SIGNS = re.compile(r"[≥≤<>~约]*")
_AFTER = re.compile(r"[%‰]?(?:以[上下内]|左右)?")
_NEAR = 3  # a goal is seldom more than so many times its base value, or less than its part
_MANY = 400  # ways among which none is looked for


def splits(run: str, columns: list[str], *, percent: bool, mark: str = "") -> _Way | None:
    """The cells of a run of figures under the columns, None where they can be told in no one way.

    ``columns`` are value or total: only a total stands in brackets, and it may be left out.
    ``mark`` is the footnote mark that may stand behind a number.

    >>> splits("76.7>80-", ["value", "value", "total"], percent=True)
    [(0, 4), (4, 7), (7, 8)]
    >>> splits("5456", ["value", "value"], percent=True)
    [(0, 2), (2, 4)]
    >>> splits("1122", ["value", "value", "value"], percent=False) is None
    True
    """
    ways = _likeliest(run, _all_ways(run, columns), percent)
    if ways and _sums(run, ways[0]):
        return ways[0]
    marked = with_mark(run, columns, mark, percent=percent) if mark else []
    found = ways + [way for way in marked if len(way) < 2 or _near(run, way)]
    return found[0] if len(found) == 1 else None


def with_mark(run: str, columns: list[str], mark: str, *, percent: bool) -> list[_Way]:
    """The ways to read a run in which a digit is the mark of a footnote: 15.7|4|15左右."""
    places = [at for at, char in enumerate(run) if char == mark]
    gapped = [run[:at] + " " + run[at + 1 :] for at in places]
    found = [_likeliest(words, _all_ways(words, columns), percent) for words in gapped]
    return [ways[0] for ways in found if len(ways) == 1]


def _all_ways(run: str, columns: list[str]) -> list[_Way]:
    """Every way to fill the columns, or those before the total where it is left out."""
    ways = list(islice(_ways(run, 0, columns), _MANY))
    if not ways and "total" in columns:
        ways = list(islice(_ways(run, 0, columns[: columns.index("total")]), _MANY))
    return ways if len(ways) < _MANY else []


def _ways(run: str, at: int, columns: list[str]) -> Iterator[_Way]:
    """Every way to fill the columns with what stands from ``at`` on."""
    at += len(run[at:]) - len(run[at:].lstrip())
    if at == len(run) and not columns:
        yield []
    elif at < len(run) and columns:
        for end in _ends(run, at, columns[0]):
            yield from ([(at, end), *rest] for rest in _ways(run, end, columns[1:]))


def _ends(run: str, at: int, column: str) -> Iterator[int]:
    """Where a cell that begins at ``at`` may end."""
    if run[at] == "-":
        yield at + 1
    elif bracketed := _BRACKETED.match(run, at):
        yield bracketed.end()
    elif column != "total":
        digits = skipped(_SIGNS, run, at)
        for end in _number_ends(run, digits):
            end = skipped(_AFTER, run, end)
            if not run.startswith((".", ","), end):
                yield end


def _number_ends(run: str, digits: int) -> Iterator[int]:
    """Where a number that begins here may end: 5|4|5|6, 21|.6|6."""
    if grouped := _THOUSANDS.match(run, digits):
        yield grouped.end()
        return
    whole = digits
    while run[whole : whole + 1].isdigit():
        whole += 1
        yield whole
        part = whole + 1
        while run.startswith(".", whole) and run[part : part + 1].isdigit():
            part += 1
            yield part
        if run[digits] == "0":
            return


# --- which way is right -------------------------------------------------------------------


def _likeliest(run: str, ways: list[_Way], percent: bool) -> list[_Way]:
    """The ways left when sums, decimals, per cent and the nearness of base and goal speak."""
    for right in (_sums, _two_decimals, _within_hundred, _near):
        if len(ways) > 1 and (percent or right is not _within_hundred):
            ways = [way for way in ways if right(run, way)] or ways
    return ways


def _numbers(run: str, way: _Way) -> list[float]:
    found = (_NUMBER.match(run, a, b) for a, b in way)
    return [float(number[1].replace(",", "")) for number in found if number]


def _sums(run: str, way: _Way) -> bool:
    """21.66, 23.04 and 〔1.38〕: the total is what base and goal differ by."""
    totals = [m for a, b in way if (m := _BRACKETED.fullmatch(run, a, b))]
    numbers = _numbers(run, way)
    if len(totals) != 1 or len(numbers) != 2:
        return False
    return abs(abs(numbers[1] - numbers[0]) - abs(float(totals[0][1]))) < 1e-9


def _two_decimals(run: str, way: _Way) -> bool:
    return not any(_THREE_DECIMALS.search(run, a, b) for a, b in way)


def _within_hundred(run: str, way: _Way) -> bool:
    return all(number <= 100 for number in _numbers(run, way))


def _near(run: str, way: _Way) -> bool:
    pairs = pairwise(_numbers(run, way))
    return all(min(a, b) * _NEAR >= max(a, b) > 0 for a, b in pairs)
