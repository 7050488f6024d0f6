"""Tables and figures on disk: declared, complete, the same bytes each time, safe in Excel."""

import subprocess
import tomllib

import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text

import ipcompare as ipc
from ipcompare.corpus import Corpus, Document
from ipcompare.exports import declared
from ipcompare.exports.declared import chosen_exhibits, exhibits
from ipcompare.exports.saving import (
    csv_cell,
    save_figure,
    save_table,
    write_csv,
    write_index,
)
from ipcompare.figures.style import new_figure, print_style
from ipcompare.words import word_table


def drawing(text="知识产权 ≥ 12 件"):
    with print_style():
        fig = new_figure(8.5, 3)
        fig.text(0.1, 0.5, text)
        return fig


def folder_bytes(folder):
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=SUM(A1)", "'=SUM(A1)"),
        ("+86", "+86"),  # a number
        ("-推进", "'-推进"),
        ("@甲", "'@甲"),
        ("\t甲", "'\t甲"),
        ("=", "="),  # a comparator
        (">=", ">="),
        ("—41—", "—41—"),
        (-3, "-3"),
        ("-1", "-1"),
        (1.0, "1"),
        (2 / 3, "0.6667"),
        (-0.00001, "0"),
        (2.38e12, "2380000000000"),
        (float("nan"), ""),
        (pd.NA, ""),
        (None, ""),
        (True, "True"),
        (["市科技局", "市财政局"], "市科技局；市财政局"),
        ([], ""),
    ],
)
def test_csv_cell(value, cell):
    assert csv_cell(value) == cell


def test_table_is_utf8_with_bom_and_unix_lines(tmp_path):
    frame = pd.DataFrame({"a": ["甲\n乙", "丙"], "year": pd.array([2020, None], dtype="Int64")})
    write_csv(frame, tmp_path / "new" / "t.csv")
    expected = '\ufeffa,year\n"甲\n乙",2020\n丙,\n'.encode()
    assert (tmp_path / "new" / "t.csv").read_bytes() == expected


def test_named_index_becomes_columns_and_plain_index_does_not(tmp_path):
    frame = pd.DataFrame({"n": [1, 2]}, index=[7, 9])
    write_csv(frame, tmp_path / "plain.csv")
    write_csv(frame.rename_axis("doc_id"), tmp_path / "named.csv")
    assert (tmp_path / "plain.csv").read_text("utf-8-sig") == "n\n1\n2\n"
    assert (tmp_path / "named.csv").read_text("utf-8-sig") == "doc_id,n\n7,1\n9,2\n"


def test_table_read_back_has_the_same_numbers(tmp_path):
    frame = pd.DataFrame({"x": np.linspace(0, 1e6, 7).round(4), "s": list("甲乙丙丁戊己庚")})
    shown = save_table(frame, "summary", folder=tmp_path)
    pd.testing.assert_frame_equal(
        pd.read_csv(tmp_path / "tables/summary.csv"), shown, check_dtype=False
    )


def test_only_declared_exhibits_are_saved(tmp_path):
    with pytest.raises(ValueError, match="no table 'sumary' is declared.*exhibits.toml.*summary"):
        save_table(pd.DataFrame(), "sumary", folder=tmp_path)
    with pytest.raises(ValueError, match="no figure 'summary'"):
        save_figure(drawing(), "summary", folder=tmp_path)
    assert not list(tmp_path.iterdir())


def test_figure_has_the_same_bytes_each_time(tmp_path):
    for name in "ab":
        save_figure(drawing(), "target-ladder", folder=tmp_path / name)
    first = folder_bytes(tmp_path / "a")
    assert sorted(p.name for p in first) == [
        f"target-ladder{twin}.{suffix}" for twin in ("-en", "") for suffix in ("pdf", "png", "svg")
    ]
    assert first == folder_bytes(tmp_path / "b")
    for trace in (b"CreationDate", b"dc:date", b"atplotlib"):
        assert not any(trace in data for data in first.values())


def test_what_was_saved_is_shown_until_the_figure_changes(tmp_path):
    fig = save_figure(drawing(), "target-ladder", folder=tmp_path)
    png, about = fig._repr_png_()
    assert png is fig.saved and png == (tmp_path / "figures/target-ladder.png").read_bytes()
    assert about == {"width": 321}  # 8.5 cm at 96 pixels an inch
    fig.texts[0].set_text("另一标题")
    assert fig._repr_png_()[0] != png


def test_pdf_embeds_a_truetype_subset(tmp_path):
    save_figure(drawing(), "target-ladder", folder=tmp_path)
    pdf = (tmp_path / "figures/target-ladder.pdf").read_bytes()
    assert b"/CIDFontType2" in pdf and b"/FontFile2" in pdf and b"/ToUnicode" in pdf
    assert b"/Type3" not in pdf and len(pdf) < 100_000


@pytest.mark.skipif(
    not subprocess.run(["which", "pdftotext"], capture_output=True).stdout, reason="no pdftotext"
)
def test_pdf_text_can_be_selected(tmp_path):
    save_figure(drawing(), "target-ladder", folder=tmp_path)
    path = tmp_path / "figures/target-ladder.pdf"
    assert (
        "知识产权 ≥ 12 件"
        in subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True).stdout
    )


def test_rare_character_is_drawn_and_missing_glyph_refused(tmp_path):
    save_figure(drawing("堃"), "target-ladder", folder=tmp_path)  # outside GB 2312
    with pytest.raises(ValueError, match="figure target-ladder: Glyph .* missing"):
        save_figure(drawing("\U0001f600"), "target-ladder", folder=tmp_path)


def test_index_lists_every_exhibit_and_refuses_gaps_and_strangers(tmp_path):
    for exhibit in exhibits().values():
        for path in exhibit.all_files(tmp_path):
            path.parent.mkdir(exist_ok=True)
            path.touch()
    assert list(write_index(tmp_path)["id"]) == list(exhibits())
    header = (tmp_path / "index.csv").read_text("utf-8-sig").splitlines()[0]
    assert header == "number,id,title_zh,title_en,notebook,files,sources,cite_zh,cite_en"
    (tmp_path / "figures" / "target-ladder-en.pdf").unlink()
    write_index(tmp_path, langs=("zh",))
    (tmp_path / "tables" / "summary.csv").unlink()
    (tmp_path / "figures" / "old.png").touch()
    with pytest.raises(
        ValueError,
        match=r"(?s)ladder-en.pdf is .*summary.csv is declared but missing.*old.png is not declared",
    ):
        write_index(tmp_path)


def test_only_an_optional_exhibit_may_be_missing(tmp_path):
    for exhibit in exhibits().values():
        for path in exhibit.all_files(tmp_path):
            path.parent.mkdir(exist_ok=True)
            path.touch()
    assert "similarity-groups" in set(write_index(tmp_path)["id"])  # made of eight texts
    (tmp_path / "tables/similarity-groups.csv").unlink()
    assert "similarity-groups" not in set(write_index(tmp_path)["id"])
    (tmp_path / "tables/similarity-pairs.csv").unlink()
    with pytest.raises(ValueError, match="similarity-pairs.csv is declared but missing"):
        write_index(tmp_path)


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        (
            'id = "a"\nkind = "map"\ntitle = ["", ""]\nchapter = ""\nnotebook = ""\nby = ""\nsources = []',
            "kind is table or figure",
        ),
        (
            'id = "a"\nkind = "table"\ntitle = [""]\nchapter = ""\nnotebook = ""\nby = ""\nsources = []',
            "title and note are",
        ),
        ('id = "a"\nkind = "table"', "an exhibit has the keys"),
    ],
)
def test_bad_declaration_names_file_and_line(monkeypatch, entry, problem):
    text = "# a comment\n[[exhibit]]\n" + entry
    monkeypatch.setattr(declared, "data_text", lambda file: text)
    monkeypatch.setattr(declared, "read_toml", lambda file: tomllib.loads(text))
    with pytest.raises(ValueError, match=f"exhibits.toml, line 3: {problem}"):
        declared.exhibits.__wrapped__()


def test_a_figure_of_ours_is_saved_in_both_languages(tmp_path):
    clauses = ipc.clause_table([Document("jia", "一、目标\n（一）甲。\n")])
    names = ipc.document_names(
        Corpus((Document("jia", "", jurisdiction="甲县", jurisdiction_en="Jia"),))
    )
    fig = ipc.plot_corpus_overview(clauses, names=names)
    said = [text.get_text() for text in fig.in_language("en").findobj(Text)]
    assert "Jia" in said and "Numbered provisions" in said and "甲县" not in said
    save_figure(fig, "corpus-overview", folder=tmp_path)
    pictures = [tmp_path / f"figures/corpus-overview{twin}.png" for twin in ("", "-en")]
    assert pictures[0].read_bytes() != pictures[1].read_bytes()


def test_only_and_languages_asked_for_are_written(tmp_path, monkeypatch):
    monkeypatch.setenv("IPCOMPARE_LANGS", "en")
    monkeypatch.setenv("IPCOMPARE_ONLY", "target-ladder target-matrix")
    frame = pd.DataFrame({"a": [1]})
    for id in ("summary", "target-matrix"):
        save_table(frame, id, folder=tmp_path)
    save_table(frame, "target-matrix", lang="en", folder=tmp_path)
    save_figure(drawing(), "target-ladder", folder=tmp_path)
    found = sorted(p.name for p in tmp_path.rglob("*.*"))
    assert found == [
        "target-ladder-en.pdf", "target-ladder-en.png", "target-ladder-en.svg",
        "target-matrix-en.csv",
    ]  # fmt: skip
    with pytest.raises(ValueError, match="table summary is saved in zh, not 'en'"):
        save_table(frame, "summary", lang="en", folder=tmp_path)


def test_exhibits_are_chosen_by_id_number_or_notebook():
    assert [e.id for e in chosen_exhibits(["table-1", "figure-1", "summary"])] == [
        "summary", "references-map",
    ]  # fmt: skip
    ladder = exhibits()["target-ladder"]
    assert ladder in chosen_exhibits([f"{ladder.notebook}.ipynb"])
    with pytest.raises(ValueError, match="no exhibit or notebook 'tabel-3'; index.csv lists them"):
        chosen_exhibits(["tabel-3"])


def test_exhibits_stand_in_the_order_of_the_chapters():
    chapters = [exhibit.chapter for exhibit in exhibits().values()]
    order = list(word_table("chapters"))
    assert chapters == sorted(chapters, key=order.index)
