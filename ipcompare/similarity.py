"""How alike are documents and clauses: TF-IDF cosines, every one a sum of term contributions.

Weight of term t in text d (scikit-learn's TfidfVectorizer, ``sublinear_tf=True``,
``smooth_idf=True``, ``norm="l2"``):

    w(t, d) = (1 + ln tf(t, d)) * (ln((1 + n) / (1 + df(t))) + 1),   score(a, b) = w_a . w_b

with w scaled to length 1, tf the count of t in d, df the number of texts with t, n of all texts.
Labels, department brackets, digits, white space and the width of punctuation take no part.
"""

import re
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from ipcompare.frames import MATCH_COLUMNS, PROVISIONS, leaf_provisions, require
from ipcompare.tokens import squeeze, terms, tokenize

# A clause's heading counts three times and the heading above it twice: they name the measure
# that the body spells out. Chosen on the judgements in corpus/gold/matches.jsonl, where any
# weights of 2-5 and 1-3 serve about as well (nDCG@5 0.90-0.92, 0.87-0.89 without the heading
# above).
HEADING_WEIGHT = 3
PARENT_WEIGHT = 2

# What a document says; letterhead, addressee, signature and imprint are left out.
CONTENT = ("title", "preamble", "section", "clause", "table_row")

_COLUMNS = ("clause_id", "doc_id", "role", "label", "heading", "text", "units", "parent_id")
# What leads to the first department: its bracket, 责任单位 or both. (责任单位:市科技局
_LEAD = re.compile(r"[(\[【〔]?[^(\[【〔。;,]*\Z")
_DECIMALS = 12  # far below any difference that means something: keeps ties ties
_BLOCK = 4_000_000  # scores held at a time


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


def document_similarity(clauses: pd.DataFrame) -> pd.DataFrame:
    """Cosine of every two documents on their words: square, index and columns ``doc_id``.

    A document is its title, preamble, provisions and annex table rows. idf is fitted over the
    documents of ``clauses``. Exactly symmetric; the diagonal is 1 by definition; a document
    without words has 0 with every other.
    """
    require(clauses, _COLUMNS, "clause_table")
    doc_ids = list(dict.fromkeys(clauses["doc_id"]))
    words: dict[str, list[str]] = {doc_id: [] for doc_id in doc_ids}
    for row in clauses[clauses["role"].isin(CONTENT)].itertuples():
        words[row.doc_id] += tokenize(_heading(row) + "。" + _body(row))
    matrix, _ = tfidf(list(words.values()))
    scores = np.minimum((matrix @ matrix.T).toarray().round(_DECIMALS), 1.0)
    np.fill_diagonal(scores, 1.0)
    index = pd.Index(doc_ids, name="doc_id")
    return pd.DataFrame(np.minimum(scores, scores.T), index=index, columns=index.rename(None))


def match_clauses(clauses: pd.DataFrame, *, top_n: int | None = 3) -> pd.DataFrame:
    """The counterparts of every leaf provision in the other documents.

    One row a pair: ``clause_id``, ``match_id`` (of another document), ``score`` in (0, 1],
    ``rank`` of the match among all leaf provisions of all other documents (1 is the best; ties
    go by reading order). In reading order of ``clause_id``, then by rank. A pair without a
    common term is not listed.

    ``score`` is the cosine of ``clause_vectors``, whose idf is fitted over the leaf provisions of
    ``clauses``. ``top_n=None`` keeps every pair with a score above 0.
    """
    if top_n is not None and top_n < 1:
        raise ValueError(f"top_n is {top_n}; it must be at least 1, or None for all pairs")
    leaves, matrix, _ = clause_vectors(clauses)
    ids = leaves["clause_id"].to_numpy()
    blocks = _ranked(matrix, pd.factorize(leaves["doc_id"])[0], top_n)
    rows, columns, scores, ranks = (np.concatenate(part) for part in zip(*blocks, strict=True))
    values = (ids[rows], ids[columns], scores, ranks)
    return pd.DataFrame(dict(zip(MATCH_COLUMNS, values, strict=True)))


def clause_vectors(
    clauses: pd.DataFrame,
) -> tuple[pd.DataFrame, sparse.csr_matrix, np.ndarray]:
    """The leaf provisions, their vectors of length 1 (row by row) and the term of each column.

    The terms of a provision are the words and character bigrams (``tokens.terms``) of its body,
    its heading three times and the heading above it twice. The score of two provisions is the
    sum over the columns of the product of their rows: each product is that term's contribution.
    """
    require(clauses, _COLUMNS, "clause_table")
    headings = {row.clause_id: terms(_heading(row)) for row in clauses.itertuples()}
    leaves = leaf_provisions(clauses).reset_index(drop=True)
    bags = [
        terms(_body(row))
        + HEADING_WEIGHT * headings[row.clause_id]
        + PARENT_WEIGHT * headings.get(row.parent_id, [])
        for row in leaves.itertuples()
    ]
    return leaves, *tfidf(bags)


def tfidf(bags: list[list[str]]) -> tuple[sparse.csr_matrix, np.ndarray]:
    """Vectors of length 1 for lists of terms (formula above), and the term of each column.

    A list without terms has a row of zeros.
    """
    if not any(bags):
        return sparse.csr_matrix((len(bags), 0)), np.array([], dtype=object)
    vectorizer = TfidfVectorizer(analyzer=_as_is, sublinear_tf=True, smooth_idf=True, norm="l2")
    return vectorizer.fit_transform(bags), vectorizer.get_feature_names_out()


def _as_is(bag: list[str]) -> list[str]:
    return bag


def _heading(row) -> str:
    return row.heading if isinstance(row.heading, str) else ""


def _body(row) -> str:
    label = row.label if isinstance(row.label, str) else ""
    text = row.text if isinstance(row.text, str) else ""
    # In a table row the departments are a cell, not the close; missing units are None or NaN.
    closed = row.role in PROVISIONS and isinstance(row.units, list | tuple)
    return body(text, label=label, heading=_heading(row), units=row.units if closed else ())


def _ranked(
    matrix: sparse.csr_matrix, document: np.ndarray, top_n: int | None
) -> Iterator[tuple[np.ndarray, ...]]:
    """Row, column, score and rank of the pairs of different documents, some rows at a time."""
    n = matrix.shape[0]
    step = max(1, _BLOCK // max(n, 1))
    transposed = matrix.T.tocsc()
    for start in range(0, max(n, 1), step):
        block = (matrix[start : start + step] @ transposed).tocoo()
        rows, columns = block.row + start, block.col
        scores = np.minimum(block.data.round(_DECIMALS), 1.0)
        kept = (document[rows] != document[columns]) & (scores > 0)
        rows, columns, scores = rows[kept], columns[kept], scores[kept]
        order = np.lexsort((columns, -scores, rows))
        rows, columns, scores = rows[order], columns[order], scores[order]
        ranks = np.arange(len(rows)) - np.searchsorted(rows, rows) + 1
        best = slice(None) if top_n is None else ranks <= top_n
        yield rows[best], columns[best], scores[best], ranks[best]
