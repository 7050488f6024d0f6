"""The notebooks in JupyterLab, as a reader runs them: Run All Cells, no error, figures shown."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
import time
import urllib.error
import urllib.request
from pathlib import Path

import nbformat
import pytest
from chromium import new_tab, requested
from files import ROOT

from ipcompare.building.execution import METADATA
from ipcompare.exports.request import ONLY

SHOWN = ("00", "07")
SAVED = ("summary", "target-ladder")
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


@pytest.fixture(scope="module")
def browser(chromium, lab):
    """JupyterLab in a tab of its own; at the end the page has asked for nothing elsewhere."""
    with new_tab(chromium) as tab:
        tab.set_window_size(1280, 1400)
        tab.set_script_timeout(80)
        tab.get(f"{lab}/lab")
        yield tab
        asked = {url for url in requested(tab) if not url.startswith((lab, "data:", "blob:"))}
        assert asked <= {"about:blank"}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A folder as a reader has it after cloning, the notebooks without their outputs."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("notebooks", "corpus", "benchmarks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".*"))
    for path in (folder / "notebooks").glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        nbformat.write(notebook, path)
    return folder


@pytest.fixture(scope="module")
def lab(project, tmp_path_factory):
    """The address of a JupyterLab that knows no settings, kernels or extensions of the user."""
    home = tmp_path_factory.mktemp("jupyter")
    settings = home / "settings"
    for name, values in SETTINGS.items():
        path = settings / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")
    foreign = ("JUPYTER", "IPCOMPARE", "IPYTHON")
    env = {key: value for key, value in os.environ.items() if not key.startswith(foreign)}
    env |= {f"JUPYTER_{n}_DIR": str(home / n) for n in ("CONFIG", "DATA", "RUNTIME")}
    env |= {"JUPYTERLAB_SETTINGS_DIR": str(settings), "IPYTHONDIR": str(home / "ipython")}
    env |= {"JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"), "PYTHONPATH": str(ROOT)}
    env |= {ONLY: " ".join(SAVED)}  # the build saves the others
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1",
        f"--port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token=",
        f"--ServerApp.root_dir={project}", "--LabApp.expose_app_in_browser=True",
        "--LabApp.news_url=", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]  # fmt: skip
    log = home / "lab.log"
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


def test_notebooks_run_in_jupyterlab(lab, browser, project):
    """Two that show every kind of output; all of them with IPCOMPARE_SCREENSHOTS.

    That each notebook runs is tested where the outputs are made (test_build.py).
    """
    found = []
    pictures = os.environ.get("IPCOMPARE_SCREENSHOTS")  # a folder, to look at what was shown
    every = sorted((project / "notebooks").glob("*.ipynb"))
    for path in every if pictures else [path for path in every if path.name[:2] in SHOWN]:
        kernel = browser.execute_async_script(OPEN, f"notebooks/{path.name}")
        assert kernel.startswith("Python 3"), kernel
        found += problems(path, browser.execute_async_script(RUN_ALL))
        if pictures:
            photograph(browser, Path(pictures) / f"{path.stem}.png")
        assert browser.execute_async_script(CLOSE) == ""
    assert found == []
    made = {path.stem for path in (project / "my-outputs").rglob("*.*")}
    assert made == {"summary", "target-ladder", "target-ladder-en"}
    assert json.load(urllib.request.urlopen(f"{lab}/api/kernels")) == []


BROWSERS = {
    "make": """
        import ipcompare as ipc
        from ipcompare.browse.clause_browser import browse_clauses
        from ipcompare.browse.table_browser import browse_table
        from ipcompare.browse.target_browser import browse_targets

        corpus = ipc.read_corpus("../corpus")
        clauses = ipc.clause_table(corpus)
        names = ipc.document_names(corpus)
        targets = ipc.extract_targets(clauses)
        aligned = ipc.align_targets(targets)""",
    "clauses": "browse_clauses(clauses, names=names)",
    "targets": "browse_targets(aligned, targets, clauses, names=names, corpus=corpus)",
    "table": """
        shown = aligned[["doc_id", "indicator_zh", "low", "unit", "deadline", "quote"]]
        browse_table(shown, rows=5, caption="对齐的目标")""",
    "hostile": """
        import pandas as pd
        bad = "<script>alert(1)</script><img src=x onerror=alert(1)>"
        browse_table(pd.DataFrame({bad: [bad]}), caption=bad)""",
}


def test_browsers_answer_to_their_controls(browser, project):
    pictures = os.environ.get("IPCOMPARE_SCREENSHOTS")
    cells = [
        nbformat.v4.new_code_cell(textwrap.dedent(source).strip(), id=id)
        for id, source in BROWSERS.items()
    ]
    path = project / "notebooks" / "browsers.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=METADATA), path)
    browser.execute_async_script(OPEN, f"notebooks/{path.name}")
    assert problems(path, browser.execute_async_script(RUN_ALL)) == []
    outputs = dict(zip(BROWSERS, browser.find_elements("css selector", ".jp-Cell"), strict=True))
    clauses_answer(outputs["clauses"])
    targets_answer(outputs["targets"])
    a_correction_is_saved(outputs["targets"], project / "corpus" / "corrections.csv")
    table_answers(outputs["table"])
    eventually(lambda: "<script>alert" in shown(outputs["hostile"], "tbody td"))
    assert not shown(outputs["hostile"], ".jp-OutputArea :is(img, script)")
    if pictures:
        photograph(browser, Path(pictures) / "browsers.png")
    assert browser.execute_async_script(CLOSE) == ""


def clauses_answer(cell):
    """Another text, another threshold, the words of a row."""
    eventually(lambda: "鹤壁 2017 的" not in cell.text and "河北 2016 的" in cell.text)
    choose(cell, 0, "新乡 2024")
    eventually(lambda: "新乡 2024 的" in cell.text and "在鹤壁 2017 有对应" in cell.text)
    assert "无对应" in cell.text and not shown(cell, "details[open]")
    slider = cell.find_element("css selector", ".widget-readout")
    slider.clear()
    slider.send_keys("0\n")
    eventually(lambda: "无对应" not in cell.text and "分数不低于 0.00" in cell.text)
    cell.find_element("css selector", "summary").click()
    eventually(lambda: "实施创新驱动发展战略" in shown(cell, "details[open] mark"))


def targets_answer(cell):
    """Another indicator, and the sentence with its number marked."""
    eventually(lambda: "每万人口发明专利拥有量：" in cell.text)
    assert shown(cell, "mark").split()[0] == "3件"
    choose(cell, 0, "目标 · 知识产权质押融资额 (3)")
    eventually(lambda: "知识产权质押融资额：" in cell.text)
    assert shown(cell, "mark").split()[0] == "30亿元" and "未见表述" in cell.text


def a_correction_is_saved(cell, record):
    """Below the evidence: the panel opened, filled in, saved."""
    panel = ".jupyter-widget-Collapse"
    cell.find_element("css selector", f"{panel}-header").click()
    eventually(lambda: cell.find_element("css selector", f"{panel}-contents button").is_displayed())
    choose(cell, 2, "完成年份")
    boxes = cell.find_elements("css selector", f"{panel}-contents input[type=text]:enabled")
    for box, words in zip(boxes, ("2019", "王", "再读一遍"), strict=True):
        box.send_keys(f"{words}\t")
    cell.find_element("css selector", f"{panel}-contents button").click()
    eventually(lambda: "→ 2019（王：再读一遍）" in cell.text)
    assert "2019,王,再读一遍" in record.read_text(encoding="utf-8-sig")


def table_answers(cell):
    """Search, filter by column, sort by heading."""
    rows = "tbody tr"
    eventually(lambda: len(cell.find_elements("css selector", rows)) == 5)
    first = shown(cell, "tbody tr:first-child")
    assert "对齐的目标" in shown(cell, ".jp-OutputArea b")
    search = cell.find_element("css selector", "input[type=search]")
    search.send_keys("查无此词")
    eventually(lambda: "没有符合条件的行" in cell.text)
    search.clear()
    search.send_keys("发明专利")
    eventually(lambda: "发明专利" in shown(cell, rows) and "全表 " in cell.text)
    cell.find_elements("css selector", "tfoot input")[0].send_keys("fuxin")
    eventually(lambda: "hebei-2016" not in shown(cell, rows))
    assert "fuxin-2017" in shown(cell, rows) and "hebei-2016" in first
    order = cell.find_elements("css selector", "thead .dt-column-order")[2]
    order.click()  # from the smallest
    numbers = "tbody td:nth-child(3)"
    eventually(lambda: ordered(shown(cell, numbers)))


def ordered(lines):
    numbers = [float(line) for line in lines.split()]
    return numbers == sorted(numbers)


def choose(cell, n, label):
    from selenium.webdriver.support.select import Select

    Select(cell.find_elements("css selector", "select")[n]).select_by_visible_text(label)


def shown(cell, selector):
    """The text of all elements at one moment: the page may make them again at any time."""
    script = "return [...arguments[0].querySelectorAll(arguments[1])].map(e => e.innerText)"
    return "\n".join(cell.parent.execute_script(script, cell, selector))


def eventually(holds, seconds=15):
    """Wait until it holds; the kernel answers in its own time."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "nothing changed in the page"
        time.sleep(0.1)


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
