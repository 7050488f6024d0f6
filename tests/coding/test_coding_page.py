"""The page to code on: private, blind, driven by the keyboard, in the file after each answer."""

import contextlib
import http.client
import json
import threading
from urllib.parse import urlsplit

import pandas as pd
import pytest
from chromium import requested

from ipcompare.coding import draw_sample, read_coding, write_sample
from ipcompare.coding.coding_page import page_server
from ipcompare.coding.words_seen import SEEN
from ipcompare.data import PlainError

ENTER, UP, DOWN, LEFT, RIGHT = "\ue007", "\ue013", "\ue015", "\ue012", "\ue014"


@pytest.fixture
def coding_folder(study, tmp_path):
    return lambda task, **more: write_sample(
        draw_sample(study, task, n=12, **more), tmp_path / task
    )


@contextlib.contextmanager
def served(folder, coder="a"):
    server, address = page_server(folder, coder)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield address
    finally:
        server.shutdown(), server.server_close(), thread.join()


def ask(address, name="", method="GET", body=None, **headers):
    """Status, headers and body of one request."""
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=20)
    kind = {"Content-Type": "application/json"} if body is not None else {}
    data = json.dumps(body) if isinstance(body, dict) else body
    connection.request(method, place.path + name, data, kind | headers)
    reply = connection.getresponse()
    return reply.status, reply.headers, reply.read().decode()


def codes_in(folder, coder="a"):
    path = folder / f"codes/{coder}.csv"
    if not path.is_file():
        return {}
    rows = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    return {(row.item_id, row.part, row.field): row.value for row in rows.itertuples()}


# --- who may ask, and what is told ------------------------------------------------------------


def test_only_this_page_on_this_machine_is_answered(coding_folder):
    with served(coding_folder("pairs")) as address:
        place = urlsplit(address)
        own = f"http://{place.netloc}"
        assert place.hostname == "127.0.0.1" and len(place.path) > 25
        assert ask(address)[0] == ask(address, "state")[0] == 200
        assert ask(address, "state", Origin=own)[0] == 200
        assert ask(own + "/", "")[0] == ask(own + "/wrong/", "state")[0] == 403
        assert ask(address, "state", Origin="http://evil.example")[0] == 403
        assert ask(address, "state", Origin="null")[0] == 403
        assert ask(address, "state", Host="evil.example")[0] == 403
        assert ask(address, "state", **{"Sec-Fetch-Site": "cross-site"})[0] == 403
        assert ask(address, "answer", "POST", "{}", **{"Content-Type": "text/plain"})[0] == 403
        assert ask(address, "../../items.csv")[0] == ask(address, "machine.csv")[0] == 404
    with served(coding_folder("themes")) as other:
        assert urlsplit(other).path != place.path


def test_nothing_may_be_loaded_from_elsewhere(coding_folder):
    with served(coding_folder("pairs")) as address:
        for name in ("", "coding.js", "coding.css", "state"):
            _, headers, text = ask(address, name)
            assert headers["Content-Security-Policy"].startswith("default-src 'none'")
            assert headers["Cache-Control"] == "no-store"
            assert "http://" not in text and "https://" not in text


@pytest.mark.parametrize(
    "task", ["mentions", "alignment", "conditions", "pairs", "themes", "tools"]
)
def test_the_page_is_told_nothing_of_what_the_tool_says(coding_folder, task):
    folder = coding_folder(task)
    with served(folder) as address:
        state = json.loads(ask(address, "state")[2])
    assert {key for item in state["items"] for key in item} <= {"item_id", *SEEN}
    assert state["codes"] == [] and "machine" not in state and "strata" not in state
    assert len(state["items"]) == 12
    items, shown = read_coding(folder).items, json.dumps(state["items"])
    ids = [id for name in ("stratum", "target_id") if name in items for id in items[name]]
    assert ids and not [id for id in ids if id in shown]


def test_coders_have_other_orders(coding_folder):
    folder, orders = coding_folder("pairs"), []
    for coder in ("a", "b", "a"):
        with served(folder, coder) as address:
            state = json.loads(ask(address, "state")[2])
            orders.append([item["item_id"] for item in state["items"]])
    assert orders[0] == orders[2] != orders[1] and sorted(orders[0]) == sorted(orders[1])


# --- answers ----------------------------------------------------------------------------------


def test_an_answer_is_in_the_file_when_it_is_acknowledged(coding_folder):
    folder = coding_folder("pairs")
    with served(folder) as address:
        said = {"item_id": "i002", "rows": [{"relation": "same"}], "note": "x"}
        assert json.loads(ask(address, "answer", "POST", said)[2]) == {"done": True, "n_done": 1}
        assert codes_in(folder) == {("i002", "", "relation"): "same"}
        ask(address, "answer", "POST", {"item_id": "i001", "rows": [{"relation": "not"}]})
        ask(address, "answer", "POST", {"item_id": "i002", "rows": [{"relation": ""}]})
        assert codes_in(folder) == {("i001", "", "relation"): "not"}
    assert len(read_coding(folder).codes) == 1


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"item_id": "i099", "rows": []}, "no item 'i099' was drawn"),
        ({"item_id": "i001", "rows": [{"relation": "alike"}]}, "it may be: 无关 not related"),
        ({"item_id": "i001", "rows": "x"}, "rows must be a list"),
        ("[]", "an answer is an object"),
        ("{", "Expecting property name"),
    ],
)
def test_what_is_no_answer_is_refused_and_nothing_is_written(coding_folder, body, said):
    folder = coding_folder("pairs")
    with served(folder) as address:
        status, _, text = ask(address, "answer", "POST", body)
    assert status == 422 and said in json.loads(text)["error"]
    assert codes_in(folder) == {}


def test_a_sheet_that_holds_codes_goes_before_the_page(coding_folder):
    from openpyxl import load_workbook

    folder = coding_folder("pairs")
    path = folder / "sheets/a.xlsx"
    book = load_workbook(path)
    heads = [cell.value for cell in book.worksheets[0][1]]
    book.worksheets[0].cell(2, heads.index("关系 relation") + 1).value = "相关 related"
    book.save(path)
    with pytest.raises(PlainError, match=r"a.xlsx holds codes already; go on there"):
        page_server(folder, "a")


def test_a_coder_that_is_not_of_the_task_is_refused(coding_folder):
    with pytest.raises(PlainError, match="no coder 'c'; there are a, b"):
        page_server(coding_folder("pairs"), "c")


# --- in a browser -----------------------------------------------------------------------------


@contextlib.contextmanager
def opened(tab, folder):
    """The page in Chromium; at the end nothing may have gone wrong, and nobody else been asked."""
    with served(folder) as address:
        tab.get(address)
        until(tab, "return document.querySelectorAll('#answers fieldset').length > 0")
        yield tab
        errors = [e["message"] for e in tab.get_log("browser") if "422" not in e["message"]]
        assert errors == []
        sent = {url for url in requested(tab) if not url.startswith("data:")}
        assert sent and all(url.startswith(address) for url in sent)


def until(tab, script):
    from selenium.webdriver.support.ui import WebDriverWait

    return WebDriverWait(tab, 15, 0.02).until(lambda b: b.execute_script(script))


def type_keys(tab, *keys):
    from selenium.webdriver import ActionChains

    for key in keys:
        ActionChains(tab).send_keys(key).perform()
        until(
            tab, "return document.getElementById('saved').textContent !== state.words.saving[lang]"
        )


def shown_item(tab):
    return tab.execute_script("return current().item_id")


def test_answered_by_keyboard_closed_and_resumed(tab, coding_folder):
    folder = coding_folder("pairs")
    with opened(tab, folder):
        order = tab.execute_script("return state.items.map(item => item.item_id)")
        assert shown_item(tab) == order[0]
        assert tab.find_element("css selector", ".definition").text == "两条的措施"
        type_keys(tab, "3")
        assert codes_in(folder) == {(order[0], "", "relation"): "same"}
        type_keys(tab, ENTER, "1")
        assert codes_in(folder)[order[1], "", "relation"] == "not"
        type_keys(tab, LEFT, "2")  # back, and otherwise
        assert shown_item(tab) == order[0]
        assert codes_in(folder)[order[0], "", "relation"] == "related"
        assert "2" in tab.find_element("id", "count").text
        assert tab.execute_script("return document.getElementById('bar').value") == 2
    tab.get("about:blank")
    with opened(tab, folder):  # another server, another token
        assert shown_item(tab) == order[2]
        assert tab.execute_script("return document.getElementById('bar').value") == 2
        type_keys(tab, LEFT)
        pressed = tab.find_elements("css selector", ".value[aria-pressed=true]")
        assert [button.text for button in pressed] == ["1无关"]
        type_keys(tab, "n", "两条都短", ENTER)
        until(tab, "return document.getElementById('saved').textContent === '已保存'")
        for _ in order[1:]:
            type_keys(tab, "2", ENTER)
        assert "全部完成" in tab.find_element("id", "count").text
    assert len(codes_in(folder)) == 12
    assert read_coding(folder).codes.query("note != ''")["note"].tolist() == ["两条都短"]


def test_numbers_of_a_sentence_by_keyboard(tab, study, coding_folder):
    folder = coding_folder("mentions", seed=3)
    items = read_coding(folder).items.set_index("item_id")["text"]
    item = items[items.str.contains(r"[^\d.]\d+家")].index[0]
    import re

    found = re.search(r"(?<![\d.])(\d+)家", items[item])
    with opened(tab, folder):
        tab.execute_script(
            "open_item(state.items.findIndex(item => item.item_id === arguments[0]))", item
        )
        type_keys(tab, "98765", ENTER)
        assert "98765" in tab.find_element("id", "error").text and codes_in(folder) == {}
        tab.execute_script("document.activeElement.select()")
        type_keys(tab, found[1], ENTER, "家", ENTER, ENTER, ENTER, "1", ENTER)
        part = str(found.start(1))
        assert codes_in(folder) == {
            (item, part, "number"): found[1], (item, part, "unit"): "家",
            (item, part, "low"): found[1], (item, part, "high"): found[1],
            (item, part, "comparator"): "=",
        }  # fmt: skip
        type_keys(tab, "企业", ENTER, "1", ENTER, "2", ENTER, "2020", ENTER)
        done = "return done.has(arguments[0])"
        type_keys(tab, ENTER)  # kind not yet answered: the next number may be empty
        assert not tab.execute_script(done, item)
        type_keys(tab, ENTER)
        assert "还没有答" in tab.find_element("id", "error").text
        type_keys(tab, "1", ENTER, ENTER)
        until(tab, f"return done.has('{item}')")
    codes = codes_in(folder)
    assert codes[item, "", "mentions"] == "1" and codes[item, part, "kind"] == "target"
    assert codes[item, part, "deadline"] == "2020" and codes[item, part, "per_year"] == "no"


def test_a_sentence_without_a_number_is_done_with_enter(tab, coding_folder):
    folder = coding_folder("mentions")
    with opened(tab, folder):
        order = tab.execute_script("return state.items.map(item => item.item_id)")
        type_keys(tab, ENTER)
        until(tab, f"return current().item_id === '{order[1]}'")
    assert codes_in(folder) == {(order[0], "", "mentions"): "0"}


def test_several_values_and_the_words_of_both_languages(tab, coding_folder):
    folder = coding_folder("tools")
    with opened(tab, folder):
        first = shown_item(tab)
        type_keys(tab, "1", "6", ENTER, "2", "1", "2", UP)
        assert codes_in(folder) == {
            (first, "", "tools"): "funds;finance", (first, "", "fields"): "creation",
        }  # fmt: skip
        box = tab.find_element("css selector", "fieldset.now")
        assert box.get_attribute("data-field") == "tools"
        tab.find_element("id", "language").click()
        until(tab, "return document.documentElement.lang === 'en'")
        assert tab.find_element("css selector", "fieldset.now .value").text.split() == [
            "1supply:", "Public", "funds",
        ]  # fmt: skip
        assert tab.find_element("id", "next").text == "Next →"
        tab.find_element("id", "language").click()


@pytest.mark.parametrize("task", ["mentions", "alignment", "pairs", "tools"])
def test_on_a_phone_nothing_is_wider_than_the_screen(tab, coding_folder, task):
    size = {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True}
    tab.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    with opened(tab, coding_folder(task)):
        wide = "return document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
        assert tab.execute_script(wide) <= 0
        sizes = tab.execute_script(
            "return [...document.querySelectorAll('.value, nav button')].map(b => b.clientHeight)"
        )
        assert min(sizes) >= 38
        font = "return parseFloat(getComputedStyle(document.querySelector('.words')).fontSize)"
        assert tab.execute_script(font) >= 16
    tab.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
