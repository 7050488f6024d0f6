"""Why an entry of the data files claims a quantity, or what keeps it from doing so."""

import pandas as pd

from ipcompare.indicators.align import ALIGNED_KINDS, claims_of
from ipcompare.indicators.claims import entry_fits, subject_of
from ipcompare.indicators.entries import NOTHING, Own, known_entries, rules
from ipcompare.indicators.entry_types import Indicator
from ipcompare.quantities.units import unit_of


def verdicts(row: dict, own: Own = NOTHING) -> list[tuple[str, str]]:
    """``(entry, verdict)`` of every entry one of whose phrases stands in the name of a target.

    ``row`` is one row of the target table. More than one entry that claims it, or none, leaves
    it unaligned.
    """
    unit = None if pd.isna(row["unit"]) else unit_of(row["unit"])
    if unit is None or pd.isna(row["indicator"]) or row["kind"] not in ALIGNED_KINDS:
        return []
    subject = subject_of(row["indicator"], unit)
    ends = rules().subject.ends(subject)
    claiming = [claim.entry for claim in claims_of(row, own)[0]]
    return [
        (entry.id, _verdict(entry, subject, unit.dimension, row, claiming))
        for entry in known_entries(own)
        if any(phrase.search(subject, ends) for phrase in entry.phrases)
    ]


def _verdict(
    entry: Indicator, subject: str, dimension: str, row: dict, claiming: list[Indicator]
) -> str:
    """The first reason that holds, in the order in which claims are decided."""
    if entry in claiming:
        return "claims it"
    if entry.kind != row["kind"]:
        return f"is an entry of kind {entry.kind}"
    if not entry_fits(entry, dimension, row["measure"]):
        return f"is counted in {entry.unit.name}" + f" ({entry.measure})" * bool(entry.measure)
    if entry.excluded is not None and (word := entry.excluded.search(subject)):
        return f"is kept out by {word[0]} in the name"
    if specific := next((other.id for other in claiming if entry.id in other.over), None):
        return f"gives way to the more specific {specific}"
    return "wants other words before its phrase or in the sentence"
