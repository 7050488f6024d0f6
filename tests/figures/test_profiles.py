"""Figures and tables of the similarity notebook: legible at print size, and true to their table."""

import pandas as pd
import pytest
from drawn import shown

from ipcompare.figures import certainty, reproduced
from ipcompare.figures import profiles as shared
from ipcompare.figures.style import text_width

TWO = ("hebi-2017", "xinxiang-2024")


def pair(**values):
    usual = {"doc_a": "a", "doc_b": "b", "score": 0.5, "rank": 1, "first_in_draws": 0.46}
    without = {"low_without_one": 0.4, "high_without_one": 0.61}
    return pd.DataFrame([{**usual, **without, **values}])


def test_the_range_without_one_provision_stands_under_the_value():
    assert "0.50\n0.40–0.61" in shown(certainty.plot_similarity_range(pair()))


def test_one_document_has_no_range():
    with pytest.raises(ValueError, match="at least two documents"):
        certainty.plot_similarity_range(pair(), names={"a": "a"})


def test_circles_count_the_specifications_of_each_rank():
    both = pd.concat([pair(), pair(doc_b="c", score=0.3, rank=2)], ignore_index=True)
    index = pd.MultiIndex.from_tuples([("a", "b"), ("a", "c")])
    scores = pd.DataFrame([[0.5, 0.6, 0.2], [0.3, 0.4, 0.7]], index=index)
    texts = shown(certainty.plot_similarity_robustness(both, scores))
    assert texts.count("2") >= 2 and "a – c" in texts and "46%" in texts


def test_ribbons_need_two_documents(tables):
    frames, options = tables["plot_clause_correspondence"]
    with pytest.raises(ValueError, match="two documents, not 5"):
        shared.plot_clause_correspondence(*frames, **options)


def test_ribbons_without_any_match_still_draw(tables):
    frames, _ = tables["plot_clause_correspondence"]
    names = dict.fromkeys(TWO, "x")
    fig = shared.plot_clause_correspondence(*frames, threshold=1, names=names)
    assert not fig.axes[0].patches and shown(fig)


def test_a_label_is_cut_where_it_does_not_fit():
    assert shared.cut("加强组织领导", 12) == "加强组织领导"
    assert shared.cut("加强组织领导", 9) == "加强组…"
    assert text_width(shared.cut("实施PCT专利", 8)) <= 10  # … is narrow or wide


def test_a_theme_below_the_bar_is_named_and_not_drawn(tables):
    (profile,), _ = tables["plot_theme_profile"]
    fig = shared.plot_theme_profile(profile, lang="en")
    titles = shown(fig)
    assert "Utilisation" in titles and "Services" not in titles
    assert "Services, Organisation" in fig.get_supxlabel()


def test_only_listed_terms_are_drawn_and_a_text_without_any_says_so():
    terms = pd.DataFrame(
        {"doc_id": "a", "term": [f"词{n}" for n in range(12)], "z": range(12, 0, -1)}
    )
    texts = shown(shared.plot_distinctive_terms(terms, names={"a": "甲", "b": "乙"}, lang="en"))
    assert "词9" in texts and "词10" not in texts and "none" in texts


def test_sources_that_the_corpus_has_no_text_of_are_named_and_not_drawn():
    rows = [("a", "national", 0, None), ("a", "peer", 2, 0.25), ("a", "nowhere", None, 0.75)]
    table = pd.DataFrame(rows, columns=["doc_id", "source", "n_text", "share"])
    texts = " ".join(shown(reproduced.plot_reproduction(table, lang="en")))
    assert "25%" in texts and "75%" in texts
    assert "None in the corpus: national texts, texts of its province" in texts
