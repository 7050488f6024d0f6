"""Measures side by side, and the provisions in which passages stand."""

import numpy as np
from tables import clause, clause_rows, match_rows

from ipcompare.frames import leaf_provisions
from ipcompare.wording.correspondence import correspondence_table, locate_passages
from ipcompare.wording.coverage import MATCH_THRESHOLD

SMALL = clause_rows(
    *(clause(doc_id, path, pinpoint=pinpoint, heading=heading) for doc_id, path, pinpoint, heading in [
        ("a", "1", "一", "甲一"), ("a", "2", "二", "甲二"), ("b", "1", "一", "乙一"),
        ("b", "2", "二", "乙二"), ("c", "1", "一", "丙一"),
    ])
)  # fmt: skip


def small_matches(*pairs):
    return match_rows(*((a, b, score) for x, y, score in pairs for a, b in ((x, y), (y, x))))


def test_measures_by_hand():
    matches = small_matches(("a#1", "b#1", 0.9), ("a#1", "c#1", 0.5), ("b#1", "c#1", 0.3))
    table = correspondence_table(SMALL, matches, threshold=0.4)
    # c#1 joins on the mean of 0.5 and 0.3; a#2 and b#2 match nothing.
    assert table["a"].fillna("").tolist() == ["一 甲一", "二 甲二", ""]
    assert table["b"].fillna("").tolist() == ["一 乙一", "", "二 乙二"]
    assert table["c"].fillna("").tolist() == ["一 丙一", "", ""]
    assert table["n_document"].tolist() == [3, 1, 1]
    assert np.isclose(table["score"][0], (0.9 + 0.5 + 0.3) / 3) and table["score"][1:].isna().all()


def test_a_second_provision_of_a_document_joins_the_cell():
    matches = small_matches(("a#1", "b#1", 0.9), ("a#2", "b#1", 0.6))
    table = correspondence_table(SMALL, matches, threshold=0.4)
    assert table["a"][0] == "一 甲一；二 甲二" and table["b"][0] == "一 乙一"


def test_nothing_matches_from_above_one():
    matches = small_matches(("a#1", "b#1", 0.9))
    table = correspondence_table(SMALL, matches, threshold=1.01)
    assert table["n_document"].tolist() == [1] * 5


def test_every_provision_stands_in_one_cell_of_the_corpus(study):
    matches = study.all_matches
    table = correspondence_table(study.clauses, matches, threshold=MATCH_THRESHOLD)
    cells = table[list(study.corpus.table["doc_id"])].stack().dropna().str.split("；")
    n = sum(len([c for c in cell if c]) for cell in cells)
    assert n >= len(leaf_provisions(study.clauses))  # a heading may itself hold ；
    assert (table["n_document"] >= 1).all()


def test_a_passage_is_located_in_both_texts(study):
    located = locate_passages(study.passages, study.clauses)
    copied = located[located["text_a"].str.contains("建立重大经济活动知识产权评议制度")].iloc[0]
    assert (copied["pinpoint_a"], copied["pinpoint_b"]) == ("二、（三）", "四、（十六）")
    assert list(located.columns[:4]) == ["doc_a", "pinpoint_a", "start_a", "end_a"]
