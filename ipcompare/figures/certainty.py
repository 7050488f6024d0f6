"""Figures of what moves a comparison: a provision left out, another way to compute it.

As in ``figures``: one function a figure, ``names`` gives order, labels and colours of the
documents, widths are those of a journal.
"""

from typing import Any

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
    name_pairs,
    new_figure,
)
from ipcompare.frames import require
from ipcompare.words import word

PAIR_COLUMNS = ("doc_a", "doc_b", "score", "low_without_one", "high_without_one")
RANK_COLUMNS = (*PAIR_COLUMNS, "rank", "first_in_draws")
DARK, MIDDLE = "#14284f", "#7f9dc4"


def _in_pairs(pairs: pd.DataFrame, names: Names | None) -> dict[str, str]:
    """``names``, or the documents of the pairs in the order in which they occur."""
    ids = pd.unique(pairs[["doc_a", "doc_b"]].to_numpy().ravel())
    return dict(names or {doc_id: doc_id for doc_id in ids})


@figure
def plot_similarity_range(
    pairs: pd.DataFrame, *, names: Names | None = None, lang: str = "zh"
) -> Figure:
    """Heat map of the document similarities, each pair once; below the value its range when any
    one leaf provision is left out.

    ``pairs`` as from ``pair_robustness``.
    """
    require(pairs, PAIR_COLUMNS, "pair_robustness")
    names = _in_pairs(pairs, names)
    if len(names) < 2:
        raise ValueError("similarity needs at least two documents")
    order, size = list(names), len(names) - 1
    fig = new_figure(ONE_COLUMN, 1.5 + 0.95 * size)
    ax = fig.add_subplot()
    known = pairs[pairs["doc_a"].isin(order) & pairs["doc_b"].isin(order)]
    cells, top = np.full((size, size), np.nan), known["score"].max()
    for pair in known.itertuples():
        x, y = sorted((order.index(pair.doc_a), order.index(pair.doc_b)))
        cells[y - 1, x] = pair.score
        colour = "white" if pair.score > 0.6 * top else "black"
        text = f"{pair.score:.2f}\n{pair.low_without_one:.2f}–{pair.high_without_one:.2f}"
        ax.text(x + 0.5, y - 0.5, text, ha="center", va="center", color=colour, fontsize=7.5,
                linespacing=1.35)  # fmt: skip
    shown = np.ma.masked_invalid(cells)
    ax.pcolormesh(shown, cmap="Blues", vmin=0, vmax=top, edgecolor="white")
    name_pairs(ax, names)
    said = fold(word("figures.range", lang), int(ONE_COLUMN / NARROW))
    fig.supxlabel("\n".join(said), fontsize=7.5)
    return fig


@figure
def plot_similarity_robustness(
    pairs: pd.DataFrame, scores: pd.DataFrame, *, names: Names | None = None, lang: str = "zh"
) -> Figure:
    """Rank of each pair of documents under every specification, and what moves its similarity.

    Left: a circle a rank, with the number of specifications that give the pair this rank; a
    square frames the rank of the baseline. Right: a stroke the similarity, a band its range when
    any one leaf provision is left out, and the share of draws in which the pair comes first.
    ``pairs`` as from ``pair_robustness``; ``scores``: a row a pair (``doc_a, doc_b``), a column a
    specification, ``pd.DataFrame(specification_scores(clauses))``.
    """
    require(pairs, RANK_COLUMNS, "pair_robustness")
    names = _in_pairs(pairs, names)
    pairs = pairs[pairs["doc_a"].isin(names) & pairs["doc_b"].isin(names)]
    ranks = scores.round(12).rank(ascending=False, method="min").astype(int)
    fig = new_figure(TWO_COLUMNS, 1.5 + 0.62 * len(pairs))
    left, right = fig.subplots(1, 2, sharey=True, width_ratios=(1.25, 1))
    for y, pair in enumerate(pairs.itertuples()):
        _ranks(left, y, pair, ranks.loc[(pair.doc_a, pair.doc_b)])
        _moved(right, y, pair)
    labels = [f"{names[pair.doc_a]} – {names[pair.doc_b]}" for pair in pairs.itertuples()]
    left.set_yticks(range(len(pairs)), labels)
    left.set_xticks(range(1, len(scores) + 1))
    left.set(xlim=(0.4, len(scores) + 0.6), ylim=(len(pairs) - 0.4, -0.6))
    left.set(xlabel=word("figures.rank", lang))
    right.set(xlim=(0, 1), xlabel=word("figures.spread", lang))
    return fig


def _ranks(ax: Axes, y: int, pair: Any, ranks: pd.Series) -> None:
    """One row of the left panel."""
    ax.axhline(y, color=TRACK, zorder=0)
    for rank, n in ranks.value_counts().sort_index().items():
        share = n / len(ranks)
        colour = DARK if share > 0.5 else MIDDLE if share > 0.15 else "white"
        ax.plot(rank, y, "o", ms=11.5, mfc=colour, mec=DARK, mew=0.6)
        ax.text(rank, y - 0.02, str(n), ha="center", va="center_baseline", fontsize=7.5,
                color="white" if share > 0.5 else "black")  # fmt: skip
    ax.plot(pair.rank, y, "s", ms=14.5, mfc="none", mec="black", mew=0.8)


def _moved(ax: Axes, y: int, pair: Any) -> None:
    """One row of the right panel."""
    ax.axhline(y, color=TRACK, zorder=0)
    reach = [pair.low_without_one, pair.high_without_one]
    ax.plot(reach, [y, y], color=MIDDLE, lw=5, solid_capstyle="butt")
    ax.plot(pair.score, y, "|", ms=9, color="black", mew=1.2)
    ax.text(0.98, y, f"{pair.first_in_draws:.0%}", ha="right", va="center_baseline", fontsize=7.5)
