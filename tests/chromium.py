"""Chromium for the tests that need a browser: started alike, without a word to anyone outside."""

import contextlib
import json
import shutil

import pytest

FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


@contextlib.contextmanager
def started(profile):
    """A Chromium of its own profile folder; the test is skipped where none is installed."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    binary = _installed("chromium", "chromium-browser", "google-chrome")
    driver = _installed("chromedriver")
    if not binary or not driver:
        pytest.skip("no Chromium with chromedriver: apt-get install chromium chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for flag in [*FLAGS, OFFLINE, f"--user-data-dir={profile}"]:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    service = webdriver.ChromeService(executable_path=driver)
    with webdriver.Chrome(options=options, service=service) as chromium:
        yield chromium


def _installed(*names):
    return next((path for path in map(shutil.which, names) if path), None)


@contextlib.contextmanager
def new_tab(chromium):
    """A tab that is closed again, with nothing in the logs that it did not do."""
    first = chromium.current_window_handle
    chromium.switch_to.new_window("tab")
    chromium.execute_cdp_cmd("Emulation.setFocusEmulationEnabled", {"enabled": True})
    requested(chromium), chromium.get_log("browser")
    try:
        yield chromium
    finally:
        chromium.close()
        chromium.switch_to.window(first)


def requested(chromium):
    """Every address that the pages asked for since the last call."""
    events = [json.loads(e["message"])["message"] for e in chromium.get_log("performance")]
    return {
        e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"
    }


def busy(chromium):
    """The seconds that the page has kept a processor busy; what else the machine does is out."""
    chromium.execute_cdp_cmd("Performance.enable", {})
    metrics = chromium.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
    return {metric["name"]: metric["value"] for metric in metrics}["ProcessTime"]
