"""PDF files drawn here by matplotlib with the font of the figures."""

import io

import matplotlib
import numpy as np
import pytest
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure

from ipcompare.figures.style import print_style
from ipcompare.intake import SourceError, read_bytes


def pdf(*pages):
    """A PDF of pages; each is a call that draws on the axes of an A4 page in points."""
    data = io.BytesIO()
    with print_style(), matplotlib.rc_context({"pdf.fonttype": 42}), PdfPages(data) as file:
        for draw in pages:
            figure = Figure(figsize=(8.27, 11.69))
            axes = figure.add_axes((0, 0, 1, 1), xlim=(0, 595), ylim=(842, 0))
            axes.axis("off")
            draw(axes)
            file.savefig(figure, bbox_inches=None)
    return data.getvalue()


def lines(*said, top=120, left=72, size=12):
    """Draw lines of text one beneath the other."""

    def draw(axes):
        for n, words in enumerate(said):
            axes.text(left, top + n * 20, words, fontsize=size, va="baseline")

    return draw


def both(*draws):
    return lambda axes: [draw(axes) for draw in draws]


def read(*pages):
    return read_bytes(pdf(*pages), "甲.pdf")


FULL = "到2025年，全市有效发明专利拥有量达到三千件，注册商标达到二万件，形成与经济"


def test_wrapped_lines_are_one_paragraph_also_over_a_page():
    first = lines("一、主要目标", FULL, FULL, "发展相适应的格局。", "二、保障措施", FULL)
    source = read(first, lines("发展相适应的格局。", "（一）加强领导。"))
    assert source.text.splitlines() == [
        "一、主要目标", FULL + FULL + "发展相适应的格局。",
        "二、保障措施", FULL + "发展相适应的格局。", "（一）加强领导。",
    ]  # fmt: skip


def test_page_numbers_and_running_heads_stand_apart():
    page = [
        both(lines("甲市文件", top=40), lines(FULL), lines(f"— {n} —", top=810, left=280))
        for n in (1, 2, 3)
    ]
    source = read(*page)
    assert source.text.count("甲市文件") == 0 and "—" not in source.text
    assert sorted({kind for kind, _ in source.apart}) == ["page number", "running head"]
    assert len(source.apart) == 6


def grid(rows, left=72, top=200, wide=120, high=24):
    """Draw a table with its ruling lines."""

    def draw(axes):
        width, height = wide * len(rows[0]), high * len(rows)
        for n in range(len(rows) + 1):
            axes.plot([left, left + width], [top + n * high] * 2, "k-", lw=0.5)
        for n in range(len(rows[0]) + 1):
            axes.plot([left + n * wide] * 2, [top, top + height], "k-", lw=0.5)
        for y, row in enumerate(rows):
            for x, words in enumerate(row):
                axes.text(left + x * wide + 6, top + y * high + 17, words, fontsize=10)

    return draw


def test_a_ruled_table_is_rows_of_cells_where_it_stands():
    rows = [["指标", "2020年", "2025年"], ["专利（件）", "5", "9"], ["商标（件）", "", "20000"]]
    source = read(both(lines("一、目标", top=150), grid(rows), lines("二、措施", top=320)))
    assert source.text.splitlines() == ["一、目标", *("\t".join(row) for row in rows), "二、措施"]


def test_a_picture_of_a_page_is_named_and_refused():
    def picture(axes):
        axes.imshow(np.zeros((50, 50)), extent=(0, 595, 842, 0), cmap="gray")

    with pytest.raises(
        SourceError, match=r"甲\.pdf: 2 of 2 pages are pictures .*\(page 1, 2\); add --ocr"
    ):
        read(picture, picture)
    source = read(lines(FULL), lines(FULL), picture)
    assert source.notes == ["1 of 3 pages are pictures without text (page 3)"]


def columns(rows, left=72, top=200, wide=(150, 60, 60, 60), high=22):
    """Draw cells in columns without any line; the lines of a cell one beneath the other."""

    def draw(axes):
        y = top
        for row in rows:
            for n, cell in enumerate(row):
                for k, words in enumerate(cell.split("\n")):
                    axes.text(left + sum(wide[:n]), y + k * 14, words, fontsize=10, va="baseline")
            y += high + 14 * (max(cell.count("\n") for cell in row))

    return draw


UNRULED = [
    ["指标", "单位", "2020年", "2025年"],
    ["有效发明专利\n拥有量", "件", "1250", "3000"],
    ["注册商标", "件", "", "20000"],
    ["技术合同成交额", "亿元", "12.5", "40"],
]


def test_a_table_without_lines_is_rows_of_cells_too():
    source = read(both(lines("一、目标", top=150), columns(UNRULED), lines("二、措施", top=340)))
    rows = ["\t".join(cell.replace("\n", "") for cell in row) for row in UNRULED]
    assert source.text.splitlines() == ["一、目标", *rows, "二、措施"]


def test_two_columns_of_print_are_no_table():
    left, right = lines(*[FULL[:18]] * 12), lines(*[FULL[18:]] * 12, left=320)
    text = read(both(left, right)).text
    assert "\t" not in text and text.startswith(FULL[:18] * 2)
