"""Figures of the numeric targets: what kinds a text states, and who aims how high."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ipcompare.data import read_toml
from ipcompare.figures.linked import evidence_gid
from ipcompare.figures.style import (
    FAINT,
    ONE_COLUMN,
    TRACK,
    TWO_COLUMNS,
    Names,
    bar_styles,
    bars,
    document_labels,
    figure,
    fold,
    new_figure,
    text_width,
)
from ipcompare.frames import checked, documents_of, require
from ipcompare.indicators.ordering import checked_aligned
from ipcompare.quantities.printed import printed_due, printed_target, unit_in_head
from ipcompare.quantities.units import unit_of
from ipcompare.words import word

COVERAGE_COLUMNS = ("doc_id",)
KINDS = ("target", "incentive", "condition", "resource", "fact", "unclear")
LADDER_COLUMNS = (
    "indicator", "indicator_zh", "indicator_en", "doc_id", "comparator", "low", "high", "unit",
    "measure", "deadline", "horizon_note", "horizon_year", "per_year", "each", "kind", "headline",
    "flag",
    "target_id",
)  # fmt: skip


@figure
def plot_target_kinds(
    targets: pd.DataFrame, *, names: Names | None = None, lang: str = "zh"
) -> Figure:
    """How many quantities of each kind a text states: targets, incentives, conditions …"""
    targets = checked(targets, "targets")
    names = document_labels(targets, names)
    counts = pd.crosstab(targets["doc_id"].astype(str), targets["kind"])
    shown = [kind for kind in KINDS if kind in counts or kind == "target"]
    return _panels(counts, names, {kind: word(f"values.kind.{kind}", lang) for kind in shown})


@figure
def plot_target_coverage(
    coverage: pd.DataFrame, *, names: Names | None = None, lang: str = "zh"
) -> Figure:
    """How many indicators of each theme a text sets a number for."""
    require(coverage, COVERAGE_COLUMNS, "target_coverage")
    names = document_labels(coverage, names)
    themes = read_toml("indicators/indicators.toml")["themes"]
    titles = {zh: en if lang == "en" else zh for zh, en in themes.items()}
    return _panels(coverage.set_index("doc_id"), names, titles)


def _panels(counts: pd.DataFrame, names: Names, titles: dict[str, str]) -> Figure:
    """A panel of bars for each column of counts, all on one scale."""
    counts = counts.reindex(index=list(names), columns=list(titles), fill_value=0)
    crowded = len(titles) * max(map(text_width, titles.values())) > 40
    fig = new_figure(TWO_COLUMNS if crowded else ONE_COLUMN, 1.2 + 0.62 * len(names))
    panels = fig.subplots(1, len(titles), sharey=True, squeeze=False)[0]
    for ax, (column, title) in zip(panels, titles.items(), strict=True):
        bars(ax, counts[column], names, title=title, top=counts.to_numpy().max())
    return fig


@figure
def plot_target_ladder(
    aligned: pd.DataFrame, *, qualitative: pd.DataFrame | None = None, min_documents: int = 2,
    names: Names | None = None, lang: str = "zh",
) -> Figure:  # fmt: skip
    """The headline targets of the texts side by side, one row an indicator, on its own scale.

    Rows are the indicators that at least ``min_documents`` texts state with a number. A cell has
    comparator, value and (deadline); a bar, from 0 to the largest value of the row, stands only
    where the size of the place does not matter (rates, growth, per 10,000 people). A star marks a
    number with a caveat: the column ``flag`` of the table says which. With ``qualitative``
    (``qualitative_mentions(clauses)``) goals in words are told from none. At most six documents
    fit side by side: ``names`` chooses them.
    """
    aligned = checked_aligned(aligned, only=LADDER_COLUMNS)
    names = dict(names or {doc_id: doc_id for doc_id in documents_of(aligned)})
    if len(names) > 6:
        raise ValueError(f"{len(names)} documents are too many; choose at most six with names=")
    goals = aligned[(aligned["kind"] == "target") & aligned["headline"]]
    rows = goals[goals["doc_id"].isin(names)].groupby("indicator", sort=False)
    rows = [row for _, row in rows if row["doc_id"].nunique() >= min_documents]
    fig = new_figure(TWO_COLUMNS, 1.2 + 0.8 * len(rows))
    fig.set_layout_engine("none")
    ax = fig.add_axes((0, 0, 1, 1), xlim=(0, TWO_COLUMNS), ylim=(1.2 + 0.8 * len(rows), 0))
    ax.set_axis_off()
    left = 5.7  # the longest names of indicators end here; the rest is for the numbers
    width = (TWO_COLUMNS - left) / len(names)
    cells = [(doc_id, left + n * width, width - 0.25) for n, doc_id in enumerate(names)]
    for doc_id, x, _ in cells:
        ax.text(x, 0.35, names[doc_id], va="center", fontsize=7.5)
    said = {} if qualitative is None else qualitative.groupby("indicator")["doc_id"].agg(set)
    for n, row in enumerate(rows):
        words = said.get(row["indicator"].iloc[0], set())
        look = {"cells": cells, "colours": bar_styles(names), "words": words, "lang": lang}
        _rung(ax, row, 1.0 + 0.8 * n, **look)
    caveat = word("figures.caveat", lang)
    ax.text(0, 1.05 + 0.8 * len(rows), caveat, va="center", fontsize=7.5, color=FAINT)
    return fig


def _rung(
    ax: Axes, row: pd.DataFrame, y: float, *, cells: list[tuple[str, float, float]],
    colours: list[dict[str, Any]], words: set[str], lang: str,
) -> None:  # fmt: skip
    """One row of the ladder: its name, and for each document the value with its bar."""
    first, scale = row.iloc[0], row["high"].max() or 1
    unit = unit_in_head(first["unit"], lang)
    bracket = word("punctuation.bracket", lang, words=unit) if unit else ""
    label = first[f"indicator_{lang}"] + bracket
    ax.text(0, y, "\n".join(fold(label, 43)), va="center", fontsize=7.5, linespacing=1.15)
    stated = {target.doc_id: target for target in row.itertuples()}
    for (doc_id, x, width), colour in zip(cells, colours, strict=True):
        target = stated.get(doc_id)
        if target is None:
            silence = word("quantity.in_words", lang) if doc_id in words else "–"
            ax.text(x, y - 0.1, silence, va="center", fontsize=7.5, color=FAINT)
            continue
        limits = [] if printed_due(target, lang) else [word("quantity.no_year", lang)]
        value = printed_target(target, lang, limits=limits, unit=False, short=True)
        gid = evidence_gid(target.target_id)
        ax.text(x, y - 0.1, value, va="center", fontsize=7.5, gid=gid)
        if _of_any_size(target):
            ax.barh(y + 0.2, width, left=x, height=0.14, color=TRACK)
            ax.barh(y + 0.2, width * target.high / scale, left=x, height=0.14, **colour)


def _of_any_size(target: Any) -> bool:
    """Whether the number of a province may be held against that of a city."""
    known = unit_of(target.unit)
    counted = known is None or known.dimension in ("count", "money")
    return target.measure != "level" or "/" in target.unit or not counted
