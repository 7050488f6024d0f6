"""What a bare name belongs to: 总规模, 年销售额, 比例 say little without their owner.

The sources in order, the nearest first: the noun behind the number, the words the sentence opens
with, the words before a colon, the opening sentence of the paragraph, the heading.
"""

import re
from collections.abc import Callable

from ipcompare.quantities.beneficiaries import before_colon, beneficiary
from ipcompare.quantities.cues import cues
from ipcompare.quantities.fields import Section, last
from ipcompare.quantities.mentions import Mention, before
from ipcompare.quantities.phrases import strip_start, words

LONGEST = 24


def owner_of(mention: Mention, section: Section, sources: tuple[str, ...]) -> tuple[str, str]:
    """The first owner that one of the ``sources`` knows, and the source; empty where none does."""
    for source in sources:
        owner = SOURCES[source](mention, section)
        if 2 <= len(owner) <= LONGEST:
            return owner, source
    return "", ""


def _behind(mention: Mention, section: Section) -> str:
    """总规模不低于1亿元|的产业引导基金|,列入预算: the noun that the number is an attribute of."""
    found = BEHIND.match(mention.rest)
    return found[1] if found else ""


def _opening(mention: Mention, section: Section) -> str:
    """对中药开发项目|在县域内投产后,年销售额…: what the part of the sentence speaks of."""
    start, stop = mention.part, mention.segment - 1
    if found := last(cues()["kind.beneficiary"], mention.flat[start : max(stop, start)]):
        start += found.end()
    else:
        start = strip_start(mention.flat, start, stop)
    if stop - start < 2 or any(start <= m.start < stop for m in before(mention)):
        return ""
    return ADRIFT.sub("", beneficiary(mention, (start, stop))[0])


def _colon(mention: Mention, section: Section) -> str:
    return before_colon(mention)


def _topic(mention: Mention, section: Section) -> str:
    return section.topic


def _heading(mention: Mention, section: Section) -> str:
    return section.heading


ADRIFT = re.compile("(?:自|从|经|在|按|于)$")  # 本办法|自2022年1月1日起施行,有效期五年
BEHIND = re.compile(r"的([^,;。、\d的]{2,20}?)(?=$|[,;。、]|须|应|可|给|实行)")
SOURCES: dict[str, Callable[[Mention, Section], str]] = {
    "behind the number": _behind, "opening of the sentence": _opening, "before the colon": _colon,
    "opening of the paragraph": _topic, "heading": _heading,
}  # fmt: skip
