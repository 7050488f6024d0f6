"""environment.yml, pyproject.toml and requirements.txt name the same packages and versions."""

import re
import tomllib

from files import ROOT

CONDA_NAMES = {"matplotlib-base": "matplotlib"}


def pins(lines):
    """`name==1.2`, `- name=1.2  # why` and the like → {name: version}.

    >>> pins(["  - matplotlib-base=3.11.2", "jieba==0.42.1 \\\\", "# pandas==1"])
    {'matplotlib': '3.11.2', 'jieba': '0.42.1'}
    """
    found = (re.match(r"\s*(?:- )?([A-Za-z][\w.-]*)={1,2}([\w.]+)", line) for line in lines)
    return {CONDA_NAMES.get(m[1], m[1]): m[2] for m in found if m}


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.txt").read_text(encoding="utf-8")
CONDA = (ROOT / "environment.yml").read_text(encoding="utf-8")
OPTIONAL = PROJECT["project"]["optional-dependencies"]
ALL = re.findall(r"\w+", OPTIONAL["all"][0].removeprefix("ipcompare"))  # ocr is none of all
OF_OTHERS = [pin for extra in ALL for pin in OPTIONAL[extra]]
GROUPS = PROJECT["dependency-groups"]
WANTED = PROJECT["project"]["dependencies"] + OF_OTHERS + GROUPS["dev"]
PINNED = pins(WANTED)
DOCS = pins(GROUPS["docs"])  # locked, but not in the conda environment: the site is made with pip


def test_every_dependency_has_an_exact_pin():
    assert len(PINNED) == len(WANTED)
    assert len(DOCS) == len(GROUPS["docs"])


def test_lock_has_the_versions_of_the_project():
    locked = pins(LOCK.splitlines())
    wanted = PINNED | DOCS
    assert {name: locked.get(name) for name in wanted} == wanted


def test_conda_environment_has_the_versions_of_the_project():
    assert pins(CONDA.splitlines()) == PINNED
    assert f"- python{PROJECT['project']['requires-python']}\n" in CONDA


def test_build_backend_is_the_locked_one():
    assert pins(PROJECT["build-system"]["requires"]) == {"setuptools": PINNED["setuptools"]}


def test_every_locked_package_has_a_hash_and_no_source_of_its_own():
    blocks = re.split(r"^(?=\w)", LOCK, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(pins(LOCK.splitlines()))  # one version each, for every Python
    assert all("--hash=sha256:" in block for block in blocks)
    assert not re.search(r"://|^--?(index|extra|find|trusted|i|f)\b|\bfile:", LOCK, re.MULTILINE)
