"""The figure of responsible departments: how often each function is named in each text.

As in ``overview``: one function a figure, ``names`` gives order and labels of the documents,
widths are those of a journal.
"""

import itertools

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ipcompare.arguments import check_arguments
from ipcompare.clauses.functions import department_functions
from ipcompare.figures.style import (
    NARROW,
    TWO_COLUMNS,
    Names,
    document_labels,
    figure,
    fold,
    new_figure,
    text_width,
)
from ipcompare.frames import PROVISIONS, checked
from ipcompare.words import word


@figure
def plot_department_functions(
    clauses: pd.DataFrame, *, top: int = 15, names: Names | None = None, lang: str = "zh"
) -> Figure:
    """Functions by documents: in how many provisions of each text a function is named.

    Rows are those ``top`` functions of ``department_functions`` that take the largest share of any
    one text, in its order: 市工信局 and 市经信委 are one; what a
    reform gave to another keeps its row; a department that the data does not know stands under its
    name as written. The shade is the share of those provisions of the text that name any
    department, so that columns can be compared; nothing is added up over texts. A document that
    names none says so in its head.
    """
    check_arguments(top=top)
    clauses = checked(clauses, "clauses")
    names = document_labels(clauses, names)
    own = clauses[clauses["doc_id"].isin(names)]
    table = department_functions(own)
    if table.empty:
        raise ValueError(
            "none of these documents names a department in its provisions (column units); "
            "choose documents that do with names="
        )
    counts = table.set_index(lang)[list(names)]
    naming = own[own["role"].isin(PROVISIONS) & own["units"].map(bool)]
    totals = naming.groupby("doc_id", observed=True).size().reindex(list(names), fill_value=0)
    largest = (counts / totals.clip(lower=1)).max(axis=1).to_numpy()
    shown = np.sort(np.argsort(-largest, kind="stable")[:top])
    heads = [
        name + ("" if totals[doc_id] else word("figures.names_none", lang))
        for doc_id, name in names.items()
    ]
    return _draw(counts.iloc[shown], totals.to_numpy(), heads, lang)


def _draw(counts: pd.DataFrame, totals: np.ndarray, heads: list[str], lang: str) -> Figure:
    """The heat map: each count in its cell, the share of the text as its shade."""
    labels = [fold(name, 22) for name in counts.index]
    row = 0.5 if max(map(len, labels)) == 1 else 0.66
    fig = new_figure(TWO_COLUMNS, 1.4 + row * len(labels))
    ax = fig.subplots()
    values, shares = counts.to_numpy(), counts.to_numpy() / np.maximum(totals, 1)
    ax.pcolormesh(shares, cmap="Blues", vmin=0, vmax=1, edgecolor="white")
    for y, x in zip(*np.nonzero(values), strict=True):
        colour = "white" if shares[y, x] > 0.6 else "black"
        ax.text(x + 0.5, y + 0.5, str(values[y, x]), ha="center", va="center_baseline",
                fontsize=7.5, color=colour)  # fmt: skip
    ax.set_yticks(np.arange(len(labels)) + 0.5, ["\n".join(lines) for lines in labels])
    _heads(ax, heads, max(text_width(line) for lines in labels for line in lines))
    ax.set(ylim=(len(counts), 0), xlabel=word("figures.named", lang))
    ax.spines[:].set_visible(False)
    return fig


def _heads(ax: Axes, heads: list[str], label_width: int) -> None:
    """The names of the documents above, turned where they do not fit side by side."""
    ax.xaxis.tick_top()
    folded = [fold(head, 14) for head in heads]
    room = 0.84 * (TWO_COLUMNS - 0.3 - NARROW * label_width) / len(heads)
    widths = [max(map(text_width, lines)) for lines in folded]
    crowded = any(NARROW * (a + b) / 2 > room for a, b in itertools.pairwise(widths))
    turn = {"rotation": 90, "va": "bottom"} if crowded else {"va": "baseline"}
    ax.set_xticks(np.arange(len(heads)) + 0.5, ["\n".join(lines) for lines in folded], **turn)
    ax.tick_params(length=0)
