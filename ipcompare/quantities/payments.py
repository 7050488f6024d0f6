"""What an incentive is paid for: the beneficiary, the thing named after the sum, a rate's base."""

import re

from ipcompare.quantities.fields import last
from ipcompare.quantities.names import complete, list_names, right_name
from ipcompare.quantities.rules import cues
from ipcompare.quantities.sentences import Mention
from ipcompare.quantities.words import core_of, distribute, strip_end, strip_start, words

WHOLE = 24  # a beneficiary up to this length is named whole, a longer one by its head
LONGEST = 40

ENTITLED = re.compile(
    "(?:比例|标准|限额|面积|额度|(?<!金)额|水平|奖励资金|补助资金|奖补资金|线|上限|期限|年限|数量"
    "|[^\x00-\u4dff、,]{2}(?:补助|补贴|津贴|救助金|养老金))$"
)
HOW_PAID = re.compile("(?:分别|一次性|均|再|最高)*(?:按|补贴|给予|对|以)")


def payment_names(mention: Mention) -> list[str]:
    """The indicators of all members of the list of payments that a mention opens."""
    n, before, core = len(mention.run), mention.run[0].before, core_of(mention)
    own = core.text(mention)
    if core.predicate and not own and before:
        return [before.indicator] * n  # 由1000元|提高至1500元
    if re.match("其(?!中)", mention.lead):
        return [complete(mention, own)] * n
    if ENTITLED.search(own) and not HOW_PAID.match(mention.lead):
        return list_names(mention)
    if given := _given_thing(mention):
        return [given] * n
    if _only_caps(mention) and not _recipient(mention):
        return [before.indicator] * n
    if not mention.lead and before and before.kind == "condition" and before.right == mention.left:
        return [before.indicator] * n  # 包装瓶300毫升以下|0.2元/只
    if not mention.lead and mention.flat[mention.segment - 1] == ":":
        return [_colon(mention)] * n  # 农药废弃包装袋:|0.2元/只
    if own and "/" in mention.quantity.unit and cues()["kind.pay_list"].search(mention.flat):
        return [own] * n  # 补贴标准为:再生砖|0.1元/块
    span = beneficiary_span(mention)
    purpose = "" if mention.quantity.unit_class == "percent" else _purpose(mention)
    base = _base(mention) if mention.quantity.unit_class == "percent" else ""
    paid_each = n > 1 and not re.search("分别|给予|按", mention.lead)
    if paid_each and len(set(names := distribute(PAID_END.sub("", own), n))) > 1:
        return names  # 赴区外、境外参展每个展位奖励5000元、8000元
    if n > 1 and (names := _one_each(mention, span)):
        return [_join(name, purpose or base) for name in names]
    name = _single_name(mention, span, purpose, base)
    if not name and before and before.kind == "incentive":
        return [before.indicator] * n
    return [name or complete(mention, own)] * n


PAID_END = re.compile("(?:最高)?(?:奖励|补助|补贴|资助)$")


def _given_thing(mention: Mention) -> str:
    """奖励公办小学入学名额|1名, 最多奖励4个|标准展位: what is given is no money."""
    given = cues()["kind.given_things"].search(mention.lead)
    if mention.quantity.unit_class != "count" or not given:
        return ""
    named = re.match("(?:奖励|照顾)(?:该)?([^,;]{2,})$", mention.lead)
    return named[1] if named else right_name(mention)


def _single_name(mention: Mention, span: tuple[int, int] | None, purpose: str, base: str) -> str:
    """Beneficiary with purpose or base, or what stands in for a beneficiary."""
    paid, whole = _beneficiary(mention, span)
    named = bool(span) and mention.flat[max(span[0] - 1, 0)] == "对"
    recipient = "" if named else _recipient(mention)
    if _carries_on(mention) and not named:
        paid, whole = _stand_in(mention), True
    elif recipient:
        paid, whole = recipient, len(recipient) <= 12
    if mention.quantity.unit_class == "percent":
        if len(mention.run) > 1 and len(base) >= 5:
            return base
        return _join(paid, base) if named or len(base) < 8 else base
    if purpose and not whole:
        return purpose if len(paid) > 12 or not paid else _join(paid, purpose)
    return _join(paid, purpose)


def _only_caps(mention: Mention) -> bool:
    """单户最高不超过3万元 after another sum: no beneficiary of its own."""
    before = mention.run[0].before
    if not before or before.kind != "incentive":
        return False
    own = re.sub("年|最高|累计|资助|补助|奖励|补贴|贴息", "", core_of(mention).text(mention))
    named = "对" in mention.flat[mention.part : before.start]
    if before.quantity.unit_class == "percent" and (named or len(own) > 3):
        return False
    lead = mention.flat[mention.lead_start : mention.start]
    return (
        before.start >= mention.part and bool(cues()["kind.cap"].search(lead)) and "对" not in lead
    )


# --- who or what is paid ----------------------------------------------------------------------


def beneficiary_span(mention: Mention) -> tuple[int, int] | None:
    """The words between 对 (or the start of the part) and the verb of giving."""
    flat, cue, stop = mention.flat, cues(), mention.run[0].left
    starts = [m.end() for m in cue["kind.beneficiary"].finditer(flat, mention.part, stop)]
    if not starts and mention.part:
        previous = flat.rfind(";", 0, mention.part - 1) + 1
        cap = cue["kind.cap"].search(mention.lead)
        starts = [m.end() for m in cue["kind.beneficiary"].finditer(flat, previous, stop)]
        starts = starts if cap else []
    for start in reversed(starts) if starts else [strip_start(flat, mention.part, stop)]:
        pay = cue["name.pay"].search(flat, start + 1, mention.part_end)
        if pay and pay.start() <= stop + 30:
            return start, min(pay.start(), stop)
    return None


def _beneficiary(mention: Mention, span: tuple[int, int] | None) -> tuple[str, bool]:
    """The beneficiary: whole where short and without numbers (True), else its head (False)."""
    if span is None:
        return "", True
    named = mention.flat[max(span[0] - 1, 0)] == "对"
    text = _stated(words(mention, *span).removeprefix("于"), named)
    text = cues()["name.vetted"].sub("", text)
    text = cues()["name.gained"].sub("", text).strip("的、,") or text
    if len(text) > WHOLE:
        text = re.sub("《[^《》]*》|[(][^()]*[)]|(?<=》)和", "", text)
        text = LISTED.sub("", text, count=1)
    if cues()["name.payment_only"].fullmatch(text) or cues()["name.how"].match(text):
        return "", True
    if len(text) <= WHOLE and not re.search(r"\d", text):
        return text, True
    return _head(text, named), False


LISTED = re.compile("^[^,的]*、[^,的]*?等(?:领域)?(?=[^、,]{5,})")  # 实验室、中试基地等|创新平台


def _stated(text: str, named: bool) -> str:
    """The part that says who is paid, without 经认定, 根据…, 且考核优秀的."""
    parts = [p for p in re.split("[,;](?!或|且|并|和)", text) if len(p) >= 4] or [text]
    while len(parts) > 1 and cues()["name.how"].match(parts[-1]):
        parts.pop()
    plain = [p for p in parts if not re.search(r"\d", p)] or parts
    text = parts[0] if named or parts[-1].endswith("的") else plain[-1]
    return re.split("的,(?:且|并)", text)[0]


def _head(text: str, named: bool) -> str:
    """The head of a long beneficiary, never half a word: what follows 的, or stands before it."""
    has_number = re.search(r"\d", text)
    head = re.split("的(?=[^的]{2,}$)", text)[-1]
    head = head if len(head) <= WHOLE and not re.search(r"\d", head) else ""
    if len(head) > 4 and not cues()["name.anyone"].fullmatch(head):
        return head
    subject = None if named else cues()["name.subject"].match(text)
    if subject and len(subject[1]) >= 4:
        return subject[1]  # 粮食生产大户|持有…合同
    if not has_number and len(text) <= LONGEST:
        return text
    about = re.split(r"\d", text)[0]
    about = about[: strip_end(about, 0, len(about))[0]].strip("的、,")
    about = cues()["name.gained"].sub("", about)
    about = re.split("[,;]", about)[-1] if len(about) > WHOLE else about
    return (about if len(about) <= WHOLE else "") + head


def _recipient(mention: Mention) -> str:
    """给予|发布方|最高100万元, 奖励|招商企业或个人|20万元: who stands between verb and sum."""
    found = cues()["name.recipient"].search(mention.lead)
    if not found or cues()["name.payment_only"].fullmatch(found[1]):
        return ""
    name = found[1] if len(mention.run) == 1 else ""
    return "" if cues()["name.anyone"].fullmatch(name) else name


def _carries_on(mention: Mention) -> bool:
    """…奖励1万元,|200至300亩的奖励2万元: only a threshold stands before the sum."""
    before = mention.run[0].before
    if not before or before.kind != "condition" or before.start < mention.part:
        return False
    between = mention.flat[before.right : mention.run[0].left]
    earlier = before.run[0].before
    answers = cues()["kind.pays_at_once"].fullmatch(between.replace(",", ""))
    return bool(answers and (earlier and earlier.kind == "incentive" or _colon(mention)))


def _colon(mention: Mention) -> str:
    """What the sentence speaks of before a colon: 来料加工项目:|带动20户补助4万元."""
    at = mention.flat.rfind(":", 0, mention.run[0].left)
    if at < 2:
        return ""
    text = words(mention, max(mention.flat.rfind(s, 0, at) for s in ",;:") + 1, at)
    return LISTED.sub("", re.split("、", text)[-1] if len(text) > WHOLE else text)


def _stand_in(mention: Mention) -> str:
    """What a payment without beneficiary of its own is for: as the one before, or the colon."""
    one = mention.run[0].before
    while one and one.kind != "incentive":
        one = one.before
    return one.indicator if one else _colon(mention)


def _join(owner: str, thing: str) -> str:
    """Owner and thing, without saying anything twice."""
    if not owner or not thing or thing in owner:
        return owner or thing
    applied = re.match("(.{2,}?)(?:申请|申报|注册|登记)(?:费用?)?(?:资助|补助|补贴|奖励)$", thing)
    if applied and applied[1] in owner:
        return owner  # 国内专利授权|专利申请资助
    if len(owner) > 12 and len(thing) >= 5 and not set(thing) & set(owner[-6:]):
        return thing
    return thing if owner in thing else owner + thing


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
    if base == "" and mention.segment:
        before = flat[: mention.segment - 1]
        cut = max(before.rfind(s) for s in ",;:") + 1
        found = re.search("(?:将|根据|对)([^,;]{3,})$", before[cut:])
        base = found[1] if found else ""
    base = re.sub(r"\([^()]*\)$", "", base)
    return re.sub("^其|^不超过|^不高于|^实际发生额$|^(?:最高)$|的$", "", base)


def _one_each(mention: Mention, span: tuple[int, int] | None) -> list[str]:
    """分别给予60万元、40万元、20万元: the k-th payment goes to the k-th thing named before."""
    n, counted, one = len(mention.run), [], mention.run[0].before
    while one and one.kind in ("target", "condition") and len(counted) < n:
        counted.insert(0, one)
        one = one.before
    if len(counted) == n and all(m.kind == "target" for m in counted):
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
        if len(set(names)) > 1 and not any(name[0].isdigit() for name in names):
            return names
    return []
