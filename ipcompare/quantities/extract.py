"""Every quantity mention of a clause table, with the fields of the codebook."""

import re
from collections import namedtuple
from typing import Any

import pandas as pd

from ipcompare.arguments import check_arguments
from ipcompare.corrections import carried, mark_of, packed
from ipcompare.frames import (
    CLAUSE_COLUMNS,
    TARGET_COLUMNS,
    check_parents,
    checked,
    same_documents,
)
from ipcompare.quantities.conditions import conditions_of, each_of
from ipcompare.quantities.corrected_mentions import (
    LATER,
    Applied,
    correct_later,
    correct_mentions,
)
from ipcompare.quantities.counting import counting_of
from ipcompare.quantities.finding import Quantity
from ipcompare.quantities.hardness import hardness_of
from ipcompare.quantities.mentions import Mention
from ipcompare.quantities.reading import document_mentions
from ipcompare.quantities.units import class_of
from ipcompare.text import Original

GARBLED = re.compile("[\u4e00-\u9fa5]")
_FIELDS = [name for name in TARGET_COLUMNS if name not in LATER]
Row = namedtuple("Row", _FIELDS)  # type: ignore[misc]

RATIO = "比例"  # the unit of 1:1 and 三分之一


def extract_targets(clauses: pd.DataFrame, *, year: int | None = None) -> pd.DataFrame:
    """One row a quantity mention of ``clauses``, in order of appearance.

    ``low`` and ``high`` are in ``unit`` as written; ``deadline`` is a year or missing; where a goal
    has 三年左右 instead, that is its ``horizon_note`` and ``horizon_year`` the year it comes to;
    ``quote`` is the sentence, the characters ``quote_start`` to ``quote_end`` of its clause's
    text, and ``number_start``/``number_end`` say where in it number and unit stand;
    ``char_start``/``char_end`` are code points into the raw text. ``condition`` says in words what
    must be met, from the other mentions of the sentence, ``each`` of what every one is paid for.
    ``year`` stands in for the document's own year where its text does not tell it (今年, 年内).
    Units that ``units.csv`` does not know are listed by ``unknown_units``.

    Corrections that ``clauses`` carries (``clause_table(corpus)``) are applied, and the table then
    has the columns ``corrections`` and ``corrected`` as that has; CorrectionError with those that
    do not fit.
    """
    check_arguments(year=year)
    clauses = checked(clauses, "clauses")
    rows: list[Any] = []
    check_parents(clauses)
    by_document: dict[str, list] = {}
    for row in clauses[[*CLAUSE_COLUMNS, *carried(clauses)]].itertuples(index=False):
        by_document.setdefault(row.doc_id, []).append(row)
    for doc_rows in by_document.values():
        known = doc_rows[0].year
        rows += _document_rows(doc_rows, year if pd.isna(known) else int(known))
    every = [row for own in by_document.values() for row in own]
    rows, marks = correct_mentions(rows, every, Row)
    each, conditions = each_of(rows), conditions_of(rows)
    found = [(*row, each.get(row.target_id, ""), conditions.get(row.target_id, "")) for row in rows]
    found = correct_later(found, TARGET_COLUMNS, marks) if marks else found
    frame = pd.DataFrame(found, columns=list(TARGET_COLUMNS))
    frame = frame.astype(
        {
            "low": float,
            "high": float,
            "per_year": bool,
            "deadline": "Int64",
            "horizon_year": "Int64",
            "name_source": "str",
            "binding": "str",
            "hardness": "str",
            "counting": "str",
        }
    )
    frame = same_documents(frame, clauses)
    return _marked(frame, marks) if carried(clauses) else frame


def _marked(frame: pd.DataFrame, marks: Applied) -> pd.DataFrame:
    """The table with the corrections of each row, and their mark."""
    own = [marks.get(target_id, []) for target_id in frame["target_id"]]
    return frame.assign(corrections=list(map(packed, own)), corrected=list(map(mark_of, own)))


def unknown_units(targets: pd.DataFrame) -> pd.DataFrame:
    """One row a unit that ``units.csv`` does not know: ``unit`` and its ``target_ids``.

    Kept as written; to be added to ``units.csv`` where it is a unit.
    """
    targets = checked(targets, "targets", only=("target_id", "unit"))
    known = {unit: class_of(unit)[1] or unit == RATIO for unit in targets["unit"].dropna().unique()}
    strange = targets[targets["unit"].map(known).eq(False) & targets["unit"].ne("")]
    found = strange.groupby("unit", sort=False)["target_id"].agg(list)
    return found.rename("target_ids").reset_index()


def _document_rows(clauses: list, own: int | None) -> list[tuple]:
    """The rows of one document, clause by clause."""
    rows: list[tuple] = []
    for row, mentions in document_mentions(clauses, own):
        original = Original(row.text, row.cuts, row.char_start)
        for n, mention in enumerate(mentions, 1):
            mention.counting = counting_of(mention)
            rows.append(_row(row, n, mention, original))
    return rows


def _written(q: Quantity, text: str, start: int) -> str:
    """The number as the text writes it, without unit: 3～5, １２; a garbled 1暶1 is 1:1."""
    if q.unit == RATIO and ":" in q.number:
        return GARBLED.sub(":", text[start : start + q.spans[-1][1]])
    parts = [text[start + a : start + b] for a, b in q.spans]
    joined = "-" if len(q.number) > sum(map(len, parts)) else ""
    return joined.join(parts)


def _row(row: Any, n: int, mention: Mention, original: Original) -> Any:
    """One row of the target table."""
    q = mention.quantity
    start, end = mention.offset + mention.start, mention.offset + mention.end
    sentence = row.text[mention.offset : mention.offset + len(mention.flat)]
    quote = sentence.strip()
    at = mention.offset + len(sentence) - len(sentence.lstrip())
    return Row(  # type: ignore[call-arg]
        f"{row.clause_id}@{n}", row.clause_id, row.doc_id, _written(q, row.text, start),
        q.low, q.high, q.comparator, q.unit, mention.indicator, mention.name_source or None,
        mention.measure, mention.per_year, mention.binding or None, mention.deadline,
        mention.kind, quote,
        original.place(start), original.place(end - 1) + 1,
        at, at + len(quote), start - at, end - at, mention.rule, *mention.horizon,
        hardness_of(mention.flat[: mention.start]), mention.counting,
    )  # fmt: skip
