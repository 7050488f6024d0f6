"""Codings made up in memory: items, what the tool says, what coders say."""

from pathlib import Path

import pandas as pd

from ipcompare.coding.coding_files import (
    ADJUDICATED,
    CODED_COLUMNS,
    LONG,
    Coder,
    Coding,
    Field,
    Value,
    empty,
)
from ipcompare.coding.coding_tasks import coding_tasks

TASKS = coding_tasks()

KIND = Field("kind", "类别", "kind", "nominal", (Value("x", "甲", "x"), Value("y", "乙", "y")))


def items(docs, p=1.0, **columns):
    """One row an item: ``docs`` is the document of each; a clause each unless it is given."""
    n = len(docs)
    ids = [f"i{k:03d}" for k in range(1, n + 1)]
    clauses = [f"{doc}#{k}" for k, doc in enumerate(docs, 1)]
    plain = {
        "item_id": ids,
        "doc_id": list(docs),
        "clause_id": clauses,
        "text": ["培育5家企业"] * n,
    }
    counts = {"stratum": ["all"] * n, "n_stratum": [n] * n, "n_drawn": [n] * n, "p": p}
    return pd.DataFrame(plain | counts | columns)


def long(rows, columns=LONG):
    """Rows (item_id, part, field, value) as a table of text."""
    return pd.DataFrame(list(rows), columns=list(columns), dtype=str) if rows else empty(columns)


def coded(codes, kinds=None):
    """Coder to rows (item_id, part, field, value) as the codes of a coding."""
    rows = [
        (name, (kinds or {}).get(name, "person"), *row, "")
        for name, own in codes.items()
        for row in own
    ]
    return long(rows, CODED_COLUMNS)


def answers(values, field="kind"):
    """One value an item, None where it was not coded."""
    return [(f"i{k:03d}", "", field, v) for k, v in enumerate(values, 1) if v is not None]


def coding(
    codes=None, *, docs="aabb", task="own", fields=(KIND,), kinds=None, machine=(), gold=None,
    adjudicator="", folder="made-up", documents=(), **columns,
):  # fmt: skip
    """A coding; ``codes`` maps coders to rows, ``gold`` are adjudicated rows."""
    codes = codes or {}
    if task != "own":
        fields = TASKS[task].fields
    coders = tuple(Coder(name, (kinds or {}).get(name, "person")) for name in codes)
    decided = None if gold is None else long([(*row, "p") for row in gold], ADJUDICATED)
    return Coding(
        folder=Path(folder), task=task, fields=tuple(fields), coders=coders,
        items=items(docs, **columns), machine=long(machine), codes=coded(codes, kinds),
        documents=documents, adjudicated=decided, adjudicator=adjudicator or ("p" if gold is not None else ""),
    )  # fmt: skip
