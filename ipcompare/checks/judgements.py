"""Matches against what a reader lays side by side: how good is a ranking, and a score.

Judgements are pairs of leaf provisions with a grade: 2 the same measure, 1 clearly related; a pair
that is not listed is unrelated. They count for both directions.
"""

import json
from pathlib import Path

import numpy as np
import pandas as pd

from ipcompare.frames import columns_of, doc_ids_of, require

_COLUMNS = columns_of("read_judgements")
SAME = 1.5  # mean grade of the coders from which a pair states the same measure
RELATED = 0.5  # … from which it is clearly related


def read_judgements(path: Path | str) -> pd.DataFrame:
    """Judged pairs, both ways round: ``clause_id, match_id, grade`` (the mean of the coders).

    ``path`` is JSON lines with ``a``, ``b`` and one or more ``grade_n``, as
    ``corpus/gold/matches.jsonl``.
    """
    rows = []
    for number, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), 1):
        pair = json.loads(line)
        grades = [value for key, value in pair.items() if key.startswith("grade")]
        if not grades or not {"a", "b"} <= set(pair):
            raise ValueError(f"{path}, line {number}: needs a, b and a grade, has {line}")
        rows.append((pair["a"], pair["b"], float(np.mean(grades))))
        rows.append((pair["b"], pair["a"], float(np.mean(grades))))
    table = pd.DataFrame(rows, columns=_COLUMNS)
    return table.drop_duplicates(["clause_id", "match_id"], ignore_index=True)


def graded_matches(matches: pd.DataFrame, judgements: pd.DataFrame) -> pd.DataFrame:
    """The matches between judged documents with their ``grade`` (0: unrelated) and documents.

    ``rank`` is counted anew within the judged documents.
    """
    require(judgements, _COLUMNS, "read_judgements")
    found = matches.merge(judgements, how="left", on=["clause_id", "match_id"])
    found["grade"] = found["grade"].fillna(0.0)
    for side in ("clause", "match"):
        found[f"{side}_doc"] = doc_ids_of(found[f"{side}_id"])
    judged = set(doc_ids_of(judgements["clause_id"]))
    found = found[found["clause_doc"].isin(judged) & found["match_doc"].isin(judged)]
    found = found.sort_values(["clause_id", "rank"], kind="stable", ignore_index=True)
    found["rank"] = found.groupby("clause_id").cumcount() + 1
    return found


def match_quality(matches: pd.DataFrame, judgements: pd.DataFrame) -> pd.DataFrame:
    """How well each clause's matches agree with the judgements: one row a judged clause.

    ``clause_id, doc_id, ndcg_5, p_1``: nDCG over the first five matches in judged documents, gain
    = grade, discount = log2(rank + 1) (Järvelin & Kekäläinen 2002); whether the first match is
    related at all. ``matches`` best come from ``match_clauses(top_n=None)``.
    """
    graded = graded_matches(matches, judgements)
    gains = graded[graded["rank"] <= 5]
    dcg = (gains["grade"] / np.log2(gains["rank"] + 1)).groupby(gains["clause_id"]).sum()
    ideal = judgements.sort_values("grade", ascending=False, kind="stable", ignore_index=True)
    place = ideal.groupby("clause_id").cumcount() + 1
    best = (ideal["grade"] / np.log2(place + 1))[place <= 5].groupby(ideal["clause_id"]).sum()
    first = graded[graded["rank"] == 1].set_index("clause_id")["grade"] > 0
    table = best.to_frame("best").join(dcg.rename("dcg")).join(first.rename("p_1"))
    table = table.assign(
        doc_id=table.index.str.partition("#").get_level_values(0),
        ndcg_5=(table["dcg"] / table["best"]).fillna(0.0),
        p_1=table["p_1"].eq(True).astype(float),
    )
    return table.reset_index()[["clause_id", "doc_id", "ndcg_5", "p_1"]]


def average_precision(graded: pd.DataFrame, judgements: pd.DataFrame) -> float:
    """Mean over all related pairs of the precision at their place among all pairs by score."""
    ordered = graded.sort_values("score", ascending=False, kind="stable")["grade"] >= RELATED
    precision = ordered.cumsum() / np.arange(1, len(ordered) + 1)
    return float(precision[ordered].sum() / (judgements["grade"] >= RELATED).sum())
