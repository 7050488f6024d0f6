"""The similarity of documents under every reasonable way to compute it."""

import functools
import itertools
from collections.abc import Iterator
from dataclasses import astuple, dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from ipcompare.frames import documents_in
from ipcompare.wording.tokens import characters, stretches
from ipcompare.wording.vectors import content_bags, count_terms


@dataclass(frozen=True)
class Specification:
    """One way to compare; the defaults are the choices of ``document_similarity``."""

    tokens: str = "words"  # or characters
    stop_words: str = "left out"  # or kept
    ngram: str = "1"  # words: 1 or 1-2; characters: 2 or 2-3
    weighting: str = "sublinear tf-idf"  # or tf-idf; sublinear tf is without idf
    fitted_on: str = "documents"  # idf over documents or clauses; - without idf

    def __str__(self) -> str:
        return ", ".join(astuple(self))


BASELINE = Specification()

_NGRAMS = {"words": {"1": (1,), "1-2": (1, 2)}, "characters": {"2": (2,), "2-3": (2, 3)}}
_WEIGHTINGS = (
    ("sublinear tf-idf", "documents"),
    ("sublinear tf-idf", "clauses"),
    ("tf-idf", "documents"),
    ("tf-idf", "clauses"),
    ("sublinear tf", "-"),
)


def specifications() -> list[Specification]:
    """All 40: tokens, stop words, n-gram, weighting and the units over which idf is fitted."""
    return [
        Specification(tokens, stop_words, ngram, *weighting)
        for tokens, grams in _NGRAMS.items()
        for stop_words, ngram, weighting in itertools.product(
            ("left out", "kept"), grams, _WEIGHTINGS
        )
    ]


def specified_similarities(
    clauses: pd.DataFrame,
) -> Iterator[tuple[Specification, pd.DataFrame]]:
    """Each specification with its square of document similarities (as ``document_similarity``)."""
    for (tokens, stop_words, ngram), some in itertools.groupby(
        specifications(), key=lambda s: (s.tokens, s.stop_words, s.ngram)
    ):
        doc_ids, of_document, counts = term_counts(
            clauses, tokens=tokens, stop_words=stop_words, ngram=ngram
        )
        totals = document_counts(of_document, counts, len(doc_ids))
        for specification in some:
            fitted = counts if specification.fitted_on == "clauses" else totals
            weights = weigh(totals, specification, fitted)
            scores = cosines(weights)
            np.fill_diagonal(scores, 1.0)
            yield specification, pd.DataFrame(scores, index=doc_ids, columns=doc_ids)


def term_counts(
    clauses: pd.DataFrame, *, tokens: str = "words", stop_words: str = "left out", ngram: str = "1"
) -> tuple[list[str], np.ndarray, sparse.csr_matrix]:
    """The documents, for each row of content the number of its document, and its term counts."""
    analyze = functools.partial(
        _terms,
        tokens=tokens,
        stop_words=None if stop_words == "left out" else (),
        sizes=_NGRAMS[tokens][ngram],
    )
    rows, bags = content_bags(clauses, analyze)
    counts, _ = count_terms(bags)
    doc_ids = documents_in(clauses)
    return doc_ids, pd.Index(doc_ids).get_indexer(rows["doc_id"]), counts


def _terms(
    text: str, *, tokens: str, stop_words: tuple | None, sizes: tuple[int, ...]
) -> list[str]:
    if tokens == "characters":
        return characters(text, n=sizes, stop_words=stop_words)
    return [
        " ".join(words[i : i + n])
        for words in stretches(text, stop_words=stop_words)
        for n in sizes
        for i in range(len(words) - n + 1)
    ]


def document_counts(of_document: np.ndarray, counts: sparse.csr_matrix, n: int) -> np.ndarray:
    """Term counts of the documents (rows), from those of their rows of content."""
    shape = (n, len(of_document))
    member = sparse.csr_matrix((np.ones(shape[1]), (of_document, np.arange(shape[1]))), shape)
    return (member @ counts).toarray()


def weigh(
    totals: np.ndarray, specification: Specification, fitted: np.ndarray | sparse.csr_matrix
) -> np.ndarray:
    """Weights from term counts (last axis: terms), idf over the rows of ``fitted``.

    tf is 1 + ln(count) where sublinear; idf is ln((1 + n) / (1 + df)) + 1.
    """
    if specification.weighting.startswith("sublinear"):
        weights = np.log(totals, out=np.full_like(totals, -1.0), where=totals > 0) + 1.0
    else:
        weights = totals
    if specification.weighting == "sublinear tf":
        return weights
    df = np.asarray((fitted > 0).sum(axis=0)).ravel()
    return weights * (np.log((1 + fitted.shape[0]) / (1 + df)) + 1)


def cosines(weights: np.ndarray) -> np.ndarray:
    """Cosine of every two rows (over the last two axes); 0 with a row of zeros."""
    length = np.linalg.norm(weights, axis=-1, keepdims=True)
    unit = np.divide(weights, length, out=np.zeros_like(weights), where=length > 0)
    return np.clip(unit @ np.swapaxes(unit, -1, -2), 0.0, 1.0)
