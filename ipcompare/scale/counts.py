"""What of a part is compared: counts of terms, keys of wordings, sketches; as one file."""

import io
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from ipcompare.corpus import Document
from ipcompare.scale.sketches import Sketch, sketch
from ipcompare.wording.same_wording import wording_keys
from ipcompare.wording.tokens import analyzer_of
from ipcompare.wording.vectors import count_terms, document_bags, provision_counts

FILE = "counts.npz"


class Counted(NamedTuple):
    """The counts of a part: rows are provisions or documents, columns its own terms."""

    clause_ids: np.ndarray
    clause_docs: np.ndarray  # the doc_id of each provision
    wordings: np.ndarray
    provisions: sparse.csr_matrix
    provision_terms: np.ndarray
    doc_ids: np.ndarray
    documents: sparse.csr_matrix
    document_terms: np.ndarray
    sketches: list[Sketch]


def counts_file(documents: list[Document], clauses: pd.DataFrame) -> bytes:
    """The counts of some documents as the bytes of a file."""
    leaves, provisions, terms = provision_counts(clauses, analyzer_of("words+bigrams"))
    bags = document_bags(clauses, analyzer_of("words"))
    whole, words = count_terms(bags.values())
    sketches = [sketch(document.text) for document in documents]
    arrays = {
        "ids": _packed([leaves["clause_id"], leaves["doc_id"], wording_keys(clauses)["wording"]]),
        "bags": _packed([list(bags), terms, words]),
        "signatures": np.array([one.signature for one in sketches]),
        "samples": np.concatenate([one.sample for one in sketches]),
        "sizes": np.array([len(one.sample) for one in sketches]),
    }
    arrays |= _matrix("provisions", provisions) | _matrix("documents", whole)
    held = io.BytesIO()
    np.savez(held, allow_pickle=False, **arrays)
    return held.getvalue()


def read_counts(part: Path) -> Counted:
    """The counts of a part."""
    with np.load(part / FILE, allow_pickle=False) as held:
        clause_ids, clause_docs, wordings = _unpacked(held["ids"])
        doc_ids, terms, words = _unpacked(held["bags"])
        samples = np.split(held["samples"], np.cumsum(held["sizes"])[:-1])
        pairs = zip(held["signatures"], samples, strict=True)
        return Counted(
            clause_ids, clause_docs, wordings,
            _whole("provisions", held, len(terms)), terms,
            doc_ids, _whole("documents", held, len(words)), words,
            [Sketch(signature, sample) for signature, sample in pairs],
        )  # fmt: skip


def _packed(columns: list) -> np.ndarray:
    """Lists of words as bytes: no word has the signs that divide them."""
    text = "\x1d".join("\x1e".join(map(str, column)) for column in columns)
    return np.frombuffer(text.encode(errors="surrogatepass"), dtype=np.uint8)


def _unpacked(data: np.ndarray) -> list[np.ndarray]:
    text = data.tobytes().decode(errors="surrogatepass")
    columns = [column.split("\x1e") if column else [] for column in text.split("\x1d")]
    return [np.array(column, dtype=object) for column in columns]


def _matrix(name: str, counts: sparse.csr_matrix) -> dict[str, np.ndarray]:
    parts = {"data": counts.data.astype(np.uint16), "indices": counts.indices.astype(np.int32)}
    parts["indptr"] = counts.indptr.astype(np.int64)
    return {f"{name}_{part}": values for part, values in parts.items()}


def _whole(name: str, held: dict[str, np.ndarray], n: int) -> sparse.csr_matrix:
    data, indices, indptr = (held[f"{name}_{part}"] for part in ("data", "indices", "indptr"))
    shape = (len(indptr) - 1, n)
    return sparse.csr_matrix((data.astype(float), indices, indptr), shape=shape)
