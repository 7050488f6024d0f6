"""The rows of the aligned table in their order, whatever was done to it since it was made."""

from collections.abc import Iterable

import pandas as pd

from ipcompare.frames import checked
from ipcompare.indicators.entries import rules


def checked_aligned(aligned: pd.DataFrame, *, only: Iterable[str] | None = None) -> pd.DataFrame:
    """``checked``, with the rows in the order in which ``align_targets`` gives them."""
    needed = None if only is None else {*only, "indicator", "doc_id", "target_id", "char_start"}
    return by_indicator(checked(aligned, "aligned", only=needed))


def by_indicator(aligned: pd.DataFrame) -> pd.DataFrame:
    """Rows in the order of the texts, put into the order of the data files.

    Indicators of one entry stand from one grade to all; those that no file has come last.
    """
    ids = list(aligned["indicator"])
    rank = {id: n for n, id in enumerate(indicator_order(dict.fromkeys(ids)))}
    order = sorted(range(len(ids)), key=lambda at: rank[ids[at]])
    return aligned if order == list(range(len(ids))) else aligned.iloc[order]


def indicator_order(indicators: Iterable[str]) -> list[str]:
    """Different indicators in the order of ``by_indicator``; ties stay as they are given."""
    place = {entry.id: at for at, entry in enumerate(rules().indicators)}
    ranks = {grade.id: at for at, grade in enumerate(rules().subject.grades)}

    def key(indicator: str) -> tuple:
        entry, _, part = indicator.partition(".")
        grades = [ranks[grade] for grade in part.split("+") if grade in ranks]
        return place.get(entry, len(place)), len(grades), grades

    return sorted(indicators, key=key)
