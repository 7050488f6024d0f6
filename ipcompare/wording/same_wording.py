"""Provisions in the same words: a plan that forty places copied is one wording in forty places."""

import hashlib
import re

import pandas as pd

from ipcompare.frames import body_of, check_parents, checked, heading_of, leaf_provisions
from ipcompare.wording.tokens import letters
from ipcompare.wording.vectors import COLUMNS

_ENDING = re.compile(r"(?<=..)(?:省|市|县|区|自治区|自治州|自治县)$")
_OWN = "某"  # stands for the name of a text's own place


def wording_keys(clauses: pd.DataFrame) -> pd.DataFrame:
    """Each leaf provision with a key that those in the same words have in common.

    One row a leaf provision in reading order: ``clause_id, doc_id`` and ``wording``, a hash of the
    letters and characters of heading, body and the heading above. Digits, punctuation, width and
    white space take no part, as in ``match_clauses``; the name of the text's own place counts as
    any place: 甲市加强保护 in a text of 甲市 is 乙市加强保护 in one of 乙市.
    """
    clauses = checked(clauses, "clauses", only=(*COLUMNS, "jurisdiction"))
    check_parents(clauses)
    headings = {row.clause_id: heading_of(row) for row in clauses.itertuples()}
    leaves = leaf_provisions(clauses)
    keys = [
        _key((heading_of(row), body_of(row), headings.get(row.parent_id, "")), _place(row))
        for row in leaves.itertuples()
    ]
    table = leaves[["clause_id", "doc_id"]].reset_index(drop=True)
    return table.assign(wording=pd.Series(keys, dtype=object))


def _place(row: object) -> str:
    """The short name of the place that a text is of: 郑州 of 郑州市; empty where unknown."""
    said = getattr(row, "jurisdiction", None)
    return _ENDING.sub("", said) if isinstance(said, str) and len(said) > 1 else ""


def _key(parts: tuple[str, ...], place: str) -> str:
    words = ["\n".join(letters(part)) for part in parts]
    if place:
        words = [part.replace(place, _OWN) for part in words]
    return hashlib.sha256("\0".join(words).encode(errors="surrogatepass")).hexdigest()[:32]
