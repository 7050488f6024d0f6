"""Words in place of a number: every wording by its example, lists, and the three states."""

import re

import pytest
from tables import clause, clause_rows, target, target_rows

from ipcompare.indicators.align import align_targets
from ipcompare.indicators.entries import rules
from ipcompare.indicators.in_words import qualitative_mentions, statements
from ipcompare.indicators.matrices import incentive_matrix
from ipcompare.indicators.provisos import provisos_of
from ipcompare.quantities.hardness import cues, hardness_of
from ipcompare.quantities.units import plain


@pytest.mark.parametrize("wording", rules().wordings, ids=lambda w: w.example)
def test_a_wording_finds_its_example_and_leaves_its_counter_example(wording):
    example = plain(wording.example.replace("【", "").replace("】", ""))
    of = plain(re.search("【(.+)】", wording.example)[1])
    assert wording.pattern.search(example)["of"].endswith(of)
    assert not wording.pattern.search(plain(wording.counter_example))


@pytest.mark.parametrize("proviso", rules().provisos, ids=lambda p: p.example)
def test_a_proviso_finds_its_example_and_leaves_its_counter_example(proviso):
    assert proviso.pattern.search(plain(proviso.example))
    assert not proviso.pattern.search(plain(proviso.counter_example))


@pytest.mark.parametrize(("value", "pattern", "example", "counter"), cues())
def test_hardness_by_example(value, pattern, example, counter):
    before = re.split(r"\d+(?![\d年])", example)[0]
    assert pattern.search(before) and hardness_of(before) == value
    assert hardness_of(counter.rpartition("。")[2]) is None


def test_hardness_is_of_the_number_that_follows():
    assert hardness_of("力争到2020年,培育企业") == "strived_for"
    assert hardness_of("力争培育5家,开展培训") is None
    assert hardness_of("力争居全国前列;每千名老人拥有社工") is None
    assert hardness_of("力争居全国前列,床位达到") is None
    assert hardness_of("力争用三年左右的时间,床位达到") == "strived_for"


def paid(text):
    found = qualitative_mentions(clause_rows(clause(body=text)))
    return list(zip(found["kind"], found["indicator"], found["words"], strict=True))


def test_a_list_speaks_of_each_of_its_items():
    assert paid("加大对中国专利奖、驰名商标和马德里商标国际注册等奖补力度。") == [
        ("incentive", "china_patent_award", "加大…奖补力度"),
        ("incentive", "trademark_award", "加大…奖补力度"),
        ("incentive", "madrid_aid", "加大…奖补力度"),
    ]


def test_an_amount_is_no_words_and_what_no_entry_claims_is_left_out():
    assert paid("对获得驰名商标的企业给予5万元奖励。") == []
    assert paid("对优秀员工给予适当奖励。") == []


def test_three_states():
    rows = [target("驰名商标", 10, "万元", doc_id="a", kind="incentive")]
    aligned = align_targets(target_rows(*rows, documents=["a", "b", "c"]))
    spoken = clause_rows(
        clause("b", body="对获得驰名商标的企业给予奖励。"), documents=["a", "b", "c"]
    )
    found = qualitative_mentions(spoken)
    states = statements(aligned, found).set_index("doc_id")["state"]
    assert states.to_dict() == {"a": "number", "b": "words", "c": "none"}
    assert list(incentive_matrix(aligned, qualitative=found).iloc[0]) == [
        "10 万元", "定性：给予奖励", "未见表述",
    ]  # fmt: skip


def test_provisos_stand_in_the_part_of_the_sentence_with_the_amount():
    quote = "对企业一次性给予10万元奖励；对园区经评审认定，给予50万元"
    row = {"kind": "incentive", "quote": quote, "number_start": quote.index("50")}
    assert provisos_of(row) == "经评审认定"
    assert provisos_of({**row, "number_start": quote.index("10")}) == "一次性"
    assert provisos_of({**row, "kind": "target"}) == ""


def test_a_proviso_limits_the_amount_that_it_stands_before():
    quote = "经评审认定，按费用的60%给予资助，每起不超过50万元，同一单位每年不超过100万元。"
    said = [
        provisos_of({"kind": "incentive", "quote": quote, "number_start": quote.index(number)})
        for number in ("60%", "50万", "100万")
    ]
    assert said == ["经评审认定", "经评审认定", "经评审认定、同一单位每年"]


def test_what_any_text_speaks_of_is_a_row_and_a_scheme_as_a_whole_is_none_of_its_own():
    aligned = align_targets(
        target_rows(target("中国专利奖金奖", 50, "万元", kind="incentive"), documents=["a", "b"])
    )
    words = clause("b", body="加大对中国专利奖、驰名商标等奖补力度。")
    said = qualitative_mentions(clause_rows(words, documents=["a", "b"]))
    found = statements(aligned, said).set_index(["indicator", "doc_id"])["state"]
    assert found.to_dict() == {
        ("china_patent_award.金奖", "a"): "number", ("china_patent_award.金奖", "b"): "words",
        ("trademark_award", "a"): "none", ("trademark_award", "b"): "words",
    }  # fmt: skip


def test_a_spoken_name_counts_only_where_no_number_stands():
    assert ("target", "rights_aid_stations", "全覆盖") in paid("实现园区知识产权维权援助全覆盖。")
    assert align_targets(target_rows(target("知识产权维权援助", 10, "个"))).empty


@pytest.mark.parametrize(
    "text",
    [
        "不再对国内发明专利授权给予资助。",
        "对国内发明专利授权，不再给予资助。",
        "停止对PCT国际专利申请的奖补，不再提高对中国专利奖的奖励标准。",
        "截至2023年，对获得驰名商标的企业给予奖励。",
    ],
)
def test_what_is_no_longer_given_or_was_given_is_no_promise(text):
    assert paid(text) == []
