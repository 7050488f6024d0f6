"""The noun phrase after a number: 建设10个|示范园区, 300家|企业通过认证."""

import re

from ipcompare.quantities.cues import cues
from ipcompare.quantities.mentions import Mention
from ipcompare.quantities.phrases import strip_end, words

LONG = 22  # a clause before 的 longer than this is left out: 30个以上规模较大、…的高价值专利组合
LONGEST = 40
NO_ATTRIBUTE = ("为", "全部", "基本", "对", "可", "须", "应当", "不得")  # 300家企业|可申报
COUNTED = re.compile(r"\([^()]*\d")


def right_name(mention: Mention) -> str:
    """What the words after the number name: the noun, behind its predicate where it has one."""
    flat, start, end = mention.flat, mention.run[-1].right, _stop(mention)
    if flat[start:end][:1] in {*"、,"} or cues()["following.paid"].match(flat, start, end):
        return ""  # 带动20户|补助4万元
    if of := cues()["following.of_size"].match(flat, start, end):
        return words(mention, *of.span(2)) + of[1]  # 10亿元|规模的引导基金
    start += len(flat[start:end]) - len(flat[start:end].lstrip("的、"))
    text = cues()["following.joined"].sub("", flat[start:end])
    verb = _predicate(text)
    noun = _noun(mention, start, start + (verb.start() if verb else len(text)))
    if verb is None or verb[0] in NO_ATTRIBUTE or len(noun) > LONGEST:
        return noun
    if text[verb.start() :] == verb[0]:
        return noun or verb[0]  # 100个村集体年收入|达到10万元
    light = cues()["name.light"].match(text, verb.start())
    done = words(mention, start + (light.end() if light else verb.start()), start + len(text))
    return done + noun if 2 <= len(done) <= 30 else noun


def _stop(mention: Mention) -> int:
    """Where the words after the number end: before the next number that is no threshold."""
    flat, start, end = mention.flat, mention.run[-1].right, mention.run[-1].segment_end
    after = mention.run[-1].after
    while after and after.start < end and after.kind == "condition":
        after = after.after
    if after and after.start < end:
        end = strip_end(flat, start, after.run[0].left)[0]
    bracket = COUNTED.search(flat, start, end)
    return bracket.start() if bracket else end


def _predicate(text: str) -> re.Match | None:
    """The verb that ends the noun phrase: 企业|通过…认证, but not one inside 的-clauses."""
    for verb in cues()["name.verb"].finditer(text):
        if "的" not in text[verb.start() :] or cues()["following.closes_clause"].search(text):
            return verb if verb.start() > 1 or verb.start() == 0 else None
    return None


def _noun(mention: Mention, start: int, end: int) -> str:
    """The noun of a span, without a long clause before 的 and without its attribute."""
    cut = mention.flat.rfind("的", start, end - 1)
    noun = words(mention, cut + 1 if cut > start and end - start > LONG else start, end)
    if noun == "部分":
        return ""  # 超过500万元的|部分
    if noun[:1].isdigit() and "的" in noun:
        return noun.rsplit("的", 1)[1] or noun  # 1所6个班以上的|幼儿园
    return _counted(mention, _with_head(mention, noun))


def _with_head(mention: Mention, noun: str) -> str:
    """50个|危险废物|、20个医疗废物处置设施: with the head that only the last of a list has."""
    after = mention.run[-1].after
    if after is None or after.quantity.unit != mention.quantity.unit:
        return noun
    if mention.flat[after.left - 1] not in "、和及与" or len(noun) < 2:
        return noun
    head = right_name(after).rpartition(noun[-2:])
    return noun + head[2] if head[0] else noun


def _counted(mention: Mention, noun: str) -> str:
    """40个|国控断面|优良水体比例达到66%: what is counted, without its attribute."""
    place = cues()["name.where"].search(noun)
    counts = mention.quantity.unit_class == "count" and cues()["name.attribute"].search(noun)
    return noun[: place.end()] if place and counts else noun
