"""How alike are documents, sections and clauses: cosines, each a sum of term contributions.

Vectors and the weight of a term: see ``vectors``. idf is fitted over the units compared: the
documents, the sections or the leaf provisions of the clause table that is passed in.

Clauses are read with their counterparts (feedback, after Rocchio 1971, The SMART Retrieval System,
ch. 14). With x_a the vector of clause a and c its best counterpart in each other document,

    y_a = (x_a + 1/2 * sum over c of cos(x_a, x_c) * x_c) / length,   score(a, b) = y_a . y_b

so 营造浓厚氛围 and 加强宣传引导, which name one measure in other words, meet in the words that
other texts use for it. ``feedback`` is the 1/2; ``feedback=0`` compares own words only.
"""

import numpy as np
import pandas as pd
from scipy import sparse

from ipcompare.frames import MATCH_COLUMNS, columns_of
from ipcompare.wording import nearest
from ipcompare.wording.tokens import Analyzer, analyzer_of
from ipcompare.wording.vectors import document_bags, provision_bags, section_bags, tfidf

# matching_variants(): 1/4 to 1 serve about as well, none is worse. At 1/2 terms that stand in both
# clauses still make most of the score.
FEEDBACK = 0.5


def document_similarity(clauses: pd.DataFrame, *, analyzer: Analyzer = "words") -> pd.DataFrame:
    """Cosine of every two documents on their words: square, index and columns ``doc_id``.

    A document is its title, preamble, provisions and annex table rows. idf is fitted over the
    documents of ``clauses``. Exactly symmetric; the diagonal is 1 by definition; a document
    without words has 0 with every other. ``analyzer`` as in ``tokens.analyzer_of``.
    """
    bags = document_bags(clauses, analyzer_of(analyzer))
    matrix, _ = tfidf(list(bags.values()))
    scores = np.minimum((matrix @ matrix.T).toarray().round(nearest.DECIMALS), 1.0)
    np.fill_diagonal(scores, 1.0)
    index = pd.Index(list(bags), name="doc_id")
    return pd.DataFrame(np.minimum(scores, scores.T), index=index, columns=index.rename(None))


def section_similarity(
    clauses: pd.DataFrame, *, analyzer: Analyzer = "words+bigrams"
) -> pd.DataFrame:
    """Cosine of every two sections of different documents.

    One row a pair and direction: ``section_id``, ``match_id``, ``score`` in (0, 1], ``rank`` among
    the sections of all other documents. A section is a provision of depth 1 with all that stands
    below it. idf is fitted over the sections of ``clauses``. In reading order, then by rank;
    a pair without a common term is not listed.
    """
    sections, bags = section_bags(clauses, analyzer_of(analyzer))
    matrix, _ = tfidf(bags)
    ids, group = sections["clause_id"].to_numpy(), pd.factorize(sections["doc_id"])[0]
    rows, columns, scores, ranks = nearest.pairs(matrix, group)
    values = (ids[rows], ids[columns], scores, ranks)
    return pd.DataFrame(dict(zip(columns_of("section_similarity"), values, strict=True)))


def match_clauses(
    clauses: pd.DataFrame,
    *,
    top_n: int | None = 3,
    min_score: float | None = None,
    feedback: float = FEEDBACK,
    analyzer: Analyzer = "words+bigrams",
) -> pd.DataFrame:
    """The counterparts of every leaf provision in the other documents.

    One row a pair: ``clause_id``, ``match_id`` (of another document), ``score`` in (0, 1],
    ``rank`` of the match among all leaf provisions of all other documents (1 is the best; ties
    go by reading order), ``mutual``. In reading order of ``clause_id``, then by rank. A pair that
    shares no term, of its own or of its counterparts, is not listed: its score is 0.

    ``score`` is the cosine of ``clause_vectors``, whose idf is fitted over the leaf provisions of
    ``clauses``; ``explain_match`` takes it apart. ``mutual`` is true where ``match_id`` is the
    best of its document for ``clause_id`` and the other way round (looked for among the 10 best
    of each). ``top_n=None`` keeps every pair with a score above 0; ``min_score`` drops those below.
    ``analyzer`` as in ``tokens.analyzer_of``.
    """
    if top_n is not None and top_n < 1:
        raise ValueError(f"top_n is {top_n}; it must be at least 1, or None for all pairs")
    leaves, matrix, _ = clause_vectors(clauses, feedback=feedback, analyzer=analyzer)
    return rank_matches(leaves, matrix, top_n=top_n, min_score=min_score)


def rank_matches(
    leaves: pd.DataFrame,
    matrix: sparse.csr_matrix,
    *,
    top_n: int | None = 3,
    min_score: float | None = None,
) -> pd.DataFrame:
    """The table of ``match_clauses`` from the leaf provisions and their vectors."""
    ids, group = leaves["clause_id"].to_numpy(), pd.factorize(leaves["doc_id"])[0]
    depth = None if top_n is None else max(top_n, nearest.NEAREST)
    found = nearest.pairs(matrix, group, depth=depth)
    rows, columns, scores, ranks = found
    kept = (ranks <= (top_n or len(ids))) & (scores >= (min_score or 0))
    values = (ids[rows[kept]], ids[columns[kept]], scores[kept], ranks[kept])
    both = nearest.mutual(found, group)[kept]
    return pd.DataFrame(dict(zip(MATCH_COLUMNS, (*values, both), strict=True)))


def with_headings(matches: pd.DataFrame, clauses: pd.DataFrame) -> pd.DataFrame:
    """Pairs of provisions with ``heading`` and ``match_heading``, what the two are headed."""
    headings = clauses.set_index("clause_id")["heading"]
    own, other = (matches[column].map(headings) for column in ("clause_id", "match_id"))
    return matches.assign(heading=own, match_heading=other)


def clause_vectors(
    clauses: pd.DataFrame,
    *,
    feedback: float = FEEDBACK,
    analyzer: Analyzer = "words+bigrams",
) -> tuple[pd.DataFrame, sparse.csr_matrix, np.ndarray]:
    """The leaf provisions, their vectors of length 1 (row by row) and the term of each column.

    The terms of a provision are the words and character bigrams (``tokens.terms``) of its body,
    four times those of its heading and twice those of the heading above, with ``feedback`` from its
    counterparts (formula above). The score of two provisions is the sum over the columns of the
    product of their rows: each product is that term's contribution.
    """
    leaves, own, scale, lent, names = own_and_lent(clauses, feedback=feedback, analyzer=analyzer)
    return leaves, sparse.csr_matrix((own + lent).multiply(scale[:, None])), names


def own_and_lent(
    clauses: pd.DataFrame, *, feedback: float, analyzer: Analyzer
) -> tuple[pd.DataFrame, sparse.csr_matrix, np.ndarray, sparse.csr_matrix, np.ndarray]:
    """The two parts of ``clause_vectors``, unscaled: provisions, own, scale, lent, terms.

    Row i of the vectors is ``scale[i] * (own[i] + lent[i])``.
    """
    if feedback < 0:
        raise ValueError(f"feedback is {feedback}; it must be 0 (own words only) or more")
    leaves, bags = provision_bags(clauses, analyzer_of(analyzer))
    own, names = tfidf(bags)
    if feedback:
        lent = feedback * nearest.lent(own, pd.factorize(leaves["doc_id"])[0])
    else:
        lent = sparse.csr_matrix(own.shape)
    length = np.sqrt(np.asarray((own + lent).power(2).sum(axis=1)).ravel())
    scale = np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)
    return leaves, own, scale, lent, names
