"""The distinct wordings of a collection and where each stands; the counts of their terms on disk.

Provisions in the same words (``same_wording``) are one wording, which stands for all of them: it
is matched once, under the clause_id of the first, and counts once for the weight of a term.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import sparse

from ipcompare.scale.counts import Counted
from ipcompare.scale.rows_on_disk import Writer


class Vocabulary:
    """The terms met so far, numbered in the order in which they were met."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def columns(self, terms: Iterable[str]) -> np.ndarray:
        """The number of each term; a new one is the next."""
        numbers = self.numbers
        return np.array([numbers.setdefault(t, len(numbers)) for t in terms], dtype=np.int32)

    def terms(self) -> np.ndarray:
        """The term of each number."""
        return np.array(list(self.numbers), dtype=object)


@dataclass
class Wordings:
    """Where the wordings stand: a row a provision, in reading order.

    ``place`` is the wording of each provision; ``first`` the first provision of each wording and
    ``owner`` its document, or a number of its own where it stands in several.
    """

    clause_ids: list[str]
    documents: np.ndarray
    place: np.ndarray
    first: np.ndarray
    owner: np.ndarray
    terms: np.ndarray

    @property
    def places(self) -> np.ndarray:
        """In how many provisions each wording stands."""
        return np.bincount(self.place, minlength=len(self.first))

    def ids(self, wordings: np.ndarray) -> list[str]:
        """The clause_id under which each of some wordings goes."""
        return [self.clause_ids[n] for n in self.first[wordings]]


def write_wordings(parts: Iterable[tuple[list[str], Counted]], folder: Path) -> Wordings:
    """Write the counts of each distinct wording into ``folder``; says where they stand.

    ``parts`` are runs of doc_ids, in order, each with the counts of the part that holds them.
    """
    vocabulary, numbers = Vocabulary(), dict[str, int]()
    ids: list[str] = []
    documents: list[int] = []
    place: list[int] = []
    first: list[int] = []
    n_document = 0
    with Writer(folder) as writer:
        for doc_ids, counted in parts:
            new: list[int] = []
            for row, document in _rows_of(doc_ids, counted, n_document):
                number = numbers.setdefault(counted.wordings[row], len(numbers))
                if number == len(first):
                    first.append(len(ids))
                    new.append(row)
                ids.append(counted.clause_ids[row])
                documents.append(document)
                place.append(number)
            n_document += len(doc_ids)
            writer.write(renumbered(counted.provisions[new], counted.provision_terms, vocabulary))
    owners = _owners(np.array(place), np.array(documents), len(first), n_document)
    return Wordings(
        ids, np.array(documents, dtype=np.int32), np.array(place, dtype=np.int32),
        np.array(first, dtype=np.int64), owners, vocabulary.terms(),
    )  # fmt: skip


def _rows_of(doc_ids: list[str], counted: Counted, start: int) -> Iterator[tuple[int, int]]:
    """The rows of some documents of a part and the number of the document of each."""
    numbers = {doc_id: start + n for n, doc_id in enumerate(doc_ids)}
    rows: dict[str, list[int]] = {doc_id: [] for doc_id in doc_ids}
    for row, doc_id in enumerate(counted.clause_docs):
        if doc_id in rows:
            rows[doc_id].append(row)
    for doc_id in doc_ids:
        for row in rows[doc_id]:
            yield row, numbers[doc_id]


def renumbered(
    counts: sparse.csr_matrix, terms: np.ndarray, vocabulary: Vocabulary
) -> sparse.csr_matrix:
    """Counts with the columns of the vocabulary; terms that no row holds are not taken up."""
    used = np.unique(counts.indices)
    columns = np.zeros(counts.shape[1], dtype=np.int32)
    columns[used] = vocabulary.columns(terms[used])
    shape = (counts.shape[0], len(vocabulary.numbers))
    found = sparse.csr_matrix((counts.data, columns[counts.indices], counts.indptr), shape=shape)
    found.sort_indices()
    return found


def _owners(place: np.ndarray, documents: np.ndarray, n: int, n_document: int) -> np.ndarray:
    """The document of each wording; numbers above all documents where it stands in several."""
    lowest, highest = np.full(n, n_document), np.full(n, -1)
    np.minimum.at(lowest, place, documents)
    np.maximum.at(highest, place, documents)
    return np.where(lowest == highest, lowest, n_document + np.arange(n)).astype(np.int64)
