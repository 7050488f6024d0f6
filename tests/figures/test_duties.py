"""The figure of the functions that a policy sets to work, worked by hand."""

import pytest
from tables import clause, clause_rows

from ipcompare.figures.duties import plot_department_functions

NAMES = {"a": "甲 2017", "b": "乙 2018"}


def naming(path, doc_id, *units, **fields):
    about = {"clause_id": f"{doc_id}{path}", "units": list(units)}
    return clause(doc_id, path, "推进工作。", **about | fields)


NAMING = clause_rows(
    naming("1", "a", "市财政局", "市科技局"),
    naming("2", "a", "市科技局", "市科技局"),  # named twice, one provision
    naming("3", "a"),
    naming("1", "b", "市科技局", "市公安局"),
    naming("2", "b", "市公安局"),
    naming("3", "b", "市法院", role="table_row"),  # no provision
    naming("1", "c"),
)


def labels(axis_labels):
    return [label.get_text() for label in axis_labels]


def cells(ax):
    """The count in each cell by row and column."""
    return {
        (int(y), int(x)): text.get_text() for text in ax.texts for x, y in [text.get_position()]
    }


def test_functions_are_counted_within_each_text():
    (ax,) = plot_department_functions(NAMING, names=NAMES).axes
    # 科技 a1, a2 and b1, of two texts; 公安 b1, b2; 财政 a1. No cell holds 3.
    assert labels(ax.get_yticklabels()) == ["科技", "公安", "财政"]
    assert labels(ax.get_xticklabels()) == ["甲 2017", "乙 2018"]
    assert cells(ax) == {(0, 0): "2", (0, 1): "1", (1, 1): "2", (2, 0): "1"}
    shades = ax.collections[0].get_array().tolist()  # of the two provisions of each that name any
    assert shades == [[1, 0.5], [0, 1], [0.5, 0]]


def test_spellings_are_one_function_and_a_department_not_known_keeps_its_name():
    own = clause_rows(
        naming("1", "a", "市工信局", "市经信委", "市前海管理局"), naming("1", "b", "市工信委")
    )
    (ax,) = plot_department_functions(own, names=NAMES).axes
    assert labels(ax.get_yticklabels()) == ["工业和信息化", "市前海管理局"]
    assert cells(ax) == {(0, 0): "1", (0, 1): "1", (1, 0): "1"}


def test_those_with_the_largest_share_of_one_text_in_english():
    names = {"a": "Jia", "b": "Yi", "c": "Bing"}
    (ax,) = plot_department_functions(NAMING, names=names, lang="en", top=2).axes
    assert labels(ax.get_yticklabels()) == ["Science and technology", "Public security"]
    assert labels(ax.get_xticklabels()) == ["Jia", "Yi", "Bing\n(names none)"]


@pytest.mark.parametrize(
    ("table", "options", "message"),
    [
        (NAMING[["clause_id"]], {}, r"make it with clause_table\(\)"),
        (NAMING, {"lang": "fr"}, "lang is zh or en"),
        (NAMING, {"top": 0}, "top is 0; it must be a whole number from 1 on"),
        (NAMING.iloc[[2]], {}, "names a department in its provisions"),
        (NAMING, {"names": {"x": "x"}}, "choose documents that do with names="),
    ],
)
def test_bad_input_of_departments_is_refused_with_a_cure(table, options, message):
    with pytest.raises(ValueError, match=message):
        plot_department_functions(table, **options)
