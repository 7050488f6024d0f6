"""The tables that count, worked by hand on two small texts."""

import pandas as pd
import pytest

import ipcompare as ipc
from ipcompare.corpus import Corpus, Document

JIA = """一、目标
到2025年，有效注册商标达到3000件，每万人口发明专利拥有量达到5件。
二、保障
（一）加强领导。建立工作机制。（责任单位：市科技局、市财政局）
（二）加大奖励。对获得中国专利金奖的给予50万元奖励。（责任单位：市科技局）
"""
YI = """一、目标
到2025年，有效注册商标达到1.2万件。
二、保障
加强领导，建立工作机制。
"""
CORPUS = Corpus((Document("jia", JIA, title="甲市方案"), Document("yi", YI)))
CLAUSES = ipc.clause_table(CORPUS)
TARGETS = ipc.extract_targets(CLAUSES)
ALIGNED = ipc.align_targets(TARGETS)


def test_a_document_in_one_row():
    table = ipc.document_summary(CORPUS, CLAUSES, TARGETS, ipc.document_similarity(CLAUSES))
    counts = table[["doc_id", "title", "n_provision", "n_target", "n_incentive", "closest"]]
    assert counts.fillna("").values.tolist() == [
        ["jia", "甲市方案", 4, 2, 1, "yi"],
        ["yi", "", 2, 1, 0, "jia"],
    ]
    assert table["similarity"].nunique() == 1


def test_a_document_with_its_citation():
    table = ipc.document_table(CORPUS)
    assert table["citation"].tolist() == ["甲市方案[Z].", "[无题名政策文件][Z]."]


def test_the_only_document_has_no_closest_one():
    clauses = ipc.clause_table([CORPUS.documents[0]])
    similarity = ipc.document_similarity(clauses)
    alone = Corpus(CORPUS.documents[:1])
    row = ipc.document_summary(alone, clauses, TARGETS, similarity).iloc[0]
    assert row[["closest", "similarity"]].isna().all() and row["n_target"] == 2


def test_departments_named_most_often_come_first():
    assert ipc.department_table(CLAUSES).values.tolist() == [
        ["市科技局", 2, 2, 0],
        ["市财政局", 1, 1, 0],
    ]


def test_shared_and_unsaid_targets():
    (row,) = ipc.shared_targets(ALIGNED).to_dict("records")
    assert (row["unit"], row["n_text"], row["ratio"]) == ("件", 2, 4)
    assert (row["target_id"], row["lowest_target_id"]) == ("yi#1@1", "jia#1@1")
    assert (row["highest"], row["by"], row["lowest"], row["lowest_by"]) == (
        12000,
        "yi",
        3000,
        "jia",
    )
    assert ipc.unsaid_targets(ALIGNED)["n_unsaid"].tolist() == [0, 0]
    assert ipc.shared_targets(ALIGNED[ALIGNED["doc_id"] == "jia"]).empty


def test_a_document_without_a_number_says_what_it_leaves_open():
    goals = pd.DataFrame(
        [
            ("t", "甲", "A", "a"),
            ("t", "甲", "A", "b"),
            ("u", "乙", "B", "a"),
            ("u", "乙", "B", "c"),
        ],
        columns=["indicator", "indicator_zh", "indicator_en", "doc_id"],
    ).assign(
        theme="创造", unit="件", target_id="a#1@1", low=2.0, high=2.0, kind="target", headline=True
    )
    goals.attrs["doc_ids"] = ["a", "b", "c", "d"]
    assert ipc.unsaid_targets(goals).values.tolist() == [
        ["a", 0, "", ""],
        ["b", 1, "乙", "B"],
        ["c", 1, "甲", "A"],
        ["d", 2, "甲；乙", "A; B"],
    ]


def test_incentives_by_theme():
    assert ipc.incentive_themes(ALIGNED).values.tolist() == [["创造", 1, 0]]
    with pytest.raises(ValueError, match="align_targets"):
        ipc.incentive_themes(TARGETS)
