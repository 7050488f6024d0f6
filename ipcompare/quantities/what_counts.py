"""Which numbers are quantities: 三百件 and 5万元, not 三个方面 or 863计划."""

import re

from ipcompare.quantities.cues import cues
from ipcompare.quantities.units import simple_unit

# 30畦以上 → 畦; 30畦, → 畦; a longer word only before a comparator
UNKNOWN = re.compile(
    r"[\u4e00-\u9fff]{1,3}?(?=以上|以下|以内|左右)|[\u4e00-\u9fff](?=[,。;、)\n\t]|$)"
)
# 200ms, 5mg/dL; not 5G or 3D
LATIN = re.compile(
    r"(?:[a-zμ]|[A-Z](?=[A-Za-z/]))[A-Za-z]{0,5}(?:/[A-Za-z]{1,4}[23]?)?(?![A-Za-z\d-])"
)
AFTER_PREDICATE = re.compile(r"[\u4e00-\u9fff]")


def chinese_is_quantity(text: str, start: int, number: str, unit: str, compared: bool) -> bool:
    """Whether a Chinese numeral with this unit states a plan quantity, not a fixed expression.

    三百件 and 两家 do; 三个方面, 一个中心 do not; 十五个工作日 does only beside 内, 不超过 ...
    """
    known = simple_unit(unit)
    if known is None:
        return False
    if compared and known.unit_class == "time" and text[start - 1 : start] in ("后", "起"):
        return True  # 授予专利权后|二年内未实施
    if cues()["numeral.not_after"].search(text[max(0, start - 2) : start]):
        return False
    if known.unit_class == "money":
        return compared or len(number) > 1 or number not in "十百千"  # 百元医疗收入
    if known.unit_class in ("percent", "points", "times"):
        return known.unit_class != "percent" or compared or number != "一"
    if compared:
        return True
    if number in ("一", "百", "千", "百千", "千百") or known.numeral == "time":
        return known.numeral == "time" and bool(
            cues()["numeral.duration"].search(text[max(0, start - 6) : start])
        )
    if known.numeral == "free":
        return True
    if _closes_phrase(text, start, len(number) + len(unit)):
        planned = cues()["numeral.planned"].search(text[max(0, start - 20) : start])
        if len(number) > 1 or planned:
            return True
    return bool(cues()["numeral.plan"].search(text[max(0, start - 6) : start]))


def _closes_phrase(text: str, start: int, length: int) -> bool:
    """A number after its noun, at a phrase's end: 评选重点村五十个,"""
    after = text[start + length : start + length + 1]
    return after in ",;。、" and "\u4e00" <= text[start - 1 : start] <= "\u9fff"


def bare_number(text: str, start: int, end: int, compared: bool) -> str | None:
    """The unit ("" or an unknown word) of a number without known unit, None if no quantity.

    Such a number counts only beside a comparator, after a predicate (指数达到0.8), before an
    unknown measure word (30畦以上) or as the opening of a list (10、20、30家); the rest are names
    and numbers of things (863计划).
    """
    after = text[end : end + 1]
    predicate = compared or cues()["numeral.predicate"].search(text[max(0, start - 8) : start])
    if re.match("[A-Za-zμα-ω]", after):  # 小于200ms, not 863A or 推广5G
        latin = LATIN.match(text, end) if predicate else None
        return latin[0] if latin else None
    if re.fullmatch(r"(?:19|20)\d\d", text[start:end]):
        return None
    if after in ("、", "和", "/") and text[end + 1 : end + 2].isdigit():
        return ""
    no_unit = cues()["numeral.no_unit"].match(text, end)
    unknown = None if no_unit else UNKNOWN.match(text, end)
    if unknown:
        return unknown[0]
    if predicate:
        word = None if no_unit else AFTER_PREDICATE.match(text, end)
        return word[0] if word else ""
    return None
