"""Policy strength, worked by hand, and where it says nothing."""

import pandas as pd
import pytest
from codes import answers, coding, documents

from ipcompare.coding.strength import policy_strength, strength_note, strength_table

LAW = {"rank": "national_congress", "form": "law"}  # 5
ORDER = {"rank": "ministry", "form": "order"}  # 4
NOTICE = {"rank": "ministry", "form": "notice"}  # 1
CITY = {"rank": "local_government", "form": "opinion"}  # 3 of the local scale


def strength(*codes, **options):
    ids = [f"d{n}" for n in range(1, len(codes) + 1)]
    rows = [row for n, own in enumerate(codes, 1) for row in answers(f"i{n}", **own)]
    return policy_strength(coding(documents(*ids), {"a": rows}, **options))


def test_strength_is_force_times_measure():
    table = strength(LAW | {"measure": "2"}, ORDER | {"measure": "5"}, NOTICE | {"measure": "4"})
    assert table[["force", "measure_score", "policy_strength"]].values.tolist() == [
        [5, 2, 10], [4, 5, 20], [1, 4, 4],
    ]  # fmt: skip
    assert not table["degenerate"].any() and strength_note(table, "zh") == ""
    assert "force" in strength_table(table)


def test_where_all_have_one_force_it_is_left_out_and_said():
    table = strength(CITY | {"measure": "2"}, CITY | {"measure": "5"})
    assert table["degenerate"].all() and table["policy_strength"].tolist() == [2, 5]  # not 6 and 15
    assert strength_note(table, "en").startswith("Rank and form of all 2 texts score 3: strength")
    assert list(strength_table(table)) == ["doc_id", "part", "policy_strength", "reason"]


def test_other_ranks_and_forms_with_one_score_are_degenerate_as_well():
    other = {"rank": "local_department", "form": "notice"}  # 1, as a notice of a ministry
    table = strength(NOTICE | {"measure": "3"}, other | {"measure": "2"})
    assert table["degenerate"].all() and table["policy_strength"].tolist() == [3, 2]


def test_several_measures_of_a_document_have_a_row_each():
    rows = [*answers("i1", **LAW), ("i1", "p", "measure", "1"), ("i1", "q", "measure", "3")]
    rows += answers("i2", **NOTICE, measure="2")
    table = policy_strength(coding(documents("d1", "d2"), {"a": rows}))
    assert table[["doc_id", "part", "policy_strength"]].values.tolist() == [
        ["d1", "p", 5], ["d1", "q", 15], ["d2", "", 2],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("codes", "reason"),
    [
        (LAW, "measure"),
        ({"rank": "ministry", "measure": "3"}, "form"),
        ({"form": "law", "measure": "3"}, "rank"),
        ({"measure": "3"}, "rank; form"),
        ({"rank": "ministry", "form": "law", "measure": "3"}, "no force of ministry + law"),
        ({"rank": "ministry"}, "form; measure"),
    ],
)
def test_what_is_missing_makes_the_strength_missing_with_a_reason(codes, reason):
    row = strength(codes, LAW | {"measure": "1"}, ORDER | {"measure": "1"}).iloc[0]
    assert pd.isna(row["policy_strength"]) and row["reason"] == reason


def test_missing_strength_stays_missing_where_the_force_is_left_out():
    table = strength(CITY | {"measure": "2"}, {"rank": "ministry", "form": "law", "measure": "3"})
    assert table["policy_strength"].isna().tolist() == [False, True]
    assert strength_note(table, "en").endswith(
        "Rows without a strength, for something is missing: 1."
    )


def test_two_scales_are_said():
    table = strength(LAW | {"measure": "2"}, CITY | {"measure": "2"})
    assert strength_note(table, "zh") == "国家与地方两种量表的分值不可相比。"


@pytest.mark.parametrize(
    ("codes", "message"),
    [
        (LAW | {"measure": "6"}, "DIR: i1, measure: '6' is not one of 5, 4, 3, 2, 1"),
        ({"rank": "city", "form": "law", "measure": "1"}, "i1, rank: 'city' is not one of"),
        ({"tools": "tax"}, "DIR: no codes of rank, form and measure"),
    ],
)
def test_bad_codes_of_strength_are_refused(codes, message):
    with pytest.raises(ValueError, match=message):
        strength(codes)


def test_a_document_has_one_rank():
    rows = [("i1", "p", "rank", "ministry"), ("i1", "q", "rank", "state_council")]
    with pytest.raises(ValueError, match="DIR: i1 has two codes of rank"):
        policy_strength(coding(documents("d1"), {"a": rows}))
