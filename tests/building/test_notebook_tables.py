"""The tables that the notebooks show, small ones by hand."""

import pandas as pd

import ipcompare as ipc
from ipcompare.corpus import Corpus, Document

TEXT = "一、目标\n到2020年，有效注册商标达到{n}件。\n二、措施\n（一）加强保护。{more}"


def study(*texts, **about):
    documents = (Document(f"d{n}", words, **about) for n, words in enumerate(texts))
    return ipc.Study(Corpus(tuple(documents)))


def test_without_phrases_is_a_column_beside_the_scores():
    made = study(TEXT.format(n=1, more="高度重视专利。"), TEXT.format(n=2, more="高度重视商标。"))
    pairs = ipc.pair_robustness(made.clauses, draws=5, scores=made.specified)
    found = ipc.checks.without_phrases(pairs, made.clauses)
    assert list(found.columns) == [*pairs.columns, "without_phrases"]
    plain = ipc.document_similarity(ipc.wording.without_set_phrases(made.clauses))
    assert found["without_phrases"].tolist() == [plain.loc["d0", "d1"]]


def test_given_scores_are_used_and_give_the_same():
    made = study(
        *(TEXT.format(n=n, more=f"推进{w}。") for n, w in enumerate(("专利", "商标", "版权")))
    )
    anew = ipc.checks.similarity_robustness(made.clauses)
    pd.testing.assert_frame_equal(made.specifications, anew)
    pd.testing.assert_frame_equal(made.pairs, ipc.pair_robustness(made.clauses))
    none = made.specified * 0
    assert ipc.checks.similarity_robustness(made.clauses, scores=none)["highest"].max() == 0


def test_measures_with_matches_at_hand_are_the_same():
    made = study(TEXT.format(n=1, more=""), TEXT.format(n=2, more=""))
    pd.testing.assert_frame_equal(ipc.wording.correspondence_table(made.clauses), made.measures())


def test_weakest_matches_carry_their_headings():
    made = study("一、推广贯标。开展培训。\n二、质押融资。扩大贷款。", "一、推广贯标。组织培训。")
    found = ipc.study.weakest_matches(made, top=1).iloc[0]
    headings = made.clauses.set_index("clause_id")["heading"]
    assert found["heading"] == headings[found["clause_id"]] == "推广贯标"
    assert found["match_heading"] == headings[found["match_id"]] == "推广贯标"
    closest = ipc.study.closest_matches(made)
    assert found["score"] == closest["score"].min()


def test_rows_that_two_texts_state_and_rows_that_contradict():
    more = "\n（二）到2020年，有效注册商标达到5件，专利导航项目达到20项。"
    made = study(TEXT.format(n=1, more=more), TEXT.format(n=2, more=""))
    several = ipc.indicators.stated_by_several(made.aligned)
    assert set(several["indicator_zh"]) == {"有效注册商标总量"} and len(several) == 3
    differing = ipc.indicators.contradictions(made.aligned)
    assert differing["low"].tolist() == [1, 5] and set(differing["doc_id"]) == {"d0"}


def test_tests_by_province_and_level():
    """A permutation test takes eight texts; of these all stand in one group."""
    texts = [TEXT.format(n=n, more="") for n in range(8)]
    seven, eight = (study(*some, province="甲省", level="city") for some in (texts[:7], texts))
    assert ipc.checks.group_tests(seven.similarity, seven.corpus.table).empty
    found = ipc.checks.group_tests(eight.similarity, eight.corpus.table)
    assert found["by"].tolist() == ["province", "level"] and found["p"].isna().all()


def test_a_reason_is_for_one_place_and_one_wording(tmp_path):
    path = tmp_path / "reasons.csv"
    path.write_text(
        "doc_id,char_start,ours,reason\na,5,甲,漏了 left out\na,9,,没有 none\n", "utf-8"
    )
    columns = ["doc_id", "char_start", "ours"]
    rows = [("a", 5, "甲"), ("a", 5, "乙"), ("b", 5, "甲"), ("a", 9, None)]
    found = ipc.checks.with_reasons(pd.DataFrame(rows, columns=columns), path)
    unjudged = "未判读 not judged yet"
    assert found["reason"].tolist() == ["漏了 left out", unjudged, unjudged, "没有 none"]


def test_a_table_is_saved_and_shown(tmp_path, monkeypatch):
    monkeypatch.setenv("IPCOMPARE_OUTPUTS", str(tmp_path))
    frame = pd.DataFrame({"doc_id": ["d0"], "rank": [1], "unlike": ["level; no year"]})
    shown = ipc.show_table(frame, "comparable-targets", names={"d0": "甲 2017"}, lang="en")
    assert shown.iloc[0].tolist() == ["甲 2017", 1, "level; no year due on one side"]
    assert "d0,1,level; no year" in (tmp_path / "tables/comparable-targets.csv").read_text(
        "utf-8-sig"
    )
