"""The rows of the target table as a person corrected them: fields, struck out and missed mentions.

Corrections come in the column ``corrections`` of the clause table. They are applied to the rows
before what hangs on several of them is read (``each``, ``condition``).
"""

from typing import Any

from ipcompare.corrections import Correction, apply_all, cell_of, check_old, unpacked, value_of
from ipcompare.quantities.missed_mentions import (
    BY_HAND,
    check_written,
    missed_mention,
    place_of,
    with_end,
)

LATER = ("each", "condition")  # columns that are made from several rows
_ENDS = ("low", "high")
_TABLES = ("targets", "aligned")
Applied = dict[str, list[Correction]]


def correct_mentions(rows: list, clauses: list, make: Any) -> tuple[list, Applied]:
    """The rows with their corrections applied, and those of each row by target_id.

    ``clauses`` are the rows of the clause table, ``make`` the class of ``rows``. Struck mentions
    are left out; a missed one stands at its place in the text, under the number after the last of
    its clause. CorrectionError with all that do not fit.
    """
    wanted = [
        one for clause in clauses for one in unpacked(getattr(clause, "corrections", ""))
        if one.table in _TABLES
    ]  # fmt: skip
    if not wanted:
        return rows, {}
    made = _Mentions(rows, clauses, wanted, make)
    wanted.sort(key=lambda one: one.place or 0)
    apply_all([one for one in wanted if one.field == "mention"], made.whole)
    apply_all([one for one in wanted if one.field != "mention"], made.field)
    apply_all([some[0] for some in made.marks.values()], made.check_ends)
    return made.in_order(), made.marks


class _Mentions:
    """The rows by clause and place, as they were read and as they are corrected."""

    def __init__(self, rows: list, clauses: list, wanted: list[Correction], make: Any):
        self.rows, self.wanted, self.make = rows, wanted, make
        self.clause = {row.clause_id: row for row in clauses}
        self.read: dict[tuple, Any] = {(row.clause_id, place_of(row)): row for row in rows}
        self.now = dict(self.read)  # None where a mention is struck out
        self.last = {row.clause_id: int(row.target_id.rpartition("@")[2]) for row in rows}
        self.marks: Applied = {}

    def whole(self, one: Correction) -> None:
        """A mention struck out, or a missed one added."""
        key = one.clause_id, one.place
        row = self.now.get(key)
        check_old(one, row.number if row else "")
        if row:
            self._check_struck(one)
            self.now[key] = None
            return
        n = self.last.get(one.clause_id, 0) + 1
        id = f"{one.clause_id}@{n}"
        row = missed_mention(one, id, self.clause[one.clause_id], self.make)
        self.now[key] = self.read[key] = row
        self.last[one.clause_id] = n
        self.marks[id] = [one]

    def field(self, one: Correction) -> None:
        """One field of a mention that is read; ``old`` is what was read."""
        key = one.clause_id, one.place
        row = self.now.get(key)
        if row is None:
            raise one.refused(self._no_number(one))
        if one.table == "targets" and one.field not in LATER:
            check_old(one, cell_of(getattr(self.read[key], one.field)))
            row = _corrected(row, one, self.clause[one.clause_id])
            self.now[key] = row._replace(**self._both_ends(one))
        self.marks.setdefault(row.target_id, []).append(one)

    def check_ends(self, one: Correction) -> None:
        """Refuse a corrected row whose lower end is above its upper one."""
        row = self.now[one.clause_id, one.place]
        if row.low > row.high:
            raise one.refused(f"low {row.low:g} is above high {row.high:g} now; correct both")

    def in_order(self) -> list:
        """The rows that are left, each missed one before the first that stands behind it."""
        kept = [row for row in (self.now[r.clause_id, place_of(r)] for r in self.rows) if row]
        known = {row.target_id for row in self.rows}
        order = {clause_id: n for n, clause_id in enumerate(self.clause)}
        for row in self.now.values():
            if row is not None and row.target_id not in known:
                kept.insert(_place_in(kept, row, order), row)
        return kept

    def _both_ends(self, one: Correction) -> dict[str, float]:
        """Both ends where a single value is corrected in one of them alone."""
        row = self.read[one.clause_id, one.place]
        same = (one.clause_id, one.place)
        ends = [o for o in self.wanted if o.field in _ENDS and (o.clause_id, o.place) == same]
        single = one.field in _ENDS and bool(one.new) and row.low == row.high and len(ends) == 1
        return dict.fromkeys(_ENDS, float(one.new)) if single else {}

    def _check_struck(self, one: Correction) -> None:
        """What is struck out has no other number, and no field to correct."""
        if one.new:
            raise one.refused(
                f"{one.old!r} is read here already; correct its fields, or empty new to strike it"
            )
        for other in self.wanted:
            same = (other.clause_id, other.place) == (one.clause_id, one.place)
            if same and other.field != "mention":
                raise one.refused(f"line {other.line} corrects what is struck out; drop one")

    def _no_number(self, one: Correction) -> str:
        """Why a field finds no mention, and where there are some."""
        own = [
            f"{place} ({row.number})"
            for (id, place), row in self.now.items()
            if row and id == one.clause_id
        ]
        return (
            f"no number is read at place {one.place}; there are {', '.join(own) or 'none'}; "
            "a missed one is added with the field mention"
        )


def _place_in(kept: list, row: Any, order: dict[str, int]) -> int:
    """Where a row belongs: before the first that stands behind it, in its document or later."""
    here = order[row.clause_id]
    for n, other in enumerate(kept):
        same = other.doc_id == row.doc_id
        if other.char_start > row.char_start if same else order[other.clause_id] > here:
            return n
    return len(kept)


def _corrected(row: Any, one: Correction, clause: Any) -> Any:
    """The row with one field changed, and what hangs on that field alone."""
    changed = {one.field: value_of(one.field, one.new)}
    if one.field == "kind":
        changed["rule"] = BY_HAND
    elif one.field == "indicator":
        changed["name_source"] = None
    elif one.field == "deadline" and one.new:
        changed |= {"horizon_note": "", "horizon_year": None}
    elif one.field == "number":
        check_written(one, clause.text)
    row = row._replace(**changed)
    return with_end(row, clause) if one.field in ("number", "unit") else row


def correct_later(rows: list[tuple], columns: tuple[str, ...], marks: Applied) -> list[tuple]:
    """Finished rows with the corrections of what is made from several of them."""
    made = [dict(zip(columns, cells, strict=True)) for cells in rows]
    wanted = [
        (one, row) for row in made for one in marks.get(row["target_id"], []) if one.field in LATER
    ]
    apply_all(wanted, lambda pair: check_old(pair[0], cell_of(pair[1][pair[0].field])))
    for one, row in wanted:
        row[one.field] = value_of(one.field, one.new)
    return [tuple(row.values()) for row in made]
