"""The kind of a mention: target, incentive, condition, resource or fact.

The codebook's definitions as an ordered list of small questions to the words around the number.
"""

import functools
import re

from ipcompare.quantities.fields import Section, last, outside_brackets, years_in
from ipcompare.quantities.rules import HANZI, cues
from ipcompare.quantities.sentences import Mention

AMOUNTS = ("money", "percent", "points", "times")
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
        paid = _caps_payment(before) or _is_benefit(before) or _is_given(mention)
        kind = "incentive" if paid else "target"  # 补贴标准由1000元提高至1500元
        return "fact" if _is_fact(mention, section) else kind
    if cues()["kind.penalty"].search(mention.lead + "|" + mention.rest):
        return "condition"
    past = _is_fact(mention, section)
    if _gives_things(mention):
        return "incentive"
    if _qualifies(mention) or _names_class(mention) or _pays_then(mention):
        return "condition"
    if _is_resource(mention):
        return "resource"
    paid = _is_given(mention) or _caps_payment(mention)
    if past and (section.review or not paid):
        return "fact"
    if paid or _is_benefit(mention) or _another_grade(mention):
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
    if years and future < 0:
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
    like = sibling and sibling.quantity.unit == mention.quantity.unit
    listed = like and (cues()["kind.qualifies"].match(sibling.rest) or _names_class(sibling))
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
    if after.kind != "incentive" or _is_given(mention) or GIVE.search(mention.lead[-6:]):
        return False
    if mention.segment and _caps_payment(mention):
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
    start = _beneficiary_start(mention)
    if start is not None and not GIVE.search(mention.flat, start, mention.left):
        return bool(GIVE.search(mention.rest_of_part))
    builds = cue["kind.builds"].search(mention.lead) or _plans(mention)
    return bool(cue["kind.then_pays"].match(mention.rest_of_part) and not builds)


def _plans(mention: Mention) -> bool:
    """建设创业孵化基地10家,每家给予50万元: what is to be built, not who qualifies."""
    flat = mention.quantity.comparator == "=" and mention.quantity.unit_class == "count"
    return flat and bool(cues()["kind.opens_plan"].match(mention.lead))


# --- incentive and resource -------------------------------------------------------------------

GIVE = re.compile(
    "给予|予以|奖励|补助|资助|补贴|贴息|奖补|扶持|减免|返还|授予|奖给|补偿|优先|享受|发放|支持|免征|抵用|申领"
)


def _beneficiary_start(mention: Mention) -> int | None:
    """Where the 对-phrase of the part begins in which, or after which, the number stands."""
    found = last(cues()["kind.beneficiary"], mention.flat[mention.part : mention.start])
    return mention.part + found.end() if found else None


def _is_amount(mention: Mention) -> bool:
    """Money or a rate; 奖励企业50万 leaves the 元 out."""
    return mention.quantity.unit_class in AMOUNTS or mention.quantity.unit in ("万", "亿")


def _is_given(mention: Mention) -> bool:
    """The number itself is what is paid: 给予每件4000元, 利息的50%进行贴息."""
    cue = cues()
    if not _is_amount(mention):
        return bool(cue["kind.spared"].search(mention.lead))
    total = "亿" in mention.quantity.unit and "发放" in mention.lead
    if total and _beneficiary_start(mention) is None:
        return False  # 发放贷款2亿元 is a total
    after = mention.run[-1].after
    if mention.rest.startswith("、") and after and after.kind == "incentive":
        return True  # 按价格的20%、最高500万元给予奖励
    listed = mention.quantity.unit_class == "money" and "/" in mention.quantity.unit
    if listed and cue["kind.pay_list"].search(mention.flat[: mention.left]):
        return True  # 标准为:…300毫升以下0.2元/只
    return bool(cue["kind.given"].match(mention.rest_of_part[:20])
                or cue["kind.giving"].search(mention.lead))  # fmt: skip


def _gives_things(mention: Mention) -> bool:
    """最多奖励4个标准展位; 补贴期限为5年; …,每户不超过150吨 after such a limit."""
    cue, lead = cues(), mention.lead
    if mention.quantity.unit_class in AMOUNTS:
        return False
    if cue["kind.payment_span"].search(lead) or cue["kind.given_things"].search(lead):
        return True
    before, capped = mention.run[0].before, mention.quantity.comparator == "<="
    each = before and capped and re.fullmatch(rf"每{HANZI}{{1,3}}", lead.strip(",;"))
    return bool(each) and before.part == mention.part and _gives_things(before)


def _caps_payment(mention: Mention) -> bool:
    """给予补贴,单户最高不超过3万元; 其中首年兑现40%: a cap or part of what was just given."""
    if not _is_amount(mention):
        return False
    earlier = mention.flat[: mention.segment]
    lead = mention.flat[mention.lead_start : mention.start]
    if mention.segment == 0 or not GIVE.search(earlier) or cues()["kind.future"].search(lead):
        return False
    return bool(cues()["kind.cap"].search(lead)) or lead == ""


def _another_grade(mention: Mention) -> bool:
    """国家级奖励500万元,省级100万元: the second sum is paid like the first."""
    before = mention.run[0].before
    if not before or mention.quantity.unit_class != "money" or before.segment_end < 1:
        return False
    grade = bool(mention.lead) and cues()["name.grade"].match(mention.lead)
    return bool(grade) and _is_given(before)


def _is_benefit(mention: Mention) -> bool:
    """报销比例提高5个百分点, 其所得不得低于70%: what a person or firm is entitled to."""
    by_year = re.search("到20\\d\\d年", mention.flat[: mention.left])
    return not by_year and bool(cues()["kind.benefit"].search(mention.lead))


def _is_resource(mention: Mention) -> bool:
    """中央财政2亿元, 安排专项资金3.6亿元, 按1:1的比例配套财政资金."""
    cue, unit_class = cues(), mention.quantity.unit_class
    if unit_class not in ("money", "percent"):
        return False
    lead, segment = mention.lead, mention.flat[mention.segment : mention.segment_end]
    before = mention.run[0].before
    inside = mention.bracket or (before and before.start >= mention.part)
    if before and inside and (mention.bracket or lead.startswith("其中")):
        if cue["kind.resource"].search(mention.flat[before.segment : before.segment_end]):
            return not _is_given(mention)
    if cue["kind.fund"].search(lead) or cue["kind.no_resource"].search(lead):
        return False
    if unit_class == "percent" and not re.search("资金|配套|分担|承担|负担", segment):
        return False
    if not (cue["kind.resource"].search(segment) or cue["kind.resource"].search(lead)):
        return False
    return bool(cue["kind.allots"].search(lead)) or not _is_given(mention)
