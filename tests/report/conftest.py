"""The report of the five texts, written once a worker."""

import pytest

from ipcompare.report.page import write_report


@pytest.fixture(scope="session")
def page_path(study, tmp_path_factory):
    return write_report(study, tmp_path_factory.mktemp("report") / "deep" / "report.html")


@pytest.fixture(scope="session")
def page(page_path):
    return page_path.read_text(encoding="utf-8")
