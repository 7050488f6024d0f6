"""Find quantities in one text: number, value, comparator, unit, and where each stands.

All matching is done on ``fold_width(text)`` after dates, document numbers and slogans are blanked.
"""

import re
from dataclasses import dataclass

from ipcompare.numerals import magnitude, value
from ipcompare.quantities.comparing import compare, share_comparators
from ipcompare.quantities.cues import cues
from ipcompare.quantities.numbers import (
    ANY_NUMBER,
    NUMBER,
    NUMERAL,
    Written,
    blank_exclusions,
    candidate,
    is_colon,
    written_at,
)
from ipcompare.quantities.units import class_of, parts_of
from ipcompare.quantities.what_counts import bare_number, chinese_is_quantity
from ipcompare.text import skipped


@dataclass(slots=True)
class Quantity:
    """One quantity mention; offsets are into the text it was found in."""

    start: int  # the number
    end: int  # the end of the unit
    left: int  # the start of the comparator before the number
    right: int  # the end of the comparator after the unit
    number: str
    low: float
    high: float
    comparator: str
    unit: str
    unit_class: str
    known: bool  # whether units.csv knows the unit
    spans: tuple[tuple[int, int], ...]  # where the number is written, seen from its start


def _scaled_pair(low: str, high: str, low_unit: str, unit: str) -> tuple[float, float]:
    """Both ends of a range in the unit written last: 5000元至1万元 is 0.5 to 1 万元."""
    first, second = value(low), value(high)
    factor = magnitude(parts_of(low_unit)[0]) / magnitude(parts_of(unit)[0])
    return (round(first * factor, 12) if low_unit and low_unit != unit else first), second


PARTS = re.compile(r"\d+(?:\.\d+)?")
INCLUDED_SIGN = re.compile(r"\(不?含\)")
CLOCK = re.compile("0\\d|[03]0|[14]5")


def _special(match: re.Match) -> tuple | None:
    """number, value, unit of 百分之十, 三分之二, 1:1; None for a time of day (8:30).

    A ratio of three parts (5:3:2) has no one value: NaN, never a guess.
    """
    if match["percent"]:
        return match["percent"], value(match["percent"]), "%"
    if match["fraction"] in ("一半", "半数"):
        return match["fraction"], 0.5, "比例"
    if match["fraction"]:
        below, above = map(value, match["fraction"].split("分之"))
        return match["fraction"], above / below, "比例"
    parts = PARTS.findall(match["ratio"])
    if len(parts) == 2 and CLOCK.fullmatch(parts[1]) and float(parts[0]) < 25:
        return None
    exact = len(parts) == 2 and float(parts[1])
    return ":".join(parts), float(parts[0]) / float(parts[1]) if exact else float("nan"), "比例"


def find_quantities(folded: str) -> list[Quantity]:
    """Every quantity of a width-folded text, in order.

    >>> [(q.number, q.unit, q.comparator) for q in find_quantities("贴息50%,最高不超过20万元")]
    [('50', '%', '='), ('20', '万元', '<=')]
    """
    if not candidate().search(folded):
        return []
    blank, found, at = blank_exclusions(folded), [], 0
    while head := NUMERAL.search(blank, at):
        match = ANY_NUMBER.match(blank, head.start())
        start, at = match.span() if match else head.span()
        if match is None:
            continue
        if match["low"] or (match["colon"] and not is_colon(match["colon"])):
            first = match.end() if match["low"] else skipped(NUMBER, blank, start)
            written = written_at(blank, start, first)
            at = written.end
            found.append(_plain_quantity(written, blank))
        else:
            found.append(_special_quantity(match, blank))
    return _shared_units([q for q in found if q], blank)


def _special_quantity(match: re.Match, blank: str) -> Quantity | None:
    if (fields := _special(match)) is None:
        return None
    start, end = match.span()
    sign, left, right = compare(blank, start, end, "percent")
    number, worth, unit = fields
    spans = ((end - start - len(number), end - start),)
    return Quantity(
        start, end, left, right, number, worth, worth, sign, unit, "percent", True, spans
    )


def _plain_quantity(written: Written, blank: str) -> Quantity | None:
    """The quantity of one number or range; None where the number is part of something else."""
    start, end = written.start, written.end
    unit = INCLUDED_SIGN.sub("", blank[written.unit : end])
    unit_class, known = class_of(unit) if unit else ("count", False)
    sign, left, right = compare(blank, start, end, unit_class)
    if not blank[start].isdigit():
        number = blank[start : written.low_end]
        if not unit or not chinese_is_quantity(blank, start, number, unit, sign != "="):
            return None
    elif not unit:
        bare = bare_number(blank, start, end, sign != "=")
        if bare is None:
            return None
        if unit := bare:
            end += len(unit)
            sign, left, right = compare(blank, start, end, "count")
    unit, more = _without_more(unit)
    number, low, high, spans = _values(written, blank, unit)
    if written.high < written.number_end:
        sign = "range"
    elif sign in ("=", "~") and (more or written.unit > written.number_end):
        sign = ">"
    return Quantity(
        start, end, left, right, number, low, high, sign, unit, unit_class, known, spans
    )


def _without_more(unit: str) -> tuple[str, bool]:
    """万多亿元 → 万亿元, and whether there was such a word (300余家, 3万多人)."""
    scale, more, bare = parts_of(unit)
    return scale + bare, bool(more)


def _values(written: Written, blank: str, unit: str) -> tuple[str, float, float, tuple]:
    """The number as written, its two values in the unit of the mention, and where it stands."""
    start, low_end, gap_end, high, number_end, _, _ = written
    low = blank[start:low_end]
    if high == number_end:
        return low, value(low), value(low), ((0, low_end - start),)
    low_unit = _without_more(blank[low_end:gap_end])[0]
    pair = _scaled_pair(low, blank[high:number_end], low_unit, unit)
    spans = ((0, low_end - start), (gap_end - start, number_end - start))
    return low + blank[gap_end:number_end], *pair, spans


def _shared_units(found: list[Quantity], blank: str) -> list[Quantity]:
    """10、20、30家: a number without unit takes the unit of the list it opens, or is dropped."""
    kept, after = [], None
    for quantity in reversed(found):
        at = quantity.start
        if quantity.unit == "" and after and after.start == quantity.end + 1 and after.unit:
            quantity.unit, quantity.unit_class = after.unit, after.unit_class
            quantity.known = after.known
        elif quantity.unit == "" and quantity.comparator == "=" and not (
            cues()["numeral.predicate"].search(blank[max(0, at - 8) : at])
        ):  # fmt: skip
            continue
        kept.append(quantity)
        after = quantity
    return share_comparators(kept[::-1], blank)
