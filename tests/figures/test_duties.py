"""The figure of the departments that a policy sets to work, worked by hand."""

import pandas as pd
import pytest
from tables import clause, clause_rows

from ipcompare.figures.duties import plot_department_themes
from ipcompare.frames import order_documents

NAMES = {"a": "甲 2017", "b": "乙 2018"}


def themes(**of):
    return pd.DataFrame({"clause_id": list(of), "theme": list(of.values())})


def naming(path, doc_id, *units, **fields):
    about = {"clause_id": f"{doc_id}{path}", "units": list(units)}
    return clause(doc_id, path, "推进工作。", **about | fields)


NAMING = clause_rows(
    naming("1", "a", "市财政局", "市科技局"),
    naming("2", "a", "市科技局", "市科技局"),  # named twice, one provision
    naming("3", "a"),
    naming("1", "b", "市科技局", "市公安局"),
    naming("2", "b", "市公安局"),
    naming("3", "b", "市法院", role="table_row"),  # no theme, not counted
)
THEMES = themes(a1="use", a2="use", a3="use", b1="protection", b2="unassigned")


def labels(axis_labels):
    return [label.get_text() for label in axis_labels]


def numbers(ax):
    return [text.get_text().strip() for text in ax.texts]


def test_departments_are_counted_by_theme_and_text():
    fig = plot_department_themes(NAMING, THEMES, names=NAMES)
    left, right = fig.axes
    # 科技 a1, a2, b1; 公安 b1, b2; 财政 a1
    assert labels(left.get_yticklabels()) == ["科技", "公安", "财政"]
    heads = ["创造", "运用", "保护", "管理", "服务", "人才", "组织保障", "未归类"]
    assert labels(left.get_xticklabels()) == heads
    assert numbers(left) == ["2", "1", "1", "1", "1"]  # 运用, 保护 | 保护, 未归类 | 运用
    assert [tuple(text.get_position()) for text in left.texts[:2]] == [(1.5, 0.5), (2.5, 0.5)]
    assert numbers(right) == ["3", "2", "1"]
    assert [bar.get_width() for bar in right.patches] == [2, 0, 1, 1, 2, 0]
    assert labels(fig.legends[0].get_texts()) == ["甲 2017", "乙 2018"]


def test_spellings_are_one_function_and_a_department_not_known_keeps_its_name():
    own = clause_rows(
        naming("1", "a", "市工信局", "市经信委", "市前海管理局"), naming("1", "b", "市工信委")
    )
    fig = plot_department_themes(own, themes(a1="use", b1="use"), names=NAMES)
    left, right = fig.axes
    assert labels(left.get_yticklabels()) == ["工业和信息化", "市前海管理局"]
    assert numbers(right) == ["2", "1"]  # a1 and b1; a1


def test_departments_in_english():
    names = {"a": "Jia", "b": "Yi", "c": "Bing"}
    fig = plot_department_themes(NAMING, THEMES, names=names, lang="en", top=1)
    left, right = fig.axes
    (label,) = labels(left.get_yticklabels())
    assert label.replace("\n", " ") == "Science and technology" and numbers(right) == ["3"]
    assert labels(left.get_xticklabels())[1] == "Utilisation"
    assert labels(left.get_xticklabels())[-1] == "Un-\nassigned"
    assert labels(fig.legends[0].get_texts()) == ["Jia", "Yi", "Bing (names none)"]


def test_equal_sums_stand_in_the_order_of_the_texts_and_unknown_themes_come_last():
    own = themes(a1="law", a2="law", a3="law", b1="law", b2="law")
    fig = plot_department_themes(NAMING, own, names={"a": "甲"}, top=9)
    assert labels(fig.axes[0].get_yticklabels()) == ["科技", "财政"]
    assert labels(fig.axes[0].get_xticklabels())[-1] == "law"
    turned = order_documents(NAMING.iloc[[0, 4]], ["b", "a"])
    one = plot_department_themes(turned, own, names=NAMES)
    assert labels(one.axes[0].get_yticklabels()) == ["公安", "财政", "科技"]


@pytest.mark.parametrize(
    ("tables", "options", "message"),
    [
        ((NAMING[["clause_id"]], THEMES), {}, r"make it with clause_table\(\)"),
        ((NAMING, NAMING), {}, r"make it with clause_themes\(\)"),
        ((NAMING, THEMES), {"lang": "fr"}, "lang is zh or en"),
        ((NAMING, THEMES), {"top": 0}, "top must be 1 or more, not 0"),
        ((NAMING.iloc[[2]], THEMES), {}, "names a department in its provisions"),
        ((NAMING, THEMES), {"names": {"x": "x"}}, "choose documents that do with names="),
    ],
)
def test_bad_input_of_departments_is_refused_with_a_cure(tables, options, message):
    with pytest.raises(ValueError, match=message):
        plot_department_themes(*tables, **options)
