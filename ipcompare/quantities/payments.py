"""What an incentive is paid for: the beneficiary, the thing named after the sum, a rate's base."""

import re

from ipcompare.quantities.bases import base_of, joined, purpose_of
from ipcompare.quantities.beneficiaries import (
    before_colon,
    beneficiary,
    beneficiary_span,
    carries_on,
    recipient_of,
    stand_in,
)
from ipcompare.quantities.completing import complete
from ipcompare.quantities.cue_table import cue_spans
from ipcompare.quantities.cues import cues
from ipcompare.quantities.fields import last
from ipcompare.quantities.following import right_name
from ipcompare.quantities.mentions import Mention, earlier
from ipcompare.quantities.names import list_names
from ipcompare.quantities.phrases import core_of, distribute, far_base, strip_start, words
from ipcompare.quantities.tiers import opens_with_period, payment_word

AMOUNTS = ("money", "percent", "points", "times")  # classes of units that are paid


def payment_names(mention: Mention) -> list[str]:
    """The names of all members of the list of payments that a mention opens.

    The first of the rules that holds decides; each says a name for all, or one a member.
    """
    own, n = core_of(mention).text(mention), len(mention.run)
    for rule in RULES:
        if names := rule(mention, own):
            return [names] * n if isinstance(names, str) else names
    return [complete(mention, own)] * n


# --- payments that name themselves or go on with the one before ---------------------------------


def _raised(mention: Mention, own: str) -> str:
    """由1000元|提高至1500元: the payment before."""
    last_one, reached = mention.run[0].before, core_of(mention).predicate
    same = reached and not own and "分别" not in mention.lead
    return last_one.indicator if last_one and same else ""


def _its(mention: Mention, own: str) -> str:
    return complete(mention, own) if cues()["payment.its"].match(mention.lead) else ""


def _entitled(mention: Mention, own: str) -> list[str]:
    """补贴标准为…, 享受住房补贴…: the words before the number name what is received."""
    how = mention.quantity.unit_class in AMOUNTS and cues()["payment.how_paid"].match(mention.lead)
    bare = cues()["name.payment_only"].fullmatch(own)
    if not cues()["payment.entitled"].search(own) or how or bare:
        return []
    return [cues()["name.modal"].sub("", name) for name in list_names(mention)]


def _given_thing(mention: Mention, own: str) -> str:
    """奖励公办小学入学名额|1名, 最多奖励4个|标准展位: what is given is no money."""
    capped = mention.run[-1].rule == "cap_of_pieces"
    given = capped or cues()["kind.given_things"].search(mention.lead)
    if mention.quantity.unit_class != "count" or not given:
        return ""
    if named := cues()["payment.given"].match(mention.lead):
        return named[1]
    noun, before = right_name(mention), mention.run[0].before
    owner = own or (before.indicator if before and before.kind == "incentive" else "")
    return noun if len(noun) > 5 else joined(owner, noun)  # 同一件专利|最多资助3个|国家


def _told_apart(mention: Mention, own: str) -> str:
    """…,其中完成股改|奖励50万元,辅导备案奖励100万元: a payment that says itself what for."""
    last_one = mention.run[0].before
    if not last_one or last_one.kind != "incentive" or last_one.part != mention.part:
        return ""
    plain = (
        not cues()["payment.whose_cap"].match(own)
        and not opens_with_period(mention)
        and "对" not in own
    )
    said = (
        plain
        and cues()["payment.told"].search(mention.lead)
        and len(cues()["payment.cap_words"].sub("", own)) >= 3
    )
    again = last_one.indicator if cues()["name.again"].fullmatch(own) else ""
    return cues()["payment.paid_end"].sub("", own) + again if said else ""


def _by_owner(mention: Mention, own: str) -> str:
    """通过PCT申请专利的,|企业|每件资助8000元,|自然人|每件资助5000元: which of them is paid."""
    found = cues()["payment.owner_each"].match(mention.lead)
    cut = mention.flat.find("的,", mention.part, mention.segment) if found else -1
    if not found or cut < 0:
        return ""
    said = words(mention, strip_start(mention.flat, mention.part, cut), cut)
    said = cues()["name.gained"].sub("", said)
    return joined(found[1], said) if len(said) <= 24 and not re.search(r"\d", said) else ""


def _cap(mention: Mention, own: str) -> str:
    """单户最高不超过3万元 after another sum: no beneficiary of its own."""
    last_one = _paid_before(mention)
    lead = mention.flat[mention.lead_start : mention.start]
    if not last_one or last_one.kind != "incentive" or last_one.start < mention.part:
        return ""
    if "对" in lead or not cues()["kind.cap"].search(lead) or recipient_of(mention):
        return ""
    own = cues()["payment.cap_words"].sub("", own)
    named = "对" in mention.flat[mention.part : last_one.start]
    rate = last_one.quantity.unit_class == "percent" and (named or len(own) > 3)
    return (
        ""
        if rate or len(own) >= 2 and not cues()["payment.whose_cap"].match(own)
        else _without_base(mention, last_one)
    )


def _without_base(mention: Mention, rate: Mention) -> str:
    """技改项目|投资额|的5%,最高50万元: the cap is of the payment, not of the base of the rate."""
    base = base_of(rate) if mention.quantity.unit_class == "money" else ""
    name = rate.indicator.removesuffix(base) if len(base) > 2 else rate.indicator
    return name if len(name) >= 4 else rate.indicator


def _tariff(mention: Mention, own: str) -> str:
    """包装瓶300毫升以下|0.2元/只; 包装袋:|0.2元/只; 补贴标准为:再生砖|0.1元/块;

    分阶段奖励:完成股份制改造|100万元
    """
    last_one = mention.run[0].before
    if not mention.lead and last_one and last_one.right == mention.left:
        return last_one.indicator if last_one.kind == "condition" else ""
    if not mention.lead and mention.flat[mention.segment - 1] == ":":
        return before_colon(mention)
    found = cue_spans(mention.flat).get("pay_list", ())
    listed = any(end <= mention.segment for _, end in found) and own == mention.lead
    listed |= "/" in mention.quantity.unit and bool(cues()["kind.pay_list"].search(mention.flat))
    staged = any(end <= mention.segment for _, end in cue_spans(mention.flat).get("stage_list", ()))
    if not listed and (not staged or cues()["payment.told"].search(mention.lead)):
        return ""
    own = _of_size(mention, own) if own else _before_bracket(mention)
    return joined(own, _named_before_colon(mention))


def _before_bracket(mention: Mention) -> str:
    """收割机(功率8千瓦以上)|500元/年: the thing before a bracket that touches the number."""
    flat, stop = mention.flat, mention.run[0].left
    opened = flat.rfind("(", mention.segment, stop) if flat[stop - 1 : stop] == ")" else -1
    return words(mention, strip_start(flat, mention.segment, opened), opened) if opened > 0 else ""


def _of_size(mention: Mention, own: str) -> str:
    """小于8米|的渔船|每月300元: with the threshold that tells it from its neighbours."""
    size = mention.run[0].before
    if not size or size.kind != "condition" or size.segment != mention.segment:
        return own
    between = mention.flat[size.right : mention.left]
    named = own and between.startswith("的" + own)
    return words(mention, size.left, size.right) + "的" + own if named else own


def _named_before_colon(mention: Mention) -> str:
    """渔业生产成本补助:小型渔船每月300元: what is paid; empty where only the word of paying is."""
    name = before_colon(mention)
    paid = cues()["payment.paid_end"].search(name)
    if paid and len(cues()["name.payment"].sub("", name)) >= 4:
        return name
    said = last(
        cues()["payment.named"], mention.flat[: max(mention.flat.rfind(":", 0, mention.left), 0)]
    )
    return said[1] if said else ""


# --- payments named after who gets them, for what -----------------------------------------------


def _term(mention: Mention, own: str) -> str:
    """给予连续5年奖励: how long it is paid."""
    if mention.quantity.unit_class != "time":
        return ""
    who = beneficiary(mention, beneficiary_span(mention))[0] or stand_in(mention)
    return who + payment_word(mention) + "期限" if who else own


def _named_rate(mention: Mention, own: str) -> str:
    """年费资助|不超过缴纳金额的70%: with the base that stands behind the comparator."""
    base = far_base(mention) and own and base_of(mention)
    return joined(cues()["payment.paid_end"].sub("", own) or own, base) if base else ""


def _each_listed(mention: Mention, own: str) -> list[str]:
    """赴区外、境外参展每个展位奖励5000元、8000元: the list stands in the own words."""
    if len(mention.run) < 2 or cues()["payment.shared_out"].search(mention.lead):
        return []
    names = distribute(cues()["payment.paid_end"].sub("", own), len(mention.run))
    return names if len(set(names)) > 1 else []


def _counted_before(mention: Mention, own: str) -> list[str] | str:
    """评选一等奖1名、二等奖2名,|分别奖励5万元、3万元; 创新团队50个,|每个团队|给予500万元."""
    each, n = cues()["payment.each"].match(mention.lead), len(mention.run)
    counted: list[Mention] = []
    for one in earlier(mention.run[0]):
        if one.kind not in ("target", "condition") or len(counted) == n:
            break
        counted.insert(0, one)
    if n > 1:
        goals = each or all(m.kind == "target" for m in counted)
        return [m.indicator for m in counted] if len(counted) == n and goals else []
    if each is None:
        return ""
    for one in earlier(mention):
        thing = one.indicator.endswith(each[1]) if each[1] else one.quantity.unit == each[0][1]
        if thing and one.kind != "incentive":
            return one.indicator
    return ""


def _one_each(mention: Mention, own: str) -> list[str]:
    """对国家级、省级…分别给予|60万元、40万元: the k-th payment for the k-th thing named before."""
    span, n = beneficiary_span(mention), len(mention.run)
    if span is None or n < 2:
        return []
    text = re.sub(r"\([^()]{1,4}\)", "", words(mention, *span))
    for part in reversed(re.split("[,;]", cues()["name.gained"].sub("", text))):
        names = distribute(
            cues()["payment.class_end"]
            .sub("", part.removeprefix("于"))
            .strip("的,")
            .removesuffix("分别"),
            n,
        )
        if len(set(names)) > 1 and not any(
            cues()["payment.numbered"].match(name) for name in names
        ):
            thing = purpose_of(mention) or base_of(mention)
            return [joined(name, thing) for name in names]
    return []


def _for_each(mention: Mention, own: str) -> list[str] | str:
    """每招收1名博士后,|给予10万元科研经费: what one more is paid for."""
    last_one = mention.run[0].before
    if not last_one or last_one.kind != "condition" or last_one.part != mention.part:
        return ""
    opened = mention.flat[last_one.segment : last_one.start]
    if not opened.startswith("每") or "对" in mention.lead or len(mention.run) > 1:
        return ""
    named = len(last_one.indicator) > 1
    return joined(last_one.indicator, purpose_of(mention)) if named else ""


def _single(mention: Mention, own: str) -> str:
    """Beneficiary with purpose or base, or what stands in for a beneficiary."""
    span, purpose, base = beneficiary_span(mention), purpose_of(mention), base_of(mention)
    paid, whole = beneficiary(mention, span)
    named = span is not None and mention.flat[max(span[0] - 1, 0)] == "对"
    recipient = "" if named else recipient_of(mention)
    if carries_on(mention) and not named:
        paid, whole = stand_in(mention), True
    elif recipient:
        paid, whole = recipient, len(recipient) <= 12
    if cues()["name.again"].fullmatch(paid) and (known := stand_in(mention)):
        paid += known  # ;重新认定|的,给予10万元
    if mention.quantity.unit_class == "percent":
        if len(mention.run) > 1:
            return base if len(base) >= 5 else joined(paid, base)
        return joined(paid, base) if named or len(base) < 8 else base
    if purpose and not whole:
        alone = len(purpose) > 4 and len(paid) > 12 or not paid
        return purpose if alone else joined(paid, purpose)
    return joined(paid, purpose)


def _paid_before(mention: Mention) -> Mention | None:
    """The number before, but for a term: 按租金的30%连续3年给予补贴,|每年不超过20万元."""
    one = mention.run[0].before
    while one and one.kind == "incentive" and one.quantity.unit_class == "time":
        one = one.before
    return one


def _before(mention: Mention, own: str) -> str:
    """Nothing said: as the payment before."""
    last_one = _paid_before(mention)
    return _without_base(mention, last_one) if last_one and last_one.kind == "incentive" else ""


RULES = (
    _raised, _its, _entitled, _given_thing, _by_owner, _told_apart, _cap, _tariff,
    _term, _named_rate, _each_listed, _counted_before, _for_each, _one_each, _single, _before,
)  # fmt: skip
