"""How numbers and units are written, and the spans in which a number is none.

All patterns are for width-folded text. Spans that ``exclusions.txt`` names (dates, document
numbers, slogans) are blanked first, so that no later pattern has to think of them. A pattern
finds the number alone; range and unit are read on from there in code, because one pattern that
holds every unit takes a tenth of a second to compile.
"""

import functools
import itertools
import re
from typing import NamedTuple

from ipcompare.quantities.cues import exclusions
from ipcompare.quantities.units import MAGNITUDE, MORE, units
from ipcompare.text import skipped

DIGITS = "一二两三四五六七八九十百千"
# 1,200 and, where a unit follows, 1 200
ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?: \d{3})+(?= ?[^\W\d_%])|\d+(?:\.\d+)?"
# 两千五百, 一点五; a final 万 or 亿 belongs to the unit, as in 三千|万元
_POINT = "点[一二三四五六七八九零〇]+"
CHINESE = rf"(?:[{DIGITS}](?:[{DIGITS}零〇万亿]*[{DIGITS}])?(?:{_POINT})?|零{_POINT})"
NUMBER = re.compile(f"{ARABIC}|{CHINESE}")
_PLAIN = r"\d+(?:\.\d+)?"
ANY_NUMBER = re.compile(
    # 百分之八十, 千分之二点五, 百分之五至十, 百分之五至百分之十五
    f"(?P<below>[百千万])分之(?P<share>{CHINESE}|{ARABIC})"
    f"(?:[-~至到](?:(?P=below)分之)?(?P<top>{CHINESE}|{ARABIC})(?![{DIGITS}]?[个%万亿元年月日名家]))?"
    f"|(?P<fraction>[{DIGITS}]+分之[{DIGITS}]+|\\d+分之{_PLAIN}|一半|半数"  # 三分之二, 12分之7
    r"|(?<![\d/.A-Za-z])[1-9]/(?:1?[2-9]|1[01]|100)(?![\d/%月日号.]))"  # 1/3
    rf"|(?<![\d.])(?P<ratio>{_PLAIN}(?P<colon>:|[^\W\d_]){_PLAIN}(?::{_PLAIN})*)(?![\d:])"  # 1:1
    f"|(?P<low>{ARABIC}|{CHINESE})"
)
NUMERAL = re.compile(rf"[\d{DIGITS}半]|万(?=分之)|零(?=点)")  # where a number may start
_INCLUDED = r"(?:\(不?含\))?"
# What stands between the two numbers of a range, and what must follow it: 1-2个, 3%与4.5%之间,
# 1000万元及以上至2000万元, 一万元以上二十万元以下
RANGES = (
    (re.compile(rf"{_INCLUDED}(?:及?以上)?{_INCLUDED}(?:[-~]|至|到)"), re.compile("")),
    (re.compile("[与和]"), re.compile("之?间")),
    (re.compile(rf"{_INCLUDED}及?以上{_INCLUDED}[、,]?"), re.compile(rf"{_INCLUDED}及?以[下内]")),
)
TRILLIONS = re.compile("[十百千万][余多来]亿")  # 4万多亿元
PER_POPULATION = re.compile(rf"/\d*(?:{MAGNITUDE.pattern})(?:人口?)?")  # 18/10万
LATIN_PER = re.compile("[A-Za-z]{1,3}(?![A-Za-z])")  # m3/s, mg/L
# a bare noun between the measure word and the comparator belongs to the unit: 6个班以上
MEASURED = re.compile("(?<=个)[^\x00-\u4dff。、,;]{1,3}(?<![级及])(?=[及含或]?以[上下内])")
INCLUDED = re.compile(r"(?:\(不?含\)(?!以))?")  # 500万(不含)美元
BLANK = "\x00"


class Written(NamedTuple):
    """A number or range with its unit, as positions in the text."""

    start: int
    low_end: int
    gap_end: int  # the end of 亩 in 500亩至1000亩; low_end where no unit stands there
    high: int  # where the second number starts, or low_end
    number_end: int
    unit: int  # where the unit starts: 300余|家
    end: int
    right: int  # the end of what closes a range: 一万元以上二十万元|以下


def written_at(text: str, start: int, low_end: int) -> Written:
    """Read on after the first number: 1|-2个, 3000|万元至5000万元, 300|余家."""
    alone = alone_at(text, start, low_end)
    head, first = alone.unit, alone.end
    for gap_end, (between, closing) in itertools.product((first, head), RANGES):
        sign = between.match(text, gap_end)
        second = sign and NUMBER.match(text, sign.end())
        if not second:
            continue
        low, high = second.span()
        unit = high + (text[high : high + 1] in MORE) if high < len(text) else high
        end = scaled_end(text, unit)
        if closed := closing.match(text, end):
            return Written(start, low_end, gap_end, low, high, unit, end, closed.end())
    return alone


def alone_at(text: str, start: int, low_end: int) -> Written:
    """The first number with its own unit, whatever follows."""
    head = low_end + (text[low_end : low_end + 1] in MORE) if low_end < len(text) else low_end
    first = scaled_end(text, head)
    return Written(start, low_end, low_end, low_end, low_end, head, first, first)


def is_colon(char: str) -> bool:
    """A colon, or what a garbled one became: 1暶1; no text of today uses a sign outside GB 2312."""
    return char == ":" or ("\u4e00" <= char <= "\u9fa5" and not char.encode("gb2312", "ignore"))


# --- units ------------------------------------------------------------------------------------


@functools.cache
def _unit_table() -> dict[str, list[tuple[str, str]]]:
    """Under each first character the units of units.csv, longest first, with what forbids them."""
    table: dict[str, list[tuple[str, str]]] = {}
    for name, unit in sorted(units().items(), key=lambda item: (-len(item[0]), item[0])):
        table.setdefault(name[0], []).append((name, unit.not_before))
    return table


def _plain_end(text: str, at: int, guarded: bool = True) -> int:
    """The end of the longest unit at ``at``; ``at`` where none stands (家|庭 is no unit)."""
    for unit, forbidden in _unit_table().get(text[at : at + 1], ()):
        if not text.startswith(unit, at):
            continue
        end = at + len(unit)
        after = text[end : end + 1]
        if not guarded or not after:
            return end
        latin = unit[-1].isascii() and unit[-1].isalpha() and after.isascii() and after.isalpha()
        if after not in forbidden and not latin:
            return end
    return at


def _per_end(text: str, at: int) -> int:
    """The end of what follows the stroke of 件/万人, 元/(人·月); ``at`` where none does."""
    start = at + text.startswith("(", at)
    end = _plain_end(text, start, guarded=False)
    if end == start:
        end = start + text.startswith(("生", "床", "秒", "时", "日"), start)
        latin = LATIN_PER.match(text, start)
        end = latin.end() if latin else end
    if end == start and (found := PER_POPULATION.match("/" + text[start : start + 12])):
        digits = len(found[0].rstrip("人口")) - 1
        end = max(start + digits, _plain_end(text, start + digits, guarded=False))
    if end > start and text.startswith("·", end):
        second = _plain_end(text, end + 1, guarded=False)
        if second > end + 1 and text.startswith(")", second):
            return second + 1
    return end if end > start else at


def _tail_end(text: str, at: int) -> int:
    """The end of the tail of a compound unit: 家|(次), 件|/万人, 万|/人/年."""
    if text.startswith("(", at):
        inside = _plain_end(text, at + 1, guarded=False)
        at = inside + 1 if inside > at + 1 and text.startswith(")", inside) else at
    while text[at : at + 1] in ("/", "·"):
        end = _per_end(text, at + 1)
        if end == at + 1:
            break
        at = end
    return at


def unit_end(text: str, at: int) -> int:
    """The end of a unit without magnitude; ``at`` where none stands."""
    end = _plain_end(text, at)
    if end == at:
        found = PER_POPULATION.match(text, at) if text.startswith("/", at) else None
        return found.end() if found else at
    noun = MEASURED.match(text, end) if text[end - 1] == "个" else None
    return _tail_end(text, noun.end() if noun else end)


def scaled_end(text: str, at: int) -> int:
    """The end of a unit with its magnitude: 家, 余家, 万亿元, 万多亿元, 万/人/年, 万."""
    if (included := skipped(INCLUDED, text, at)) > at:  # 1000(不含)|万元
        end = scaled_end(text, included)
        return end if end > included else at
    plain = at + (text[at : at + 1] in MORE) if at < len(text) else at
    if (end := unit_end(text, plain)) > plain:
        return end
    for scale in (TRILLIONS.match(text, at), MAGNITUDE.match(text, at)):
        if scale is None:
            continue
        unit = scale.end()
        if text[unit : unit + 1] in MORE and unit < len(text) and scale.re is MAGNITUDE:
            unit += 1
        unit = skipped(INCLUDED, text, unit)
        if (end := unit_end(text, unit)) > unit:
            return end
        if scale.re is MAGNITUDE:
            per = text.startswith("/", scale.end())
            more = text[scale.end() : scale.end() + 1] in ("余", "多")  # 1.2亿多农村人口
            return _tail_end(text, scale.end()) if per else scale.end() + more
    return at


# --- spans without quantities -----------------------------------------------------------------

# Short quoted spans are names and slogans (“五位一体”, “12315”), long ones are quoted sentences.
ENDLESS = re.compile(rf"\d{{25,}}|[{DIGITS}]{{25,}}")  # no quantity is so long
QUOTED = re.compile(r'"[^"\n]*"')
STATES_AMOUNT = re.compile("%|元|以上|以下|以内|达到|不低于|不超过|不少于")


# 叁拾万元: the numerals of cheques, which are words elsewhere (队伍, 大陆, 收拾)
CAPITALS = re.compile("[壹贰貳叁參肆伍陆陸柒捌玖拾佰仟]{1,20}(?=[万亿萬億]?[元圆圓])")
_PLAIN_NUMERALS = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖拾佰仟", "一二二三三四五六六七八九十百千")

SEGMENT = re.compile(r"[^,;:。\n]+")


@functools.cache
def candidate() -> re.Pattern:
    """A digit, or a Chinese numeral before a character with which some unit begins."""
    heads = "".join(sorted({re.escape(u[0]) for u in units()} | set(f"余多来万亿分至到{DIGITS}")))
    return re.compile(rf"\d|[{DIGITS}][{heads}]|分之|一半|半数")


def plain_numerals(folded: str) -> str:
    """The text, same length, with 叁拾万元 as 三十万元."""
    return CAPITALS.sub(lambda match: match[0].translate(_PLAIN_NUMERALS), folded)


def blank_exclusions(folded: str) -> str:
    """The text, same length, with every span blanked in which no number is a quantity.

    Only segments with a candidate are searched, each with a little of what surrounds it.
    """

    def quoted(match: re.Match) -> str:
        inner = match[0]
        return inner if len(inner) > 16 or STATES_AMOUNT.search(inner) else BLANK * len(inner)

    if ENDLESS.search(folded):
        folded = ENDLESS.sub(lambda match: BLANK * len(match[0]), folded)
    blank = QUOTED.sub(quoted, folded) if '"' in folded else folded
    pieces: list[str] = []
    done = 0
    for segment in SEGMENT.finditer(blank):
        if not candidate().search(segment[0]):
            continue
        begin, end = max(done, segment.start() - 1), min(len(blank), segment.end() + 2)
        for start, stop in _excluded(blank, begin, end):
            pieces += (blank[done:start], BLANK * (stop - max(start, done)))
            done = max(stop, done)
    return "".join(pieces) + blank[done:] if pieces else blank


def _excluded(blank: str, begin: int, end: int) -> list[tuple[int, int]]:
    """The spans of one segment that ``exclusions.txt`` names, in order."""
    at_numeral, others = exclusions()
    spans = [found.span() for found in others.finditer(blank, begin, end)]
    done = begin
    for numeral in NUMERAL.finditer(blank, begin, end):
        if numeral.start() >= done and (found := at_numeral.match(blank, numeral.start(), end)):
            done = found.end()
            spans.append(found.span())
    return sorted(spans)
