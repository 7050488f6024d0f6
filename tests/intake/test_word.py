"""Word files made here by python-docx, read as a reader of the printed page sees them."""

import io

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ipcompare.intake import read_bytes


def saved(document):
    data = io.BytesIO()
    document.save(data)
    return read_bytes(data.getvalue(), "甲.docx")


def numbered(document, levels):
    """A list whose levels have these shapes and formats; returns a call that adds a paragraph."""
    lvls = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (style, text) in enumerate(levels)
    )
    numbering = document.part.numbering_part.element
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{lvls}</w:abstractNum>')
    )
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
    )

    def add(words, level):
        number = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'
        document.add_paragraph(words)._p.get_or_add_pPr().append(parse_xml(number))

    return add


def test_automatic_numbers_stand_as_they_are_printed():
    document = docx.Document()
    add = numbered(
        document,
        [("chineseCountingThousand", "第%1条"), ("chineseCounting", "（%2）"), ("decimal", "%3.")],
    )
    for words, level in [
        ("目标", 0),
        ("商标", 1),
        ("专利", 1),
        ("甲", 2),
        ("保障", 0),
        ("组织", 1),
    ]:
        add(words, level)
    lines = ["第一条 目标", "（一）商标", "（二）专利", "1.甲", "第二条 保障", "（一）组织"]
    assert saved(document).text.splitlines() == lines


def test_a_table_is_rows_of_cells_where_it_stands():
    document = docx.Document()
    document.add_paragraph("表前")
    table = document.add_table(3, 3)
    for row, cells in zip(
        table.rows, [("指标", "2020年", "2025年"), ("专利", "5", "9"), ("", "6", "")], strict=True
    ):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(2, 1).merge(table.cell(2, 2))
    document.add_paragraph("表后")
    assert saved(document).text.split("\n") == [
        "表前",
        "指标\t2020年\t2025年",
        "专利\t5\t9",
        "\t6\t",
        "表后",
        "",
    ]


def test_headers_and_footers_stand_apart():
    document = docx.Document()
    document.add_paragraph("正文")
    document.sections[0].header.paragraphs[0].text = "甲市文件"
    document.sections[0].footer.paragraphs[0].text = "第 1 页"
    source = saved(document)
    assert source.text == "正文\n" and source.apart == [
        ("footer", "第 1 页"),
        ("header", "甲市文件"),
    ]


def run(xml):
    return f"<w:p {nsdecls('w')}>{xml}</w:p>"


@pytest.mark.parametrize(
    "xml, line",
    [
        (
            "<w:r><w:t>奖励</w:t></w:r><w:del><w:r><w:delText>5</w:delText></w:r></w:del><w:ins><w:r><w:t>9</w:t></w:r></w:ins><w:r><w:t>万元</w:t></w:r>",
            "奖励9万元",
        ),
        (
            "<w:r><w:t>见</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:r><w:t>附件</w:t></w:r>",
            "见附件",
        ),
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>", "甲 乙"),
        ("<w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>", "链接"),
        (
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>3</w:t></w:r>",
            "3",
        ),
    ],
)
def test_runs_are_read_as_they_are_printed(xml, line):
    document = docx.Document()
    document.element.body.insert(0, parse_xml(run(xml)))
    source = saved(document)
    assert source.text == line + "\n"
    assert ("<w:del>" in xml) == (source.notes == ["tracked changes read as accepted"])
    assert ("deleted", "5") in source.apart or "<w:del>" not in xml


def test_a_text_box_follows_its_paragraph_once():
    box = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        "<mc:Choice><w:pict><w:txbxContent><w:p><w:r><w:t>专栏1</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Choice>"
        "<mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>专栏1</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    document = docx.Document()
    document.element.body.insert(0, parse_xml(run("<w:r><w:t>正文</w:t></w:r>" + box)))
    assert saved(document).text == "正文\n专栏1\n"
