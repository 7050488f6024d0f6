"""What tells the payments of a list apart: the threshold, the year, the stage each is paid for."""

import re

from ipcompare.quantities.beneficiaries import beneficiary, beneficiary_span
from ipcompare.quantities.cues import cues
from ipcompare.quantities.fields import last
from ipcompare.quantities.mentions import Mention, earlier
from ipcompare.quantities.phrases import PRIZE, core_of, distribute, words


def tier_names(mention: Mention) -> list[str]:
    """A name for each payment of a list that has tiers of its own; empty where it has none."""
    tiers = _thresholds(mention) or _own_threshold(mention)
    if not tiers:
        one = _period(mention) or _other_grade(mention)
        return [one] * len(mention.run) if one else _stages(mention)
    whose = _same_thresholds(mention) or tiers[0].indicator
    whose = whose or beneficiary(mention, beneficiary_span(mention))[0]
    kind = _class_of(tiers[-1])
    closing = ("" if kind in whose else kind) + payment_word(mention)
    return [whose + _written(tier) + closing for tier in tiers]


def payment_word(mention: Mention) -> str:
    """奖励, 补助, 扶持: the word of paying nearest to the number; empty where none stands."""
    after = cues()["name.pays"].search(mention.rest_of_part[:14])
    ahead = last(cues()["name.pays"], mention.lead)
    found = after if after and not (ahead and mention.lead.endswith(ahead[0])) else ahead
    return found[0] if found else ""


def _written(tier: Mention) -> str:
    """The threshold as written, with the 以上 that closes its list: 300万元|、500万元以上."""
    closing = tier.run[-1]
    below = tier.quantity.comparator in ("<", "<=")  # 小于12米, but 突破1000万元 is 1000万元
    own = words(tier, tier.left if below else tier.start, tier.right)
    shared = tier.left == tier.start and tier.right == tier.end and tier is not closing
    return own + (words(closing, closing.end, closing.right) if shared else "")


def _class_of(tier: Mention) -> str:
    """年服务收入500万元、1000万元以上的|服务业企业|,分别奖励: what the thresholds define."""
    flat, start = tier.flat, tier.run[-1].right
    found = cues()["tier.class"].match(flat, start, tier.part_end)
    return words(tier, *found.span(1)) if found else ""


def _payments(mention: Mention) -> list[Mention]:
    """The payments of one segment: 分别奖励|2万元、3万元、超出额的8%."""
    first = mention.run[0]
    while first.before and first.before.kind == "incentive" and _together(first.before, first):
        first = first.before
    found = [first]
    while (after := found[-1].after) and after.kind == "incentive" and _together(found[-1], after):
        found.append(after)
    return found


def _together(one: Mention, other: Mention) -> bool:
    return one.segment == other.segment


def _thresholds(mention: Mention) -> list[Mention]:
    """达到300万元、500万元以上的,分别奖励2万元、3万元: the k-th threshold for the k-th payment."""
    paid = _payments(mention)
    one = paid[0].before
    while one and not (one.kind == "condition" and len(one.run) == len(paid)):
        one = one.before
    if not one or len(paid) < 2:
        return []
    at = paid.index(mention.run[0])
    return one.run[at : at + len(mention.run)]


def _own_threshold(mention: Mention) -> list[Mention]:
    """100至200万元奖励20万元,|200万元以上的奖励30万元: each payment behind its threshold."""
    tier = _answered(mention)
    if tier is None or len(mention.run) > 1:
        return []
    others = [_next_payment(mention, "before"), _next_payment(mention, "after")]
    return [tier] if any(_alike(mention, one) for one in others) else []


def _next_payment(mention: Mention, side: str) -> Mention | None:
    one = getattr(mention, side)
    while one and one.kind != "incentive":
        one = getattr(one, side)
    return one


def _alike(mention: Mention, other: Mention | None) -> bool:
    """Whether another payment has a threshold of the same thing."""
    one, two = _answered(mention), _answered(other) if other else None
    if not other or one is None or two is None:
        return False
    things = {core_of(m).text(m)[-2:] for m in (one, two)} - {""}
    apart = len(things) > 1 or any(m.segment > m.part for m in (one, two))
    if apart and other.part != mention.part:
        return False
    return one.quantity.unit_class == two.quantity.unit_class


def _answered(mention: Mention) -> Mention | None:
    """The threshold before a sum, where only words of paying stand between the two."""
    tier = mention.before
    if not tier or tier.kind != "condition" or tier.part != mention.part:
        return None
    if tier.quantity.unit_class in ("time", "age"):
        return None
    between = mention.flat[tier.right : mention.left].replace(",", "")
    if cues()["kind.pays_at_once"].fullmatch(between):
        return tier
    paid = cues()["tier.class_paid"].fullmatch(mention.flat, tier.right, mention.left)
    return tier if paid else None


def _same_thresholds(mention: Mention) -> str:
    """第二年实到外资|达到上述标准的: the thresholds named before, for another thing."""
    span = beneficiary_span(mention)
    said = words(mention, *span) if span else ""
    found = cues()["name.said_thresholds"].search(said)
    return said[: found.start()] if found else ""


def _period(mention: Mention) -> str:
    """给予企业10万元奖励(|第一年|奖励5万元,第二年…): what is paid, and for which year."""
    found, last_one = opens_with_period(mention), mention.before
    if not found or len(mention.run) > 1:
        return ""
    if last_one and (other := cues()["name.period"].search(last_one.indicator)):
        name = last_one.indicator
        return name[: other.start()] + found[0] + name[other.end() :]
    one = next((m for m in earlier(mention) if m.kind == "incentive"), None)
    owner = one.indicator if one else beneficiary(mention, beneficiary_span(mention))[0]
    return owner + found[0] + payment_word(mention) if owner else ""


def opens_with_period(mention: Mention) -> re.Match | None:
    return cues()["name.period"].match(mention.lead.lstrip("(,、"))


def _other_grade(mention: Mention) -> str:
    """国家级工程研究中心奖励500万元,|省级|100万元: the payment before, for another grade."""
    grade = OTHER.fullmatch(mention.lead)
    one = next((m for m in earlier(mention) if m.kind == "incentive"), None) if grade else None
    found = GRADE.search(one.indicator) if one else None
    if not (grade and one and found):
        return ""
    return one.indicator[: found.start()] + grade[1] + one.indicator[found.end() :]


def _stages(mention: Mention) -> list[str]:
    """按主体封闭、竣工验收和正常运营3个阶段,|分别按应奖励额的|30%、30%、40%: the k-th stage."""
    n, stop = len(mention.run), mention.segment - 1
    if n < 2 or "分别" not in mention.lead or stop < 0:
        return []
    said = max(mention.flat.rfind(sign, 0, stop) for sign in ",;:") + 1
    text = re.sub(r"\([^()]*\)", "", words(mention, said, stop))
    staged = cues()["name.in_stages"].search(text)
    stages = distribute(text[: staged.start()], n) if staged else []
    if len(set(stages)) < n:
        return []
    stages[0] = cues()["name.before_stage"].sub("", stages[0])
    closing = core_of(mention).text(mention).partition("按")[2] or payment_word(mention)
    return [stage + closing for stage in stages]


GRADE = re.compile(f"(?:国家|省|市|县|区)级|{PRIZE}")
OTHER = re.compile(f"({GRADE.pattern})(?:的|每.|分别|各|再|奖励|补助|资助|补贴|给予)*")
