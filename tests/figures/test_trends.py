"""The figures of many texts, on an invented corpus: what they draw and what they leave out."""

import pandas as pd
import pytest
from drawn import shown
from many import invented
from test_layout import faults

from ipcompare.figures.of_study import figure_of
from ipcompare.figures.overview import NAMED, plot_document_similarity
from ipcompare.figures.trends import (
    comparable_targets,
    plot_coverage_by_province,
    plot_target_trend,
)

FEW, MANY = invented(12), invented(30)
FORMS = ("target-ladder", "document-similarity-map")


@pytest.mark.filterwarnings("error:Glyph")
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("id", FORMS)
def test_thirty_texts_are_ready_to_print(id, lang):
    fig = figure_of(MANY, id, lang=lang)
    assert faults(fig) == [] and fig.get_figheight() * 2.54 < 24  # a page


def test_only_many_texts_are_drawn_over_years():
    few, many = (" ".join(shown(figure_of(made, "target-ladder"))) for made in (FEW, MANY))
    assert "横轴为完成年份" in many and "横轴为完成年份" not in few


def rows(*own):
    """Aligned targets: (doc_id, low, changes)."""
    row = MANY.goals[MANY.goals["deadline"].notna()].iloc[0]
    made = [{**row, "doc_id": doc_id, "target_id": f"{doc_id}#1@1", "low": low, "high": low,
             "deadline": 2020, **changes}
            for doc_id, low, changes in own]  # fmt: skip
    return pd.DataFrame(made, columns=MANY.aligned.columns).astype(MANY.aligned.dtypes)


def test_like_stands_beside_like_only():
    aligned = rows(
        ("d00", 1, {}), ("d01", 2, {}), ("d02", 3, {"unit": "万件"}), ("d03", 4, {"per_year": True}),
        ("d04", 5, {"flag": "variant: 新增"}), ("d05", 6, {"deadline": None}),
        ("d06", 7, {"headline": False}), ("d07", 8, {"flag": "wording: d07#1@1"}),
        ("d08", 9, {"scope": "重点产业"}),
    )  # fmt: skip
    assert comparable_targets(aligned)["doc_id"].tolist() == ["d00", "d01", "d07"]


def test_marks_stand_at_year_and_value_and_levels_are_told_apart():
    aligned = rows(("d00", 10, {}), ("d01", 20, {}), ("d02", 40, {"deadline": 2025}))
    documents = pd.DataFrame({"doc_id": ["d00", "d01", "d02"], "province": None,
                              "level": ["province", "city", "city"]})  # fmt: skip
    ax = plot_target_trend(aligned, documents).axes[0]
    marks = [line for line in ax.get_lines() if line.get_marker() != "None"]
    found = [(round(m.get_xdata()[0]), m.get_ydata()[0], m.get_marker()) for m in marks]
    assert found == [(2020, 10, "^"), (2020, 20, "o"), (2025, 40, "o")]


def test_what_is_left_out_is_counted():
    aligned = rows(("d00", 1, {}), ("d01", 2, {}), ("d02", 3, {"deadline": None}))
    texts = " ".join(shown(plot_target_trend(aligned, MANY.corpus.table)))
    assert "所列指标另有 1 处没有完成年份或口径不同，未画出。" in texts
    assert "项指标未画出" not in texts
    with pytest.raises(ValueError, match="no indicator is set alike"):
        plot_target_trend(aligned.head(1), MANY.corpus.table)


def test_texts_of_a_province_with_the_same_number_are_one_larger_mark():
    themes = {theme: 0 for theme in ("创造", "运用", "保护", "管理", "服务", "人才")}
    coverage = pd.DataFrame([{"doc_id": d, **themes, "创造": n} for d, n in
                             (("a", 2), ("b", 2), ("c", 1))])  # fmt: skip
    documents = pd.DataFrame({"doc_id": ["a", "b", "c"], "level": "city", "province": "甲省"})
    ax = plot_coverage_by_province(coverage, documents).axes[0]
    marks = [line for line in ax.get_lines() if line.get_marker() == "o"]
    first = {m.get_xdata()[0]: m.get_markersize() for m in marks if m.get_ydata()[0] == 0}
    assert first[2] ** 2 == pytest.approx(2 * first[1] ** 2) and set(first) == {1, 2}


def test_names_that_do_not_fit_are_left_to_the_table_and_the_figure_says_so():
    for n, named in ((NAMED, True), (NAMED + 1, False)):
        ids = [f"Zhengzhou {2000 + k}" for k in range(n)]
        fig = plot_document_similarity(pd.DataFrame(0.5, index=ids, columns=ids), lang="en")
        texts = " ".join(shown(fig))
        assert ("Zhengzhou 2001" in texts) == named
        assert ("too many to name" in texts) != named
        assert faults(fig) == []


def test_like_texts_stand_beside_each_other():
    ids = list("abcdefghi")  # every third is like the other two of its kind
    square = [[1 if a == b else 0.9 if a % 3 == b % 3 else 0.1 for a in range(9)] for b in range(9)]
    fig = plot_document_similarity(pd.DataFrame(square, index=ids, columns=ids))
    order = [label.get_text() for label in fig.axes[0].get_yticklabels()]
    kinds = [ids.index(name) % 3 for name in order]
    assert sum(a != b for a, b in zip(kinds, kinds[1:], strict=False)) == 2
