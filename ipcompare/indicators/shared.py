"""Which indicators and schemes several texts state, and which of their figures can be ranked."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from ipcompare.corpus import Corpus
from ipcompare.corrections import MARK
from ipcompare.frames import columns_of, same_documents
from ipcompare.indicators.alike import is_total, unlike, value_of, year_due
from ipcompare.indicators.context import Context, Figure, cited
from ipcompare.indicators.ordering import checked_aligned

ALIGNED = ("indicator", "indicator_zh", "indicator_en", "doc_id", "target_id", "unit", "measure",
           "low", "high", "comparator", "deadline", "horizon_year", "horizon_note", "per_year",
           "scope", "each", "condition", "kind", "counting", "headline", "flag",
           "clause_id")  # fmt: skip
SIZES = {"per_10k_persons": ("population", 1e4), "per_100m_gdp": ("gdp", 1e8)}


def shared_targets(
    aligned: pd.DataFrame, corpus: Corpus, *, context: Context | None = None
) -> pd.DataFrame:
    """One row a headline target of an indicator that two texts or more state.

    Rows of one ``group`` can be compared: texts of one level of government, the same year due (one
    computed from 三年左右 counts), scope, yearly basis, condition and definition. ``rank`` is 1 for
    the highest of its group, ``ratio`` the figure over the lowest of it, ``n_text`` how many texts
    it has. A figure that is alike to no other has none of these: ``unlike`` says in what it
    differs from the one that is nearest to it. Totals follow the size of a place;
    ``per_10k_persons`` and ``per_100m_gdp`` set them right where ``context``
    (``read_context(corpus)``) has population or GDP of all of a group for one year; ``source``
    says whose. A range has no rank. Reference texts are left out. Groups come first.
    """
    goals = _goals(aligned, corpus)
    counts = goals.groupby("indicator")["doc_id"].nunique()
    several = goals[goals["indicator"].isin(counts.index[counts > 1])]
    found: list[list[dict]] = []
    for _, rows in several.groupby("indicator", sort=False):
        made = list(_groups(list(rows.itertuples()), corpus, context or Context()))
        found.append([line for lines in made for line in lines])
    found.sort(key=lambda lines: -max(line["n_text"] or 0 for line in lines))
    lines = [line for some in found for line in some]
    marked = [MARK] if MARK in aligned else []
    table = pd.DataFrame(lines, columns=[*columns_of("shared_targets"), *marked])
    numbers = {line["group"]: None for line in lines if line["group"]}
    table["group"] = table["group"].map({group: n for n, group in enumerate(numbers, 1)})
    numbers_of = dict.fromkeys(("ratio", *SIZES), float)
    whole = dict.fromkeys(("group", "n_text", "rank", "deadline", "horizon_year"), "Int64")
    table = table.astype({**whole, **numbers_of}).assign(source=table["source"].fillna(""))
    return same_documents(table, aligned)


def _goals(aligned: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Headline targets of the texts that are reported on, with their level of government."""
    aligned = checked_aligned(aligned, only=ALIGNED)
    record = corpus.table.set_index("doc_id")
    aligned = aligned.assign(level=aligned["doc_id"].astype(object).map(record["level"]))
    reported = aligned["doc_id"].isin(record.index[record["use"] != "reference"])
    return aligned[(aligned["kind"] == "target") & aligned["headline"] & reported]


def _groups(rows: list, corpus: Corpus, context: Context) -> Iterator[list[dict]]:
    """The lines of one indicator: groups of figures that are alike, then each that is alone."""
    groups: list[list] = []
    for row in rows:
        alike = [group for group in groups if not _apart(group[0], row)]
        if alike:
            alike[0].append(row)
        else:
            groups.append([row])
    for group in sorted(groups, key=lambda group: -len(group)):
        if len(group) > 1:
            yield _ranked(group, corpus, context)
        else:
            others = [row for row in rows if row is not group[0]]
            apart = min((_apart(group[0], other) for other in others), key=len)
            yield [_line(group[0]) | {"unlike": "; ".join(apart)}]


def _apart(a: Any, b: Any) -> list[str]:
    """``unlike``, with the level of government; one that is not recorded is like no other."""
    same = isinstance(a.level, str) and a.level == b.level
    return ([] if same else ["level"]) + unlike(a, b)


def _line(row: Any) -> dict:
    columns = (*columns_of("shared_targets"), MARK)
    own = {name: getattr(row, name, None) for name in columns}
    return own | {"unlike": ""}


def _ranked(group: list, corpus: Corpus, context: Context) -> list[dict]:
    """The lines of figures that are alike, the highest first."""
    values = [value_of(row) for row in group]
    known = [value for value in values if value is not None]
    sizes = _sizes(group, corpus, context)
    lines = []
    for n, (row, value) in enumerate(zip(group, values, strict=True)):
        line = _line(row) | {"group": group[0].target_id, "n_text": len(group)}
        if value is not None:
            line["rank"] = 1 + sum(other > value for other in known)
            line["ratio"] = value / min(known) if min(known) else None
            line |= {name: value / figures[n].value * per for name, figures, per in sizes}
            line["source"] = cited(figures[n] for _, figures, _ in sizes)
        lines.append(line)
    return sorted(lines, key=lambda line: (line["rank"] is None, line["rank"] or 0))


def _sizes(group: list, corpus: Corpus, context: Context) -> list[tuple[str, list[Figure], float]]:
    """Population and GDP of the places of a group of totals, where those of all are known."""
    documents, until = [corpus[row.doc_id] for row in group], year_due(group[0])
    if not is_total(group[0]) or until is None:
        return []
    found = [
        (name, context.of_all(documents, measure, until), per)
        for name, (measure, per) in SIZES.items()
    ]
    return [(name, figures, per) for name, figures, per in found if figures]


def stated_by_several(aligned: pd.DataFrame) -> pd.DataFrame:
    """The aligned rows of what two documents or more state, indicators and schemes."""
    aligned = checked_aligned(aligned)
    n = aligned[aligned["headline"]].groupby("indicator")["doc_id"].nunique()
    return aligned[aligned["indicator"].isin(n.index[n > 1])].reset_index(drop=True)


def contradictions(aligned: pd.DataFrame) -> pd.DataFrame:
    """The rows of the aligned table that another statement of the same document contradicts."""
    aligned = checked_aligned(aligned)
    return aligned[aligned["flag"].str.contains("contradiction")].reset_index(drop=True)
