"""What a provision says in words, and the three states of a cell."""

import pandas as pd
import pytest
from tables import aligned, aligned_rows, clause, clause_rows

from ipcompare.indicators import (
    incentive_matrix,
    qualitative_mentions,
    rules,
    statements,
    target_matrix,
)

WORDINGS = [pytest.param(wording, id=wording.name) for wording in rules().wordings]


def said(*texts, **fields):
    """Indicator and words of every mention of some provisions of document a."""
    rows = [clause(path=str(n), body=text, **fields) for n, text in enumerate(texts, 1)]
    found = qualitative_mentions(clause_rows(*rows))
    return list(zip(found["indicator"], found["words"], strict=True))


@pytest.mark.parametrize("wording", WORDINGS)
def test_a_wording_reads_its_example_and_leaves_its_counter_example(wording):
    found = qualitative_mentions(clause_rows(clause(body=wording.example)))
    assert wording.kind in set(found["kind"])
    assert not said(wording.counter_example)


def test_a_list_speaks_of_each_scheme():
    found = said("加大对中国专利奖、地理标志、专利保险等奖补力度。")
    schemes = ["china_patent_award", "gi_award", "insurance_aid"]
    assert found == [(scheme, "加大…奖补力度") for scheme in schemes]


def test_what_stands_before_的_is_said_of_each_thing():
    found = said("对开展专利导航的园区和企业给予一定的经费支持。")
    assert [scheme for scheme, _ in found] == ["navigation_park_award", "navigation_project_aid"]


def test_full_aid_without_a_number_is_in_words():
    assert said("对企业专利保险的首件专利给予全额补贴。") == [("insurance_aid", "给予全额补贴")]


@pytest.mark.parametrize(
    "text",
    [
        "对通过贯标的企业给予5万元奖励。",
        "对通过贯标的企业给予奖励，每家5万元。",
        "截至目前，已培育一批知识产权运营机构。",
        "对侵权企业给予处罚。",
    ],
)
def test_a_number_the_past_and_a_fine_are_no_statement_in_words(text):
    assert not said(text)


def test_a_review_section_states_no_aim():
    assert said("培育一批知识产权运营机构。", heading="主要任务")
    assert not said("培育一批知识产权运营机构。", heading="工作回顾")


# ------------------------------------------------------------------ states

FIRMS = {"indicator_zh": "强企：国家级", "indicator_en": "Firms: national"}
BOTH = {"indicator_zh": "强企：国家级、省级", "indicator_en": "Firms: national and provincial"}


def words(indicator, doc_id, said="培育一批", kind="target"):
    row = dict(indicator=indicator, indicator_zh=indicator, indicator_en=indicator, theme="创造",
               kind=kind, doc_id=doc_id, clause_id=f"{doc_id}#2", words=said, quote=said,
               quote_start=0, words_start=0, words_end=len(said), char_start=50, char_end=54)  # fmt: skip
    return pd.DataFrame([row])


def states(table, spoken):
    found = statements(table, spoken)
    return {(row.indicator, row.doc_id): (row.state, row.stated_as) for row in found.itertuples()}


def test_a_cell_is_a_number_or_words_or_nothing_found():
    table = aligned_rows(aligned("A", "a"), documents=["a", "b", "c"])
    assert states(table, words("A", "b")) == {
        ("A", "a"): ("number", "A"), ("A", "b"): ("words", "A"), ("A", "c"): ("none", ""),
    }  # fmt: skip


def test_a_scheme_in_words_only_has_a_row():
    table = aligned_rows(aligned("A", "a"), documents=["a", "b"])
    found = states(table, words("B", "b", kind="incentive"))
    assert found["B", "a"] == ("none", "") and found["B", "b"] == ("words", "B")


def test_a_number_for_both_grades_is_no_silence_on_one():
    table = aligned_rows(
        aligned("firms.national", "a", 10.0, scope="国家级", **FIRMS),
        aligned("firms.national+provincial", "b", 30.0, scope="国家级、省级", **BOTH),
    )
    found = states(table, words("firms", "c").iloc[:0])
    assert found["firms.national", "b"] == ("number", "firms.national+provincial")
    assert found["firms.national+provincial", "a"] == ("number", "firms.national")
    matrix = target_matrix(table, lang="en").droplevel(0)
    assert list(matrix.loc["Firms: national"]) == ["10", "30 (national and provincial)"]


def test_words_without_grade_are_said_of_every_grade():
    table = aligned_rows(
        aligned("award.金奖", "a", 50.0, "万元", kind="incentive"), documents=["a", "b"]
    )
    said = words("award", "b", "加大…奖补力度", kind="incentive")
    matrix = incentive_matrix(table, qualitative=said)
    assert list(matrix.iloc[0]) == ["50 万元", "定性：加大…奖补力度"] and len(matrix) == 1


# ------------------------------------------------------------------ cells


def test_interim_targets_stand_before_the_final_one():
    table = aligned_rows(
        aligned("A", "a", 2.0, deadline=2017, headline=False), aligned("A", "a", 9.0, deadline=2020)
    )
    assert target_matrix(table).iat[0, 0] == "2 家 (2017)；9 家 (2020)"


def test_ways_of_counting_are_said_where_they_differ():
    total, added = {"counting": "total"}, {"counting": "added"}
    alike = aligned_rows(aligned("A", "a", **total), aligned("A", "b", **total))
    assert list(target_matrix(alike).iloc[0]) == ["5 家", "5 家"]
    mixed = aligned_rows(
        aligned("A", "a", **total), aligned("A", "b", hardness="strived_for", **added)
    )
    assert list(target_matrix(mixed).iloc[0]) == ["5 家 (总数)", "5 家 (新增；力争)"]


def test_a_rate_says_what_it_is_of_and_what_limits_it():
    paid = {"kind": "incentive", "proviso": "经认定；一次性"}
    table = aligned_rows(
        aligned("A", "a", 50.0, "%", wording="保费", **paid),
        aligned("A", "a", 20.0, "万元", comparator="<=", **paid),
    )
    assert incentive_matrix(table).iat[0, 0] == "50% (保费；经认定；一次性)，≤ 20 万元"
