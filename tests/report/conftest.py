"""The report of the five texts, written once a worker."""

import pytest
from small_texts import HOSTILE, SMALL

from ipcompare.corpus import Corpus, Document
from ipcompare.report.page import write_report
from ipcompare.study import Study


@pytest.fixture(scope="session")
def page_path(study, tmp_path_factory):
    return write_report(study, tmp_path_factory.mktemp("report") / "deep" / "report.html")


@pytest.fixture(scope="session")
def page(page_path):
    return page_path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def hostile_path(tmp_path_factory):
    """A report whose texts, titles and names are code."""
    text = SMALL.format(n=3000).replace("加强组织领导", "加强" + HOSTILE)
    about = dict.fromkeys(["title", "issuer", "jurisdiction", "jurisdiction_en", "note"], HOSTILE)
    documents = tuple(Document(f"d{n}", text, **about) for n in (0, 1))
    path = tmp_path_factory.mktemp("hostile") / "r.html"
    return write_report(Study(Corpus(documents)), path, title=(HOSTILE, HOSTILE))
