"""Contracted columns of every table, checked where a table enters another room.

Analysis rooms do not import each other: they meet through these frames. ``data/columns.csv`` says
of each column what it holds. A frame that was filtered, sorted, merged or read back from a file
either is brought into its usual form here or is refused with the cure.
"""

import ast
import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import numpy as np
import pandas as pd

from ipcompare.data import RuleError, read_rows

COLUMNS_FILE = "columns.csv"
# Tables that are checked where they enter: which function makes one, and the columns that name its
# rows. Every other table in columns.csv bears the name of its function.
TABLES = {
    "clauses": ("clause_table", ["clause_id"]),
    "targets": ("extract_targets", ["target_id"]),
    "aligned": ("align_targets", ["target_id"]),
    "qualitative": ("qualitative_mentions", ["indicator", "char_start", "clause_id"]),
    "matches": ("match_clauses", ["clause_id", "match_id"]),
    "passages": ("shared_passages", []),
}
JOINT = "；"  # between the items of a list in a file
# Rows that carry a numbered provision; every other role is front or back matter or residue.
PROVISIONS = ("section", "clause", "paragraph")
# What a document says; letterhead, addressee, signature and imprint are left out.
CONTENT = ("title", "preamble", *PROVISIONS, "table_row")


@dataclass(frozen=True)
class Column:
    """One column: its type (``?``: may be missing), unit, allowed values and meaning."""

    name: str
    type: str
    unit: str
    allowed: tuple[str, ...]
    zh: str
    en: str


@functools.cache
def contracts() -> dict[str, dict[str, Column]]:
    """The columns of each table, in their order, as ``columns.csv`` has them."""
    tables: dict[str, dict[str, Column]] = {}
    header = ("table", "column", "type", "unit", "allowed", "zh", "en")
    for line, row in read_rows(COLUMNS_FILE, header):
        if row["type"].rstrip("?") not in _TYPED:
            raise RuleError(COLUMNS_FILE, line, f"the type {row['type']!r} is not known")
        columns = tables.setdefault(row["table"], {})
        allowed = tuple(row["allowed"].split())
        about = row["type"], row["unit"], allowed, row["zh"], row["en"]
        columns[row["column"]] = Column(row["column"], *about)
    return tables


def columns_of(table: str) -> tuple[str, ...]:
    """The names of the columns of a table."""
    return tuple(contracts()[table])


@functools.cache
def text_columns() -> frozenset[str]:
    """The names of the columns that are text in every table that has them."""
    types: dict[str, set[str]] = {}
    for columns in contracts().values():
        for column in columns.values():
            types.setdefault(column.name, set()).add(column.type.rstrip("?"))
    return frozenset(name for name, found in types.items() if found <= {"document", "id", "text"})


# --- a frame that enters ------------------------------------------------------------------------


def checked(frame: pd.DataFrame, table: str, *, only: Iterable[str] | None = None) -> pd.DataFrame:
    """The frame as ``columns.csv`` has it: columns present, types as usual, ids once, in order.

    ``only`` are the columns that the caller needs, all where it is None; other columns stay as
    they are. Rows with ``char_start`` are put in the order of documents and text. Raises
    ValueError naming what is wrong and the function that makes the table.
    """
    made_by, key = TABLES.get(table, (table, []))
    contract = contracts()[table]
    names = contract.keys() if only is None else set(only)
    wanted = [column for name, column in contract.items() if name in names]
    require(frame, tuple(column.name for column in wanted), made_by)
    own = {column.name: frame[column.name] for column in wanted}
    typed = {column.name: _typed(own[column.name], column, made_by) for column in wanted}
    changed = {name: values for name, values in typed.items() if values is not own[name]}
    frame = frame.assign(**changed) if changed else frame
    if key and typed.keys() >= set(key):
        _check_once(frame[key], made_by)
    return _in_order(frame) if {"doc_id", "char_start"} <= typed.keys() else frame


def require(frame: pd.DataFrame, columns: tuple[str, ...], made_by: str) -> None:
    """Raise ValueError naming the missing columns and the function that makes them."""
    if not isinstance(frame, pd.DataFrame):
        raise ValueError(f"{frame!r:.60} is no table; make it with {made_by}()")
    missing = [c for c in columns if c not in frame.columns]
    if missing:
        raise ValueError(
            f"the table lacks the columns {', '.join(missing)}; make it with {made_by}()"
        )


def _typed(values: pd.Series, column: Column, made_by: str) -> pd.Series:
    """The values in the type of the column; ValueError where they cannot be."""
    kind = column.type.rstrip("?")
    if not column.type.endswith("?") and kind not in ("list", "text") and values.isna().any():
        raise ValueError(_problem(column, "has missing values", made_by))
    try:
        values = _TYPED[column.type if column.type in _TYPED else kind](values)
    except (TypeError, ValueError, SyntaxError) as error:
        raise ValueError(_problem(column, f"is no {kind} throughout ({error})", made_by)) from error
    if column.allowed and (unknown := set(values.dropna().unique()) - set(column.allowed)):
        found = ", ".join(sorted(map(str, unknown))[:5])
        problem = f"holds {found}; known are {', '.join(column.allowed)}"
        raise ValueError(_problem(column, problem, made_by))
    return values


def _problem(column: Column, problem: str, made_by: str) -> str:
    return f"the column {column.name} {problem}; make the table with {made_by}()"


def _list(values: pd.Series) -> pd.Series:
    """Lists as lists: a file has them in one text joined with ``；``, Parquet as arrays."""
    if all(isinstance(value, list) for value in values):
        return values
    return pd.Series([_items(value) for value in values], index=values.index, dtype=object)


def _items(value: object) -> list[str]:
    if isinstance(value, str) and value[:1] == "[":  # as pandas writes a list
        return list(ast.literal_eval(value))
    if isinstance(value, str):
        return [item for item in value.split(JOINT) if item]
    return list(value) if isinstance(value, list | tuple | np.ndarray) else []


def _filled(values: pd.Series) -> pd.Series:
    """Text; a file does not tell an empty one from a missing one."""
    values = _text(values)
    return values.fillna("") if values.isna().any() else values


def _text(values: pd.Series) -> pd.Series:
    """Text; numbers are refused, for of 1.10 and 05 nothing but 1.1 and 5 is left."""
    if values.dtype == "str" or isinstance(values.dtype, pd.CategoricalDtype):
        return values
    if not all(isinstance(value, str) for value in values.dropna()):
        raise ValueError("it was read as numbers; read the file with read_table()")
    return values.astype("str")


def _integer(values: pd.Series) -> pd.Series:
    return values if values.dtype == "int64" else _integer_or_missing(values).astype("int64")


def _integer_or_missing(values: pd.Series) -> pd.Series:
    """Whole numbers; a file with missing ones has 2020.0."""
    return values if values.dtype == "Int64" else pd.to_numeric(values).astype("Int64")


def _number(values: pd.Series) -> pd.Series:
    return values if values.dtype == float else pd.to_numeric(values).astype(float)


def _boolean(values: pd.Series) -> pd.Series:
    if values.dtype == bool:
        return values
    said = values.map({True: True, False: False, "True": True, "False": False})
    if said.isna().any():
        raise ValueError(f"{values[said.isna()].iloc[0]!r}")
    return said.astype(bool)


_TYPED: dict[str, Callable[[pd.Series], pd.Series]] = {
    "document": _text, "id": _text, "text": _filled, "text?": _text, "list": _list,
    "integer": _integer, "integer?": _integer_or_missing, "number": _number, "boolean": _boolean,
}  # fmt: skip


def _check_once(ids: pd.DataFrame, made_by: str) -> None:
    """Refuse an id that stands twice: two tables in one, or rows multiplied by a merge."""
    twice = ids[ids.duplicated()]
    if len(twice):
        first, columns = twice.iloc[0], ", ".join(ids.columns)
        n = int(ids.eq(first).all(axis=1).sum())
        raise ValueError(
            f"{' – '.join(map(str, first))} stands {n} times in {columns}; drop the doubled rows "
            f"(a merge may have made them), or make one table of all documents with {made_by}()"
        )


def _in_order(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows by document, then by place; what encloses before what stands inside it."""
    documents, place = document_codes(frame["doc_id"]), frame["char_start"].to_numpy()
    keys = (-frame["char_end"].to_numpy(), place, documents) if "char_end" in frame else (
        place, documents
    )  # fmt: skip
    order = np.lexsort(keys)
    return frame if (order[1:] > order[:-1]).all() else frame.iloc[order]


# --- documents ----------------------------------------------------------------------------------


def order_documents(frame: pd.DataFrame, documents: Any) -> pd.DataFrame:
    """The frame with ``doc_id`` as an ordered categorical: which documents there are, in order.

    So a document without a row is known, after any filter or merge. ``documents`` is a corpus or
    the ids in their order. ValueError for a doc_id that is not among them.
    """
    listed = getattr(documents, "documents", documents)
    ids = [getattr(document, "doc_id", document) for document in listed]
    unknown = [doc_id for doc_id in frame["doc_id"].unique() if doc_id not in ids]
    if unknown:
        raise ValueError(f"{unknown_id(str(unknown[0]), 'document', ids)}")
    dtype = pd.CategoricalDtype(ids, ordered=True)
    return frame.assign(doc_id=frame["doc_id"].astype(dtype))


def same_documents(frame: pd.DataFrame, source: pd.DataFrame) -> pd.DataFrame:
    """The frame with the documents of the table that it was made from, if that one knows them."""
    known = _ordered(source["doc_id"])
    return order_documents(frame, source["doc_id"].cat.categories) if known else frame


def _ordered(doc_ids: pd.Series) -> bool:
    """Whether the column says which documents there are; a category of another make does not."""
    return isinstance(doc_ids.dtype, pd.CategoricalDtype) and doc_ids.dtype.ordered


def documents_of(frame: pd.DataFrame) -> list[str]:
    """Every document of the corpus in its order, also one without a row in the frame.

    ValueError where ``doc_id`` is plain text, as in a table read from a file: it does not say
    which documents there are.
    """
    if not _ordered(frame["doc_id"]):
        raise ValueError(
            "the column doc_id is plain text, so a document without a row is not known; "
            "say which documents there are with order_documents(table, corpus)"
        )
    return list(frame["doc_id"].cat.categories)


def documents_in(frame: pd.DataFrame) -> list[str]:
    """The documents that have a row in the frame, in the order of the corpus."""
    found = frame["doc_id"].unique()
    if _ordered(frame["doc_id"]):
        return [doc_id for doc_id in frame["doc_id"].cat.categories if doc_id in set(found)]
    return list(found)


def document_codes(doc_ids: pd.Series) -> np.ndarray:
    """The number of each row's document, in the order of the corpus, else of appearance."""
    if _ordered(doc_ids):
        return doc_ids.cat.codes.to_numpy()
    return pd.factorize(doc_ids)[0]


def unknown_id(id: str, what: str, known: Iterable[str]) -> str:
    """What is wrong with an id, and the known ids nearest to it.

    >>> unknown_id("hebi-217", "document", ["fuxin-2017", "hebi-2017"])
    'hebi-217 is no document; nearest is hebi-2017'
    >>> unknown_id("x", "document", ["fuxin-2017", "hebi-2017"])
    'x is no document; there are fuxin-2017, hebi-2017'
    """
    known = list(known)
    if near := get_close_matches(id, known, n=5, cutoff=0.7):
        return f"{id} is no {what}; nearest {'are' if near[1:] else 'is'} {', '.join(near)}"
    some = ", ".join([*known[:8], *(["…"] if known[8:] else [])])
    return f"{id} is no {what}; there are {some or 'none'}"


# --- provisions ---------------------------------------------------------------------------------


def leaf_provisions(clauses: pd.DataFrame) -> pd.DataFrame:
    """The numbered provisions without numbered parts, in reading order."""
    return clauses[clauses["leaf"].astype(bool)]


def check_parents(clauses: pd.DataFrame) -> None:
    """ValueError where rows lack the provision above them, from which they take heading and year.

    A selection of provisions is made from the result, or of whole documents.
    """
    above = clauses.loc[clauses["role"].ne("residue") & clauses["parent_id"].ne(""), "parent_id"]
    lost = above.dropna()[lambda ids: ~ids.isin(clauses["clause_id"])]
    if len(lost):
        row = clauses.loc[lost.index[0], "clause_id"]
        raise ValueError(
            f"{row} stands under {lost.iloc[0]}, which is not in the table; give the whole clause "
            "table, or all rows of a document, and choose rows of the result"
        )


def body_of(row: Any) -> str:
    """A row's own words: its text without label, heading and the departments that close it."""
    return row.text[row.body_start : row.body_end]


def heading_of(row: Any) -> str:
    """The heading of a row of the clause table, empty where it has none."""
    return row.heading if isinstance(row.heading, str) else ""


CLAUSE_COLUMNS = columns_of("clauses")
TARGET_COLUMNS = columns_of("targets")
ALIGNED_COLUMNS = columns_of("aligned")
QUALITATIVE_COLUMNS = columns_of("qualitative")
MATCH_COLUMNS = columns_of("matches")
PASSAGE_COLUMNS = columns_of("passages")


def doc_ids_of(ids: pd.Series) -> pd.Series:
    """The document of each clause id: each id is cut once, however often it stands there."""
    return ids.map({id: id.partition("#")[0] for id in ids.unique()})
