"""Which documents a text names, in sentences made for it."""

from xml.etree import ElementTree

import pytest
from files import CORPUS, STUDY, cases

import ipcompare as ipc
from ipcompare.corpus import Corpus, Document
from ipcompare.data import data_pattern, read_toml
from ipcompare.references import GRAPHML, RULES, reference_edges, references, write_references
from ipcompare.text import fold_width


def found(*documents):
    corpus = Corpus(documents)
    return references(ipc.clause_table(corpus), corpus), corpus


def text_of(sentence):
    return Document("d", f"一、总则\n{sentence}\n二、附则\n由市财政局负责。\n")


@pytest.mark.parametrize("case", cases("references.csv"), ids=lambda case: case["text"][:14])
def test_a_document_is_named_with_its_number_and_relation(case):
    table, _ = found(text_of(case["text"]))
    rows = table[["title", "doc_number", "type"]].fillna("").to_dict("records")
    wanted = {key: case[key] for key in ("title", "doc_number", "type")}
    assert rows == ([wanted] if wanted["type"] else [])


def test_several_in_a_row_have_the_relation_of_the_word_before_them():
    table, _ = found(
        text_of("根据《专利法》《甲市条例》（甲政〔2019〕7号）和《甲市办法》，制定本方案。")
    )
    assert list(table["title"]) == ["专利法", "甲市条例", "甲市办法"]
    assert set(table["type"]) == {"based_on"}


def test_a_span_shows_the_name_in_the_raw_text():
    for row in STUDY.references.itertuples():
        raw = "".join(CORPUS[row.doc_id].text[row.char_start : row.char_end].split())
        said = (row.title, row.doc_number)
        assert all(words in raw for words in said if isinstance(words, str)), raw


LAW = Document(
    "law",
    "第一条 甲。\n第二条 乙。",
    title="甲市人民政府关于印发甲市专利资助办法的通知",
    doc_number="甲政〔2019〕7号",
)


@pytest.mark.parametrize(
    "sentence, target",
    [
        ("根据甲政[2019]7号文件，安排资金。", "law"),
        ("根据《甲市专利资助办法》，安排资金。", "law"),
        ("根据《甲市人民政府关于印发甲市专利资助办法的通知》，安排资金。", "law"),
        ("根据《甲市专利奖励办法》，安排资金。", None),
    ],
)
def test_a_name_is_a_text_of_the_corpus_by_number_or_whole_title(sentence, target):
    table, _ = found(LAW, text_of(sentence))
    assert [row if isinstance(row, str) else None for row in table["target_doc_id"]] == [target]


def test_two_candidates_are_none_and_a_text_does_not_name_itself():
    twin = Document("twin", LAW.text, title="甲市专利资助办法")
    table, _ = found(LAW, twin, text_of("根据《甲市专利资助办法》，安排资金。"))
    assert table["target_doc_id"].isna().all()
    own = Document(
        "own", "一、甲\n根据甲政〔2019〕7号，安排资金。\n二、乙", doc_number="甲政〔2019〕7号"
    )
    assert found(own)[0].empty


def test_edges_count_and_the_graph_holds_every_node(tmp_path):
    table, corpus = found(
        LAW, text_of("根据《甲市专利资助办法》，按照《甲市专利资助办法》，参照《乙<法>&条例》。")
    )
    edges = reference_edges(table)
    assert edges.to_dict("records") == [
        {"doc_id": "d", "target": "law", "type": "based_on", "n": 2},
        {"doc_id": "d", "target": "乙<法>&条例", "type": "mentions", "n": 1},
    ]
    paths = write_references(table, corpus, tmp_path)
    assert [path.name for path in paths] == ["nodes.csv", "edges.csv", "references.graphml"]
    root = ElementTree.parse(tmp_path / "references.graphml").getroot()
    ids = [node.get("id") for node in root.iter(f"{{{GRAPHML}}}node")]
    assert ids == ["law", "d", "乙<法>&条例"]
    assert len(list(root.iter(f"{{{GRAPHML}}}edge"))) == 2


def test_the_five_texts_name_none_of_each_other():
    assert STUDY.references["target_doc_id"].isna().all()
    numbers = set(STUDY.references["doc_number"].dropna())
    assert numbers == {
        "国发〔2015〕71号",
        "豫政〔2017〕17号",
        "辽政发〔2016〕45号",
        "财办建〔2017〕35号",
    }


TYPES = read_toml(RULES)["type"]


@pytest.mark.parametrize("rule", TYPES, ids=lambda rule: rule["name"])
def test_each_relation_has_an_example_and_a_counter_example(rule):
    said = [found(text_of(rule[key]))[0]["type"].iloc[0] for key in ("example", "counter_example")]
    assert said[0] == rule["name"] and said[1] != rule["name"]


@pytest.mark.parametrize("name", ["title", "number", "number_lead", "wrapper"])
def test_each_pattern_has_an_example_and_a_counter_example(name):
    rule = read_toml(RULES)[name]
    find = data_pattern(RULES, rule["pattern"]).search
    assert find(fold_width(rule["example"])) and not find(fold_width(rule["counter_example"]))
