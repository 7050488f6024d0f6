"""From the clause table to TF-IDF vectors: what of a text is compared, and the weight of a term.

Weight of term t in unit d (as scikit-learn's TfidfVectorizer with ``sublinear_tf=True,
smooth_idf=True, norm="l2"``, to which a test holds it):

    w(t, d) = (1 + ln tf(t, d)) * idf(t),   idf(t) = ln((1 + n) / (1 + df(t))) + 1

scaled to length 1, with tf the count of t in d and df the number of n units that hold t. These
units are the laws or articles of the frozen background (see ``background``), or those compared.
Labels, department brackets, digits, white space and the width of punctuation take no part.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from ipcompare.frames import (
    CONTENT,
    PROVISIONS,
    body_of,
    check_parents,
    checked,
    documents_in,
    heading_of,
    leaf_provisions,
)
from ipcompare.wording.background import background_idf

CORPUS, NONE = "corpus", "none"  # idf over the units compared, and none

Analyze = Callable[[str], list[str]]

# A provision's heading counts four times and the heading above it twice: they name the measure
# that the body spells out. matching_variants() shows 2 to 5 to serve about as well, and none worse.
HEADING_WEIGHT = 4
PARENT_WEIGHT = 2

COLUMNS = (
    "clause_id", "doc_id", "role", "heading", "text", "parent_id", "char_start", "char_end",
    "body_start", "body_end", "leaf",
)  # fmt: skip


def _wording(row: Any) -> str:
    return heading_of(row) + "。" + body_of(row)


def content_bags(
    clauses: pd.DataFrame, analyze: Analyze
) -> tuple[pd.DataFrame, Iterator[list[str]]]:
    """The rows with what a document says (role in ``CONTENT``), and the terms of each."""
    clauses = checked(clauses, "clauses", only=COLUMNS)
    rows = clauses[clauses["role"].isin(CONTENT)].reset_index(drop=True)
    return rows, (analyze(_wording(row)) for row in rows.itertuples())


def document_bags(clauses: pd.DataFrame, analyze: Analyze) -> dict[str, list[str]]:
    """The terms of each document: title, preamble, provisions and annex table rows."""
    rows, bags = content_bags(clauses, analyze)
    found: dict[str, list[str]] = {doc_id: [] for doc_id in documents_in(clauses)}
    for doc_id, bag in zip(rows["doc_id"], bags, strict=True):
        found[doc_id] += bag
    return found


def section_bags(clauses: pd.DataFrame, analyze: Analyze) -> tuple[pd.DataFrame, list[list[str]]]:
    """The provisions of depth 1, each with the terms of its own wording and of all below it."""
    clauses = checked(clauses, "clauses", only=COLUMNS)
    check_parents(clauses)
    numbered = clauses[clauses["role"].isin(PROVISIONS)]
    bags: dict[str, list[str]] = {}
    section: dict[str, str] = {}  # of each provision
    for row in numbered.itertuples():  # in reading order a parent comes before its children
        section[row.clause_id] = section.get(row.parent_id, row.clause_id)
        bags.setdefault(section[row.clause_id], []).extend(analyze(_wording(row)))
    heads = numbered[numbered["clause_id"].isin(bags)].reset_index(drop=True)
    return heads, [bags[clause_id] for clause_id in heads["clause_id"]]


def provision_bags(
    clauses: pd.DataFrame,
    analyze: Analyze,
    *,
    heading: int = HEADING_WEIGHT,
    parent: int = PARENT_WEIGHT,
) -> tuple[pd.DataFrame, Iterator[list[str]]]:
    """The leaf provisions, and the terms of each: body, heading and the heading above.

    The terms of the heading are counted ``heading`` times, those of the heading above ``parent``
    times. Terms are made as they are asked for: keeping those of 50,000 provisions takes time.
    """
    clauses = checked(clauses, "clauses", only=COLUMNS)
    check_parents(clauses)
    headings = {row.clause_id: analyze(heading_of(row)) for row in clauses.itertuples()}
    leaves = leaf_provisions(clauses).reset_index(drop=True)
    bags = (
        analyze(body_of(row))
        + heading * headings[row.clause_id]
        + parent * headings.get(row.parent_id, [])
        for row in leaves.itertuples()
    )
    return leaves, bags


def provision_counts(
    clauses: pd.DataFrame, analyze: Analyze
) -> tuple[pd.DataFrame, sparse.csr_matrix, np.ndarray]:
    """The leaf provisions, the counts of their terms (``provision_bags``) and the terms."""
    leaves, bags = provision_bags(clauses, analyze)
    return leaves, *count_terms(bags)


def tfidf(
    bags: Iterable[list[str]], *, idf: str = CORPUS, sublinear: bool = True
) -> tuple[sparse.csr_matrix, np.ndarray]:
    """Vectors of length 1 for lists of terms (formula above), and the term of each column.

    ``idf`` is ``"law"`` or ``"article"`` of the background, ``"corpus"``: the lists themselves,
    or ``"none"``: idf is 1. ``sublinear=False`` takes tf for 1 + ln(tf). A list without terms has
    a row of zeros.
    """
    counts, terms = count_terms(bags)
    return weighted(counts, idf_of(counts, terms, idf), sublinear=sublinear), terms


def idf_of(counts: sparse.csr_matrix, terms: np.ndarray, idf: str) -> np.ndarray:
    """The idf of each column, counted over what ``idf`` says (as in ``tfidf``)."""
    if idf == CORPUS:
        return fitted_idf(counts)
    return np.ones(len(terms)) if idf == NONE else background_idf(terms, idf)


def count_terms(bags: Iterable[list[str]]) -> tuple[sparse.csr_matrix, np.ndarray]:
    """How often each list (row) holds each term (column), and the terms in their order."""
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    columns: list[int] = []
    values: list[int] = []
    ends = [0]
    for bag in bags:
        own = Counter(bag)
        columns.extend(numbers[term] for term in own)
        values.extend(own.values())
        ends.append(len(columns))
    terms = np.array(sorted(numbers), dtype=object)
    place = np.empty(len(terms), dtype=np.int32)
    place[[numbers[term] for term in terms]] = np.arange(len(terms))
    at = place[np.array(columns, dtype=np.int64)]
    shape = (len(ends) - 1, len(terms))
    counts = sparse.csr_matrix((np.array(values, dtype=float), at, ends), shape=shape)
    counts.sort_indices()
    return counts, terms


def fitted_idf(counts: sparse.csr_matrix) -> np.ndarray:
    """The idf of each column over the rows (formula above)."""
    return idf_from(np.bincount(counts.indices, minlength=counts.shape[1]), counts.shape[0])


def idf_from(df: np.ndarray, n: int) -> np.ndarray:
    """The idf of terms that so many of n units hold (formula above)."""
    return np.log((1 + n) / (1 + df)) + 1


def weighted(
    counts: sparse.csr_matrix, idf: np.ndarray, *, sublinear: bool = True
) -> sparse.csr_matrix:
    """Vectors of length 1 from counts and the idf of each column."""
    tf = 1 + np.log(counts.data) if sublinear else counts.data
    weights = counts.copy()
    weights.data = tf * idf[counts.indices]
    return unit_length(weights)


def unit_length(rows: sparse.csr_matrix) -> sparse.csr_matrix:
    """The rows scaled to length 1; one of zeros stays as it is."""
    length = np.sqrt(np.asarray(rows.power(2).sum(axis=1)).ravel())
    scale = np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)
    return sparse.csr_matrix(rows.multiply(scale[:, None]))
