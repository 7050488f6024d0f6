"""From the parts to one table each: rows in the order of the record, or of the indicators."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ipcompare.indicators.ordering import indicator_order
from ipcompare.scale.parts import CORRECTED, in_order
from ipcompare.scale.schemas import ROWS, schema_of, write_parquet

if TYPE_CHECKING:
    import pyarrow as pa

# The tables of the parts by the names of their files, as ``compare`` writes them in CSV, too.
FILES = {
    "clauses": "clauses",
    "targets": "targets",
    "aligned": "aligned_targets",
    "unaligned_targets": "unaligned_targets",
    "matrix_cells": "matrix_cells",
}
BY_INDICATOR = ("aligned", "matrix_cells")


def write_merged(
    table: str, order: Sequence[tuple[str, Path]], folder: Path, *, corrected: bool = False
) -> tuple[Path, int]:
    """Write one table of all documents into ``folder``: its path and rows.

    ``order`` has the doc_id and the part of each document.
    """
    path, rows = folder / f"{FILES[table]}.parquet", in_order(table, order)
    schema = schema_of(table, corrected=corrected and table in CORRECTED)
    if table in BY_INDICATOR:
        rows = _by_indicator(rows, schema, folder / f".{table}.arrow")
    return path, write_parquet(path, rows, schema)


def _by_indicator(
    tables: Iterable["pa.Table"], schema: "pa.Schema", path: Path
) -> Iterator["pa.Table"]:
    """The rows in the order of the indicators, sorted outside of memory in a file at ``path``."""
    import pyarrow as pa

    indicators: list[np.ndarray] = []
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, schema) as writer:
        for rows in tables:
            writer.write_table(rows)
            indicators.append(rows["indicator"].to_numpy())
    names = np.concatenate(indicators) if indicators else np.zeros(0, dtype=object)
    with pa.memory_map(str(path)) as source:
        whole = pa.ipc.open_file(source).read_all()
        for rows_of_group in _slices(_order(names)):
            yield whole.take(rows_of_group)
    path.unlink()


def _order(names: np.ndarray) -> np.ndarray:
    """The rows by indicator; those of one keep their order."""
    rank = {name: n for n, name in enumerate(indicator_order(dict.fromkeys(names)))}
    return np.argsort(np.array([rank[name] for name in names], dtype=np.int64), kind="stable")


def _slices(order: np.ndarray) -> Iterator[np.ndarray]:
    for start in range(0, len(order), ROWS):
        yield order[start : start + ROWS]
