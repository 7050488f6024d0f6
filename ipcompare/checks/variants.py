"""Ways to match clauses, from plain to elaborate, judged by what a reader lays side by side."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from ipcompare.checks.judgements import average_precision, graded_matches, match_quality
from ipcompare.frames import body_of
from ipcompare.wording.similarity import FEEDBACK, clause_vectors, ranking_vectors
from ipcompare.wording.tokens import Analyzer, analyzer_of, squeeze
from ipcompare.wording.vectors import provision_bags, provision_counts, tfidf

Analyze = Callable[[str], list[str]]
Scores = tuple[pd.DataFrame, np.ndarray]  # the leaf provisions and the score of every two

_BOTH = "words+bigrams"
_SENTENCE_END = re.compile(r"[。;!?]")
_MEASURES = ("variant", "ndcg_5", "p_1", "average_precision")


def matching_variants(clauses: pd.DataFrame, judgements: pd.DataFrame) -> pd.DataFrame:
    """How each way to match clauses agrees with the judgements.

    One row a variant: ``variant, ndcg_5, p_1, average_precision`` (of all pairs by score: how well
    one threshold tells related from unrelated), then the nDCG@5 of the clauses of each document.
    """
    rows = []
    for name, (leaves, scores) in _variants(clauses):
        matches = _matches(leaves, scores)
        quality = match_quality(matches, judgements)
        precision = average_precision(graded_matches(matches, judgements), judgements)
        means = quality[["ndcg_5", "p_1"]].mean().to_dict()
        by_document = quality.groupby("doc_id")["ndcg_5"].mean().to_dict()
        rows.append({"variant": name, **means, "average_precision": precision, **by_document})
    return pd.DataFrame(rows).round(6)


def used_variant(variants: pd.DataFrame) -> pd.Series:
    """The row of ``matching_variants`` that is the method of ``match_clauses``."""
    return variants[variants["variant"].str.endswith(f"feedback {FEEDBACK}")].iloc[0]


def left_out(variants: pd.DataFrame) -> pd.DataFrame:
    """Cross-validation over documents: the variant best on the others, judged on the one left out.

    One row a document: ``left_out, variant, ndcg_5`` (of the document left out) and ``best``, the
    highest that any variant reaches on it.
    """
    documents = [column for column in variants.columns if column not in _MEASURES]
    rows = []
    for document in documents:
        others = variants[[d for d in documents if d != document]].mean(axis=1)
        chosen = variants.loc[others.idxmax()]
        rows.append((document, chosen["variant"], chosen[document], variants[document].max()))
    return pd.DataFrame(rows, columns=["left_out", "variant", "ndcg_5", "best"])


def _variants(clauses: pd.DataFrame) -> Iterator[tuple[str, Scores]]:
    def pooled(analyzer: Analyzer, heading: int, parent: int, **options: Any) -> Scores:
        analyze = analyzer_of(analyzer)
        leaves, bags = provision_bags(clauses, analyze, heading=heading, parent=parent)
        return leaves, _cosines(tfidf(bags, **options)[0])

    yield "body: words", pooled("words", 0, 0)
    yield "body: words, plain tf", pooled("words", 0, 0, sublinear=False)
    yield "body: words, no idf", pooled("words", 0, 0, idf="none")
    yield "body: character bigrams", pooled("characters", 0, 0)
    yield "body: words + bigrams", pooled(_BOTH, 0, 0)
    yield "body, and 0.2 best sentences", _with_sentences(clauses, analyzer_of(_BOTH))
    yield "body, and 0.2 heading apart", _with_heading(clauses, analyzer_of(_BOTH))
    for weight in (1, 2, 4, 8):
        yield f"body + {weight} heading", pooled(_BOTH, weight, 0)
    for parent in (1, 2, 3):
        yield f"body + 4 heading + {parent} above", pooled(_BOTH, 4, parent)
    yield "body + 2 heading + 2 above", pooled(_BOTH, 2, 2)
    for analyzer in ("words", "characters"):
        yield f"body + 4 heading + 2 above: {analyzer}", pooled(analyzer, 4, 2)
    leaves, matrix, _ = clause_vectors(clauses)
    yield "body + 4 heading + 2 above, background idf", (leaves, _cosines(matrix))
    leaves, counts, _ = provision_counts(clauses, analyzer_of(_BOTH))
    for feedback in (FEEDBACK / 2, FEEDBACK, 2 * FEEDBACK, 4 * FEEDBACK):
        ranking = ranking_vectors(leaves, counts, feedback=feedback)
        yield f"body + 4 heading + 2 above, feedback {feedback}", (leaves, _cosines(ranking))


def _cosines(matrix: sparse.csr_matrix) -> np.ndarray:
    return (matrix @ matrix.T).toarray()


def _with_heading(clauses: pd.DataFrame, analyze: Analyze, share: float = 0.2) -> Scores:
    """Cosine of the bodies and, with a share of ``share``, cosine of the headings."""
    leaves, bags = provision_bags(clauses, analyze, heading=0, parent=0)
    headings = [analyze(h) if isinstance(h, str) else [] for h in leaves["heading"]]
    apart = (1 - share) * _cosines(tfidf(bags)[0]) + share * _cosines(tfidf(headings)[0])
    return leaves, apart


def _with_sentences(clauses: pd.DataFrame, analyze: Analyze, share: float = 0.2) -> Scores:
    """Cosine of the bodies and, with a share of ``share``, of each sentence with its best partner.

    The mean over the sentences of either clause, then of both clauses.
    """
    leaves, bags = provision_bags(clauses, analyze, heading=0, parent=0)
    bodies = [squeeze(body_of(row)) for row in leaves.itertuples()]
    sentences = [[*filter(None, _SENTENCE_END.split(body))] for body in bodies]
    counts = np.maximum([len(found) for found in sentences], 1)
    cosines = _cosines(tfidf([analyze(s) for found in sentences for s in found or [""]])[0])
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    best = np.maximum.reduceat(cosines, starts, axis=1)  # of each sentence in each clause
    aligned = np.add.reduceat(best, starts, axis=0) / counts[:, None]
    return leaves, (1 - share) * _cosines(tfidf(bags)[0]) + share * (aligned + aligned.T) / 2


def _matches(leaves: pd.DataFrame, scores: np.ndarray) -> pd.DataFrame:
    """The match table of a square of scores, as ``match_clauses(top_n=None)``."""
    ids, group = leaves["clause_id"].to_numpy(), pd.factorize(leaves["doc_id"])[0]
    rows, columns = np.nonzero((group[:, None] != group[None, :]) & (scores.round(12) > 0))
    found = scores[rows, columns].round(12)
    order = np.lexsort((columns, -found, rows))
    table = {"clause_id": ids[rows[order]], "match_id": ids[columns[order]], "score": found[order]}
    matches = pd.DataFrame(table)
    return matches.assign(rank=matches.groupby("clause_id").cumcount() + 1)
