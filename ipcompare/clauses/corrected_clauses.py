"""The clause table with what a person corrected in it: headings and responsible departments."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from ipcompare.clauses.headings import body_start
from ipcompare.corrections import (
    Correction,
    apply_all,
    cell_of,
    check_old,
    mark_of,
    packed,
    place_corrections,
    value_of,
)

_CLOSING = ("】", ")", "）")  # of a heading in brackets


def corrected_clauses(clauses: pd.DataFrame, corrections: Iterable[Correction]) -> pd.DataFrame:
    """The table with the corrections of its clauses applied, and with all of them in a column.

    The same table where there are none. CorrectionError with all that do not fit.
    """
    corrections = list(corrections)
    if not corrections:
        return clauses
    found = place_corrections(clauses, corrections)
    rows = {
        row["clause_id"]: row for row in clauses.to_dict("records") if row["clause_id"] in found
    }
    own = [one for some in found.values() for one in some if one.table == "clauses"]
    apply_all(own, lambda one: _correct(rows[one.clause_id], one))
    marks = {id: mark_of(one for one in own if one.clause_id == id) for id in found}
    jsons = {id: packed(some) for id, some in found.items()}
    ids = clauses["clause_id"]
    return _with_fields(clauses, rows).assign(
        corrections=[jsons.get(id, "") for id in ids], corrected=[marks.get(id, "") for id in ids]
    )


def _with_fields(clauses: pd.DataFrame, rows: dict[str, dict]) -> pd.DataFrame:
    """The table with what changes in these rows, of the types that it has."""
    changed = {}
    for name in ("heading", "units", "body_start"):
        cells = zip(clauses["clause_id"], clauses[name], strict=True)
        values = [rows[id][name] if id in rows else value for id, value in cells]
        changed[name] = pd.Series(values, clauses.index, dtype=clauses[name].dtype)
    return clauses.assign(**changed)


def _correct(row: dict[str, Any], one: Correction) -> None:
    """Set the field of a row, and with its heading where its own words begin."""
    check_old(one, cell_of(row[one.field]))
    row[one.field] = value_of(one.field, one.new)
    if one.field == "heading":
        row["body_start"] = min(_body_start(row, one), row["body_end"])


def _body_start(row: dict[str, Any], one: Correction) -> int:
    """Where the own words begin behind the heading, which must stand in the text."""
    text, label = row["text"], row["label"] if isinstance(row["label"], str) else ""
    if not one.new:
        return body_start(text, label, None)
    at = text.find(one.new, len(label))
    if at < 0:
        raise one.refused(f"the heading {one.new!r} does not stand in the text; copy it from there")
    end = at + len(one.new)
    return body_start(text, label, (len(label), end + (text[end : end + 1] in _CLOSING)))
