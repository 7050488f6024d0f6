"""The notebooks in JupyterLab, as a reader runs them: Run All Cells, no error, figures shown."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[1]
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync "
    "--window-size=1280,1400"
)
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
SETTINGS = {
    "apputils-extension/notification": {
        "fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True,
    },
    "notebook-extension/tracker": {"windowingMode": "none"},  # every cell stands in the page
}  # fmt: skip
OPEN = """
    const [path, done] = arguments;
    (async () => {
        await jupyterapp.restored;
        const panel = await jupyterapp.commands.execute('docmanager:open', {path});
        await panel.revealed;
        await panel.sessionContext.ready;
        done(panel.sessionContext.kernelDisplayName);
    })().catch(error => done('failed: ' + error));
"""
RUN_ALL = """
    const done = arguments[0];
    (async () => {
        await jupyterapp.commands.execute('notebook:run-all-cells');
        const panel = jupyterapp.shell.currentWidget;
        const kernel = panel.sessionContext.session.kernel, soon = Date.now() + 10000;
        const wait = ms => new Promise(later => setTimeout(later, ms));
        do { await wait(300); } while (kernel.status !== 'idle' && Date.now() < soon);
        const images = [...panel.node.querySelectorAll('.jp-OutputArea-output img')];
        await Promise.all(images.map(image => image.decode()));
        done({
            cells: panel.content.model.sharedModel.toJSON().cells,
            status: kernel.status,
            images: images.map(i => [i.naturalWidth, i.clientWidth, i.clientHeight]),
            wide: images.filter(i => i.clientWidth > panel.content.node.clientWidth).length,
        });
    })().catch(error => done({failed: String(error)}));
"""
CLOSE = """
    const done = arguments[0];
    (async () => {
        const panel = jupyterapp.shell.currentWidget;
        await jupyterapp.commands.execute('docmanager:save');
        await panel.sessionContext.shutdown();
        panel.dispose();
        done('');
    })().catch(error => done(String(error)));
"""


def installed(*names):
    return next((path for path in map(shutil.which, names) if path), None)


@pytest.fixture
def browser(tmp_path):
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    binary = installed("chromium", "chromium-browser", "google-chrome")
    driver = installed("chromedriver")
    if not binary or not driver:
        pytest.skip("no Chromium with chromedriver: apt-get install chromium chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for flag in [*FLAGS.split(), OFFLINE, f"--user-data-dir={tmp_path / 'profile'}"]:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    service = webdriver.ChromeService(executable_path=driver)
    with webdriver.Chrome(options=options, service=service) as chromium:
        chromium.set_script_timeout(80)
        yield chromium


@pytest.fixture
def project(tmp_path):
    """A folder as a reader has it after cloning, the notebooks without their outputs."""
    folder = tmp_path / "project"
    for name in ("notebooks", "corpus", "benchmarks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".*"))
    for path in (folder / "notebooks").glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        nbformat.write(notebook, path)
    return folder


@pytest.fixture
def lab(project, tmp_path):
    """The address of a JupyterLab that knows no settings, kernels or extensions of the user."""
    settings = tmp_path / "settings"
    for name, values in SETTINGS.items():
        path = settings / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")
    foreign = ("JUPYTER", "IPCOMPARE", "IPYTHON")
    env = {key: value for key, value in os.environ.items() if not key.startswith(foreign)}
    env |= {f"JUPYTER_{n}_DIR": str(tmp_path / n) for n in ("CONFIG", "DATA", "RUNTIME")}
    env |= {"JUPYTERLAB_SETTINGS_DIR": str(settings), "IPYTHONDIR": str(tmp_path / "ipython")}
    env |= {"JUPYTERLAB_WORKSPACES_DIR": str(tmp_path / "workspaces"), "PYTHONPATH": str(ROOT)}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1",
        f"--port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token=",
        f"--ServerApp.root_dir={project}", "--LabApp.expose_app_in_browser=True",
        "--LabApp.news_url=", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]  # fmt: skip
    log = tmp_path / "lab.log"
    with log.open("w") as said:
        server = subprocess.Popen(command, env=env, cwd=project, stdout=said, stderr=said)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/api/status", server, log)
        yield address
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:
            server.kill()


def wait_for(address, server, log):
    for _ in range(300):
        assert server.poll() is None, log.read_text()
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            return urllib.request.urlopen(address, timeout=5).close()
        time.sleep(0.1)
    raise AssertionError(f"JupyterLab did not start:\n{log.read_text()}")


def problems(path, seen):
    """What is wrong with a notebook that has run, one line each."""
    if "failed" in seen:
        return [seen["failed"]]
    code = [cell for cell in seen["cells"] if cell["cell_type"] == "code"]
    outputs = [(cell["id"], out) for cell in code for out in cell["outputs"]]
    found = [f"{cell['id']} did not run" for cell in code if not cell["execution_count"]]
    for id, out in outputs:
        if out["output_type"] == "error":
            found.append(f"{id}: {out['ename']}: {out['evalue']}")
        text = json.dumps({**out.get("data", {}), "image/png": ""}) + str(out.get("text", ""))
        if "Glyph" in text and "missing" in text:
            found.append(f"{id}: a character has no glyph")
    pictures = sum("image/png" in out.get("data", {}) for _, out in outputs)
    saved = sum("ipc.save_figure(" in cell["source"] for cell in code)
    shown = [size for size in seen["images"] if min(size) > 50]
    if not len(shown) == len(seen["images"]) == pictures >= saved:
        found.append(f"{saved} figures are saved, {pictures} put out, shown: {seen['images']}")
    if seen["wide"]:
        found.append(f"{seen['wide']} figures are wider than the page")
    if seen["status"] != "idle":
        found.append(f"the kernel is {seen['status']}")
    return [f"{path.name}: {line}" for line in found]


def test_every_notebook_runs_in_jupyterlab(lab, browser, project):
    browser.get("about:blank")
    browser.get_log("performance")  # what the first tab asked for by itself
    browser.get(f"{lab}/lab")
    found = []
    pictures = os.environ.get("IPCOMPARE_SCREENSHOTS")  # a folder, to look at what was shown
    for path in sorted((project / "notebooks").glob("*.ipynb")):
        kernel = browser.execute_async_script(OPEN, f"notebooks/{path.name}")
        assert kernel.startswith("Python 3"), kernel
        found += problems(path, browser.execute_async_script(RUN_ALL))
        if pictures:
            photograph(browser, Path(pictures) / f"{path.stem}.png")
        assert browser.execute_async_script(CLOSE) == ""
    assert found == []
    assert json.load(urllib.request.urlopen(f"{lab}/api/kernels")) == []
    events = [json.loads(e["message"])["message"] for e in browser.get_log("performance")]
    sent = {
        e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"
    }
    assert {url for url in sent if not url.startswith((lab, "data:", "blob:"))} == set()


def photograph(browser, path):
    """The whole notebook in one picture."""
    height = browser.execute_script(
        "const box = jupyterapp.shell.currentWidget.content.outerNode; return box.scrollHeight"
    )
    size = {"width": 1280, "height": height + 200, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.execute_script("jupyterapp.shell.currentWidget.content.outerNode.scrollTop = 0")
    time.sleep(1)
    path.parent.mkdir(parents=True, exist_ok=True)
    browser.save_screenshot(str(path))
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
