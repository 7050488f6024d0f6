"""``compare`` for a corpus of any size: document by document, over all cores, to Parquet.

What is a function of one document alone is made in parts (``parts``), which an interrupted run
leaves whole and the next run takes up. Then the parts are merged, the wordings matched and the
documents compared, with a few blocks of rows in memory at a time.
"""

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
import pandas as pd

from ipcompare.citations import document_names
from ipcompare.corpus import (
    ALL_BESIDE,
    RECORD,
    REFERENCE,
    Corpus,
    CorpusError,
    document_of,
    record_rows,
)
from ipcompare.corrections import Correction
from ipcompare.extras import need
from ipcompare.placing import check_folder, put_in_place
from ipcompare.record import Row
from ipcompare.scale.counts import Counted, read_counts
from ipcompare.scale.engines import Engine, engine, run
from ipcompare.scale.matching import COUNTS, match_wordings, near_wordings
from ipcompare.scale.merging import write_merged
from ipcompare.scale.parts import DOCUMENTS, Parts, keys_of
from ipcompare.scale.schemas import schema_of, to_arrow, write_parquet
from ipcompare.scale.similar import nearest_documents
from ipcompare.scale.sketches import Sketch, document_groups
from ipcompare.scale.stages import TABLES, Batch, make_part
from ipcompare.scale.wordings import Wordings, write_wordings
from ipcompare.scale.work import Progress, Work, quiet

PACKAGES = ("pyarrow", "datasketch", "sparse_dot_topn")
HIDDEN = ".parts"


@dataclass(frozen=True)
class Collection:
    """The documents of a corpus that are compared, and the part of each that is done."""

    folder: Path
    rows: tuple[Row, ...]
    keys: tuple[str, ...]
    parts: Parts
    indicators: Path | None
    corrections: dict[str, list[Correction]] | None

    @property
    def order(self) -> list[tuple[str, Path]]:
        """The doc_id and the part of each document, in the order of the record."""
        finished = self.parts.finished()
        pairs = zip(self.rows, self.keys, strict=True)
        return [(row.cells["doc_id"], finished[key]) for row, key in pairs]

    def unfinished(self) -> list[tuple[Row, str]]:
        """The rows and keys of the documents that are not done."""
        finished = self.parts.finished()
        pairs = zip(self.rows, self.keys, strict=True)
        return [(row, key) for row, key in pairs if key not in finished]


def compare_collection(
    folder: Path | str,
    out: Path | str,
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    progress: Progress = quiet,
) -> tuple[dict[Path, int], pd.DataFrame]:
    """Write the comparison tables of the corpus in ``folder`` into ``out`` as Parquet.

    Gives each path with its number of rows, and ``matching_recall``: how pairs were found. The
    tables are those of ``compare_corpus`` in a form that serves many documents: ``matrix_cells``
    is both matrices in long form, ``nearest_documents`` the ten most similar of each document,
    ``clause_matches`` has a row a wording and match (``wording_matches``), ``wording_places`` where
    each wording stands, ``document_groups`` the documents that are nearly one text.

    ``workers`` processes of this machine (one a core where it is None), or the Dask cluster of
    ``scheduler``, whose workers must see both folders. Finished documents are kept in ``out``:
    after an interrupt the same call goes on where it was, and after a change of some texts it
    reads those only. All tables take their places at the end.
    """
    need(*PACKAGES)
    out = check_folder(out)
    collection = _collection(Path(folder), out)
    with engine(workers=workers, scheduler=scheduler) as at:
        _make_parts(collection, at, progress)
        with tempfile.TemporaryDirectory(dir=collection.parts.folder, prefix=".") as scratch:
            work = Work(at, progress)
            made = dict(_tables(collection, Path(scratch), work))
            places = {path: out / path.name for path in made}
            put_in_place(places)
    collection.parts.discard(collection.keys)
    return {places[path]: rows for path, rows in made.items()}, work.recall()


def _collection(folder: Path, out: Path) -> Collection:
    every, corrected = record_rows(folder)
    rows = tuple(row for row in every if row.cells.get("use") != REFERENCE)
    if not rows:
        raise CorpusError(f"{folder / RECORD}: {ALL_BESIDE}")
    by_document: dict[str, list[Correction]] = {}
    for one in corrected:
        by_document.setdefault(one.doc_id, []).append(one)
    indicators, corrections = Corpus((), folder).indicators, by_document or None
    keys = keys_of(rows, indicators=indicators, corrections=corrections)
    parts = Parts(out / HIDDEN)
    parts.folder.mkdir(parents=True, exist_ok=True)
    return Collection(folder.resolve(), rows, tuple(keys), parts, indicators, corrections)


def _make_parts(collection: Collection, at: Engine, progress: Progress) -> None:
    """Read every document that is not done."""
    left = collection.unfinished()
    total = len(collection.rows)
    done = total - len(left)
    progress(done, total, "reading")
    for batch, _ in run(at, make_part, _batches(collection, left)):
        done += len(batch.rows)
        progress(done, total, "reading")


def _batches(collection: Collection, left: list[tuple[Row, str]]) -> Iterator[Batch]:
    known, folder = collection.corrections, collection.parts.folder.resolve()
    for start in range(0, len(left), DOCUMENTS):
        rows, keys = zip(*left[start : start + DOCUMENTS], strict=True)
        own = None if known is None else tuple(_corrections_of(rows, known))
        yield Batch(collection.folder, rows, keys, folder, collection.indicators, own)


def _corrections_of(
    rows: Iterable[Row], known: dict[str, list[Correction]]
) -> Iterator[Correction]:
    for row in rows:
        yield from known.get(row.cells["doc_id"], ())


def _tables(collection: Collection, scratch: Path, work: Work) -> Iterator[tuple[Path, int]]:
    """The path and the number of rows of each table."""
    order = collection.order
    yield _write_documents(collection, scratch)
    for n, table in enumerate(TABLES):
        work.progress(n, len(TABLES), "merging")
        yield write_merged(table, order, scratch, corrected=collection.corrections is not None)
    wordings = write_wordings(_counted(order), scratch / COUNTS)
    yield _write(scratch, "wording_places", [_places(collection, wordings)])
    matches = match_wordings(wordings, scratch, work)
    yield _write(scratch, "wording_matches", matches, file="clause_matches")
    yield _write(scratch, "near_wordings", [near_wordings(wordings, scratch, work)])
    yield _write(scratch, "nearest_documents", [nearest_documents(_counted(order), scratch, work)])
    yield _write(scratch, "document_groups", [document_groups(_sketches(order))])
    yield _write(scratch, "matching_recall", [work.recall()])


def _write(
    scratch: Path, table: str, frames: Iterable[pd.DataFrame], *, file: str | None = None
) -> tuple[Path, int]:
    path = scratch / f"{file or table}.parquet"
    tables = (to_arrow(frame, table) for frame in frames)
    return path, write_parquet(path, tables, schema_of(table))


def _write_documents(collection: Collection, scratch: Path) -> tuple[Path, int]:
    """The record, with the short name of each document."""
    import pyarrow as pa

    documents = tuple(document_of(collection.folder, row, text="") for row in collection.rows)
    corpus = Corpus(documents, collection.folder)
    table = to_arrow(corpus.table, "documents")
    names = pa.array(list(document_names(corpus).values()), type=pa.string())
    table = table.add_column(1, "document", names)
    path = scratch / "documents.parquet"
    return path, write_parquet(path, [table], table.schema)


def _places(collection: Collection, wordings: Wordings) -> pd.DataFrame:
    """Where each wording stands that stands in several places."""
    several = np.flatnonzero(wordings.places[wordings.place] > 1)
    doc_ids = np.array([row.cells["doc_id"] for row in collection.rows], dtype=object)
    frame = pd.DataFrame(
        {
            "wording_id": wordings.ids(wordings.place[several]),
            "clause_id": [wordings.clause_ids[n] for n in several],
            "doc_id": doc_ids[wordings.documents[several]],
        }
    )
    place = dict(zip(wordings.clause_ids, range(len(wordings.clause_ids)), strict=True))
    order = frame["wording_id"].map(place).argsort(kind="stable")
    return frame.iloc[order].reset_index(drop=True)


def _counted(order: list[tuple[str, Path]]) -> Iterator[tuple[list[str], Counted]]:
    """Runs of documents of one part, with its counts."""
    for part, some in groupby(order, key=lambda pair: pair[1]):
        yield [doc_id for doc_id, _ in some], read_counts(part)


def _sketches(order: list[tuple[str, Path]]) -> Iterator[tuple[str, Sketch]]:
    for doc_ids, counted in _counted(order):
        known = dict(zip(counted.doc_ids, counted.sketches, strict=True))
        for doc_id in doc_ids:
            yield doc_id, known[doc_id]
