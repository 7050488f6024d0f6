"""The report: every number leads to its words, hostile text stays text, the page works offline."""

import base64
import html
import io
import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import pandas as pd
import pytest
from files import CORPUS, ROOT
from fontTools.ttLib import TTFont
from small_texts import HOSTILE, small, small_study

import ipcompare as ipc
from ipcompare.data import read_toml
from ipcompare.exports.declared import Exhibit, exhibit_citation, exhibits, numbered
from ipcompare.indicators.matrices import incentive_matrix, target_matrix
from ipcompare.report import page as report
from ipcompare.report.cells import CELLS
from ipcompare.report.fonts import font_face
from ipcompare.report.panel import evidence_data
from ipcompare.report.table_views import table_view
from ipcompare.study import Study
from ipcompare.words import word_table


def data_of(page):
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    return json.loads(found[1])


def texts_of(markup, lang):
    """What a reader of one language sees: the spans of the other language and the tags removed."""
    other = {"zh": "en", "en": "zh"}[lang]
    while True:
        shorter = re.sub(rf'<span class="{other}"[^>]*>((?!<span).)*?</span>', "", markup)
        if shorter == markup:
            return html.unescape(re.sub(r"<[^>]+>", "", markup))
        markup = shorter


# --- the page as text -----------------------------------------------------------------------------


def test_same_bytes_in_another_process(tmp_path):
    code = (
        "import sys; sys.path[:0] = sys.argv[2:]; from small_texts import small_study; "
        "from ipcompare.report.page import write_report; "
        "write_report(small_study(3000, 3800), sys.argv[1])"
    )
    env = {**os.environ, "PYTHONHASHSEED": "7"}
    folders = [str(Path(__file__).parent), str(ROOT)]
    command = [sys.executable, "-c", code, str(tmp_path / "other.html"), *folders]
    subprocess.run(command, check=True, env=env)
    own = report.write_report(small_study(3000, 3800), tmp_path / "own.html")
    assert (tmp_path / "other.html").read_bytes() == own.read_bytes()


def test_page_is_small_and_names_no_other_address(page, page_path):
    assert page_path.stat().st_size < 2_500_000
    addresses = set(re.findall(r"https?://[^\s\"'<)]+", page))
    assert all(address.startswith("http://www.w3.org/") for address in addresses)  # XML names
    assert "default-src 'none'" in page
    assert not re.findall(
        r'(?:src|action)="|url\((?!#|data:font/ttf)|@import|<link(?! rel="icon")', page
    )


def test_every_exhibit_stands_with_number_title_note_source_and_citation(page):
    shown = re.findall(
        r'<section class="exhibit (\w+) [^>]* id="ex-([^"]*)".*?</section>', page, re.DOTALL
    )
    made = {*report.TABLES, *report.MATRICES, *report.FIGURES}
    always = {id for id, exhibit in exhibits().items() if not exhibit.optional}
    assert {id for _, id in shown} == made & always
    numbers = {id: one.number for id, one in numbered(exhibits()[id] for _, id in shown).items()}
    for kind, name in (("table", "表"), ("figure", "图")):
        for id in (id for k, id in shown if k == kind):
            number = numbers[id]
            body = re.search(rf'<section[^>]* id="ex-{id}".*?</section>', page, re.DOTALL)[0]
            text, english = texts_of(body, "zh"), texts_of(body, "en")
            assert f"{name}\xa0{number} {exhibits()[id].title[0]}" in text
            assert "资料来源：" in text and exhibits()[id].title[1] in english
            assert exhibit_citation(exhibits()[id]) in text
            assert exhibit_citation(exhibits()[id], lang="en") in english


def test_the_page_brings_the_font_of_its_figures(page):
    (data,) = re.findall(r"data:font/ttf;base64,([^)]*)\)", page)
    font = TTFont(io.BytesIO(base64.b64decode(data)))
    drawn = {
        c for text in re.findall(r"<text[^>]*>([^<]*)</text>", page) for c in html.unescape(text)
    }
    assert len(drawn) > 100 and {ord(char) for char in drawn} <= set(font.getBestCmap())
    assert font_face(["<svg><path/></svg>"]) == ""


def test_ids_are_unique_and_every_link_leads_somewhere(page):
    markup = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    ids = Counter(html.unescape(i) for i in re.findall(r'\bid="([^"]*)"', markup))
    assert [i for i, n in ids.items() if n > 1] == []
    links = [html.unescape(a) for a in re.findall(r'href="#([^"]*)"', markup)]
    assert [a for a in links if not a.startswith("e:") and unquote(a) not in ids] == []
    data = data_of(page)
    known = set(data["clauses"]) | set(data["targets"])
    opened = re.findall(r'data-(?:target|clause|match)="([^"]*)"', markup)
    opened += [key for a in links if a.startswith("e:") for key in unquote(a[2:]).split(" ")]
    assert {html.unescape(key) for key in opened} <= known
    assert len(opened) > 1000


def test_words_and_sentences_exist_in_both_languages():
    def leaves(value):
        for item in value.values() if isinstance(value, dict) else value:
            if isinstance(item, list) and all(isinstance(x, str) for x in item):
                yield item
            elif isinstance(item, dict | list):
                yield from leaves(item)

    pairs = [*word_table("report").values(), *leaves(read_toml("words/findings.toml"))]
    pairs += [exhibit.note for exhibit in exhibits().values()]
    assert len(pairs) > 100 and all(len(pair) == 2 for pair in pairs)
    for zh, en in pairs:
        names = [sorted(re.findall(r"{(\w+)", text)) for text in (zh, en)]
        assert set(names[1]) >= set(names[0]), zh
        fixed = r"7714-2015|从 0|from 0|^0|；0|: 0|; 0|1 为|0 为|, 1,|95%|nDCG@5|P@1|F1 达 0.6"
        assert not re.search(r"\d", re.sub(r"{.*?}|" + fixed, "", zh)), zh


# --- evidence -------------------------------------------------------------------------------------


def test_every_number_is_marked_in_its_sentence_and_leads_to_the_raw_file(study):
    data = evidence_data(study)
    squeeze = lambda text: "".join(text.split())  # noqa: E731
    assert set(study.targets["target_id"]) <= set(data["targets"])
    for key, target in data["targets"].items():
        clause = data["clauses"][target["clause"]]
        raw = CORPUS[clause["doc"]].text
        (a, b), (s, e), (x, y) = target["number"], target["sentence"], target["span"]
        assert s <= a < b <= e, key
        assert raw[x:y] == target["raw"] and clause["span"][0] <= x < y <= clause["span"][1]
        assert squeeze(clause["text"][a:b]) == squeeze(target["raw"]), key
        if key in study.target:
            assert clause["text"][s:e] == study.target[key].quote


def test_citations_are_those_of_cite(study):
    clauses = evidence_data(study)["clauses"]
    for id in ("zhengzhou-2017#3.2.4", "fuxin-2017#1.2"):
        assert clauses[id]["cite"] == ipc.cite(CORPUS, id, clauses=study.clauses)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_matrices_say_what_the_exported_matrices_say(study, page, lang):
    said = study.qualitative
    wanted = {
        "target-matrix": target_matrix(study.aligned, lang=lang, qualitative=said),
        "incentive-matrix": incentive_matrix(study.aligned, lang=lang, qualitative=said),
    }
    for id, matrix in wanted.items():
        body = re.search(rf'id="tb-{id}".*?</table>', page, re.DOTALL)[0]
        rows = re.findall(r"<tr><th scope=\"row\">(.*?)</th>(.*?)</tr>", body)
        assert [texts_of(name, lang) for name, _ in rows] == [name for _, name in matrix.index]
        cells = [re.findall(r"<td>(.*?)</td>", row) for _, row in rows]
        assert [[texts_of(cell, lang) for cell in row] for row in cells] == matrix.values.tolist()


def test_every_number_of_the_matrices_opens(page):
    for id in ("target-matrix", "incentive-matrix"):
        body = re.search(rf'id="tb-{id}".*?</table>', page, re.DOTALL)[0]
        for cell in re.findall(r"<td>(.*?)</td>", body):
            outside = re.sub(r"\(.*?\)|<a.*?</a>|</?span[^>]*>", "", cell)
            assert not re.search(r"\d", outside), cell


def test_numbers_that_do_not_stand_in_their_clauses_are_refused(study):
    def with_first(**changes):
        moved = study.targets.copy()
        moved.loc[0, list(changes)] = list(changes.values())
        return Study(CORPUS, {"clauses": study.clauses, "targets": moved})

    with pytest.raises(ValueError, match="characters 0–3 .* make both tables of the same text"):
        evidence_data(with_first(char_start=0, char_end=3))
    with pytest.raises(ValueError, match="sentence does not stand .* tables of the same text"):
        evidence_data(with_first(quote_start=0, quote_end=8))


# --- other corpora --------------------------------------------------------------------------------


def check_page(page, corpus):
    """What holds for the page of any corpus."""
    assert page.startswith("<!doctype html>") and page.rstrip().endswith("</html>")
    assert set(data_of(page)["documents"]) == {d.doc_id for d in corpus.documents}
    body = page.partition("</style>")[2].split("<script")[0]
    assert not re.search("(?<![a-z])nan(?![a-z])", texts_of(body, "zh").lower())  # but Finance
    markup = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    ids = re.findall(r'\bid="([^"]*)"', markup)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "corpus",
    [
        small(1, text="只有一句话，没有编号，也没有数字。"),
        small(1, 2, text="一、总则\n加强保护。\n"),
        small(1, text=" "),
    ],
    ids=["no-provisions", "no-numbers", "blank"],
)
def test_any_corpus_gives_a_page(corpus, tmp_path):
    page = report.write_report(Study(corpus), tmp_path / "r.html").read_text(encoding="utf-8")
    check_page(page, corpus)
    assert '<html lang="zh-CN">' in page


def test_one_text_gives_a_page_in_the_language_asked_for(tmp_path):
    made = small_study(3000)
    page = report.write_report(made, tmp_path / "r.html", lang="en").read_text(encoding="utf-8")
    check_page(page, made.corpus)
    assert '<html lang="en">' in page and 'id="lang-en" value="en" checked' in page


def test_many_texts_give_a_page_and_the_ladder_says_that_it_shows_some(tmp_path):
    made = small_study(*range(3000, 3010))
    page = report.write_report(made, tmp_path / "r.html").read_text(encoding="utf-8")
    check_page(page, made.corpus)
    assert "只画出内容最多的 6 份" in page


def test_hostile_text_stays_text(hostile_path):
    page = hostile_path.read_text(encoding="utf-8")
    assert page.count("<script") == 2 and page.count("</script") == 2
    assert "<img" not in page and "{{ 7*7 }}" in page
    assert data_of(page)["documents"]["d0"]["title"] == HOSTILE
    assert HOSTILE in html.unescape(page)


def test_unknown_language_is_refused(study, tmp_path):
    with pytest.raises(ValueError, match="lang is zh or en, not 'fr'"):
        report.write_report(study, tmp_path / "r.html", lang="fr")


def test_exhibits_that_the_report_cannot_make_come_from_the_outputs_folder(tmp_path, monkeypatch):
    extra = {
        "robustness": Exhibit(
            "robustness", "", "table", ("稳健性", "Robustness"), "texts", "02", "", ()
        ),
        "themes": Exhibit("themes", "", "figure", ("主题", "Themes"), "texts", "02", "", ()),
        "missing": Exhibit("missing", "", "table", ("缺", "Missing"), "texts", "02", "", ()),
    }
    monkeypatch.setattr(report, "exhibits", lambda: extra)
    (tmp_path / "tables").mkdir()
    (tmp_path / "figures").mkdir()
    table = pd.DataFrame({"doc_id": ["d0"], "<b>": ["<i>"], "share": [0.12345]})
    table.to_csv(tmp_path / "tables" / "robustness.csv", index=False, encoding="utf-8-sig")
    svg = '<?xml version="1.0"?><svg width="240pt" height="9pt"><g id="a"/><use xlink:href="#a"/></svg>'
    (tmp_path / "figures" / "themes.svg").write_text(svg, encoding="utf-8")
    path = report.write_report(small_study(1), tmp_path / "r.html", folder=tmp_path)
    page = path.read_text(encoding="utf-8")
    assert "&lt;i&gt;" in page and "<b>" not in page and "0.12<" in page
    assert 'id="themes-en-a"' in page and 'xlink:href="#themes-zh-a"' in page
    assert "<?xml" not in page and "Missing" not in page


@pytest.mark.parametrize("value", ["zhengzhou-2017#2.1", "x", 0.5, None, float("nan"), pd.NA, True])
def test_any_value_may_stand_in_any_column(value, study):
    for column in {*CELLS, "match_id", "wording"} - {"citation"}:
        view = table_view(study, "robustness", pd.DataFrame({column: [value] * 20}, dtype=object))
        assert len(view.rows) == 20 and view.fold == 10
        assert not re.search("nan|None|<NA>", "".join(map(str, view.rows[0].cells)))


def test_a_page_has_the_first_rows_of_a_long_table_and_says_where_the_rest_is(study, monkeypatch):
    frame = pd.DataFrame({"doc_id": ["a"] * 1001, "n": range(1001)})
    view = table_view(study, "robustness", frame)
    assert (len(view.rows), view.total) == (1000, 1001)
    assert table_view(study, "robustness", frame.head(1000)).total == 0
    monkeypatch.setattr("ipcompare.report.table_views.MOST_ROWS", 3)
    page = report.report_page(study)
    assert f"本页只列前 3 行，全表 {len(study.targets)} 行见 tables/targets.csv" in page
