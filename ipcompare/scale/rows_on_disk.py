"""A sparse matrix on disk: written some rows at a time, read by rows, from any process."""

import json
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import numpy as np
from scipy import sparse

_TYPES = {"ends": np.int64, "columns": np.int32, "values": np.float64}


class RowsOnDisk:
    """The rows of a matrix in a folder; of a value 8 bytes, of its column 4."""

    def __init__(self, folder: Path) -> None:
        about = json.loads((folder / "about.json").read_text())
        self.folder, self.shape = folder, (about["rows"], about["columns"])
        files = {name: _mapped(folder / name, type) for name, type in _TYPES.items()}
        self._ends = np.concatenate([[0], files["ends"]])
        self._columns, self._values = files["columns"], files["values"]

    def span(self, start: int, end: int) -> sparse.csr_matrix:
        """The rows from start to end, end exclusive."""
        end = min(end, self.shape[0])
        first, last = self._ends[start], self._ends[end]
        parts = np.array(self._values[first:last]), np.array(self._columns[first:last])
        starts = self._ends[start : end + 1] - first
        return sparse.csr_matrix((*parts, starts), shape=(end - start, self.shape[1]))

    def take(self, rows: np.ndarray) -> sparse.csr_matrix:
        """Some rows, in the order asked for."""
        starts, sizes = self._ends[rows], self._ends[rows + 1] - self._ends[rows]
        ends = np.concatenate([[0], np.cumsum(sizes)])
        at = np.repeat(starts - ends[:-1], sizes) + np.arange(ends[-1])
        parts = self._values[at], self._columns[at]
        return sparse.csr_matrix((*parts, ends), shape=(len(rows), self.shape[1]))

    def blocks(self, size: int) -> Iterator[tuple[int, sparse.csr_matrix]]:
        """The first row of each block of so many rows, and the block."""
        for start in range(0, self.shape[0], size):
            yield start, self.span(start, start + size)

    def held_by(self, size: int = 20_000) -> np.ndarray:
        """How many rows hold each column."""
        held = np.zeros(self.shape[1], dtype=np.int64)
        for _, block in self.blocks(size):
            held += np.bincount(block.indices, minlength=self.shape[1])
        return held


def _mapped(path: Path, type: type) -> np.ndarray:
    """The numbers of a file, which need not fit into memory."""
    if not path.stat().st_size:
        return np.zeros(0, dtype=type)
    return np.memmap(path, dtype=type, mode="r")


class Writer:
    """Writes the rows of a matrix into a folder; a ``with`` block closes it.

    The number of columns is known at the end, for terms are met as the rows are.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._rows, self._size, self.columns = folder, 0, 0, 0
        self._files = {name: (folder / name).open("wb") for name in _TYPES}

    def __enter__(self) -> "Writer":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        for file in self._files.values():
            file.close()
        about = {"rows": self._rows, "columns": self.columns}
        (self._folder / "about.json").write_text(json.dumps(about))

    def write(self, rows: sparse.csr_matrix) -> None:
        """Append rows; their columns are numbered over the whole matrix."""
        ends = self._size + rows.indptr[1:]
        for name, values in (("ends", ends), ("columns", rows.indices), ("values", rows.data)):
            self._files[name].write(np.ascontiguousarray(values, dtype=_TYPES[name]).tobytes())
        self._rows, self._size = self._rows + rows.shape[0], self._size + rows.nnz
        self.columns = max(self.columns, rows.shape[1])
