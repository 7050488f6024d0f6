"""The figure of coverage: how many of each text's own provisions have a counterpart elsewhere."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ipcompare.figures.style import (
    NARROW,
    ONE_COLUMN,
    TRACK,
    TWO_COLUMNS,
    Names,
    figure,
    fold,
    new_figure,
)
from ipcompare.frames import require
from ipcompare.words import word

COLUMNS = ("doc_a", "doc_b", "threshold", "n_a", "n_matched", "share_matched", "judged")
_FEW = 5  # texts that fit into one column
_DARK = 0.6  # share from which a cell is written in white


@figure
def plot_coverage(shares: pd.DataFrame, *, names: Names | None = None, lang: str = "zh") -> Figure:
    """Heat table: the share of the provisions of each text (row) found in each other (column).

    A cell holds the share and, below it, how many provisions of how many; a star stands where the
    matches of both texts were read and judged. ``shares`` as from ``coverage``, at one threshold.
    """
    require(shares, COLUMNS, "coverage")
    ids = pd.unique(shares[["doc_a", "doc_b"]].to_numpy().ravel())
    names = dict(names or {doc_id: doc_id for doc_id in ids})
    known = shares[shares["doc_a"].isin(names) & shares["doc_b"].isin(names)]
    if known.empty:
        raise ValueError("no two of these documents have provisions to compare")
    order = {doc_id: n for n, doc_id in enumerate(names)}
    width = ONE_COLUMN if len(names) <= _FEW else TWO_COLUMNS
    fig = new_figure(width, 2.6 + 0.9 * len(names))
    ax = fig.add_subplot()
    cells = np.full((len(names), len(names)), np.nan)
    for row in known.itertuples():
        at = order[row.doc_a], order[row.doc_b]
        cells[at] = row.share_matched
        star = "*" if row.judged else ""
        text = f"{row.share_matched:.0%}{star}\n{row.n_matched}/{row.n_a}"
        colour = "white" if row.share_matched > _DARK else "black"
        ax.text(at[1] + 0.5, at[0] + 0.5, text, ha="center", va="center", color=colour,
                fontsize=7.5, linespacing=1.35)  # fmt: skip
    ax.set_facecolor(TRACK)
    ax.pcolormesh(np.ma.masked_invalid(cells), cmap="Blues", vmin=0, vmax=1, edgecolor="white")
    _name(ax, names, known, lang)
    return fig


def _name(ax: Axes, names: Names, known: pd.DataFrame, lang: str) -> None:
    """Titles of both axes, the threshold and what the star means."""
    middles = np.arange(len(names)) + 0.5
    labels = [label.replace(" ", "\n") for label in names.values()]
    ax.set_xticks(middles, labels)
    ax.set_yticks(middles, labels)
    ax.xaxis.tick_top()
    ax.xaxis.set_label_position("top")
    ax.set(ylim=(len(names), 0), xlabel=word("figures.matched_in", lang))
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    said = word("figures.at_threshold", lang, threshold=known["threshold"].iloc[0])
    if known["judged"].any():
        said += word("figures.judged", lang)
    room = ONE_COLUMN if len(names) <= _FEW else TWO_COLUMNS
    ax.figure.supxlabel("\n".join(fold(said, int(room / NARROW))), fontsize=7.5)
