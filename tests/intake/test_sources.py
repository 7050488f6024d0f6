"""What a file is, and the encodings of plain text."""

import io
import json
import zipfile

import pytest

from ipcompare.data import data_pattern, read_toml
from ipcompare.intake import SourceError, kind_of, read_bytes, read_source

TEXT = "甲市知识产权工作方案\n一、主要目标\n到2025年，有效注册商标达到3000件。\n（一）加强组织领导，统筹推进各项工作。\n"
TRADITIONAL = "甲市智慧財產權工作方案\n一、主要目標\n到2025年，有效註冊商標達到3000件，專利的發展和企業的創新。\n"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"],
)
def test_every_encoding_of_a_text_gives_the_same_characters(encoding):
    assert read_bytes(TEXT.encode(encoding), "a.txt").text == TEXT


def test_big5_is_told_from_gbk_and_said():
    source = read_bytes(TRADITIONAL.encode("big5"), "a.txt")
    assert source.text == TRADITIONAL and "big5" in source.encoding
    assert source.notes == [f"read as {source.encoding}"]


@pytest.mark.parametrize(
    "data, problem",
    [
        (b"", "is empty"),
        ("\u3000\n\ufeff".encode(), "no text was found"),
        (b"\x89PNG\r\n\x1a\n", "is a picture"),
        (b"\xff\xd8\xff\xe0", "is a picture"),
        (bytes(range(1, 256)) * 9, "neither GB18030 nor Big5"),
        (TEXT.encode("gb18030") * 3 + b"\xff\xff\xff", "neither GB18030 nor Big5"),
        (TEXT.encode()[:-2] + b"\n" + TEXT.encode() * 20, "is UTF-8, but broken at byte"),
        (b"abc\0\0\0def" * 9, "is binary"),
        (b"PK\x03\x04 broken", "is an archive"),
        (b"%PDF-1.7 broken", "is a broken PDF"),
        (b"<html><body></body></html>", "no text was found"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_file_and_cure(data, problem):
    with pytest.raises(SourceError, match=problem) as error:
        read_bytes(data, "甲.txt")
    assert str(error.value).startswith("甲.txt: ")


def test_an_encoding_may_be_given(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("短".encode("big5"))
    assert read_source(path, encoding="big5").text == "短"
    with pytest.raises(SourceError, match="cannot be read as ascii"):
        read_source(path, encoding="ascii")
    with pytest.raises(SourceError, match="cannot be read as klingon"):
        read_source(path, encoding="klingon")


def test_a_file_is_what_its_bytes_are_whatever_its_name():
    page = "<!DOCTYPE html><html><body><p>一、目标。</p><p>浏览次数：1234次</p></body></html>"
    assert read_bytes(page.encode(), "a.txt").text == "一、目标。\n"
    assert kind_of(b"{\\rtf1 }", "a.txt") == "rtf"
    assert kind_of(TEXT.encode(), "a.docx") == "text"


def archive(**members):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for name, words in members.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), words)
    return data.getvalue()


def test_a_workbook_is_refused_as_one():
    with pytest.raises(SourceError, match="is a workbook"):
        read_bytes(archive(xl__workbook_xml="<a/>"), "表.docx")


@pytest.mark.parametrize("xml", ["<w:document", "<a/>", "", "\0"])
def test_a_broken_word_file_is_refused(xml):
    with pytest.raises(SourceError, match="Word file"):
        read_bytes(archive(word__document_xml=xml), "a.docx")


def test_an_entity_is_never_expanded():
    xml = (
        '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        "<w:p><w:r><w:t>一、目标&b;&f;</w:t></w:r></w:p></w:body></w:document>"
    )
    assert read_bytes(archive(word__document_xml=xml), "a.docx").text == "一、目标\n"


def test_a_record_of_a_crawler_is_text_and_named_fields():
    record = {"标题": "甲市方案", "发文字号": "甲政〔2021〕3号", "content": TEXT, "tags": ["a"]}
    source = read_bytes(json.dumps(record).encode(), "a.jsonl")
    assert source.text == TEXT
    assert source.said == {"标题": "甲市方案", "发文字号": "甲政〔2021〕3号"}
    assert source.notes == ["text from the field content"]


@pytest.mark.parametrize(
    "line, problem",
    [
        ('{"title": "无正文"}', r"no field with the text \(content.*\); it has title"),
        ("{broken", "is no JSON record"),
        ('[{"text": "一"}, {"text": "二"}]', "holds 2 records"),
    ],
)
def test_a_record_that_has_no_text_is_refused(line, problem):
    with pytest.raises(SourceError, match=problem):
        read_bytes(line.encode(), "a.json")


PAGE_RULES = read_toml("intake/web.toml")


@pytest.mark.parametrize("rule", PAGE_RULES["line"], ids=lambda rule: rule["name"])
def test_each_rule_about_lines_of_pages_has_an_example(rule):
    pattern = data_pattern("intake/web.toml", rule["pattern"])
    needs = data_pattern("intake/web.toml", rule.get("needs", ""))
    found = [
        bool(pattern.fullmatch(line) and needs.search(line))
        for line in (rule["example"].replace("：", ":"), rule["counter_example"].replace("：", ":"))
    ]
    assert found == [True, False]


@pytest.mark.parametrize("rule", PAGE_RULES["block"], ids=lambda rule: rule["name"])
def test_each_rule_about_blocks_of_pages_has_an_example(rule):
    pattern = data_pattern("intake/web.toml", rule["pattern"])
    assert pattern.search(rule["example"]) and not pattern.search(rule["counter_example"])
