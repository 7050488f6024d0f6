"""Where corrections stand: the clause that each speaks of, and the columns that carry them on."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from typing import Any

import pandas as pd

from ipcompare.corrections.correction_lines import (
    Correction,
    CorrectionError,
    fields_of,
    text_hash,
)

# Columns that a table with corrected rows has beside its own: the corrections as JSON, and a mark.
# A column outlives what is done to a frame: filters, merges, concatenation, a file.
MARK = "corrected"
CARRIED = ("corrections", MARK)


def apply_all(things: Iterable[Any], apply: Callable[[Any], Any]) -> None:
    """Call ``apply`` with each; then CorrectionError with all corrections that it refused."""
    refused = []
    for one in things:
        try:
            apply(one)
        except CorrectionError as error:
            refused += error.refused
    if refused:
        raise CorrectionError(refused)


def place_corrections(
    clauses: pd.DataFrame, corrections: Iterable[Correction]
) -> dict[str, list[Correction]]:
    """The corrections of each clause by clause_id, with the id of the clause as it is now.

    A clause is found by its id and the hash of its text; where ids have shifted by the hash alone,
    if one clause of the document has it. CorrectionError with all that find none.
    """
    hashes = {
        clause_id: text_hash(text)
        for clause_id, text in zip(clauses["clause_id"], clauses["text"], strict=True)
    }
    by_hash: dict[tuple[str, str], list[str]] = {}
    for clause_id, digest in hashes.items():
        by_hash.setdefault((clause_id.partition("#")[0], digest), []).append(clause_id)
    found: dict[str, list[Correction]] = {}

    def place(one: Correction) -> None:
        there = by_hash.get((one.doc_id, one.text_hash), [])
        if hashes.get(one.clause_id) == one.text_hash:
            there = [one.clause_id]
        if len(there) != 1:
            raise one.refused(_not_placed(one, there, one.clause_id in hashes))
        now = replace(one, id=there[0] + one.id[len(one.clause_id) :])
        own = found.setdefault(there[0], [])
        if first := next((other for other in own if other.key == now.key), None):
            raise one.refused(f"line {first.line} corrects the same; keep one of them")
        own.append(now)

    order = list(fields_of())
    apply_all(sorted(corrections, key=lambda one: (one.place or 0, order.index(one.field))), place)
    return found


def _not_placed(one: Correction, there: list[str], known: bool) -> str:
    """Why a correction finds no clause."""
    if there:
        return f"its text stands in {', '.join(there)}; write the id of the one that is meant"
    if known:
        return (
            f"the text of {one.clause_id} is not the one that was corrected (hash "
            f"{one.text_hash}): it has changed; read it again, then empty text_hash, place and "
            "old and run ipcompare correct, or drop the line"
        )
    return "no clause has this id or this text; correct the id, or drop the line"


# --- the columns ----------------------------------------------------------------------------------


def packed(corrections: Iterable[Correction]) -> str:
    """Corrections as the column ``corrections`` has them: JSON, empty for none."""
    rows = [asdict(one) for one in corrections]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")) if rows else ""


def unpacked(value: Any) -> tuple[Correction, ...]:
    """The corrections of a cell of that column; none where it is empty or missing."""
    if not isinstance(value, str) or not value:
        return ()
    return tuple(Correction(**row) for row in json.loads(value))


def mark_of(corrections: Iterable[Correction]) -> str:
    """The column ``corrected``: fields and who, ``deadline: 王; unit: 王``; empty for none."""
    return "; ".join(f"{one.field}: {one.who.replace('; ', ', ')}" for one in corrections)


def carried(frame: pd.DataFrame) -> list[str]:
    """Those of the columns that a table has."""
    return [column for column in CARRIED if column in frame]


def is_corrected(row: Any) -> bool:
    """Whether a row of any table, as an object, bears the mark."""
    mark = getattr(row, MARK, "")
    return isinstance(mark, str) and bool(mark)
