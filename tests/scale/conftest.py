"""One comparison of twenty plans, made once for the tests that only read it."""

import pytest
from corpora import plans, write_corpus


@pytest.fixture(scope="session")
def corpus(tmp_path_factory):
    return write_corpus(tmp_path_factory.mktemp("corpus"), plans(20))


@pytest.fixture(scope="session")
def compared(corpus, tmp_path_factory):
    """The folder of the tables."""
    for package in ("pyarrow", "datasketch", "sparse_dot_topn"):
        pytest.importorskip(package)  # make scale
    from ipcompare.scale import compare_collection

    out = tmp_path_factory.mktemp("compared")
    compare_collection(corpus, out, workers=1)
    return out
