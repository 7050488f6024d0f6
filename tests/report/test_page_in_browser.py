"""The report in a real browser: every number opens, filters filter, nothing else is asked for."""

import re

import pytest
from chromium import busy, requested
from small_texts import HOSTILE


@pytest.fixture
def browser(tab, page_path):
    """The report, freshly opened at desktop size; at the end nothing may have gone wrong."""
    tab.set_window_size(1440, 900)
    from selenium.webdriver.support.ui import WebDriverWait

    tab.get(page_path.as_uri())
    loaded = "return document.readyState === 'complete' && !!document.querySelector('footer')"
    WebDriverWait(tab, 10, 0.02).until(lambda b: b.execute_script(loaded))
    yield tab
    assert [entry["message"] for entry in tab.get_log("browser")] == []
    sent = {url.split("#")[0] for url in requested(tab)}
    sent = {url for url in sent if not url.startswith("data:font/ttf")}
    assert sent <= {page_path.as_uri(), "data:,", "about:blank"}


def one(browser, selector):
    return browser.find_element("css selector", selector)


def press(browser, element):
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
    element.click()


def panel_text(browser):
    from selenium.webdriver.support.ui import WebDriverWait

    WebDriverWait(browser, 5, 0.02).until(lambda b: one(b, "#panel").is_displayed())
    return one(browser, "#panel").text


def visible_rows(browser, id):
    return browser.execute_script(f"""
        const rows = document.querySelectorAll('#tb-{id} tbody tr:not(.group)');
        return [...rows].filter(row => row.checkVisibility());
    """)


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


OPENED = [
    ("#tb-incentive-matrix td a", "资助"),  # in words
    ('#tb-incentive-matrix td a[data-target*="@"]', "元"),
    ("#tb-targets td a.num", "15%"),
    ("#tb-aligned-targets td a.num", "≥ 3 件/万人"),
    ("#tb-clauses td a", "原文依据"),
    ("#tb-clause-matches td.number a", "条款对应"),
    ("#tb-distinctive-clauses td.number a", "条款对应"),
    ("#ex-closest-clauses .zh svg a", "条款对应"),
    ("#ex-target-ladder .zh svg a", "≥ 3 件/万人"),
    ("#findings a.num", "条款对应"),
]


def test_numbers_and_matches_open(browser):
    for where, said in OPENED:
        press(browser, one(browser, where))
        text = panel_text(browser)
        assert said in text and "复制引文" in text, where
        assert browser.find_elements("css selector", "#panel mark") or "clauses" in where
        browser.switch_to.active_element.send_keys("\ue00c")  # Escape
        assert not one(browser, "#panel").is_displayed(), where


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


def test_targets_are_filtered_by_document_and_kind_and_unfolded(browser, study):
    from selenium.webdriver.support.ui import Select

    document, kind = browser.find_elements("css selector", "#ex-targets select")
    Select(document).select_by_visible_text("鹤壁 2017")
    Select(kind).select_by_visible_text("激励")
    wanted = study.targets[
        (study.targets["doc_id"] == "hebi-2017") & (study.targets["kind"] == "incentive")
    ]
    assert len(visible_rows(browser, "targets")) == len(wanted) > 0
    Select(document).select_by_index(0)
    Select(kind).select_by_index(0)
    assert len(visible_rows(browser, "targets")) == 8
    press(browser, one(browser, "#ex-targets .show-all"))
    assert len(visible_rows(browser, "targets")) == len(study.targets)


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


@pytest.mark.parametrize("width", [320, 768, 1440])
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


@pytest.fixture
def phone(browser):
    """The report on the screen of a phone."""
    size = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    return browser


def boxes(browser, *selectors):
    """Where elements stand on the screen: left, top, right, bottom."""
    script = "const b = document.querySelector(arguments[0]).getBoundingClientRect();"
    script += "return [b.left, b.top, b.right, b.bottom]"
    return [browser.execute_script(script, selector) for selector in selectors]


EVIDENCE = ("#tb-target-matrix td a", "#tb-clause-matches td.number a", "#tb-clauses a.ev")


@pytest.mark.parametrize("where", EVIDENCE)
def test_on_a_phone_the_panel_opens_at_its_head_and_the_close_button_stays(phone, where):
    phone.execute_script("document.querySelector(arguments[0]).click()", where)
    assert panel_text(phone)
    assert phone.execute_script("return document.getElementById('panel').scrollTop") == 0
    panel, title = boxes(phone, "#panel", "#panel-title")
    assert panel[1] <= title[1] < title[3] <= panel[3]
    for scrolled in (0, 200):
        phone.execute_script("document.getElementById('panel').scrollTop = arguments[0]", scrolled)
        panel, title, shut = boxes(phone, "#panel", "#panel-title", "#panel .shut")
        assert panel[1] <= shut[1] and shut[3] <= panel[3]
        assert title[2] <= shut[0]  # beside it
        below = phone.execute_script(
            "return document.querySelector('#panel .head + *').getBoundingClientRect().top"
        )
        assert scrolled or below >= shut[3]


def test_on_a_phone_what_is_wider_than_the_screen_says_so(phone):
    script = """return [...document.querySelectorAll(".scroll")].filter(box => box.clientWidth).map(
      box => [box.scrollWidth > box.clientWidth + 1, box.previousElementSibling.checkVisibility()])"""
    from selenium.webdriver.support.ui import WebDriverWait

    WebDriverWait(phone, 5, 0.02).until(lambda b: any(hint for _, hint in b.execute_script(script)))
    found = phone.execute_script(script)
    assert [wide for wide, _ in found] == [hint for _, hint in found]
    assert {wide for wide, _ in found} == {True, False}
    assert "左右滑动" in one(phone, "#ex-target-matrix .swipe").text


def test_keyboard_reaches_and_opens_the_evidence(browser):
    link = one(browser, "#findings a.num")
    browser.execute_script("arguments[0].focus()", link)
    link.send_keys("\ue007")  # Enter
    assert "条款对应" in panel_text(browser)


def test_page_can_be_read_without_scripts(browser, page_path, study):
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    browser.get(page_path.as_uri())
    assert len(visible_rows(browser, "targets")) == len(study.targets)
    assert one(browser, "#ex-target-ladder .zh svg").is_displayed()
    assert not one(browser, "#ex-target-ladder .plot.en").is_displayed()
    assert "未启用脚本" in one(browser, "#findings").text
    one(browser, ".lang label:last-child").click()
    assert one(browser, "h1").text.startswith("What 5 policy texts say")


def test_print_hides_the_controls_and_keeps_the_exhibits(browser):
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert not one(browser, ".bar").is_displayed()
    assert not one(browser, "#ex-clauses .filter").is_displayed()
    assert one(browser, "#ex-target-matrix table").is_displayed()
    assert "节选：全表" in one(browser, "#ex-clauses .fold").text
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    before = busy(browser)
    assert browser.execute_cdp_cmd("Page.printToPDF", {})["data"]
    assert busy(browser) - before < 8  # :has() in the style sheet once made it 12 s


def test_page_is_there_within_a_second(browser):
    times = []
    for _ in range(3):
        before = busy(browser)
        browser.refresh()
        times.append(busy(browser) - before)
    assert min(times) < 1, times


def test_hostile_text_runs_nothing_in_a_browser(tab, hostile_path):
    tab.get(hostile_path.as_uri())
    press(tab, one(tab, "#tb-target-matrix td a"))
    assert HOSTILE in panel_text(tab)
    assert tab.find_elements("css selector", "img") == []
    assert [entry["message"] for entry in tab.get_log("browser")] == []
