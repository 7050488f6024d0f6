"""The rows of the target table as a person corrected them: fields, struck out and missed mentions.

Corrections come in the column ``corrections`` of the clause table. They are applied to the rows
before what hangs on several of them is read (``each``, ``condition``).
"""

import re
from collections.abc import Iterable
from typing import Any

import pandas as pd

from ipcompare.corrections import Correction, apply_all, cell_of, check_old, unpacked, value_of
from ipcompare.numerals import value
from ipcompare.quantities.hardness import hardness_of
from ipcompare.quantities.mentions import SENTENCE, flatten
from ipcompare.text import Original, fold_width

BY_HAND = "correction"  # the rule of a kind that a person gave
LATER = ("each", "condition")  # columns that are made from several rows
_ENDS = ("low", "high")
_HORIZON = {"horizon_note": "", "horizon_year": None}
_TO = re.compile("[-–—~～至到]+")
Applied = dict[str, list[Correction]]


def corrections_of(clauses: list) -> Applied:
    """The corrections of mentions by clause_id, from rows of a clause table."""
    found = {row.clause_id: unpacked(getattr(row, "corrections", "")) for row in clauses}
    of_mentions = {
        id: [one for one in some if one.table in ("targets", "aligned")]
        for id, some in found.items()
    }
    return {id: some for id, some in of_mentions.items() if some}


def place_of(row: Any) -> int:
    """Where the number of a target stands in the text of its clause."""
    return int(row.quote_start + row.number_start)


def correct_mentions(rows: list, clauses: list, make: Any) -> tuple[list, Applied]:
    """The rows with their corrections applied, and those of each row by target_id.

    ``clauses`` are the rows of the clause table, ``make`` the class of ``rows``. Struck mentions
    are left out; a missed one stands at its place in the text, under the number after the last of
    its clause. CorrectionError with all that do not fit.
    """
    wanted, marks = corrections_of(clauses), Applied()
    if not wanted:
        return rows, marks
    clause = {row.clause_id: row for row in clauses}
    found = {(row.clause_id, place_of(row)): row for row in rows}
    read = dict(found)  # what the tool says, which ``old`` must be
    numbers = {row.clause_id: int(row.target_id.rpartition("@")[2]) for row in rows}

    def whole(one: Correction) -> None:
        """A mention struck out or added."""
        key, now = (one.clause_id, one.place), found.get((one.clause_id, one.place))
        check_old(one, now.number if now else "")
        if now:
            _only_struck(one, wanted[one.clause_id])
            found[key] = None
            return
        numbers[one.clause_id] = numbers.get(one.clause_id, 0) + 1
        id = f"{one.clause_id}@{numbers[one.clause_id]}"
        found[key] = read[key] = _missed(one, id, clause[one.clause_id], make)
        marks.setdefault(id, []).append(one)

    def field(one: Correction) -> None:
        key = one.clause_id, one.place
        now = found.get(key)
        if now is None:
            raise one.refused(_no_number(one, found))
        if one.table == "targets" and one.field not in LATER:
            check_old(one, cell_of(getattr(read[key], one.field)))
            found[key] = _corrected(now, one, clause[one.clause_id])
            if _is_value(one, read[key], wanted[one.clause_id]):
                found[key] = found[key]._replace(**dict.fromkeys(_ENDS, float(one.new)))
        marks.setdefault(now.target_id, []).append(one)

    every = sorted((one for some in wanted.values() for one in some), key=lambda one: one.place)
    apply_all([one for one in every if one.field == "mention"], whole)
    apply_all([one for one in every if one.field != "mention"], field)
    apply_all([some[0] for some in marks.values()], lambda one: _check_ends(one, found))
    return _in_order(rows, found), marks


def correct_later(rows: list[tuple], columns: tuple[str, ...], marks: Applied) -> list[tuple]:
    """Finished rows with the corrections of what is made from several of them."""
    made = []
    for cells in rows:
        row = dict(zip(columns, cells, strict=True))
        own = [one for one in marks.get(row["target_id"], []) if one.field in LATER]
        apply_all(own, lambda one, row=row: check_old(one, cell_of(row[one.field])))
        row |= {one.field: value_of(one.field, one.new) for one in own}
        made.append(tuple(row.values()))
    return made


def _only_struck(one: Correction, others: Iterable[Correction]) -> None:
    """What is struck out has no field to correct, and no other number."""
    if one.new:
        raise one.refused(
            f"{one.old!r} is read here already; correct its fields, or leave new empty to strike it"
        )
    if other := next((o for o in others if o.place == one.place and o.field != "mention"), None):
        raise one.refused(f"line {other.line} corrects a field of what is struck out; drop one")


def _is_value(one: Correction, row: Any, others: Iterable[Correction]) -> bool:
    """Whether one end stands for both: of a single value of which only this one is corrected."""
    ends = {other.field for other in others if other.place == one.place} & set(_ENDS)
    return one.field in _ENDS and bool(one.new) and row.low == row.high and len(ends) == 1


def _no_number(one: Correction, found: dict) -> str:
    """Why a field finds no mention, and where there are some."""
    own = [
        f"{place} ({row.number})"
        for (id, place), row in found.items()
        if row and id == one.clause_id
    ]
    return (
        f"no number is read at place {one.place}; there are {', '.join(own) or 'none'}; "
        "a missed one is added with the field mention"
    )


def _corrected(row: Any, one: Correction, clause: Any) -> Any:
    """The row with one field changed, and what hangs on that field alone."""
    changed = {one.field: value_of(one.field, one.new)}
    if one.field == "kind":
        changed["rule"] = BY_HAND
    elif one.field == "indicator":
        changed["name_source"] = None
    elif one.field == "deadline" and one.new:
        changed |= _HORIZON
    elif one.field == "number":
        _check_written(one, clause.text)
    row = row._replace(**changed)
    return _with_end(row, clause) if one.field in ("number", "unit") else row


def _check_written(one: Correction, text: str) -> None:
    """Refuse a number that does not stand at its place."""
    if not one.new or not fold_width(text).startswith(fold_width(one.new), one.place):
        raise one.refused(
            f"the text has {text[one.place :][:12]!r} at place {one.place}, not {one.new!r}; "
            "write the number as it stands there, without its unit"
        )


def _with_end(row: Any, clause: Any) -> Any:
    """The row with the ends of its number and unit, where the unit stands behind the number."""
    start = place_of(row)
    end = start + len(row.number)
    if row.unit and clause.text.startswith(row.unit, end):
        end += len(row.unit)
    place = Original(clause.text, clause.cuts, clause.char_start).place(end - 1) + 1
    return row._replace(number_end=row.number_start + end - start, char_end=place)


def _missed(one: Correction, id: str, clause: Any, make: Any) -> Any:
    """The row of a number that was not read: its value, its sentence, nothing that is not told."""
    _check_written(one, clause.text)
    folded, start = fold_width(clause.text), one.place or 0
    sentence = next(s for s in SENTENCE.finditer(folded) if s.start() <= start < s.end())
    quote = clause.text[sentence.start() : sentence.end()]
    at = sentence.start() + len(quote) - len(quote.lstrip())
    ends = _ends(one)
    place = Original(clause.text, clause.cuts, clause.char_start).place
    end = start + len(one.new)
    known = {
        "target_id": id, "clause_id": clause.clause_id, "doc_id": clause.doc_id,
        "number": one.new, "low": ends[0], "high": ends[-1],
        "comparator": "range" if len(ends) > 1 else "=", "unit": "", "indicator": "",
        "measure": "level", "per_year": False, "kind": "unclear", "quote": quote.strip(),
        "char_start": place(start), "char_end": place(end - 1) + 1,
        "quote_start": at, "quote_end": at + len(quote.strip()),
        "number_start": start - at, "number_end": end - at, "rule": BY_HAND, **_HORIZON,
        "hardness": hardness_of(flatten(folded[sentence.start() : start])),
    }  # fmt: skip
    return make(**{name: known.get(name) for name in make._fields})


def _ends(one: Correction) -> list[float]:
    """The values of a number as written: 300, 三百, 1-2."""
    ends = [value(part) for part in _TO.split(fold_width(one.new))]
    if any(end != end for end in ends):
        raise one.refused(f"{one.new!r} is no number; write it as it stands in the text")
    return ends


def _check_ends(one: Correction, found: dict) -> None:
    """Refuse a corrected row whose lower end is above its upper one."""
    row = found[one.clause_id, one.place]
    if row is not None and row.low > row.high:
        raise one.refused(f"low {row.low:g} is above high {row.high:g} now; correct both")


def _in_order(rows: list, found: dict) -> list:
    """The rows that are left, each missed one before the first that stands behind it."""
    kept = [found[row.clause_id, place_of(row)] for row in rows]
    kept = [row for row in kept if row is not None]
    known = {row.target_id for row in rows}
    for row in found.values():
        if row is not None and row.target_id not in known:
            later = (n for n, other in enumerate(kept) if other.char_start > row.char_start)
            kept.insert(next(later, len(kept)), row)
    return kept
