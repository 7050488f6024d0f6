"""Coverage and the threshold: counted by hand on small tables, held on the corpus."""

import pandas as pd
import pytest
from files import ROOT
from tables import clause, clause_rows

from ipcompare.wording.coverage import (
    best_scores,
    counterparts,
    coverage,
)

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
    found = coverage(SMALL, threshold=0.5, judged=("a", "b")).set_index(["doc_a", "doc_b"])
    there, back = found.loc[("a", "b")], found.loc[("b", "a")]
    assert (there["n_a"], there["n_b"], there["n_matched"]) == (3, 2, 1)
    assert there[["share_matched", "mean_best"]].tolist() == pytest.approx([1 / 3, 1 / 3])
    assert back[["share_matched", "mean_best"]].tolist() == pytest.approx([1 / 2, 1 / 2])
    assert found["judged"].all() and not coverage(SMALL, judged=("a",))["judged"].any()


def test_a_third_text_changes_no_coverage():
    third = clause_rows(clause("c", "1", "贯标，高校"), clause("c", "2", "专利池"))
    wider = coverage(pd.concat([SMALL, third], ignore_index=True), threshold=0.2)
    pairs = wider[wider["doc_a"].ne("c") & wider["doc_b"].ne("c")].reset_index(drop=True)
    pd.testing.assert_frame_equal(pairs, coverage(SMALL, threshold=0.2))


def test_goals_and_standing_provisions_do_not_count():
    same = [("1", "工作目标"), ("2", "加强组织领导"), ("3", "推广贯标")]
    rows = [clause(d, path, "贯标。", heading=head) for d in "ab" for path, head in same]
    found = coverage(clause_rows(*rows), threshold=0.5)
    assert found["n_a"].tolist() == found["n_matched"].tolist() == [1, 1]
    assert set(best_scores(clause_rows(*rows))["clause_id"]) == {"a#3", "b#3"}


def test_best_scores_are_the_highest_between_specific_provisions(study):
    best = best_scores(study.clauses)
    pairs = study.all_matches[study.all_matches["clause_id"].isin(study.specific)]
    pairs = pairs[pairs["match_id"].isin(study.specific)]
    highest = pairs.groupby("clause_id")["score"].max()
    found = best.groupby("clause_id")["score"].max()
    assert len(best) == 4 * len(study.specific)
    assert found.loc[highest.index].tolist() == highest.tolist()


def test_one_document_has_no_coverage():
    assert coverage(SMALL[SMALL["doc_id"] == "a"]).empty
