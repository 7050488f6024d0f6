"""Three-line tables: the rules, the fonts, the words, the same bytes."""

import zipfile

import pandas as pd
import pytest
from docx import Document
from docx.oxml.ns import qn

from ipcompare.exports.tables_document import write_tables_document
from ipcompare.exports.word_tables import add_three_line_table

FRAME = pd.DataFrame({"指标": ["有效发明专利", "=1+1\x00"], "low": [2.88, None]})


def made(frame=FRAME, **options):
    document = Document()
    options = {"number": 1, "title": "数值目标", **options}
    return document, add_three_line_table(document, frame, **options)


def words(paragraph):
    """All words, those of fields too."""
    return "".join(text.text for text in paragraph._p.iter(qn("w:t")))


def sizes(borders):
    return {side.tag.split("}")[1]: side.get(qn("w:sz")) for side in borders}


def test_words_stand_above_in_and_below():
    document, table = made(note="缺项为空。", source="corpus/texts")
    title = document.paragraphs[0]
    assert words(title) == "表1  数值目标"
    assert title._p.find(qn("w:fldSimple")).get(qn("w:instr")) == " SEQ 表 \\* ARABIC "
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows == [["指标", "low"], ["有效发明专利", "2.88"], ["=1+1", ""]]
    assert [p.text for p in document.paragraphs[1:3]] == [
        "注：缺项为空。",
        "资料来源：corpus/texts",
    ]


def test_english_words():
    document, _ = made(number=2, title="Targets", note="None.", lang="en")
    assert words(document.paragraphs[0]) == "Table 2  Targets"
    assert document.paragraphs[1].text == "Note: None."


def test_three_rules_and_no_others():
    _, table = made()
    outer = sizes(table._tbl.tblPr.find(qn("w:tblBorders")))
    assert outer == {
        "top": "12", "bottom": "12", "left": None, "right": None, "insideH": None, "insideV": None,
    }  # fmt: skip
    inner = [[sizes(b) for b in row._tr.iter(qn("w:tcBorders"))] for row in table.rows]
    assert inner == [[{"bottom": "6"}] * 2, [], []]


def test_header_is_repeated_and_rows_stay_whole():
    _, table = made()
    assert [bool(list(r._tr.iter(qn("w:tblHeader")))) for r in table.rows] == [True, False, False]
    assert all(list(r._tr.iter(qn("w:cantSplit"))) for r in table.rows)


def test_fonts_sizes_and_alignment():
    document, table = made()
    fonts = {f.get(qn("w:eastAsia")) for f in document.element.body.iter(qn("w:rFonts"))}
    assert fonts == {"宋体"}
    run = table.cell(1, 0).paragraphs[0].runs[0]
    assert (run.font.name, run.font.size.pt) == ("Times New Roman", 9)
    assert document.paragraphs[0].runs[0].font.size.pt == 10.5
    assert [table.cell(1, n).paragraphs[0].alignment.name for n in (0, 1)] == ["LEFT", "RIGHT"]


def test_widths_fill_the_line_and_many_columns_are_set_smaller():
    for frame in (FRAME, pd.DataFrame({f"column_{n}": [n] for n in range(20)})):
        document, table = made(frame)
        section = document.sections[0]
        line = section.page_width - section.left_margin - section.right_margin
        assert sum(column.width for column in table.columns) == pytest.approx(line, rel=0.001)
    assert table.cell(1, 0).paragraphs[0].runs[0].font.size.pt == 7.5


def test_document_numbers_tables_and_turns_wide_pages(tmp_path):
    wide = pd.DataFrame({f"column_{n}": ["知识产权"] for n in range(12)})
    tables = {"summary": FRAME, "target-matrix": wide, "mine": wide}
    options = {"notes": {"mine": "甲"}, "names": {"jia": "甲 2017"}}
    path = write_tables_document(tables, tmp_path / "new" / "t.docx", **options)
    document = Document(path)
    titles = [words(p) for p in document.paragraphs if p.style.name == "Caption"]
    assert titles == ["表1  文本概览", "表2  数值目标对照表", "表3  mine"]
    assert [s.page_width > s.page_height for s in document.sections] == [False, True]
    (cited,) = [
        p.text for p in document.paragraphs if "资料来源：甲 2017；作者用 ipcompare" in p.text
    ]
    assert cited.split("\n")[1].startswith("引用：ipcompare 贡献者. 数值目标对照表")
    first, second = (
        path.read_bytes(),
        write_tables_document(tables, tmp_path / "2.docx", **options),
    )
    assert first == second.read_bytes()
    assert {i.date_time[0] for i in zipfile.ZipFile(path).infolist()} == {1980}
    assert document.core_properties.created.year == 2000


def test_headings_stand_above_the_tables_and_the_appendix_is_counted_apart(tmp_path):
    tables = {"summary": FRAME, "match-threshold": FRAME, "recognizers": FRAME}
    path = write_tables_document(tables, tmp_path / "t.docx", lang="en")
    said = [
        (p.style.name, words(p)) for p in Document(path).paragraphs
        if p.style.name.startswith(("Heading", "Caption"))
    ]  # fmt: skip
    assert said[:3] == [
        ("Heading 1", "The texts"), ("Heading 2", "The texts at a glance"),
        ("Caption", "Table 1  The texts at a glance"),
    ]  # fmt: skip
    assert said[3] == ("Heading 1", "Appendix")
    assert [text.partition("  ")[0] for _, text in said[5::2]] == ["Table A1", "Table A2"]


def test_a_long_table_keeps_its_number_and_says_where_it_is(tmp_path):
    tables = {"clauses": pd.DataFrame({"a": range(3)}), "departments": FRAME}
    document = Document(write_tables_document(tables, tmp_path / "t.docx", rows=2))
    captions = [words(p) for p in document.paragraphs if p.style.name == "Caption"]
    assert [caption.partition("  ")[0] for caption in captions] == ["表1", "表2"]
    assert len(document.tables) == 1
    assert "共 3 行，见 ipcompare.xlsx 的工作表 clauses。" in [p.text for p in document.paragraphs]


def test_normal_style_is_chinese(tmp_path):
    path = write_tables_document({"summary": FRAME}, tmp_path / "t.docx")
    normal = Document(path).styles["Normal"].element.rPr
    assert normal.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "宋体"
    assert normal.find(qn("w:lang")).get(qn("w:eastAsia")) == "zh-CN"


def test_wrong_language_and_empty_frame_are_refused():
    with pytest.raises(ValueError, match="lang is zh or en"):
        made(lang="fr")
    with pytest.raises(ValueError, match="table 1: has no columns"):
        made(pd.DataFrame())
