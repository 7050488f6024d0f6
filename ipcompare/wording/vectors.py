"""From the clause table to TF-IDF vectors: what of a text is compared, and the weight of a term.

Weight of term t in unit d (scikit-learn's TfidfVectorizer, ``sublinear_tf=True``,
``smooth_idf=True``, ``norm="l2"``):

    w(t, d) = (1 + ln tf(t, d)) * (ln((1 + n) / (1 + df(t))) + 1)

scaled to length 1, with tf the count of t in d, df the number of units with t, n of all units. A
unit is a document, a section or a provision: idf is fitted over the units that are compared.
Labels, department brackets, digits, white space and the width of punctuation take no part.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

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


def tfidf(bags: Iterable[list[str]], **options: Any) -> tuple[sparse.csr_matrix, np.ndarray]:
    """Vectors of length 1 for lists of terms (formula above), and the term of each column.

    A list without terms has a row of zeros. ``options`` go to scikit-learn's TfidfVectorizer.
    """
    options = {"sublinear_tf": True, "smooth_idf": True, "norm": "l2"} | options
    vectorizer = TfidfVectorizer(analyzer=_as_is, **options)
    some, counter = False, itertools.count()

    def counted() -> Iterator[list[str]]:
        nonlocal some
        for bag, _ in zip(bags, counter, strict=False):
            some = some or bool(bag)
            yield bag

    try:
        return vectorizer.fit_transform(counted()), vectorizer.get_feature_names_out()
    except ValueError:
        if some:
            raise
        return sparse.csr_matrix((next(counter), 0)), np.array([], dtype=object)


def _as_is(bag: list[str]) -> list[str]:
    return bag
