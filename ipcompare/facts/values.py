"""What a sentence is filled with: plain values, names in both languages, texts with evidence."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import pandas as pd

from ipcompare.frames import heading_of
from ipcompare.indicators.matrices import quantity
from ipcompare.study import Study

SEMICOLON = ("；", "; ")


class Both(NamedTuple):
    """A value that differs between the languages."""

    zh: Any
    en: Any


class Link(NamedTuple):
    """A text that leads to its evidence: a provision, two side by side, or a number in one."""

    text: str
    clause_id: str
    match_id: str = ""
    target_id: str = ""


# A value is a number, a text, a Link, a list of such parts, or Both of these; None is not known.
Values = dict[str, Any]


def in_language(value: Any, n: int) -> Any:
    """The value in Chinese (0) or English (1)."""
    return value[n] if isinstance(value, Both) else value


def phrase(zh: Sequence[Any], en: Sequence[Any]) -> Both:
    """Parts that are read on: ``phrase([name, " ", number], [number, " of ", name])``."""
    return Both(*([in_language(part, n) for part in parts] for n, parts in enumerate((zh, en))))


def joined(values: Iterable[Any], marks: tuple[str, str] = ("、", ", ")) -> Both | None:
    """Several values as one; None where there is none."""
    values = list(values)
    parts = [[part for value in values for part in (mark, value)][1:] for mark in marks]
    return phrase(*parts) if values else None


def document(study: Study, doc_id: str) -> Both:
    """The name of a document."""
    return Both(study.zh[doc_id], study.en[doc_id])


def documents(study: Study, doc_ids: Iterable[str]) -> Both | None:
    """The names of documents; None where there are none."""
    return joined(document(study, doc_id) for doc_id in doc_ids)


def provision(study: Study, clause_id: str) -> Both:
    """A provision in a sentence: document, pinpoint and heading."""
    row = study.clause[clause_id]
    place = [document(study, row.doc_id), " ", Link(row.pinpoint, clause_id)]
    heading = f"“{heading_of(row)}”" if heading_of(row) else ""
    return phrase([*place, heading], [*place, heading and f" {heading}"])


def pair_score(row: Any) -> Link:
    """The score of two provisions."""
    return Link(f"{row.score:.2f}", row.clause_id, match_id=row.match_id)


def number(row: Any) -> Both:
    """The number of an aligned row."""
    texts = quantity(row, "zh"), quantity(row, "en")
    return Both(*(Link(text, row.clause_id, target_id=row.target_id) for text in texts))


def indicator(row: Any) -> Both:
    """The name of the indicator of an aligned row."""
    return Both(row.indicator_zh, row.indicator_en)


def highest(counts: pd.Series) -> list[Any]:
    """Where the values are highest, each label of equal ones; nowhere if all are the same.

    >>> highest(pd.Series({"a": 1, "b": 3, "c": 3})), highest(pd.Series({"a": 1, "b": 1}))
    (['b', 'c'], [])
    """
    return list(counts.index[counts == counts.max()]) if counts.nunique() > 1 else []


def lowest(counts: pd.Series) -> list[Any]:
    """Where the values are lowest, as ``highest``."""
    return highest(-counts)
