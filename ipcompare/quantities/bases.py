"""What a payment is for besides its beneficiary: the base of a rate, the purpose of a sum."""

import re

from ipcompare.quantities.cues import cues
from ipcompare.quantities.fields import last
from ipcompare.quantities.mentions import Mention
from ipcompare.quantities.phrases import words

LONGEST = 36  # an owner and its thing longer than this are not joined


def joined(owner: str, thing: str) -> str:
    """Owner and thing, without saying anything twice."""
    if not owner or not thing or thing in owner:
        return owner or thing
    applied = cues()["base.applied_for"].match(thing)
    if applied and applied[1] in owner:
        return owner  # 国内专利授权|专利申请资助
    same = len(thing) >= 6 and set(thing) <= set(owner)  # 已获市级资金扶持的|市级扶持资金
    far = len(owner) + len(thing) > LONGEST and not set(thing) & set(owner[-6:])
    if owner in thing or same or far:
        return thing
    sizes = range(min(len(owner), len(thing)), 1, -1)
    twice = next((n for n in sizes if owner.endswith(thing[:n])), 0)
    return owner + thing[twice:]  # 会展活动|活动经费


def purpose_of(mention: Mention) -> str:
    """给予1万元|一次性创业补贴: what the noun after the sum says beyond 奖励, 补助."""
    if mention.quantity.unit_class == "percent" or mention.rest.startswith("、"):
        return ""  # 一等奖三项|、二等奖五项
    if ahead := cues()["base.paid_ahead"].search(mention.lead):
        return ahead[1]
    rest = mention.flat[mention.run[-1].right : mention.run[-1].part_end]
    noun = re.split("[,;。]", re.sub(r"\([^()]*\)", "", rest))[0]
    noun = cues()["base.paid_opening"].sub("", noun.rpartition("的")[2])
    plain = cues()["name.payment"].sub("", noun)
    said = cues()["base.paid_words"].search(plain)
    return noun if 2 <= len(plain) <= 14 and not said else ""


def base_of(mention: Mention) -> str:
    """What a paid rate is a rate of: 按其作价额的10% → 作价额, 贷款利息的50% → 贷款利息."""
    if mention.quantity.unit_class != "percent":
        return ""
    flat, start, end = mention.flat, mention.lead_start, mention.run[0].left
    if taken := cues()["base.taken"].search(flat, start, end):
        return taken[1] + _taken_as(mention)
    verb = last(cues()["name.share_of"], flat[start:end])
    base = words(mention, start + verb.end() if verb else start, end) or _before_comma(mention)
    base = cues()["phrase.far"].split(re.sub(r"\([^()]*\)$", "", base))[
        -1
    ]  # 奖励|不得低于净收入|的70%
    return cues()["base.no_base"].sub("", base)


def _before_comma(mention: Mention) -> str:
    """根据贷款利息,|按50%给予补贴; 转化所获收益,|按70%奖励: the base in the words before."""
    earlier = mention.flat[: max(mention.segment - 1, 0)]
    said = earlier[max(earlier.rfind(sign) for sign in ",;:") + 1 :]
    found = cues()["base.base_before"].search(said)
    whole = cues()["base.whole_before"].search(said)
    return found[1] if found else whole[0] if whole else ""


def _taken_as(mention: Mention) -> str:
    """从净收益中提取20%|作为发明人的报酬: what the share is taken for."""
    found = cues()["base.taken_as"].match(mention.rest)
    return found[1].replace("的", "") if found else ""
