"""Every figure of the package on the five texts, in both languages: as a printer would check it.

Only texts that are really drawn count: labels of ticks outside the axes and of hidden axes exist
but are never drawn.
"""

import importlib
import inspect
import itertools
import pkgutil
import re

import matplotlib.text
import pandas as pd
import pytest
from drawn import shown
from matplotlib.figure import Figure

from ipcompare import figures
from ipcompare.figures.style import print_style

TWO, TWO_ONLY = ("hebi-2017", "xinxiang-2024"), "plot_clause_correspondence"
DPI, TOLERANCE = 300, 1.0  # pixels


def public_plots():
    """The plot functions of all modules of ``ipcompare.figures``."""
    names = [module.name for module in pkgutil.iter_modules(figures.__path__)]
    modules = [importlib.import_module(f"ipcompare.figures.{name}") for name in names]
    functions = (pair for module in modules for pair in inspect.getmembers(module, callable))
    return {name: plot for name, plot in functions if name.startswith("plot_")}


PLOTS = public_plots()
# no document in them, so no names
OF_ALL_TEXTS = (
    "plot_scores", "plot_target_trend", "plot_coverage_by_province", "plot_coded_tools",
)  # fmt: skip


def make(name, tables, lang="zh", names=None):
    frames, options = tables[name]
    names = {} if name in OF_ALL_TEXTS else {"names": names}
    return PLOTS[name](*frames, lang=lang, **options, **names)


def names_for(name, study, lang):
    names = getattr(study, lang)
    return {doc_id: names[doc_id] for doc_id in TWO} if name == TWO_ONLY else names


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
        if text.get_fontsize() < 7.5:
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


def test_every_plot_function_has_a_case(tables):
    assert set(tables) == set(PLOTS)


@pytest.mark.filterwarnings("error:Glyph")
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", sorted(PLOTS))
def test_figure_is_ready_to_print(name, lang, tables, study):
    assert faults(make(name, tables, lang, names_for(name, study, lang))) == []


@pytest.mark.parametrize("name", sorted(PLOTS.keys() - set(OF_ALL_TEXTS)))
def test_names_choose_the_documents_and_ids_stand_without_names(name, tables):
    two = {"hebi-2017": "鹤壁", "xinxiang-2024": "新乡"}
    texts = " ".join(shown(make(name, tables, names=two)))
    assert "鹤壁" in texts and "fuxin-2017" not in texts
    if name != TWO_ONLY:
        assert "xinxiang-2024" in " ".join(shown(make(name, tables)))


@pytest.mark.parametrize("name", sorted(PLOTS))
def test_a_wrong_table_and_an_unknown_language_are_refused(name, tables):
    frames, options = tables[name]
    if name != "plot_document_similarity":  # any square has what it needs
        with pytest.raises(ValueError, match=r"lacks the columns .*; make it with \w+\(\)"):
            PLOTS[name](pd.DataFrame({"x": [1]}), *frames[1:], **options)
    with pytest.raises(ValueError, match="lang is zh or en, not 'fr'"):
        make(name, tables, "fr", dict.fromkeys(TWO, "x"))


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
        ([(0.1, 0.5, "fine print", {"size": 7.4})], "small: fine print"),
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
