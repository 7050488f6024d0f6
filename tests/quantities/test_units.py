"""Units: the rows of ``units.csv`` that are refused, and what is made of simple units by rule."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipcompare.data import RuleError
from ipcompare.quantities.finding import find_quantities
from ipcompare.quantities.units import (
    Unit,
    class_of,
    converted,
    parse_units,
    unit_name,
    unit_of,
    units,
)

ROW = {
    "unit": "件", "dimension": "count", "factor": "1", "numeral": "free", "not_before": "套 次",
    "en": "-", "per": "", "note": "",
}  # fmt: skip


def test_a_row_becomes_a_unit():
    assert parse_units([(2, ROW)]) == [Unit("件", "count", Fraction(1), "free", "套次")]
    (month,) = parse_units([(2, ROW | {"dimension": "duration", "factor": "1/12", "en": "months"})])
    assert (month.factor, month.unit_class, month.en) == (Fraction(1, 12), "time", "months")
    (mile,) = parse_units([(2, ROW | {"dimension": "size", "factor": "", "en": ""})])
    assert (mile.factor, mile.unit_class, mile.en) == (None, "size", "件")  # no English known


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({}, "the unit '件' is empty or stands twice"),
        ({"unit": " 《件》"}, "the unit '件' is empty or stands twice"),
        ({"unit": ""}, "the unit '' is empty or stands twice"),
        ({"unit": "斗", "factor": "ten"}, "the factor 'ten' is no number above 0"),
        ({"unit": "斗", "factor": "0"}, "the factor '0' is no number above 0"),
        ({"unit": "斗", "factor": "-1"}, "the factor '-1' is no number above 0"),
        ({"unit": "斗", "factor": "1/0"}, "the factor '1/0' is no number above 0"),
        ({"unit": "斗", "dimension": "thing"}, "dimension is 'thing', must be one of count, time,"),
        ({"unit": "斗", "dimension": ""}, "dimension is '', must be one of count, time,"),
        ({"unit": "斗", "numeral": "often"}, "numeral is 'often', must be one of free, plan, time"),
    ],
)
def test_a_bad_unit_is_refused_with_its_line(row, message):
    with pytest.raises(RuleError, match=f"^drafting/units.csv, line 3: {message}"):
        parse_units([(2, ROW), (3, ROW | row)])


@pytest.mark.parametrize("head", ["unit,class", ",".join(ROW) + "\n件,count"])
def test_a_file_with_other_columns_is_refused(head, monkeypatch):
    monkeypatch.setattr("ipcompare.data.data_text", lambda file: head)
    with pytest.raises(RuleError, match="^drafting/units.csv, line [12]: "):
        units.__wrapped__()


# --- what is made by rule ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "dimension", "factor", "subject", "note", "en"),
    [
        ("件", "count", 1, "", "", ""),
        ("万件", "count", 10**4, "", "", "10,000"),
        ("万余家", "count", 10**4, "", "", "10,000"),
        ("多人", "count", 1, "", "", ""),
        ("万人次", "count", 10**4, "", "人次", "10,000"),
        ("万辆", "count", 10**4, "", "", "10,000 辆"),
        ("件/年", "count", 1, "", "", ""),
        ("亿元/年", "money", 10**8, "", "", "100 million yuan"),
        ("万多亿元", "money", 10**12, "", "", "1,000,000 million yuan"),
        ("万元/件", "money", 10**4, "", "", "10,000 yuan"),
        ("件/万人", "count", 1, "万人", "", "per 10k people"),
        ("件/每万人", "count", 1, "万人", "", "per 10k people"),
        ("件/百万人", "count", Fraction(1, 100), "万人", "", "per 1 million people"),
        ("张/千人口", "count", 10, "万人口", "", "per 1k people"),
        ("件/万户", "count", 1, "万户", "", "per 10k businesses"),
        ("件/万人/年", "count", 1, "万人", "", "per 10k people"),
        ("个月", "duration", Fraction(1, 12), "", "", "months"),
        ("成", "percent", 10, "", "", "%"),
    ],
)
def test_a_unit_as_written(written, dimension, factor, subject, note, en):
    unit = unit_of(written)
    found = unit.dimension, unit.factor, unit.subject, unit.note, unit_name(written, "en")
    assert found == (dimension, factor, subject, note, en)
    assert (unit.name, unit_name(written)) == (written, written)


@pytest.mark.parametrize(
    "written",
    ["", "万", "光年", "公里", "万美元", "元/亩", "元/人", "元/万人", "件/人", "件/万家", "/万人", "万/人/年"],
)  # fmt: skip
def test_what_no_rule_gives_is_not_known(written):
    """元/人 and 元/万人 are no amounts that may stand beside others; 公里 has no factor."""
    assert unit_of(written) is None
    assert unit_name(written, "en") == written


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("万余家/年", ("count", True)),
        ("千瓦", ("size", True)),
        ("百分点", ("points", True)),
        ("个工作日", ("time", True)),
        ("人(次)", ("count", True)),
        ("元/(人·月)", ("money", True)),
        ("万/人/年", ("money", True)),
        ("/10万", ("percent", True)),
        ("万", ("count", True)),
        ("畦", ("count", False)),
    ],
)
def test_the_class_of_a_written_unit(written, expected):
    assert class_of(written) == expected


SIZES = {
    "": 1, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7,
    "亿": 10**8, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12,
}  # fmt: skip
PEOPLE = sorted(name for name, unit in units().items() if unit.per)
KNOWN = sorted(name for name, unit in units().items() if unit.factor)


@given(
    st.sampled_from(sorted(SIZES)),
    st.sampled_from(["", "余", "多", "来"]),
    st.sampled_from(KNOWN),
    st.sampled_from(["", "/年"]),
)
def test_a_compound_has_the_product_of_the_factors(size, more, name, tail):
    unit = unit_of(size + more + name + tail)
    assert unit.factor == SIZES[size] * units()[name].factor
    assert (unit.dimension, unit.note) == (units()[name].dimension, units()[name].note)
    assert class_of(size + more + name + tail) == (units()[name].unit_class, True)


@given(
    st.sampled_from([name for name in KNOWN if units()[name].dimension == "count"]),
    st.sampled_from(sorted(SIZES)),
    st.sampled_from(sorted(SIZES.keys() - {""})),
    st.sampled_from(PEOPLE),
)
def test_a_share_of_people_is_counted_out_in_ten_thousand(name, size, people, noun):
    unit = unit_of(f"{size}{name}/{people}{noun}")
    assert unit.factor * SIZES[people] == SIZES[size] * 10**4
    assert unit.subject == f"万{noun}"


@given(
    st.sampled_from(["", "万", "百万", "亿", "万亿"]),
    st.sampled_from([name for name in KNOWN if name != "月"]),  # 3月 is March
)
def test_what_is_made_by_rule_is_found_in_a_text(size, name):
    (found,) = find_quantities(f"数量不少于3{size}{name},")
    assert (found.low, found.unit) == (3, size + name)
    assert found.unit_class == units()[name].unit_class


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("耗电三百多千瓦时", "千瓦时"),
        ("一千余家", "家"),
        ("3万多亿元", "万亿元"),
    ],
)
def test_a_word_for_more(text, unit):
    assert [q.unit for q in find_quantities(text)] == [unit]


@given(st.floats(0.001, 1e9), st.sampled_from([("万元", "亿元"), ("万件", "件"), ("年", "个月")]))
def test_conversion_goes_there_and_back(value, pair):
    here, there = map(unit_of, pair)
    assert converted(converted(value, here, there), there, here) == pytest.approx(value, rel=1e-14)
