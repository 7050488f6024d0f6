"""The figures of what a policy pays and whom it sets to work, worked by hand."""

import pandas as pd
import pytest
from drawn import shown
from matplotlib.colors import to_hex
from tables import aligned, aligned_rows

from ipcompare.figures import incentive_rows
from ipcompare.figures.incentives import plot_incentives
from ipcompare.figures.style import TRACK, bar_styles, print_style

NAMES = {"a": "甲 2017", "b": "乙 2018"}


# --- what each text pays --------------------------------------------------------------------------


def payment(scheme, doc_id, value, unit="万元", **more):
    names = {"indicator_zh": f"方案{scheme}", "indicator_en": f"Scheme {scheme}"}
    return aligned(scheme, doc_id, value, unit, **{"kind": "incentive"} | names | more)


def paid(*rows):
    return aligned_rows(*rows, documents=["a", "b"])


SMALL = paid(
    payment("A", "a", 1.0),
    payment("A", "b", 50.0, comparator="<=", per_year=True),
    payment("B", "b", 50.0, "%", theme="运用", flag="variant: 净收益"),
    payment("B", "b", 100.0, theme="运用", condition="案件 ≥ 30件"),
    payment("C", "a", 7.0, kind="target"),
    payment("C", "a", 8.0, headline=False),
)


def test_incentives_are_printed_by_scheme_and_document():
    texts = shown(plot_incentives(SMALL, names=NAMES))
    assert texts[:2] == ["甲 2017", "乙 2018"]
    rows = [
        "创造",
        "方案A",
        "1 万元",
        "≤ 50 万元/年",
        "运用",
        "方案B",
        "未提及",
        "50%*",
        "100 万元†",
    ]
    assert texts[2:11] == rows
    assert "".join(texts[11:]) == (
        "实心条：金额，对数刻度，1000 元至 100 万元，每格为前一格的 10 倍。空心条：比例，0–100%。"
        "同一方案的几项给付分行列出。† 附有以数字表示的条件。"
        "* 口径、范围或措辞有差别，见对齐长表备注。未提及：没有给出数字。"
    )


def test_incentives_in_english():
    texts = shown(plot_incentives(SMALL, names={"b": "Yi 2018", "a": "Jia 2017"}, lang="en"))
    rows = ["Creation", "Scheme A", "≤ 500,000/yr", "10,000", "Utilisation", "Scheme B", "50%*"]
    assert texts[:11] == ["Yi 2018", "Jia 2017", *rows, "1 million†", "not stated"]
    assert "amount in yuan on a log scale, 1,000 to 1 million," in " ".join(texts[11:])


def test_bars_show_amounts_on_one_log_scale_and_rates_to_100():
    bars = plot_incentives(SMALL, names=NAMES).axes[0].patches
    filled = [(to_hex(bar.get_facecolor()), bar.get_width()) for bar in bars if bar.get_fill()]
    (whole,) = {width for colour, width in filled if colour == TRACK}
    shares = {(colour, round(width / whole, 4)) for colour, width in filled if colour != TRACK}
    first, second = (style["color"] for style in bar_styles(NAMES))
    # 1,000 to 1 million yuan are three powers of ten: 10,000 is 1/3, 500,000 is 2.69897/3.
    assert shares >= {(first, 0.3333), (second, 0.8997), (second, 1.0), ("#ffffff", 0.5)}


def test_equal_payments_of_a_cell_stand_once_and_other_units_have_no_bar():
    twice = paid(*[payment("A", "a", 3.0, "件", condition="") for _ in "12"])
    fig = plot_incentives(twice, names={"a": "甲"})
    texts = shown(fig)
    assert texts == ["甲", "创造", "方案A", "3 件"]
    assert not fig.axes[0].patches


def test_min_documents_chooses_the_schemes():
    texts = shown(plot_incentives(SMALL, names=NAMES, min_documents=2))
    assert "方案A" in texts and "方案B" not in texts


def test_names_of_documents_without_a_payment_still_have_a_column():
    texts = shown(plot_incentives(SMALL, names={**NAMES, "c": "丙 2019"}))
    assert "丙 2019" in texts and texts.count("未提及") == 3  # B of 甲, A and B of 丙


def test_what_fits_no_page_is_left_out_and_counted():
    rows = [payment(f"S{n}", "a", 1.0) for n in range(60)] + [payment("S59", "b", 2.0)]
    fig = plot_incentives(paid(*rows), names=NAMES)
    texts = shown(fig)
    assert fig.get_figheight() * 2.54 <= 23
    kept = [text for text in texts if text.startswith("方案")]
    assert kept[-1] == "方案S59" and kept[:-1] == [f"方案S{n}" for n in range(len(kept) - 1)]
    assert f"另有 {60 - len(kept)} 项方案因篇幅未列出。" in "".join(texts)


@pytest.mark.parametrize("n", [1, 6, 7, 10])
def test_one_to_ten_documents_fit(n):
    many = {f"d{i}": f"Zhengzhou {2010 + i}" for i in range(n)}
    rows = [payment("A", doc_id, 100.0, comparator="<=", per_year=True) for doc_id in many]
    fig = plot_incentives(aligned_rows(*rows), names=many, lang="en")
    with print_style():
        fig.draw_without_rendering()
        heads = [text.get_window_extent() for text in fig.axes[0].texts[:n]]
    assert all(a.x1 < b.x0 for a, b in zip(heads, heads[1:], strict=False))
    assert heads[-1].x1 <= fig.bbox.x1 and min(box.y0 for box in heads) > 0


@pytest.mark.parametrize(
    ("table", "options", "message"),
    [
        (pd.DataFrame({"doc_id": ["a"]}), {}, r"make it with align_targets\(\)"),
        (SMALL, {"lang": "fr"}, "lang is zh or en"),
        (SMALL, {"min_documents": 3}, "stated by 3 of these documents; lower min_documents="),
        (SMALL, {"names": {"x": "x"}}, "choose other documents with names="),
        (SMALL, {"names": dict.fromkeys("abcdefghijk", "x")}, "11 documents are too many"),
    ],
)
def test_bad_input_of_incentives_is_refused_with_a_cure(table, options, message):
    with pytest.raises(ValueError, match=message):
        plot_incentives(table, **options)


def test_long_payments_break_at_a_space_and_keep_their_sign():
    assert incentive_rows._wrapped("≤ 20 万元/年†", 13) == ["≤ 20 万元/年†"]
    assert incentive_rows._wrapped("≤ 1 million/yr", 8) == ["≤ 1", "million", "/yr"]
