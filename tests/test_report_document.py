"""The report in Word: all figures, four tables, the findings of the page, the same bytes."""

import re
import zipfile
from pathlib import Path

import docx
import pandas as pd
import pytest
from docx.oxml.ns import qn
from matplotlib.figure import Figure

import ipcompare as ipc
from ipcompare.corpus import Corpus, Document
from ipcompare.exports.declared import exhibits
from ipcompare.exports.saving import save_figure, save_table
from ipcompare.report.document import write_report_document
from ipcompare.report.findings import findings
from ipcompare.study import Study

CORPUS = ipc.read_corpus(Path(__file__).parents[1] / "corpus")
NUMBER = exhibits()["document-similarity"].number
FIGURES = ("closest-clauses", "target-ladder", "terms-apart")


@pytest.fixture(scope="module")
def made():
    return Study(CORPUS)


@pytest.fixture(scope="module")
def folder(made, tmp_path_factory):
    """Saved exhibits; the clause table is not for print."""
    folder = tmp_path_factory.mktemp("outputs")
    for id in FIGURES:
        save_figure(Figure(figsize=(9, 1)), id, folder=folder)
    save_table(made.similarity, "document-similarity", folder=folder)
    save_table(ipc.target_matrix(made.aligned), "target-matrix", folder=folder)
    save_table(ipc.incentive_matrix(made.aligned), "incentive-matrix", folder=folder)
    save_table(made.coverage, "target-coverage", folder=folder)
    save_table(made.clauses, "clauses", folder=folder)
    return folder


def written(made, folder, path, **options):
    return write_report_document(made, path, folder=folder, **options)


def texts(document):
    """The words of every paragraph, those of fields too."""
    return ["".join(t.text or "" for t in p._p.iter(qn("w:t"))) for p in document.paragraphs]


def captions(document):
    said = zip(document.paragraphs, texts(document), strict=True)
    return [text for paragraph, text in said if paragraph.style.name == "Caption"]


def test_same_bytes_twice(made, folder, tmp_path):
    paths = [written(made, folder, tmp_path / name / "report.docx") for name in "ab"]
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_figures_and_tables_are_numbered(made, folder, tmp_path):
    document = docx.Document(written(made, folder, tmp_path / "report.docx"))
    assert (len(document.inline_shapes), len(document.tables)) == (3, 4)
    order = [
        "document-similarity", "closest-clauses", "terms-apart", "target-matrix", "target-ladder",
        "incentive-matrix", "target-coverage",
    ]  # fmt: skip
    shown = [exhibits()[id] for id in order]
    words = {"table": "表", "figure": "图"}
    assert captions(document) == [f"{words[e.kind]}{e.number}  {e.title[0]}" for e in shown]
    fields = [f.get(qn("w:instr")).split()[1] for f in document.element.iter(qn("w:fldSimple"))]
    assert (fields.count("图"), fields.count("表")) == (3, 4)
    section = document.sections[0]
    line = section.page_width - section.left_margin - section.right_margin
    assert all(shape.width <= line + 12700 for shape in document.inline_shapes)


def test_findings_of_the_page_under_headings(made, folder, tmp_path):
    document = docx.Document(written(made, folder, tmp_path / "report.docx"))
    text = "\n".join(texts(document))
    assert all(text.count(f.say.zh.striptags()) == 2 for f in findings(made))
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert heads == ["要点", "文本", "相似度", "数值目标", "激励", "量化程度"]
    assert text.count("引用：ipcompare 贡献者") == 7 and "点开" not in text


def test_cells_are_those_saved(made, folder, tmp_path):
    document = docx.Document(written(made, folder, tmp_path / "report.docx"))
    rows = [[cell.text for cell in row.cells] for row in document.tables[3].rows]
    assert rows[0] == ["", *made.zh.values()]
    assert rows[1] == ["数量表述", *map(str, made.coverage["n_mention"])]


def test_english(made, folder, tmp_path):
    document = docx.Document(written(made, folder, tmp_path / "report.docx", lang="en"))
    assert captions(document)[0] == f"Table {NUMBER}  Cosine similarity of the documents"
    assert [c.text for c in document.tables[1].rows[0].cells][:2] == ["Theme", "Indicator"]
    with pytest.raises(ValueError, match="zh or en"):
        written(made, folder, tmp_path / "report.docx", lang="de")


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


def test_nothing_saved(made, tmp_path):
    document = docx.Document(written(made, tmp_path, tmp_path / "report.docx"))
    assert not document.tables and not document.inline_shapes
