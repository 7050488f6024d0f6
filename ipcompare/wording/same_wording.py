"""Provisions in the same words: a plan that forty places copied is one wording in forty places."""

import hashlib
import re
from typing import Any

import pandas as pd

from ipcompare.frames import body_of, checked, heading_of, leaf_provisions
from ipcompare.wording.tokens import letters
from ipcompare.wording.vectors import COLUMNS

_ENDING = re.compile(r"(?<=..)(?:省|市|县|区|自治区|自治州|自治县)$")
LEAST = 13  # characters of a body that tell a wording by themselves, as of a shared passage
_OWN = "某"  # stands for the name of a text's own place


def wording_keys(clauses: pd.DataFrame) -> pd.DataFrame:
    """Each leaf provision with a key that those in the same words have in common.

    One row a leaf provision in reading order: ``clause_id, doc_id`` and ``wording``, a hash of the
    letters and characters of its body, of a body of fewer than ``LEAST`` with the heading; what
    it stands under does not matter. Digits, punctuation, width and white space take no part, as
    in ``match_clauses``; the name of the text's own place counts as any place: 甲市加强保护 in a
    text of 甲市 is 乙市加强保护 in one of 乙市.
    """
    clauses = checked(clauses, "clauses", only=(*COLUMNS, "jurisdiction"))
    leaves = leaf_provisions(clauses)
    keys = [_key(row) for row in leaves.itertuples()]
    table = leaves[["clause_id", "doc_id"]].reset_index(drop=True)
    return table.assign(wording=pd.Series(keys, dtype=object))


def _place(row: Any) -> str:
    """The short name of the place that a text is of: 郑州 of 郑州市; empty where unknown."""
    said = row.jurisdiction
    return _ENDING.sub("", said) if isinstance(said, str) and len(said) > 1 else ""


def _key(row: Any) -> str:
    words, place = ["".join(letters(part)) for part in (heading_of(row), body_of(row))], _place(row)
    own = words[1:] if len(words[1]) >= LEAST else words
    if place:
        own = [part.replace(place, _OWN) for part in own]
    return hashlib.sha256("\0".join(own).encode(errors="surrogatepass")).hexdigest()[:32]
