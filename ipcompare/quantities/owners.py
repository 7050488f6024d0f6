"""What a bare name belongs to: 总规模, 年销售额, 比例 say little without their owner.

The sources in order, the nearest first: the noun behind the number, the words the sentence opens
with, the words before a colon, the opening sentence of the paragraph, the heading.
"""

import re
from collections.abc import Callable

from ipcompare.quantities.beneficiaries import before_colon, beneficiary, stand_in
from ipcompare.quantities.completing import object_before
from ipcompare.quantities.cues import cues
from ipcompare.quantities.fields import Section, last
from ipcompare.quantities.mentions import Mention, earlier
from ipcompare.quantities.phrases import strip_start

LONGEST = 24


def owner_of(mention: Mention, section: Section, sources: tuple[str, ...]) -> tuple[str, str]:
    """The first owner that one of the ``sources`` knows, and the source; empty where none does."""
    for source in sources:
        owner = cues()["owner.adrift"].sub("", SOURCES[source](mention, section))
        if 2 <= len(owner) <= LONGEST:
            return owner, source
    return "", ""


def _behind(mention: Mention, section: Section) -> str:
    """总规模不低于1亿元|的产业引导基金|,列入预算: the noun that the number is an attribute of."""
    found = cues()["owner.behind"].match(mention.rest)
    return found[1] if found else ""


def _opening(mention: Mention, section: Section) -> str:
    """对中药开发项目|在县域内投产后,年销售额…: what the part of the sentence speaks of."""
    start, stop = mention.part, mention.segment - 1
    if found := last(cues()["kind.beneficiary"], mention.flat[start : max(stop, start)]):
        start += found.end()
    else:
        start = strip_start(mention.flat, start, stop)
    if stop - start < 2 or any(start <= m.start < stop for m in earlier(mention)):
        return ""
    return beneficiary(mention, (start, stop))[0]


def _colon(mention: Mention, section: Section) -> str:
    """来料加工项目:|带动20户补助4万元."""
    return before_colon(mention)


def _paragraph(mention: Mention, section: Section) -> str:
    """支持功能平台建设。|…按平台投资额的10%给予扶持: what the paragraph announces."""
    text = re.sub(r"\s", "", mention.opening).strip("。!?")
    text = cues()["name.heading_verb"].sub("", text)
    return "" if re.search(r"[\d,;:]", text) else text


def _heading(mention: Mention, section: Section) -> str:
    """The heading of the provision, or of the nearest above it."""
    return section.heading


def _comma(mention: Mention, section: Section) -> str:
    """设立人才发展专项资金,|每年不少于2000万元: the object of the words before the comma."""
    return object_before(mention)


def _payment(mention: Mention, section: Section) -> str:
    """每月给予1000元生活补贴,|期限3年: what was paid just before."""
    return stand_in(mention) if mention.quantity.unit_class == "time" else ""


SOURCES: dict[str, Callable[[Mention, Section], str]] = {
    "behind": _behind, "opening": _opening, "colon": _colon, "comma": _comma,
    "payment": _payment, "paragraph": _paragraph, "heading": _heading,
}  # fmt: skip
