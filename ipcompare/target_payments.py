"""What an incentive is paid for: the beneficiary, the thing named after the sum, a rate's base."""

import re

from ipcompare.quantity_rules import cues
from ipcompare.sentences import Mention
from ipcompare.target_fields import last
from ipcompare.target_names import complete, list_names
from ipcompare.target_words import core_of, distribute, strip_end, strip_start, words

WHOLE = 24  # a beneficiary up to this length is named whole, a longer one by its head


ENTITLED = re.compile(
    "(?:比例|标准|限额|面积|额度|(?<!金)额|水平|奖励资金|补助资金|线|上限"
    "|[一-龥]{2}(?:补助|补贴|津贴|救助金|养老金))$"
)


def payment_names(mention: Mention) -> list[str]:
    """The indicators of all members of the list of payments that a mention opens."""
    n, before, core = len(mention.run), mention.run[0].before, core_of(mention)
    own = core.text(mention)
    if core.predicate and not own and before:
        return [before.indicator] * n  # 由1000元|提高至1500元
    if re.match("其(?!中)", mention.lead):
        return [complete(mention, own)] * n
    if ENTITLED.search(own) and not re.match("按|补贴|给予|对|以", mention.lead):
        return list_names(mention)
    if _only_caps(mention):
        return [before.indicator] * n
    span = beneficiary_span(mention)
    purpose = "" if mention.quantity.unit_class == "percent" else _purpose(mention)
    if n > 1 and (names := _one_each(mention, span)):
        return [_join(name, purpose) for name in names]
    paid, whole = _beneficiary(mention, span)
    if mention.quantity.unit_class == "percent":
        base = _base(mention)
        named = span and mention.flat[max(span[0] - 1, 0)] == "对"
        name = _join(paid, base) if named or len(base) < 8 else base
    elif purpose and not whole:
        name = purpose if len(paid) > 12 else _join(paid, purpose)
    else:
        name = _join(paid, purpose)
    if not name and before and before.kind == "incentive":
        return [before.indicator] * n
    return [name or complete(mention, own)] * n


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
    text = words(mention, *span)
    parts = [p for p in re.split("[,;](?!或|且|并|和)", text) if len(p) >= 4] or [text]
    named = mention.flat[max(span[0] - 1, 0)] == "对"
    plain = [p for p in parts if not re.search(r"\d", p)] or parts
    text = parts[0] if named or parts[-1].endswith("的") else plain[-1]
    text = re.sub(cues()["name.gained"], "", text).strip("的、,") or text
    if len(text) > WHOLE:
        text = re.sub("《[^《》]*》|[(][^()]*[)]|(?<=》)和", "", text)
    if len(text) <= WHOLE and not re.search(r"\d", text):
        return text, True
    head = re.split("的(?=[^的]{2,}$)", text)[-1]
    head = head if len(head) <= WHOLE and not re.search(r"\d", head) else ""
    if len(head) > 4:
        return head, False
    about = re.split(r"\d", text)[0]
    about = about[: strip_end(about, 0, len(about))[0]].strip("的、,")
    about = re.sub(cues()["name.gained"], "", about)
    if _purpose(mention):
        return head or about[:12], False
    return (about if len(about) <= WHOLE else "") + head or text[:WHOLE], False


def _join(owner: str, thing: str) -> str:
    """Owner and thing, without saying anything twice."""
    if not owner or not thing or thing in owner:
        return owner or thing
    if len(owner) > 12 and len(thing) >= 5 and not set(thing) & set(owner[-6:]):
        return thing
    return thing if owner in thing else owner + thing


def _purpose(mention: Mention) -> str:
    """给予1万元|一次性创业补贴: what the noun after the sum says beyond 奖励, 补助."""
    rest = mention.flat[mention.run[-1].right : mention.run[-1].part_end]
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
    text = re.sub(cues()["name.gained"], "", re.sub(r"\([^()]{1,4}\)", "", text))
    for part in reversed(re.split("[,;]", text)):
        names = distribute(
            re.sub("的(?:专利|企业|单位|项目|机构)?$", "", part).strip("的,").removesuffix("分别"),
            n,
        )
        if len(set(names)) > 1 and not any(name[0].isdigit() for name in names):
            return names
    return []
