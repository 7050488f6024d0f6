"""Browsers: what each choice shows, that it is escaped, and what a committed notebook keeps."""

import html
import re
import subprocess
import sys

import nbformat
import pandas as pd
import pytest
from files import CORPUS, ROOT
from nbclient import NotebookClient
from tables import clause, clause_rows, match_rows

from ipcompare.browse.browser import WIDGET_VIEW
from ipcompare.browse.clause_browser import browse_clauses, clause_page
from ipcompare.browse.stripping import strip_widgets
from ipcompare.browse.table_browser import browse_table, table_page
from ipcompare.browse.target_browser import browse_targets, indicator_options, target_pages
from ipcompare.citations import document_names
from ipcompare.clauses.table import clause_table
from ipcompare.corpus import Corpus, Document
from ipcompare.indicators.align import align_targets
from ipcompare.quantities.extract import extract_targets

ELEMENTS = set("div p b br small mark table thead tbody tr th td details summary".split())
BAD = "<script>alert(1)</script> & <img src=x onerror=alert(1)>"


def elements(page):
    """The names of the elements of a page, and the attributes they carry."""
    found = re.findall(r"<(/?[a-z]+)([^>]*)>", page)
    return {name.strip("/") for name, _ in found}, {said.strip() for _, said in found} - {""}


def words(page):
    """The rows of a page as the words of their cells."""
    lines = re.findall(r"<tr.*?</tr>", page)
    cells = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", line) for line in lines]
    return [[html.unescape(re.sub("<[^>]+>", "", cell)) for cell in line] for line in cells]


# Clauses -----------------------------------------------------------------------------------------

THREE = clause_rows(
    clause("a", "1", "建立专利导航机制。", pinpoint="一、", heading="导航"),
    clause("a", "2", "完", pinpoint="二、", heading=BAD),
    clause("b", "1", "完善专利导航机制。", pinpoint="（一）"),
    clause("c", "1", BAD, pinpoint="1."),
)
MATCHES = match_rows(
    ("a#1", "b#1", 0.5), ("a#2", "b#1", 0.2, 1, False), ("a#2", "c#1", 0.9),
    ("b#1", "a#1", 0.5), ("b#1", "a#2", 0.2, 2, False), ("c#1", "a#2", 0.9),
)  # fmt: skip


def test_each_provision_stands_beside_its_counterpart():
    page = clause_page(THREE, "a", "b", matches=MATCHES, threshold=0.3, names={"a": "甲"})
    assert words(page)[::2] == [
        ["甲", "b", "自身用词余弦", "互居首位"],
        ["对读原文导航。建立专利导航机制。", "完善专利导航机制。"],
        [f"对读原文{BAD}。完", "完善专利导航机制。"],
    ]
    assert words(page)[1::2] == [
        ["一、 导航", "（一）", "0.500", "✓"],
        [f"二、 {BAD}", "无对应（最接近 （一））", "0.200", ""],
    ]
    assert "甲 的 2 条中，1 条在b 有对应（分数不低于 0.30）" in page
    assert page.count("<mark>专利导航机制。</mark>") == 2


def test_threshold_decides_what_is_a_counterpart():
    low = clause_page(THREE, "a", "b", matches=MATCHES, threshold=0.2)
    high = clause_page(THREE, "a", "b", matches=MATCHES, threshold=0.51)
    assert low.count("无对应") == 0 and high.count("无对应") == 2
    assert "✓" not in high


def test_provision_that_shares_nothing_has_no_nearest():
    page = clause_page(THREE, "b", "c", matches=MATCHES)
    assert words(page)[1] == ["（一）", "无对应", "0.000", ""]


def test_first_texts_and_unknown_texts():
    shown = {
        str(browse_clauses(THREE, matches=MATCHES, **given))
        for given in ({}, {"a": "a"}, {"b": "b"}, {"a": "a", "b": "b"})
    }
    assert shown == {"条款对照：a、b"}
    assert str(browse_clauses(THREE, matches=MATCHES, b="a")) == "条款对照：b、a"
    with pytest.raises(ValueError, match="nowhere is no document; there are a, b, c"):
        browse_clauses(THREE, matches=MATCHES, a="nowhere")
    assert browse_clauses(THREE[:2], matches=MATCHES) == "只有一份文本，没有可对照的"


# Targets -----------------------------------------------------------------------------------------


def test_every_text_has_its_value_or_says_nothing(clauses, targets, aligned):
    page = target_pages(aligned, targets, clauses, corpus=CORPUS)("pledge_financing")
    lines = words(page)
    assert lines[0] == ["文本", "数值", "完成年份", "备注", "原句与出处"]
    assert [line[:3] for line in lines[1:]] == [
        ["河北 2016", "≥ 30 亿元*", "2020"],
        ["鹤壁 2017", "15 亿元", "2020"],
        ["阜新 2017", "未见表述", ""],
        ["郑州 2017", "≥ 20 亿元", "约2020*"],
        ["新乡 2024", "定性", ""],
    ]
    assert re.findall("<mark>(.*?)</mark>", page) == ["30亿元", "15亿元", "20亿元"]
    assert lines[-1][-1].endswith("知识产权质押融资金额力争保持全省前列")
    assert "口径：专利、商标" in page and "5 份文本中 3 份有数字" in page
    assert "鹤政〔2017〕21号[Z]. 2017-09-30: 二、（九）." in page


def test_another_wording_names_the_other_provision(clauses, targets, aligned):
    lines = words(target_pages(aligned, targets, clauses)("rights_aid_firms"))
    said = {line[3]: line[4].split()[0] for line in lines if "措辞不同" in line[3]}
    assert said == {
        "措辞不同：三、(三)6.": "二、(二)",
        "措辞不同：二、(二)": "三、(三)6.",
    }


def test_incentives_are_offered_after_the_targets(clauses, targets, aligned):
    labels = [label for label, _ in indicator_options(aligned)]
    assert labels[0] == "目标 · 每万人口发明专利拥有量 (5)"
    kinds = [label.split()[0] for label in labels]
    assert kinds == sorted(kinds, key="目标 激励".split().index) and "激励" in kinds
    award = "operation_organisation_award"
    page = target_pages(aligned, targets, clauses)(award)
    assert "<b>30 万元</b>" in page and "条件：专利运营主营业务收入 ≥ 1000万元" in page


def test_unknown_indicator_names_the_known_ones(clauses, targets, aligned):
    with pytest.raises(KeyError, match="no indicator 'moon'; there are invention_patents_per_10k,"):
        browse_targets(aligned, targets, clauses, indicator="moon")
    assert browse_targets(aligned[:0], targets, clauses) == "没有数字对应指标库中的条目"


def test_every_indicator_can_be_chosen_in_both_languages(clauses, targets, aligned):
    for lang in ("zh", "en"):
        about = {"names": document_names(CORPUS, lang=lang), "lang": lang, "corpus": CORPUS}
        page = target_pages(aligned, targets, clauses, **about)
        for _, id in indicator_options(aligned, lang=lang):
            assert page(id).count("<mark>") == (aligned["indicator"] == id).sum(), id


# Tables ------------------------------------------------------------------------------------------


def test_first_rows_and_how_many_there_are():
    frame = pd.DataFrame({"n": [1, 2, 3], "x": [0.25, None, 1e6], "很": ["字" * 50, ["甲"], pd.NA]})
    page = table_page(frame, rows=2, caption="A & B")
    assert words(page) == [["n", "x", "很"], ["1", "0.25", "字" * 40 + "…"], ["2", "", "甲"]]
    assert "<b>A &amp; B</b>" in page and page.endswith("<p>… 共 3 行</p>")
    assert table_page(frame, rows=3, lang="en").endswith("<p>3 rows in all</p>")


def test_index_is_shown_unless_it_counts_rows():
    frame = pd.DataFrame(
        {"n": [1]}, index=pd.MultiIndex.from_tuples([("甲", 2)], names=["k", None])
    )
    assert words(table_page(frame)) == [["k", "", "n"], ["甲", "2", "1"]]
    frame.columns = pd.MultiIndex.from_tuples([("a", "b")])
    assert words(table_page(frame))[0] == ["k", "", "a / b"]


def test_table_widget_is_given_nothing_but_escaped_text():
    pytest.importorskip("itables")
    view = browse_table(pd.DataFrame({BAD: [BAD, 1.5]})).widget
    assert "keys_to_be_evaluated" not in view._dt_args
    assert not re.search("<(script|img)", repr(view._dt_args) + view.caption)


def test_any_table_can_be_browsed(aligned, clauses):
    pytest.importorskip("itables")
    for frame in (pd.DataFrame(), pd.DataFrame({"a": []}), aligned, clauses):
        bundle = browse_table(frame)._repr_mimebundle_()
        assert f"共 {len(frame)} 行" in bundle["text/html"]


# All ---------------------------------------------------------------------------------------------


@pytest.fixture
def browsers(study):
    """The three browsers of the five texts, made anew: their widgets change."""

    def made(lang="zh"):
        about = {"names": getattr(study, lang), "lang": lang}
        tables = study.aligned, study.targets, study.clauses
        return [
            browse_clauses(study.clauses, matches=study.all_matches, **about),
            browse_targets(*tables, corpus=study.corpus, **about),
            browse_table(study.aligned, caption="ALIGNED", lang=lang),
        ]

    return made


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_static_page_needs_neither_style_nor_script(browsers, lang):
    for browser in browsers(lang):
        names, attributes = elements(browser.html)
        assert names <= ELEMENTS
        assert attributes <= {
            "nowrap", 'colspan="4"', 'cellpadding="4"', 'align="left"', 'valign="top"',
        }  # fmt: skip


def test_labels_are_in_one_language(browsers, aligned):
    assert not re.search("[一-鿿]", "".join(words(browsers("en")[0].html)[0]))
    with pytest.raises(ValueError, match="lang is zh or en, not 'fr'"):
        table_page(aligned, lang="fr")


def test_hostile_texts_are_shown_and_never_run():
    text = f"一、目标\n（一）到2025年，知识产权服务机构达到5家{BAD}。\n"
    clauses = clause_table(Corpus((Document("a", text), Document("b", text))))
    targets = extract_targets(clauses)
    pages = [
        clause_page(THREE, "a", "c", matches=MATCHES, names={"a": BAD}),
        clause_page(clauses, "a", "b"),
        target_pages(align_targets(targets), targets, clauses)("service_organisations"),
        table_page(clauses, caption=BAD),
        table_page(pd.DataFrame({BAD: [BAD]})),
    ]
    for page in pages:
        assert elements(page)[0] <= ELEMENTS
        assert "&lt;script&gt;" in page.replace("<mark>", "").replace("</mark>", "")
        assert "&amp;" in page.replace("…", "&amp;")


def test_a_change_of_a_control_changes_the_view(browsers):
    pytest.importorskip("ipywidgets")
    clause_view, target_view = (browser.widget for browser in browsers()[:2])
    (controls, view), before = clause_view.children, clause_view.children[1].value
    controls.children[1].value = "zhengzhou-2017"
    assert "在郑州 2017 有对应" in view.value and view.value != before
    controls.children[2].value = 0
    assert "无对应" not in view.value
    (controls, view, _) = target_view.children
    controls.children[0].value = "pledge_financing"
    assert "<mark>30亿元</mark>" in view.value


def test_bundle_has_the_widget_and_what_stands_in_for_it(browsers, monkeypatch):
    pytest.importorskip("ipywidgets")
    for browser in browsers():
        bundle = browser._repr_mimebundle_()
        assert set(bundle) == {WIDGET_VIEW, "text/html", "text/plain"}
        assert bundle["text/html"] == browser.html and len(bundle["text/plain"]) < 80
    for name in ("ipywidgets", "itables.widget"):
        monkeypatch.setitem(sys.modules, name, None)  # as if it were not installed
    for browser in browsers():
        assert set(browser._repr_mimebundle_()) == {"text/html", "text/plain"}


def test_widgets_are_imported_only_to_be_shown():
    code = (
        "import sys; from ipcompare.browse import clause_browser, table_browser, target_browser,"
        " stripping; print(sorted({'ipywidgets', 'itables', 'anywidget'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"


SOURCE = f"""
import ipcompare as ipc
from ipcompare.browse.clause_browser import browse_clauses
from ipcompare.browse.table_browser import browse_table
from IPython.display import display
clauses = ipc.clause_table(ipc.read_corpus({str(ROOT / "corpus")!r}))
display(browse_clauses(clauses))
browse_table(clauses)
"""


def test_a_notebook_is_stripped_of_what_differs_at_every_run():
    """That the rest is the same is what the committed notebooks show."""
    pytest.importorskip("ipywidgets")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(SOURCE, id="only")])
    NotebookClient(notebook, kernel_name="python3", record_timing=False).execute()
    assert "widgets" in notebook.metadata and WIDGET_VIEW in nbformat.writes(notebook)
    written = nbformat.writes(strip_widgets(notebook))
    assert "widget" not in written.replace("browse", "")
    assert [sorted(out["data"]) for out in notebook.cells[0].outputs] == [
        ["text/html", "text/plain"]
    ] * 2


def test_stripping_leaves_everything_else():
    notebook = {
        "metadata": {"widgets": {}, "kernelspec": {}},
        "cells": [
            {"cell_type": "markdown"},
            {"outputs": [{"name": "stdout"}, {"data": {WIDGET_VIEW: {}, "text/plain": "x"}}]},
        ],
    }
    assert (
        strip_widgets(notebook)
        is notebook
        == {
            "metadata": {"kernelspec": {}},
            "cells": [
                {"cell_type": "markdown"},
                {"outputs": [{"name": "stdout"}, {"data": {"text/plain": "x"}}]},
            ],
        }
    )


def test_names_follow_the_language(clauses, targets, aligned):
    names = document_names(CORPUS)
    pages = [
        target_pages(aligned, targets, clauses, names=names, lang="en")("pledge_financing"),
        browse_clauses(clauses, names=names, lang="en", a="hebi-2017", b="fuxin-2017").html,
    ]
    assert all("Hebi 2017" in page and "鹤壁 2017" not in page for page in pages)
    assert "in words" in pages[0]
