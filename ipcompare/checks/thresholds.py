"""From which score a match counts: precision and recall on the judgements, each text left out.

Two questions are asked of a pair, and each has its own answer: do both provisions state the *same*
measure (mean grade of the readers at least ``SAME``), are they clearly *related* (``RELATED``)?
"""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from ipcompare.arguments import check_arguments
from ipcompare.checks.agreement import wilson
from ipcompare.checks.judgements import RELATED, SAME, graded_matches
from ipcompare.frames import columns_of, doc_ids_of
from ipcompare.wording.correspondence import MUTUAL_THRESHOLD, corresponding_pairs
from ipcompare.wording.coverage import MATCH_THRESHOLD
from ipcompare.wording.similarity import match_clauses

THRESHOLDS = tuple(n / 100 for n in range(0, 101))
PRECISION = 0.95  # of "the same measure", from which MATCH_THRESHOLD is the lowest threshold
GRADES = {"same": SAME, "related": RELATED}


def judged_best(
    clauses: pd.DataFrame, judgements: pd.DataFrame, *, matches: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The match with the highest score of each clause in each other judged document.

    One row a clause and other document: ``clause_id, match_id, score, grade``, and ``wanted``, the
    highest grade of any provision of that document for the clause: what there was to find. By
    falling score. ``matches`` is ``match_clauses(clauses, top_n=None)``.
    """
    matches = match_clauses(clauses, top_n=None) if matches is None else matches
    graded = graded_matches(matches, judgements)
    graded = graded.sort_values("score", ascending=False, kind="stable", ignore_index=True)
    best = graded.drop_duplicates(["clause_id", "match_doc"])
    there = judgements.assign(match_doc=doc_ids_of(judgements["match_id"]))
    highest = there.groupby(["clause_id", "match_doc"])["grade"].max().rename("wanted")
    best = best.join(highest, on=["clause_id", "match_doc"]).fillna({"wanted": 0.0})
    return best[["clause_id", "match_id", "score", "grade", "wanted"]].reset_index(drop=True)


def pairs_to_read(
    best: pd.DataFrame, *, threshold: float = MATCH_THRESHOLD, n: int = 5
) -> pd.DataFrame:
    """The best, the borderline and the worst pairs of ``judged_best``, by falling score.

    ``kind`` says which; borderline are the ``n`` pairs nearest to the threshold. A pair that is
    the best of both its clauses is shown once.
    """
    check_arguments(threshold=threshold)
    ends = [best["clause_id"], best["match_id"]]
    key = pd.DataFrame(np.sort(np.array(ends, dtype=object).T, axis=1), index=best.index)
    once = best[~key.duplicated()]
    near = (once["score"] - threshold).abs().sort_values(kind="stable").index[:n]
    kinds = {"best": once.index[:n], "borderline": near.sort_values(), "worst": once.index[-n:]}
    parts = [once.loc[index].assign(kind=kind) for kind, index in kinds.items()]
    return pd.concat(parts, ignore_index=True)


def threshold_curve(
    best: pd.DataFrame, *, thresholds: Sequence[float] = THRESHOLDS
) -> pd.DataFrame:
    """Precision and recall of "the best match in that document is a counterpart" by threshold.

    One row a threshold and ``grade`` (same, related): ``n`` best matches reach it, ``n_right`` of
    them have the grade, ``precision`` with the 95 % interval ``low, high`` (Wilson; pairs of one
    text resemble each other, so the truth is wider), ``recall``: of the clauses that have such a
    counterpart in that document, those whose best match is one and reaches the threshold.
    """
    rows = []
    for grade in GRADES:
        for threshold in thresholds:
            rows.append((threshold, grade, *_scored(best, grade, threshold)))
    return pd.DataFrame(rows, columns=columns_of("threshold_curve"))


def _scored(best: pd.DataFrame, grade: str, threshold: float) -> tuple:
    """``n, n_right, precision, low, high, recall`` of the best matches at a threshold."""
    reached = best[best["score"] >= threshold]
    right, wanted = (reached["grade"] >= GRADES[grade]).sum(), best["wanted"] >= GRADES[grade]
    return _rates(len(reached), int(right), int(wanted.sum()))


def _rates(n: int, right: int, wanted: int) -> tuple:
    precision = right / n if n else np.nan
    return n, right, precision, *wilson(right, n), right / wanted if wanted else np.nan


def matching_scores(
    clauses: pd.DataFrame, judgements: pd.DataFrame, *, matches: pd.DataFrame | None = None
) -> pd.DataFrame:
    """How far one may trust that two provisions correspond: on all judged texts, and left out.

    One row a ``check``, ``grade`` and ``left_out``: ``best_match``, the best match of a clause in
    another text from a threshold on, or ``row``, two provisions in one row of
    ``correspondence_table``. Without ``left_out`` the thresholds in use are tested on the
    judgements that they were set on; with it the ``threshold`` is set by the same rule on the pairs
    of the other texts, and tested on those with the text left out. Columns as in
    ``threshold_curve``; the recall of rows counts pairs of provisions. ``matches`` is
    ``match_clauses(clauses, top_n=None)``.
    """
    matches = match_clauses(clauses, top_n=None) if matches is None else matches
    best = judged_best(clauses, judgements, matches=matches)
    rows = [*_best_match_rows(best), *_row_rows(clauses, judgements, matches)]
    return pd.DataFrame(rows, columns=columns_of("matching_scores"))


def _best_match_rows(best: pd.DataFrame) -> Iterator[tuple]:
    """The rows of ``matching_scores`` on best matches."""
    for grade in GRADES:
        yield ("best_match", grade, None, MATCH_THRESHOLD, *_scored(best, grade, MATCH_THRESHOLD))
        for doc_id in _documents(best):
            own = _touches(best, doc_id)
            threshold = lowest_threshold(best[~own])
            yield ("best_match", grade, doc_id, threshold, *_scored(best[own], grade, threshold))


def lowest_threshold(best: pd.DataFrame, *, precision: float = PRECISION) -> float:
    """The lowest threshold at which so many best matches are the same measure; 1 if there is none.

    The rule behind ``MATCH_THRESHOLD``.
    """
    curve = threshold_curve(best).query("grade == 'same' and precision >= @precision")
    return float(curve["threshold"].min()) if len(curve) else 1.0


def _row_rows(
    clauses: pd.DataFrame, judgements: pd.DataFrame, matches: pd.DataFrame
) -> Iterator[tuple]:
    """The rows of ``matching_scores`` on the rows of the correspondence table."""
    said = judgements[judgements["clause_id"] < judgements["match_id"]]
    known = set(_documents(said))
    by_mutual = {mutual: _judged_pairs(clauses, matches, mutual, said, known) for mutual in MUTUALS}
    for grade in GRADES:
        of_use = by_mutual[MUTUAL_THRESHOLD]
        yield ("row", grade, None, MUTUAL_THRESHOLD, *_pair_rates(of_use, said, grade))
        for doc_id in sorted(known):
            chosen = max(MUTUALS, key=lambda m: (_f1(by_mutual[m], said, doc_id), -m))
            pairs, own = by_mutual[chosen], _touches(said, doc_id)
            tested = pairs[_touches(pairs, doc_id)]
            yield ("row", grade, doc_id, chosen, *_pair_rates(tested, said[own], grade))


MUTUALS = tuple(n / 100 for n in range(20, 41, 2))  # tried for MUTUAL_THRESHOLD


def _judged_pairs(
    clauses: pd.DataFrame, matches: pd.DataFrame, mutual: float, said: pd.DataFrame, known: set[str]
) -> pd.DataFrame:
    """The pairs of judged texts that stand in one row, each once, with their grade."""
    pairs = sorted(corresponding_pairs(clauses, matches=matches, mutual=mutual))
    once = [(a, b) for a, b in pairs if a < b and {a.split("#")[0], b.split("#")[0]} <= known]
    table = pd.DataFrame(once, columns=["clause_id", "match_id"])
    return table.merge(said, how="left", on=["clause_id", "match_id"]).fillna({"grade": 0.0})


def _pair_rates(pairs: pd.DataFrame, said: pd.DataFrame, grade: str) -> tuple:
    right, wanted = ((frame["grade"] >= GRADES[grade]).sum() for frame in (pairs, said))
    return _rates(len(pairs), int(right), int(wanted))


def _f1(pairs: pd.DataFrame, said: pd.DataFrame, left_out: str) -> float:
    """Of the pairs without a text: the harmonic mean of precision and recall, same measure."""
    n, right, *_ = _pair_rates(pairs[~_touches(pairs, left_out)], said, "same")
    wanted = (said.loc[~_touches(said, left_out), "grade"] >= SAME).sum()
    return 2 * right / (n + wanted) if n + wanted else 0.0


def _documents(pairs: pd.DataFrame) -> list[str]:
    ids = pd.concat([pairs["clause_id"], pairs["match_id"]])
    return sorted(ids.str.partition("#")[0].unique())


def _touches(pairs: pd.DataFrame, doc_id: str) -> pd.Series:
    """Whether a pair has a provision of the document."""
    sides = [doc_ids_of(pairs[c]) == doc_id for c in ("clause_id", "match_id")]
    return sides[0] | sides[1]
