"""The tables that count, worked by hand on two small texts."""

from ipcompare.citations import document_table
from ipcompare.corpus import Corpus, Document
from ipcompare.study import Study, document_summary

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
STUDY = Study(CORPUS)
CLAUSES = STUDY.clauses


def test_a_document_in_one_row():
    table = document_summary(STUDY)
    counts = table[["doc_id", "title", "n_provision", "n_target", "n_incentive", "closest"]]
    assert counts.fillna("").values.tolist() == [
        ["jia", "甲市方案", 4, 2, 1, "yi"],
        ["yi", "", 2, 1, 0, "jia"],
    ]
    assert table["similarity"].nunique() == 1


def test_a_document_with_its_citation():
    table = document_table(CORPUS)
    assert table["citation"].tolist() == ["甲市方案[Z].", "[无题名政策文件][Z]."]


def test_the_only_document_has_no_closest_one():
    row = document_summary(Study(Corpus(CORPUS.documents[:1]))).iloc[0]
    assert row[["closest", "similarity"]].isna().all() and row["n_target"] == 2


def test_of_many_texts_passages_begin_at_wording_that_few_share():
    common, rare = (
        "支持企业开展专利导航和高价值专利培育布局工作",
        "定期发布集成电路布图设计登记指引",
    )
    own = ["".join(chr(ord("一") + 97 * n + 7 * k) for k in range(8)) for n in range(60)]
    texts = [f"一、甲\n{common}{words}。" for words in own]
    texts[3] += f"\n二、丑\n{rare}。"
    texts[8] += f"\n二、寅\n{rare}。"
    study = Study(Corpus(tuple(Document(f"d{n:02}", text) for n, text in enumerate(texts))))
    assert [tuple(row) for row in study.passages[["doc_a", "doc_b"]].to_numpy()] == [("d03", "d08")]
    assert study.linked_pairs == [("d03", "d08")]
    assert set(study.reuse["other_id"].dropna()) == {"d03", "d08"}
    few = Study(Corpus(study.corpus.documents[:40]))
    assert few.linked_pairs is None and len(few.passages) > 700
