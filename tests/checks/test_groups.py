"""Permutation of groups, worked by hand."""

import numpy as np
import pandas as pd
import pytest
from files import CORPUS

from ipcompare.checks.groups import group_test
from ipcompare.wording.similarity import document_similarity


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
    monkeypatch.setattr("ipcompare.checks.groups._EXACT", 0)
    drawn = group_test(similarity, documents, draws=4000)
    assert not drawn["exact"] and drawn["p"] == pytest.approx(exact["p"], abs=0.03)


def test_groups_that_cannot_be_compared():
    one = pd.DataFrame({"doc_id": list("abcd"), "province": ["x"] * 4})
    assert np.isnan(group_test(PAIRED, one)["p"])
    with pytest.raises(ValueError, match="gives no province for b, c, d"):
        group_test(PAIRED, one.head(1))
