"""From which score a match counts as a counterpart: precision and recall on the judgements."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ipcompare.checks.judgements import RELATED, graded_matches
from ipcompare.wording.coverage import MATCH_THRESHOLD, THRESHOLDS
from ipcompare.wording.similarity import match_clauses


def judged_best(clauses: pd.DataFrame, judgements: pd.DataFrame) -> pd.DataFrame:
    """The best match of each clause in each other judged document, with its grade.

    One row a clause and other document: ``clause_id, match_id, score, grade, related``, where
    ``related`` says whether the reader found any counterpart in that document. By falling score.
    """
    graded = graded_matches(match_clauses(clauses, top_n=None), judgements)
    best = graded.drop_duplicates(["clause_id", "match_doc"])
    good = judgements[judgements["grade"] >= RELATED]
    known = set(zip(good["clause_id"], good["match_id"].str.partition("#")[0], strict=True))
    keys = zip(best["clause_id"], best["match_doc"], strict=True)
    best = best.assign(related=[key in known for key in keys])
    columns = ["clause_id", "match_id", "score", "grade", "related"]
    return best.sort_values("score", ascending=False, kind="stable", ignore_index=True)[columns]


def pairs_to_read(
    best: pd.DataFrame, *, threshold: float = MATCH_THRESHOLD, n: int = 5
) -> pd.DataFrame:
    """The best, the borderline and the worst pairs of ``judged_best``, by falling score.

    ``kind`` says which; borderline are the ``n`` pairs nearest to the threshold. A pair that is
    the best of both its clauses is shown once.
    """
    ends = [best["clause_id"], best["match_id"]]
    key = pd.DataFrame(np.sort(np.array(ends, dtype=object).T, axis=1), index=best.index)
    once = best[~key.duplicated()]
    near = (once["score"] - threshold).abs().sort_values(kind="stable").index[:n]
    kinds = {"best": once.index[:n], "borderline": near.sort_values(), "worst": once.index[-n:]}
    parts = [once.loc[index].assign(kind=kind) for kind, index in kinds.items()]
    return pd.concat(parts, ignore_index=True)


def threshold_curve(
    clauses: pd.DataFrame,
    judgements: pd.DataFrame,
    *,
    thresholds: Sequence[float] = THRESHOLDS,
) -> pd.DataFrame:
    """Precision and recall of "the best match in that document is a counterpart" by threshold.

    ``precision``: share of the best matches that reach the threshold which the reader found
    related. ``recall``: share of the clauses with a counterpart in that document whose best match
    reaches the threshold and is related. ``f1`` is their harmonic mean.
    """
    best = judged_best(clauses, judgements)
    right = best["grade"].to_numpy() >= RELATED
    reached = best["score"].to_numpy()[None, :] >= np.array(thresholds)[:, None]
    hits, n = (reached & right).sum(axis=1), reached.sum(axis=1)
    wanted = int(best["related"].sum())
    table = pd.DataFrame({"threshold": list(thresholds), "n": n, "n_right": hits})
    table["precision"] = np.divide(hits, n, out=np.full(len(n), np.nan), where=n > 0)
    table["recall"] = hits / wanted if wanted else np.nan
    table["f1"] = 2 * hits / (n + wanted)
    return table
