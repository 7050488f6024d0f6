"""Find quantities in one text: number, value, comparator, unit, and where each stands.

All matching is done on ``fold_width(text)`` after dates, document numbers and slogans are blanked.
"""

import re
from dataclasses import dataclass

from ipcompare.comparing import compare
from ipcompare.number_patterns import (
    MAGNITUDE,
    MORE,
    blank_exclusions,
    candidate,
    number_pattern,
)
from ipcompare.numerals import magnitude, value
from ipcompare.quantity_rules import cues, units


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


def _scaled_pair(low: str, high: str, low_unit: str, unit: str) -> tuple[float, float]:
    """Both ends of a range in the unit written last: 5000元至1万元 is 0.5 to 1 万元."""
    first, second = value(low), value(high)
    head = re.compile(f"(?:{MAGNITUDE})?")
    factor = magnitude(head.match(low_unit)[0]) / magnitude(head.match(unit)[0])
    return (round(first * factor, 12) if low_unit and low_unit != unit else first), second


def _class_of(unit: str) -> tuple[str, bool]:
    """The class of a unit as written, magnitude and compound tail stripped."""
    if unit.startswith("/"):
        return "percent", True  # 孕产妇死亡率18/10万
    bare = re.match(f"(?:{MAGNITUDE})?(?:{MORE})?(.*)", unit)[1]
    for cut in (bare, re.split(r"[/·(]", bare)[0]):
        if cut in units():
            return units()[cut]["class"], True
    return "count", not bare


def _chinese_is_quantity(text: str, start: int, number: str, unit: str, compared: bool) -> bool:
    """Whether a Chinese numeral with this unit states a plan quantity, not a fixed expression.

    三百件 and 两家 do; 三个方面, 一个中心 do not; 十五个工作日 does only beside 内, 不超过 ...
    """
    bare = re.sub(f"^(?:{MAGNITUDE})?(?:{MORE})?", "", unit)
    row = units().get(bare) or units().get(re.split(r"[/·(]", bare)[0])
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
    return bool(cues()["numeral.plan"].search(text[max(0, start - 6) : start]))


# 30畦以上 → 畦; 30畦, → 畦; a longer word only before a comparator
UNKNOWN = re.compile(
    r"[\u4e00-\u9fff]{1,3}?(?=以上|以下|以内|左右)|[\u4e00-\u9fff](?=[,。;、)\n\t]|$)"
)
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
    """number, low, high, unit of 百分之十, 三分之二, 1:1; None for a time of day (8:30)."""
    if match["percent"]:
        worth = value(match["percent"])
        return match["percent"], worth, worth, "%"
    if match["fraction"]:
        if match["fraction"] in ("一半", "半数"):
            return match["fraction"], 0.5, 0.5, "比例"
        below, above = map(value, match["fraction"].split("分之"))
        return match["fraction"], above / below, above / below, "比例"
    parts = re.findall(r"\d+(?:\.\d+)?", match["ratio"])
    if len(parts) == 2 and re.fullmatch(r"0\d|[03]0|[14]5", parts[1]) and float(parts[0]) < 25:
        return None
    exact = len(parts) == 2 and float(parts[1])
    worth = float(parts[0]) / float(parts[1]) if exact else float("nan")
    return ":".join(parts), worth, worth, "比例"


def find_quantities(folded: str) -> list[Quantity]:
    """Every quantity of a width-folded text, in order.

    >>> [(q.number, q.unit, q.comparator) for q in find_quantities("贴息50%,最高不超过20万元")]
    [('50', '%', '='), ('20', '万元', '<=')]
    """
    if not candidate().search(folded):
        return []
    blank = blank_exclusions(folded)
    found = [
        _plain_quantity(match, blank) if match["low"] else _special_quantity(match, blank)
        for match in number_pattern().finditer(blank)
    ]
    return _shared_units([q for q in found if q], blank)


def _special_quantity(match: re.Match, blank: str) -> Quantity | None:
    if (fields := _special(match)) is None:
        return None
    start, end = match.span()
    sign, left, right = compare(blank, start, end, "percent")
    number, low, high, unit = fields
    return Quantity(start, end, left, right, number, low, high, sign, unit, "percent", True)


def _plain_quantity(match: re.Match, blank: str) -> Quantity | None:
    """The quantity of one number or range; None where the number is part of something else."""
    start, end = match.span()
    unit = match["unit"] or (not match["high"] and match["low_unit"]) or ""
    unit_class, known = _class_of(unit) if unit else ("count", False)
    sign, left, right = compare(blank, start, end, unit_class)
    if not match["low"][0].isdigit():
        if not unit or not _chinese_is_quantity(blank, start, match["low"], unit, sign != "="):
            return None
    elif not unit:
        unit = _bare_number(blank, start, end, sign != "=")
        if unit is None:
            return None
        if unit:
            end += len(unit)
            sign, left, right = compare(blank, start, end, "count")
    unit = re.sub(f"^((?:{MAGNITUDE})?)(?:{MORE})", r"\1", unit)
    number, low, high = _values(match, blank, unit)
    if match["high"]:
        sign = "range"
    elif sign in ("=", "~") and re.search(MORE, blank[match.end("low") : end]):
        sign = ">"
    return Quantity(start, end, left, right, number, low, high, sign, unit, unit_class, known)


def _values(match: re.Match, blank: str, unit: str) -> tuple[str, float, float]:
    """The number as written and its two values, in the unit of the mention."""
    low, high, low_unit = match["low"], match["high"], match["low_unit"]
    if not high:
        return low, value(low), value(low)
    between = blank[match.end("low_unit" if low_unit else "low") : match.start("high")]
    return low + between + high, *_scaled_pair(low, high, low_unit or "", unit)


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
    return _shared_comparators(kept[::-1], blank)


def _shared_comparators(found: list[Quantity], blank: str) -> list[Quantity]:
    """分别不超过25人、30人、35人 and 分别控制在18‰、7.5‰以下: one comparator for the whole list.

    Without 分别 a comparator belongs to its own number.
    """
    runs: list[list[Quantity]] = []
    for quantity in found:
        gap = blank[runs[-1][-1].right : quantity.left] if runs else None
        if gap in ("、", "和", "或", "及", "与", ",", "、和"):
            runs[-1].append(quantity)
        else:
            runs.append([quantity])
    for run in runs:
        if len(run) > 1 and "分别" in blank[max(0, run[0].left - 12) : run[0].start]:
            first, final = run[0].comparator, run[-1].comparator
            before = first != "=" and run[0].left < run[0].start
            for quantity in run:
                if quantity.comparator == "=":
                    quantity.comparator = first if before else final
    return found
