"""The names of all mentions of a sentence, each with the source it was taken from."""

from ipcompare.quantities.cues import cues
from ipcompare.quantities.fields import Section
from ipcompare.quantities.fines import fine_name
from ipcompare.quantities.mentions import Mention
from ipcompare.quantities.owners import owner_of
from ipcompare.quantities.names import list_names, subject_of
from ipcompare.quantities.payments import joined, payment_names
from ipcompare.quantities.thresholds import threshold_names
from ipcompare.quantities.tiers import tier_names

OWN, OFFENCE, TIER = "own words", "offence", "tier"


def name_mentions(group: list[Mention], section: Section) -> None:
    """Set ``indicator``, ``name_source`` and ``subject`` of the mentions, from left to right."""
    for mention in group:
        if mention is mention.run[0]:
            names, source = _names(mention, section)
            for member, name in zip(mention.run, names, strict=True):
                member.name_source = source
                empty = cues()["name.nothing"].fullmatch(name)
                member.indicator = (section.speaks_of(member.kind) or name) if empty else name
                member.subject = subject_of(member)


def _names(mention: Mention, section: Section) -> tuple[list[str], str]:
    """One name a member of the list that a mention opens, and where they come from."""
    if mention.kind in ("condition", "target") and (fine := fine_name(mention, section)):
        return [fine] * len(mention.run), OFFENCE
    if mention.kind == "incentive" and (tiers := tier_names(mention)):
        return tiers, TIER
    names = NAMED_BY.get(mention.kind, list_names)(mention)
    if len(set(names)) == 1 and _bare(names[0]):
        sources = OWNERS.get(mention.kind, ()) if names[0] else NAMELESS
        owner, source = owner_of(mention, section, sources)
        verb = cues()["name.build"].match(names[0])
        name = names[0][verb.end() if verb else 0 :] or names[0]  # 设立|规模
        if owner and not (name and name in owner):
            return [joined(owner, name)] * len(names), source
    return names, OWN


def _bare(name: str) -> bool:
    """总规模, 年销售额, 投资额: an attribute too short to say of what."""
    return not name or len(name) <= 5 and bool(cues()["name.attribute"].search(name))


NAMED_BY = {"incentive": payment_names, "condition": threshold_names}
OWNERS = {
    "condition": (
        "behind the number", "opening of the sentence", "before the colon", "payment before",
    ),
    "target": ("behind the number",),
    "incentive": ("opening of the sentence", "opening of the paragraph", "heading"),
}  # fmt: skip
NAMELESS = ("behind the number", "words before", "opening of the sentence")
