"""Find quantities in one text: number, value, comparator, unit, and where each stands.

All matching is done on ``fold_width(text)`` after dates, document numbers and slogans are blanked.
"""

import re
from dataclasses import dataclass

from ipcompare.quantities.comparing import compare, share_comparators
from ipcompare.quantities.number_patterns import (
    ANY_NUMBER,
    MORE,
    NUMBER,
    NUMERAL,
    SCALED,
    Written,
    blank_exclusions,
    candidate,
    is_colon,
    written_at,
)
from ipcompare.quantities.numerals import magnitude, value
from ipcompare.quantities.rules import cues, units


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
    factor = magnitude(SCALED.match(low_unit)[0]) / magnitude(SCALED.match(unit)[0])
    return (round(first * factor, 12) if low_unit and low_unit != unit else first), second


def _without_scale(unit: str) -> str:
    """万件 → 件, 余家 → 家."""
    bare = unit[SCALED.match(unit).end() :]
    return bare[1:] if bare[:1] and bare[0] in MORE else bare


COMPOUND = re.compile(r"[/·(]")
PER_ALONE = re.compile("(?:[十百千]?[万亿]|万亿)/")


def _class_of(unit: str) -> tuple[str, bool]:
    """The class of a unit as written, magnitude and compound tail stripped."""
    if unit.startswith("/"):
        return "percent", True  # 孕产妇死亡率18/10万
    if PER_ALONE.match(unit):
        return "money", True  # 补助1.5万/人/年
    for bare in (_without_scale(unit), unit):
        for cut in (bare, COMPOUND.split(bare)[0]):
            if cut in units():
                return units()[cut]["class"], True
    return "count", not _without_scale(unit)


def _chinese_is_quantity(text: str, start: int, number: str, unit: str, compared: bool) -> bool:
    """Whether a Chinese numeral with this unit states a plan quantity, not a fixed expression.

    三百件 and 两家 do; 三个方面, 一个中心 do not; 十五个工作日 does only beside 内, 不超过 ...
    """
    bare = _without_scale(unit)
    row = units().get(bare) or units().get(COMPOUND.split(bare)[0])
    if row is None or cues()["numeral.not_after"].search(text[max(0, start - 2) : start]):
        return False
    if row["class"] == "money":
        return compared or len(number) > 1 or number not in "十百千"  # 百元医疗收入
    if row["class"] in ("percent", "points", "times"):
        return row["class"] != "percent" or compared or number != "一"
    if compared:
        return True
    if number in ("一", "百", "千", "百千", "千百") or row["numeral"] == "time":
        return row["numeral"] == "time" and bool(
            cues()["numeral.duration"].search(text[max(0, start - 6) : start])
        )
    if row["numeral"] == "free":
        return True
    if len(number) > 1 and _closes_phrase(text, start, len(number) + len(unit)):
        return True
    return bool(cues()["numeral.plan"].search(text[max(0, start - 6) : start]))


def _closes_phrase(text: str, start: int, length: int) -> bool:
    """A number of two figures or more after its noun, at a phrase's end: 评选重点村五十个,"""
    after = text[start + length : start + length + 1]
    return after in ",;。、" and "\u4e00" <= text[start - 1 : start] <= "\u9fff"


# 30畦以上 → 畦; 30畦, → 畦; a longer word only before a comparator
UNKNOWN = re.compile(
    r"[\u4e00-\u9fff]{1,3}?(?=以上|以下|以内|左右)|[\u4e00-\u9fff](?=[,。;、)\n\t]|$)"
)
PARTS = re.compile(r"\d+(?:\.\d+)?")
INCLUDED_SIGN = re.compile(r"\(不?含\)")
CLOCK = re.compile("0\\d|[03]0|[14]5")
AFTER_PREDICATE = re.compile(r"[\u4e00-\u9fff]")


def _bare_number(text: str, start: int, end: int, compared: bool) -> str | None:
    """The unit ("" or an unknown word) of a number without known unit, None if no quantity.

    Such a number counts only beside a comparator, after a predicate (指数达到0.8), before an
    unknown measure word (30畦以上) or as the opening of a list (10、20、30家); the rest are names
    and numbers of things (863计划).
    """
    after = text[end : end + 1]
    if re.fullmatch(r"(?:19|20)\d\d", text[start:end]) or re.match("[A-Za-zα-ω]", after):
        return None
    if after in ("、", "和", "/") and text[end + 1 : end + 2].isdigit():
        return ""
    no_unit = cues()["numeral.no_unit"].match(text, end)
    unknown = None if no_unit else UNKNOWN.match(text, end)
    if unknown:
        return unknown[0]
    if compared or cues()["numeral.predicate"].search(text[max(0, start - 8) : start]):
        word = None if no_unit else AFTER_PREDICATE.match(text, end)
        return word[0] if word else ""
    return None


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
            first = match if match["low"] else NUMBER.match(blank, start)
            written = written_at(blank, start, first.end())
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
    unit_class, known = _class_of(unit) if unit else ("count", False)
    sign, left, right = compare(blank, start, end, unit_class)
    if not blank[start].isdigit():
        number = blank[start : written.low_end]
        if not unit or not _chinese_is_quantity(blank, start, number, unit, sign != "="):
            return None
    elif not unit:
        unit = _bare_number(blank, start, end, sign != "=")
        if unit is None:
            return None
        if unit:
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
    at = SCALED.match(unit).end()
    if unit[at : at + 1] and unit[at] in MORE:
        return unit[:at] + unit[at + 1 :], True
    return unit, False


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
