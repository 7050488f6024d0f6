"""The work on a few documents: every table that is a function of one document alone."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from ipcompare.clauses.table import clause_table
from ipcompare.corpus import Corpus, CorpusError, Document, document_of
from ipcompare.corrections import Correction
from ipcompare.indicators.align import align_targets, unaligned_targets
from ipcompare.indicators.in_words import qualitative_mentions
from ipcompare.indicators.matrices import matrix_cells
from ipcompare.quantities.extract import extract_targets
from ipcompare.record import Row
from ipcompare.scale import counts
from ipcompare.scale.parts import write_part

TABLES = ("clauses", "targets", "aligned", "unaligned_targets", "matrix_cells")


@dataclass(frozen=True)
class Batch:
    """Some documents of a corpus and the folder where their part goes.

    ``corrections`` are theirs; None where the corpus has none.
    """

    corpus: Path
    rows: tuple[Row, ...]
    keys: tuple[str, ...]
    folder: Path
    indicators: Path | None
    corrections: tuple[Correction, ...] | None


def make_part(batch: Batch) -> Path:
    """Read the texts, make the tables and write the part."""
    documents = [_read(batch.corpus, row) for row in batch.rows]
    corpus = Corpus(tuple(documents), batch.corpus, batch.corrections or ())
    clauses = clause_table(corpus)
    targets = extract_targets(clauses)
    own = {"indicators": batch.indicators}
    aligned = align_targets(targets, **own)
    said = qualitative_mentions(clauses, **own)
    tables = {
        "clauses": clauses,
        "targets": targets,
        "aligned": aligned,
        "unaligned_targets": unaligned_targets(targets, aligned, **own),
        "matrix_cells": matrix_cells(aligned, said),
    }
    files = {counts.FILE: counts.counts_file(documents, clauses)}
    corrected = batch.corrections is not None
    return write_part(batch.folder, batch.keys, tables, files, corrected=corrected)


def _read(folder: Path, row: Row) -> Document:
    """A document; refused where its text has changed since the record was looked at."""
    path = folder / row.cells["file"]
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != row.cells["sha256"].lower():
        raise CorpusError(f"{path}: the text has changed while it was compared; run it again")
    return document_of(folder, row)
