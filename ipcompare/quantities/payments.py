"""What an incentive is paid for: the beneficiary, the thing named after the sum, a rate's base."""

import re

from ipcompare.quantities.beneficiaries import (
    before_colon,
    WHOLE,
    beneficiary,
    beneficiary_span,
    carries_on,
    recipient_of,
    stand_in,
)
from ipcompare.quantities.completing import complete
from ipcompare.quantities.cues import cues
from ipcompare.quantities.giving import AMOUNTS
from ipcompare.quantities.fields import last
from ipcompare.quantities.following import right_name
from ipcompare.quantities.mentions import Mention, earlier
from ipcompare.quantities.names import list_names
from ipcompare.quantities.tiers import opens_with_period, payment_word
from ipcompare.quantities.phrases import core_of, distribute, far_base, words

LONGEST = 28  # an owner and its thing longer than this are not joined
ENTITLED = re.compile(
    "(?:比例|标准|限额|面积|额度|(?<!金)额|水平|奖励资金|补助资金|奖补资金|线|上限|期限|年限|数量"
    "|[^\x00-\u4dff、,]{2}(?:补助|补贴|津贴|救助金|养老金))$"
)
HOW_PAID = re.compile("(?:分别|一次性|均|再|最高|分阶段|分期|分年)*(?:按|补贴|给予|对|以)")


def payment_names(mention: Mention) -> list[str]:
    """The indicators of all members of the list of payments that a mention opens."""
    n, last_one, core = len(mention.run), mention.run[0].before, core_of(mention)
    own = core.text(mention)
    if core.predicate and not own and last_one and "分别" not in mention.lead:
        return [last_one.indicator] * n  # 由1000元|提高至1500元
    if re.match("其(?!中)", mention.lead):
        return [complete(mention, own)] * n
    if _entitled(mention, own):
        return [cues()["name.modal"].sub("", name) for name in list_names(mention)]
    if given := _given_thing(mention):
        return [given] * n
    if _told_apart(mention, own):
        return [PAID_END.sub("", own)] * n
    if _only_caps(mention) and not recipient_of(mention):
        return [last_one.indicator] * n
    if not mention.lead and last_one and last_one.kind == "condition" and last_one.right == mention.left:
        return [last_one.indicator] * n  # 包装瓶300毫升以下|0.2元/只
    if not mention.lead and mention.flat[mention.segment - 1] == ":":
        return [before_colon(mention)] * n  # 农药废弃包装袋:|0.2元/只
    if own and "/" in mention.quantity.unit and cues()["kind.pay_list"].search(mention.flat):
        return [own] * n  # 补贴标准为:再生砖|0.1元/块
    span = beneficiary_span(mention)
    if mention.quantity.unit_class == "time":
        who = beneficiary(mention, span)[0] or stand_in(mention)
        return [(who + payment_word(mention) + "期限") if who else own] * n  # 给予连续5年奖励
    purpose = "" if mention.quantity.unit_class == "percent" else _purpose(mention)
    base = _base(mention) if mention.quantity.unit_class == "percent" else ""
    if base and own and far_base(mention):
        return [joined(PAID_END.sub("", own) or own, base)] * n  # 年费资助|不超过缴纳金额的70%
    paid_each = n > 1 and not re.search("分别|给予|按", mention.lead)
    if paid_each and len(set(names := distribute(PAID_END.sub("", own), n))) > 1:
        return names  # 赴区外、境外参展每个展位奖励5000元、8000元
    if n > 1 and (names := _one_each(mention, span)):
        return [joined(name, purpose or base) for name in names]
    name = _each_of(mention) or _single_name(mention, span, purpose, base)
    if not name and last_one and last_one.kind == "incentive":
        return [last_one.indicator] * n
    return [name or complete(mention, own)] * n


def _entitled(mention: Mention, own: str) -> bool:
    """补贴标准为…, 享受住房补贴…: the words before the number name what is received."""
    how = mention.quantity.unit_class in AMOUNTS and HOW_PAID.match(mention.lead)
    bare = cues()["name.payment_only"].fullmatch(own)
    return bool(ENTITLED.search(own)) and not (how or bare)


def _told_apart(mention: Mention, own: str) -> bool:
    """…,其中完成股改|奖励50万元,辅导备案奖励100万元: a payment that says itself what for."""
    last_one = mention.run[0].before
    if not last_one or last_one.kind != "incentive" or last_one.part != mention.part:
        return False
    said = cues()["name.pays"].sub("", own)
    plain = not WHOSE_CAP.match(own) and not opens_with_period(mention)
    return plain and len(said) >= 4 and bool(TOLD.search(mention.lead)) and "对" not in own


TOLD = re.compile("(?:奖励|补助|资助|补贴)(?:资金)?$")
PAID_END = re.compile("(?:最高)?(?:奖励|补助|补贴|资助)$")


def _each_of(mention: Mention) -> str:
    """引进领军人才100名、创新团队50个,|每个团队|给予500万元: the thing counted before."""
    each = EACH.match(mention.lead)
    for one in earlier(mention) if each and len(mention.run) == 1 else ():
        thing = one.indicator.endswith(each[1]) if each[1] else one.quantity.unit == each[0][1]
        if thing and one.kind != "incentive":
            return one.indicator
    return ""


EACH = re.compile("每[个家项名件户人所支]?([^,;。\\d]{0,6}?)(?:最高|一次性|分别|各)*(?:给予|奖励|补助|资助|补贴)")


def _given_thing(mention: Mention) -> str:
    """奖励公办小学入学名额|1名, 最多奖励4个|标准展位: what is given is no money."""
    given = cues()["kind.given_things"].search(mention.lead)
    if mention.quantity.unit_class != "count" or not given:
        return ""
    named = re.match("(?:奖励|照顾)(?:该)?([^,;]{2,})$", mention.lead)
    return named[1] if named else right_name(mention)


def _single_name(mention: Mention, span: tuple[int, int] | None, purpose: str, base: str) -> str:
    """Beneficiary with purpose or base, or what stands in for a beneficiary."""
    paid, whole = beneficiary(mention, span)
    named = bool(span) and mention.flat[max(span[0] - 1, 0)] == "对"
    recipient = "" if named else recipient_of(mention)
    if carries_on(mention) and not named:
        paid, whole = stand_in(mention), True
    elif recipient:
        paid, whole = recipient, len(recipient) <= 12
    if cues()["name.again"].fullmatch(paid) and (known := stand_in(mention)):
        paid += known  # ;重新认定|的,给予10万元
    if mention.quantity.unit_class == "percent":
        if len(mention.run) > 1 and len(base) >= 5:
            return base
        return joined(paid, base) if named or len(base) < 8 else base
    if purpose and not whole:
        return purpose if len(paid) > 12 or not paid else joined(paid, purpose)
    return joined(paid, purpose)


def _only_caps(mention: Mention) -> bool:
    """单户最高不超过3万元 after another sum: no beneficiary of its own."""
    last_one = mention.run[0].before
    if not last_one or last_one.kind != "incentive":
        return False
    own = re.sub("[每全当]年|年度|^年(?=最|累|贴)|最高|累计|资助|补助|奖励|补贴|贴息", "", core_of(mention).text(mention))
    named = "对" in mention.flat[mention.part : last_one.start]
    rate = last_one.quantity.unit_class == "percent" and (named or len(own) > 3)
    if rate or len(own) >= 2 and not WHOSE_CAP.match(own):
        return False
    lead = mention.flat[mention.lead_start : mention.start]
    return (
        last_one.start >= mention.part and bool(cues()["kind.cap"].search(lead)) and "对" not in lead
    )


WHOSE_CAP = re.compile("[每单同该其全各]|原则")


def joined(owner: str, thing: str) -> str:
    """Owner and thing, without saying anything twice."""
    if not owner or not thing or thing in owner:
        return owner or thing
    applied = re.match("(.{2,}?)(?:申请|申报|注册|登记)(?:费用?)?(?:资助|补助|补贴|奖励)$", thing)
    if applied and applied[1] in owner:
        return owner  # 国内专利授权|专利申请资助
    same = len(thing) >= 6 and set(thing) <= set(owner)  # 已获市级资金扶持的|市级扶持资金
    if owner in thing or same or len(owner) + len(thing) > LONGEST and not set(thing) & set(owner[-6:]):
        return thing
    sizes = range(min(len(owner), len(thing)), 1, -1)
    twice = next((n for n in sizes if owner.endswith(thing[:n])), 0)
    return owner + thing[twice:]  # 会展活动|活动经费


# --- what for ---------------------------------------------------------------------------------


def _purpose(mention: Mention) -> str:
    """给予1万元|一次性创业补贴: what the noun after the sum says beyond 奖励, 补助."""
    rest = mention.flat[mention.run[-1].right : mention.run[-1].part_end]
    rest = re.sub(r"\([^()]*\)", "", rest)
    noun = re.match("[^,;。]*", rest)[0]
    noun = re.sub("^(?:给予|予以|标准)", "", re.split("的", noun)[-1])
    plain = cues()["name.payment"].sub("", noun)
    if not 2 <= len(plain) <= 14 or re.search(r"\d|给予|予以|奖励|补助", plain):
        return ""
    return noun if len(plain) >= 2 else ""


def _base(mention: Mention) -> str:
    """What a paid rate is a rate of: 按其作价额的10% → 作价额, 贷款利息的50% → 贷款利息."""
    flat, start, end = mention.flat, mention.lead_start, mention.run[0].left
    verb = last(cues()["name.share_of"], flat[start:end])
    begin = start + verb.end() if verb else start
    base = words(mention, begin, end)
    if taken := TAKEN.search(flat[start:end]):
        return taken[1] + _taken_as(mention)
    if base == "" and mention.segment:
        before = flat[: mention.segment - 1]
        cut = max(before.rfind(s) for s in ",;:") + 1
        found = re.search("(?:将|根据|对)([^,;]{3,})$", before[cut:])
        whole = re.search(r"^[^,;\d]{4,}(?:收益|所得)$", before[cut:])
        base = found[1] if found else whole[0] if whole else ""
    base = re.sub(r"\([^()]*\)$", "", base)
    return re.sub("^其|^企业(?=..)|^不超过|^不高于|^实际发生额$|^(?:最高)$|的$", "", base)


def _taken_as(mention: Mention) -> str:
    """从净收益中提取20%|作为发明人的报酬: what the share is taken for."""
    found = re.match("[^,;。]{0,6}作为(?:对)?([^,;。]*?(?:报酬|奖励|奖金))", mention.rest)
    return found[1].replace("的", "") if found else ""


TAKEN = re.compile("从([^,;。]{2,16}?)(?:(?:纳税后|中)?提取|中)[^,;。]{0,6}$")


def _one_each(mention: Mention, span: tuple[int, int] | None) -> list[str]:
    """分别给予60万元、40万元、20万元: the k-th payment goes to the k-th thing named before."""
    n, counted, one = len(mention.run), [], mention.run[0].before
    while one and one.kind in ("target", "condition") and len(counted) < n:
        counted.insert(0, one)
        one = one.before
    of_each = EACH.match(mention.lead) or all(m.kind == "target" for m in counted)
    if len(counted) == n and of_each:
        return [m.indicator for m in counted]
    if span is None:
        return []
    text = words(mention, *span)
    text = cues()["name.gained"].sub("", re.sub(r"\([^()]{1,4}\)", "", text))
    for part in reversed(re.split("[,;]", text)):
        names = distribute(
            re.sub("的(?:专利|企业|单位|项目|机构)?$", "", part).strip("的,").removesuffix("分别"),
            n,
        )
        if len(set(names)) > 1 and not any(re.match(r"\d(?!A级)", name) for name in names):
            return names
    return []
