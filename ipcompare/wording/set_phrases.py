"""Set phrases of official style: what stands in one text after another and says little.

The patterns and where they come from are in ``set_phrases.csv``.
"""

import functools
import re

import numpy as np
import pandas as pd

from ipcompare.clauses.departments import closing_departments
from ipcompare.data import data_pattern, read_rows
from ipcompare.frames import CLAUSE_COLUMNS, PROVISIONS, require
from ipcompare.text import fold_width

_FILE = "wording/set_phrases.csv"
_COLUMNS = ("pattern", "kind", "example", "source")


def without_set_phrases(clauses: pd.DataFrame) -> pd.DataFrame:
    """The clause table with the set phrases deleted from ``text``: all else, attrs too, as it was.

    Give it to any comparison of words to have that without them. Label, heading and departments
    are not touched; slots of a phrase stay (发挥司法保护的主导作用 → 司法保护). The span of a row
    still holds, but the place of a word within the shortened text cannot be traced to the raw one.
    """
    require(clauses, CLAUSE_COLUMNS, "clause_table")
    table = clauses.copy()
    table["text"] = [_shortened(row) for row in clauses.itertuples()]
    table.attrs = clauses.attrs
    return table


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


def _shortened(row) -> str | None:
    """The text of one row without set phrases; label, heading and departments as they were."""
    if not isinstance(row.text, str):
        return row.text
    start = 0
    if row.role in PROVISIONS:
        for part in (row.label, row.heading):
            if isinstance(part, str) and (at := row.text.find(part, start)) >= 0:
                start = at + len(part)
    gone = phrase_mask(fold_width(row.text))
    gone[:start] = gone[closing_departments(row.text).start :] = False
    return "".join(char for char, out in zip(row.text, gone, strict=True) if not out)
