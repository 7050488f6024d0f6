"""The similarity of documents computed in other reasonable ways, by what they vary.

Most specifications share one bag of words and so must agree; those of other families need not:
other units than words, other weights, only a part of the text, the best counterparts of its
provisions, another measure.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from ipcompare.frames import CONTENT, body_of, checked, documents_in, heading_of
from ipcompare.wording.set_phrases import without_set_phrases
from ipcompare.wording.similarity import clause_vectors, document_similarity
from ipcompare.wording.tokens import characters, stretches, tokenize
from ipcompare.wording.tokens import terms as terms_of
from ipcompare.wording.vectors import (
    content_bags,
    count_terms,
    document_bags,
    fitted_idf,
    idf_of,
    section_bags,
    tfidf,
    weighted,
)

Analyze = Callable[[str], list[str]]
Square = np.ndarray
SHINGLE = 5  # characters


class Specification(NamedTuple):
    """One way to compare: the family says what it varies, the name how."""

    family: str
    name: str

    def __str__(self) -> str:
        return f"{self.family}: {self.name}"


BASELINE = Specification("baseline", "words, background idf")


def specified_similarities(
    clauses: pd.DataFrame,
) -> Iterator[tuple[Specification, pd.DataFrame]]:
    """Each specification with its square of document similarities (as ``document_similarity``)."""
    yield BASELINE, document_similarity(clauses)
    ids = documents_in(clauses)
    for family, squares in _FAMILIES.items():
        for name, square in squares(clauses):
            values = np.clip(np.asarray(square, dtype=float), 0.0, 1.0)
            np.fill_diagonal(values, 1.0)
            yield Specification(family, name), pd.DataFrame(values, index=ids, columns=ids)


def _units(clauses: pd.DataFrame) -> Iterator[tuple[str, Square]]:
    """Other units than words without stop words."""
    kept: Analyze = partial(tokenize, stop_words=())
    yield "words, stop words kept", _cosines(clauses, kept, "law")
    yield "words and pairs of words", _cosines(clauses, _pairs_of_words, "corpus")
    yield "two characters", _cosines(clauses, characters, "law")
    yield "three characters", _cosines(clauses, partial(characters, n=(3,)), "corpus")
    both = partial(characters, n=(2, 3))
    yield "two and three characters", _cosines(clauses, both, "corpus")


def _weights(clauses: pd.DataFrame) -> Iterator[tuple[str, Square]]:
    """Other weights of the same words."""
    counts, terms = count_terms(document_bags(clauses, tokenize).values())
    background = idf_of(counts, terms, "law")
    yield "tf without logarithm", _product(weighted(counts, background, sublinear=False))
    once = counts.copy()
    once.data[:] = 1.0
    yield "each word once", _product(weighted(once, background))
    articles = idf_of(counts, terms, "article")
    yield "background idf of articles", _product(weighted(counts, articles))
    yield "no idf", _product(weighted(counts, np.ones(len(terms))))
    yield "idf of the texts", _product(weighted(counts, fitted_idf(counts)))
    yield "idf of their clauses", _product(weighted(counts, _clause_idf(clauses, terms)))
    df = np.bincount(counts.indices, minlength=counts.shape[1])
    yield "ln(N/df) of the texts", _product(weighted(counts, np.log(counts.shape[0] / df)))


def _parts(clauses: pd.DataFrame) -> Iterator[tuple[str, Square]]:
    """A part of the text only."""
    yield "without set phrases", document_similarity(without_set_phrases(clauses)).to_numpy()
    yield "headings only", _part(clauses, heading_of)
    yield "bodies only", _part(clauses, body_of)


def _measures(clauses: pd.DataFrame) -> Iterator[tuple[str, Square]]:
    """Other measures than the cosine."""
    yield "words: Jaccard", _jaccard(document_bags(clauses, tokenize).values())
    shingles = partial(characters, n=(SHINGLE,))
    bags = list(document_bags(clauses, shingles).values())
    yield "five characters: Jaccard", _jaccard(bags)
    yield "five characters: containment", _jaccard(bags, over=np.minimum)


def _counterparts(clauses: pd.DataFrame) -> Iterator[tuple[str, Square]]:
    """No longer the whole text: mean over the pieces of both of their best score in the other."""
    ids = documents_in(clauses)
    leaves, vectors, _ = clause_vectors(clauses)
    yield "best counterparts of provisions", mean_best(vectors, leaves["doc_id"], ids)
    heads, bags = section_bags(clauses, terms_of)
    vectors, _ = tfidf(bags, idf="law")
    yield "best counterparts of sections", mean_best(vectors, heads["doc_id"], ids)


def mean_best(vectors: sparse.csr_matrix, doc_ids: pd.Series, ids: list[str]) -> Square:
    """For every two documents the mean, over the pieces of both, of their best in the other.

    ``doc_ids`` are those of the rows of ``vectors``; 0 where neither document has a piece.
    """
    of, n = pd.Index(ids).get_indexer(doc_ids.astype(str)), len(ids)
    scores, best = _product(vectors), np.zeros((len(of), n))
    for d in range(n):
        best[:, d] = scores[:, of == d].max(axis=1, initial=0.0)
    sums = np.array([best[of == d].sum(axis=0) for d in range(n)]).reshape(n, n)
    both = np.add.outer(*[np.bincount(of, minlength=n)] * 2)
    return np.divide(sums + sums.T, both, out=np.zeros((n, n)), where=both > 0)


_FAMILIES = {
    "units": _units, "weights": _weights, "parts": _parts, "counterparts": _counterparts,
    "measure": _measures,
}  # fmt: skip


def _pairs_of_words(text: str) -> list[str]:
    """Words, and every two that follow each other."""
    found = []
    for words in stretches(text):
        found += words
        found += [f"{a} {b}" for a, b in zip(words, words[1:], strict=False)]
    return found


def _cosines(clauses: pd.DataFrame, analyze: Analyze, idf: str) -> Square:
    counts, terms = count_terms(document_bags(clauses, analyze).values())
    return _product(weighted(counts, idf_of(counts, terms, idf)))


def _product(rows: sparse.csr_matrix) -> Square:
    return (rows @ rows.T).toarray()


def _clause_idf(clauses: pd.DataFrame, terms: np.ndarray) -> np.ndarray:
    """The idf of each term over the rows of content."""
    _, bags = content_bags(clauses, tokenize)
    counts, own = count_terms(bags)
    return pd.Series(fitted_idf(counts), index=own).reindex(terms).to_numpy()


def _part(clauses: pd.DataFrame, words: Callable[[Any], str]) -> Square:
    """Cosines, background idf, of the words of one part of each row."""
    clauses = checked(clauses, "clauses")
    bags: dict[str, list[str]] = {doc_id: [] for doc_id in documents_in(clauses)}
    for row in clauses[clauses["role"].isin(CONTENT)].itertuples():
        bags[row.doc_id] += tokenize(words(row))
    counts, terms = count_terms(bags.values())
    return _product(weighted(counts, idf_of(counts, terms, "law")))


def _jaccard(bags: Iterable[list[str]], *, over: Any = None) -> Square:
    """Terms in common / terms of either (Jaccard), or of the text with fewer (``np.minimum``)."""
    counts, _ = count_terms(bags)
    has = counts.copy()
    has.data[:] = 1.0
    common, own = _product(has), np.asarray(has.sum(axis=1)).ravel()
    pairs = own[:, None], own[None, :]
    below = sum(pairs) - common if over is None else over(*pairs)
    return np.divide(common, below, out=np.zeros_like(common), where=below > 0)
