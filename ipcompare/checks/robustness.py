"""Does the comparison of documents hold: other specifications, other provisions.

A policy text is no sample of provisions, so nothing here is a confidence interval. Reported is
sensitivity: what changes when a provision is left out, when provisions are drawn anew, and when
the similarity is computed in another way.
"""

import itertools
from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy import sparse

from ipcompare.arguments import check_arguments
from ipcompare.checks.specifications import BASELINE, Specification, specified_similarities
from ipcompare.frames import columns_of
from ipcompare.wording.set_phrases import without_set_phrases
from ipcompare.wording.similarity import document_similarity
from ipcompare.wording.tokens import tokenize
from ipcompare.wording.vectors import content_bags, count_terms, idf_of

_MOVED = ("low_without_one", "high_without_one", "moved_by")
_CHUNK = 50  # draws held at a time


def similarity_robustness(
    clauses: pd.DataFrame, *, scores: Mapping[Specification, pd.Series] | None = None
) -> pd.DataFrame:
    """How the order of the document pairs fares when it is computed in other ways.

    One row a specification, the baseline (``document_similarity``) first: ``family`` (what it
    varies: units, weights, parts, measure) and ``specification``; then against the baseline the
    rank correlations of the pairs ``spearman`` and ``kendall`` (tau-b), ``same_rank``, the share
    of the pairs that keep their rank, ``top_pair``, whether the most similar pair is the same, and
    the ``lowest`` and ``highest`` value, which compare within a row only. Specifications of one
    family share much, those of units and weights the words themselves: their agreement is no
    independent evidence. Correlations are missing with fewer than three pairs. ``scores``, those
    of ``specification_scores``, saves computing them again.
    """
    scores = specification_scores(clauses) if scores is None else scores
    base = scores[BASELINE].to_numpy()
    rows = []
    for specification in sorted(scores, key=lambda s: s != BASELINE):
        values = scores[specification].to_numpy()
        same = _ranks(values) == _ranks(base)
        rho, tau = rank_correlations(base, values)
        ends = values.min(initial=1.0), values.max(initial=0.0)
        share = same.mean() if len(same) else np.nan
        top = bool(same[base.argmax()]) if len(same) else None
        rows.append((*specification, rho, tau, share, top, *ends))
    return pd.DataFrame(rows, columns=columns_of("similarity_robustness"))


def pair_robustness(
    clauses: pd.DataFrame, *, draws: int = 1000, seed: int = 0,
    scores: Mapping[Specification, pd.Series] | None = None,
) -> pd.DataFrame:  # fmt: skip
    """What moves the similarity of each pair of documents, the most similar pair first.

    One row a pair: ``doc_a, doc_b, score, rank`` of the baseline. ``low_without_one,
    high_without_one``: the lowest and highest similarity when one leaf provision of either is left
    out; ``moved_by`` is the one that moves it most. ``first_in_draws``: the share of draws in
    which the pair ranks first (``drawn_scores``); ``first_in_specifications``: the same over the
    specifications; ``rank_min, rank_max`` over these. ``scores`` as in ``similarity_robustness``.
    """
    check_arguments(draws=draws)
    scores = specification_scores(clauses) if scores is None else scores
    base = scores[BASELINE]
    ranks = _ranks(np.array([scores[s].to_numpy() for s in scores]))
    drawn = _ranks(drawn_scores(clauses, draws=draws, seed=seed))
    table = base.rename("score").reset_index()
    table["rank"] = _ranks(base.to_numpy())
    moved = zip(_MOVED, _without_one(clauses), strict=True)
    table = table.assign(**dict(moved))
    table["first_in_draws"] = (drawn == 1).mean(axis=0)
    table["first_in_specifications"] = (ranks == 1).mean(axis=0)
    table["rank_min"], table["rank_max"] = ranks.min(axis=0), ranks.max(axis=0)
    table = table.sort_values("rank", kind="stable", ignore_index=True)
    return table[list(columns_of("pair_robustness"))]


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
    sides = list(zip(*pairs, strict=True)) or [(), ()]
    index = pd.MultiIndex.from_arrays(sides, names=["doc_a", "doc_b"])
    first, second = np.triu_indices(len(similarity), k=1)
    return pd.Series(similarity.to_numpy()[first, second], index=index, dtype=float)


def drawn_scores(clauses: pd.DataFrame, *, draws: int = 1000, seed: int = 0) -> np.ndarray:
    """Baseline similarity of each pair (columns) in each draw (rows).

    In a draw every document is made of as many of its rows of content as it has, drawn with
    replacement. Such texts have fewer different words, so the values lie below the similarity of
    the texts themselves: they say which pair is nearer, not how near. The same seed gives the same
    draws.
    """
    check_arguments(draws=draws)
    rows = _Rows(clauses)
    first, second = np.triu_indices(len(rows.ids), k=1)
    rng = np.random.default_rng(seed)
    members = [np.flatnonzero(rows.owner == d) for d in range(len(rows.ids))]
    parts = [np.zeros((0, len(first)))]
    for start in range(0, draws, _CHUNK):
        size = min(_CHUNK, draws - start)
        drawn = [_resampled(rng, rows.counts[own], size) for own in members]
        totals = np.stack(drawn, axis=1) if drawn else np.zeros((size, 0, 0))
        parts.append(_cosines(_weigh(totals, rows.idf))[:, first, second])
    return np.concatenate(parts)


class _Rows:
    """The rows of content of a clause table: their documents, term counts, and the idf of terms."""

    def __init__(self, clauses: pd.DataFrame):
        table, bags = content_bags(clauses, tokenize)
        self.counts, terms = count_terms(bags)
        self.ids = list(document_similarity(clauses).index)
        self.owner = pd.Index(self.ids).get_indexer(table["doc_id"].astype(str))
        self.clause_ids = table["clause_id"].to_numpy()
        self.leaf = table["leaf"].to_numpy(dtype=bool)
        self.idf = idf_of(self.counts, terms, "law")

    def totals(self) -> np.ndarray:
        """Term counts of the documents."""
        shape = (len(self.ids), len(self.owner))
        member = sparse.csr_matrix((np.ones(shape[1]), (self.owner, np.arange(shape[1]))), shape)
        return (member @ self.counts).toarray()


def _without_one(clauses: pd.DataFrame) -> tuple[list[float], list[float], list[str | None]]:
    """Of each pair the lowest and highest similarity without one provision, and the one that
    moves it most."""
    rows = _Rows(clauses)
    totals = rows.totals()
    whole = _cosines(_weigh(totals, rows.idf))
    unit = _unit(_weigh(totals, rows.idf))
    leaves = np.flatnonzero(rows.leaf)
    left = _unit(_weigh(totals[rows.owner[leaves]] - rows.counts[leaves].toarray(), rows.idf))
    scores = left @ unit.T  # each document without one provision, with every document
    low, high, moved = [], [], []
    for a, b in itertools.combinations(range(len(rows.ids)), 2):
        ends = [(leaves[n], scores[n, other]) for one, other in ((a, b), (b, a))
                for n in np.flatnonzero(rows.owner[leaves] == one)]  # fmt: skip
        values = np.array([score for _, score in ends] or [whole[a, b]]).clip(0, 1)
        low.append(float(values.min()))
        high.append(float(values.max()))
        most = int(np.abs(values - whole[a, b]).argmax())
        moved.append(rows.clause_ids[ends[most][0]] if ends else None)
    return low, high, moved


def _weigh(totals: np.ndarray, idf: np.ndarray) -> np.ndarray:
    """Weights of the baseline from term counts (last axis: terms)."""
    return (np.log(totals, out=np.full_like(totals, -1.0), where=totals > 0) + 1.0) * idf


def _unit(weights: np.ndarray) -> np.ndarray:
    length = np.linalg.norm(weights, axis=-1, keepdims=True)
    return np.divide(weights, length, out=np.zeros_like(weights), where=length > 0)


def _cosines(weights: np.ndarray) -> np.ndarray:
    """Cosine of every two rows (over the last two axes); 0 with a row of zeros."""
    unit = _unit(weights)
    return np.clip(unit @ np.swapaxes(unit, -1, -2), 0.0, 1.0)


def _resampled(rng: np.random.Generator, counts: sparse.csr_matrix, draws: int) -> np.ndarray:
    """Term counts of ``draws`` samples of the rows, with replacement."""
    n = counts.shape[0]
    if n == 0:
        return np.zeros((draws, counts.shape[1]))
    return rng.multinomial(n, np.full(n, 1 / n), size=draws) @ counts


def _ranks(scores: np.ndarray) -> np.ndarray:
    """1 for the highest along the last axis; equal scores share the better rank."""
    higher = scores.round(12)[..., None, :] > scores.round(12)[..., :, None]
    return higher.sum(axis=-1) + 1


def rank_correlations(a: np.ndarray, b: np.ndarray) -> tuple[float, float]:
    """Spearman's rho and Kendall's tau-b; missing for fewer than three values or all alike."""
    a, b = a.round(12), b.round(12)
    if len(a) < 3 or np.ptp(a) == 0 or np.ptp(b) == 0:
        return np.nan, np.nan
    from scipy.stats import kendalltau, spearmanr  # slow: a comparison need not wait

    return float(spearmanr(a, b).statistic), float(kendalltau(a, b).statistic)
