"""The documents most similar to each: ``document_similarity`` without its square."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from ipcompare.frames import columns_of
from ipcompare.scale.counts import Counted
from ipcompare.scale.matching import write_weighted
from ipcompare.scale.rows_on_disk import RowsOnDisk, Writer
from ipcompare.scale.wordings import Vocabulary, renumbered
from ipcompare.scale.work import Work
from ipcompare.wording.background import background_idf

NEAREST = 10


def nearest_documents(
    parts: Iterable[tuple[list[str], Counted]], folder: Path, work: Work
) -> pd.DataFrame:
    """The ``NEAREST`` documents most similar to each, with the columns of ``nearest_documents``.

    The cosine is that of ``document_similarity``. A pair without a common word is not listed.
    """
    doc_ids, terms = _write_counts(parts, folder / "document_counts")
    counts, vectors = RowsOnDisk(folder / "document_counts"), folder / "documents"
    write_weighted(counts, background_idf(terms, "law"), vectors)
    apart = np.arange(len(doc_ids))
    found = work.nearest(vectors, apart, depth=NEAREST, step="similar_documents")
    values = doc_ids[found[0]], doc_ids[found[1]], *found[2:]
    return pd.DataFrame(dict(zip(columns_of("nearest_documents"), values, strict=True)))


def _write_counts(
    parts: Iterable[tuple[list[str], Counted]], folder: Path
) -> tuple[np.ndarray, np.ndarray]:
    """Write the counts of the words of each document; the doc_ids and the words."""
    vocabulary, found = Vocabulary(), []
    with Writer(folder) as writer:
        for doc_ids, counted in parts:
            place = {doc_id: n for n, doc_id in enumerate(counted.doc_ids)}
            rows = counted.documents[[place[doc_id] for doc_id in doc_ids]]
            writer.write(renumbered(rows, counted.document_terms, vocabulary))
            found += doc_ids
    return np.array(found, dtype=object), vocabulary.terms()
