"""A city beside its province, and cities beside each other, worked out by hand."""

import pytest

import ipcompare as ipc
from ipcompare.corpus import Corpus, Document
from ipcompare.indicators.context import Context, Figure, read_context

PROVINCE = """一、目标
到2023年，每万人口发明专利拥有量达到8件。到2025年，每万人口发明专利拥有量达到10件，有效注册商标达到12万件，行政执法案件结案率达到90%，知识产权质押融资额达到50亿元。
"""
CITY = """一、现状
2020年底，有效注册商标达到2万件。
二、目标
到2025年，每万人口发明专利拥有量力争达到12件，有效注册商标达到3万件，行政执法案件结案率达到95%。到2027年，知识产权质押融资额达到9亿元。
"""
YI = Document("yi", PROVINCE, jurisdiction="乙省", level="province")
JIA = Document("jia", CITY, jurisdiction="甲市", level="city", parent="yi")
STUDY = ipc.Study(Corpus((YI, JIA)))
SIZES = Context((
    Figure("乙省", 2020, "population", 1e7, "乙省统计年鉴"),
    Figure("甲市", 2020, "population", 1e6, "甲市统计年鉴"),
    Figure("甲市", 2021, "population", 2e6, "甲市统计年鉴"),
    Figure("乙省", 2024, "gdp", 5e11, "乙省公报"),
    Figure("甲市", 2024, "gdp", 1e11, "甲市公报"),
    Figure("甲市", 2022, "invention_patents_per_10k", 6, "甲市知识产权局"),
))  # fmt: skip


def raised(context=None, **options):
    about = {"targets": STUDY.targets, "context": context, **options}
    return ipc.raised_targets(STUDY.aligned, STUDY.corpus, **about).set_index("indicator")


def test_a_rate_differs_in_points_and_a_density_in_a_ratio():
    found = raised()
    assert found.loc["case_closing_rate", "difference"] == 5
    patents = found.loc["invention_patents_per_10k"]
    assert (patents["ratio"], patents["parent_deadline"], patents["flag"]) == (1.2, 2025, "")
    assert (patents["parent_target_id"], patents["child_target_id"]) == ("yi#1@2", "jia#2@1")
    assert patents["child_hardness"] == "strived_for"
    assert found["difference"].notna().sum() == 1


def test_totals_are_a_share_until_the_size_of_the_places_is_known():
    bare, known = raised().loc["trademarks"], raised(SIZES).loc["trademarks"]
    assert bare["ratio"] == known["ratio"] == 0.25
    assert bare[["ratio_per_person", "ratio_per_gdp"]].isna().all()
    # 3万件 of 100万人 beside 12万件 of 1000万人; GDP 1000 beside 5000 亿元
    assert (known["ratio_per_person"], known["ratio_per_gdp"]) == (2.5, 1.25)
    assert "甲市 2020: 甲市统计年鉴" in known["source"] and "2021" not in known["source"]
    densities = raised(SIZES).loc["invention_patents_per_10k"]
    assert densities[["ratio_per_person", "ratio_per_gdp"]].isna().all()


def test_growth_from_the_base_of_the_text_or_of_the_context():
    marks = raised().loc["trademarks"]
    assert (marks["child_base"], marks["child_base_year"]) == (20000, 2020)
    assert (
        marks["child_growth"]
        == pytest.approx(1.5 ** (1 / 5) - 1)
        == pytest.approx(0.0845, abs=1e-4)
    )
    assert marks[["parent_base", "parent_growth"]].isna().all()
    patents = raised(SIZES).loc["invention_patents_per_10k"]
    assert patents["child_growth"] == pytest.approx(2 ** (1 / 3) - 1)


def test_another_year_is_not_compared():
    loans = raised(SIZES).loc["pledge_financing"]
    assert loans["flag"] == "deadline" and loans[["ratio", "ratio_per_person"]].isna().all()


def test_interim_and_final_stand_apart():
    later = Document("jia", CITY.replace("到2025年", "到2023年"), level="city", parent="yi")
    made = ipc.Study(Corpus((YI, later))).raised.set_index("indicator")
    patents = made.loc["invention_patents_per_10k"]
    assert (patents["parent_stage"], patents["child_stage"]) == ("interim", "final")
    assert (patents["parent_low"], patents["ratio"]) == (8, 1.5)


def test_any_two_texts_and_none_without_a_parent():
    alone = ipc.Study(Corpus((YI, Document("jia", CITY, level="city"))))
    assert alone.raised.empty
    assert str(ipc.finding("raised", alone)).startswith("2 份文本的上位文本都不在文本库中")
    found = ipc.raised_targets(alone.aligned, alone.corpus, pairs=[("yi", "jia")])
    found = found.set_index("indicator")
    assert found.loc["trademarks", "flag"] == "level"  # a province's total is no city's
    assert found.loc["case_closing_rate", "difference"] == 5


def test_the_sentence_tells_raising_from_shares():
    said = str(ipc.finding("raised", STUDY))
    assert said.startswith(
        "上下级文本都提出的目标有 4 处，其中 3 处可比。2 处比率中下级高于上级的有 2 处。"
    )
    assert "1 处总量之比是下级在上级中的份额" in said


# --- cities beside each other ---------------------------------------------------------------------


def city(doc_id, words, level="city"):
    return Document(doc_id, f"一、目标\n{words}。\n", level=level, jurisdiction=doc_id)


def shared(*documents, context=None):
    corpus = Corpus(documents)
    return ipc.shared_targets(ipc.Study(corpus).aligned, corpus, context=context)


def test_a_provinces_total_and_another_year_have_no_rank():
    words = "到{}年，有效注册商标达到{}件"
    found = shared(
        city("p", words.format(2025, 90000), "province"), city("a", words.format(2025, 3000)),
        city("b", words.format(2025, 6000)), city("c", words.format(2030, 80000)),
        city("d", "有效注册商标达到70000件"),
    ).set_index("doc_id")  # fmt: skip
    assert found["rank"].dropna().to_dict() == {"b": 1, "a": 2}
    assert found.loc["b", "ratio"] == 2 and found.loc["b", "n_text"] == 2
    apart = found.loc[["p", "c", "d"], "unlike"].to_dict()
    assert apart == {"p": "level", "c": "deadline", "d": "no year"}


def test_added_firms_are_not_ranked_with_all_firms():
    found = shared(
        city("a", "到2025年，国家级知识产权强企达到20家"),
        city("b", "到2025年，新增国家级知识产权强企30家"),
    )
    assert found["rank"].isna().all() and set(found["unlike"]) == {"definition"}


def test_a_level_that_is_not_recorded_is_like_no_other():
    words = "到2025年，有效注册商标达到3000件"
    assert set(shared(city("a", words, None), city("b", words, None))["unlike"]) == {"level"}


def test_totals_for_each_person_where_all_are_known():
    sizes = [Figure("a", 2020, "population", 1e6, "甲"), Figure("b", 2020, "population", 4e6, "乙")]
    documents = [city(d, f"到2025年，有效注册商标达到{n}件") for d, n in (("a", 3000), ("b", 6000))]
    found = shared(*documents, context=Context(tuple(sizes))).set_index("doc_id")
    assert found["per_10k_persons"].to_dict() == {"a": 30, "b": 15}
    one = shared(*documents, context=Context(tuple(sizes[:1])))
    assert one["per_10k_persons"].isna().all() and set(one["source"]) == {""}


# --- context.csv ----------------------------------------------------------------------------------

HEAD = "place,year,measure,value,unit,source\n"


def entered(tmp_path, text):
    (tmp_path / "context.csv").write_text(text, encoding="utf-8")
    return read_context(Corpus((YI, JIA), tmp_path))


def test_values_are_read_in_basic_units(tmp_path):
    rows = "甲市,2020,population,120.5,万人,年鉴\njia,2020,gdp,2,亿元,公报\n甲市,2019,trademarks,2,万件,局\n"
    found = entered(tmp_path, HEAD + rows)
    assert [figure.value for figure in found.figures] == [1205000, 2e8, 20000]
    assert entered(tmp_path, HEAD) == Context() == read_context(Corpus((YI,), tmp_path / "none"))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("丙市,2020,population,1,人,年鉴", "丙市 is no jurisdiction or doc_id"),
        ("甲市,20,population,1,人,年鉴", "year '20': must be a year such as 2020"),
        ("甲市,2020,people,1,人,年鉴", "people is no measure; use population, gdp"),
        ("甲市,2020,gdp,1,万人,公报", "gdp is given in 元 or a multiple"),
        ("甲市,2020,gdp,-1,元,公报", "must be a number above 0"),
        ("甲市,2020,gdp,1,元,", "source empty"),
        ("甲市,2020,gdp,1,元,甲\n甲市,2020,gdp,2,元,乙", "stands in line 2 already"),
    ],
)
def test_a_wrong_row_is_named_with_its_line(tmp_path, row, said):
    with pytest.raises(ipc.CorpusError, match=f"context.csv, line [23]: .*{said}"):
        entered(tmp_path, f"{HEAD}{row}\n")


# --- funds ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "paid"),
    [
        (
            "在省财政提供的4亿元资金（其中2020年3亿元）基础上，甲市按照1:1的比例配套财政资金3亿元",
            ["3"],
        ),
        ("在省财政提供的4亿元资金基础上，甲市按照1:1的比例配套财政资金4亿元", []),
        ("在省财政提供的4亿元资金基础上，甲市按照1:2的比例配套财政资金3亿元", []),
    ],
)
def test_co_financing_that_is_not_what_it_promises(words, paid):
    from ipcompare.indicators.cofinancing import unmet_promises

    targets = ipc.Study(Corpus((Document("jia", f"一、保障\n{words}。\n"),))).targets
    assert [promise.paid.number for promise in unmet_promises(targets)] == paid
