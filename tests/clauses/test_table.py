"""The clause table: every row as read, and every character of it led back to the file."""

import json
from itertools import pairwise

import pytest
from files import CORPUS, ROOT, cases
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ipcompare.clauses.departments import closing_departments
from ipcompare.clauses.headings import heading_span
from ipcompare.clauses.numbering import match_label
from ipcompare.clauses.table import clause_table
from ipcompare.corpus import Document
from ipcompare.frames import CLAUSE_COLUMNS, body_of, leaf_provisions
from ipcompare.text import Original, fold_width

DOC_IDS = [d.doc_id for d in CORPUS.documents]


def clauses_of(text):
    return clause_table(Document(doc_id="d", text=text))


def gold(doc_id):
    lines = (ROOT / "corpus/gold/clauses" / f"{doc_id}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("doc_id", DOC_IDS)
def test_every_row_is_as_the_gold_standard_has_it(clauses, doc_id):
    own = clauses[clauses["doc_id"] == doc_id].astype(object).where(clauses.notna(), None)
    columns = ["role", "path", "label", "heading", "char_start", "char_end", "units"]
    assert own[columns].to_dict("records") == [
        {c: row[c] for c in columns} for row in sorted(gold(doc_id), key=lambda r: r["char_start"])
    ]


def test_columns_and_unique_ids(clauses):
    assert tuple(clauses.columns) == CLAUSE_COLUMNS
    assert clauses["clause_id"].is_unique
    assert (clauses["role"].isin(["section", "clause"])).sum() == 169


def test_every_character_lies_in_exactly_one_row(clauses):
    for document in CORPUS.documents:
        own = clauses[
            (clauses["doc_id"] == document.doc_id)
            & clauses["parent_id"].where(clauses["role"] == "residue").isna()
        ]
        seats = [0] * len(document.text)
        for row in own.itertuples():
            for i in range(row.char_start, row.char_end):
                seats[i] += 1
        counts = zip(seats, document.text, strict=True)
        assert {n for n, c in counts if not c.isspace()} == {1}


def check_originals(clauses, raw):
    """Every row leads back to its span of the file, and each of its characters to itself.

    But for line breaks and tabs, with which we join: they may stand for nothing in the file.
    """
    for row in clauses.itertuples():
        original = Original(row.text, row.cuts, row.char_start)
        assert original.whole == raw[row.char_start : row.char_end]
        places = [(i, original.place(i)) for i, char in enumerate(row.text) if char not in "\n\t"]
        assert all(raw[place] == row.text[i] for i, place in places)
        assert all(a < b for (_, a), (_, b) in pairwise(places))
        assert {*range(row.char_start, row.char_end)} >= {place for _, place in places}


@pytest.mark.parametrize("document", CORPUS.documents, ids=DOC_IDS)
def test_each_clean_text_leads_back_to_its_span(document):
    check_originals(clause_table(document), document.text)


LINES = st.sampled_from([
    "某市人民政府文件", "关于知识产权的意见", "各县人民政府：", "一、总体要求", "（一）目标。到2020年，",
    "二、重点任务（责任单位：市科技局、\u3000市财政局）", "第三条 【支持范围】企业", "1.推动专利导航GB/T 29490",
    "— 3 —", "12", "序号\t指标\t责任单位", "1\t就业 5万人\t市人社局", "\t序号", "\t指标", "　　加强领导，",
    "完成。[bookmark: _GoBack]", "2021年3月5日", "抄送：市委。", "", " ", "附件：1.分工表",
])  # fmt: skip
BREAKS = st.sampled_from(["\n", "\r\n", "\n\n", "\r", "\u2028", "\x0b", " \n\t"])


@given(st.lists(st.tuples(LINES, BREAKS), max_size=14).map(lambda x: "".join(map("".join, x))))
@settings(max_examples=200)
def test_any_document_leads_back_to_its_file(raw):
    check_originals(clauses_of(raw), raw)


@given(st.text("一二、（）(1.条章第。；，：\n\t \u3000\r—甲乙国家2年%[]", max_size=200))
@example("1\t1\t\r1\t1")
@settings(max_examples=200)
def test_any_text_leads_back_to_its_file(raw):
    check_originals(clauses_of(raw), raw)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("（三）推广贯标。扶持企业。", "扶持企业。"),
        ("(三)推广贯标\n扶持企业。", "扶持企业。"),
        ("（三）【推广贯标】扶持企业。", "扶持企业。"),
        ("一、推广贯标。扶持企业。（责任单位：市科技局）", "扶持企业。"),
        ("一、推广贯标。扶持企业。(市科技局、市法院等按职责分工负责)。", "扶持企业。"),
        ("一、推广贯标。扶持企业（责任单位：市商务局，中国郑州（创意产业）中心）", "扶持企业"),
        ("一、推广贯标。扶持企业。(各县〔市、区〕政府)", "扶持企业。"),
        ("一、推广贯标。扶持企业（含示范企业）", "扶持企业（含示范企业）"),
        ("一、推广贯标。扶持企业。\n责任单位：市政府、市政府办", "扶持企业。\n"),
        ("一、推广贯标。市科技局扶持企业（市科技局）", "市科技局扶持企业"),
    ],
)
def test_a_rows_own_words_begin_behind_its_heading_and_end_before_its_departments(text, words):
    # a second provision, so that the first is none alone
    row = clauses_of(f"{text}\n四、保障。").iloc[0]
    assert body_of(row) == words


def test_residue_interrupts_its_provision(clauses):
    residue = clauses[clauses["role"] == "residue"].set_index("clause_id")
    assert residue.loc["zhengzhou-2017#residue-1", "parent_id"] == "zhengzhou-2017#4.2"
    text = clauses.set_index("clause_id").loc["zhengzhou-2017#4.2", "text"]
    assert "提升科技发展、产业转型与知识产权运营" in text


def test_pinpoints(clauses):
    pinpoint = clauses.set_index("clause_id")["pinpoint"]
    assert pinpoint["zhengzhou-2017#3.2.4"] == "三、(二)4."
    assert pinpoint["fuxin-2017#2.3"] == "二、（三）"


def test_leaves_have_no_children(clauses):
    leaves = set(leaf_provisions(clauses)["clause_id"])
    assert "zhengzhou-2017#3.2" not in leaves and "zhengzhou-2017#3.2.4" in leaves


@pytest.mark.parametrize("case", cases("headings.csv"), ids=lambda c: c["text"])
def test_heading(case):
    label = match_label(fold_width(case["label"]))
    paragraphs = [case["text"], *filter(None, [case["following"]])]
    leaf = not match_label(fold_width(case["following"]))
    span = heading_span(label, paragraphs, leaf=leaf)
    assert (paragraphs[0][slice(*span)] if span else "") == case["heading"]


@pytest.mark.parametrize("case", cases("departments.csv"), ids=lambda c: c["text"])
def test_departments(case):
    closing = closing_departments(case["text"])
    assert closing.start == int(case["start"])
    assert "；".join(closing.units) == case["units"]


def test_articles_are_cited_without_their_chapter():
    table = clauses_of(
        "第一章 总则\n第一条 为规范管理，制定本办法。\n第二章 申请\n第二条 申请应当符合：\n（一）有户籍；"
    )
    assert list(table["path"]) == ["1", "1.1", "2", "2.2", "2.2.1"]
    assert list(table["pinpoint"])[1::3] == ["第一条", "第二条（一）"]
    assert list(table["role"]) == ["section", "clause", "section", "clause", "clause"]


def test_articles_may_stand_under_sections():
    table = clauses_of(
        "一、做大做强\n第一条 奖励企业。\n第二条 奖励人才。\n二、技术改造\n第三条 补助技改。"
    )
    assert list(table["path"]) == ["1", "1.1", "1.2", "2", "2.3"]


def test_a_path_used_twice_keeps_both_provisions_apart():
    table = clauses_of("一、总则。\n甲。\n一、附则。\n乙。")
    assert list(table["clause_id"]) == ["d#1", "d#1~2"]


def test_front_and_back_matter():
    text = (
        "某市人民政府文件\n某政〔2021〕3号\n某市人民政府\n关于稳定就业的实施意见\n各县（市、区）人民政府：\n"
        "为稳定就业，提出如下意见：\n一、总体要求\n稳中求进。\n附件：1.分工表\n2.指标表\n"
        "某市人民政府\n二〇二一年三月五日\n（此件公开发布）\n抄送：市委各部门。\n某市人民政府办公室\n2021年3月6日印发\n"
    )
    table = clauses_of(text)
    assert list(table["role"]) == [
        "letterhead", "doc_number", "title", "addressee", "preamble", "section",
        "annex_title", "signature", "signature", "imprint", "imprint", "imprint",
    ]  # fmt: skip
    assert table.loc[2, "text"] == "某市人民政府\n关于稳定就业的实施意见"
    assert set(table["year"]) == {2021}


def test_table_rows_in_one_line_and_in_blocks():
    inline = clauses_of(
        "附件\n指标表\n序号\t指标\t责任单位\n1\t就业5万人\t市人社局、各县区\n2\t培训3万人次\t市人社局\n"
    )
    blocks = clauses_of(
        "附件\n指标表\n\n\t序号\n\t指标\n\t责任单位\n\n\t1\n\t就业5万人\n\t市人社局、各县区\n"
    )
    for table in (inline, blocks):
        assert list(table["role"])[:3] == ["annex_title", "table_row", "table_row"]
        assert table.loc[2, "text"] == "1\t就业5万人\t市人社局、各县区"
        assert table.loc[2, "units"] == ["市人社局", "各县区"] and table.loc[1, "units"] == []


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        ("序号|任务|2024年\n1|建成学校|3所", ["序号\t任务\t2024年", "1\t建成学校\t3所"]),
        ("指标|目标\n床位|8张\n医院|2所", ["指标\t目标", "床位\t8张", "医院\t2所"]),
        ("首页|机构\n关于做好工作的通知", []),  # a single line of a page's menu
    ],
)
def test_pipes_only_between_the_cells_make_rows_too(lines, rows):
    table = clauses_of(f"附件1\n重点任务分解表\n{lines}\n")
    assert list(table.loc[table["role"].eq("table_row"), "text"]) == rows


SPACED = """主要指标
序 “十四五”目标
指 标 单位 属性
号
2025年 年均[累计]
1 绿化面积增长 % 预期性 - 5左右
每千名老人拥有的
2 张 预期性 40左右 -
养老床位数量
3 空气优良天数比例 % 约束性 >85 -
二、任务
"""


def test_cells_apart_by_spaces_are_rows_and_a_name_over_lines_is_one():
    table = clauses_of(SPACED)
    assert list(table.loc[table["role"].eq("table_row"), "text"]) == [
        "指标\t单位\t属性\t2025年\t年均[累计]",
        "1\t绿化面积增长\t%\t预期性\t-\t5左右",
        "每千名老人拥有的\t2\t张\t预期性\t40左右\t-\t养老床位数量",
        "3\t空气优良天数比例\t%\t约束性\t>85\t-",
    ]
    check_originals(table, SPACED)


def test_one_line_with_the_word_for_binding_is_no_table():
    text = "一、指标\n6 项指标为 约束性 指标 3 项。\n二、任务\n"
    assert "table_row" not in set(clauses_of(text)["role"])


def test_nothing_but_prose_is_still_a_table():
    assert list(clauses_of("各位代表：\n现在报告工作。\n")["role"]) == ["addressee", "preamble"]


def test_decimal_numbering_in_sequence_only():
    table = clauses_of(
        "某市应急预案\n1 总则\n1.1 编制目的\n为提高能力。\n1.2 规模\n2.5万人受益。\n2 组织\n2.1 指挥部\n市长任总指挥。"
    )
    own = table.dropna(subset="path")
    assert list(own["path"]) == ["1", "1.1", "1.2", "2", "2.1"]
    assert list(own["pinpoint"]) == ["1", "1.1", "1.2", "2", "2.1"]


def test_chapters_of_decimal_numbering_are_no_page_numbers():
    below = "各县区要结合实际，逐项落实工作任务，及时报告进展情况，做好宣传引导，形成工作合力。"
    chapter = "{n} 重点任务\n{n}.1 任务甲。{below}（责任单位：市知识产权局、市财政局）\n"
    text = "".join(chapter.format(n=n, below=below * 3) for n in range(1, 6))
    own = clauses_of("甲市方案\n" + text).dropna(subset="path")
    assert list(own["path"])[:4] == ["1", "1.1", "2", "2.1"] and len(own) == 10


def test_a_decimal_number_below_a_full_line_of_departments_opens_a_provision():
    wrapped = (
        "{n} 任务{n}，各县区要结合实际落实，\n"
        "及时报告进展情况并做好宣传引导工作，\n"
        "形成合力。（责任单位：甲市财政厅）\n"
    )
    text = "".join(wrapped.format(n=f"1.{n}") for n in range(1, 8))
    own = clauses_of("甲市方案\n1 总体要求\n" + text).dropna(subset="path")
    assert list(own["path"]) == ["1", *(f"1.{n}" for n in range(1, 8))]


UNNUMBERED = """甲市促进产业发展若干政策
为促进产业发展，制定本政策。
设立产业引导基金。规模首期5亿元。
支持研发，按投入的30%给予补助。（责任单位：市财政局）
"""


def test_paragraphs_of_a_text_without_numbers_are_provisions_cited_by_their_count():
    table = clauses_of(UNNUMBERED)
    rows = list(
        table[["role", "pinpoint", "heading", "clause_id"]]
        .fillna("")
        .itertuples(index=False, name=None)
    )
    assert rows == [
        ("title", "标题", "", "d#title-1"),
        ("preamble", "引言第1段", "", "d#preamble-1"),
        ("paragraph", "第1段", "设立产业引导基金", "d#paragraph-1"),
        ("paragraph", "第2段", "", "d#paragraph-2"),
    ]  # fmt: skip
    assert table["leaf"].tolist() == [False, False, True, True]
    assert table["units"].iloc[3] == ["市财政局"]


def test_one_numbered_provision_makes_the_others_preamble_again():
    assert "paragraph" not in set(clauses_of(UNNUMBERED + "一、附则\n")["role"])


LAYOUTS = [
    ("一、总则\n1.1 目标\n1.1.1 甲。\n二、措施\n2.1 乙。", "一、 1.1 1.1.1 二、 2.1"),
    ("第一条 应当：\n（一）甲；\n（二）乙。\n符合前款规定的，予以资助。\n第二条 丙。", "第一条 第一条（一） 第一条（二） 第一条第2款 第二条"),
    ("一、要求：\n1.甲；\n2.乙。\n以上由市财政局负责。", "一、 一、1. 一、2. 一、第2段"),
    ("一、要求\n1.甲。\n2.乙。\n由市财政局负责。", "一、 一、1. 一、2."),
    ("一、甲\n（一）乙。\n（一）丙。", "一、 一、（一） 一、（一）（第2处）"),
    ("一、甲\n二、乙\n附件1\n任务表\n一、丙\n一、丁", "一、 二、 附件 附件1 一、 附件1 一、（第2处）"),
    ("首页 > 文件\n甲市方案\n一、甲\n【打印本页】【关闭窗口】\n上一篇：乙", "残留1 标题 一、 残留2 残留3"),
    ("甲市条例\n（2020年5月20日甲市人民代表大会常务委员会第五次会议通过）\n第一条 甲。", "标题 版记 第一条"),
]  # fmt: skip


@pytest.mark.parametrize("text, pinpoints", LAYOUTS)
def test_layouts_of_real_texts_are_told_and_cited(text, pinpoints):
    assert " ".join(clauses_of(text)["pinpoint"]) == pinpoints


def test_a_text_in_one_line_is_cut_where_its_numbers_count_on():
    text = (
        "甲市方案 一、目标 到2025年达到5件。（一）商标；（二）专利，其中2.5万元。二、措施 加强领导。"
        + "统筹推进各项工作，" * 20
        + "三、附则 由市财政局负责。"
    )
    assert " ".join(clauses_of(text)["pinpoint"]) == "标题 一、 一、（一） 一、（二） 二、"
    spread = text.replace("三、附则", "落实。三、附则")
    assert " ".join(clauses_of(spread)["pinpoint"]) == "标题 一、 一、（一） 一、（二） 二、 三、"
    assert len(clauses_of(text[:60])) < 5  # a short line may hold such signs in a sentence


TASKS = "序号\n目标\n责任单位\n1\n商标达到320件\n市工商局、各县区\n2\n培育优势企业2户\n市科技局\n3\n开展质押融资试点工作\n市财政局"


@pytest.mark.parametrize("head", ["", "附件\n任务分工表\n", "一、任务\n"])
def test_rows_that_are_counted_one_cell_a_line_are_a_table_not_pages(head):
    table = clauses_of(head + TASKS)
    rows = table.loc[table["role"] == "table_row", "text"].str.split("\t").tolist()
    assert rows == [
        ["序号", "目标", "责任单位"],
        ["1", "商标达到320件", "市工商局、各县区"],
        ["2", "培育优势企业2户", "市科技局"],
        ["3", "开展质押融资试点工作", "市财政局"],
    ]
    assert "residue" not in set(table["role"])


def test_numbers_of_rows_that_cannot_be_told_apart_stay_in_the_text():
    table = clauses_of(
        TASKS.replace("序号\n目标\n责任单位\n", "一、任务\n").replace(
            "市科技局", "市科技局、\n市教育局"
        )
    )
    assert "residue" not in set(table["role"]) and "320件" in "".join(table["text"])
