"""Citations: what the record says, in the order of each style, and nothing it does not say."""

import json
import tomllib
from dataclasses import replace

import pytest
from files import ROOT

import ipcompare
from ipcompare.citations import (
    citation,
    cite,
    document_names,
    write_bibliography,
)
from ipcompare.clauses.table import clause_table
from ipcompare.corpus import Corpus, Document
from ipcompare.exports import declared
from ipcompare.exports.declared import Exhibit, exhibit_citation

TEXT = "一、总体要求\n（一）目标。到2020年，有效发明专利达到100件。\n"
FULL = Document(
    "jia-2017", TEXT, title="关于甲的意见", doc_number="甲政〔2017〕1号", issuer="甲市人民政府",
    jurisdiction="甲县市", jurisdiction_en="Jia City", date_issued="2017-05-02",
)  # fmt: skip
BARE = Document("yi", TEXT, jurisdiction="乙", doc_number="乙政〔2018〕3号")


@pytest.mark.parametrize(
    ("document", "pinpoint", "line"),
    [
        (FULL, "", "甲市人民政府. 关于甲的意见: 甲政〔2017〕1号[Z]. 2017-05-02."),
        (
            FULL,
            "三、（二）4.",
            "甲市人民政府. 关于甲的意见: 甲政〔2017〕1号[Z]. 2017-05-02: 三、（二）4.",
        ),
        (BARE, "一、", "[无题名政策文件]: 乙政〔2018〕3号[Z]. 一、."),
        (
            replace(FULL, url="https://example.org/a", accessed="2024-05-01"),
            "三、（二）",
            "甲市人民政府. 关于甲的意见: 甲政〔2017〕1号[Z/OL]. 2017-05-02: 三、（二）[2024-05-01]. "
            "https://example.org/a.",
        ),
        (
            replace(BARE, url="https://example.org/b"),
            "",
            "[无题名政策文件]: 乙政〔2018〕3号[Z/OL]. https://example.org/b.",
        ),
        (replace(BARE, accessed="2024-05-01"), "", "[无题名政策文件]: 乙政〔2018〕3号[Z]."),
        (Document("bing", ""), "", "[无题名政策文件][Z]."),
        (Document("bing", "", issuer="丙市"), "", "丙市. [无题名政策文件][Z]."),
    ],
)
def test_citation(document, pinpoint, line):
    assert citation(document, pinpoint) == line


def test_cite_takes_the_pinpoint_from_the_clause_table():
    corpus = Corpus((FULL, BARE))
    expected = "甲市人民政府. 关于甲的意见: 甲政〔2017〕1号[Z]. 2017-05-02: 一、（一）."
    assert cite(corpus, "jia-2017#1.1") == expected
    assert cite(corpus, "jia-2017#1.1", clauses=clause_table(corpus)) == expected
    assert cite(corpus, "jia-2017") == citation(FULL)


@pytest.mark.parametrize("id", ["jia-2017#9.9", "nobody#1", "nobody"])
def test_unknown_id_is_an_error(id):
    with pytest.raises(KeyError, match="no (provision|document)"):
        cite(Corpus((FULL, BARE)), id)


@pytest.mark.parametrize(
    ("document", "path", "line"),
    [
        (FULL, "", "甲市人民政府 [Jia City]. (2017, May 2). 关于甲的意见 (甲政〔2017〕1号)."),
        (FULL, "#1.1", "甲市人民政府 [Jia City]. (2017, May 2). 关于甲的意见 (甲政〔2017〕1号, 一、（一）)."),
        (BARE, "", "[Policy document] (乙政〔2018〕3号). (2018)."),
        (Document("bing", "", title="关于丙"), "", "关于丙. (n.d.)."),
        (Document("bing", "", issuer="丙市", date_issued="2017-11"), "", "丙市. (2017, November). [Policy document]."),
        (Document("bing", "", title="关于丙", date_issued="2017"), "", "关于丙. (2017)."),
    ],
)  # fmt: skip
def test_apa(document, path, line):
    assert cite(Corpus((document,)), document.doc_id + path, style="apa") == line


def test_bibtex():
    corpus = Corpus((FULL, BARE))
    assert cite(corpus, "jia-2017#1.1", style="bibtex") == (
        "@misc{jia-2017:1.1,\n  author = {{甲市人民政府}},\n  title = {关于甲的意见},\n"
        "  howpublished = {甲政〔2017〕1号},\n  date = {2017-05-02},\n  year = {2017},\n"
        "  note = {一、（一）},\n  langid = {chinese},\n}\n"
    )
    assert cite(corpus, "yi", style="bibtex") == (
        "@misc{yi,\n  title = {[无题名政策文件]},\n  howpublished = {乙政〔2018〕3号},\n"
        "  year = {2018},\n  langid = {chinese},\n}\n"
    )


def test_bibtex_of_hostile_text_stays_one_balanced_entry():
    hostile = Document("a", "", title="R&D {50%_#1} \\ $x$ }\n~^", issuer="}, note = {x")
    entry = cite(Corpus((hostile,)), "a", style="bibtex")
    assert r"R\&D \textbraceleft{}50\%\_\#1\textbraceright{}" in entry
    depths, depth = [], 0
    for char in entry:
        depth += {"{": 1, "}": -1}.get(char, 0)
        depths.append(depth)
    assert depth == 0 and 0 not in depths[depths.index(1) : -2]
    assert entry.count("\n") == 5


def test_csl_json_leaves_out_what_is_not_known():
    corpus = Corpus((FULL, BARE))
    (full,) = json.loads(cite(corpus, "jia-2017#1.1", style="csl-json"))
    assert full == {
        "id": "jia-2017:1.1", "type": "document", "title": "关于甲的意见",
        "author": [{"literal": "甲市人民政府"}], "issued": {"date-parts": [[2017, 5, 2]]},
        "number": "甲政〔2017〕1号", "section": "一、（一）", "note": "number: 甲政〔2017〕1号",
        "jurisdiction": "甲县市", "language": "zh-CN",
    }  # fmt: skip
    (bare,) = json.loads(cite(corpus, "yi", style="csl-json"))
    known = {"id", "type", "title", "issued", "number", "note", "jurisdiction", "language"}
    assert set(bare) == known and bare["issued"] == {"date-parts": [[2018]]}
    assert bare["title"] == "[无题名政策文件]"


def test_unknown_style_is_an_error():
    with pytest.raises(ValueError, match="style is gbt7714, apa, bibtex, csl-json, not 'mla'"):
        cite(Corpus((FULL,)), "jia-2017", style="mla")


def test_bibliography_has_every_document_once_and_the_same_bytes(tmp_path):
    corpus = Corpus((FULL, BARE))
    first = [path.read_bytes() for path in write_bibliography(corpus, tmp_path / "a")]
    again = [path.read_bytes() for path in write_bibliography(corpus, tmp_path / "b")]
    assert first == again
    assert first[0].decode() == "\n".join(
        cite(corpus, d, style="bibtex") for d in ("jia-2017", "yi")
    )
    assert [item["id"] for item in json.loads(first[1])] == ["jia-2017", "yi"]


def test_the_address_and_the_day_of_access_stand_in_every_style():
    online = Corpus((replace(FULL, url="https://example.org/{a}", accessed="2024-05-01"),))
    assert cite(online, "jia-2017", style="apa").endswith("1号). https://example.org/{a}")
    entry = cite(online, "jia-2017", style="bibtex")
    assert "  url = {https://example.org/%7Ba%7D},\n  urldate = {2024-05-01},\n" in entry
    (item,) = json.loads(cite(online, "jia-2017", style="csl-json"))
    assert item["URL"] == "https://example.org/{a}"
    assert item["accessed"] == {"date-parts": [[2024, 5, 1]]}


def test_address_doi_and_day_of_access_are_cited_once_they_are_entered(monkeypatch):
    entered = {
        "released": "2026-11-22", "url": "https://example.org", "doi": "10.1/x",
        "accessed": "2026-11-30",
    }  # fmt: skip
    monkeypatch.setattr(declared, "read_toml", lambda file: entered)
    said = exhibit_citation(Exhibit("a", "1", "table", ("甲", "A"), "", "", "", ()))
    assert said == (
        f"ipcompare 贡献者. 甲: a, ipcompare {ipcompare.__version__}[DS/OL]. 2026[2026-11-30]. "
        "https://example.org. DOI: 10.1/x."
    )


def test_the_software_and_its_exhibits_are_cited_alike():
    lines = (ROOT / "CITATION.cff").read_text("utf-8").splitlines()
    said = dict(line.split(": ", 1) for line in lines if ": " in line and line[0] not in " #-")
    citing = tomllib.loads((ROOT / "ipcompare/data/style/citing.toml").read_text("utf-8"))
    assert said["version"] == ipcompare.__version__
    assert said["date-released"].strip('"') == citing["released"]
    assert (said.get("url", ""), said.get("doi", "")) == (citing["url"], citing["doi"])


def test_exhibit_citation_has_version_and_year():
    table = Exhibit(
        "target-matrix",
        "1",
        "table",
        ("数值目标对照表", "Numeric targets"),
        "targets",
        "03",
        "",
        ("corpus",),
    )
    assert exhibit_citation(table).startswith(
        "ipcompare 贡献者. 数值目标对照表: target-matrix, ipcompare "
    )
    assert exhibit_citation(table, lang="en").endswith("[DS]. 2026.")


def test_document_names_are_short_and_in_record_order():
    corpus = Corpus((FULL, BARE, Document("bing", "")))
    assert document_names(corpus) == {"jia-2017": "甲县 2017", "yi": "乙 2018", "bing": "bing"}
    assert document_names(corpus, lang="en") == {"jia-2017": "Jia 2017", "yi": "yi", "bing": "bing"}
    with pytest.raises(ValueError, match="lang is zh or en, not 'EN'"):
        document_names(corpus, lang="EN")
