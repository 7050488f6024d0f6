"""Which exhibits say that they rest on corrections by hand, and in which words."""

import re

import pytest
from docx import Document as Word
from files import ROOT
from openpyxl import load_workbook

import ipcompare as ipc
from ipcompare.corpus import Corpus, Document
from ipcompare.corrections import Correction, fields_of, text_hash
from ipcompare.data import read_toml
from ipcompare.exports.corrected_notes import (
    corrected_exhibit,
    correction_in_words,
    correction_marks,
)
from ipcompare.exports.declared import exhibits
from ipcompare.exports.presenting import presented
from ipcompare.exports.tables_document import write_tables_document
from ipcompare.exports.workbook import write_workbook
from ipcompare.report.page import report_page

TEXT = "一、目标。到2020年，培育知识产权优势企业5家，注册商标达到300件。"
ONE = Correction("a#1@1", text_hash(TEXT), 22, "deadline", "2020", "2021", "王", "<误>", 2)


@pytest.fixture(scope="module")
def study():
    return ipc.Study(Corpus((Document("a", TEXT),), None, (ONE,)))


@pytest.mark.parametrize(
    "id, fields, n",
    [
        ("target-matrix", ["deadline", "mention", "aligned", "themes"], 3),
        ("theme-profile", ["deadline", "themes"], 1),
        ("document-similarity-map", ["deadline", "heading", "themes", "units"], 1),
        ("departments", ["units"], 1),
        ("references", ["units"], 0),
        ("corrections", ["deadline"], 0),
        ("yardsticks", ["heading"], 0),
    ],
)
def test_the_note_of_an_exhibit_counts_what_it_rests_on(id, fields, n):
    exhibit = exhibits()[id]
    noted = corrected_exhibit(exhibit, fields)
    said = [re.findall(r"(\d+) (?:处|corrections)", new.removeprefix(old))
            for old, new in zip(exhibit.note, noted.note, strict=True)]  # fmt: skip
    assert said == ([[str(n)]] * 2 if n else [[], []])


def test_every_exhibit_that_is_named_exists_and_every_field_has_a_word():
    for part in read_toml("corrections.toml")["part"]:
        assert set(part["exhibits"]) - {"texts"} <= exhibits().keys()
    for field in fields_of():
        assert correction_marks(f"{field}: 王", "zh") != f"† {field}（王）"


def test_a_correction_in_words():
    struck = Correction("a#1@1", "", 22, "mention", "5", "", "王", "误")
    assert correction_in_words(struck, "en") == "mention: 5 → none (王: 误)"
    assert correction_marks("deadline: 王; unit: 李", "zh") == "† 完成年份（王）；† 计量单位（李）"


def test_a_column_more_where_a_row_was_corrected_and_only_there(study):
    shown = presented(study.targets, "targets", lang="en")
    assert [*shown["Corrected"]] == ["† year due (王)", ""]
    assert "Corrected" not in presented(study.clauses, "clauses", lang="en")


def test_word_and_workbook_show_mark_and_note(study, tmp_path):
    matrix = ipc.target_matrix(study.aligned)
    tables = {"target-matrix": matrix, "corrections": study.corrections}
    note = corrected_exhibit(exhibits()["target-matrix"], study.corrections["field"]).note
    word = write_tables_document(
        {"target-matrix": matrix.reset_index()}, tmp_path / "t.docx",
        notes={"target-matrix": note[0]},
    )  # fmt: skip
    document = Word(word)
    cells = [cell.text for row in document.tables[0].rows for cell in row.cells]
    assert any("†" in cell for cell in cells)
    assert any("含人工更正 1 处（†）" in p.text for p in document.paragraphs)
    book = load_workbook(write_workbook(tables, tmp_path / "t.xlsx", notes={"target-matrix": note}))
    first = [str(cell) for row in book.worksheets[0].values for cell in row if cell]
    assert any("1 corrections by hand (†)" in cell for cell in first)
    assert "†" in str([*book["target-matrix"].values])


def test_the_report_shows_mark_note_and_evidence(study):
    page = report_page(study)
    assert "5 家" in page and "家*†" in page and "含人工更正 1 处（†）" in page
    evidence = "完成年份：2020 → 2021（王：\\u003c误\\u003e）"
    assert evidence in page and 'id="ex-corrections"' in page
    plain = report_page(ipc.Study(study.whole.uncorrected))
    assert "†" not in plain and "corrections" not in plain


def test_the_shipped_corpus_has_no_corrections():
    assert not (ROOT / "corpus/corrections.csv").exists()
