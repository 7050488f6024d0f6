"""Whether a number is what somebody is given: a payment, a rate, a thing, a budget."""

import re

from ipcompare.quantities.cues import HANZI, cues
from ipcompare.quantities.fields import last
from ipcompare.quantities.mentions import Mention

AMOUNTS = ("money", "percent", "points", "times")

GIVE = re.compile(
    "给予|予以|奖励|补助|资助|补贴|贴息|奖补|扶持|减免|返还|授予|奖给|补偿|优先|享受|发放|支持|免征|抵用|申领"
)


def beneficiary_start(mention: Mention) -> int | None:
    """Where the 对-phrase of the part begins in which, or after which, the number stands."""
    found = last(cues()["kind.beneficiary"], mention.flat[mention.part : mention.start])
    return mention.part + found.end() if found else None


def _is_amount(mention: Mention) -> bool:
    """Money or a rate; 奖励企业50万 leaves the 元 out."""
    return mention.quantity.unit_class in AMOUNTS or mention.quantity.unit in ("万", "亿")


def is_given(mention: Mention) -> bool:
    """The number itself is what is paid: 给予每件4000元, 利息的50%进行贴息."""
    cue = cues()
    if not _is_amount(mention):
        return bool(cue["kind.spared"].search(mention.lead))
    total = "亿" in mention.quantity.unit and "发放" in mention.lead
    if total and beneficiary_start(mention) is None:
        return False  # 发放贷款2亿元 is a total
    after = mention.run[-1].after
    if mention.rest.startswith("、") and after and after.kind == "incentive":
        return True  # 按价格的20%、最高500万元给予奖励
    listed = mention.quantity.unit_class == "money" and "/" in mention.quantity.unit
    if listed and cue["kind.pay_list"].search(mention.flat[: mention.left]):
        return True  # 标准为:…300毫升以下0.2元/只
    return bool(cue["kind.given"].match(mention.rest_of_part[:20])
                or cue["kind.giving"].search(mention.lead))  # fmt: skip


def gives_things(mention: Mention) -> bool:
    """最多奖励4个标准展位; 补贴期限为5年; …,每户不超过150吨 after such a limit."""
    cue, lead = cues(), mention.lead
    if mention.quantity.unit_class in AMOUNTS:
        return False
    if cue["kind.payment_span"].search(lead) or cue["kind.given_things"].search(lead):
        return True
    before, capped = mention.run[0].before, mention.quantity.comparator == "<="
    if before is None or not capped or not re.fullmatch(rf"每{HANZI}{{1,3}}", lead.strip(",;")):
        return False
    return before.part == mention.part and gives_things(before)


def caps_payment(mention: Mention) -> bool:
    """给予补贴,单户最高不超过3万元; 其中首年兑现40%: a cap or part of what was just given."""
    if not _is_amount(mention):
        return False
    earlier = mention.flat[: mention.segment]
    lead = mention.flat[mention.lead_start : mention.start]
    if mention.segment == 0 or not GIVE.search(earlier) or cues()["kind.future"].search(lead):
        return False
    return bool(cues()["kind.cap"].search(lead)) or lead == ""


def another_grade(mention: Mention) -> bool:
    """国家级奖励500万元,省级100万元: the second sum is paid like the first."""
    before = mention.run[0].before
    if not before or mention.quantity.unit_class != "money" or before.segment_end < 1:
        return False
    grade = bool(mention.lead) and cues()["name.grade"].match(mention.lead)
    return bool(grade) and is_given(before)


def is_benefit(mention: Mention) -> bool:
    """报销比例提高5个百分点, 其所得不得低于70%: what a person or firm is entitled to."""
    by_year = re.search("到20\\d\\d年", mention.flat[: mention.left])
    return not by_year and bool(cues()["kind.benefit"].search(mention.lead))


def is_resource(mention: Mention) -> bool:
    """中央财政2亿元, 安排专项资金3.6亿元, 按1:1的比例配套财政资金."""
    cue, unit_class = cues(), mention.quantity.unit_class
    if unit_class not in ("money", "percent"):
        return False
    lead, segment = mention.lead, mention.flat[mention.segment : mention.segment_end]
    before = mention.run[0].before
    inside = mention.bracket or (before and before.start >= mention.part)
    if before and inside and (mention.bracket or lead.startswith("其中")):
        if cue["kind.resource"].search(mention.flat[before.segment : before.segment_end]):
            return not is_given(mention)
    if cue["kind.fund"].search(lead) or cue["kind.no_resource"].search(lead):
        return False
    if unit_class == "percent" and not re.search("资金|配套|分担|承担|负担", segment):
        return False
    if not (cue["kind.resource"].search(segment) or cue["kind.resource"].search(lead)):
        return False
    return bool(cue["kind.allots"].search(lead)) or not is_given(mention)
