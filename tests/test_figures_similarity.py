"""Figures and tables of the similarity notebook: legible at print size, and true to their table."""

import itertools
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from tables import clause, clause_rows, match_rows

import ipcompare as ipc
from ipcompare.checks.robustness import pair_robustness, specification_scores
from ipcompare.figures import certainty
from ipcompare.figures import profiles as shared
from ipcompare.figures.style import print_style, text_width
from ipcompare.frames import leaf_provisions
from ipcompare.wording.correspondence import correspondence_table, locate_passages
from ipcompare.wording.coverage import MATCH_THRESHOLD, coverage_curve

CORPUS = ipc.read_corpus(Path(__file__).parents[1] / "corpus")
TWO = ("hebi-2017", "xinxiang-2024")


@pytest.fixture(scope="module")
def tables():
    """Each plot function with the tables and options it takes."""
    clauses = ipc.clause_table(CORPUS)
    pairs = pair_robustness(clauses, draws=50)
    scores = pd.DataFrame(specification_scores(clauses))
    at = {"threshold": MATCH_THRESHOLD}
    return {
        certainty.plot_similarity_intervals: ((pairs,), {}),
        certainty.plot_similarity_robustness: ((pairs, scores), {}),
        certainty.plot_coverage_curve: ((coverage_curve(clauses),), at),
        shared.plot_clause_correspondence: (
            (ipc.match_clauses(clauses, top_n=None), clauses),
            at,
        ),
        shared.plot_theme_profile: ((ipc.theme_profile(clauses),), {}),
        shared.plot_distinctive_terms: ((ipc.distinctive_terms(clauses),), {}),
    }


PLOTS = (
    certainty.plot_similarity_intervals,
    certainty.plot_similarity_robustness,
    certainty.plot_coverage_curve,
    shared.plot_clause_correspondence,
    shared.plot_theme_profile,
    shared.plot_distinctive_terms,
)


def names_for(plot, lang):
    names = ipc.document_names(CORPUS, lang=lang)
    pair = plot is shared.plot_clause_correspondence
    return {doc_id: names[doc_id] for doc_id in TWO} if pair else names


def drawn(fig):
    """The figure's texts with their boxes, after a draw."""
    with print_style():
        fig.set_dpi(300)
        fig.draw_without_rendering()
        texts = [t for t in fig.findobj(lambda a: hasattr(a, "get_fontsize")) if t.get_text()]
        return [(t, t.get_window_extent()) for t in texts if t.get_visible()]


def shown(fig):
    return [text.get_text() for text, _ in drawn(fig)]


@pytest.mark.filterwarnings("error:Glyph")
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("plot", PLOTS, ids=lambda plot: plot.__name__)
def test_texts_fit_and_do_not_overlap(plot, lang, tables):
    frames, options = tables[plot]
    fig = plot(*frames, names=names_for(plot, lang), lang=lang, **options)
    assert round(fig.get_figwidth() * 2.54, 3) in (8.5, 17.5)
    texts = drawn(fig)
    assert min(text.get_fontsize() for text, _ in texts) >= 7.5
    for text, box in texts:
        inside = box.x0 >= -2 and box.y0 >= -2 and box.x1 <= fig.bbox.x1 + 2
        assert inside and box.y1 <= fig.bbox.y1 + 2, text.get_text()
    for (a, box_a), (b, box_b) in itertools.combinations(texts, 2):
        wide = min(box_a.x1, box_b.x1) - max(box_a.x0, box_b.x0)
        high = min(box_a.y1, box_b.y1) - max(box_a.y0, box_b.y0)
        assert wide <= 0 or high <= 5, (a.get_text(), b.get_text())  # 5 px: descenders


@pytest.mark.parametrize("plot", PLOTS, ids=lambda plot: plot.__name__)
def test_names_choose_the_documents_and_ids_stand_without_names(plot, tables):
    frames, options = tables[plot]
    two = {"hebi-2017": "鹤壁", "xinxiang-2024": "新乡"}
    texts = " ".join(shown(plot(*frames, names=two, **options)))
    assert "鹤壁" in texts and "fuxin-2017" not in texts
    if plot is not shared.plot_clause_correspondence:
        assert "hebi-2017" in " ".join(shown(plot(*frames, **options)))


@pytest.mark.parametrize("plot", PLOTS, ids=lambda plot: plot.__name__)
def test_a_wrong_table_and_an_unknown_language_are_refused(plot, tables):
    frames, options = tables[plot]
    with pytest.raises(ValueError, match="the table lacks the columns"):
        plot(pd.DataFrame({"x": [1]}), *frames[1:], **options)
    with pytest.raises(ValueError, match="lang is zh or en"):
        plot(*frames, lang="fr", **options)


def pair(**values):
    usual = {"doc_a": "a", "doc_b": "b", "score": 0.5, "low": 0.4, "high": 0.61}
    return pd.DataFrame([{**usual, "rank": 1, "rank_low": 1, "rank_high": 1, **values}])


def test_an_interval_stands_under_its_value():
    assert "0.50\n0.40–0.61" in shown(certainty.plot_similarity_intervals(pair()))


def test_one_document_has_no_interval():
    with pytest.raises(ValueError, match="at least two documents"):
        certainty.plot_similarity_intervals(pair(), names={"a": "a"})


def test_circles_count_the_specifications_of_each_rank():
    both = pd.concat([pair(), pair(doc_b="c", score=0.3, rank=2)], ignore_index=True)
    index = pd.MultiIndex.from_tuples([("a", "b"), ("a", "c")])
    scores = pd.DataFrame([[0.5, 0.6, 0.2], [0.3, 0.4, 0.7]], index=index)
    texts = shown(certainty.plot_similarity_robustness(both, scores))
    assert texts.count("2") >= 2 and "a – c" in texts


def test_ribbons_need_two_documents(tables):
    frames, options = tables[shared.plot_clause_correspondence]
    with pytest.raises(ValueError, match="two documents, not 5"):
        shared.plot_clause_correspondence(*frames, **options)


def test_ribbons_without_any_match_still_draw(tables):
    frames, _ = tables[shared.plot_clause_correspondence]
    names = dict.fromkeys(TWO, "x")
    fig = shared.plot_clause_correspondence(*frames, threshold=1.01, names=names)
    assert not fig.axes[0].patches and shown(fig)


def test_a_label_is_cut_where_it_does_not_fit():
    assert shared.cut("加强组织领导", 12) == "加强组织领导"
    assert shared.cut("加强组织领导", 9) == "加强组…"
    assert text_width(shared.cut("实施PCT专利", 8)) <= 10  # … is narrow or wide


# --- measures side by side ------------------------------------------------------------------------


SMALL = clause_rows(
    *(clause(doc_id, path, pinpoint=pinpoint, heading=heading) for doc_id, path, pinpoint, heading in [
        ("a", "1", "一", "甲一"), ("a", "2", "二", "甲二"), ("b", "1", "一", "乙一"),
        ("b", "2", "二", "乙二"), ("c", "1", "一", "丙一"),
    ])
)  # fmt: skip


def small_matches(*pairs):
    return match_rows(*((a, b, score) for x, y, score in pairs for a, b in ((x, y), (y, x))))


def test_measures_by_hand():
    matches = small_matches(("a#1", "b#1", 0.9), ("a#1", "c#1", 0.5), ("b#1", "c#1", 0.3))
    table = correspondence_table(SMALL, matches, threshold=0.4)
    # c#1 joins on the mean of 0.5 and 0.3; a#2 and b#2 match nothing.
    assert table["a"].fillna("").tolist() == ["一 甲一", "二 甲二", ""]
    assert table["b"].fillna("").tolist() == ["一 乙一", "", "二 乙二"]
    assert table["c"].fillna("").tolist() == ["一 丙一", "", ""]
    assert table["n_document"].tolist() == [3, 1, 1]
    assert np.isclose(table["score"][0], (0.9 + 0.5 + 0.3) / 3) and table["score"][1:].isna().all()


def test_a_second_provision_of_a_document_joins_the_cell():
    matches = small_matches(("a#1", "b#1", 0.9), ("a#2", "b#1", 0.6))
    table = correspondence_table(SMALL, matches, threshold=0.4)
    assert table["a"][0] == "一 甲一；二 甲二" and table["b"][0] == "一 乙一"


def test_nothing_matches_from_above_one():
    matches = small_matches(("a#1", "b#1", 0.9))
    table = correspondence_table(SMALL, matches, threshold=1.01)
    assert table["n_document"].tolist() == [1] * 5


def test_every_provision_stands_in_one_cell_of_the_corpus(tables):
    (matches, clauses), at = tables[shared.plot_clause_correspondence]
    table = correspondence_table(clauses, matches, **at)
    cells = table[list(CORPUS.table["doc_id"])].stack().dropna().str.split("；")
    n = sum(len([c for c in cell if c]) for cell in cells)
    assert n >= len(leaf_provisions(clauses))  # a heading may itself hold ；
    assert (table["n_document"] >= 1).all()


def test_a_passage_is_located_in_both_texts(tables):
    (_, clauses), _ = tables[shared.plot_clause_correspondence]
    located = locate_passages(ipc.shared_passages(CORPUS), clauses)
    copied = located[located["text_a"].str.contains("建立重大经济活动知识产权评议制度")].iloc[0]
    assert (copied["pinpoint_a"], copied["pinpoint_b"]) == ("二、（三）", "四、（十六）")
    assert list(located.columns[:4]) == ["doc_a", "pinpoint_a", "start_a", "end_a"]
