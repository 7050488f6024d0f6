"""Texts that are there already: the same words, the same number, nearly one wording."""

import hashlib
import re
import zlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from ipcompare.record import plain_number
from ipcompare.text import fold_width

SHINGLE = 8  # characters
SAMPLED = 8  # one shingle of so many is kept, the same ones in every text
ALIKE = 0.9  # share of the shingles of two texts that both have (Jaccard)


@dataclass
class Known:
    """The texts of a corpus: by the hash of their characters, their number, their shingles."""

    by_words: dict[bytes, str] = field(default_factory=dict)
    by_number: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    holders: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, doc_id: str, text: str, number: str, place: str) -> None:
        """Remember a text, its document number and the place it is of."""
        words = _words(text)
        self.by_words.setdefault(_digest(words), doc_id)
        if key := plain_number(number):
            self.by_number.setdefault(key, doc_id)
        shingles = _shingles(words)
        self.places[doc_id], self.sizes[doc_id] = place, len(shingles)
        for shingle in shingles:
            self.holders[shingle].append(doc_id)

    def same(self, text: str, number: str, place: str) -> tuple[str, str] | None:
        """The document that a text is, and why; None for a new one.

        A text of another place with nearly the same wording is a new one: places copy.
        """
        words = _words(text)
        if doc_id := self.by_words.get(_digest(words)):
            return doc_id, "the same text"
        if doc_id := self.by_number.get(plain_number(number)):
            return doc_id, f"the same number {number}"
        doc_id, alike = self._nearest(_shingles(words))
        if alike < ALIKE or (place and self.places[doc_id] and place != self.places[doc_id]):
            return None
        return doc_id, f"{alike:.0%} of the wording the same"

    def _nearest(self, shingles: set[int]) -> tuple[str, float]:
        common = Counter(doc_id for s in shingles for doc_id in self.holders.get(s, ()))
        found = [
            (n / (len(shingles) + self.sizes[doc_id] - n), doc_id) for doc_id, n in common.items()
        ]
        alike, doc_id = max(found, default=(0.0, ""))
        return doc_id, alike


def _words(text: str) -> str:
    """The characters that make two texts one: no white space, one width."""
    return fold_width(re.sub(r"[\s\u200b\ufeff]", "", text))


def _digest(words: str) -> bytes:
    return hashlib.sha256(words.encode(errors="surrogatepass")).digest()


def _shingles(words: str) -> set[int]:
    """A sample of the runs of eight characters, as numbers."""
    runs = (
        words[at : at + SHINGLE].encode(errors="surrogatepass")
        for at in range(len(words) - SHINGLE + 1)
    )
    return {code for run in runs if (code := zlib.crc32(run)) % SAMPLED == 0}
