"""The workbook: read back with another program, it says what the frames say, and runs nothing."""

import openpyxl
import pandas as pd
import pytest

import ipcompare as ipc
from ipcompare.corpus import Corpus, Document
from ipcompare.exports.saving import DIGITS as CSV_DIGITS
from ipcompare.exports.table_cells import (
    DIGITS,
    cell_text,
    least_widths,
    shared_widths,
    table_columns,
)
from ipcompare.exports.workbook import CELL_LIMIT, write_workbook
from ipcompare.words import word

NOTES, COLUMNS = "说明 Notes", "列 Columns"
HOSTILE = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-推进",
    "@SUM(A1)",
    "http://a.b",
    "甲\x00\x1b\ufffe乙",
    "_x000D_",
    "<r>x</r>",
]


def sheet(frame, tmp_path, name="t"):
    write_workbook({name: frame}, tmp_path / "t.xlsx")
    return openpyxl.load_workbook(tmp_path / "t.xlsx")[name]


def test_values_come_back_by_kind(tmp_path):
    frame = pd.DataFrame(
        {
            "words": ["甲\n乙", None],
            "year": pd.array([2020, None], dtype="Int64"),
            "score": [0.123456, 1.0],
            "low": [2.88, 15000.0],
            "yes": [True, False],
            "units": [["市科技局", "市财政局"], []],
        }
    )
    rows = list(sheet(frame, tmp_path).iter_rows(values_only=True))
    assert rows == [
        ("words", "year", "score", "low", "yes", "units"),
        ("甲\n乙", 2020, 0.1235, 2.88, True, "市科技局；市财政局"),
        (None, None, 1, 15000, False, None),
    ]


def test_number_formats_header_filter_and_widths(tmp_path):
    frame = pd.DataFrame({"year": [2020], "score": [0.25], "low": [2.88], "long": ["知" * 200]})
    found = sheet(frame.set_index("year"), tmp_path)
    assert [found.cell(2, n).number_format for n in (1, 2, 3)] == ["0", "0.00", "General"]
    assert found.freeze_panes == "B2" and found.auto_filter.ref == "A1:D2"
    widths = [round(found.column_dimensions[c].width) for c in "ABD"]
    assert widths[0] < 12 and widths[2] > 55
    assert not found["D2"].alignment.wrap_text  # 400 wide: more than five lines


def test_hostile_text_is_text(tmp_path):
    found = sheet(pd.DataFrame({"=HYPERLINK(1)": HOSTILE}), tmp_path)
    cells = [row[0] for row in found.iter_rows()]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)
    assert [bool(cell.quotePrefix) for cell in cells[1:5]] == [True] * 4
    values = [cell.value for cell in cells]
    assert values == ["=HYPERLINK(1)", *[text.replace("\x00\x1b\ufffe", "") for text in HOSTILE]]


def test_a_cell_too_long_for_excel_is_cut_visibly(tmp_path):
    value = sheet(pd.DataFrame({"a": ["知" * 40_000]}), tmp_path)["A2"].value
    assert len(value) == CELL_LIMIT and value.endswith("知…")


def test_cells_of_a_matrix_lead_to_their_evidence(tmp_path):
    found = [
        ("marks.total", "有效商标", "Marks", "a", "target", True),
        ("awards", "专利奖", "Awards", "a", "incentive", True),
        ("marks.total", "有效商标", "Marks", "b", "target", False),
        ("marks.total", "有效商标", "Marks", "b", "target", True),
    ]
    heads = ["indicator", "indicator_zh", "indicator_en", "doc_id", "kind", "headline"]
    aligned = pd.DataFrame(found, columns=heads)
    # words on marks as a whole speak of their number, too
    words = pd.DataFrame([("marks", "商标", "Marks", "c", "target")], columns=heads[:5])
    matrix = pd.DataFrame(
        [["创造", "有效商标", "5 件", "6 件", "定性：位居前列", word("quantity.not_stated", "zh")]],
        columns=["主题", "指标", "a", "b", "c", "d"],
    )
    english = matrix.set_axis(["theme", "indicator", "a", "b", "c", "d"], axis=1)
    tables = {
        "aligned-targets": aligned, "goals-in-words": words, "target-matrix": matrix,
        "target-matrix-en": english.assign(indicator="Marks"),
    }  # fmt: skip
    write_workbook(tables, tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    for name in ("target-matrix", "target-matrix-en"):
        links = [cell.hyperlink and cell.hyperlink.location for cell in book[name][2]]
        assert links == [
            None, None, "'aligned-targets'!A2", "'aligned-targets'!A5", "'goals-in-words'!A2", None,
        ]  # fmt: skip
        assert book[name]["C2"].value == "5 件" and book[name].freeze_panes == "C2"


def test_sheets_are_set_up_for_print(tmp_path):
    found = sheet(pd.DataFrame({"a": [1]}), tmp_path)
    page = found.page_setup
    assert (page.orientation, page.paperSize, page.fitToHeight) == ("landscape", 9, 0)
    assert found.sheet_properties.pageSetUpPr.fitToPage and found.freeze_panes == "A2"
    assert found.print_title_rows == "$1:$1"


def test_first_sheet_lists_the_tables(tmp_path):
    frame = pd.DataFrame({"a": [1, 2, 3]})
    write_workbook({"target-matrix": frame, "mine": frame}, tmp_path / "new" / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "new" / "t.xlsx")
    assert book.sheetnames == [NOTES, "target-matrix", "mine", COLUMNS]
    rows = {row[0]: row[1:] for row in book[NOTES].iter_rows(values_only=True)}
    assert rows["target-matrix"][:2] == ("数值目标对照表", "Numeric targets side by side")
    assert rows["target-matrix"][2:4] == (3, 1) and rows["target-matrix"][4] == "corpus/texts"
    assert rows["mine"][2:4] == (3, 1) and "未见表述" in rows["target-matrix"][6]
    assert any(str(first).startswith("ipcompare ") for first in rows)


def test_columns_of_an_exhibit_have_titles_in_both_languages(tmp_path):
    names = ipc.document_names(
        Corpus((Document("jia", "", jurisdiction="甲县", jurisdiction_en="Jia"),))
    )
    frame = pd.DataFrame({"theme": ["创造"], "jia": ["12"], "odd": [1]})
    write_workbook({"target-matrix": frame}, tmp_path / "t.xlsx", names=names)
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert [cell.value for cell in book["target-matrix"][1]] == ["主题\nTheme", "甲县\nJia", "odd"]
    listed = list(book[COLUMNS].iter_rows(values_only=True))
    assert listed[1:3] == [
        ("target-matrix", "theme", "主题", "Theme"),
        ("target-matrix", "jia", "甲县", "Jia"),
    ]


def test_empty_table_and_named_index(tmp_path):
    assert sheet(pd.DataFrame({"a": []}), tmp_path)["A1"].value == "a"
    assert sheet(pd.DataFrame(), tmp_path).max_row == 1
    index = pd.MultiIndex.from_tuples([("创造", "甲")], names=["主题", "指标"])
    found = sheet(pd.DataFrame({"x": ["12"]}, index=index), tmp_path)
    assert [c.value for c in found[2]] == ["创造", "甲", "12"] and found.freeze_panes == "C2"


def test_same_bytes_each_time(tmp_path):
    frames = {"a": pd.DataFrame({"x": HOSTILE}), "b": pd.DataFrame({"y": [1.5, None]})}
    first = write_workbook(frames, tmp_path / "1.xlsx").read_bytes()
    assert first == write_workbook(frames, tmp_path / "2.xlsx").read_bytes()


# --- cells, which all exports share ---------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "cells"),
    [
        ([0.5, 1.0, None], ["0.5", "1.0", ""]),
        ([0.25, -0.00001], ["0.25", "0.00"]),
        ([2.0, 2020.0, float("nan")], ["2", "2020", ""]),
        ([2.88, 15000.0], ["2.88", "15000"]),
        ([2.38e12], ["2380000000000"]),
        ([1, "-"], ["1", "-"]),
        ([True, False], ["True", "False"]),
        ([pd.NA, pd.NaT], ["", ""]),
    ],
)
def test_cells_in_words(values, cells):
    (column,) = table_columns(pd.DataFrame({"a": pd.Series(values, dtype=object)}))
    assert column.cells == cells


def test_rounding_is_that_of_the_csv_files():
    assert DIGITS == CSV_DIGITS and cell_text(2 / 3) == "0.6667"


def test_widths_share_a_line_and_break_no_word():
    columns = table_columns(pd.DataFrame({"n_mention": [1], "指标": ["知识产权"]}))
    assert least_widths(columns) == [9, 2]
    assert shared_widths([9, 40, 40], [9, 2, 30], 59) == [9, 20.0, 30]
    assert shared_widths([4, 4], [4, 4], 4) == [2, 2]
