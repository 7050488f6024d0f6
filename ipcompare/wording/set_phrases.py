"""Set phrases of official style: what stands in one text after another and says little.

The patterns and where they come from are in ``set_phrases.csv``.
"""

import functools
import re
from typing import Any

import numpy as np
import pandas as pd

from ipcompare.data import data_pattern, read_rows
from ipcompare.frames import checked
from ipcompare.text import Kept, Original, cuts_of, fold_width

_FILE = "wording/set_phrases.csv"
_COLUMNS = ("pattern", "kind", "example", "source")
_CHANGED = ("text", "body_end", "cuts")


def without_set_phrases(clauses: pd.DataFrame) -> pd.DataFrame:
    """The clause table with the set phrases deleted from ``text``, all else as it was.

    Give it to any comparison of words to have that without them. Label, heading and departments
    are not touched; slots of a phrase stay (发挥司法保护的主导作用 → 司法保护). What is deleted
    joins the ``cuts``, so that every character still leads back to the file.
    """
    clauses = checked(clauses, "clauses").reset_index(drop=True)
    shortened = [_shortened(row) for row in clauses.itertuples()]
    return clauses.assign(**pd.DataFrame(shortened, index=clauses.index, columns=list(_CHANGED)))


@functools.cache
def set_phrases() -> tuple[re.Pattern, ...]:
    """The patterns of ``set_phrases.csv``, on width-folded text; groups are slots that stay."""
    rows = read_rows(_FILE, _COLUMNS)
    return tuple(data_pattern(_FILE, row["pattern"]) for _, row in rows)


def phrase_mask(folded: str) -> np.ndarray:
    """Which characters belong to a set phrase."""
    mask = np.zeros(len(folded), dtype=bool)
    for pattern in set_phrases():
        for found in pattern.finditer(folded):
            own = np.ones(found.end() - found.start(), dtype=bool)
            for slot in range(1, pattern.groups + 1):
                start, end = found.span(slot)
                own[start - found.start() : end - found.start()] = False
            mask[found.start() : found.end()] |= own
    return mask


def _shortened(row: Any) -> tuple[str, int, str]:
    """Text, end of the body and cuts of one row without set phrases in its body."""
    gone = phrase_mask(fold_width(row.text))
    gone[: row.body_start] = gone[row.body_end :] = False
    if not gone.any():
        return row.text, row.body_end, row.cuts
    original = Original(row.text, row.cuts, row.char_start)
    edges = np.flatnonzero(np.diff(np.concatenate([[True], gone, [True]]).astype(int)))
    spans = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
    places = [original.place(at) for at in range(len(row.text))]
    runs = [(at, place) for at, place in enumerate(places)]
    kept = Kept(row.text, tuple(runs)).pick(spans)
    place, whole = row.char_start, original.whole
    shifted = Kept(kept.text, tuple((at, where - place) for at, where in kept.runs))
    body_end = row.body_end - int(gone.sum())
    return kept.text, body_end, cuts_of(shifted, whole, 0, len(whole))
