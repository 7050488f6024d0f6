"""A quantity reads the same wherever it is printed; every form worked out by hand."""

from types import SimpleNamespace

import pandas as pd
import pytest

from ipcompare.quantities.printed import (
    in_brackets,
    printed_money,
    printed_quantity,
    printed_target,
    unit_in_head,
)

USUAL = {
    "low": 12.0, "high": 12.0, "comparator": "=", "unit": "件", "per_year": False,
    "measure": "level", "each": "", "deadline": pd.NA, "flag": "",
    "horizon_note": "", "horizon_year": pd.NA,
}  # fmt: skip


def row(value=12.0, unit="件", **more):
    return SimpleNamespace(**{**USUAL, "low": value, "high": value, "unit": unit, **more})


@pytest.mark.parametrize(
    ("printed", "zh", "en"),
    [
        (row(), "12 件", "12"),
        (row(12.0, "件/万人", comparator=">="), "≥ 12 件/万人", "≥ 12 per 10k people"),
        (row(2.88, "%", comparator="~"), "约 2.88%", "about 2.88%"),
        (row(110000.0, flag="scope: 市区"), "110000 件*", "110,000*"),
        (row(20.0, "家", high=30.0, comparator="range"), "20–30 家", "20–30"),
        (row(15.0, "%", per_year=True, measure="growth", counting="yearly_average"), "年均 15%", "15% a year on average"),
        (row(15.0, "%", per_year=True, measure="growth", comparator=">"), "每年 > 15%", "> 15% each year"),
        (row(15.0, "%", per_year=True, measure="share"), "15%", "15%"),
        (row(20.0, "万元", per_year=True, comparator="<="), "≤ 20 万元/年", "≤ 200,000 yuan a year"),
        (row(0.4, "万元", each="件"), "4000 元/件", "4,000 yuan each"),
        (row(1.0, "亿元", high=20.0, comparator="range"), "1–20 亿元", "100 million–2 billion yuan"),
    ],
)  # fmt: skip
def test_in_the_unit_of_the_indicator(printed, zh, en):
    assert (printed_quantity(printed), printed_quantity(printed, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("printed", "zh", "en"),
    [
        (row(comparator=">=", deadline=2026), "≥ 12 (2026)", "≥ 12 (2026)"),
        (row(110000.0, flag="joint: 商标", deadline=2020), "110000* (2020)", "110,000* (2020)"),
        (row(per_year=True), "12/年", "12/yr"),
        (row(12.0, "%", per_year=True, measure="growth"), "每年 12", "12/yr"),
        (row(3.0, "亿元"), "3", "3"),
    ],
)
def test_where_the_unit_stands_in_the_head(printed, zh, en):
    options = {"unit": False, "short": True}
    assert printed_target(printed, **options) == zh
    assert printed_target(printed, "en", **options) == en


def test_short_english_has_no_word_for_yuan():
    paid = row(20.0, "万元", comparator="<=", per_year=True)
    assert printed_quantity(paid, "en", short=True) == "≤ 200,000/yr"
    assert printed_quantity(paid, "zh", short=True) == "≤ 20 万元/年"
    assert printed_quantity(row(30.0, "年"), "en", short=True) == "30 years"


def test_in_the_words_of_the_text():
    written = SimpleNamespace(comparator=">=", number="1000", unit="万元")
    assert printed_quantity(written) == printed_quantity(written, "en") == "≥ 1000万元"
    written = SimpleNamespace(comparator="~", number="三分之一", unit="")
    assert [printed_quantity(written, lang) for lang in ("zh", "en")] == [
        "约 三分之一",
        "about 三分之一",
    ]


def test_a_star_for_every_remark_and_none_in_a_sentence():
    for flag in (
        "scope: 重点产业",
        "joint: 交易量",
        "variant: 新增",
        "unit: 家次",
        "wording: a#1@2",
    ):
        assert printed_target(row(flag=flag)) == "12 件*"
    assert printed_quantity(row(flag="scope: 重点产业"), star=False) == "12 件"


def test_year_and_limits_stand_in_one_bracket():
    assert (
        printed_target(row(deadline=2020), limits=["市级", "含商标"])
        == "12 件 (2020；市级；含商标)"
    )
    assert printed_target(row(deadline=2020), "en", limits=["市级"]) == "12 (2020; 市级)"
    assert printed_target(row()) == "12 件" and in_brackets([], "zh") == ""


def test_units_in_heads():
    names = [
        unit_in_head(unit, lang) for unit in ("家", "件/万人", "%", "亿元") for lang in ("zh", "en")
    ]
    assert names == ["家", "", "件/万人", "", "%", "%", "亿元", "100 million yuan"]


@pytest.mark.parametrize(
    ("yuan", "zh", "en"),
    [
        (1e3, "1000 元", "1,000"),
        (1e5, "10 万元", "100,000"),
        (1e7, "1000 万元", "10 million"),
        (1e9, "10 亿元", "1 billion"),
    ],
)
def test_money(yuan, zh, en):
    assert (printed_money(yuan, "zh"), printed_money(yuan, "en")) == (zh, en)
