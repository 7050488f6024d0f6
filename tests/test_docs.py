"""The examples of the READMEs and of the documentation run; what they show and name is there."""

import pkgutil
import re
import shutil
from pathlib import Path

import pytest
from files import ROOT

READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
PAGES = READMES + sorted((ROOT / "docs").glob("*.md"))


def examples(page):
    return re.findall(r"^```python\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", [p for p in PAGES if examples(p)], ids=lambda page: page.name)
def test_the_examples_of_a_page_run_one_after_another(page, tmp_path, monkeypatch, capsys):
    for folder in ("corpus", "benchmarks"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    names = {}
    for example in examples(page):
        exec(compile(example, page.name, "exec"), names)
    assert "import ipcompare as ipc" in examples(page)[0]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_figures_and_files_that_a_page_links_are_there(page):
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8"))
    files = [link for link in links if page in READMES or link.startswith("../")]
    missing = [link for link in files if not (page.parent / link).exists()]
    assert missing == []


def test_the_readmes_say_the_same():
    """The same figures but for the language, the same code but for it, as many headings."""
    english, chinese = (page.read_text("utf-8").replace("-en.png", ".png") for page in READMES)
    assert re.findall(r"outputs/figures/[\w.-]+", english) == re.findall(
        r"outputs/figures/[\w.-]+", chinese
    )
    assert examples(READMES[0])[0].replace(', lang="en"', "") == examples(READMES[1])[0]
    headings = [len(re.findall(r"^## ", text, re.MULTILINE)) for text in (english, chinese)]
    assert headings[0] == headings[1] + 1  # the benchmark stands in one of them


def test_the_new_names_of_the_changelog_exist():
    unreleased = (ROOT / "CHANGELOG.md").read_text("utf-8").split("\n## ")[1]
    rows = re.findall(
        r"^ +\| `(?:ipc|ipcompare)\.(\w+)\.NAME` \| (.*) \|$", unreleased, re.MULTILINE
    )
    places = [
        f"ipcompare.{room}.{name}" for room, names in rows for name in re.findall(r"\w+", names)
    ]
    assert len(places) > 40 and all(map(pkgutil.resolve_name, places))


def test_the_files_of_the_contributing_guide_exist():
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    named = re.findall(r"`([\w/.-]+\.(?:csv|toml|txt|pyi?|yml))`", text)
    beside = {path.name for folder in ("ipcompare", "tests") for path in (ROOT / folder).rglob("*")}
    missing = [
        name for name in named if Path(name).name not in beside and not (ROOT / name).exists()
    ]
    assert len(named) > 20 and missing == []
