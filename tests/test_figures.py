"""Figures at print size: nothing cut, nothing overlapping, no glyph missing, in both languages."""

import itertools
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.colors import to_rgb

import ipcompare as ipc
from ipcompare.figures import goals as figures_targets
from ipcompare.figures import overview as figures
from ipcompare.figures.style import PALETTE, fold, print_style, text_width

CORPUS = ipc.read_corpus(Path(__file__).parents[1] / "corpus")


@pytest.fixture(scope="module")
def tables():
    """Each plot function with the tables it takes."""
    clauses = ipc.clause_table(CORPUS)
    targets = ipc.extract_targets(clauses)
    aligned = ipc.align_targets(targets)
    matches = ipc.match_clauses(clauses)
    return {
        figures.plot_corpus_overview: (clauses,),
        figures.plot_document_similarity: (ipc.document_similarity(clauses),),
        figures.plot_clause_matches: (matches, clauses),
        figures_targets.plot_target_kinds: (targets,),
        figures_targets.plot_target_ladder: (aligned,),
        figures_targets.plot_target_coverage: (ipc.target_coverage(targets, aligned),),
    }


PLOTS = (
    figures.plot_corpus_overview,
    figures.plot_document_similarity,
    figures.plot_clause_matches,
    figures_targets.plot_target_kinds,
    figures_targets.plot_target_ladder,
    figures_targets.plot_target_coverage,
)


def drawn(fig):
    """The figure's texts with their boxes, after a draw in which no glyph may be missing."""
    with print_style():
        fig.set_dpi(300)
        fig.draw_without_rendering()
        texts = [t for t in fig.findobj(lambda a: hasattr(a, "get_fontsize")) if t.get_text()]
        return [(t, t.get_window_extent()) for t in texts if t.get_visible()]


@pytest.mark.filterwarnings("error:Glyph")
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("plot", PLOTS, ids=lambda plot: plot.__name__)
def test_texts_fit_and_do_not_overlap(plot, lang, tables):
    fig = plot(*tables[plot], names=ipc.document_names(CORPUS, lang=lang), lang=lang)
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
def test_documents_are_known_by_their_id_without_names(plot, tables):
    texts = " ".join(text.get_text() for text, _ in drawn(plot(*tables[plot])))
    assert "hebi-2017" in texts


def test_unknown_language_is_refused(tables):
    with pytest.raises(ValueError, match="lang is zh or en, not 'fr'"):
        figures.plot_corpus_overview(*tables[figures.plot_corpus_overview], lang="fr")


def test_wrong_table_is_refused_with_its_maker():
    with pytest.raises(ValueError, match="clause_table"):
        figures.plot_corpus_overview(pd.DataFrame({"doc_id": ["a"]}))


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
    clauses = pd.DataFrame({"clause_id": ["a#1", "a#2", "b#1"]})
    matches = pd.DataFrame(
        [
            ("a#1", "b#1", 0.2, 1, False),
            ("a#2", "b#1", 0.9, 1, True),
            ("b#1", "a#2", 0.9, 1, True),
            ("b#1", "a#1", 0.2, 2, False),
        ],
        columns=["clause_id", "match_id", "score", "rank", "mutual"],
    )
    best = figures.closest_pairs(matches, clauses, top=5)
    assert best[["clause_id", "match_id"]].to_numpy().tolist() == [["a#2", "b#1"], ["a#1", "b#1"]]


def test_names_choose_the_documents(tables):
    two = {"hebi-2017": "鹤壁", "hebei-2016": "河北"}
    for plot in PLOTS:
        texts = " ".join(text.get_text() for text, _ in drawn(plot(*tables[plot], names=two)))
        assert "鹤壁" in texts and "fuxin-2017" not in texts


def test_texts_without_any_quantity_still_draw(tables):
    (targets,) = tables[figures_targets.plot_target_kinds]
    drawn(figures_targets.plot_target_kinds(targets.head(0), names={"a": "甲"}))


def test_ladder_refuses_more_documents_than_fit(tables):
    (aligned,) = tables[figures_targets.plot_target_ladder]
    with pytest.raises(ValueError, match="7 documents are too many"):
        figures_targets.plot_target_ladder(aligned, names=dict.fromkeys("abcdefg", "x"))


@pytest.mark.parametrize(
    "text", ["知识产权强企（优势、示范企业）：国家级、省级（家）", "IP-strong firms: national"]
)
def test_fold_keeps_every_character_within_the_width(text):
    lines = fold(text, 20)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(text_width(line) <= 20 for line in lines)
