"""Proper names: each pattern by its example, places by the list of GB/T 2260."""

import re

import pytest

from ipcompare.data import read_rows
from ipcompare.text import fold_width
from ipcompare.wording.proper_names import name_mask, names_place

ROWS = read_rows("wording/proper_names.csv", ("kind", "pattern", "example", "counter_example"))


def masked(text, **options):
    """The text with the characters of names struck out."""
    gone = name_mask(fold_width(text), **options)
    return "".join("_" if out else c for c, out in zip(text, gone, strict=True))


@pytest.mark.parametrize(("line", "row"), ROWS, ids=[str(line) for line, _ in ROWS])
def test_a_pattern_matches_its_example_and_not_the_counter_example(line, row):
    assert re.compile(row["pattern"]).fullmatch(row["example"])
    assert not re.compile(row["pattern"]).search(row["counter_example"])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("按照《甲市专利资助办法》执行", "按照__________执行"),
        ("通过企业知识产权管理规范认证的", "通过____________的"),
        ("由市知识产权战略实施工作联席会议统筹", "由_______________统筹"),
        ("建设省级专利导航产业发展实验区，", "建设_____________，"),
        ("支持建设专利导航分析机制", "支持建设专利导航分析机制"),
        ("在鹤壁设立分中心", "在__设立分中心"),
        ("维护和平稳定", "维护和平稳定"),  # 和平区 is a district, 和平 any word
    ],
)
def test_names_are_struck_out_and_words_stay(text, left):
    assert masked(text) == left


def test_white_space_within_a_name_does_not_matter():
    assert masked("《甲市 专利\n办法》。") == "___ __\n___。"


def test_a_title_that_a_text_cites_is_known_without_its_marks():
    cited = ("某市知识产权运营服务规程", "专利法")
    assert masked("达到某市知识产权运营服务规程要求", cited=cited) == "达到____________要求"
    assert masked("实施专利法", cited=cited) == "实施专利法"  # too short to be sure of


@pytest.mark.parametrize("name", ["廊坊", "廊坊市", "石家庄", "广西", "浦东新区", "京津冀", "辽西"])
def test_every_place_is_known_not_only_those_of_the_texts(name):
    assert names_place(name)


@pytest.mark.parametrize("word", ["专利池", "运营", "和平", "前进", "开发区", "东西"])
def test_a_word_is_no_place(word):
    assert not names_place(word)
