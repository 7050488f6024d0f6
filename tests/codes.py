"""Codings made up for tests: who coded what, without a folder on disk."""

from pathlib import Path

import pandas as pd

from ipcompare.coding.coding_files import ADJUDICATED, CODED_COLUMNS, LONG, Coder, Coding


def coding(items, codes=None, *, kinds=None, adjudicated=None, adjudicator="", task="tools"):
    """A coding of ``items`` (a frame); ``codes``: {coder: [(item_id, part, field, value)]}.

    ``kinds`` says who of the coders is a model; ``adjudicated`` are rows of adjudicated.csv.
    """
    kinds, codes = kinds or {}, codes or {}
    coders = tuple(Coder(name, kinds.get(name, "person")) for name in codes or ("a", "b"))
    rows = [(c.name, c.kind, *row, "") for c in coders for row in codes.get(c.name, ())]
    decided = None if adjudicated is None else pd.DataFrame(adjudicated, columns=list(ADJUDICATED))
    return Coding(
        folder=Path("DIR"), task=task, fields=(), coders=coders, items=items,
        machine=pd.DataFrame(columns=list(LONG)), codes=pd.DataFrame(rows, columns=CODED_COLUMNS),
        adjudicated=decided, adjudicator=adjudicator,
    )  # fmt: skip


def provisions(*p):
    """Items i1, i2 … of provisions d#1, d#2 … with their inclusion probabilities."""
    ids = range(1, len(p) + 1)
    rows = [(f"i{n}", "d", f"d#{n}", chance) for n, chance in zip(ids, p, strict=True)]
    return pd.DataFrame(rows, columns=["item_id", "doc_id", "clause_id", "p"])


def documents(*doc_ids):
    """Items i1, i2 … each a document."""
    rows = [(f"i{n}", doc_id, 1.0) for n, doc_id in enumerate(doc_ids, 1)]
    return pd.DataFrame(rows, columns=["item_id", "doc_id", "p"])


def answers(item_id, **values):
    """The answers to the questions about one item."""
    return [(item_id, "", field, value) for field, value in values.items()]
