"""The kind of a mention: target, incentive, condition, resource or fact.

The codebook's definitions as an ordered list of small questions to the words around the number.
"""

import functools
import re

from ipcompare.quantities.cues import HANZI, cues
from ipcompare.quantities.fields import Section, outside_brackets, years_in
from ipcompare.quantities.giving import (
    GIVE,
    another_grade,
    beneficiary_start,
    caps_payment,
    gives_things,
    is_benefit,
    is_given,
    is_resource,
)
from ipcompare.quantities.mentions import Mention

SMALL = re.compile("满|未满|不满|年满|已满|不足")


def kind_of(mention: Mention, section: Section) -> str:
    """target, incentive, condition, resource or fact, as the codebook defines them.

    Mentions of one sentence are asked from the last to the first, members of a list alike.
    """
    if mention is not mention.run[-1]:
        return mention.run[-1].kind
    if _was_before(mention):
        return "fact"
    if mention.bracket and mention.before and mention.lead in ("含", "不含"):
        return kind_of(mention.before, section)  # 100-500亩(含500亩)的种植基地
    before = mention.run[0].before
    if before and before.segment_end >= mention.segment - 1 and _continues(mention, before):
        return kind_of(before, section)  # 实现186亿元,增长7.1%
    if before and _was_before(before) and before.segment == mention.segment:
        paid = caps_payment(before) or is_benefit(before) or is_given(mention)
        kind = "incentive" if paid else "target"  # 补贴标准由1000元提高至1500元
        return "fact" if _is_fact(mention, section) else kind
    if cues()["kind.penalty"].search(mention.lead + "|" + mention.rest):
        return "condition"
    past = _is_fact(mention, section)
    if gives_things(mention):
        return "incentive"
    if _qualifies(mention) or _names_class(mention) or _pays_then(mention):
        return "condition"
    if is_resource(mention):
        return "resource"
    paid = is_given(mention) or caps_payment(mention)
    if past and (section.review or not paid):
        return "fact"
    if paid or is_benefit(mention) or another_grade(mention):
        return "incentive"
    if _is_condition(mention) or section.conditions:
        return "condition"
    return "fact" if _tells_on(mention, section) else "target"


def _continues(mention: Mention, before: Mention) -> bool:
    """The segment has no subject of its own: …186亿元,比上年增长7.1%."""
    return mention.segment > before.start and bool(cues()["kind.continues"].match(mention.lead))


def _was_before(mention: Mention) -> bool:
    """由1200元提高到1500元: the first number is what was so."""
    cue, lead = cues(), mention.flat[max(0, mention.left - 12) : mention.left]
    base = re.search(r"(?:比|较)(?:19|20)\d\d年的?$", lead)  # 比2010年的1.034吨下降16%
    return bool(base or cue["kind.from"].search(lead) and cue["kind.moves_to"].match(mention.rest))


# --- fact -------------------------------------------------------------------------------------


def _is_fact(mention: Mention, section: Section) -> bool:
    """已达…, 去年…, 2015年,…: a past cue that no demand follows, or a review section."""
    cue, lead = cues(), mention.flat[: mention.left]
    past, future = (_last_cue(name, mention.flat, mention.left) for name in ("fact", "future"))
    if past >= 0:
        return future < past
    if section.review:
        return True
    years = years_in(outside_brackets(lead), section.year, None) if section.year else ()
    if section.year and years and future < 0:
        return years[-1][1] < section.year
    return future < 0 and bool(cue["kind.weak_fact"].search(lead))


@functools.lru_cache(maxsize=8)
def _cue_spans(name: str, flat: str) -> list[tuple[int, int]]:
    """Where the cues of a kind stand in a sentence, found once for all its mentions."""
    return [m.span() for m in cues()[f"kind.{name}"].finditer(flat)]


def _last_cue(name: str, flat: str, stop: int) -> int:
    """The start of the last cue before ``stop``, -1 where none stands."""
    return max((start for start, end in _cue_spans(name, flat) if end <= stop), default=-1)


def _tells_on(mention: Mention, section: Section) -> bool:
    """The sentence goes on telling what its paragraph tells: 目前已…。建成101家服务中心."""
    cue = cues()
    told = section.telling == mention.paragraph and cue["kind.done"].search(
        mention.flat[mention.segment : mention.left]
    )
    return bool(told) and not cue["kind.future"].search(mention.flat)


# --- condition --------------------------------------------------------------------------------


def _attribute_before(mention: Mention) -> bool:
    """留用率达到50%以上的单位 has an attribute before the share, 全省70%的县 has none."""
    return bool(cues()["kind.attribute"].search(mention.lead))


def _qualifies(mention: Mention) -> bool:
    """The number defines who or what is meant: 超1000件的高校; 1000万元以上,或…以上的机构."""
    rest, unit_class = mention.rest_of_part, mention.quantity.unit_class
    if re.match("(?:部分)?的[,、]", rest):
        return True
    if unit_class == "count" and mention.right > mention.end and rest.startswith("的"):
        verb = cues()["kind.holds"].search(mention.lead)
        if verb and not cues()["kind.holds_class"].search(rest):
            return False  # 每个社区拥有3个以上|的社会组织
    if rest.startswith("的") and not cues()["kind.no_class"].match(rest):
        return unit_class != "percent" or _attribute_before(mention)
    joined = re.match("[、,]?(?:或者?|且|和|及|并)", rest)
    after = mention.run[-1].after
    if joined and after and after.start <= mention.part_end and after.kind == "condition":
        return (
            not re.match("[、,]?(?:和|及|并)", rest)
            or "," not in rest[: after.start - mention.right]
        )
    return False


def _names_class(mention: Mention) -> bool:
    """投资1亿元以上项目20个, 10蒸吨/小时及以下锅炉; 专利50件的企业10家、30件企业20家."""
    after, rest = mention.after, mention.rest
    compared = mention.right > mention.end
    noun = re.match(rf"{HANZI}{{2,12}}", rest)
    if mention.quantity.unit_class in ("size", "age") and compared and noun:
        return not cues()["name.verb"].match(rest) and not cues()["kind.no_class"].match(rest)
    if compared and mention.quantity.unit_class == "money" and _is_class_noun(mention):
        return True
    if after is None or after.start > mention.segment_end:
        return False
    if after.kind == "condition" and after.rest.startswith("的"):
        return False  # 2家以上|年销售收入达500亿元的企业
    between = mention.flat[mention.right : after.left]
    if not re.fullmatch(rf"{HANZI}{{2,12}}", between) or cues()["name.verb"].search(between):
        return False
    sibling = mention.before and mention.before.before
    listed = (
        sibling
        and sibling.quantity.unit == mention.quantity.unit
        and (cues()["kind.qualifies"].match(sibling.rest) or _names_class(sibling))
    )
    sized = mention.quantity.unit_class == "size" and not mention.lead  # 10千伏线路绝缘化率
    return bool(compared or mention.left < mention.start or listed or sized)


def _is_class_noun(mention: Mention) -> bool:
    """固定资产投资3亿元以上|重大项目: what the threshold defines follows it, and is not paid."""
    given = GIVE.search(mention.lead[-8:]) or cues()["kind.plans_money"].search(mention.lead)
    return not given and bool(cues()["kind.class_noun"].match(mention.rest))


def _pays_then(mention: Mention) -> bool:
    """带动20-25户|补助4万元; 30万元以上,一次性给予…: a threshold that a payment answers."""
    cue, compared = cues(), mention.quantity.comparator not in ("=", "~")
    after = mention.run[-1].after
    if not (after and compared and after.start < mention.part_end):
        return False
    builds = cue["kind.future"].search(mention.lead) or cue["kind.builds"].search(mention.lead)
    if after.kind == "condition" and mention.quantity.comparator == ">=" and not builds:
        if not re.search("[、,且或和]", mention.flat[mention.right : after.left]):
            return False  # 至少有1所|200张床位以上的养老机构
        joined = after.segment in (mention.segment, mention.segment_end, mention.segment_end + 1)
        return joined and (after.rest.startswith("的") or _pays_then(after))
    if after.kind != "incentive" or is_given(mention) or GIVE.search(mention.lead[-6:]):
        return False
    if mention.segment and caps_payment(mention):
        return False
    if after.start < mention.segment_end:
        between = mention.flat[mention.run[-1].right : after.left]
        return bool(cue["kind.pays_at_once"].fullmatch(between))
    if builds or "标准" in mention.lead:
        return False
    return mention.quantity.comparator in (">=", ">", "range")


def _is_condition(mention: Mention) -> bool:
    cue, unit_class = cues(), mention.quantity.unit_class
    lead = mention.flat[mention.lead_start : mention.start]  # with the comparator: 年满28周岁
    if unit_class in ("time", "age"):
        return not cue["kind.time_goal"].search(lead)
    if cue["kind.threshold"].search(lead):
        return True
    if cue["kind.conditions"].search(mention.flat[: mention.start]):
        return True
    start = beneficiary_start(mention)
    if start is not None and not GIVE.search(mention.flat, start, mention.left):
        return bool(GIVE.search(mention.rest_of_part))
    builds = cue["kind.builds"].search(mention.lead) or _plans(mention)
    return bool(cue["kind.then_pays"].match(mention.rest_of_part) and not builds)


def _plans(mention: Mention) -> bool:
    """建设创业孵化基地10家,每家给予50万元: what is to be built, not who qualifies."""
    flat = mention.quantity.comparator == "=" and mention.quantity.unit_class == "count"
    return flat and bool(cues()["kind.opens_plan"].match(mention.lead))
