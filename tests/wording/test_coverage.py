"""Coverage and the threshold: counted by hand on small tables, held on the corpus."""

import numpy as np
import pandas as pd
import pytest
from files import ROOT
from tables import clause, clause_rows

from ipcompare.wording.coverage import (
    MATCH_THRESHOLD,
    best_scores,
    counterparts,
    coverage,
    coverage_curve,
)
from ipcompare.wording.similarity import match_clauses

GOLD = ROOT / "corpus" / "gold" / "matches.jsonl"
# a: 贯标 as in b#1, 高校 nowhere else, and nothing; b: 专利池 nowhere else
SMALL = clause_rows(
    clause("a", "1", "贯标", pinpoint="一、"),
    clause("a", "2", "高校", pinpoint="二、"),
    clause("a", "3", "的", pinpoint="三、"),
    clause("b", "1", "贯标", pinpoint="1."),
    clause("b", "2", "专利池", pinpoint="2."),
)


def test_counterparts_by_hand():
    found = counterparts(SMALL, "a", "b").set_index("clause_id")
    assert found["score"].tolist() == [1, 0, 0]
    assert found["mean_score"].tolist() == [0.5, 0, 0]
    assert found["mutual"].tolist() == found["matched"].tolist() == [True, False, False]
    assert found.loc["a#1", ["match_id", "match_pinpoint"]].tolist() == ["b#1", "1."]
    assert found["match_id"].isna().tolist() == [False, True, True]


@pytest.mark.parametrize(
    ("a", "b", "message"),
    [
        ("a", "c", "c is no document; there are a, b"),
        ("a", "a", "a is given twice"),
    ],
)
def test_counterparts_are_those_of_two_known_documents(a, b, message):
    with pytest.raises(ValueError, match=message):
        counterparts(SMALL, a, b)


def test_coverage_by_hand():
    found = coverage(SMALL, threshold=0.5).set_index(["doc_a", "doc_b"])
    there, back = found.loc[("a", "b")], found.loc[("b", "a")]
    assert (there["n_a"], there["n_b"], there["n_matched"]) == (3, 2, 1)
    shares = ["share_matched", "share_only_a", "share_only_b", "mean_best"]
    assert there[shares].tolist() == pytest.approx([1 / 3, 2 / 3, 1 / 2, 1 / 3])
    assert back[shares].tolist() == pytest.approx([1 / 2, 1 / 2, 2 / 3, 1 / 2])


def test_curve_falls_and_holds_the_coverage(clauses):
    curve = coverage_curve(clauses)
    for _, rows in curve.groupby(["doc_a", "doc_b"]):
        assert rows["share_matched"].is_monotonic_decreasing
        assert rows["share_matched"].iloc[0] == 1  # at 0 everything is matched
        assert np.allclose(rows["share_matched"] + rows["share_only_a"], 1)
    at = curve[np.isclose(curve["threshold"], MATCH_THRESHOLD)].reset_index(drop=True)
    expected = coverage(clauses).drop(columns="mean_best")
    pd.testing.assert_frame_equal(at, expected)


def test_best_scores_are_those_of_the_matches(clauses):
    best = best_scores(clauses)
    assert len(best) == 4 * clauses["clause_id"].isin(best["clause_id"]).sum()
    highest = match_clauses(clauses, top_n=None).groupby("clause_id")["score"].max()
    found = best.groupby("clause_id")["score"].max()
    assert found.loc[highest.index].tolist() == highest.tolist()


def test_one_document_has_no_coverage():
    assert coverage(SMALL[SMALL["doc_id"] == "a"]).empty
