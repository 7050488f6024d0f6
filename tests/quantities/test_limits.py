"""How hard a target is worded, how it is counted, what confines a number."""

import pytest

from ipcompare import clause_table, extract_targets
from ipcompare.corpus import Document
from ipcompare.data import read_toml
from ipcompare.quantities.hardness import cues
from ipcompare.quantities.limits import LIMITS, cue_patterns
from ipcompare.text import fold_width


def targets(sentence):
    table = extract_targets(clause_table(Document("a", "一、目标\n（一）任务。" + sentence)))
    return table[table["kind"].isin(["target", "incentive"])]


def read(column, sentence):
    return list(targets(sentence)[column].fillna(""))


ENTRIES = [
    pytest.param(column, entry, id=f"{column}-{entry['name']}")
    for column in ("counting", "proviso")
    for entry in read_toml(LIMITS)[column]
]


@pytest.mark.parametrize(("column", "entry"), ENTRIES)
def test_each_cue_reads_its_example_and_leaves_its_counter_example(column, entry):
    if column == "proviso":
        read_in = lambda sentence: "".join(read("proviso", sentence))  # noqa: E731
        assert read_in(entry["example"]) and not read_in(entry["counter_example"])
    else:
        assert entry["name"] in read(column, entry["example"])
        assert entry["name"] not in read(column, entry["counter_example"])


@pytest.mark.parametrize(("value", "example", "counter"), [(v, e, c) for v, _, e, c in cues()])
def test_each_word_of_hardness_reads_its_example(value, example, counter):
    assert value in read("hardness", f"{example}。")
    assert value not in read("hardness", f"{counter}。")


def test_a_threshold_is_printed_with_its_word():
    ((_, pattern),) = cue_patterns("threshold")
    (entry,) = read_toml(LIMITS)["threshold"]
    assert pattern.search(fold_width(entry["example"]))
    assert not pattern.search(fold_width(entry["counter_example"]))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("机构达到5家，商标不少于30件。", ["", ""]),
        ("力争到2025年，机构达到5家，商标达到30件。", ["strived_for", "strived_for"]),
        (
            "选择9家企业开展试点，力争5家企业通过认证，建成站点3个。",
            ["", "strived_for", ""],
        ),
        ("确保机构达到5家；商标达到30件。", ["ensured", ""]),
    ],
)
def test_a_cue_holds_for_its_segment_or_where_a_year_follows_for_all(sentence, expected):
    assert read("hardness", sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("选择100家骨干企业，开展优势企业培育。", ["selected"]),
        (
            "培育甲级企业10家，乙级企业20家，丙级企业总数达到50家。",
            ["cultivated", "cultivated", "total"],
        ),
        ("培育企业9家，其中新增乙级4家。", ["cultivated", "added"]),
        ("专利申请量年均增长15%，商标年增长10%。", ["yearly_average", "per_year"]),
        ("办理案件数量5件。", [""]),
    ],
)
def test_a_number_is_counted_as_its_own_verb_says(sentence, expected):
    assert read("counting", sentence) == expected


def test_limits_of_one_payment_are_not_those_of_another():
    said = "对单个项目，经评审认定，给予10万元资助；对甲市企业给予20万元一次性奖励，同一申请人年度累计不超过50万元。"
    assert read("proviso", said) == ["单个；经评审认定", "一次性", "同一申请人年度累计"]
