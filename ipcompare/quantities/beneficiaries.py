"""Who or what is paid: the words between 对 and the verb, or what stands in for them."""

import re

from ipcompare.quantities.cues import cues
from ipcompare.quantities.mentions import Mention
from ipcompare.quantities.phrases import strip_end, strip_start, words

WHOLE = 24  # a beneficiary up to this length is named whole, a longer one by its head
LONGEST = 40


def beneficiary_span(mention: Mention) -> tuple[int, int] | None:
    """The words between 对 (or the start of the part) and the verb of giving."""
    flat, cue, stop = mention.flat, cues(), mention.run[0].left
    if (clause := _own_clause(mention)) is not None:
        return clause
    starts = [m.end() for m in cue["kind.beneficiary"].finditer(flat, mention.part, stop)]
    if not starts and mention.part:
        previous = flat.rfind(";", 0, mention.part - 1) + 1
        cap = cue["kind.cap"].search(mention.lead)
        starts = [m.end() for m in cue["kind.beneficiary"].finditer(flat, previous, stop)]
        own = cues()["beneficiary.own_clause"].search(flat, mention.part, mention.segment)
        starts = starts if cap and not own else []
    comma = flat.find(",", mention.part, stop)
    opened = strip_start(flat, mention.part, comma if comma > 0 else stop)
    for start in reversed(starts) if starts else [opened]:
        if at := _paid_at(mention, start + 1):
            return start, min(at, stop)
    return None


def _own_clause(mention: Mention) -> tuple[int, int] | None:
    """对获金奖的给予50万元,|企业获得银奖的|,分别奖励20万元: behind the payment before."""
    before = mention.run[0].before
    if not before or before.kind != "incentive" or before.start < mention.part:
        return None
    if "对" in mention.flat[before.right : mention.left]:
        return None
    own = cues()["beneficiary.own_clause"].search(mention.flat, before.right, mention.segment)
    return (own.start(), own.end() - 2) if own else None


def _paid_at(mention: Mention, start: int) -> int | None:
    """Where the words of giving begin, not those of a clause before 的: 提供担保的|担保机构."""
    flat, stop = mention.flat, mention.run[0].left
    for pay in cues()["name.pay"].finditer(flat, start, mention.part_end):
        if pay.start() > stop + 30:
            return None
        noun = cues()["beneficiary.classed"].match(flat, pay.end(), stop) or cues()[
            "name.pay_noun"
        ].match(flat, pay.end())
        if not (pay.end() < stop and noun):
            return pay.start()
    return None


def beneficiary(mention: Mention, span: tuple[int, int] | None) -> tuple[str, bool]:
    """The beneficiary: whole where short and without numbers (True), else its head (False)."""
    if span is None:
        return "", True
    named = mention.flat[max(span[0] - 1, 0)] == "对"
    text = cues()["beneficiary.dated"].sub("", words(mention, *span).removeprefix("于"), count=1)
    text = _stated(text, named)
    for name in ("vetted", "since", "also", "place", "gained"):
        text = cues()[f"name.{name}"].sub("", text).strip("的、,") or text
    if len(text) > WHOLE:
        text = cues()["beneficiary.asides"].sub("", text)
        text = cues()["beneficiary.listed"].sub("", text, count=1)
    if cues()["name.payment_only"].fullmatch(text) or cues()["name.how"].match(text):
        return "", True
    if len(text) <= WHOLE and not re.search(r"\d", text):
        return text, True
    return _head(text, named), False


def _stated(text: str, named: bool) -> str:
    """The part that says who is paid, without 经认定, 根据…, 符合…条件的, 且考核优秀的."""
    parts = [p for p in cues()["beneficiary.clauses"].split(text) if len(p) >= 4] or [text]
    parts = [p for p in parts if not cues()["name.how"].match(p)] or parts[:1]
    plain = [p for p in parts if not re.search(r"\d", p)] or parts
    text = parts[0] if named or parts[-1].endswith("的") else plain[-1]
    return cues()["beneficiary.and_also"].split(text)[0]


def _head(text: str, named: bool) -> str:
    """The head of a long beneficiary, never half a word: what follows 的, or stands before it."""
    has_number = re.search(r"\d", text)
    head = cues()["beneficiary.last_of"].split(text)[-1]
    head = head if len(head) <= WHOLE and not re.search(r"\d", head) else ""
    if len(head) >= (4 if has_number else 5) and not cues()["name.anyone"].fullmatch(head):
        return head
    subject = None if named else cues()["name.subject"].match(text)
    if subject and len(subject[1]) >= 4:
        return subject[1]  # 粮食生产大户|持有…合同
    if not has_number and len(text) <= LONGEST:
        return text
    about = cues()["beneficiary.joins"].split(re.split(r"\d", text)[0])[0]
    about = about[: strip_end(about, 0, len(about))[0]].strip("的、,")
    about = cues()["name.gained"].sub("", about)
    about = re.split("[,;]", about)[-1] if len(about) > WHOLE else about
    return (about if len(about) <= WHOLE else "") + head


def recipient_of(mention: Mention) -> str:
    """给予|发布方|最高100万元, 奖励|招商企业或个人|20万元: who stands between verb and sum."""
    found = cues()["name.recipient"].search(mention.lead)
    if not found or cues()["name.payment_only"].fullmatch(found[1]):
        return ""
    name = found[1] if len(mention.run) == 1 else ""
    return "" if cues()["name.anyone"].fullmatch(name) else name


def carries_on(mention: Mention) -> bool:
    """…奖励1万元,|200至300亩的奖励2万元: only a threshold stands before the sum."""
    before = mention.run[0].before
    if not before or before.kind != "condition" or before.start < mention.part:
        return False
    between = mention.flat[before.right : mention.run[0].left]
    earlier = before.run[0].before
    answers = cues()["kind.pays_at_once"].fullmatch(between.replace(",", ""))
    return bool(answers and (earlier and earlier.kind == "incentive" or before_colon(mention)))


def before_colon(mention: Mention) -> str:
    """What the sentence speaks of before a colon: 来料加工项目:|带动20户补助4万元."""
    at = mention.flat.rfind(":", 0, mention.run[0].left)
    if at < 2:
        return ""
    text = words(mention, max(mention.flat.rfind(s, 0, at) for s in ",;:") + 1, at)
    return cues()["beneficiary.listed"].sub(
        "", re.split("、", text)[-1] if len(text) > WHOLE else text
    )


def stand_in(mention: Mention) -> str:
    """What a payment without beneficiary of its own is for: as the one before, or the colon."""
    one = mention.run[0].before
    while one and one.kind != "incentive":
        one = one.before
    return one.indicator if one else before_colon(mention)
