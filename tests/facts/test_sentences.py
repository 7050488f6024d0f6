"""The facts behind the findings, worked out by hand, and the sentences that say them."""

import html
import re

import pandas as pd
import pytest

import ipcompare as ipc
from ipcompare.checks.other_places import rules_digest
from ipcompare.corpus import Corpus, Document
from ipcompare.data import read_toml
from ipcompare.facts.sentences import FACTS, SENTENCES, placeholders
from ipcompare.frames import columns_of
from ipcompare.report.findings import findings

GOALS = "一、主要目标\n到2020年，有效注册商标达到{n}件以上，专利导航项目达到20项。"
LEADING = "（一）加强组织领导。建立知识产权工作领导小组，统筹推进各项工作。{by}"
PAYING = "（二）加大奖励。对获得中国专利金奖的给予50万元奖励。"
ENTRIES = {entry["id"]: entry for entry in read_toml(SENTENCES)["finding"]}


def text(n=3000, by="（责任单位：市科技局、市财政局）", more=""):
    """Four provisions, three quantities: two targets, one incentive."""
    return "\n".join([GOALS.format(n=n), "二、保障措施", LEADING.format(by=by), PAYING + more])


def study(*texts, **about):
    documents = (Document(f"d{n}", words, **about) for n, words in enumerate(texts))
    return ipc.Study(Corpus(tuple(documents)))


def said(id, made, **about):
    """The Chinese and the English of a finding, or None."""
    found = ipc.finding(id, made, **about)
    return found and tuple(str(found).split("\n\n"))


ONE, TWO = study(text()), study(text(3000), text(3800))


# --- the sentences --------------------------------------------------------------------------------


def test_every_finding_has_its_function_and_every_function_its_sentences():
    assert ENTRIES.keys() == FACTS.keys()


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_no_sentence_mixes_the_languages(entry):
    for zh, en in entry["say"] + entry.get("more", []):
        plain = re.sub(r"\{.*?\}", "", en)
        assert not re.search("[\u3000-\u9fff\uff00-\uffef]", plain), en
        assert re.search("[\u4e00-\u9fff。]", re.sub(r"\{.*?\}", "", zh)), zh
        assert placeholders([en]) <= placeholders([zh]), (zh, en)


def test_an_unknown_finding_and_one_without_its_table_are_refused():
    with pytest.raises(KeyError, match="coverag is no finding; nearest is coverage"):
        ipc.finding("coverag", TWO)
    with pytest.raises(TypeError, match="shares"):
        ipc.finding("coverage", TWO)


def test_report_and_notebook_say_the_same_sentence():
    two = study(text(3000), text(3800), level="city")
    found = findings(two)
    assert len(found) > 5 and all(f.chapter for f in found)
    for linked in found:
        plain = ipc.finding(linked.id, two)
        for n in (0, 1):
            assert html.unescape(linked.say[n].striptags()) == plain.say[n]
            assert html.unescape(linked.more[n].striptags()) == plain.more[n]
    links = "".join(f.say.zh + f.more.zh for f in found)
    assert 'data-target="d0#1@1"' in links and 'data-match="d1#2.2"' in links


def test_a_notebook_shows_both_languages_and_no_markup_of_the_text():
    starred = text().replace("主要目标", "主要*目标*<b>")
    starred = study(starred, starred.replace("加强组织领导", "健全机制"))
    shown = ipc.finding("closest", starred)._repr_markdown_()
    zh, en = shown.split("\n\n")
    assert r"“主要\*目标\*\<b>”" in zh and en.startswith("The two specific provisions closest")
    assert r"\[无题名政策文件]\[Z]" in zh and "[Z]" not in en


def test_an_answer_is_the_first_sentence_of_each_finding():
    answer = ipc.answer(ipc.finding("provisions", ONE), None, ipc.finding("targets", ONE))
    assert answer._repr_markdown_() == (
        "**答**：这份文本有 4 条编号条款。3 处数量表述中 2 处是目标，其中 2 处写明完成年份。\n\n"
        "**Answer**: The text holds 4 numbered provisions."
        " Of 3 quantities 2 are targets, 2 of them with the year due."
    )
    assert ipc.answer(ipc.finding("wording", ONE)) is None


# --- one, two, three texts ------------------------------------------------------------------------


def test_of_one_text_nothing_is_compared():
    alone = {"wording", "phrases", "robust", "closest", "least", "reuse", "terms", "shared"}
    alone |= {"comparable", "raised", "in-words", "contradictions", "unaligned"}
    assert {id for id in alone if ipc.finding(id, ONE)} == set()
    assert said("provisions", ONE)[0] == "这份文本有 4 条编号条款。"
    assert said("departments", ONE)[0] == "列名最多的职能：d0 财政、科技（1/1 条）。"
    assert (
        said("incentives", ONE)[0] == "写明金额或比例的激励事项有 1 项（词典条目，等级不重复计）。"
    )
    assert said("kinds", ONE)[0] == "目标占全部数量表述的 67%。"


def test_of_two_equal_texts_none_is_first():
    same = study(text(), text())
    assert said("provisions", same) == (
        "2 份文本共 8 条编号条款，每份 4 条。", "2 texts hold 8 numbered provisions, 4 each."
    )  # fmt: skip
    assert said("targets", same)[0] == "6 处数量表述中 4 处是目标，其中 4 处写明完成年份。"
    assert said("incentives", same)[0] == (
        "写明金额或比例的激励事项有 1 项（词典条目，等级不重复计），其中 1 项由两份以上文本写明。"
    )
    assert said("wording", same)[0].startswith("d0 与d1 用词的余弦相似度为 1.00。去掉任一条")
    assert not said("least", same)


def test_shared_indicators_are_counted_and_not_ranked():
    zh, en = said("shared", TWO)
    assert zh == (
        "写出数字的 2 项指标（各等级分别计）中，2 项由两份以上文本写出数字，如有效注册商标总量。"
    )
    assert en.endswith("such as Valid registered trademarks.")


def test_figures_of_one_level_and_year_are_compared_and_others_are_not():
    cities = study(text(3000), text(3800), level="city")
    zh, en = said("comparable", cities)
    assert "有效注册商标总量（市，2020）d1 ≥ 3800 件、d0 ≥ 3000 件" in zh
    assert "文本库没有给出人口或地区生产总值，未作换算" in zh and "not stated." not in en
    zh, _ = said("comparable", TWO)  # of which no level is recorded
    assert zh.startswith("两份以上文本提出的 2 项指标，政府层级、完成年份")


def test_grades_of_an_award_are_one_scheme_and_words_count_apart():
    prizes = "\n（三）对获得中国专利金奖、优秀奖的分别奖励50万元、5万元。"
    made = study(text(more=prizes), "一、措施\n（一）加强保护。")
    assert "有 1 项（词典条目，等级不重复计），都只见于一份文本" in said("incentives", made)[0]


def test_what_only_one_text_states():
    other = study(text(), "一、目标\n到2020年，每万人口发明专利拥有量达到5件。")
    assert said("shared", other) == (
        "写出数字的 3 项指标都只见于一份文本。",
        "For none of the 3 indicators with a number two texts state one.",
    )  # fmt: skip
    zh, en = said("departments", other)
    assert zh == (
        "2 份文本中 1 份写明责任单位；各文本内列名最多的职能：d0 财政、科技（1/1 条）。未写责任单位：d1。"
    )
    assert said("incentives", other)[0] == (
        "写明金额或比例的激励事项有 1 项（词典条目，等级不重复计），都只见于一份文本。"
        "2 份文本中 1 份写明标准，最多的是d0（1 项）。未见激励表述：d1。"
    )
    assert said("provisions", other)[0].endswith("每份 1 至 4 条。最多的是d0，最少的是d1。")


def test_three_equal_texts_have_no_closest_pair():
    same = study(text(), text(), text())
    assert said("wording", same) is None
    assert said("phrases", same) is None


def test_texts_without_numbers_or_departments():
    none = study("一、总则\n加强保护。", "一、总则\n加强服务。")
    assert said("targets", none)[0] == "这些文本没有可识别的数量表述。"
    silent = {"departments", "duties", "shared", "comparable", "incentives", "cofinancing"}
    assert {id for id in silent if ipc.finding(id, none)} == set()


def test_what_the_record_lacks():
    known = {"title": "意见", "doc_number": "某政〔2017〕1号", "date_issued": "2017-05-02"}
    assert said("record", study(text(), **known)) is None
    zh, en = said("record", study(text(), text(), title="意见", date_issued="2017"))
    assert zh == "2 份文本中 2 份没有写明题名、文号或日期，引文中从缺。没有发文字号：d0、d1。"
    assert en.endswith("No document number: d0, d1.")


def test_a_contradiction_names_both_numbers():
    more = "\n（三）到2020年，有效注册商标达到5000件以上。"
    zh, en = said("contradictions", study(text(more=more)))
    assert zh.startswith(
        "有 1 处目标与同一文本的另一处不一致。d0“有效注册商标总量”：≥ 3000 件与 ≥ 5000 件。"
    )
    assert "d0, Valid registered trademarks: ≥ 3,000 and ≥ 5,000." in en


# --- tables ---------------------------------------------------------------------------------------


SHARES = pd.DataFrame(
    [("d0", "d1", 0.3, 4, 8, 2, 0.5, 0.4, True), ("d1", "d0", 0.3, 8, 4, 2, 0.25, 0.3, True)],
    columns=columns_of("coverage"),
)


def test_coverage_names_the_ends_unless_they_are_one():
    zh, _ = said("coverage", TWO, shares=SHARES)
    assert zh == (
        "d0 的 4 条具体条款中，在d1 找到对应的有 2 条（50%），比例最高；最低的是d1：8 条中在d0 找到 2 条。"
        "自身用词的余弦达到 0.3 才算找到；换了说法的同一措施会漏掉，比例多半偏低。比例只由两份文本决定。"
        "只有 2 份文本之间的匹配经阅读判断，其余各对未经检验。"
    )
    equal = SHARES.assign(share_matched=0.5, judged=False)
    found = said("coverage", TWO, shares=equal)[0]
    assert found.startswith("d0 的 4 条具体条款中，在d1 找到对应的有 2 条（50%）。")
    assert found.endswith("这些文本的匹配都没有经过阅读判断。")


@pytest.mark.parametrize(
    ("p", "least", "end"),
    [
        (0.6, 0.1, "No p below 0.10 is possible with so few texts: this shows no difference and"
                   " rules none out."),
        (0.01, 0.001, "Texts of the same province are more alike than chance would have it."),
        (0.6, 0.001, "Permutation test: province p = 0.60."),
    ],
)  # fmt: skip
def test_a_test_without_power_says_so(p, least, end):
    tests = pd.DataFrame({"by": ["province", "level"], "p": [p, None], "p_least": [least, None]})
    assert said("groups", TWO, tests=tests)[1].endswith(end)


def scored(texts, k, n, *, wrong=0):
    """The scores of a group of texts, in which so many indicators are wrong."""
    checks = ["precision", "recall", "unit", "indicator_overlap", "indicator_verbatim",
              "all_overlap", "all_verbatim"]  # fmt: skip
    right = [n, n, n, n - wrong, 0, n - wrong, 0]
    about = {"texts": texts, "n_documents": k, "n": n, "low": 0.3, "high": 0.9}
    frame = pd.DataFrame({"check": checks, "n_right": right}).assign(**about)
    return frame.assign(share=frame["n_right"] / n)


def test_texts_of_other_places_are_spoken_of_first():
    scores = pd.concat([scored("other_places", 3, 4, wrong=1), scored("in_sample", 2, 5)])
    places = pd.DataFrame({"rules": ["an older state"], "doc_id": ["p"]})
    zh, en = said("accuracy", TWO, scores=scores, places=places)
    assert zh.startswith(
        "其他地方的文本（开发时看过，非留出样本） 3 份，共 4 处数量：查全率 100.0%"
    )
    assert "各项全对的占 75.0%，要求指标一字不差时占 0.0%" in zh
    assert "最低的是指标（字符重合 ≥ .6）：4 处中 3 处正确（95% 区间 30.0% 至 90.0%）" in zh
    assert "On 2 texts that the rules were written on, with 5 quantities, recall is 100.0%" in en
    assert "read 1 of the texts of other places" in en
    right = scored("in_sample", 2, 5)
    places["rules"] = rules_digest()
    alone = said("accuracy", TWO, scores=right, places=places)[1]
    assert "lowest" not in alone and "upper bound" not in alone and "anew" not in alone


def test_of_other_places_the_numbering_is_said_and_of_our_own_the_lowest_part():
    rows = [("other_places", "numbering_precision", 9, 10, 3), ("other_places", "numbering_recall", 9, 12, 3),
            ("in_sample", "row_precision", 8, 8, 2), ("in_sample", "row_recall", 8, 8, 2),
            ("in_sample", "heading", 6, 8, 2)]  # fmt: skip
    scores = pd.DataFrame(rows, columns=["texts", "check", "n_right", "n", "n_documents"])
    scores = scores.assign(share=scores["n_right"] / scores["n"], low=0.1, high=0.9)
    zh, en = said("structure", TWO, scores=scores)
    assert "3 份，共 12 条编号条款：编号的查全率 75.0%，查准率 90.0%" in zh
    assert "every score of the 8 rows is at least 75.0%" in en


def test_what_the_agreement_of_the_coders_does_not_show():
    rows = [("other_places", "mention", 10, 8), ("other_places", "kind", 8, 6),
            ("other_places", "unit", 8, 8), ("other_places", "indicator", 8, 4),
            ("in_sample", "kind", 4, 4), ("in_sample", "indicator", 4, 1)]  # fmt: skip
    table = pd.DataFrame(rows, columns=["texts", "field", "n", "n_same"])
    zh, en = said("standard", TWO, agreement=table.assign(share=table["n_same"] / table["n"]))
    assert "在 75.0% 以上，指标措辞一字不差的只有 50.0%" in zh and "2 处只有一人标出" in zh
    assert "100.0% and 25.0%" in en and "not that the codes are right" in en


def test_no_tool_is_ranked():
    columns = ["tool", "units", "n", "n_value_unit", "n_comparator", "n_comparator_right"]
    tools = pd.DataFrame([("x", "all", 4, 2, 2, 1)], columns=columns).assign(n_opposite=1)
    zh, en = said("recognizers", TWO, tools=tools)
    assert "x 2/4" in zh and "not which is better" in en and not re.search("第|rank|number", en)


def test_matching_is_told_for_both_grades_and_left_out():
    rows = [
        (check, grade, left, 0.3, 10, right, right / 10, 0.5, 0.99, 0.6)
        for check in ("best_match", "row")
        for grade, right in (("same", 8), ("related", 10))
        for left in (None, "d0", "d1")
    ]
    scores = pd.DataFrame(rows, columns=columns_of("matching_scores"))
    _, en = said("threshold", TWO, scores=scores)
    assert en.startswith(
        "Of 10 best matches that score 0.3 or more 8 are the same measure (precision 0.80, 95%"
        " interval 0.50 to 0.99): 60% of those there are to find. Asked only whether they are"
        " clearly related, precision is 1.00, recall 0.60."
    )
    assert "not people, on 2 texts" in en


def test_departments_are_spoken_of_within_each_text_and_by_function():
    first = "一、保护\n（一）开展执法。（责任单位：市科技局、市公安局）\n（二）开展调解。（责任单位：市科技局）"
    other = "一、保护\n（一）开展执法。（责任单位：市科委、市法院）"
    zh, en = said("departments", study(first, other))
    assert (
        zh
        == "2 份文本中 2 份写明责任单位；各文本内列名最多的职能：d0 科技（2/2 条）；d1 科技、法院（1/1 条）。"
    )
    assert "3" not in zh + en  # the bureaus of two cities are never added up
    assert said("duties", study(first, other)) == (
        "3 类职能中，写明责任单位的 2 份文本都列有的 1 类：科技。只见于一份文本的 2 类。",
        "Of 3 functions 1 are named in each of the 2 texts that name any: Science and technology."
        " 2 are named in one text only.",
    )
    assert not said("duties", study(first))


def test_what_is_said_of_themes_left_out_of_the_comparison():
    zh, en = said("theme-shares", ONE)
    assert "“服务、组织保障”归类不够可靠，不作比较。" in zh and "Services, Organisation" in en
