"""References to other documents: invented sentences, rules with their examples, the five texts."""

import csv
import re
from xml.etree import ElementTree as ET

import pytest
from files import CORPUS, STUDY, cases
from hypothesis import given
from hypothesis import strategies as st

from ipcompare.clauses.table import clause_table
from ipcompare.corpus import Corpus, Document
from ipcompare.data import read_toml
from ipcompare.exports.saving import read_table, write_csv
from ipcompare.references import edges, references, write_graph
from ipcompare.references.phrasing import cues, phrased
from ipcompare.references.resolving import named, plain_number
from ipcompare.references.spotting import FILE, is_document, rule, spotted, without_tail
from ipcompare.text import fold_width

CASES = cases("references.csv")
RULES = read_toml(FILE)


def found(*documents):
    """The references of some documents: ``(doc_id, text, fields of the record)``."""
    corpus = Corpus(tuple(Document(doc_id, text, **about) for doc_id, text, about in documents))
    return references(clause_table(corpus), corpus)


def of(text, **about):
    return found(("a", text, about))


# --- wording ------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_sentence_names_what_was_read_in_it(case):
    names = ("reference", "doc_number", "type", "cue")
    read = zip(*(case[name].split("；") for name in names), strict=True)
    expected = list(read) if case["reference"] else []
    rows = of(case["text"])[list(names)].fillna("")
    assert list(rows.itertuples(index=False, name=None)) == expected


def test_every_type_has_cases():
    said = {kind for case in CASES for kind in case["type"].split("；")}
    assert said >= {cue.type for side in ("before", "after", "list") for cue in cues(side)}


@pytest.mark.parametrize("n", range(len(RULES["cue"])))
def test_a_cue_decides_its_example_and_not_its_counter_example(n):
    decided = []
    for key in ("example", "counter_example"):
        text = fold_width(RULES["cue"][n][key])
        decided.append([said.entry for said in phrased(text, spotted(text))])
    assert n in decided[0]
    assert decided[1] and n not in decided[1]


def test_a_list_has_the_cue_of_the_words_above_it():
    text = """一、清理文件
市政府决定废止下列文件：
（一）《甲办法》（甲政〔2011〕1号）
（二）《乙办法》
二、编制依据
（一）《丙条例》
（二）宣传《丁条例》，参照《戊规划》。
三、附件
（一）《己方案》"""
    rows = of(text)
    assert list(zip(rows["reference"], rows["type"], strict=True)) == [
        ("《甲办法》", "repeals"), ("《乙办法》", "repeals"), ("《丙条例》", "based_on"),
        ("《丁条例》", "mentions"), ("《戊规划》", "based_on"), ("《己方案》", "mentions"),
    ]  # fmt: skip
    lines = "一、清理\n决定修改下列文件：\n《甲办法》和《乙办法》；\n《丙办法》。"
    assert list(of(lines)["type"]) == ["amends"] * 3


def entries(name):
    """The entries of one table or array of the file."""
    return RULES[name] if isinstance(RULES[name], list) else [RULES[name]]


@pytest.mark.parametrize("name", ["name", "tail"])
def test_a_pattern_of_endings_ends_its_example(name):
    for entry in entries(name):
        ends = re.compile(f"(?:{entry['pattern']})$")
        assert ends.search(entry["example"]), entry
        assert not ends.search(entry["counter_example"]), entry


@pytest.mark.parametrize(
    "name",
    ["never", "short", "number", "rest", "to_the_name", "numbering", "joint", "issuer", "wrapper"],
)
def test_a_pattern_is_its_example(name):
    for entry in entries(name):
        assert re.fullmatch(entry["pattern"], entry["example"]), entry
        assert not re.fullmatch(entry["pattern"], entry["counter_example"]), entry


@pytest.mark.parametrize(
    "name", ["explained", "behind", "around_office", "within_office", "omitted"]
)
def test_a_pattern_stands_in_its_example(name):
    for entry in entries(name):
        assert re.search(entry["pattern"], entry["example"]), entry
        assert not re.search(entry["pattern"], entry["counter_example"]), entry


def test_every_entry_has_its_examples():
    given = [entry for name in RULES for entry in entries(name)]
    assert len(given) > 35
    assert all({"pattern", "example", "counter_example"} <= entry.keys() for entry in given)


def test_what_is_a_document_and_what_is_none():
    assert is_document("某市专利资助办法(试行)") and is_document("某省条例(2019年修订)")
    assert is_document("知识产权强国建设纲要(2021-2035年)") and is_document("中国制造2025")
    assert not any(map(is_document, ["人民日报", "申请表", "论语", "办法", "商业计划书"]))
    assert without_tail("甲规划(2016-2020年)") == "甲规划" and without_tail("(甲)") == "(甲)"
    assert rule("short").fullmatch("实施意见")


# --- the document that it is --------------------------------------------------------------------

TEXT = "一、总则\n根据{}，制定本办法。"
PLAN = {"title": "乙市人民政府关于印发乙市茶叶规划（试行）的通知", "doc_number": "乙政〔2016〕5号"}


def target(reference, *others, **about):
    """What a reference in the text a is found to be: target and by what; b is the plan."""
    documents = [("a", TEXT.format(reference), about), ("b", "一、总则\n发展茶叶。", PLAN), *others]
    row = found(*documents).fillna("").iloc[0]
    return row.target_doc_id, row.resolved_by


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("《茶叶十年规划》（乙政[2016]第5号）", ("b", "doc_number")),
        ("乙政【2016】5号文件", ("b", "doc_number")),
        ("《乙市人民政府关于印发乙市茶叶规划（试行）的通知》", ("b", "title")),
        ("《乙市茶叶规划》", ("b", "title")),
        ("《关于印发〈乙市茶叶规划〉的通知》", ("b", "title")),
        ("乙市人民政府《关于印发乙市茶叶规划的通知》", ("b", "title")),
        ("《丙市人民政府关于印发乙市茶叶规划的通知》", ("", "")),  # another office
        ("丙市人民政府《关于印发乙市茶叶规划的通知》", ("", "")),
        ("《乙市茶叶规划》（乙政〔2018〕9号）", ("", "")),  # another number
        ("《乙市茶叶规划》（第5号）", ("b", "title")),  # a number without office says nothing
        ("《乙市茶叶规划纲要》", ("", "")),
    ],
)
def test_the_document_of_the_corpus(reference, expected):
    assert target(reference) == expected


def test_of_two_documents_none_is_guessed():
    twin = ("c", "一、总则\n发展茶叶。", PLAN)
    assert target("《乙市茶叶规划》", twin) == target("乙政〔2016〕5号", twin) == ("", "")
    other = ("c", "一、总则\n发展。", {"title": "丙条例", "doc_number": "丙政〔2016〕1号"})
    assert target("《丙条例》（乙政〔2016〕5号）", other) == ("", "")  # name and number disagree


def test_title_and_number_may_stand_in_the_text_itself():
    head = "丁市渔业办法\n丁政〔2017〕4号\n一、总则\n发展渔业。"
    assert target("《丁市渔业办法》", ("d", head, {})) == ("d", "title")
    assert target("丁政〔2017〕4号", ("d", head, {})) == ("d", "doc_number")


def test_a_text_does_not_refer_to_itself():
    own = "一、总则\n现将《戊市蚕业规划》印发给你们。\n二、分工\n落实《戊市蚕业规划》和戊政〔2019〕3号。"
    about = {"title": "戊市人民政府关于印发戊市蚕业规划的通知", "doc_number": "戊政〔2019〕3号"}
    assert of(own, **about).empty
    named_there = list(of(own)["reference"])
    assert named_there == ["《戊市蚕业规划》", "《戊市蚕业规划》", "戊政〔2019〕3号"]
    twin = {"title": "关于加快蚕业发展的意见", "issuer": "己市人民政府"}
    text = "一、总则\n现将《关于加快蚕业发展的意见》印发给你们。"
    assert found(("a", text, twin), ("b", text, twin | {"issuer": "庚市人民政府"})).empty


def test_a_short_name_is_the_document_that_it_stands_for():
    text = (
        "一、总则\n根据《乙市茶叶规划》（以下简称《规划》），制定本办法。\n二、分工\n落实《规划》。"
    )
    rows = found(("a", text, {}), ("b", "一、总则\n发展茶叶。", PLAN))
    assert list(rows["reference"]) == ["《乙市茶叶规划》", "《规划》"]
    assert list(rows["title"]) == ["乙市茶叶规划"] * 2
    assert list(rows["target_doc_id"]) == ["b", "b"]
    assert of("一、总则\n落实《规划》。").empty


def test_names_and_numbers_in_one_form():
    assert named("国务院关于加快甲业发展的意见") == ("国务院", "加快甲业发展的意见")
    assert named("中华人民共和国种子法") == named("《种子法（修订）》") == ("", "种子法")
    assert named("某省“十四五”规划（2021—2025年）") == ("", "某省十四五规划(2021-2025年)")
    assert plain_number("财办建(2017) 35号") == plain_number("财办建〔2017〕第35号")


# --- spans --------------------------------------------------------------------------------------


def test_a_span_is_the_reference_as_written():
    for row in references(STUDY.clauses, CORPUS).itertuples():
        raw = CORPUS[row.doc_id].text[row.char_start : row.char_end]
        assert "".join(raw.split()) == "".join(row.reference.split())
        assert row.reference in row.quote


@given(st.lists(st.sampled_from(CASES), min_size=1, max_size=4), st.integers(4, 40), st.data())
def test_spans_hold_where_lines_are_wrapped(chosen, width, data):
    """Lines of one width, as a PDF has them, with a page number between two of them."""
    text = "".join(case["text"] for case in chosen)
    lines = [text[n : n + width] for n in range(0, len(text), width)]
    wrapped = "一、总则\n（一）" + data.draw(st.sampled_from(["\n", "\n　", " \n"])).join(lines)
    for row in of(wrapped).itertuples():
        raw = wrapped[row.char_start : row.char_end]
        assert "".join(raw.split()) == "".join(row.reference.split())


# --- the five texts -----------------------------------------------------------------------------


def test_the_five_texts_name_what_they_rest_on():
    rows = references(STUDY.clauses, CORPUS)
    numbered = rows.dropna(subset=["doc_number"])
    assert list(numbered[["doc_id", "doc_number", "type"]].itertuples(index=False, name=None)) == [
        ("hebei-2016", "国发〔2015〕71号", "implements"),
        ("hebi-2017", "国发〔2015〕71号", "implements"),
        ("hebi-2017", "豫政〔2017〕17号", "implements"),
        ("fuxin-2017", "辽政发〔2016〕45号", "implements"),
        ("zhengzhou-2017", "财办建〔2017〕35号", "based_on"),
        ("zhengzhou-2017", "GB/T29490-2013", "mentions"),
    ]
    assert rows["target_doc_id"].isna().all()  # none names another of the five
    assert len(rows) == 17


# --- graph --------------------------------------------------------------------------------------

NAMING = (
    ("a", "一、总则\n落实《关于发展茶业的意见》（国茶〔2015〕1号）和《乙市茶叶规划》。", {}),
    ("b", "一、总则\n根据《关于发展茶业的意见（试行）》，按照国茶[2015]1号，落实甲发〔2014〕2号。", PLAN),
)  # fmt: skip


def test_edges_count_what_a_text_names():
    rows = edges(found(*NAMING)).fillna("")
    assert list(rows.itertuples(index=False, name=None)) == [
        ("a", "", "关于发展茶业的意见", "国茶〔2015〕1号", "implements", 1),
        ("a", "b", "乙市茶叶规划", "", "implements", 1),
        ("b", "", "关于发展茶业的意见", "国茶〔2015〕1号", "based_on", 2),
        ("b", "", "", "甲发〔2014〕2号", "implements", 1),
    ]


def test_a_name_with_two_numbers_stands_for_itself():
    text = (
        "一、总则\n根据《甲办法》（甲政〔2011〕1号）、《甲办法》（甲政〔2015〕2号）和《甲办法》。"
    )
    assert list(edges(of(text))["doc_number"].fillna("")) == [
        "甲政〔2011〕1号", "甲政〔2015〕2号", "",
    ]  # fmt: skip


def test_the_graph_is_written_for_other_programs(tmp_path):
    corpus = Corpus(tuple(Document(doc_id, text, **about) for doc_id, text, about in NAMING))
    table = references(clause_table(corpus), corpus)
    paths = write_graph(table, corpus, tmp_path / "graph")
    assert [path.name for path in paths] == ["nodes.csv", "edges.csv", "references.graphml"]
    before = [path.read_bytes() for path in paths]
    nodes, links = (
        list(csv.DictReader(path.read_text("utf-8-sig").splitlines())) for path in paths[:2]
    )
    assert [(node["id"], node["in_corpus"], node["n_texts"]) for node in nodes] == [
        ("a", "True", "0"),
        ("b", "True", "1"),
        ("《关于发展茶业的意见》 国茶〔2015〕1号", "False", "2"),
        ("甲发〔2014〕2号", "False", "1"),
    ]
    assert {link["target"] for link in links} <= {node["id"] for node in nodes}
    assert links[2] == {"source": "b", "target": nodes[2]["id"], "relation": "based_on", "n": "2"}
    root, space = ET.parse(paths[2]).getroot(), "{http://graphml.graphdrawing.org/xmlns}"
    ids = [node.get("id") for node in root.iter(f"{space}node")]
    assert ids == [node["id"] for node in nodes]
    assert [edge.get("target") for edge in root.iter(f"{space}edge")] == [
        link["target"] for link in links
    ]
    assert before == [path.read_bytes() for path in write_graph(table, corpus, tmp_path / "graph")]


def test_signs_of_xml_are_escaped(tmp_path):
    text = "一、总则\n根据《研发&试验<甲>管理办法》，制定本办法。"
    corpus = Corpus((Document("a", text),))
    *_, path = write_graph(references(clause_table(corpus), corpus), corpus, tmp_path)
    assert "研发&试验<甲>管理办法" in "".join(ET.parse(path).getroot().itertext())


def test_a_table_without_references_has_its_columns(tmp_path):
    corpus = Corpus((Document("a", "一、总则\n发展茶叶。"),))
    table = references(clause_table(corpus), corpus)
    assert table.empty and edges(table).empty
    paths = write_graph(table, corpus, tmp_path)
    assert paths[1].read_text("utf-8-sig") == "source,target,relation,n\n"


def test_a_table_read_from_a_file_has_the_same_edges(tmp_path):
    table = references(STUDY.clauses, CORPUS)
    write_csv(table, tmp_path / "references.csv")
    again = read_table(tmp_path / "references.csv")
    assert edges(again).astype(str).equals(edges(table).astype(str))
    some = table[table["type"] == "implements"]
    assert edges(some)["n"].sum() == len(some)


def test_a_text_that_is_not_in_the_corpus_is_refused(tmp_path):
    table = references(STUDY.clauses, CORPUS)
    two = Corpus(CORPUS.documents[:2])
    with pytest.raises(ValueError, match="fuxin-2017 is no document"):
        write_graph(table, two, tmp_path)
    with pytest.raises(ValueError, match=r"lacks the columns .*; make it with references\(\)"):
        edges(table[["doc_id"]])
