"""Contracted columns of the tables that cross module borders.

Analysis modules do not import each other: they meet through these frames.
"""

from collections.abc import Iterable
from difflib import get_close_matches

import pandas as pd

CLAUSE_COLUMNS = (
    "clause_id", "doc_id", "jurisdiction", "level", "role", "path", "label", "depth", "heading",
    "pinpoint", "text", "units", "parent_id", "char_start", "char_end",
)  # fmt: skip
MATCH_COLUMNS = ("clause_id", "match_id", "score", "rank", "mutual")
TARGET_COLUMNS = (
    "target_id", "clause_id", "doc_id", "number", "low", "high", "comparator", "unit", "indicator",
    "measure", "per_year", "deadline", "kind", "quote", "char_start", "char_end",
)  # fmt: skip

# Rows that carry a numbered provision; every other role is front or back matter or residue.
PROVISIONS = ("section", "clause")


class Record(dict):
    """What a frame carries in ``attrs``: pandas copies attrs deeply at every operation, and these
    are large and never changed, so every copy is the record itself."""

    def __deepcopy__(self, memo: dict) -> "Record":
        return self


def documents_of(aligned: pd.DataFrame) -> list[str]:
    """Every document of the corpus of an aligned table in its order, also one without a row."""
    return list(dict.fromkeys([*aligned.attrs.get("doc_ids", ()), *aligned["doc_id"]]))


def require(frame: pd.DataFrame, columns: tuple[str, ...], made_by: str) -> None:
    """Raise ValueError naming the missing columns and the function that makes them."""
    missing = [c for c in columns if c not in frame.columns]
    if missing:
        raise ValueError(
            f"the table lacks the columns {', '.join(missing)}; make it with {made_by}()"
        )


def unknown_id(id: str, what: str, known: Iterable[str]) -> str:
    """What is wrong with an id, and the known ids nearest to it.

    >>> unknown_id("hebi-217", "document", ["fuxin-2017", "hebi-2017"])
    'hebi-217 is no document; nearest is hebi-2017'
    >>> unknown_id("x", "document", ["fuxin-2017", "hebi-2017"])
    'x is no document; there are fuxin-2017, hebi-2017'
    """
    known = list(known)
    if near := get_close_matches(id, known, n=5, cutoff=0.7):
        return f"{id} is no {what}; nearest {'are' if near[1:] else 'is'} {', '.join(near)}"
    some = ", ".join([*known[:8], *(["…"] if known[8:] else [])])
    return f"{id} is no {what}; there are {some or 'none'}"


def source_documents(clauses: pd.DataFrame) -> dict[str, dict]:
    """The raw texts behind a clause table: ``{doc_id: {"text": str, "year": int | None}}``.

    ``clause_table`` puts them into ``clauses.attrs`` so that every later table can lead each
    number back to its character span in the raw file. A table read back from CSV has none.
    """
    documents = clauses.attrs.get("documents")
    if documents is None or not set(clauses["doc_id"]) <= set(documents):
        raise ValueError(
            "the clause table has lost its raw texts (clauses.attrs['documents']); "
            "make it again with clause_table()"
        )
    return documents


def leaf_provisions(clauses: pd.DataFrame) -> pd.DataFrame:
    """The numbered provisions without numbered children, in reading order."""
    numbered = clauses[clauses["role"].isin(PROVISIONS)]
    return numbered[~numbered["clause_id"].isin(numbered["parent_id"])]
