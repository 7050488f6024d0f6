"""Families of targets and incentives that no entry of the data files knows."""

import pytest
from tables import target, target_rows

from ipcompare.indicators.families import suggest_indicators

DAYS = "空气质量优良天数比率"


def families(table, **options):
    found = suggest_indicators(table, **options)
    return [set(group["target_id"]) for _, group in found.groupby("family")]


def test_alike_names_of_two_texts_are_a_family():
    table = target_rows(
        target(DAYS, 85, "%", measure="share"),
        target("森林覆盖率", 30, "%", measure="share"),
        target("城市" + DAYS, 90, "%", measure="share", doc_id="b"),
    )
    found = suggest_indicators(table)
    assert list(found["target_id"]) == ["a#1@1", "b#1@3"]
    assert set(found["proposed"]) <= {DAYS, "城市" + DAYS} and set(found["family"]) == {1}
    assert list(found["value"]) == ["85%", "90%"]
    assert 0.45 < found["score"].min() <= 1


@pytest.mark.parametrize(
    "other",
    [
        {"doc_id": "a"},  # only one text
        {"measure": "growth"},
        {"unit": "个百分点"},
        {"kind": "incentive"},
        {"kind": "fact"},  # achieved is no goal
    ],
)
def test_what_is_not_comparable_is_no_family(other):
    usual = {"measure": "share", "doc_id": "b"} | other
    unit = usual.pop("unit", "%")
    table = target_rows(target(DAYS, 85, "%", measure="share"), target(DAYS, 90, unit, **usual))
    assert families(table) == []


def test_what_an_entry_knows_is_not_suggested():
    rows = [target("有效注册商标", 3000, "件", doc_id=doc_id) for doc_id in "ab"]
    assert families(target_rows(*rows)) == []


def test_units_of_one_dimension_go_together():
    rows = target("绿色贷款余额", 3, "亿元"), target("绿色贷款余额", 500, "万元", doc_id="b")
    assert families(target_rows(*rows)) == [{"a#1@1", "b#1@2"}]


@pytest.mark.parametrize("threshold", [0, 1, 28, float("nan")])
def test_a_threshold_is_a_share(threshold):
    with pytest.raises(ValueError, match="threshold is .*; it must (?:be a number|lie between)"):
        suggest_indicators(target_rows(target()), threshold=threshold)
