"""What is suspicious in a corpus, found in texts made for it."""

import json

import pytest

from ipcompare.checks import problems_in_words
from ipcompare.corpus import Corpus, Document
from ipcompare.data import read_toml
from ipcompare.study import Study, sample_table

GOOD = (
    "甲市方案\n一、目标\n到2025年，有效注册商标达到3000件。\n二、措施\n"
    + "加强组织领导，统筹推进各项工作。" * 30
    + "\n"
)
KNOWN = {
    "title": "甲市方案", "doc_number": "甲政〔2021〕3号", "issuer": "甲市政府",
    "jurisdiction": "甲市", "adcode": "410600", "date_issued": "2021-03-05",
}  # fmt: skip


def problems(text, folder=None, **about):
    document = Document("d", text, file="texts/d.txt", **{**KNOWN, **about})
    return Study(Corpus((document,), folder)).problems


def test_a_good_text_has_none():
    assert (
        problems(GOOD + "（一）奖励。对中国专利金奖给予50万元奖励。\n")
        .query("problem != 'no_family'")
        .empty
    )


@pytest.mark.parametrize(
    "text, about, code, n, line",
    [
        ("只有一段文字。" * 60, {}, "no_provisions", 1, None),
        (GOOD + "\ufffd奖励\ufffd万元。", {}, "garbled", 2, 6),
        (GOOD + "商标\n3000\n4000\n5000\n专利\n", {}, "lone_numbers", 3, 7),
        (GOOD.replace("二、措施", "四、措施"), {}, "gap", 1, 4),
        (GOOD + "三、其他\n" + "加强组织领导，统筹推进各项工作" * 60 + "\n", {}, "endless", 1, 6),
        ("一、目标\n到2025年，商标达到3000件。\n", {}, "short", 21, 1),
        (GOOD + "三、其他\n改良草地30畦以上。\n", {}, "unknown_unit", 1, 7),
        (GOOD, {"date_issued": None, "doc_number": "令第3号"}, "no_year", 1, None),
        (GOOD, {"issuer": None, "title": None}, "no_metadata", 2, None),
        (GOOD + "—3—\n", {}, "cut_out", 1, 6),
    ],
)
def test_each_kind_is_found_with_its_count_and_line(text, about, code, n, line):
    row = problems(text, **about).set_index("problem").loc[code]
    assert row["n"] == n and (row["line"] == line if line else row["line"] is not None)
    assert row["severity"] == read_toml("words/problems.toml")[code]["severity"]


def test_numbering_that_starts_again_at_one_is_no_gap():
    assert "gap" not in set(problems(GOOD + "附件\n一、甲\n二、乙\n")["problem"])


def test_what_a_reader_left_out_is_told(tmp_path):
    (tmp_path / "originals").mkdir()
    apart = [["menu", "首页"], ["menu", "文件"], ["counter", "浏览次数：9"]]
    notes = ["1 of 3 pages are pictures without text (page 3)", "recognised from pictures (OCR, …)"]
    said = {"apart": apart, "notes": notes}
    (tmp_path / "originals/d.read.json").write_text(json.dumps(said), encoding="utf-8")
    found = problems(GOOD, tmp_path).set_index("problem")
    assert found.loc["pages_missing", "words"] == notes[0] and "recognised" in found.index
    row = found.loc["left_out"]
    assert row["n"] == 3 and row["words"] == "menu 2, counter 1"


def test_the_worst_come_first_and_each_is_said_with_its_cure_in_both_languages():
    found = problems("只有一段文字。\ufffd", title=None)
    assert list(found["severity"]) == sorted(found["severity"])
    said = problems_in_words(found)
    assert said["said"].iloc[0] == "没有认出一条编号条款"
    assert said["place"].iloc[1] == "texts/d.txt:1"
    assert said.map(str).ne("").all().all()


def test_every_problem_has_both_languages():
    for code, words in read_toml("words/problems.toml").items():
        assert len(words["said"]) == len(words["cure"]) == 2 and words["severity"] in (1, 2, 3), (
            code
        )


def test_a_sample_counts_what_was_found_in_each_text(study):
    sample = sample_table(study).set_index("doc_id")
    assert sample.loc["xinxiang-2024", ["n_provision", "n_target"]].tolist() == [40, 7]
    assert list(sample.index) == [document.doc_id for document in study.corpus.documents]
