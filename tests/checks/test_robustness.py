"""Robustness: rank correlations, bootstrap and permutation worked by hand or held to a rule."""

import numpy as np
import pandas as pd
import pytest
from files import CORPUS
from tables import clause, clause_rows

from ipcompare.checks.robustness import (
    bootstrap_scores,
    group_test,
    pair_robustness,
    pair_scores,
    rank_correlations,
    similarity_robustness,
    specification_scores,
)
from ipcompare.checks.specifications import BASELINE, Specification, specifications
from ipcompare.frames import order_documents
from ipcompare.wording.similarity import document_similarity


def test_there_are_forty_specifications_and_one_baseline():
    found = specifications()
    assert len(found) == len(set(found)) == 40
    assert found.count(BASELINE) == 1


def test_the_baseline_is_document_similarity(clauses):
    scores = specification_scores(clauses)
    expected = pair_scores(document_similarity(clauses))
    pd.testing.assert_series_equal(scores[BASELINE], expected, atol=1e-9)


def test_characters_are_those_of_document_similarity(clauses):
    specification = Specification("characters", "kept", "2")
    expected = pair_scores(document_similarity(clauses, analyzer="characters"))
    found = specification_scores(clauses)[specification]
    pd.testing.assert_series_equal(found, expected, atol=1e-9)


def test_one_row_a_specification(clauses):
    found = similarity_robustness(clauses)
    assert len(found) == 40
    first = found.iloc[0]
    assert first[["tokens", "stop_words", "ngram"]].tolist() == ["words", "left out", "1"]
    assert first[["spearman", "kendall", "same_rank"]].tolist() == pytest.approx([1, 1, 1])
    assert found["spearman"].between(-1, 1).all()
    assert found["top_pair"].all()  # Hebei and Hebi, however one looks at it


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


def test_intervals_hold_their_score_and_repeat(clauses):
    found = pair_robustness(clauses, draws=200)
    assert found["rank"].tolist() == list(range(1, 11))
    assert (found["low"] < found["score"]).all() and (found["score"] < found["high"]).all()
    assert (found["score_min"] <= found["score"]).all()
    assert (found["rank_low"] <= found["rank_high"]).all()
    pd.testing.assert_frame_equal(found, pair_robustness(clauses, draws=200))
    other = pair_robustness(clauses, draws=200, seed=1)
    assert not other["low"].equals(found["low"])


def test_a_document_of_one_clause_does_not_vary():
    clauses = clause_rows(clause("a", "1", "贯标，专利池"), clause("b", "1", "贯标"))
    drawn = bootstrap_scores(clauses, draws=5)
    expected = document_similarity(clauses).loc["a", "b"]
    assert drawn == pytest.approx(np.full((5, 1), expected))


@pytest.mark.parametrize("text", ["", "的", None])
def test_nothing_to_compare_is_zero(text):
    rows = clause("a", "1", text or ""), clause("b", "1", "贯标"), clause("c", "1", "贯标")
    clauses = clause_rows(*rows)
    clauses.loc[0, "text"] = text
    found = pair_robustness(clauses, draws=5).set_index(["doc_a", "doc_b"])
    assert found.loc[("a", "b"), ["score", "low", "high"]].tolist() == [0, 0, 0]
    assert not found.drop(columns="rank").isna().any().any()


def test_too_few_documents_to_rank():
    one = clause_rows(clause("a", "1", "贯标"))
    assert len(similarity_robustness(one)) == 40
    assert pair_robustness(one, draws=5).empty
    assert len(similarity_robustness(clause_rows())) == 40


def _square(values):
    ids = list("abcd")
    square = pd.DataFrame(np.eye(4), index=ids, columns=ids)
    for (a, b), value in values.items():
        square.loc[a, b] = square.loc[b, a] = value
    return square


PAIRED = _square({"ab": 0.9, "cd": 0.8, "ac": 0.1, "ad": 0.2, "bc": 0.3, "bd": 0.4})


def test_permutation_by_hand():
    documents = pd.DataFrame({"doc_id": list("abcd"), "province": ["x", "x", "y", "y"]})
    found = group_test(PAIRED, documents)
    assert (found["n_within"], found["n_between"]) == (2, 4)
    assert found["within"] == pytest.approx(0.85) and found["between"] == pytest.approx(0.25)
    # 24 permutations make three ways to pair four documents, 8 each; this is the best of them.
    assert found["n_permutations"] == 24 and found["exact"]
    assert found["p"] == found["p_least"] == pytest.approx(8 / 24)


def test_permutation_at_random_is_near_the_exact_one(monkeypatch, clauses):
    documents = CORPUS.table
    similarity = document_similarity(clauses)
    exact = group_test(similarity, documents)
    monkeypatch.setattr("ipcompare.checks.robustness._EXACT", 0)
    drawn = group_test(similarity, documents, draws=4000)
    assert not drawn["exact"] and drawn["p"] == pytest.approx(exact["p"], abs=0.03)


def test_groups_that_cannot_be_compared():
    one = pd.DataFrame({"doc_id": list("abcd"), "province": ["x"] * 4})
    assert np.isnan(group_test(PAIRED, one)["p"])
    with pytest.raises(ValueError, match="gives no province for b, c, d"):
        group_test(PAIRED, one.head(1))


def test_order_of_documents_changes_nothing(clauses):
    shuffled = order_documents(clauses, sorted(clauses["doc_id"].unique()))
    columns = ["spearman", "kendall", "same_rank", "lowest", "highest"]
    a, b = similarity_robustness(clauses)[columns], similarity_robustness(shuffled)[columns]
    pd.testing.assert_frame_equal(a, b, atol=1e-9)
