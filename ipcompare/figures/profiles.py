"""Figures of what texts share: which clauses correspond, how much each theme gets, own terms.

As in ``figures``: one function a figure, ``names`` gives order, labels and colours of the
documents, widths are those of a journal. How sure the comparison is: ``figures_certainty``.
"""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from ipcompare.arguments import check_arguments
from ipcompare.figures.style import (
    FAINT,
    TWO_COLUMNS,
    Names,
    bar_styles,
    document_labels,
    figure,
    new_figure,
    text_width,
)
from ipcompare.frames import checked, leaf_provisions, require
from ipcompare.wording.themes import themes
from ipcompare.words import word

TERM_COLUMNS = ("doc_id", "term", "z")
PROFILE_COLUMNS = ("doc_id", "theme", "zh", "en", "share", "f1")


def cut(text: str, width: int) -> str:
    """The text, or as much of it as fits with ``…``; a Chinese character counts as two."""
    if text_width(text) <= width:
        return text
    kept = text
    while text_width(kept) > width - 2:
        kept = kept[:-1]
    return kept + "…"


@figure
def plot_clause_correspondence(
    matches: pd.DataFrame, clauses: pd.DataFrame, *, threshold: float, names: Names | None = None,
    lang: str = "zh",
) -> Figure:  # fmt: skip
    """Ribbons between the leaf provisions of two documents, both in reading order.

    A ribbon is a pair with a score from ``threshold`` on that is the best of its document for one
    of its two provisions; the wider and darker, the higher the score. ``matches`` best come from
    ``match_clauses(clauses, top_n=None)``; ``names`` has the two documents, the left one first.
    """
    check_arguments(threshold=threshold)
    matches = checked(matches, "matches")
    names = document_labels(clauses, names)
    if len(names) != 2:
        raise ValueError(f"ribbons join two documents, not {len(names)}; choose two with names=")
    leaves = leaf_provisions(clauses)
    sides = [leaves[leaves["doc_id"] == doc_id] for doc_id in names]
    pairs = _ribbons(matches, sides, threshold)
    rows = max(2, *map(len, sides))
    fig = new_figure(TWO_COLUMNS, 1.4 + 0.43 * rows)
    fig.set_layout_engine("none")
    ax = fig.add_axes((0, 0, 1, 1), xlim=(0, TWO_COLUMNS), ylim=(1.4 + 0.43 * rows, 0))
    ax.set_axis_off()
    places = [_column(ax, side, pairs, rows, at) for at, side in enumerate(sides)]
    for x, align, name in ((6.8, "right", 0), (10.7, "left", 1)):
        ax.text(x, 0.35, list(names.values())[name], ha=align, va="center", fontsize=9)
    span = pairs["score"].min(), pairs["score"].max()
    for pair in pairs.sort_values("score", kind="stable").itertuples():
        ends = places[0][pair.clause_id], places[1][pair.match_id]
        _ribbon(ax, *ends, (pair.score - span[0]) / max(span[1] - span[0], 1e-9))
    if len(pairs):
        text = word("figures.ribbons", lang, low=span[0], high=span[1], least=threshold)
        ax.text(0.1, 1.1 + 0.43 * rows, text, va="center", fontsize=7.5, color=FAINT)
    return fig


def _ribbons(matches: pd.DataFrame, sides: list[pd.DataFrame], threshold: float) -> pd.DataFrame:
    """The pairs of the two documents that are best for one of their provisions."""
    here = matches["clause_id"].isin(sides[0]["clause_id"])
    found = matches[here & matches["match_id"].isin(sides[1]["clause_id"])]
    best = [found.groupby(c)["score"].transform("max") for c in ("clause_id", "match_id")]
    is_best = (found["score"] == best[0]) | (found["score"] == best[1])
    return found[is_best & (found["score"] >= threshold)]


def _column(
    ax: Axes, side: pd.DataFrame, pairs: pd.DataFrame, rows: int, at: int
) -> dict[str, tuple[float, float]]:
    """Write one column of provisions; where the ribbons of each begin or end."""
    x, step = (6.9, 10.6)[at], 0.43 * rows / max(len(side), 1)
    joined = set(pairs["match_id" if at else "clause_id"])
    places = {}
    for n, row in enumerate(side.itertuples()):
        y = 0.75 + step * (n + 0.5)
        heading = row.heading if isinstance(row.heading, str) and row.heading else row.text
        space = "" if row.pinpoint.endswith(("）", "、")) else " "
        text, own = cut(row.pinpoint + space + heading, 48), row.clause_id in joined
        colour = "black" if own else FAINT
        align, beside = ("left", 0.1) if at else ("right", -0.1)
        ax.text(x + beside, y, text, ha=align, va="center", fontsize=7.5, color=colour)
        ax.plot([x, x], [y - 0.15, y + 0.15], color=colour, lw=1.2, solid_capstyle="butt")
        places[row.clause_id] = (x, y)
    return places


def _ribbon(
    ax: Axes, start: tuple[float, float], end: tuple[float, float], strength: float
) -> None:
    """A band from start to end; strength in [0, 1] gives its width and shade."""
    middle = (start[0] + end[0]) / 2
    path = Path([start, (middle, start[1]), (middle, end[1]), end], [1, 4, 4, 4])
    pale, dark = np.array([0.7, 0.78, 0.88]), np.array([0.08, 0.16, 0.31])
    colour, width = to_hex(pale + (dark - pale) * strength), 0.9 + 6.6 * strength
    for paint, lw in (("white", width + 0.8), (colour, width)):
        ax.add_patch(PathPatch(path, fc="none", ec=paint, lw=lw, capstyle="butt"))


# --- what each text is about ----------------------------------------------------------------------


@figure
def plot_theme_profile(
    profile: pd.DataFrame, *, names: Names | None = None, lang: str = "zh"
) -> Figure:
    """A panel of bars for each theme, unassigned included: its share of each text, in percent.

    A theme whose ``f1`` is below the bar of ``themes.toml`` is not drawn, and named below.
    """
    require(profile, PROFILE_COLUMNS, "theme_profile")
    bar = themes().rule["least_f1"]
    hidden = list(profile.loc[profile["f1"] < bar, lang].unique())
    profile = profile[~(profile["f1"] < bar)]
    names = document_labels(profile, names)
    shares = 100 * profile.pivot(index="doc_id", columns="theme", values="share").reindex(names)
    titles = dict(zip(profile["theme"], profile[lang], strict=True))
    fig = new_figure(TWO_COLUMNS, 2.0 + 0.86 * len(names))
    panels = fig.subplots(2, -(-len(titles) // 2), sharey=True, squeeze=False).ravel()
    top = max(np.nanmax(shares.to_numpy(), initial=0), 1) * 1.25
    for ax, (theme, title) in zip(panels, titles.items(), strict=False):
        for y, (share, look) in enumerate(zip(shares[theme], bar_styles(names), strict=True)):
            ax.barh(y, np.nan_to_num(share), height=0.66, **look)
            text = "–" if np.isnan(share) else f"{share:.0f}"
            ax.text(np.nan_to_num(share) + top / 50, y, text, va="center", fontsize=7.5)
        ax.set(title=title, xticks=[], xlim=(0, top), ylim=(len(names) - 0.4, -0.6))
        ax.set_yticks(range(len(names)), names.values())
        ax.spines.bottom.set_visible(False)
    for ax in panels[len(titles) :]:
        ax.set_axis_off()
    below = [word("figures.theme_share", lang)]
    if hidden:
        some = word("punctuation.joint", lang).join(hidden)
        below.append(word("figures.theme_hidden", lang, bar=bar, themes=some))
    fig.supxlabel("\n".join(below), fontsize=7.5)
    return fig


@figure
def plot_distinctive_terms(
    terms: pd.DataFrame, *, top: int = 10, names: Names | None = None, lang: str = "zh"
) -> Figure:
    """The ``top`` listed terms of each text with their z scores, a panel a text."""
    check_arguments(top=top)
    require(terms, TERM_COLUMNS, "distinctive_terms")
    names = document_labels(terms, names)
    shown = terms[terms["doc_id"].isin(names)].groupby("doc_id").head(top)
    most = max(shown.groupby("doc_id").size().max(), 3) if len(shown) else 3
    across = min(len(names), 5)
    down = -(-len(names) // across)
    fig = new_figure(TWO_COLUMNS, down * (0.8 + 0.45 * most) + 0.5)
    panels = fig.subplots(down, across, squeeze=False).ravel()
    limit = 1.3 * max(shown["z"].max(), 2) if len(shown) else 2
    for ax, doc_id, look in zip(panels, names, bar_styles(names), strict=False):
        rows = shown[shown["doc_id"] == doc_id]
        ax.barh(range(len(rows)), rows["z"], height=0.62, **look)
        for y, z in enumerate(rows["z"]):
            ax.text(z + limit / 40, y, f"{z:.1f}", va="center", fontsize=7.5)
        if rows.empty:
            ax.text(0, 0, word("figures.no_term", lang), va="center", fontsize=7.5, color=FAINT)
        ax.set_yticks(range(len(rows)), [cut(term, 12) for term in rows["term"]])
        ax.set(title=names[doc_id], xticks=[], xlim=(0, limit), ylim=(most - 0.4, -0.6))
        ax.spines.bottom.set_visible(False)
        ax.spines.left.set_visible(len(rows) > 0)
    for ax in panels[len(names) :]:
        ax.set_axis_off()
    fig.supxlabel(word("figures.z", lang), fontsize=7.5)
    return fig
