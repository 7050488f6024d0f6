"""The indicator that a person chose for a target in corrections.csv, or that it is none."""

import pandas as pd

from ipcompare.corrections import Correction, check_old, unpacked
from ipcompare.frames import unknown_id
from ipcompare.indicators.claims import Claim, entry_fits
from ipcompare.indicators.entries import Own, known_entries, rules
from ipcompare.indicators.entry_types import Grade, Indicator
from ipcompare.quantities.units import unit_of

FIELD = "aligned"
NONE = "none"  # no known indicator


def chosen_claims(
    row: dict, found: tuple[Claim, ...], reason: str, own: Own
) -> tuple[tuple[Claim, ...], str]:
    """What is found for a row of the target table, or what was chosen instead, with the reason.

    CorrectionError where the correction does not fit what was found, or the row.
    """
    corrections = unpacked(row.get("corrections"))
    one = next((one for one in corrections if one.field == FIELD), None)
    if one is None:
        return found, reason
    check_old(one, found[0].names[0] if len(found) == 1 else NONE)
    if one.new == NONE:
        return (), f"corrected: {one.who}"
    return (_chosen(one, row, found, own),), ""


def _chosen(one: Correction, row: dict, found: tuple[Claim, ...], own: Own) -> Claim:
    """The claim of the entry that was chosen: its own of several, else one that narrows nothing."""
    ambiguous = {claim.names[0]: claim for claim in found}
    if one.new in ambiguous:
        return ambiguous[one.new]
    id, _, part = one.new.partition(".")
    entries = {entry.id: entry for entry in known_entries(own)}
    if id not in entries:
        raise one.refused(unknown_id(id, f"indicator, nor is it {NONE}", entries))
    entry = entries[id]
    _check_fits(one, row, entry)
    grades = _grades(one, entry, part)
    return Claim(entry, grades, "", "", (), "")


def _grades(one: Correction, entry: Indicator, part: str) -> tuple[Grade, ...]:
    """The grades behind the point: ``national+provincial``."""
    known = {grade.id: grade for grade in rules().subject.grades}
    ids = part.split("+") if part else []
    if ids and not entry.split:
        raise one.refused(f"{entry.id} is not split by grades; write {entry.id}")
    for id in ids:
        if id not in known:
            raise one.refused(unknown_id(id, "grade", known))
    return tuple(known[id] for id in ids)


def _check_fits(one: Correction, row: dict, entry: Indicator) -> None:
    """Refuse an entry of another kind, or counted in another unit, than the row."""
    if row["kind"] != entry.kind:
        raise one.refused(
            f"{entry.id} is of kind {entry.kind}, the mention of kind {row['kind']}; "
            "correct the kind first, if that is what is wrong"
        )
    unit = None if pd.isna(row["unit"]) else unit_of(row["unit"])
    if unit is None or not entry_fits(entry, unit.dimension, row["measure"]):
        counted = f"{entry.unit.name} ({entry.measure})" if entry.measure else entry.unit.name
        raise one.refused(
            f"{entry.id} is counted in {counted}, the mention in {row['unit']} "
            f"({row['measure']}); correct unit or measure first, if that is what is wrong"
        )
