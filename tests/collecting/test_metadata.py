"""What a text says of itself, and where."""

import pytest
from files import cases

from ipcompare.collecting import place_of, propose
from ipcompare.collecting.metadata import _pattern
from ipcompare.data import read_toml
from ipcompare.intake import Source
from ipcompare.text import fold_width


@pytest.mark.parametrize(
    "case", cases("metadata.csv"), ids=lambda c: f"{c['column']}: {c['text'][:20]}"
)
def test_a_column_is_proposed_with_its_place_or_left_empty(case):
    found = propose(Source(case["text"].replace("｜", "\n"), "text")).get(case["column"], ("", ""))
    assert found == (case["value"], case["place"])


RULES = {
    name: rule for name, rule in read_toml("intake/metadata.toml").items() if "pattern" in rule
}
WITHIN = (
    "country",
    "zone",
    "issuer_in_title",
    "validity",
    "implements",
)  # found at a start or inside


@pytest.mark.parametrize("name", RULES)
def test_each_rule_has_an_example_and_a_counter_example(name):
    pattern, rule = _pattern(name), RULES[name]
    find = (
        pattern.fullmatch
        if name not in WITHIN
        else pattern.search
        if name in WITHIN[3:]
        else pattern.match
    )
    assert find(fold_width(rule["example"])) and not find(fold_width(rule["counter_example"]))


def test_fields_of_a_page_stand_in_for_what_the_text_does_not_say():
    said = {
        "发文字号": "鹤政〔2021〕3号",
        "成文日期": "2021年3月5日",
        "og:title": "甲市方案_鹤壁市政府",
        "og:url": "https://a.example/1",
    }
    found = propose(Source("一、目标", "html", said=said))
    assert found["doc_number"] == ("鹤政〔2021〕3号", "page: 发文字号")
    assert found["date_issued"] == ("2021-03-05", "page: 成文日期")
    assert (
        found["title"] == ("甲市方案", "page: og:title")
        and found["url"].value == "https://a.example/1"
    )


@pytest.mark.parametrize(
    "name, near, adcode",
    [
        ("北京市朝阳区人民政府", "", "110105"),
        ("朝阳区人民政府", "长春市朝阳区", "220104"),
        ("朝阳区人民政府", "", None),
        ("西安市长安区财政局", "", "610116"),
        ("中共河南省委办公厅", "", "410000"),
        ("内蒙古自治区科学技术厅", "", "150000"),
        ("东莞市知识产权局", "", "441900"),
        ("济源市人民政府", "", "419001"),
        ("河南省未来县人民政府", "", None),
        ("河南省市场监督管理局", "", "410000"),
        ("鹤壁市城市管理局", "", "410600"),
        ("财政部", "", "100000"),
        ("科技局", "", None),
    ],
)
def test_a_place_is_told_by_the_name_of_its_organ(name, near, adcode):
    place = place_of(name, near)
    assert (place and place.adcode) == adcode
