"""The figure of how right the program is, on each group of texts."""

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import PercentFormatter

from ipcompare.figures.style import ONE_COLUMN, PALETTE, TRACK, figure, new_figure
from ipcompare.frames import columns_of, require
from ipcompare.words import value_word, word

STEP = 0.6  # between two groups of texts in a row


@figure
def plot_scores(scores: pd.DataFrame, *, lang: str = "zh") -> Figure:
    """A dot a check and group of texts with its interval, and how many were right of how many.

    ``scores`` as from ``validate_targets`` or ``beside_other_places``, whose first group is drawn
    first and filled; a check without cases has no dot. The axis begins at 0, or below
    the lowest interval where that is above one half.
    """
    require(scores, columns_of("score_table"), "validate_targets")
    groups = list(dict.fromkeys(scores["texts"])) if "texts" in scores else [""]
    checks = list(dict.fromkeys(scores["check"]))
    step = STEP * (len(groups) - 1)
    fig = new_figure(ONE_COLUMN, 1.4 + (0.48 + 0.75 * step) * len(checks) + 0.4 * (len(groups) > 1))
    ax = fig.add_subplot()
    for row in scores.itertuples():
        n = groups.index(getattr(row, "texts", ""))
        y = checks.index(row.check) * (1 + step) + STEP * n
        _score(ax, y, row, colour=PALETTE[2 * n], filled=n == 0)
    middles = [n * (1 + step) + step / 2 for n in range(len(checks))]
    ax.set_yticks(middles, [value_word("check", check, lang) for check in checks])
    lowest = min(scores["low"].min(), scores["share"].min(), 0.95)
    floor = math.floor(20 * lowest) / 20 if lowest >= 0.5 else 0
    ax.set(ylim=(middles[-1] + step / 2 + 0.5, -0.5), xlim=(floor, 1))
    ax.set_xlabel(word("figures.share_right", lang))
    ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.spines.left.set_visible(False)
    if len(groups) > 1:
        _name_groups(fig, groups, lang)
    return fig


def _score(ax: Axes, y: float, row: Any, *, colour: str, filled: bool) -> None:
    """One dot on its track, with the counts behind it."""
    ax.axhline(y, color=TRACK, zorder=0)
    ax.plot([row.low, row.high], [y, y], color=colour, lw=1.2, solid_capstyle="butt")
    ax.plot(row.share, y, "o" if filled else "D", ms=4, mec=colour, clip_on=False,
            mfc=colour if filled else "white")  # fmt: skip
    ax.annotate(f"{row.n_right}/{row.n}", (1, y), (7, 0), textcoords="offset points",
                xycoords=ax.get_yaxis_transform(), va="center", fontsize=7.5)  # fmt: skip


def _name_groups(fig: Figure, groups: list[str], lang: str) -> None:
    """Above the figure what filled and hollow dots are."""
    handles = [
        Line2D([], [], color=PALETTE[2 * n], marker="D" if n else "o", ms=4, lw=1.2,
               mfc="white" if n else PALETTE[0])
        for n in range(len(groups))
    ]  # fmt: skip
    labels = [value_word("texts", group, lang) for group in groups]
    fig.legend(handles, labels, loc="outside upper left", ncols=1)
