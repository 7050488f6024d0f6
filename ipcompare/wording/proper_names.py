"""Proper names in a text: of documents, standards, offices, programmes and places.

Where two texts hold the same name they speak of the same thing; that is no shared wording. The
patterns are in ``proper_names.csv``, the places in ``intake/places.csv``.
"""

import functools
import re
from collections.abc import Collection

import numpy as np

from ipcompare.collecting.places import named_places
from ipcompare.data import data_pattern, read_rows

_FILE = "wording/proper_names.csv"
_COLUMNS = ("kind", "pattern", "example", "counter_example")
_SHORT = 6  # characters: a shorter title without 《》 may be a common word (专利法)


def name_mask(folded: str, *, cited: Collection[str] = ()) -> np.ndarray:
    """Which characters of a width-folded text belong to a proper name.

    White space within a name does not matter. ``cited``: names of documents that stand in 《》
    somewhere in the corpus; they are known without the marks, too (企业知识产权管理规范).
    """
    places = [i for i, character in enumerate(folded) if not character.isspace()]
    words, mask = "".join(folded[i] for i in places), np.zeros(len(folded), dtype=bool)
    for start, end in _spans(words, cited):
        mask[places[start:end]] = True
    return mask


def _spans(words: str, cited: Collection[str]) -> list[tuple[int, int]]:
    """Start and end of every name."""
    known = [re.escape(name) for name in cited if len(name) >= _SHORT]
    titles = [re.compile("|".join(sorted(known, key=len, reverse=True)))] if known else []
    patterns = (pattern for _, pattern in name_patterns())
    found = [m.span() for pattern in (*patterns, *titles) for m in pattern.finditer(words)]
    return found + _place_spans(words)


@functools.cache
def name_patterns() -> tuple[tuple[str, re.Pattern], ...]:
    """Kind and pattern of each row of ``proper_names.csv``."""
    rows = read_rows(_FILE, _COLUMNS)
    return tuple((row["kind"], data_pattern(_FILE, row["pattern"])) for _, row in rows)


def _place_spans(words: str) -> list[tuple[int, int]]:
    """The longest name of a place from each character on, none within another."""
    found, at, known = [], 0, named_places()
    while at < len(words):
        names = known.get(words[at : at + 2], ())
        length = next((len(name) for name in names if words.startswith(name, at)), 0)
        found += [(at, at + length)] if length else []
        at += max(length, 1)
    return found


def names_place(words: str) -> bool:
    """Whether a term holds the name of a place or region.

    >>> names_place("廊坊市"), names_place("京津冀"), names_place("专利池")
    (True, True, False)
    """
    regions = (pattern for kind, pattern in name_patterns() if kind == "region")
    return bool(_place_spans(words)) or any(pattern.search(words) for pattern in regions)
