"""From the clause table to TF-IDF vectors: what of a text is compared, and the weight of a term.

Weight of term t in unit d (scikit-learn's TfidfVectorizer, ``sublinear_tf=True``,
``smooth_idf=True``, ``norm="l2"``):

    w(t, d) = (1 + ln tf(t, d)) * (ln((1 + n) / (1 + df(t))) + 1)

scaled to length 1, with tf the count of t in d, df the number of units with t, n of all units. A
unit is a document, a section or a provision: idf is fitted over the units that are compared.
Labels, department brackets, digits, white space and the width of punctuation take no part.
"""

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from ipcompare.frames import PROVISIONS, leaf_provisions, require
from ipcompare.wording.tokens import squeeze

Analyze = Callable[[str], list[str]]

# A provision's heading counts four times and the heading above it twice: they name the measure
# that the body spells out. matching_variants() shows 2 to 5 to serve about as well, and none worse.
HEADING_WEIGHT = 4
PARENT_WEIGHT = 2

# What a document says; letterhead, addressee, signature and imprint are left out.
CONTENT = ("title", "preamble", "section", "clause", "table_row")

COLUMNS = ("clause_id", "doc_id", "role", "label", "heading", "text", "units", "parent_id")
# What leads to the first department: its bracket, 责任单位 or both. (责任单位:市科技局
_LEAD = re.compile(r"[(\[【〔]?[^(\[【〔。;,]*\Z")


def body(text: str, *, label: str = "", heading: str = "", units: Sequence[str] = ()) -> str:
    """The wording of a provision without label, heading and the departments that close it.

    ``units`` are those departments, as the clause table lists them.

    >>> body("（三）推广贯标。扶持企业。（责任单位：市科技局）", label="（三）",
    ...      heading="推广贯标", units=["市科技局"])
    '扶持企业。'
    """
    wording = squeeze(text).removeprefix(squeeze(label)).removeprefix(squeeze(heading))
    return _without_departments(wording, [squeeze(unit) for unit in units]).lstrip(".。,;:")


def _without_departments(text: str, units: list[str]) -> str:
    # From the last back to the first: 市政府 is not to be found in 市政府办, which follows it.
    start = len(text)
    for unit in reversed(units):
        start = text.rfind(unit, 0, start)
        if start < 0:
            return text
    return text[: _LEAD.search(text, 0, start).start()] if units else text


def heading_of_row(row) -> str:
    """The heading of a row of the clause table, empty where it has none."""
    return row.heading if isinstance(row.heading, str) else ""


def body_of_row(row) -> str:
    """The ``body`` of a row of the clause table."""
    label = row.label if isinstance(row.label, str) else ""
    text = row.text if isinstance(row.text, str) else ""
    # In a table row the departments are a cell, not the close; missing units are None or NaN.
    closed = row.role in PROVISIONS and isinstance(row.units, list | tuple)
    units = row.units if closed else ()
    return body(text, label=label, heading=heading_of_row(row), units=units)


def _wording(row) -> str:
    return heading_of_row(row) + "。" + body_of_row(row)


def content_bags(
    clauses: pd.DataFrame, analyze: Analyze
) -> tuple[pd.DataFrame, Iterator[list[str]]]:
    """The rows with what a document says (role in ``CONTENT``), and the terms of each."""
    require(clauses, COLUMNS, "clause_table")
    rows = clauses[clauses["role"].isin(CONTENT)].reset_index(drop=True)
    return rows, (analyze(_wording(row)) for row in rows.itertuples())


def document_bags(clauses: pd.DataFrame, analyze: Analyze) -> dict[str, list[str]]:
    """The terms of each document: title, preamble, provisions and annex table rows."""
    rows, bags = content_bags(clauses, analyze)
    found: dict[str, list[str]] = {doc_id: [] for doc_id in dict.fromkeys(clauses["doc_id"])}
    for doc_id, bag in zip(rows["doc_id"], bags, strict=True):
        found[doc_id] += bag
    return found


def section_bags(clauses: pd.DataFrame, analyze: Analyze) -> tuple[pd.DataFrame, list[list[str]]]:
    """The provisions of depth 1, each with the terms of its own wording and of all below it."""
    require(clauses, COLUMNS, "clause_table")
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
    require(clauses, COLUMNS, "clause_table")
    headings = {row.clause_id: analyze(heading_of_row(row)) for row in clauses.itertuples()}
    leaves = leaf_provisions(clauses).reset_index(drop=True)
    bags = (
        analyze(body_of_row(row))
        + heading * headings[row.clause_id]
        + parent * headings.get(row.parent_id, [])
        for row in leaves.itertuples()
    )
    return leaves, bags


def tfidf(bags: Iterable[list[str]], **options) -> tuple[sparse.csr_matrix, np.ndarray]:
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
