"""Where the cue words of ``cues.csv`` stand in a sentence, looked up once a sentence."""

import functools
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from operator import add

from ipcompare.data import RuleError, read_rows

CUES = "drafting/cues.csv"
_COLUMNS = ("cue", "phrase", "except", "example", "counter_example")
_GAP = "[^,;:。!?\\d\x01]{0,12}?"  # what … stands for
Spans = dict[str, list[tuple[int, int]]]


@dataclass(frozen=True)
class Phrase:
    """One phrase of a cue; an ``except`` is a longer stretch in which it does not count."""

    line: int
    cue: str
    words: str
    excepted: tuple[str, ...]
    example: str
    counter_example: str

    @functools.cached_property
    def head(self) -> str:
        """The words before the first gap or digit."""
        return re.split("[…#]", self.words)[0]

    @functools.cached_property
    def pattern(self) -> re.Pattern:
        """The phrase as a pattern: … is a short gap, # a digit."""
        excepted = []
        for longer in self.excepted:
            before, _, after = longer.partition(self.head)
            behind = f"(?<={_literal(before)})" if before else ""
            excepted.append(behind + _literal(self.head + after))
        barred = f"(?!{'|'.join(excepted)})" if excepted else ""
        return re.compile(barred + _GAP.join(map(_literal, self.words.split("…"))))

    @property
    def is_plain(self) -> bool:
        """Whether the head is all that is to be looked for."""
        return self.head == self.words and not self.excepted


def _literal(words: str) -> str:
    return re.escape(words).replace(r"\#", r"\d")


@functools.cache
def phrases(file: str = CUES) -> tuple[Phrase, ...]:
    """The phrases of ``cues.csv``; RuleError for a row that cannot be used."""
    made, seen = [], set()
    for line, row in read_rows(file, _COLUMNS):
        cue, words, excepted = row["cue"], row["phrase"], tuple(row["except"].split())
        if (cue, words) in seen or not words.strip("…#"):
            raise RuleError(file, line, f"{words!r} is empty or stands twice")
        phrase = Phrase(line, cue, words, excepted, row["example"], row["counter_example"])
        if not phrase.head or words.endswith("…"):
            raise RuleError(file, line, f"{words!r} must begin and end with words")
        if wrong := next((e for e in excepted if phrase.head not in e or e == phrase.head), None):
            problem = f"the exception {wrong!r} must be longer than {phrase.head!r} and hold it"
            raise RuleError(file, line, problem)
        seen.add((cue, words))
        made.append(phrase)
    return tuple(made)


@functools.cache
def cue_names() -> frozenset[str]:
    """The names of all cues."""
    return frozenset(phrase.cue for phrase in phrases())


@functools.cache
def _by_start() -> dict[str, list[tuple[str, str, re.Pattern | None]]]:
    """Cue, head and pattern of the phrases by the first two characters of the head, or its one."""
    index: dict[str, list] = {}
    for phrase in phrases():
        entry = phrase.cue, phrase.head, None if phrase.is_plain else phrase.pattern
        index.setdefault(phrase.head[:2], []).append(entry)
    return index


@functools.lru_cache(maxsize=16)
def cue_spans(flat: str) -> Spans:
    """Where each cue stands in a folded text, from left to right.

    >>> cue_spans("给予10万元奖励")["pay"]
    [(0, 2), (6, 8)]
    """
    found: Spans = {}
    starting = _by_start().get
    for at, pair in enumerate(map(add, flat, flat[1:] + " ")):
        for cue, head, pattern in (*starting(flat[at], ()), *starting(pair, ())):
            if flat.startswith(head, at):
                hit = pattern.match(flat, at) if pattern else None
                if hit or pattern is None:
                    end = hit.end() if hit else at + len(head)
                    found.setdefault(cue, []).append((at, end))
    return found


def spans_within(found: Spans, cue: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The spans of a cue that lie within [start, stop)."""
    spans = found.get(cue)
    if spans:
        for at in range(bisect_left(spans, (start,)), len(spans)):
            if spans[at][0] >= stop:
                return
            if spans[at][1] <= stop:
                yield spans[at]
