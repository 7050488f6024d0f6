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
    alone_at,
    blank_exclusions,
    candidate,
    is_colon,
    plain_numerals,
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
    own = magnitude(parts_of(unit)[0])
    if low_unit and low_unit != unit:
        return round(first * magnitude(parts_of(low_unit)[0]) / own, 12), second
    bare = first > second >= first / own and not low_unit  # 5000至1万元: the first is in 元
    return (round(first / own, 12) if bare else first), second


LIST_SIGNS = ("、", ",", "/", ":", "或", "和", "与")
PARTS = re.compile(r"\d+(?:\.\d+)?")
INCLUDED_SIGN = re.compile(r"\(不?含\)")
NEIGHBOURS = re.compile(
    "(?P<tens>十?)(?P<low>[一二两三四五六七八九])(?P<high>[二两三四五六七八九])(?P<size>[十百千]?)"
)
SIGNED = ("℃", "°C", "度", "%", "‰", "个百分点", "百分点")  # units that go below zero
BEFORE_SIGN = re.compile(r"[A-Za-z0-9%℃)\]-]")  # 3%-5%, A-1
SIGN = re.compile("[-~至到]")
TENTH = re.compile(r"[一二三四五六七八九半1-9](?=[以左上下,.。;、的及与)\n\t]|$)")  # 八成五
BELOW = {"百": "%", "千": "‰", "万": "‱"}  # 百分之十 is 10 %
CLOCK = re.compile("0\\d|[03]0|[14]5")
CURRENCY = re.compile(
    r"(?<![A-Za-z])(?:RMB ?[¥￥]?|CNY ?|[¥￥]|USD ?|US ?\$|\$|HKD ?|HK ?\$|EUR ?|€|£) ?$"
)
CURRENCY_UNITS = {"R": "元", "C": "元", "¥": "元", "￥": "元", "H": "港元", "E": "欧元"}
CURRENCY_UNITS |= {"€": "欧元", "£": "英镑", "$": "美元", "U": "美元"}


def _special(match: re.Match) -> tuple | None:
    """number, value, unit of 百分之十, 三分之二, 1:1; None for a time of day (8:30).

    A ratio of three parts (5:3:2) has no one value: NaN, never a guess.
    """
    if match["share"]:
        return match["share"], value(match["share"]), BELOW[match["below"]]
    if match["fraction"] in ("一半", "半数"):
        return match["fraction"], 0.5, "比例"
    if match["fraction"]:
        upper, sign, lower = match["fraction"].partition("/")
        below, above = (lower, upper) if sign else match["fraction"].split("分之")
        return match["fraction"], round(value(above) / value(below), 4), "比例"
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
    folded = plain_numerals(folded)
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
            quantity = _plain_quantity(written, blank)
            if quantity and quantity.low > quantity.high:  # 1203~5家 is no range
                written = alone_at(blank, start, first)
                quantity = _plain_quantity(written, blank)
            at = max(written.end, quantity.end if quantity else 0)
            found.append(quantity)
        else:
            special = _special_quantity(match, blank)
            at = special.end if special else at
            found.append(special)
    return _shared_units([q for q in found if q], blank)


def _special_quantity(match: re.Match, blank: str) -> Quantity | None:
    if (fields := _special(match)) is None:
        return None
    start, end = match.span()
    sign, left, right = compare(blank, start, end, "percent")
    number, low, unit = fields
    at = match.start("share") - start if match["share"] else end - start - len(number)
    spans: tuple[tuple[int, int], ...] = ((at, at + len(number)),)
    high = low
    if match["top"] and value(match["top"]) < low:  # 万分之五至3家 is no range
        end = start + at + len(number)
    elif match["top"]:
        number, high, sign = f"{number}-{match['top']}", value(match["top"]), "range"
        spans += ((match.start("top") - start, end - start),)
    return Quantity(start, end, left, right, number, low, high, sign, unit, "percent", True, spans)


def _plain_quantity(written: Written, blank: str) -> Quantity | None:
    """The quantity of one number or range; None where the number is part of something else."""
    start, end = written.start, written.end
    unit = INCLUDED_SIGN.sub("", blank[written.unit : end])
    currency = CURRENCY.search(blank, max(0, start - 6), start)
    opening = currency.start() if currency else start  # of what belongs to the number: $5万
    if currency:
        unit = _in_currency(unit, currency[0])
    unit_class, known = class_of(unit) if unit else ("count", False)
    sign, left, right = compare(blank, opening, end, unit_class)
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
    if added := _smaller_part(written, blank, unit):
        low, unit, end = low + added[0], added[1], added[2]
        high, number, spans = low, blank[start : added[3]], ((0, added[3] - start),)
        unit_class, known = class_of(unit)
        sign, left, right = compare(blank, opening, end, unit_class)
    elif low == high and (whole := _whole(number, unit)):
        low, high, unit = whole[0], whole[0], whole[1]
    if below := _below_zero(blank, start, unit):
        start, low, high = start - below, -high, -low
        left, number = min(left, start), blank[start : start + below] + number
        spans = ((0, spans[0][1] + below), *((a + below, b + below) for a, b in spans[1:]))
    if low < high and written.high == written.number_end:
        sign = "range"  # 两三家
    if written.high < written.number_end:
        sign, right = "range", max(right, written.right)
    elif sign in ("=", "~") and (more or written.unit > written.number_end):
        sign = ">"
    return Quantity(
        start, end, left, right, number, low, high, sign, unit, unit_class, known, spans
    )


def _in_currency(unit: str, sign: str) -> str:
    """The unit of an amount behind a currency sign: $500|万 is 万美元; a written one stays."""
    scale, more, bare = parts_of(unit)
    return unit if bare else scale + more + CURRENCY_UNITS[sign[0]]


def _without_more(unit: str) -> tuple[str, bool]:
    """万多亿元 → 万亿元, and whether there was such a word (300余家, 3万多人)."""
    scale, more, bare = parts_of(unit)
    return scale + bare, bool(more)


def _values(written: Written, blank: str, unit: str) -> tuple[str, float, float, tuple]:
    """The number as written, its two values in the unit of the mention, and where it stands."""
    start, low_end, gap_end, high, number_end, *_ = written
    low = blank[start:low_end]
    if high == number_end:
        return low, *_about(low), ((0, low_end - start),)
    low_unit = _without_more(blank[low_end:gap_end])[0]
    pair = _scaled_pair(low, blank[high:number_end], low_unit, unit)
    if not SIGN.fullmatch(blank[gap_end:high]):  # 一万元|以上|二十万元以下
        spans = ((0, low_end - start), (high - start, number_end - start))
        return f"{low}-{blank[high:number_end]}", *pair, spans
    spans = ((0, low_end - start), (gap_end - start, number_end - start))
    return low + blank[gap_end:number_end], *pair, spans


def _about(number: str) -> tuple[float, float]:
    """The ends of what neighbouring numerals name: 两三 is 2 to 3, 七八十 70 to 80."""
    found = NEIGHBOURS.fullmatch(number)
    if found is None or value(found["low"]) >= value(found["high"]):
        return value(number), value(number)
    tens, size = found["tens"], found["size"]
    return value(tens + found["low"] + size), value(tens + found["high"] + size)


def _smaller_part(written: Written, blank: str, unit: str) -> tuple | None:
    """13亿|5千万元, 八成|五: what the second number adds, the unit of both, where it and its number
    end.
    """
    if unit == "成" and (tenth := TENTH.match(blank, written.end)):
        share = 0.5 if tenth[0] == "半" else value(tenth[0]) / 10
        return share, unit, tenth.end(), tenth.end()
    scale, _, bare = parts_of(unit)
    if bare or scale not in ("万", "亿") or written.high < written.number_end:
        return None
    second = NUMBER.match(blank, written.end)
    if second is None:
        return None
    rest = written_at(blank, *second.span())
    smaller, _, base = parts_of(blank[rest.unit : rest.end])
    share = value(second[0]) * magnitude(smaller) / magnitude(scale)
    if not base or not share < 1 or rest.high < rest.number_end:
        return None
    return round(share, 12), scale + base, rest.end, rest.low_end


def _whole(number: str, unit: str) -> tuple[float, str] | None:
    """三亿五千|万元 is 3.5 亿元: a numeral that goes on into the magnitude of its unit."""
    scale, _, bare = parts_of(unit)
    top = next((sign for sign in "亿万" if sign in number[:-1]), "")
    if not (scale and top):
        return None
    return value(number + scale) / magnitude(top), top + bare


def _below_zero(blank: str, start: int, unit: str) -> int:
    """How many characters before the number say that it is below zero: -18℃, 负0.5%."""
    if blank.startswith("负", start - 1) and start:
        return 1
    signed = blank[start - 1 : start] == "-" and unit in SIGNED
    return int(signed and not BEFORE_SIGN.match(blank[max(start - 2, 0) : start - 1]))


def _shared_units(found: list[Quantity], blank: str) -> list[Quantity]:
    """10、20、30家: a number without unit takes the unit of the list it opens, or is dropped."""
    kept, after = [], None
    for quantity in reversed(found):
        at = quantity.start
        listed = after is not None and blank[quantity.end : after.start] in LIST_SIGNS
        if quantity.unit == "" and after and listed and after.unit:
            quantity.unit, quantity.unit_class = after.unit, after.unit_class
            quantity.known = after.known
        elif quantity.unit == "" and quantity.comparator == "=" and not (
            cues()["numeral.predicate"].search(blank[max(0, at - 8) : at])
        ):  # fmt: skip
            continue
        kept.append(quantity)
        after = quantity
    return share_comparators(kept[::-1], blank)
