"""Coverage and the threshold: counted by hand on small tables, held on the corpus."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from tables import clause, clause_rows

from ipcompare.checks.judgements import (
    average_precision,
    graded_matches,
    match_quality,
    read_judgements,
)
from ipcompare.checks.thresholds import judged_best, pairs_to_read, threshold_curve
from ipcompare.checks.variants import left_out, matching_variants
from ipcompare.clauses.table import clause_table
from ipcompare.corpus import read_corpus
from ipcompare.wording.coverage import (
    MATCH_THRESHOLD,
    best_scores,
    counterparts,
    coverage,
    coverage_curve,
)
from ipcompare.wording.similarity import match_clauses

GOLD = Path(__file__).parents[1] / "corpus" / "gold" / "matches.jsonl"
CLAUSES = clause_table(read_corpus(GOLD.parents[1]))
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


def test_curve_falls_and_holds_the_coverage():
    curve = coverage_curve(CLAUSES)
    for _, rows in curve.groupby(["doc_a", "doc_b"]):
        assert rows["share_matched"].is_monotonic_decreasing
        assert rows["share_matched"].iloc[0] == 1  # at 0 everything is matched
        assert np.allclose(rows["share_matched"] + rows["share_only_a"], 1)
    at = curve[np.isclose(curve["threshold"], MATCH_THRESHOLD)].reset_index(drop=True)
    expected = coverage(CLAUSES).drop(columns="mean_best")
    pd.testing.assert_frame_equal(at, expected)


def test_best_scores_are_those_of_the_matches():
    best = best_scores(CLAUSES)
    assert len(best) == 4 * CLAUSES["clause_id"].isin(best["clause_id"]).sum()
    first = match_clauses(CLAUSES, top_n=1).set_index("clause_id")["score"]
    assert best.groupby("clause_id")["score"].max().loc[first.index].tolist() == first.tolist()


def test_one_document_has_no_coverage():
    assert coverage(SMALL[SMALL["doc_id"] == "a"]).empty


# Judgements --------------------------------------------------------------------------------------


def _judgements(tmp_path, *lines):
    path = tmp_path / "matches.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_judgements_count_both_ways(tmp_path):
    path = _judgements(tmp_path, '{"a": "a#1", "b": "b#1", "grade_1": 2, "grade_2": 1}')
    assert read_judgements(path).values.tolist() == [["a#1", "b#1", 1.5], ["b#1", "a#1", 1.5]]
    with pytest.raises(ValueError, match="line 1: needs a, b and a grade"):
        read_judgements(_judgements(tmp_path, '{"a": "a#1", "grade_1": 2}'))


def test_ndcg_by_hand(tmp_path):
    # a#1: the reader has b#2 (2) and b#1 (1); the ranking has b#1, b#3, b#2.
    path = _judgements(
        tmp_path, '{"a": "a#1", "b": "b#2", "grade": 2}', '{"a": "a#1", "b": "b#1", "grade": 1}'
    )
    judgements = read_judgements(path)
    matches = pd.DataFrame(
        [("a#1", "b#1", 0.9, 1), ("a#1", "c#1", 0.8, 2), ("a#1", "b#3", 0.7, 3),
         ("a#1", "b#2", 0.6, 4)],
        columns=["clause_id", "match_id", "score", "rank"],
    )  # fmt: skip
    quality = match_quality(matches, judgements).set_index("clause_id")
    # c is no judged document: gains 1, 0, 2 at the places 1, 2, 3; the best order is 2, 1.
    expected = (1 + 2 / np.log2(4)) / (2 + 1 / np.log2(3))
    assert quality.loc["a#1", ["ndcg_5", "p_1"]].tolist() == pytest.approx([expected, 1])
    assert quality.loc["b#1", ["ndcg_5", "p_1"]].tolist() == [0, 0]  # it has no match at all
    graded = graded_matches(matches, judgements)
    # Right at the places 1 and 3 of three pairs, of four judged directions
    assert average_precision(graded, judgements) == pytest.approx((1 + 2 / 3) / 4)


def test_the_threshold_follows_its_rule():
    curve = threshold_curve(CLAUSES, read_judgements(GOLD)).set_index("threshold")
    assert curve.index[curve["precision"] >= 0.98][0] == MATCH_THRESHOLD
    assert curve.loc[MATCH_THRESHOLD, "recall"] > 0.8
    assert curve["recall"].is_monotonic_decreasing


def test_pairs_to_read():
    best = judged_best(CLAUSES, read_judgements(GOLD))
    assert len(best) == 2 * 76  # the clauses of three texts, in the two others
    shown = pairs_to_read(best, n=3)
    assert shown["kind"].tolist() == ["best"] * 3 + ["borderline"] * 3 + ["worst"] * 3
    assert shown["score"].iloc[:3].min() > shown["score"].iloc[3:6].max()
    ends = {frozenset(pair) for pair in zip(shown["clause_id"], shown["match_id"], strict=True)}
    assert len(ends) == 9


def test_what_is_used_pays():
    variants = matching_variants(CLAUSES, read_judgements(GOLD)).set_index("variant")
    used = variants.loc["body + 4 heading + 2 above, feedback 0.5"]
    plain = variants.loc["body: words, plain tf"]
    assert used["ndcg_5"] > plain["ndcg_5"] + 0.08
    assert used["average_precision"] > variants.loc["body + 4 heading + 2 above"].iloc[2] + 0.03
    assert (left_out(variants.reset_index())["ndcg_5"] > 0.92).all()
