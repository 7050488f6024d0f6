"""How numbers and units are written, and the spans in which a number is none.

All patterns are for width-folded text. Spans that ``exclusions.txt`` names (dates, document
numbers, slogans) are blanked first, so that no later pattern has to think of them.
"""

import functools
import re

from ipcompare.quantity_rules import exclusions, longest_first, units

ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
DIGITS = "一二两三四五六七八九十百千"
# 两千五百, 一点五; a final 万 or 亿 belongs to the unit, as in 三千|万元
CHINESE = rf"[{DIGITS}](?:[{DIGITS}零〇万亿]*[{DIGITS}])?(?:点[一二三四五六七八九零〇]+)?"
MAGNITUDE = "万亿|[十百千]?万|[十百千]?亿|[百千]"
MORE = "余|多|来"  # 300余家, 3万多人: more than the number written
BLANK = "\x00"


@functools.cache
def _garbled_colon() -> str:
    """A character no Chinese text of today uses (outside GB 2312): 1暶1 was 1:1."""

    def common(char: str) -> bool:
        return bool(char.encode("gb2312", "ignore"))

    return "[" + "".join(c for c in map(chr, range(0x4E00, 0x9FA6)) if not common(c)) + "]"


@functools.cache
def _unit_pattern() -> str:
    """Any unit of units.csv, longest first, each unless a character follows that forbids it."""
    rows = sorted(units().items(), key=lambda kv: (-len(kv[0]), kv[0]))
    plain = "|".join(
        re.escape(u) + (f"(?![{row['not_before'].replace(' ', '')}])" if row["not_before"] else "")
        + (r"(?![A-Za-z])" if u[-1].isascii() and u[-1].isalpha() else "")
        for u, row in rows
    )  # fmt: skip
    words = longest_first(units())
    # 家(次), 件/万人, 元/人·月, 千瓦时/(人·年)
    per = rf"\(?(?:{words}|生|床|\d*(?:{MAGNITUDE})(?:{words})?)"
    tail = rf"(?:\((?:{words})\))?(?:[/·]{per}(?:·(?:{words})\))?)*"
    # a bare noun between the measure word and the comparator belongs to the unit: 6个班以上
    noun = "(?:(?<=个)[一-龥]{1,3}(?=(?:及|含|或)?以[上下内]))?"
    return rf"(?:(?:{plain}){noun}{tail}|/\d*(?:{MAGNITUDE})(?:人口?)?)"


@functools.cache
def number_pattern() -> re.Pattern:
    """A fraction, a ratio, or one number or range with its unit."""
    unit, number = _unit_pattern(), rf"(?:{ARABIC}|{CHINESE})"
    scale = f"(?:{MAGNITUDE})"  # 4万多亿元, 300多万人, 1200万
    scaled = rf"(?:(?:{MORE})?{unit}|[十百千万](?:{MORE})亿{unit}|{scale}(?:{MORE})?{unit}|{scale})"
    percent = rf"百分之(?P<percent>{CHINESE}|{ARABIC})"
    fraction = rf"(?P<fraction>[{DIGITS}]+分之[{DIGITS}]+|一半|半数)"
    plain, colon = r"\d+(?:\.\d+)?", f"(?::|{_garbled_colon()})"
    ratio = rf"(?P<ratio>{plain}{colon}{plain}(?::{plain})*)(?![\d:])"
    main = (
        rf"(?P<low>{number})(?:{MORE})?(?:(?P<low_unit>{scaled})?(?:以上)?(?:[-~]|至|到)"
        rf"(?P<high>{number}))?(?P<more>{MORE})?(?P<unit>{scaled})?"
    )
    return re.compile(f"{percent}|{fraction}|(?<![\\d.]){ratio}|{main}")


# Short quoted spans are names and slogans (“五位一体”, “12315”), long ones are quoted sentences.
QUOTED = re.compile(r'"[^"\n]*"')
STATES_AMOUNT = re.compile("%|元|以上|以下|以内|达到|不低于|不超过|不少于")


SEGMENT = re.compile(r"[^,;:。\n]+")


@functools.cache
def candidate() -> re.Pattern:
    """A digit, or a Chinese numeral before a character with which some unit begins."""
    heads = "".join(sorted({re.escape(u[0]) for u in units()} | set(f"余多来万亿分至到{DIGITS}")))
    return re.compile(rf"\d|[{DIGITS}][{heads}]|一半|半数")


def blank_exclusions(folded: str) -> str:
    """The text, same length, with every span blanked in which no number is a quantity.

    Only segments with a candidate are searched, each with a little of what surrounds it.
    """

    def quoted(match):
        inner = match[0]
        return inner if len(inner) > 16 or STATES_AMOUNT.search(inner) else BLANK * len(inner)

    blank = QUOTED.sub(quoted, folded) if '"' in folded else folded
    pieces, done = [], 0
    for segment in SEGMENT.finditer(blank):
        if not candidate().search(segment[0]):
            continue
        begin, end = max(done, segment.start() - 1), min(len(blank), segment.end() + 2)
        for found in exclusions().finditer(blank, begin, end):
            pieces += (blank[done : found.start()], BLANK * len(found[0]))
            done = found.end()
    return "".join(pieces) + blank[done:] if pieces else blank
