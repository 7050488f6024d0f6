"""How alike are documents, sections and provisions: cosines, each a sum of term contributions.

Vectors and the weight of a term: see ``vectors``. The idf of a term is that of a frozen background
of laws (``background``), so a similarity is a function of the two texts alone; ``idf="corpus"``
fits it over the units compared, and then every further text changes every score.

``rank_score`` is no similarity. It orders the counterparts of a provision, and may look at the
other texts for that (feedback, after Rocchio 1971, The SMART Retrieval System, ch. 14). With x_a
the vector of provision a, idf fitted over all provisions, and c its best counterpart in each other
document,

    y_a = (x_a + 1/2 * sum over c of cos(x_a, x_c) * x_c) / length,   rank_score(a, b) = y_a . y_b

so 营造浓厚氛围 and 加强宣传引导, which name one measure in other words, meet in the words that
other texts use for it. ``feedback`` is the 1/2; ``feedback=0`` ranks by own words only.
"""

import numpy as np
import pandas as pd
from scipy import sparse

from ipcompare.arguments import check_arguments
from ipcompare.frames import MATCH_COLUMNS, columns_of
from ipcompare.wording import nearest
from ipcompare.wording.tokens import Analyzer, analyzer_of
from ipcompare.wording.vectors import (
    CORPUS,
    document_bags,
    fitted_idf,
    idf_of,
    provision_counts,
    section_bags,
    tfidf,
    unit_length,
    weighted,
)

# matching_variants(): 1/4 to 1 serve about as well, none is worse.
FEEDBACK = 0.5
BACKGROUND = "background"


def document_similarity(
    clauses: pd.DataFrame, *, analyzer: Analyzer = "words", idf: str = BACKGROUND
) -> pd.DataFrame:
    """Cosine of every two documents on their words: square, index and columns ``doc_id``.

    A document is its title, preamble, provisions and annex table rows. ``idf`` is
    ``"background"``, then a further document changes no score, or ``"corpus"``: fitted over the
    documents of ``clauses``. Exactly symmetric; the diagonal is 1 by definition; a document
    without words has 0 with every other. ``analyzer`` as in ``tokens.analyzer_of``; one of your
    own needs ``idf="corpus"``.
    """
    bags = document_bags(clauses, analyzer_of(analyzer))
    matrix, _ = tfidf(bags.values(), idf=_fitted_on(idf, "law", analyzer))
    scores = np.minimum((matrix @ matrix.T).toarray().round(nearest.DECIMALS), 1.0)
    np.fill_diagonal(scores, 1.0)
    index = pd.Index(list(bags), name="doc_id")
    return pd.DataFrame(np.minimum(scores, scores.T), index=index, columns=index.rename(None))


def _fitted_on(idf: str, unit: str, analyzer: Analyzer) -> str:
    """What idf is counted over, as ``tfidf`` has it: units of the background, or the corpus."""
    if idf not in (BACKGROUND, CORPUS):
        raise ValueError(f"idf is {idf!r}; it must be {BACKGROUND!r} or {CORPUS!r}")
    if idf == BACKGROUND and callable(analyzer):
        raise ValueError(
            "the background knows words and character bigrams, not the terms of your own "
            f"analyzer; give idf={CORPUS!r}"
        )
    return unit if idf == BACKGROUND else CORPUS


def section_similarity(
    clauses: pd.DataFrame, *, analyzer: Analyzer = "words+bigrams", idf: str = BACKGROUND
) -> pd.DataFrame:
    """Cosine of every two sections of different documents.

    One row a pair and direction: ``section_id``, ``match_id``, ``score`` in (0, 1], ``rank`` among
    the sections of all other documents. A section is a provision of depth 1 with all that stands
    below it. ``idf`` and ``analyzer`` as in ``document_similarity``. In reading order, then by
    rank; a pair without a common term is not listed.
    """
    sections, bags = section_bags(clauses, analyzer_of(analyzer))
    matrix, _ = tfidf(bags, idf=_fitted_on(idf, "law", analyzer))
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
    idf: str = BACKGROUND,
) -> pd.DataFrame:
    """The counterparts of every leaf provision in the other documents.

    One row a pair, two numbers: ``score`` in [0, 1] is how alike the two are in their own words
    (the cosine of ``clause_vectors``, a function of these two alone while ``idf`` is
    ``"background"``; ``explain_match`` takes it apart). ``rank_score`` is how the pair was found:
    it may draw on the words of third texts (formula above) and is no similarity. ``clause_id``,
    ``match_id`` (of another document), ``score``, ``rank_score``, ``rank`` of the match by
    ``rank_score`` among all leaf provisions of all other documents (1 is the best; ties go by
    reading order), ``mutual``. In reading order of ``clause_id``, then by rank. A pair that shares
    no term, of its own or of its counterparts, is not listed: both are 0.

    ``mutual`` is true where ``match_id`` is the first of its document for ``clause_id`` and the
    other way round (looked for among the 10 best of each). ``top_n=None`` keeps every pair;
    ``min_score`` drops those whose score is below. ``analyzer`` and ``idf`` as in
    ``document_similarity``.
    """
    check_arguments(min_score=min_score, top_n=top_n)
    leaves, counts, names = provision_counts(clauses, analyzer_of(analyzer))
    own = weighted(counts, idf_of(counts, names, _fitted_on(idf, "article", analyzer)))
    ranking = ranking_vectors(leaves, counts, feedback=feedback)
    return rank_matches(leaves, ranking, own, top_n=top_n, min_score=min_score)


def rank_matches(
    leaves: pd.DataFrame,
    ranking: sparse.csr_matrix,
    own: sparse.csr_matrix,
    *,
    top_n: int | None = 3,
    min_score: float | None = None,
) -> pd.DataFrame:
    """The table of ``match_clauses`` from the leaf provisions and their two kinds of vectors."""
    ids, group = leaves["clause_id"].to_numpy(), pd.factorize(leaves["doc_id"])[0]
    depth = None if top_n is None else max(top_n, nearest.NEAREST)
    found = nearest.pairs(ranking, group, depth=depth)
    rows, columns, rank_scores, ranks = found
    scores = nearest.scores_of(own, rows, columns)
    kept = (ranks <= (top_n or len(ids))) & (scores >= (min_score or 0))
    values = (ids[rows[kept]], ids[columns[kept]], scores[kept], rank_scores[kept], ranks[kept])
    both = nearest.mutual(found, group)[kept]
    return pd.DataFrame(dict(zip(MATCH_COLUMNS, (*values, both), strict=True)))


def with_headings(matches: pd.DataFrame, clauses: pd.DataFrame) -> pd.DataFrame:
    """Pairs of provisions with ``heading`` and ``match_heading``, what the two are headed."""
    headings = clauses.set_index("clause_id")["heading"]
    own, other = (matches[column].map(headings) for column in ("clause_id", "match_id"))
    return matches.assign(heading=own, match_heading=other)


def clause_vectors(
    clauses: pd.DataFrame, *, analyzer: Analyzer = "words+bigrams", idf: str = BACKGROUND
) -> tuple[pd.DataFrame, sparse.csr_matrix, np.ndarray]:
    """The leaf provisions, their vectors of length 1 (row by row) and the term of each column.

    The terms of a provision are the words and character bigrams (``tokens.terms``) of its body,
    four times those of its heading and twice those of the heading above. The score of two
    provisions is the sum over the columns of the product of their rows: each product is that
    term's contribution. ``idf``: over the articles of the background, or the provisions.
    """
    leaves, counts, names = provision_counts(clauses, analyzer_of(analyzer))
    weight = idf_of(counts, names, _fitted_on(idf, "article", analyzer))
    return leaves, weighted(counts, weight), names


def ranking_vectors(
    leaves: pd.DataFrame, counts: sparse.csr_matrix, *, feedback: float = FEEDBACK
) -> sparse.csr_matrix:
    """The vectors y of length 1, whose products are ``rank_score``, from ``provision_counts``."""
    if feedback < 0:
        raise ValueError(f"feedback is {feedback}; it must be 0 (own words only) or more")
    own = weighted(counts, fitted_idf(counts))
    if not feedback:
        return own
    return unit_length(own + feedback * nearest.lent(own, pd.factorize(leaves["doc_id"])[0]))
