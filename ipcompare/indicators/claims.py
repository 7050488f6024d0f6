"""Which indicator a mention is about: the entries of the data files that claim its words."""

import functools
from dataclasses import dataclass

from ipcompare.indicators.entries import NOTHING, Own, known_entries, rules
from ipcompare.indicators.entry_types import Grade, Indicator
from ipcompare.quantities.units import Unit, plain

_STOPS = "。.;,、:"
_CONJUNCTIONS = "、和与及或/"


@dataclass(frozen=True)
class Claim:
    """An entry that claims a mention, and how the mention narrows it."""

    entry: Indicator
    grades: tuple[Grade, ...]
    part: str  # 50件 in 拥有发明专利50件的企业: splits the row
    limit: str  # to what the number is limited, in the text's own words: 国家经济技术开发区
    variants: tuple[str, ...]  # words that change the definition: 新增
    joint: str  # another thing counted in the same number: 知识产权交易量

    @property
    def names(self) -> tuple[str, str, str]:
        """Id, Chinese and English name of the row: the entry, its grades, its part."""
        grades, entry = self.grades if self.entry.split else (), self.entry
        if not grades and not self.part:
            return entry.id, entry.zh, entry.en
        part = self.part
        for zh, en in rules().parts.items():
            part = part.replace(zh, en)
        ids = "+".join(g.id for g in grades) or self.part
        zh = "、".join(g.zh for g in grades) or self.part
        en = " and ".join(g.en for g in grades) or part
        return f"{entry.id}.{ids}", f"{entry.zh}：{zh}", f"{entry.en}: {en}"

    @property
    def scope(self) -> str:
        """Grades and limit in words, for the ``scope`` column."""
        return "；".join(filter(None, ["、".join(g.zh for g in self.grades), self.limit]))


def subject_of(wording: str, unit: Unit) -> str:
    """The plain wording of an indicator, without closing stops, behind what the unit adds.

    >>> from ipcompare.quantities.units import unit_of
    >>> subject_of("发明专利拥有量。", unit_of("件/万人"))
    '万人发明专利拥有量'
    """
    words = plain(wording).strip(_STOPS)
    return unit.subject + words if words else ""


@functools.lru_cache(maxsize=65536)
def claims(
    subject: str, *, dimension: str, measure: str, kind: str, quote: str = "", number: str = "",
    spoken: bool = False, own: Own = NOTHING,
) -> tuple[Claim, ...]:  # fmt: skip
    """Every entry that claims the subject, without those that a more specific one replaces.

    ``dimension`` is that of the unit ("" for a mention without a number); ``quote`` and ``number``
    (10家) serve the phrases that need words of the sentence; ``spoken`` adds the names that count
    only without a number; ``own`` are a researcher's entries beside the shipped ones. More than
    one claim means that the data files do not decide.
    """
    found = []
    for entry in _fitting(kind, dimension, measure, own):
        claim = _claim(entry, subject, quote, number, spoken)
        if claim is not None:
            found.append(claim)
    replaced = frozenset().union(*(claim.entry.over for claim in found))
    return tuple(claim for claim in found if claim.entry.id not in replaced)


@functools.lru_cache(maxsize=1024)
def _fitting(kind: str, dimension: str, measure: str, own: Own) -> tuple[Indicator, ...]:
    """The entries that a mention of this kind, dimension and measure can be of."""
    known = (entry for entry in known_entries(own) if entry.kind == kind)
    return tuple(entry for entry in known if entry_fits(entry, dimension, measure))


def entry_fits(entry: Indicator, dimension: str, measure: str) -> bool:
    """Whether a mention of this dimension and measure can be of this entry."""
    if entry.kind == "incentive":
        return dimension == ("percent" if measure == "share" else entry.unit.dimension)
    return entry.measure == measure and dimension in ("", entry.unit.dimension)


def _claim(entry: Indicator, subject: str, quote: str, number: str, spoken: bool) -> Claim | None:
    """The claim of one entry: its first phrase that ends the subject; None if a word bars it."""
    ends = _ends(subject)
    for phrase in entry.phrases + (entry.spoken if spoken else ()):
        match = phrase.search(subject, ends)
        around = phrase.in_sentence(quote, number) if match else None
        if match is None or around is None:
            continue
        if entry.excluded is not None and entry.excluded.search(subject):
            return None
        before = subject[: match.start()]
        if rules().subject.not_before.search(before):
            continue
        words = subject[match.start() :]
        return _narrowed(entry, before, words, around | match.groupdict())
    return None


@functools.lru_cache(maxsize=1024)
def _ends(subject: str) -> tuple[int, ...]:
    return rules().subject.ends(subject)


def _narrowed(entry: Indicator, before: str, words: str, groups: dict) -> Claim:
    """The claim with its qualifiers, read from what stands before the phrase."""
    subject, before = rules().subject, (groups.get("before") or "") + before
    all_words = before + words
    rest = _bare(subject.count_words.sub("", before))
    partial = bool(subject.area.search(rest))
    graded = rest + words if entry.split else rest
    grades = () if partial else tuple(g for g in subject.grades if g.words.search(graded))
    variants = [m.group() for _, pattern in entry.variants for m in pattern.finditer(all_words)]
    variants += [m.group() for m in subject.count_words.finditer(all_words)]
    joint = (groups.get("joint") or "").lstrip(_CONJUNCTIONS)
    if rest and before[-1] in _CONJUNCTIONS:
        joint = joint or rest.strip(_CONJUNCTIONS)
        rest = ""
    if not partial:
        for grade in subject.grades:
            rest = grade.words.sub("", rest)
    limit = rest.strip(_CONJUNCTIONS + ",")
    return Claim(
        entry, grades, groups.get("scope") or "", limit, tuple(dict.fromkeys(variants)), joint
    )


def _bare(words: str) -> str:
    """``words`` without neutral words at its two ends (全市, 培育, 有较强竞争力的)."""
    return rules().subject.before_end.sub("", rules().subject.before.sub("", words))
