"""The report in Word: all figures, four tables, the findings of the page, the same bytes."""

import re
import zipfile

import docx
import pandas as pd
import pytest
from docx.oxml.ns import qn
from matplotlib.figure import Figure

import ipcompare as ipc
from ipcompare.corpus import Corpus, Document
from ipcompare.exports.declared import made_exhibits
from ipcompare.exports.saving import save_figure, save_table
from ipcompare.report.document import write_report_document
from ipcompare.report.findings import findings
from ipcompare.study import Study

FIGURES = ("closest-clauses", "target-ladder", "terms-apart")


@pytest.fixture(scope="module")
def folder(study, tmp_path_factory):
    """Saved exhibits; the clause table is not for print."""
    folder = tmp_path_factory.mktemp("outputs")
    for id in FIGURES:
        save_figure(Figure(figsize=(9, 1)), id, folder=folder)
    save_table(study.similarity, "document-similarity", folder=folder)
    save_table(ipc.target_matrix(study.aligned), "target-matrix", folder=folder)
    save_table(ipc.incentive_matrix(study.aligned), "incentive-matrix", folder=folder)
    save_table(study.coverage, "target-coverage", folder=folder)
    save_table(study.clauses, "clauses", folder=folder)
    return folder


def written(study, folder, path, **options):
    return write_report_document(study, path, folder=folder, **options)


def texts(document):
    """The words of every paragraph, those of fields too."""
    return ["".join(t.text or "" for t in p._p.iter(qn("w:t"))) for p in document.paragraphs]


def captions(document):
    said = zip(document.paragraphs, texts(document), strict=True)
    return [text for paragraph, text in said if paragraph.style.name == "Caption"]


def test_same_bytes_twice(study, folder, tmp_path):
    paths = [written(study, folder, tmp_path / name / "report.docx") for name in "ab"]
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_figures_and_tables_are_numbered(study, folder, tmp_path):
    document = docx.Document(written(study, folder, tmp_path / "report.docx"))
    assert (len(document.inline_shapes), len(document.tables)) == (3, 4)
    order = [
        "document-similarity", "closest-clauses", "terms-apart", "target-coverage", "target-matrix",
        "target-ladder", "incentive-matrix",
    ]  # fmt: skip
    shown = [made_exhibits(folder)[id] for id in order]
    words = {"table": "表", "figure": "图"}
    assert captions(document) == [f"{words[e.kind]}{e.number}  {e.title[0]}" for e in shown]
    assert "本章其余各表见 tables.docx：表1 条款表。" in texts(document)
    fields = [f.get(qn("w:instr")).split()[1] for f in document.element.iter(qn("w:fldSimple"))]
    assert (fields.count("图"), fields.count("表")) == (3, 4)
    section = document.sections[0]
    line = section.page_width - section.left_margin - section.right_margin
    assert all(shape.width <= line + 12700 for shape in document.inline_shapes)


def test_findings_of_the_page_under_headings(study, folder, tmp_path):
    document = docx.Document(written(study, folder, tmp_path / "report.docx"))
    text = "\n".join(texts(document))
    assert all(text.count(f.say.zh.striptags()) == 2 for f in findings(study))
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert heads == ["要点", "文本", "相似度", "数值目标", "激励"]
    assert text.count("引用：ipcompare 贡献者") == 7 and "点开" not in text


def test_cells_are_those_saved(study, folder, tmp_path):
    document = docx.Document(written(study, folder, tmp_path / "report.docx"))
    rows = [[cell.text for cell in row.cells] for row in document.tables[1].rows]
    assert rows[0][:2] == ["文本", "数量表述"]
    said = zip(study.zh.values(), map(str, study.coverage["n_mention"]), strict=True)
    assert [tuple(row[:2]) for row in rows[1:]] == list(said)


def test_english(study, folder, tmp_path):
    document = docx.Document(written(study, folder, tmp_path / "report.docx", lang="en"))
    assert captions(document)[0] == "Table 2  Cosine similarity of the documents"
    assert [c.text for c in document.tables[2].rows[0].cells][:2] == ["Theme", "Indicator"]
    with pytest.raises(ValueError, match="zh or en"):
        written(study, folder, tmp_path / "report.docx", lang="de")


def test_hostile_text(tmp_path):
    text = "某市<b>意见\n\n一、目标\n到2020年，有效注册商标<w:p/>达到{n}件以上。\n"
    about = {"jurisdiction": "</w:t>&amp;\x0b<a>市"}
    corpus = Corpus(tuple(Document(f"d{n}", text.format(n=n), **about) for n in (7, 9)))
    frame = pd.DataFrame({"主题": ["创造"], "指标": ["=1+1\x00<w:p/>"], "d7": ["&lt;"]})
    save_table(frame, "target-matrix", folder=tmp_path)
    path = write_report_document(
        Study(corpus), tmp_path / "r.docx", folder=tmp_path, title="<t>&\x01"
    )
    document = docx.Document(path)
    assert document.paragraphs[0].text == "<t>&"
    assert any("</w:t>&amp;" in text for text in texts(document))
    assert [c.text for c in document.tables[0].rows[1].cells][1:] == ["=1+1<w:p/>", "&lt;"]
    xml = zipfile.ZipFile(path).read("word/document.xml").decode()
    assert not re.search("[\x00-\x08\x0b\x0c]", xml)


def test_nothing_saved(study, tmp_path):
    document = docx.Document(written(study, tmp_path, tmp_path / "report.docx"))
    assert not document.tables and not document.inline_shapes
