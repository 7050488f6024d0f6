"""The tables of the report: any frame with its heads, filters and rows of cells."""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pandas as pd

from ipcompare.corrections import MARK
from ipcompare.exports.declared import exhibits
from ipcompare.exports.presenting import code_word, printed_columns
from ipcompare.report.both import doc_name, title
from ipcompare.report.cells import Cell, cell
from ipcompare.study import Study
from ipcompare.words import LANGS

NAMES = (
    "doc_id", "clause_id", "closest", "role", "theme", "kind", "measure", "level", "date_issued",
    "unit",
)  # fmt: skip
TEXTS = (
    "text", "quote", "note", "citation", "title", "wording", "indicator", "indicator_zh", "flag",
)  # fmt: skip


MOST_ROWS = 1000  # of a table on the page; the CSV file has all


@dataclass(frozen=True)
class Head:
    """The head of one column."""

    label: Cell
    kind: str = ""  # number, text, name (never broken) or empty
    document: str = ""


@dataclass(frozen=True)
class Row:
    """One row: its cells, its id in the page and the values that the filters compare."""

    cells: list[Cell]
    id: str = ""
    choices: list[str] = field(default_factory=list)
    group: Cell = ""  # a heading above this row


@dataclass(frozen=True)
class Choice:
    """A filter: the column and its values with their words."""

    label: Cell
    options: list[tuple[str, str, str]]


@dataclass(frozen=True)
class TableView:
    """A table as the page shows it."""

    heads: list[Head]
    rows: list[Row]
    choices: list[Choice] = field(default_factory=list)
    fold: int = 0
    search: bool = False
    total: int = 0  # rows of the table, where the page has only the first MOST_ROWS


def table_view(made: Study, id: str, frame: pd.DataFrame) -> TableView:
    """The columns that ``exhibits.toml`` chooses for an exhibit, else all, with their filters."""
    if any(name is not None for name in frame.index.names):
        frame = frame.rename_axis(columns=None).reset_index()
    total, frame = len(frame), frame.head(MOST_ROWS)
    chosen = exhibits().get(id)
    columns = _columns(frame, id)
    filters = [c for c in chosen.filter if c in frame or "clause_id" in frame] if chosen else []
    rows = [
        Row(
            [cell(row, column, made, columns) for column in columns],
            row.clause_id if id == "clauses" else "",
            [_choice_value(row, column, made) for column in filters],
        )
        for row in (SimpleNamespace(**record) for record in frame.to_dict("records"))
    ]
    heads = [_head(made, column, frame, columns, id) for column in columns]
    choices = [_choice(made, column, rows, n) for n, column in enumerate(filters)]
    fold = chosen.fold if chosen and chosen.fold else 10 if len(rows) > 15 else 0
    folded = fold if len(rows) > fold + 3 else 0
    cut = total if total > len(rows) else 0
    return TableView(heads, rows, choices, folded, bool(fold), cut)


def _columns(frame: pd.DataFrame, id: str) -> list[str]:
    """The declared columns with those that only the page has; of twins the Chinese one."""
    declared = exhibits()[id].columns if id in exhibits() else ()
    found = printed_columns(frame, id, "zh")
    shown = [c for c in declared if c in found or c == "citation"]
    return [*shown, *(c for c in found if c == MARK)] if shown else found


def _head(made: Study, column: str, frame: pd.DataFrame, columns: list[str], id: str) -> Head:
    numeric = column in frame and pd.api.types.is_numeric_dtype(frame[column])
    if column in made.zh:
        return Head(doc_name(made, column), "number" if numeric else "", column)
    if column in ("score", "similarity", "target_id", "char_start") or numeric:
        return Head(title("quantity" if column == "target_id" else column, id), "number")
    if column == "units":
        return Head(title(column, id), "list")
    if column in NAMES and (column != "clause_id" or "doc_id" in columns):
        return Head(title(column, id), "name")
    return Head(title(column, id), "text" if column in TEXTS else "")


def _choice_value(row: Any, column: str, made: Study) -> str:
    value = getattr(row, column, None)
    return str(made.clause[row.clause_id].doc_id if value is None else value)


def _choice(made: Study, column: str, rows: list[Row], n: int) -> Choice:
    """The values of a filter in their order of appearance, with their words."""
    options = []
    for value in dict.fromkeys(row.choices[n] for row in rows):
        zh, en = (code_word(column, value, lang) for lang in LANGS)
        if column == "doc_id":
            zh, en = made.zh.get(value, value), made.en.get(value, value)
        options.append((value, zh, en))
    return Choice(title(column), options)
