"""The report: every number leads to its words, hostile text stays text, the page works offline."""

import base64
import html
import io
import json
import os
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import pandas as pd
import pytest
from chromium import chromium_with, requested
from fontTools.ttLib import TTFont

import ipcompare as ipc
from ipcompare.corpus import Corpus, Document
from ipcompare.data import read_toml
from ipcompare.exports.declared import Exhibit, exhibit_citation, exhibits
from ipcompare.indicators.matrices import incentive_matrix, target_matrix
from ipcompare.report import page as report
from ipcompare.report.cells import CELLS
from ipcompare.report.fonts import font_face
from ipcompare.report.panel import evidence_data
from ipcompare.report.table_views import table_view
from ipcompare.study import Study
from ipcompare.words import word_table

ROOT = Path(__file__).parents[1]
CORPUS = ipc.read_corpus(ROOT / "corpus")
SMALL = """某市关于知识产权的意见

一、主要目标
到2020年，有效注册商标达到{n}件以上，专利导航项目达到20项。
二、保障措施
（一）加强组织领导。建立知识产权工作领导小组，统筹推进各项工作。（责任单位：市科技局、市财政局）
（二）加大奖励。对获得中国专利金奖的给予50万元奖励。
"""


@pytest.fixture(scope="module")
def made():
    return Study(CORPUS)


@pytest.fixture(scope="module")
def page_path(made, tmp_path_factory):
    return report.write_report(made, tmp_path_factory.mktemp("report") / "deep" / "report.html")


@pytest.fixture(scope="module")
def page(page_path):
    return page_path.read_text(encoding="utf-8")


def data_of(page):
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    return json.loads(found[1])


def small(*numbers, text=SMALL, **about):
    return Corpus(
        tuple(Document(f"d{k}", text.format(n=n), **about) for k, n in enumerate(numbers))
    )


def study(*numbers):
    return Study(small(*numbers))


def texts_of(markup, lang):
    """What a reader of one language sees: the spans of the other language and the tags removed."""
    other = {"zh": "en", "en": "zh"}[lang]
    while True:
        shorter = re.sub(rf'<span class="{other}"[^>]*>((?!<span).)*?</span>', "", markup)
        if shorter == markup:
            return html.unescape(re.sub(r"<[^>]+>", "", markup))
        markup = shorter


# --- the page as text -----------------------------------------------------------------------------


def test_same_bytes_in_another_process(page_path, tmp_path):
    code = (
        "import sys, ipcompare as ipc; from ipcompare.report.page import write_report; "
        "write_report(ipc.Study(ipc.read_corpus(sys.argv[1])), sys.argv[2])"
    )
    other = tmp_path / "again.html"
    env = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code, str(ROOT / "corpus"), str(other)]
    subprocess.run(command, check=True, env=env)
    assert other.read_bytes() == page_path.read_bytes()


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
    assert {id for _, id in shown} == made & set(exhibits())
    for kind, name in (("table", "表"), ("figure", "图")):
        for id in (id for k, id in shown if k == kind):
            number = exhibits()[id].number
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


def test_every_number_is_marked_in_its_sentence_and_leads_to_the_raw_file(made):
    data = evidence_data(made)
    squeeze = lambda text: "".join(text.split())  # noqa: E731
    assert set(made.targets["target_id"]) <= set(data["targets"])
    for key, target in data["targets"].items():
        clause = data["clauses"][target["clause"]]
        raw = CORPUS[clause["doc"]].text
        (a, b), (s, e), (x, y) = target["number"], target["sentence"], target["span"]
        assert s <= a < b <= e, key
        assert raw[x:y] == target["raw"] and clause["span"][0] <= x < y <= clause["span"][1]
        assert squeeze(clause["text"][a:b]) == squeeze(target["raw"]), key
        if key in made.target:
            assert clause["text"][s:e] == made.target[key].quote


def test_citations_are_those_of_cite(made):
    clauses = evidence_data(made)["clauses"]
    for id in ("zhengzhou-2017#3.2.4", "fuxin-2017#1.2"):
        assert clauses[id]["cite"] == ipc.cite(CORPUS, id, clauses=made.clauses)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_matrices_say_what_the_exported_matrices_say(made, page, lang):
    said = made.qualitative
    wanted = {
        "target-matrix": target_matrix(made.aligned, lang=lang, qualitative=said),
        "incentive-matrix": incentive_matrix(made.aligned, lang=lang),
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


def test_numbers_that_do_not_stand_in_their_clauses_are_refused(made):
    def with_first(**changes):
        moved = made.targets.copy()
        moved.loc[0, list(changes)] = list(changes.values())
        return Study(CORPUS, {"clauses": made.clauses, "targets": moved})

    with pytest.raises(ValueError, match="characters 0–3 .* make both tables of the same text"):
        evidence_data(with_first(char_start=0, char_end=3))
    with pytest.raises(ValueError, match="sentence does not stand .* tables of the same text"):
        evidence_data(with_first(quote_start=0, quote_end=8))


# --- other corpora --------------------------------------------------------------------------------

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}\"'&amp;$x^2$"


@pytest.mark.parametrize(
    "corpus",
    [
        small(3000),
        small(*range(3000, 3010)),
        small(1, text="只有一句话，没有编号，也没有数字。"),
        small(1, 2, text="一、总则\n加强保护。\n"),
        small(1, text=" "),
    ],
    ids=["one", "ten", "no-provisions", "no-numbers", "blank"],
)
def test_any_corpus_gives_a_page(corpus, tmp_path):
    page = report.write_report(Study(corpus), tmp_path / "r.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>") and page.rstrip().endswith("</html>")
    assert set(data_of(page)["documents"]) == {d.doc_id for d in corpus.documents}
    body = page.partition("</style>")[2].split("<script")[0]
    assert "nan" not in texts_of(body, "zh").lower()
    markup = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    ids = re.findall(r'\bid="([^"]*)"', markup)
    assert len(ids) == len(set(ids))


def test_ladder_of_many_documents_says_that_it_shows_some(tmp_path):
    page = report.write_report(study(*range(3000, 3008)), tmp_path / "r.html").read_text("utf-8")
    assert "只画出写明目标最多的 6 份" in page


def test_hostile_text_stays_text(tmp_path):
    text = SMALL.format(n=3000).replace("加强组织领导", "加强" + HOSTILE.replace("。", ""))
    about = {"title": HOSTILE, "issuer": HOSTILE, "jurisdiction": HOSTILE, "note": HOSTILE}
    documents = tuple(Document(f"d{n}", text, **about, jurisdiction_en=HOSTILE) for n in (0, 1))
    path = report.write_report(
        Study(Corpus(documents)), tmp_path / "r.html", title=(HOSTILE, HOSTILE)
    )
    page = path.read_text(encoding="utf-8")
    assert page.count("<script") == 2 and page.count("</script") == 2
    assert "<img" not in page and "{{ 7*7 }}" in page
    assert data_of(page)["documents"]["d0"]["title"] == HOSTILE
    assert HOSTILE in html.unescape(page)


def test_unknown_language_is_refused(made, tmp_path):
    with pytest.raises(ValueError, match="lang is zh or en, not 'fr'"):
        report.write_report(made, tmp_path / "r.html", lang="fr")


def test_page_opens_in_the_language_asked_for(tmp_path):
    page = report.write_report(study(1), tmp_path / "r.html", lang="en").read_text("utf-8")
    assert '<html lang="en">' in page and 'id="lang-en" value="en" checked' in page


def test_exhibits_that_the_report_cannot_make_come_from_the_outputs_folder(tmp_path, monkeypatch):
    extra = {
        "robustness": Exhibit(
            "robustness", 1, "table", ("稳健性", "Robustness"), "texts", "02", "", ()
        ),
        "themes": Exhibit("themes", 1, "figure", ("主题", "Themes"), "texts", "02", "", ()),
        "missing": Exhibit("missing", 1, "table", ("缺", "Missing"), "texts", "02", "", ()),
    }
    monkeypatch.setattr(report, "exhibits", lambda: extra)
    (tmp_path / "tables").mkdir()
    (tmp_path / "figures").mkdir()
    table = pd.DataFrame({"doc_id": ["d0"], "<b>": ["<i>"], "value": [0.12345]})
    table.to_csv(tmp_path / "tables" / "robustness.csv", index=False, encoding="utf-8-sig")
    svg = '<?xml version="1.0"?><svg width="240pt" height="9pt"><g id="a"/><use xlink:href="#a"/></svg>'
    (tmp_path / "figures" / "themes.svg").write_text(svg, encoding="utf-8")
    path = report.write_report(study(1), tmp_path / "r.html", folder=tmp_path)
    page = path.read_text(encoding="utf-8")
    assert "&lt;i&gt;" in page and "<b>" not in page and "0.12<" in page
    assert 'id="themes-en-a"' in page and 'xlink:href="#themes-zh-a"' in page
    assert "<?xml" not in page and "Missing" not in page


@pytest.mark.parametrize("value", ["zhengzhou-2017#2.1", "x", 0.5, None, float("nan"), pd.NA, True])
def test_any_value_may_stand_in_any_column(value, made):
    for column in {*CELLS, "match_id", "wording"} - {"citation"}:
        view = table_view(made, "robustness", pd.DataFrame({column: [value] * 20}, dtype=object))
        assert len(view.rows) == 20 and view.fold == 10
        assert not re.search("nan|None|<NA>", "".join(map(str, view.rows[0].cells)))


# --- the page in a browser ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    profile = tmp_path_factory.mktemp("profile")
    with chromium_with(profile, "--window-size=1440,900") as browser:
        yield browser


@pytest.fixture
def browser(chromium, page_path):
    """The report, freshly opened at desktop size; at the end nothing may have gone wrong."""
    chromium.get("about:blank")
    requested(chromium), chromium.get_log("browser")
    chromium.get(page_path.as_uri())
    yield chromium
    chromium.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    chromium.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert [entry["message"] for entry in chromium.get_log("browser")] == []
    sent = {url.split("#")[0] for url in requested(chromium)}
    sent = {url for url in sent if not url.startswith("data:font/ttf")}
    assert sent <= {page_path.as_uri(), "data:,", "about:blank"}


def one(browser, selector):
    return browser.find_element("css selector", selector)


def press(browser, element):
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
    element.click()


def panel_text(browser):
    from selenium.webdriver.support.ui import WebDriverWait

    WebDriverWait(browser, 5).until(lambda b: one(b, "#panel").is_displayed())
    return one(browser, "#panel").text


def visible_rows(browser, id):
    rows = browser.find_elements("css selector", f"#tb-{id} tbody tr:not(.group)")
    return [row for row in rows if row.is_displayed()]


def test_a_number_of_the_matrix_opens_its_evidence(browser):
    link = one(browser, "#tb-target-matrix tbody tr:nth-child(2) td:nth-child(3) a")
    press(browser, link)
    text = panel_text(browser)
    assert "鹤壁 2017 一、（二）" in text and "每万人口发明专利拥有量" in text
    assert "万人发明专利拥有量达10件" in one(browser, "#panel mark").text
    assert one(browser, "#panel mark mark").text == "10件"
    assert "texts/hebi-2017.txt，字符" in text and "[Z]. 2017-09-30: 一、（二）." in text
    assert browser.switch_to.active_element.get_attribute("id") == "panel-title"
    assert browser.current_url.endswith("#e:hebi-2017%231.2%401")
    browser.switch_to.active_element.send_keys("\ue00c")  # Escape
    assert not one(browser, "#panel").is_displayed()
    assert browser.switch_to.active_element == link


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("#tb-incentive-matrix td a", "万元"),
        ("#tb-targets td a.num", "15%"),
        ("#tb-aligned-targets td a.num", "≥ 3 件/万人"),
        ("#tb-clauses td a", "原文依据"),
        ("#tb-clause-matches td.number a", "条款对应"),
        ("#tb-distinctive-clauses td.number a", "条款对应"),
        ("#ex-closest-clauses .zh svg a", "条款对应"),
        ("#ex-target-ladder .zh svg a", "≥ 3 件/万人"),
        ("#findings a.num", "条款对应"),
    ],
)
def test_numbers_and_matches_open(browser, where, said):
    press(browser, one(browser, where))
    text = panel_text(browser)
    assert said in text and "复制引文" in text
    assert browser.find_elements("css selector", "#panel mark") or "clauses" in where


def test_evidence_leads_through_the_text_and_is_addressable(browser, page_path):
    browser.get("about:blank")
    browser.get(page_path.as_uri() + "#e:hebei-2016%232.1")
    assert "河北 2016 二、（一）" in panel_text(browser)
    press(browser, one(browser, "#panel .steps a:last-child"))
    assert "河北 2016 二、（二）" in one(browser, "#panel h2").text
    press(browser, one(browser, "#panel .crumbs a"))
    assert one(browser, "#panel h2").text == "河北 2016 二、"


def test_copying_says_that_it_is_done(browser):
    press(browser, one(browser, "#ex-summary .copy"))
    browser.implicitly_wait(2)
    assert one(browser, "#said").get_attribute("textContent")
    browser.implicitly_wait(0)


def test_clauses_are_found_without_regard_to_width_and_case(browser):
    assert len(visible_rows(browser, "clauses")) == 8
    field = one(browser, "#ex-clauses input")
    for query in ("ｐｃｔ 专利", "PCT　专利"):
        field.clear()
        field.send_keys(query)
        texts = [row.text for row in visible_rows(browser, "clauses")]
        assert texts and all("PCT" in text and "专利" in text for text in texts)
    shown, _, total = one(browser, "#ex-clauses output").text.removeprefix("显示 ").partition(" / ")
    assert int(shown) == len(texts) < int(total)
    field.clear()
    field.send_keys("没有这样的词")
    assert visible_rows(browser, "clauses") == []
    assert one(browser, "#ex-clauses output").text == "没有符合条件的行"


def test_targets_are_filtered_by_document_and_kind_and_unfolded(browser, made):
    from selenium.webdriver.support.ui import Select

    document, kind = browser.find_elements("css selector", "#ex-targets select")
    Select(document).select_by_visible_text("鹤壁 2017")
    Select(kind).select_by_visible_text("激励")
    wanted = made.targets[
        (made.targets["doc_id"] == "hebi-2017") & (made.targets["kind"] == "incentive")
    ]
    assert len(visible_rows(browser, "targets")) == len(wanted) > 0
    Select(document).select_by_index(0)
    Select(kind).select_by_index(0)
    assert len(visible_rows(browser, "targets")) == 8
    press(browser, one(browser, "#ex-targets .show-all"))
    assert len(visible_rows(browser, "targets")) == len(made.targets)


def test_language_switches_everything_but_the_data(browser):
    press(browser, one(browser, "#tb-target-matrix tbody tr:nth-child(2) a"))
    press(browser, one(browser, ".lang label:last-child"))
    assert one(browser, "html").get_attribute("lang") == "en"
    assert browser.title.startswith("What 5 policy texts say")
    for selector in (".bar nav", "h1", "#ex-target-matrix h3", "#ex-target-matrix thead"):
        assert not re.search("[\u4e00-\u9fff]", one(browser, selector).text), selector
    assert one(browser, "#ex-clauses input").get_attribute("placeholder").startswith("words")
    assert "per 10k people" in panel_text(browser) and "Copy citation" in panel_text(browser)
    assert (
        one(browser, "#ex-targets option:nth-child(2)").get_attribute("textContent") == "Hebei 2016"
    )
    press(browser, one(browser, ".lang label:first-child"))
    assert one(browser, "html").get_attribute("lang") == "zh-CN"


@pytest.mark.parametrize("width", [320, 390, 768, 1120, 1440])
def test_no_width_scrolls_the_page_sideways(browser, width):
    phone = {"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": width < 700}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", phone)
    overflow = "return document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
    assert browser.execute_script(overflow) <= 0
    link = one(browser, "#tb-incentive-matrix td a")
    browser.execute_script(
        "arguments[0].scrollIntoView({block: 'center'}); arguments[0].click()", link
    )
    assert panel_text(browser)
    browser.execute_script("document.getElementById('lang-en').click()")
    assert browser.execute_script(overflow) <= 0


def test_keyboard_reaches_and_opens_the_evidence(browser):
    link = one(browser, "#findings a.num")
    browser.execute_script("arguments[0].focus()", link)
    link.send_keys("\ue007")  # Enter
    assert "条款对应" in panel_text(browser)


def test_page_can_be_read_without_scripts(browser, page_path, made):
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    browser.get(page_path.as_uri())
    assert len(visible_rows(browser, "targets")) == len(made.targets)
    assert one(browser, "#ex-target-ladder .zh svg").is_displayed()
    assert not one(browser, "#ex-target-ladder .plot.en").is_displayed()
    assert "未启用脚本" in one(browser, "#findings").text
    one(browser, ".lang label:last-child").click()
    assert one(browser, "h1").text.startswith("What 5 policy texts say")


def test_print_hides_the_controls_and_keeps_the_exhibits(browser):
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert not one(browser, ".bar").is_displayed()
        assert not one(browser, "#ex-clauses .filter").is_displayed()
        assert one(browser, "#ex-target-matrix table").is_displayed()
        assert "节选：全表" in one(browser, "#ex-clauses .fold").text
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    start = time.monotonic()
    assert browser.print_page()
    assert time.monotonic() - start < 8  # :has() in the style sheet once made it 12 s


def test_page_is_interactive_within_a_second(browser):
    ready = "return performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
    times = []
    for _ in range(3):
        browser.refresh()
        times.append(browser.execute_script(ready))
    assert min(times) < 1000, times


def test_hostile_text_runs_nothing_in_a_browser(chromium, tmp_path):
    text = SMALL.format(n=3000).replace("加强组织领导", HOSTILE)
    documents = tuple(Document(f"d{n}", text, title=HOSTILE, jurisdiction=HOSTILE) for n in (0, 1))
    path = report.write_report(Study(Corpus(documents)), tmp_path / "r.html")
    chromium.get_log("browser")
    chromium.get(path.as_uri())
    press(chromium, one(chromium, "#tb-target-matrix td a"))
    assert HOSTILE in panel_text(chromium)
    assert chromium.find_elements("css selector", "img") == []
    assert [entry["message"] for entry in chromium.get_log("browser")] == []
