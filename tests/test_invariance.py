"""Punctuation width and line wraps change no path, heading, target value or similarity score."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipcompare import (
    clause_table,
    document_similarity,
    extract_targets,
    match_clauses,
    read_corpus,
)
from ipcompare.clauses.cleaning import paragraphs
from ipcompare.corpus import Corpus
from ipcompare.text import fold_width

CORPUS = read_corpus(Path(__file__).parents[1] / "corpus")
WIDE, NARROW = "，（）：；！？％", ",():;!?%"


def widened(text):
    return text.translate(str.maketrans(NARROW, WIDE))


def narrowed(text):
    return text.translate(str.maketrans(WIDE, NARROW))


def unwrapped(text):
    return "\n".join(p.text for p in paragraphs(text)[0])


def rewrapped(text, width, indent, blank):
    lines = []
    for paragraph in paragraphs(text)[0]:
        rest = paragraph.text if paragraph.cells else indent + paragraph.text
        step = len(rest) if paragraph.cells else width
        lines += [rest[i : i + step] for i in range(0, len(rest), step)]
    return ("\n\n" if blank else "\n").join(lines)


def essence(corpus):
    clauses = clause_table(corpus)
    own = clauses[clauses["path"].notna()]
    targets = extract_targets(clauses)
    columns = ["clause_id", "low", "high", "comparator", "measure", "per_year", "deadline", "kind"]
    return {
        "paths": list(own["clause_id"]),
        "headings": [h if h != h else fold_width(h) for h in own["heading"]],
        "units": [[fold_width(u) for u in units] for units in own["units"]],
        "targets": targets[columns]
        .astype(object)
        .where(targets[columns].notna(), None)
        .to_dict("records"),
        "documents": document_similarity(clauses).to_numpy().tolist(),
        "matches": match_clauses(clauses, top_n=3).to_dict("records"),
    }


@pytest.fixture(scope="module")
def expected():
    return essence(CORPUS)


def changed(change):
    documents = tuple(replace(d, text=change(d.text)) for d in CORPUS.documents)
    return essence(Corpus(documents))


@pytest.mark.parametrize("change", [widened, narrowed, unwrapped])
def test_width_and_unwrapping_change_nothing(expected, change):
    assert changed(change) == expected


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(width=st.integers(20, 60), indent=st.sampled_from(["", "　　", "    "]), blank=st.booleans())
def test_rewrapping_changes_nothing(expected, width, indent, blank):
    assert changed(lambda text: rewrapped(text, width, indent, blank)) == expected
