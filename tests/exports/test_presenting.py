"""Tables for readers: titles, names and words in the language asked for, numbers as they are."""

import tomllib

import pandas as pd
import pytest
from files import ROOT

import ipcompare as ipc
from ipcompare.citations import DocumentNames
from ipcompare.exports.declared import exhibits
from ipcompare.exports.presenting import (
    column_title,
    presented,
    printed_table,
    show_table,
    source_line,
    theme_name,
)
from ipcompare.exports.saving import saved_tables
from ipcompare.words import word_table

NAMES = DocumentNames({"jia": ("甲 2017", "Jia 2017"), "yi": ("乙 2018", "Yi 2018")})
FRAME = pd.DataFrame(
    {
        "doc_id": ["jia", "yi"],
        "clause_id": ["jia#1.1", "yi#2"],
        "indicator_zh": ["质押融资额", "商标"],
        "indicator_en": ["Pledge financing", "Trademarks"],
        "kind": ["target", "fact"],
        "unit": ["亿元", "件"],
        "high": [2.5, 3.0],
        "units": [["市科技局", "市财政局"], []],
        "mutual": [True, False],
        "flag": ["scope: 市区", ""],
    }
)


def test_chinese():
    shown = presented(FRAME, names=NAMES, pinpoints={"jia#1.1": "一、（一）"})
    assert list(shown.columns)[:4] == ["文本", "条款", "指标", "类别"]
    assert shown.iloc[0].tolist() == [
        "甲 2017", "甲 2017 一、（一）", "质押融资额", "目标", "亿元", 2.5,
        "市科技局、市财政局", "✓", "范围: 市区",
    ]  # fmt: skip


def test_english():
    shown = presented(FRAME, names=NAMES, lang="en")
    assert shown.iloc[0].tolist() == [
        "Jia 2017", "Jia 2017", "Pledge financing", "target", "100 million yuan", 2.5,
        "市科技局, 市财政局", "✓", "scope: 市区",
    ]  # fmt: skip
    assert "Indicator" in shown and "Indicator (English)" not in shown
    with pytest.raises(ValueError, match="lang is zh or en, not 'fr'"):
        presented(FRAME, lang="fr")


def test_documents_in_heads_and_lists_and_what_is_not_known():
    frame = pd.DataFrame(
        {"earlier": ["jia、yi", "province"], "jia": [1, 2], "own_column": ["a", None]}
    )
    shown = presented(frame, names=NAMES, lang="en")
    assert list(shown.columns) == [column_title("earlier", "en"), "Jia 2017", "own_column"]
    assert shown.iloc[:, 0].tolist() == ["Jia 2017, Yi 2018", "province"]
    assert shown["own_column"].tolist() == ["a", ""]


def test_the_declared_columns_are_printed():
    frame = pd.DataFrame({"target_id": ["x"], "rank": [2], "indicator_zh": ["甲"], "unit": ["件"]})
    shown = presented(frame, "comparable-targets", names=NAMES)
    assert list(shown.columns) == ["指标", "计量单位", "名次"]


def test_a_table_is_saved_and_shown_in_one_step(tmp_path, monkeypatch):
    monkeypatch.setenv("IPCOMPARE_OUTPUTS", str(tmp_path))
    frame = pd.DataFrame({"rank": [2], "indicator_zh": ["甲"], "ratio": [1.23456]})
    shown = show_table(frame, "comparable-targets", lang="en")
    assert shown.columns[-1] == column_title("ratio", "en", exhibit="comparable-targets")
    assert shown.iloc[0].tolist() == ["甲", 2, 1.2346]
    show_table(frame, "target-matrix", lang="en")  # its words are ours: a file of each language
    saved = {path.name for path in (tmp_path / "tables").iterdir()}
    assert saved == {"comparable-targets.csv", "target-matrix-en.csv"}


def test_a_table_too_wide_for_a_page_is_turned():
    frame = pd.DataFrame({"doc_id": ["jia", "yi"], **{f"n_{n}": [n, n] for n in range(12)}})
    shown = printed_table(frame, "", lang="zh", names=NAMES)
    assert list(shown.columns) == ["", "甲 2017", "乙 2018"] and len(shown) == 12


def test_a_turned_table_has_the_heads_of_a_column_that_names_every_row():
    wide = {f"n_{n}": [n, n] for n in range(12)}
    frame = pd.DataFrame({"function": ["", ""], "written": ["廊坊", "县海关"], **wide})
    shown = printed_table(frame, "", lang="zh", names=NAMES)
    assert list(shown.columns) == ["", "廊坊", "县海关"] and len(shown) == 13


def test_sources_in_words():
    said = source_line(exhibits()["target-scores"], NAMES, "en")
    assert said.startswith(
        "counts of texts of other places, other_places.csv; Jia 2017, Yi 2018; quantities coded by language models; compiled with"
    )


def test_themes_of_both_kinds_are_named():
    names = ("创造", "creation", "unassigned", "own theme")
    assert [theme_name(name, "zh") for name in names] == ["创造", "创造", "未归类", "own theme"]
    assert [theme_name(name, "en") for name in names] == [
        "Creation", "Creation", "Unassigned", "own theme",
    ]  # fmt: skip
    frame = pd.DataFrame({"theme": ["use"], "second": ["talent"], "创造": [3]})
    shown = presented(frame, lang="en")
    assert shown.iloc[0].tolist() == ["Utilisation", "Talent", 3] and shown.columns[2] == "Creation"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_column_of_every_table_has_its_own_title(lang):
    names = ipc.document_names(ipc.read_corpus(ROOT / "corpus"), lang=lang)
    for id, frame in saved_tables(ROOT / "outputs", lang).items():
        shown = presented(frame, id, lang=lang, names=names)
        own = set(
            word_table("columns")[c][lang == "en"] for c in frame if c in word_table("columns")
        )
        raw = [c for c in shown.columns if c in frame.columns and c not in own and c.isascii()]
        assert not raw and shown.columns.is_unique, (id, list(shown.columns))


def test_sources_of_all_exhibits_are_named():
    declared = tomllib.loads((ROOT / "ipcompare/data/exhibits.toml").read_text("utf-8"))
    used = {source for exhibit in declared["exhibit"] for source in exhibit["sources"]}
    assert used == set(word_table("values.sources"))


def test_what_is_missing_is_blank_where_a_notebook_shows_it():
    frame = pd.DataFrame({"deadline": pd.array([2020, None], dtype="Int64"), "ratio": [1.5, None]})
    page = presented(frame, lang="zh")._repr_html_()
    assert "2020" in page and "1.5" in page and "NA" not in page and "NaN" not in page
