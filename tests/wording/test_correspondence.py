"""Measures side by side, and the provisions in which passages stand."""

import numpy as np
from tables import clause, clause_rows, match_rows

from ipcompare.frames import leaf_provisions
from ipcompare.wording.correspondence import (
    correspondence_table,
    corresponding_pairs,
    locate_passages,
)

SMALL = clause_rows(
    *(clause(doc_id, path, pinpoint=pinpoint, heading=heading) for doc_id, path, pinpoint, heading in [
        ("a", "1", "一", "甲一"), ("a", "2", "二", "甲二"), ("b", "1", "一", "乙一"),
        ("b", "2", "二", "乙二"), ("c", "1", "一", "丙一"),
    ])
)  # fmt: skip


def small_matches(*pairs):
    return match_rows(*((a, b, score) for x, y, score in pairs for a, b in ((x, y), (y, x))))


def table_of(*pairs, mutual=True, **options):
    matches = small_matches(*pairs).assign(mutual=mutual)
    return correspondence_table(SMALL, matches=matches, **options)


def cells(table):
    return table[["a", "b", "c"]].fillna("").to_numpy().tolist()


def test_a_row_holds_what_is_linked_to_all_of_it():
    pairs = [("a#1", "b#1", 0.9), ("a#1", "c#1", 0.5), ("b#1", "c#1", 0.3)]
    table = table_of(*pairs)
    assert cells(table)[0] == ["一 甲一", "一 乙一", "一 丙一"]
    assert np.isclose(table["score"][0], (0.9 + 0.5 + 0.3) / 3)
    assert table["name"][0] == "甲一"  # 0.9 + 0.5, the most like the others
    assert table["n_document"].tolist() == [3, 1, 1]


def test_a_provision_may_stand_in_two_rows():
    # b#1 and c#1 are not linked: two rows share a#1.
    table = table_of(("a#1", "b#1", 0.9), ("a#1", "c#1", 0.5))
    assert cells(table)[:2] == [["一 甲一", "一 乙一", ""], ["一 甲一", "", "一 丙一"]]


def test_what_is_not_first_for_each_other_needs_a_higher_score():
    pair = [("a#1", "b#1", 0.3)]
    assert table_of(*pair)["n_document"].max() == 2
    linked = correspondence_table(SMALL, matches=small_matches(*pair).assign(mutual=False))
    assert linked["n_document"].max() == 1
    assert linked.loc[0, ["match_id", "match_score"]].tolist() == ["b#1", 0.3]
    above = small_matches(("a#1", "b#1", 0.4)).assign(mutual=False)
    assert correspondence_table(SMALL, matches=above)["n_document"].max() == 2


def test_only_provisions_of_one_type_are_laid_side_by_side():
    rows = clause_rows(
        clause("a", "1", heading="主要目标", pinpoint="一"),
        clause("b", "1", heading="推广贯标", pinpoint="一"),
    )
    table = correspondence_table(rows, matches=small_matches(("a#1", "b#1", 0.9)))
    assert table["type"].tolist() == ["goal", "specific"]
    assert table["n_document"].tolist() == [1, 1] and table["match_id"].tolist() == ["b#1", "a#1"]


def test_pairs_are_those_of_the_rows():
    matches = small_matches(("a#1", "b#1", 0.9), ("a#1", "c#1", 0.5))
    found = corresponding_pairs(SMALL, matches=matches)
    assert found == {("a#1", "b#1"), ("b#1", "a#1"), ("a#1", "c#1"), ("c#1", "a#1")}


def test_every_provision_of_the_corpus_stands_in_a_row(study):
    table = correspondence_table(study.clauses, matches=study.all_matches)
    shown = table[list(study.corpus.table["doc_id"])].stack().dropna()
    leaves = leaf_provisions(study.clauses)
    assert shown.nunique() >= leaves["pinpoint"].nunique()
    for doc_id, pinpoints in leaves.groupby("doc_id", observed=True)["pinpoint"]:
        for pinpoint in pinpoints:
            assert shown.xs(doc_id, level=1).str.startswith(pinpoint).any()
    alone = table[table["n_document"] == 1]
    assert alone["match_id"].notna().all()  # "only here" is never said without the nearest


def test_a_passage_is_located_in_both_texts(study):
    located = locate_passages(study.passages, study.clauses)
    copied = located[located["text_a"].str.contains("建立重大经济活动知识产权评议制度")].iloc[0]
    assert (copied["pinpoint_a"], copied["pinpoint_b"]) == ("二、（三）", "四、（十六）")
    assert list(located.columns[:4]) == ["doc_a", "pinpoint_a", "start_a", "end_a"]
