"""Does the comparison of documents hold: other specifications, other clauses, chance."""

import itertools
from collections.abc import Mapping
from dataclasses import asdict

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.stats import kendalltau, permutation_test, spearmanr

from ipcompare.checks.specifications import (
    BASELINE,
    Specification,
    cosines,
    specified_similarities,
    term_counts,
    weigh,
)
from ipcompare.frames import require
from ipcompare.wording.set_phrases import without_set_phrases
from ipcompare.wording.similarity import document_similarity

_EXACT = 8  # documents up to which every permutation is tried: 8! = 40,320
_CHUNK = 50  # bootstrap draws held at a time


def similarity_robustness(
    clauses: pd.DataFrame, *, scores: Mapping[Specification, pd.Series] | None = None
) -> pd.DataFrame:
    """How the order of the document pairs fares under 40 specifications.

    One row a specification, the baseline (the choices of ``document_similarity``) first:
    ``tokens, stop_words, ngram, weighting, fitted_on``, then against the baseline the rank
    correlations of the pairs ``spearman`` and ``kendall`` (tau-b), ``same_rank``, the share of the
    pairs that keep their rank, ``top_pair``, whether the most similar pair is the same, and the
    ``lowest`` and ``highest`` similarity. Correlations are missing with fewer than three pairs.
    ``scores``, those of ``specification_scores``, saves computing them again.
    """
    scores = specification_scores(clauses) if scores is None else scores
    base = scores[BASELINE].to_numpy()
    rows = []
    for specification in sorted(scores, key=lambda s: s != BASELINE):
        values = scores[specification].to_numpy()
        same = _ranks(values) == _ranks(base)
        rho, tau = rank_correlations(base, values)
        rows.append(
            asdict(specification)
            | {
                "spearman": rho,
                "kendall": tau,
                "same_rank": same.mean() if len(same) else np.nan,
                "top_pair": bool(same[base.argmax()]) if len(same) else None,
                "lowest": values.min(initial=1.0),
                "highest": values.max(initial=0.0),
            }
        )
    return pd.DataFrame(rows)


def pair_robustness(
    clauses: pd.DataFrame, *, draws: int = 1000, seed: int = 0, level: float = 0.95,
    scores: Mapping[Specification, pd.Series] | None = None,
) -> pd.DataFrame:  # fmt: skip
    """How sure is the similarity of each pair of documents, the most similar pair first.

    One row a pair: ``doc_a, doc_b, score, rank`` of the baseline; ``low, high``, the bootstrap
    interval; ``rank_low, rank_high``, the interval of the rank over the draws; ``same_rank``, the
    share of the specifications under which the pair keeps its rank; ``score_min, score_max``
    over the specifications. ``scores`` as in ``similarity_robustness``.
    """
    scores = specification_scores(clauses) if scores is None else scores
    base = scores[BASELINE]
    drawn = bootstrap_scores(clauses, draws=draws, seed=seed)
    ends = [(1 - level) / 2, (1 + level) / 2]
    # Texts of resampled clauses have fewer different words, so draws run low: their spread
    # is laid around the score itself.
    low, high = base.to_numpy() + np.quantile(drawn, ends, axis=0) - drawn.mean(axis=0)
    ranks = _ranks(drawn)
    rank_low, rank_high = np.quantile(ranks, ends, axis=0, method="nearest").astype(int)
    all_scores = np.array([scores[s].to_numpy() for s in scores])
    table = base.rename("score").reset_index()
    table["rank"] = _ranks(base.to_numpy())
    table["low"], table["high"] = low.clip(0, 1), high.clip(0, 1)
    table["rank_low"], table["rank_high"] = rank_low, rank_high
    table["same_rank"] = (_ranks(all_scores) == table["rank"].to_numpy()).mean(axis=0)
    table["score_min"], table["score_max"] = all_scores.min(axis=0), all_scores.max(axis=0)
    return table.sort_values("rank", kind="stable", ignore_index=True)


def without_phrases(pairs: pd.DataFrame, clauses: pd.DataFrame) -> pd.DataFrame:
    """The pairs of ``pair_robustness`` with ``without_phrases``: the similarity of each pair when
    the set phrases of official style are left out.
    """
    scores = pair_scores(document_similarity(without_set_phrases(clauses)))
    return pairs.join(scores.rename("without_phrases"), on=["doc_a", "doc_b"])


def specification_scores(clauses: pd.DataFrame) -> dict[Specification, pd.Series]:
    """``{specification: similarity of every pair}``, indexed by ``doc_a, doc_b``."""
    return {s: pair_scores(square) for s, square in specified_similarities(clauses)}


def pair_scores(similarity: pd.DataFrame) -> pd.Series:
    """Each pair of a square of similarities once, indexed by ``doc_a, doc_b``."""
    pairs = list(itertools.combinations(similarity.index, 2))
    index = pd.MultiIndex.from_tuples(pairs, names=["doc_a", "doc_b"]) if pairs else None
    first, second = np.triu_indices(len(similarity), k=1)
    return pd.Series(similarity.to_numpy()[first, second], index=index, dtype=float)


def bootstrap_scores(clauses: pd.DataFrame, *, draws: int = 1000, seed: int = 0) -> np.ndarray:
    """Baseline similarity of each pair (columns) in each draw (rows).

    In a draw every document is made of as many of its clauses (rows of content) as it has, drawn
    with replacement; idf is fitted anew. The same seed gives the same draws.
    """
    doc_ids, of_document, counts = term_counts(clauses)
    first, second = np.triu_indices(len(doc_ids), k=1)
    rng = np.random.default_rng(seed)
    members = [np.flatnonzero(of_document == d) for d in range(len(doc_ids))]
    parts = [np.zeros((0, len(first)))]
    for start in range(0, draws, _CHUNK):
        size = min(_CHUNK, draws - start)
        totals = np.stack([_resampled(rng, counts[rows], size) for rows in members], axis=1)
        weights = np.stack([weigh(total, BASELINE, total) for total in totals])
        parts.append(cosines(weights)[:, first, second])
    return np.concatenate(parts)


def _resampled(rng: np.random.Generator, counts: sparse.csr_matrix, draws: int) -> np.ndarray:
    """Term counts of ``draws`` samples of the rows, with replacement."""
    n = counts.shape[0]
    if n == 0:
        return np.zeros((draws, counts.shape[1]))
    return rng.multinomial(n, np.full(n, 1 / n), size=draws) @ counts


# --- chance --------------------------------------------------------------------------------------


def group_test(
    similarity: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    by: str = "province",
    draws: int = 10_000,
    seed: int = 0,
) -> dict:
    """Are documents of the same group (province, level …) more alike than of different groups?

    ``documents`` has ``doc_id`` and the column ``by``. Statistic: mean similarity of the pairs
    within a group minus that of the other pairs. ``p`` is the share of the permutations of the
    groups over the documents whose statistic is at least as large (one-sided): all of them up to
    8 documents (``exact``), else ``draws`` at random and the observed one. Returns ``by, n_within,
    n_between, within, between, difference, p, n_permutations, exact``. ``p_least`` is the
    smallest p that this grouping could give at all; a p near it says little either way. Missing
    where no pair is within, or none between groups.
    """
    require(documents, ("doc_id", by), "read_corpus(...).table; documents")
    groups = documents.set_index("doc_id")[by].reindex(similarity.index)
    if groups.isna().any():
        missing = ", ".join(groups.index[groups.isna()])
        raise ValueError(f"the table of documents gives no {by} for {missing}")
    scores, codes = pair_scores(similarity).to_numpy(), pd.factorize(groups)[0]
    within = _within(codes[None, :])[0]
    found = {"by": by, "n_within": int(within.sum()), "n_between": int((~within).sum())}
    if within.all() or not within.any():
        empty = ("within", "between", "difference", "p", "p_least")
        return found | dict.fromkeys(empty, np.nan) | {"n_permutations": 0, "exact": True}

    def statistic(permuted: np.ndarray, axis: int) -> np.ndarray:
        rows = np.moveaxis(permuted, axis, -1)
        values = _difference(_within(rows.reshape(-1, len(codes))), scores)
        return values.reshape(rows.shape[:-1])

    exact = len(codes) <= _EXACT
    test = permutation_test(
        (codes,), statistic, n_resamples=np.inf if exact else draws, permutation_type="pairings",
        vectorized=True, alternative="greater", rng=seed,
    )  # fmt: skip
    values = np.asarray(test.null_distribution)
    return found | {
        "within": float(scores[within].mean()),
        "between": float(scores[~within].mean()),
        "difference": float(test.statistic),
        "p": float(test.pvalue),
        "p_least": float((values >= values.max() - 1e-12).mean()),
        "n_permutations": len(values),
        "exact": exact,
    }


def group_tests(similarity: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """``group_test`` by province and by level of government, among the documents that have one.

    One row each, none for fewer than two documents.
    """
    rows = []
    for by in ("province", "level"):
        known = list(documents.loc[documents[by].notna(), "doc_id"])
        alike = similarity.loc[known, known]
        rows += [group_test(alike, documents, by=by)] if len(known) > 1 else []
    return pd.DataFrame(rows)


def _within(codes: np.ndarray) -> np.ndarray:
    """For each row of group codes, which pairs are of one group."""
    first, second = np.triu_indices(codes.shape[1], k=1)
    return codes[:, first] == codes[:, second]


def _difference(within: np.ndarray, scores: np.ndarray) -> np.ndarray:
    inside = within @ scores
    n = within.sum(axis=1)
    return inside / n - (scores.sum() - inside) / (len(scores) - n)


def _ranks(scores: np.ndarray) -> np.ndarray:
    """1 for the highest along the last axis; equal scores share the better rank."""
    higher = scores.round(12)[..., None, :] > scores.round(12)[..., :, None]
    return higher.sum(axis=-1) + 1


def rank_correlations(a: np.ndarray, b: np.ndarray) -> tuple[float, float]:
    """Spearman's rho and Kendall's tau-b; missing for fewer than three values or all alike."""
    a, b = a.round(12), b.round(12)
    if len(a) < 3 or np.ptp(a) == 0 or np.ptp(b) == 0:
        return np.nan, np.nan
    return float(spearmanr(a, b).statistic), float(kendalltau(a, b).statistic)
