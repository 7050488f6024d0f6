"""Tables as Parquet: one schema a table, by ``columns.csv``, so that every part has the same."""

import functools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ipcompare.corrections import CARRIED
from ipcompare.frames import contracts

if TYPE_CHECKING:
    import pyarrow as pa

# Tables whose columns are those of another one, and some more.
BESIDE = {"unaligned_targets": "targets"}
ROWS = 50_000  # of a row group: what is read at a time


@functools.cache
def schema_of(table: str, *, corrected: bool = False) -> "pa.Schema":
    """The columns and types of a table of ``columns.csv``, and those that corrections add."""
    import pyarrow as pa

    types = {
        "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(),
        "list": pa.list_(pa.string()),
    }  # fmt: skip
    columns = [*contracts().get(BESIDE.get(table, ""), {}).values(), *contracts()[table].values()]
    kinds = {column.name: column.type.rstrip("?") for column in columns}
    kinds |= dict.fromkeys(CARRIED if corrected else (), "text")
    return pa.schema([(name, types.get(kind, pa.string())) for name, kind in kinds.items()])


def to_arrow(frame: pd.DataFrame, table: str, *, corrected: bool = False) -> "pa.Table":
    """A frame with the columns of ``table`` as an Arrow table; others are left out.

    With ``corrected`` those that corrections add are there, empty where nothing was corrected.
    """
    import pyarrow as pa

    schema = schema_of(table, corrected=corrected)
    columns = []
    for field in schema:
        if field.name in CARRIED and field.name not in frame:
            columns.append(pa.nulls(len(frame), field.type))
            continue
        values = frame[field.name]
        if pa.types.is_string(field.type):
            values = values.astype(object).where(values.notna(), None)
        columns.append(pa.Array.from_pandas(values, type=field.type))
    return pa.Table.from_arrays(columns, schema=schema)


def write_parquet(path: Path, tables: Iterable["pa.Table"], schema: "pa.Schema") -> int:
    """Write tables one behind the other, in row groups of ``ROWS`` rows; the number of rows.

    The same rows give the same bytes, however they are divided into tables.
    """
    import pyarrow.parquet as pq

    total = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for group in _regrouped(tables, schema):
            writer.write_table(group, row_group_size=ROWS)
            total += group.num_rows
    return total


def _regrouped(tables: Iterable["pa.Table"], schema: "pa.Schema") -> Iterator["pa.Table"]:
    """The rows in groups of ``ROWS``; the last one has what is left."""
    import pyarrow as pa

    held: list[Any] = []
    size = 0
    for table in tables:
        held.append(table)
        size += table.num_rows
        if size < ROWS:
            continue
        joined = pa.concat_tables(held)
        whole = size - size % ROWS
        for start in range(0, whole, ROWS):
            yield joined.slice(start, ROWS).combine_chunks()
        held, size = [joined.slice(whole)], size - whole
    if size or held:
        yield pa.concat_tables(held).combine_chunks()
