"""Read by mypy only: the names of the stubs have the types of what stands behind them."""

from pathlib import Path
from typing import assert_type

import ipcompare as ipc


def names_that_a_notebook_needs() -> None:
    corpus = ipc.read_corpus(Path("corpus"), only=["hebei-2016"])
    assert_type(corpus, ipc.Corpus)
    assert_type(corpus["hebei-2016"].horizon_year, int | None)
    clauses = ipc.clause_table(corpus)
    found = ipc.evidence("hebei-2016#1.2@1", clauses, ipc.extract_targets(clauses))
    assert_type(found.raw, str)
    assert_type(ipc.PROVISIONS, tuple[str, str, str])


def names_of_a_room() -> None:
    assert_type(ipc.checks.wilson(81, 263), tuple[float, float])
    assert_type(ipc.wording.tokenize("专利导航"), list[str])


def what_does_not_fit_is_found() -> None:
    ipc.read_corpora("corpus")  # type: ignore[attr-defined]
    ipc.wording.wilson(81, 263)  # type: ignore[attr-defined]
    ipc.cite("corpus", "hebei-2016")  # type: ignore[arg-type]
    ipc.match_clauses(None, 3)  # type: ignore[call-arg]
