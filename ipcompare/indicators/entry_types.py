"""What an entry of the indicators is made of, and what else alignment needs to know."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from ipcompare.quantities.units import Unit

MEASURES = ("level", "growth", "share", "reduction")
NUMBER = "<数>"  # in a sentence pattern: the number of the mention itself


@dataclass(frozen=True)
class Phrase:
    """Words that mean an indicator; ``sentence`` must also be found in the quote, if given."""

    words: re.Pattern  # with its end
    sentence: str = ""

    def search(self, subject: str, ends: tuple[int, ...]) -> re.Match | None:
        """The match that begins first of those that end at one of the places ``ends``."""
        best = None
        for end in ends:
            match = self.words.search(subject, 0, end)
            if match is not None and (best is None or match.start() < best.start()):
                best = match
        return best

    def in_sentence(self, quote: str, number: str) -> dict[str, str] | None:
        """The named groups of ``sentence`` in the quote; None where it is not found."""
        if not self.sentence:
            return {}
        if NUMBER in self.sentence and not number:
            return None
        match = re.search(self.sentence.replace(NUMBER, re.escape(number)), quote)
        return None if match is None else match.groupdict()


@dataclass(frozen=True)
class Indicator:
    """One entry of ``indicators.toml`` or ``incentives.toml`` (``measure`` "" for incentives)."""

    id: str
    zh: str
    en: str
    theme: str
    kind: str
    measure: str
    unit: Unit
    phrases: tuple[Phrase, ...]
    excluded: re.Pattern | None
    over: frozenset[str]
    split: bool
    variants: tuple[tuple[str, re.Pattern], ...]
    spoken: tuple[Phrase, ...] = ()  # names by which it goes where no number stands


@dataclass(frozen=True)
class Grade:
    """A rank of a thing: 国家级, 省级, 市级."""

    id: str
    zh: str
    en: str
    words: re.Pattern


@dataclass(frozen=True)
class Subject:
    """What may stand around a phrase without changing what is counted."""

    before: re.Pattern
    before_end: re.Pattern
    after: re.Pattern
    not_before: re.Pattern
    area: re.Pattern
    count_words: re.Pattern
    grades: tuple[Grade, ...]

    def ends(self, words: str) -> tuple[int, ...]:
        """Where a phrase may end: at the end, or before neutral words alone (专利拥有量|达到)."""
        first = self.after.search(words)
        inner = range(first.start(), len(words)) if first else ()
        return (len(words), *(end for end in inner if self.after.fullmatch(words, end)))


class Wording(NamedTuple):
    """Words in which a provision speaks of a thing: groups ``of``, ``words``, perhaps ``end``."""

    kind: str
    measure: str  # of the indicators meant; empty: of any
    pattern: re.Pattern
    example: str
    counter_example: str


class Spoken(NamedTuple):
    """What else is known of statements in words."""

    past: re.Pattern  # of a sentence that tells what was
    negated: re.Pattern  # between the last comma and the end of the words: not, or no longer
    whose: re.Pattern  # who is paid, in any scheme
    grade: re.Pattern  # an item of a list that goes with the next: 国家级、省级强企


class Proviso(NamedTuple):
    """Words that limit a payment: 一次性, 单个企业."""

    pattern: re.Pattern
    example: str
    counter_example: str


@dataclass(frozen=True)
class Rules:
    """Everything alignment needs to know."""

    indicators: tuple[Indicator, ...]
    subject: Subject
    themes: dict[str, str]  # Chinese to English
    parts: dict[str, str]  # words of a row's name in English: 金奖 -> Gold
    wordings: tuple[Wording, ...]  # what stands where a number would
    provisos: tuple[Proviso, ...]  # words that limit a payment
    spoken: Spoken  # how the words around these are read
