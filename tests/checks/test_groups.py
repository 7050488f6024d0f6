"""The permutation test of groups, worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from ipcompare.checks.groups import group_test, group_tests

IDS = list("abcdefgh")
GROUPS = pd.DataFrame({"doc_id": IDS, "province": list("xxxxyyyy"), "level": "city"})


def square(n=8, *, within=0.9, between=0.1):
    """The first half of the documents alike, and the second."""
    half = np.arange(n) < n / 2
    values = np.where(half[:, None] == half, within, between)
    return pd.DataFrame(values, index=IDS[:n], columns=IDS[:n])


def test_permutation_by_hand():
    found = group_test(square(), GROUPS)
    assert (found["n_within"], found["n_between"]) == (12, 16)
    assert found["within"] == pytest.approx(0.9) and found["between"] == pytest.approx(0.1)
    # Eight documents make 8! / (4! 4! 2) = 35 ways of two fours; this is the best of them.
    assert found["n_permutations"] == 40320 and found["exact"]
    assert found["p"] == found["p_least"] == pytest.approx(1 / 35)


def test_permutation_at_random_is_near_the_exact_one(monkeypatch):
    monkeypatch.setattr("ipcompare.checks.groups._EXACT", 0)
    drawn = group_test(square(), GROUPS, draws=4000)
    assert not drawn["exact"] and drawn["p"] == pytest.approx(1 / 35, abs=0.01)


def test_fewer_than_eight_texts_have_no_test_and_no_p():
    with pytest.raises(ValueError, match="7 documents; the test takes at least 8"):
        group_test(square(7), GROUPS)
    assert group_tests(square(7), GROUPS.head(7)).empty
    tests = group_tests(square(), GROUPS).set_index("by")
    assert tests["p"].notna().to_dict() == {"province": True, "level": False}  # of one level


def test_a_document_without_a_group_is_named_or_left_out():
    with pytest.raises(ValueError, match="gives no province for b, c"):
        group_test(square(), GROUPS.drop([1, 2]))
    unknown = GROUPS.assign(province=GROUPS["province"].where(GROUPS["doc_id"] != "a"))
    assert list(group_tests(square(), unknown)["by"]) == ["level"]
