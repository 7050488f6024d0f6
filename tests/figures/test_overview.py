"""Figures of texts, similarity and targets: what they show and what they refuse."""

import itertools

import pandas as pd
import pytest
from drawn import shown
from matplotlib.colors import to_rgb
from tables import clause, clause_rows, match_rows

from ipcompare.figures import goals as figures_targets
from ipcompare.figures import overview as figures
from ipcompare.figures.style import PALETTE, fold, text_width


def test_similarity_needs_two_documents():
    with pytest.raises(ValueError, match="at least two documents"):
        figures.plot_document_similarity(pd.DataFrame({"a": [1.0]}, index=["a"]))


def test_many_documents_still_draw():
    ids = [f"d{n}" for n in range(12)]
    fig = figures.plot_document_similarity(pd.DataFrame(0.5, index=ids, columns=ids))
    assert fig.get_figheight() * 2.54 > 8


def test_colours_stay_apart_in_grey():
    grey = [
        sum(w * c for w, c in zip((0.299, 0.587, 0.114), to_rgb(p), strict=True)) for p in PALETTE
    ]
    assert all(b - a > 0.1 for a, b in itertools.pairwise(grey))


def test_closest_pairs_lists_each_pair_once_and_in_reading_order():
    clauses = clause_rows(clause("a", "1"), clause("a", "2"), clause("b", "1"))
    matches = match_rows(
        ("a#1", "b#1", 0.2, 1, False),
        ("a#2", "b#1", 0.9, 1, True),
        ("b#1", "a#2", 0.9, 1, True),
        ("b#1", "a#1", 0.2, 2, False),
    )
    best = figures.closest_pairs(matches, clauses, top=5)
    assert best[["clause_id", "match_id"]].to_numpy().tolist() == [["a#2", "b#1"], ["a#1", "b#1"]]


def test_texts_without_any_quantity_still_draw(targets):
    shown(figures_targets.plot_target_kinds(targets.head(0), names={"a": "甲"}))


def test_ladder_refuses_more_documents_than_fit(study):
    with pytest.raises(ValueError, match="7 documents are too many"):
        figures_targets.plot_target_ladder(study.shared, names=dict.fromkeys("abcdefg", "x"))


@pytest.mark.parametrize(
    "text", ["知识产权强企（优势、示范企业）：国家级、省级（家）", "IP-strong firms: national"]
)
def test_fold_keeps_every_character_within_the_width(text):
    lines = fold(text, 20)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(text_width(line) <= 20 for line in lines)
