"""Who names whom, what an older text of the corpus holds already, and reference texts: invented."""

import hashlib

import pandas as pd
import pytest

import ipcompare as ipc
from ipcompare.checks.problems import corpus_problems
from ipcompare.corpus import Corpus, Document
from ipcompare.facts.sentences import finding
from ipcompare.study import Study, document_summary
from ipcompare.wording.common_source import is_older, sources_of
from ipcompare.wording.novelty import source_of

FIRST = "建立重点产业专利预警机制，定期发布预警分析报告"  # 22 characters without the comma
SECOND = "支持骨干龙头企业组建专利联盟和专利池，开展集中运营"  # 24
NATION, A, B = (
    Document(
        "nation", f"一、任务\n（一）预警。{FIRST}。\n", title="国务院关于加强专利预警的意见",
        doc_number="国发〔2015〕1号", level="country", date_issued="2015-03-01", use="reference",
    ),
    Document(
        "a", f"一、任务\n（一）机制。{FIRST}。{SECOND}。\n", title="甲市方案", level="city",
        province="丙省", date_issued="2016",
    ),
    Document(
        "b", f"一、任务\n（一）措施。{FIRST}。\n（二）联盟。{SECOND}。\n", title="乙市方案",
        level="city", province="丙省", date_issued="2017-05",
    ),
)  # fmt: skip
CORPUS = Corpus((NATION, A, B))


def with_(document, **values):
    return Document(**{**document.__dict__, **values})


def shared(*documents):
    table = ipc.shared_passages(Corpus(documents))
    return table.set_index("text_a")


@pytest.mark.parametrize(
    ("one", "other", "older"),
    [
        ("2016-04-20", "2017-09-30", True),
        ("2017-09-30", "2016", False),
        ("2017", "2017-09-30", False),  # it may be of December
        ("2017-09-30", "2017-09-30", False),
        (None, "2017-09-30", False),
        ("2016", None, False),
    ],
)
def test_a_text_is_older_only_where_both_dates_say_so(one, other, older):
    assert is_older(with_(A, date_issued=one), with_(B, date_issued=other)) is older


def test_a_passage_of_an_older_reference_text_is_marked_as_from_it():
    found = shared(NATION, A, B)
    both = found[(found["doc_a"] == "a") & (found["doc_b"] == "b")]
    assert both.loc[FIRST, "common_source"] == "nation"
    assert pd.isna(both.loc[SECOND, "common_source"])
    assert found[found["doc_a"] == "nation"]["common_source"].isna().all()  # nothing is older


@pytest.mark.parametrize(
    "change", [{"use": None}, {"date_issued": None}, {"date_issued": "2016-12"}]
)
def test_what_is_no_source_or_not_known_to_be_older_marks_nothing(change):
    assert shared(with_(NATION, **change), A, B)["common_source"].isna().all()


def test_a_parent_is_a_source_without_being_for_reference_only():
    parent = with_(NATION, use=None)
    child = with_(A, parent="nation")
    assert sources_of(child, B, (parent, child, B)) == ["nation"]
    assert sources_of(A, B, (parent, A, B)) == []


def test_shares_are_given_net_of_the_source():
    table = ipc.reuse_shares(ipc.shared_passages(CORPUS), CORPUS).set_index(["doc_id", "other_id"])
    row = table.loc[("a", "b")]
    # 任务 2, 机制 2, the two passages 22 and 24
    assert (row.n_chars, row.n_shared) == (50, 46)
    assert (row.share_own, row.share_net) == (46 / 50, 24 / 50)
    assert pd.isna(table.loc[("a", "nation"), "share_net"])  # no source is older
    assert "nation" not in table.index.get_level_values("doc_id")


def test_without_a_source_nothing_is_netted_out_and_nothing_is_said():
    two = Corpus((A, B))
    assert ipc.reuse_shares(ipc.shared_passages(two), two)["share_net"].isna().all()


def test_a_text_that_names_the_other_says_where_wording_may_come_from():
    text = "为贯彻落实《国务院关于加强专利预警的意见》（国发〔2015〕1号），制定本方案。\n" + A.text
    found = shared(NATION, with_(A, text=text))
    assert found["named"].tolist() == ["nation"]
    assert shared(NATION, A)["named"].isna().all()
    table = ipc.reuse_shares(ipc.shared_passages(CORPUS), CORPUS)
    assert table["named"].isna().all()


def test_between_two_reference_texts_nothing_is_reported():
    found = ipc.shared_passages(Corpus((NATION, with_(NATION, doc_id="again"), A)))
    assert set(zip(found["doc_a"], found["doc_b"], strict=True)) == {
        ("nation", "a"),
        ("again", "a"),
    }


# A study with a reference text -----------------------------------------------------------------

STUDY = Study(CORPUS)


def test_a_reference_text_is_compared_with_and_not_reported_on():
    assert list(STUDY.zh) == [d.doc_id for d in STUDY.corpus.documents] == ["a", "b"]
    assert set(STUDY.clauses["doc_id"]) == set(STUDY.similarity.index) == {"a", "b"}
    assert document_summary(STUDY)["doc_id"].tolist() == ["a", "b"]
    assert set(STUDY.compared["doc_id"]) == {"nation", "a", "b"}
    assert "nation" in set(STUDY.passages["doc_a"])
    assert STUDY.zh.get("nation") == "nation"  # it can be named
    assert set(STUDY.with_references.similarity.index) == {"nation", "a", "b"}
    two = Study(Corpus((A, B)))
    assert two.with_references is two


def test_a_corpus_for_reference_only_is_refused(tmp_path):
    for name in ("jia", "yi"):
        (tmp_path / "texts").mkdir(exist_ok=True)
        (tmp_path / "texts" / f"{name}.txt").write_text(A.text, encoding="utf-8")
    sha = hashlib.sha256(A.text.encode()).hexdigest()
    rows = "".join(f"{n},texts/{n}.txt,{sha},reference\n" for n in ("jia", "yi"))
    (tmp_path / "documents.csv").write_text("doc_id,file,sha256,use\n" + rows, encoding="utf-8")
    with pytest.raises(ipc.CorpusError, match="every text is for reference only"):
        ipc.read_corpus(tmp_path)


def test_the_check_says_which_texts_are_for_reference_and_whether_they_help():
    undated = Corpus((with_(NATION, date_issued=None), A, B))
    study = Study(undated)
    problems = corpus_problems(undated, study.compared, study.targets, study.unaligned)
    own = set(problems.loc[problems["doc_id"] == "nation", "problem"])
    assert {"reference", "undated_reference"} <= own
    assert not {"reference", "undated_reference"} & set(
        problems.loc[problems["doc_id"] != "nation", "problem"]
    )


def test_novelty_beside_parents_and_peers():
    child = with_(A, parent="nation")
    table = Study(Corpus((NATION, child, B))).novelty.set_index("clause_id")
    assert table.index.tolist() == ["a#1.1", "b#1.1", "b#1.2"]
    own = table.loc["a#1.1"]
    assert own["parent_match_id"] == "nation#1.1" and 0 < own["from_parents"] < 1
    assert table.loc["b#1.1", ["from_parents", "parent_match_id"]].isna().all()  # it has none
    peers = table.loc["b#1.1"]
    assert peers["peer_match_id"] == "a#1.1" and peers["from_all"] <= peers["from_peers"]


def test_the_same_provision_is_not_new_at_all():
    twin = with_(B, doc_id="c", text=A.text)
    table = Study(Corpus((A, twin))).novelty
    assert table["from_peers"].tolist() == [0, 0] and table["from_parents"].isna().all()


def test_the_parts_of_a_text_by_where_they_stand_make_one_whole():
    table = STUDY.reproduction.set_index(["doc_id", "source"])
    own = table.loc["a"]
    assert own.loc["national", "n_char"] == 22  # FIRST, which b has, too
    assert own.loc["peer", "n_char"] == 24 and own.loc["nowhere", "n_char"] == 4
    assert own["share"].sum() == pytest.approx(1)
    assert pd.isna(own.loc["provincial", "n_char"]) and own.loc["provincial", "n_text"] == 0


@pytest.mark.parametrize(
    ("own", "other", "source"),
    [
        ({"level": "city", "province": "丙省"}, {"level": "country"}, "national"),
        ({"level": "city", "province": "丙省"}, {"level": "province", "jurisdiction": "丙省"},
         "provincial"),
        ({"level": "city", "province": "丙省"}, {"level": "province", "jurisdiction": "丁省"},
         "elsewhere"),
        ({"level": "city"}, {"level": "city"}, "peer"),
        ({"level": "province"}, {"level": "city"}, "elsewhere"),
        ({}, {}, "elsewhere"),
    ],
)  # fmt: skip
def test_what_another_text_is_to_a_text(own, other, source):
    assert source_of(Document("x", "", **own), Document("y", "", **other)) == source


# What the findings say --------------------------------------------------------------------------


def test_direction_is_said_only_with_a_name_or_a_source():
    plain = str(finding("reuse", Study(Corpus((A, B)))))
    assert "共有文字不说明谁取自谁" in plain and "扣除" not in plain
    netted = str(finding("reuse", STUDY))
    assert "扣除更早的共同来源后至多 48%" in netted and "不说明谁取自谁" not in netted


def test_documents_followed_and_not_in_the_corpus_are_named():
    text = "根据《关于开展专利导航的通知》（丙政〔2018〕3号），制定本方案。\n" + A.text
    outside = Study(Corpus((with_(A, text=text), B)))
    said = str(finding("sources", outside))
    assert "丙政〔2018〕3号" in said and "甲市" not in said
    assert finding("sources", STUDY) is None


def test_the_five_texts_follow_documents_that_the_corpus_does_not_hold(study):
    said = str(finding("sources", study))
    for number in (
        "国发〔2015〕71号",
        "豫政〔2017〕17号",
        "辽政发〔2016〕45号",
        "财办建〔2017〕35号",
    ):
        assert number in said
    assert "管理规范" not in said  # a standard that one provision carries out
