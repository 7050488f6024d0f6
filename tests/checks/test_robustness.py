"""Robustness: rank correlations, bootstrap and permutation worked by hand or held to a rule."""

import numpy as np
import pandas as pd
import pytest
from tables import clause, clause_rows

from ipcompare.checks.robustness import (
    drawn_scores,
    pair_robustness,
    pair_scores,
    rank_correlations,
    similarity_robustness,
    specification_scores,
)
from ipcompare.checks.specifications import BASELINE
from ipcompare.frames import order_documents
from ipcompare.wording.similarity import document_similarity


def test_the_baseline_is_document_similarity(clauses):
    scores = specification_scores(clauses)
    assert next(iter(scores)) == BASELINE
    expected = pair_scores(document_similarity(clauses))
    pd.testing.assert_series_equal(scores[BASELINE], expected, atol=1e-9)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("units: two characters", {"analyzer": "characters"}),
        ("weights: idf of the texts", {"idf": "corpus"}),
    ],
)
def test_some_specifications_are_options_of_document_similarity(name, options, clauses):
    found = {str(s): values for s, values in specification_scores(clauses).items()}
    expected = pair_scores(document_similarity(clauses, **options))
    pd.testing.assert_series_equal(found[name], expected, atol=1e-9)


def test_specifications_by_hand():
    # a: 贯标 twice, 专利池; b: 贯标, 质押; headings: 导航 in a, 导航 in b
    rows = [clause("a", "1", "贯标，贯标，专利池", heading="导航"),
            clause("b", "1", "贯标，质押", heading="导航")]  # fmt: skip
    found = {
        str(s): values.iloc[0] for s, values in specification_scores(clause_rows(*rows)).items()
    }
    assert found["parts: headings only"] == pytest.approx(1)
    # words 导航 贯标 专利池 and 导航 贯标 质押: two of four in common
    assert found["measure: words: Jaccard"] == pytest.approx(2 / 4)
    # ln(N/df): what stands in both texts weighs nothing
    assert found["weights: ln(N/df) of the texts"] == 0
    tf = np.array([1, 1 + np.log(2), 1, 0]), np.array([1, 1, 0, 1])
    expected = tf[0] @ tf[1] / np.linalg.norm(tf[0]) / np.linalg.norm(tf[1])
    assert found["weights: no idf"] == pytest.approx(expected)


def test_one_row_a_specification(clauses):
    found = similarity_robustness(clauses)
    assert found.loc[0, ["family", "specification"]].tolist() == list(BASELINE)
    assert found.loc[0, ["spearman", "kendall", "same_rank"]].tolist() == pytest.approx([1, 1, 1])
    assert found["spearman"].between(-1, 1).all() and found["specification"].is_unique
    assert found["family"].nunique() == 5
    assert not found["top_pair"].all()  # specifications that can disagree, and one does


@pytest.mark.parametrize(
    ("a", "b", "rho", "tau"),
    [
        ([1, 2, 3], [1, 2, 3], 1, 1),
        ([1, 2, 3], [3, 2, 1], -1, -1),
        ([1, 2, 3, 4], [1, 2, 4, 3], 0.8, 2 / 3),  # 1 - 6 * 2 / 60; (5 - 1) / 6
        ([1, 1, 2], [1, 2, 3], 0.8660254, 2 / 6**0.5),  # tau-b: 2 / sqrt(2 * 3)
        ([1, 1, 1], [1, 2, 3], np.nan, np.nan),
        ([1, 2], [1, 2], np.nan, np.nan),
    ],
)
def test_rank_correlations_by_hand(a, b, rho, tau):
    a, b = np.array(a, dtype=float), np.array(b, dtype=float)
    assert rank_correlations(a, b) == pytest.approx((rho, tau), nan_ok=True)


def test_what_moves_a_pair(clauses, study):
    found = pair_robustness(clauses, draws=200, scores=study.specified)
    assert found["rank"].tolist() == list(range(1, 11))
    assert (found["low_without_one"] < found["score"]).all()
    assert (found["score"] < found["high_without_one"]).all()
    assert found["first_in_draws"].sum() == pytest.approx(1, abs=0.01)
    assert (found["rank_min"] <= found["rank"]).all() and (found["rank"] <= found["rank_max"]).all()
    again = pair_robustness(clauses, draws=200, scores=study.specified)
    pd.testing.assert_frame_equal(found, again)
    other = pair_robustness(clauses, draws=200, seed=1, scores=study.specified)
    assert not other["first_in_draws"].equals(found["first_in_draws"])


def test_one_provision_left_out_by_hand():
    rows = [clause("a", "1", "贯标"), clause("a", "2", "专利池"), clause("b", "1", "贯标")]
    found = pair_robustness(clause_rows(*rows), draws=5).iloc[0]
    # Without a#1 nothing is shared, without a#2 all is; without b#1 nothing is left of b.
    assert (found["low_without_one"], found["high_without_one"]) == (0, 1)
    assert found["moved_by"] in ("a#1", "b#1")
    left = document_similarity(clause_rows(rows[0], rows[2])).loc["a", "b"]
    assert found["high_without_one"] == left


def test_a_document_of_one_clause_does_not_vary():
    clauses = clause_rows(clause("a", "1", "贯标，专利池"), clause("b", "1", "贯标"))
    drawn = drawn_scores(clauses, draws=5)
    expected = document_similarity(clauses).loc["a", "b"]
    assert drawn == pytest.approx(np.full((5, 1), expected))


@pytest.mark.parametrize("text", ["", "的", None])
def test_nothing_to_compare_is_zero(text):
    rows = clause("a", "1", text or ""), clause("b", "1", "贯标"), clause("c", "1", "贯标")
    clauses = clause_rows(*rows)
    clauses.loc[0, "text"] = text
    found = pair_robustness(clauses, draws=5).set_index(["doc_a", "doc_b"])
    moved = ["score", "low_without_one", "high_without_one"]
    assert found.loc[("a", "b"), moved].tolist() == [0, 0, 0]
    assert not found.isna().any().any()


def test_too_few_documents_to_rank():
    one = clause_rows(clause("a", "1", "贯标"))
    assert len(similarity_robustness(one)) == len(specification_scores(one))
    assert pair_robustness(one, draws=5).empty
    assert len(similarity_robustness(clause_rows())) == len(specification_scores(clause_rows()))


def test_order_of_documents_changes_nothing(clauses):
    shuffled = order_documents(clauses, sorted(clauses["doc_id"].unique()))
    columns = ["spearman", "kendall", "same_rank", "lowest", "highest"]
    a, b = similarity_robustness(clauses)[columns], similarity_robustness(shuffled)[columns]
    pd.testing.assert_frame_equal(a, b, atol=1e-9)
