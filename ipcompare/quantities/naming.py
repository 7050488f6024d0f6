"""The names of all mentions of a sentence, each with the source it was taken from."""

from ipcompare.quantities.bases import joined
from ipcompare.quantities.criteria import criterion_names
from ipcompare.quantities.cues import cues
from ipcompare.quantities.fields import Section
from ipcompare.quantities.fines import fine_name
from ipcompare.quantities.mentions import Mention
from ipcompare.quantities.names import list_names, subject_of
from ipcompare.quantities.owners import owner_of
from ipcompare.quantities.payments import payment_names
from ipcompare.quantities.tiers import tier_names

SHORT = 5  # an attribute up to this length says too little without its owner
NAMED_BY = {"incentive": payment_names, "condition": criterion_names}
# where the owner of a bare name is looked for, in this order
OWNERS = {
    "condition": ("behind", "opening", "comma", "colon", "payment"),
    "target": ("behind",),
    "incentive": ("opening", "paragraph", "heading"),
}
NAMELESS = ("behind", "comma", "opening")


def name_mentions(group: list[Mention], section: Section) -> None:
    """Set ``indicator``, ``name_source`` and ``subject`` of the mentions, from left to right."""
    for mention in group:
        if mention is mention.run[0]:
            names, source = _names(mention, section)
            for member, name in zip(mention.run, names, strict=True):
                _set(member, name, source, section)


def _set(mention: Mention, name: str, source: str, section: Section) -> None:
    """A name that says nothing (给予) gives way to what clause or sentence before speak of."""
    if cues()["name.nothing"].fullmatch(name):
        said, where = section.speaks_of(mention.kind)
        name, source = said or name, where if said else source
    mention.indicator = name
    mention.name_source = (source or _place(mention, name)) if name else ""
    mention.subject = subject_of(mention)


def _names(mention: Mention, section: Section) -> tuple[list[str], str]:
    """One name a member of the list that a mention opens, and where they come from."""
    if mention.kind in ("condition", "target") and (fine := fine_name(mention, section)):
        return [fine] * len(mention.run), "offence"
    if mention.kind == "incentive" and (tiers := tier_names(mention)):
        return tiers, "tier"
    names = NAMED_BY.get(mention.kind, list_names)(mention)
    if len(set(names)) > 1 or not _bare(names[0]):
        return names, ""
    sources = OWNERS.get(mention.kind, ()) if names[0] else NAMELESS
    owner, source = owner_of(mention, section, sources)
    verb = cues()["name.build"].match(names[0])
    name = names[0][verb.end() if verb else 0 :] or names[0]  # 设立|规模
    if not owner or name and name in owner:
        return names, ""
    return [joined(owner, name)] * len(names), source


def _bare(name: str) -> bool:
    """总规模, 年销售额, 投资额: an attribute too short to say of what; or no name at all."""
    return not name or len(name) <= SHORT and bool(cues()["name.attribute"].search(name))


def _place(mention: Mention, name: str) -> str:
    """own: the words stand in the comma segment of the number; else elsewhere in the sentence."""
    segment = mention.sentence[mention.run[0].segment : mention.run[-1].segment_end]
    return "own" if name in "".join(segment.split()) else "sentence"
