"""Each document's headline figures against those of a reference document."""

from typing import Any

import pandas as pd

from ipcompare.frames import columns_of, documents_of, unknown_id
from ipcompare.indicators.ordering import checked_aligned

_NEEDED = (
    "indicator", "indicator_zh", "indicator_en", "theme", "doc_id", "target_id", "comparator",
    "low", "high", "unit", "measure", "deadline", "per_year", "scope", "kind", "headline",
    "condition", "flag",
)  # fmt: skip


def compare_to(aligned: pd.DataFrame, *, reference: str) -> pd.DataFrame:
    """One row an indicator and document: its headline figure against the reference document's.

    ``difference`` is local minus reference in ``unit``, ``ratio`` local over reference; both are
    missing where one side states nothing, gives a range, or pays in several tiers. A pair is
    computed, but ``flag`` says where deadline, comparator, yearly basis, scope or definition
    differ. A province's and a city's totals differ by their size; shares, growth and figures per
    10,000 people do not. ValueError for a document that is not in the table.
    """
    aligned = checked_aligned(aligned, only=_NEEDED)
    documents = documents_of(aligned)
    if reference not in documents:
        raise ValueError(unknown_id(reference, "document", documents))
    rows = aligned[aligned["headline"]].assign(
        cap=lambda x: (
            (x["kind"] == "incentive")
            & (x["measure"] != "share")
            & x["comparator"].isin(["<=", "<"])
        )
    )
    lines = []
    for _, group in rows.groupby(["indicator", "measure", "unit", "cap"], sort=False):
        by_doc = {doc: list(some.itertuples()) for doc, some in group.groupby("doc_id")}
        base = by_doc.get(reference, [])
        for doc in documents:
            if doc != reference and (base or doc in by_doc):
                lines.append(_comparison(by_doc.get(doc, []), base, doc, reference))
    table = pd.DataFrame(lines, columns=columns_of("compare_to"))
    years = ["deadline", "reference_deadline"]
    return table.astype({**dict.fromkeys(years, "Int64"), "difference": float, "ratio": float})


def _comparison(local: list, base: list, doc: str, reference: str) -> dict:
    """One pair of headline figures, or what keeps them from being compared."""
    some = (local or base)[0]
    names = ("indicator", "indicator_zh", "indicator_en", "theme", "kind", "measure", "unit")
    line = {name: getattr(some, name) for name in names} | {"doc_id": doc, "reference": reference}
    for prefix, rows in (("", local), ("reference_", base)):
        row = rows[0] if len(rows) == 1 else None
        line[f"{prefix}comparator"] = row.comparator if row else None
        line[f"{prefix}value"] = row.low if row and row.low == row.high else None
        line[f"{prefix}deadline"] = row.deadline if row else pd.NA
        line[f"{prefix}target_id"] = " | ".join(r.target_id for r in rows)
    a, b = line["value"], line["reference_value"]
    if a is not None and b is not None:
        line |= {"difference": round(a - b, 10), "ratio": round(a / b, 10) if b else None}
    return line | {"flag": "; ".join(_differences(local, base))}


def _differences(local: list, base: list) -> list[str]:
    """Why two figures are not simply comparable."""
    if not local or not base:
        return ["not stated" if not local else "not stated in reference"]
    if len(local) > 1 or len(base) > 1:
        return ["several tiers"]
    a, b, flags = local[0], base[0], []
    if "range" in (a.comparator, b.comparator):
        flags.append("range")
    if pd.isna(a.deadline) != pd.isna(b.deadline) or (
        not pd.isna(a.deadline) and a.deadline != b.deadline
    ):
        flags.append("deadline")
    if a.comparator != b.comparator:
        flags.append("comparator")
    if a.per_year != b.per_year:
        flags.append("per year")
    if a.scope != b.scope:
        flags.append("scope")
    if _definition(a) != _definition(b) or a.condition != b.condition:
        flags.append("definition")
    return flags


def _definition(row: Any) -> set[str]:
    """The flags of a row that say how it is defined."""
    return {f for f in row.flag.split("; ") if f.startswith(("variant", "joint", "unit"))}
