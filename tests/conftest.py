"""The five texts and their tables, made once a worker for all tests; no test may change them.

In CI the property tests draw the same examples on every run; elsewhere they keep looking.
"""

import os
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import settings

from ipcompare.corpus import read_corpus
from ipcompare.study import Study

ROOT = Path(__file__).parents[1]

settings.register_profile("ipcompare", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("ipcompare")


@pytest.fixture(scope="session")
def study():
    """The five texts and every table made from them, each when first asked for."""
    return Study(read_corpus(ROOT / "corpus"))


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


def unchanged(table):
    before = table.copy(deep=True)
    yield table
    pd.testing.assert_frame_equal(table, before)
