"""Every figure of the package on the five texts, in both languages: as a printer would check it.

Only texts that are really drawn count: labels of ticks outside the axes and of hidden axes exist
but are never drawn.
"""

import importlib
import inspect
import itertools
import pkgutil
import re
from pathlib import Path

import matplotlib.text
import pandas as pd
import pytest
from matplotlib.figure import Figure

import ipcompare as ipc
from ipcompare import figures
from ipcompare.checks.robustness import pair_robustness, specification_scores
from ipcompare.figures.style import print_style
from ipcompare.wording.coverage import MATCH_THRESHOLD, coverage_curve

CORPUS = ipc.read_corpus(Path(__file__).parents[1] / "corpus")
TWO = ("hebi-2017", "xinxiang-2024")
DPI, TOLERANCE = 300, 1.0  # pixels


def public_plots():
    """The plot functions of all modules of ``ipcompare.figures``."""
    names = [module.name for module in pkgutil.iter_modules(figures.__path__)]
    modules = [importlib.import_module(f"ipcompare.figures.{name}") for name in names]
    functions = (pair for module in modules for pair in inspect.getmembers(module, callable))
    return {name: plot for name, plot in functions if name.startswith("plot_")}


PLOTS = public_plots()


@pytest.fixture(scope="session")
def cases():
    """The tables and options of each plot function."""
    clauses = ipc.clause_table(CORPUS)
    targets = ipc.extract_targets(clauses)
    aligned = ipc.align_targets(targets)
    pairs = pair_robustness(clauses, draws=20)
    scores = pd.DataFrame(specification_scores(clauses))
    gold = ipc.read_gold(Path(__file__).parents[1] / "corpus/gold/targets")
    every = ipc.match_clauses(clauses, top_n=None)
    at = {"threshold": MATCH_THRESHOLD}
    return {
        "plot_clause_correspondence": ((every, clauses), at),
        "plot_clause_matches": ((ipc.match_clauses(clauses), clauses), {}),
        "plot_corpus_overview": ((clauses,), {}),
        "plot_coverage_curve": ((coverage_curve(clauses),), at),
        "plot_department_themes": ((clauses, ipc.clause_themes(clauses)), {}),
        "plot_distinctive_terms": ((ipc.distinctive_terms(clauses),), {}),
        "plot_document_similarity": ((ipc.document_similarity(clauses),), {}),
        "plot_incentives": ((aligned,), {}),
        "plot_scores": ((ipc.validate_targets(targets, gold),), {}),
        "plot_similarity_intervals": ((pairs,), {}),
        "plot_similarity_robustness": ((pairs, scores), {}),
        "plot_target_coverage": ((ipc.target_coverage(targets, aligned),), {}),
        "plot_target_kinds": ((targets,), {}),
        "plot_target_ladder": ((aligned,), {}),
        "plot_theme_profile": ((ipc.theme_profile(clauses),), {}),
    }


def make(name, cases, lang):
    tables, options = cases[name]
    names = ipc.document_names(CORPUS, lang=lang)
    if name == "plot_clause_correspondence":
        names = {doc_id: names[doc_id] for doc_id in TWO}
    if name != "plot_scores":
        options = {**options, "names": names}
    return PLOTS[name](*tables, lang=lang, **options)


def drawn_texts(fig):
    """The texts that a draw of the figure sends to the printer."""
    seen, draw = [], matplotlib.text.Text.draw

    def record(text, renderer, *rest, **more):
        seen.append(text)
        return draw(text, renderer, *rest, **more)

    with print_style(), pytest.MonkeyPatch.context() as patch:
        fig.set_dpi(DPI)
        patch.setattr(matplotlib.text.Text, "draw", record)
        fig.draw_without_rendering()
    shown = [text for text in seen if text.get_visible() and text.get_text().strip()]
    return list({id(text): text for text in shown}.values())


def faults(fig):
    """What a printer would send back: cut, overlapping or tiny texts, a width that fits nowhere."""
    found = [] if round(fig.get_figwidth() * 2.54, 3) in (8.5, 17.5) else ["width"]
    with print_style():
        boxes = [(text, text.get_window_extent()) for text in drawn_texts(fig)]
    for text, box in boxes:
        if text.get_fontsize() < 7:
            found.append(f"small: {text.get_text()}")
        over = max(-box.x0, -box.y0, box.x1 - fig.bbox.x1, box.y1 - fig.bbox.y1)
        if over > TOLERANCE:
            found.append(f"cut by {over:.1f}: {text.get_text()}")
    for (a, box_a), (b, box_b) in itertools.combinations(boxes, 2):
        wide = min(box_a.x1, box_b.x1) - max(box_a.x0, box_b.x0)
        high = min(box_a.y1, box_b.y1) - max(box_a.y0, box_b.y0)
        if wide > TOLERANCE and high > TOLERANCE:
            found.append(f"overlap {wide:.1f} x {high:.1f}: {a.get_text()} | {b.get_text()}")
    return found


def test_every_plot_function_has_a_case(cases):
    assert set(cases) == set(PLOTS)


@pytest.mark.filterwarnings("error:Glyph")
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", sorted(PLOTS))
def test_figure_is_ready_to_print(name, lang, cases):
    assert faults(make(name, cases, lang)) == []


# --- the check itself -----------------------------------------------------------------------------


def sheet(*texts, width=8.5):
    """A figure with texts at (x, y) in shares of its size."""
    fig = Figure(figsize=(width / 2.54, 2), layout="none")
    for x, y, words, more in texts:
        fig.text(x, y, words, fontsize=more.pop("size", 8), **more)
    return fig


def test_texts_apart_pass():
    assert faults(sheet((0.1, 0.2, "a", {}), (0.1, 0.5, "b", {}))) == []


@pytest.mark.parametrize(
    ("texts", "fault"),
    [
        ([(0.1, 0.5, "first", {}), (0.12, 0.52, "second", {})], "overlap .*: first \\| second"),
        ([(0.9, 0.5, "beyond the edge", {})], "cut by .*: beyond the edge"),
        ([(0.1, 0.98, "above", {})], "cut by .*: above"),
        ([(0.1, 0.5, "fine print", {"size": 6.9})], "small: fine print"),
    ],
)
def test_a_fault_is_found(texts, fault):
    (found,) = faults(sheet(*texts))
    assert re.match(fault, found)


def test_a_width_of_no_journal_is_found():
    assert faults(sheet(width=10)) == ["width"]


def test_empty_and_invisible_texts_and_hidden_axes_are_no_fault():
    fig = sheet((0.1, 0.5, "a", {}), (0.1, 0.5, " ", {}), (0.1, 0.5, "b", {"visible": False}))
    fig.add_axes((0, 0.45, 1, 0.1)).set_axis_off()
    assert faults(fig) == []
