"""What a fine or a compensation is for: the offence, the circumstance, what it is reckoned on."""

import re

from ipcompare.quantities.cues import cues
from ipcompare.quantities.fields import Section
from ipcompare.quantities.mentions import HIDDEN, Mention, earlier

LONGEST = 24  # an offence longer than this is no name
CIRCUMSTANCE = 16
SHORT = 8  # 情节严重的 beside the offence is a circumstance, a longer clause a second offence
PART = re.compile("[^,;:]+")


def fine_name(mention: Mention, section: Section) -> str:
    """假冒专利违法所得罚款: what is fined, on what it is reckoned; empty for no fine.

    假冒专利的,…可以并处违法所得|一倍以上四倍|以下的罚款;没有违法所得的,可以处…
    """
    sum_of = _sum(mention)
    if not sum_of:
        return ""
    offence, circumstance = _offence(mention)
    section.offence = offence or section.offence
    base = _base(mention)
    return section.offence + ("" if base and base in circumstance else circumstance) + base + sum_of


def _sum(mention: Mention) -> str:
    """罚款, 赔偿, 滞纳金: the word for the sum, in the segment of the number."""
    cue, flat = cues(), mention.flat
    segment = flat[mention.run[-1].right : mention.segment_end]
    if found := cue["name.fine_after"].match(segment):
        return found["sum"]
    if not cue["name.fine_before"].search(mention.lead):
        return ""
    found = cue["name.fine_sum"].search(segment) or cue["name.fine_sum"].search(mention.lead)
    return found[0] if found else "罚款"


def _base(mention: Mention) -> str:
    """处违法经营额|五倍: what the multiple or the rate is of."""
    if mention.quantity.unit_class not in ("times", "percent", "points"):
        return ""
    found = cues()["name.fine_base"].search(mention.lead)
    return found["base"] if found else ""


def _offence(mention: Mention) -> tuple[str, str]:
    """The offence, and the circumstance where the sentence tells several apart.

    侵犯同一专利权的,…没有违法所得的,处…: the first clause that ends in 的, and the last.
    """
    parts = [m for m in PART.finditer(mention.flat, 0, mention.segment)]
    ends = [k for k, part in enumerate(parts) if part[0].endswith("的")]
    if not ends:
        return "", ""
    opening = (mention.sentence[p.start() : p.end()] for p in parts[: ends[0] + 1])
    said = [p for p in opening if not cues()["name.fine_setting"].search(p)]
    offence = _plain(said[0]) if said else ""
    if len(offence) > LONGEST:
        return "", ""
    last = _plain(parts[ends[-1]][0])
    told = len(ends) > 1 or (len(said) > 1 and len(said[-1]) <= SHORT)
    within = parts[ends[-1]]
    counts = any(within.start() <= m.start < within.end() for m in earlier(mention))
    return offence, last if told and len(last) <= CIRCUMSTANCE and not counts else ""


def _plain(clause: str) -> str:
    """An offence without 违反本条例规定, 单位和个人 and the items of a long list."""
    text = cues()["name.fine_listed"].sub("", clause.removesuffix("的"))
    said = cues()["name.fine_rule"].sub("", text) or text  # 违反前款规定 says it all
    return re.sub(rf"[\s{HIDDEN}]", "", cues()["name.fine_anyone"].sub("", said)).strip("的、")
