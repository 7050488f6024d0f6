"""Figures of the numeric targets: what kinds a text states, and who aims how high."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ipcompare.figures.linked import evidence_gid
from ipcompare.figures.style import (
    FAINT,
    NARROW,
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
from ipcompare.indicators.in_words import covers
from ipcompare.quantities.printed import in_brackets, printed_due, printed_target, unit_in_head
from ipcompare.words import value_word, word

KINDS = ("target", "incentive", "condition", "resource", "fact", "unclear")
LADDER_COLUMNS = (
    "indicator", "indicator_zh", "indicator_en", "group", "doc_id", "level", "comparator", "low",
    "high", "unit", "measure", "deadline", "horizon_note", "horizon_year", "per_year", "each",
    "flag", "target_id",
)  # fmt: skip
_LEVELS = {level: n for n, level in enumerate(("country", "province", "city", "county"))}


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
    shared: pd.DataFrame, *, qualitative: pd.DataFrame | None = None,
    names: Names | None = None, lang: str = "zh",
) -> Figure:  # fmt: skip
    """The targets of the indicators that texts share, one row an indicator, by level of government.

    ``shared`` as from ``shared_targets``. A cell has comparator, value and (year due), below it
    the remarks that limit it. Only figures of one ``group`` have bars, on a scale of their own:
    what stands without bar does not compare. With ``qualitative`` (``qualitative_mentions``) goals
    in words are told from none. At most six documents fit side by side: ``names`` chooses them.
    """
    require(shared, LADDER_COLUMNS, "shared_targets")
    names = dict(names or {doc_id: doc_id for doc_id in documents_of(shared)})
    if len(names) > 6:
        raise ValueError(f"{len(names)} documents are too many; choose at most six with names=")
    shared = shared[shared["doc_id"].isin(names)]
    grouped = [row for _, row in shared.groupby("indicator", sort=False)]
    rows = [row for row in grouped if row["doc_id"].nunique() > 1]
    fig = new_figure(TWO_COLUMNS, 1.9 + 0.95 * len(rows))
    fig.set_layout_engine("none")
    ax = fig.add_axes((0, 0, 1, 1), xlim=(0, TWO_COLUMNS), ylim=(1.9 + 0.95 * len(rows), 0))
    ax.set_axis_off()
    cells = _columns(ax, shared, names, lang)
    looks = dict(zip(names, bar_styles(names), strict=True))
    said = [] if qualitative is None else list(qualitative.itertuples())
    for n, row in enumerate(rows):
        speaks = covers(row["indicator"].iloc[0])
        words = {one.doc_id for one in said if one.kind == "target" and speaks(one.indicator)}
        _rung(ax, row, 1.6 + 0.95 * n, cells=cells, looks=looks, words=words, lang=lang)
    caveat = word("figures.caveat", lang)
    ax.text(0, 1.65 + 0.95 * len(rows), caveat, va="center", fontsize=7.5, color=FAINT)
    return fig


def _columns(
    ax: Axes, shared: pd.DataFrame, names: Names, lang: str
) -> list[tuple[str, float, float]]:
    """The heads of the columns, texts of one level side by side; place and width of each."""
    levels = shared.drop_duplicates("doc_id").set_index("doc_id")["level"].to_dict()
    known = {doc_id: levels.get(doc_id) for doc_id in names}
    order = sorted(names, key=lambda doc_id: _LEVELS.get(known[doc_id], len(_LEVELS)))
    left = 5.7  # the longest names of indicators end here; the rest is for the numbers
    width = (TWO_COLUMNS - left) / len(names)
    cells, last = [], None
    for n, doc_id in enumerate(order):
        x, level = left + n * width, known[doc_id]
        cells.append((doc_id, x, width - 0.25))
        ax.text(x, 0.85, names[doc_id], va="center", fontsize=7.5)
        if isinstance(level, str) and level != last:
            ax.text(
                x, 0.35, value_word("level", level, lang), va="center", fontsize=7.5, color=FAINT
            )
            ax.plot([x - 0.13] * 2, [0.15, ax.get_ylim()[0] - 0.75], color=TRACK, lw=n and 0.8)
        last = level
    return cells


def _rung(
    ax: Axes, row: pd.DataFrame, y: float, *, cells: list[tuple[str, float, float]],
    looks: dict[str, dict[str, Any]], words: set[str], lang: str,
) -> None:  # fmt: skip
    """One row of the ladder: its name, and for each document the value with its limits."""
    first = row.iloc[0]
    unit = unit_in_head(first["unit"], lang)
    bracket = word("punctuation.bracket", lang, words=unit) if unit else ""
    label = first[f"indicator_{lang}"] + bracket
    ax.text(0, y, "\n".join(fold(label, 43)), va="center", fontsize=7.5, linespacing=1.15)
    scales = row.groupby("group")["high"].max().to_dict()
    stated = {target.doc_id: target for target in row.itertuples()}
    for doc_id, x, width in cells:
        target = stated.get(doc_id)
        if target is None:
            silence = word("quantity.in_words", lang) if doc_id in words else "–"
            ax.text(x, y - 0.14, silence, va="center", fontsize=7.5, color=FAINT)
            continue
        ax.text(x, y - 0.14, _value(target, lang), va="center", fontsize=7.5,
                gid=evidence_gid(target.target_id))  # fmt: skip
        if pd.notna(target.group):
            top = scales[target.group] or 1
            ax.barh(y + 0.2, width, left=x, height=0.14, color=TRACK)
            ax.barh(y + 0.2, width * target.high / top, left=x, height=0.14, **looks[doc_id])
        elif target.flag:
            ax.text(x, y + 0.26, _limits(target.flag, width, lang), va="center", fontsize=7.5,
                    color=FAINT)  # fmt: skip


def _value(target: Any, lang: str) -> str:
    """A figure with its year, or with the words that it has none."""
    value = printed_target(target, lang, unit=False, short=True)
    if printed_due(target, lang):
        return value
    return value + in_brackets([word("quantity.no_year", lang)], lang)


def _limits(flag: str, width: float, lang: str) -> str:
    """The remarks on a figure, as much of them as the cell holds."""
    said = [part.partition(": ") for part in flag.split("; ")]
    shown = word("punctuation.semicolon", lang).join(
        text if name in ("scope", "variant", "joint") else value_word("flag", name, lang)
        for name, _, text in said
    )
    most = int(width / NARROW)
    return shown if text_width(shown) <= most else fold(shown, most - 2)[0] + "…"
