"""The tables of some documents at a time, kept in parts so that finished work is not done twice.

A part is a folder with the tables of a few documents. It stands under the keys of its documents:
the hash of their row in the record (with the sha256 of the text), of the researcher's own files
and of every file of this package. It takes its name when it is whole.
"""

import functools
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

import ipcompare
from ipcompare.corrections import Correction
from ipcompare.record import Row
from ipcompare.scale.schemas import to_arrow

if TYPE_CHECKING:
    import pyarrow as pa

DOCUMENTS = 16  # of a part: about half a second of work
CORRECTED = ("clauses", "targets", "aligned", "unaligned_targets")  # carry corrections
_KEYS = "keys.json"


@functools.cache
def made_with() -> str:
    """The hash of every file of this package: what is made by another version is made again."""
    root = Path(ipcompare.__file__).parent
    kinds = {".py", ".csv", ".toml", ".txt"}
    digest = hashlib.sha256()
    for path in sorted(p for p in root.rglob("*") if p.suffix in kinds):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def keys_of(
    rows: Iterable[Row],
    *,
    indicators: Path | None = None,
    corrections: Mapping[str, Sequence[Correction]] | None = None,
) -> list[str]:
    """The key of each document: ``corrections`` are those of each doc_id, None where there is no
    file of them.
    """
    own = indicators.read_bytes() if indicators else b""
    start = hashlib.sha256(made_with().encode() + own).hexdigest()
    keys = []
    for row in rows:
        corrected = None if corrections is None else corrections.get(row.cells["doc_id"], ())
        said = [start, row.cells, corrected if corrected is None else [*map(asdict, corrected)]]
        text = json.dumps(said, ensure_ascii=False, sort_keys=True)
        keys.append(hashlib.sha256(text.encode()).hexdigest()[:32])
    return keys


@dataclass(frozen=True)
class Parts:
    """The folder of the parts."""

    folder: Path

    def finished(self) -> dict[str, Path]:
        """The part that holds each document that is done, by its key."""
        found: dict[str, Path] = {}
        for path in sorted(self.folder.glob(f"*/{_KEYS}")):
            if not path.parent.name.startswith("."):
                found |= dict.fromkeys(json.loads(path.read_text()), path.parent)
        return found

    def discard(self, wanted: Iterable[str]) -> None:
        """Remove parts none of whose documents is wanted, and what was left unfinished."""
        kept = set(wanted)
        for path in self.folder.glob("*"):
            keys = path / _KEYS
            if not keys.is_file() or not kept & set(json.loads(keys.read_text())):
                shutil.rmtree(path, ignore_errors=True)


def write_part(
    folder: Path,
    keys: Sequence[str],
    tables: Mapping[str, pd.DataFrame],
    files: Mapping[str, bytes],
    *,
    corrected: bool = False,
) -> Path:
    """Write the tables and files of a part; it takes its place when all of it is there."""
    import pyarrow.parquet as pq

    place = folder / hashlib.sha256("".join(keys).encode()).hexdigest()[:24]
    scratch = folder / f".{place.name}-{os.getpid()}"
    scratch.mkdir(parents=True, exist_ok=True)
    try:
        for name, frame in tables.items():
            rows = to_arrow(frame, name, corrected=corrected and name in CORRECTED)
            pq.write_table(rows, scratch / f"{name}.parquet", compression="zstd")
        for name, data in files.items():
            (scratch / name).write_bytes(data)
        (scratch / _KEYS).write_text(json.dumps(list(keys)))
        if not place.exists():  # a worker that was thought lost may have been here
            scratch.rename(place)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return place


def in_order(
    table: str, order: Sequence[tuple[str, Path]], *, columns: list[str] | None = None
) -> Iterator["pa.Table"]:
    """The rows of a table, document by document; ``order`` has the doc_id and part of each.

    One part is held at a time.
    """
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    for part, some in groupby(order, key=lambda pair: pair[1]):
        rows = pq.read_table(part / f"{table}.parquet", columns=columns)
        for doc_id, _ in some:
            yield rows.filter(pc.equal(rows["doc_id"], doc_id))
