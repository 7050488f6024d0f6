"""The five texts and their tables, made once a worker for all tests; no test may change them.

In CI the property tests draw the same examples on every run; elsewhere they keep looking.
"""

import os

import pandas as pd
import pytest
from chromium import new_tab, started
from files import STUDY
from hypothesis import settings

settings.register_profile(
    "ipcompare", deadline=None, max_examples=60, derandomize=bool(os.environ.get("CI"))
)
settings.load_profile("ipcompare")


collect_ignore_glob = ["*/conftest.py"]  # no doctests there; their names are not their own

# Files that take minutes: begun first, each in one worker, so that none is left at the end.
LONG = ["test_jupyterlab.py", "test_build.py", "test_page_in_browser.py", "test_extract.py"]


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: LONG.index(item.path.name) if item.path.name in LONG else 9)


@pytest.fixture(scope="session")
def study():
    """The five texts and every table made from them, each when first asked for."""
    return STUDY


@pytest.fixture(scope="session")
def corpus(study):
    return study.corpus


@pytest.fixture(scope="session")
def clauses(study):
    yield from unchanged(study.clauses)


@pytest.fixture(scope="session")
def targets(study):
    yield from unchanged(study.targets)


@pytest.fixture(scope="session")
def aligned(study):
    yield from unchanged(study.aligned)


@pytest.fixture(scope="session")
def matches(study):
    yield from unchanged(study.matches)


@pytest.fixture(scope="session")
def chromium(tmp_path_factory):
    """The one browser of a worker."""
    with started(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture
def tab(chromium):
    with new_tab(chromium) as page:
        yield page


def unchanged(table):
    before = table.copy(deep=True)
    yield table
    pd.testing.assert_frame_equal(table, before)
