"""Figures ready to print: one function a figure, each returning a matplotlib Figure.

Every function takes ``names``, the documents in the order of the figure with their labels
(``document_names(corpus)``). A document's place there gives its colour, so that a jurisdiction
has one colour everywhere. Widths are those of a journal: 8.5 cm for one column, 17.5 cm for two.
"""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from ipcompare.arguments import check_arguments
from ipcompare.figures.linked import evidence_gid
from ipcompare.figures.style import (
    BAR,
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
    name_pairs,
    new_figure,
    text_width,
)
from ipcompare.frames import MATCH_COLUMNS, PROVISIONS, checked
from ipcompare.wording.provision_types import SPECIFIC, provision_types
from ipcompare.words import word

FEW, NAMED = 8, 42  # documents of a similarity figure with values, and with names


@figure
def plot_corpus_overview(
    clauses: pd.DataFrame, *, names: Names | None = None, lang: str = "zh"
) -> Figure:
    """Numbered provisions and characters (without white space, in thousands) of each text."""
    clauses = checked(clauses, "clauses")
    names = document_labels(clauses, names)
    numbered = clauses[clauses["role"].isin(PROVISIONS)]
    length = clauses["text"].str.replace(r"\s", "", regex=True).str.len()
    counts = numbered.groupby("doc_id").size().reindex(names, fill_value=0)
    thousands = length.groupby(clauses["doc_id"]).sum().reindex(names) / 1000
    fig = new_figure(ONE_COLUMN, 1.2 + 0.62 * len(names))
    left, right = fig.subplots(1, 2, sharey=True)
    bars(left, counts, names, title=word("figures.provisions", lang), top=counts.max())
    title = word("figures.characters", lang)
    bars(right, thousands, names, title=title, top=thousands.max(), form=".1f")
    return fig


@figure
def plot_document_similarity(
    similarity: pd.DataFrame, *, names: Names | None = None, lang: str = "zh"
) -> Figure:
    """Heat map of a square similarity table: each pair once, with its value.

    Of more than eight documents the whole square without values, like ones beside each other
    (average linkage on 1 - cosine, optimal leaf order); of more than 42 the names are left to the
    table, and the figure says so.
    """
    names = dict(names or {doc_id: doc_id for doc_id in similarity.index})
    if len(names) < 2:
        raise ValueError("similarity needs at least two documents")
    if len(names) > FEW:
        return _plot_many_similarities(similarity.loc[list(names), list(names)], names, lang)
    values = similarity.loc[list(names), list(names)].to_numpy()[1:, :-1]
    once = np.tril(np.ones(values.shape, dtype=bool))
    top, size = values[once].max(), len(values)
    fig = new_figure(ONE_COLUMN, 1.3 + 0.95 * size)
    ax = fig.add_subplot()
    shown = np.ma.masked_where(~once, values)
    ax.pcolormesh(shown, cmap="Blues", vmin=0, vmax=top, edgecolor="white")
    for y, x in zip(*np.nonzero(once), strict=True):
        colour = "white" if values[y, x] > 0.6 * top else "black"
        text = f"{values[y, x]:.2f}"
        ax.text(x + 0.5, y + 0.5, text, ha="center", va="center", color=colour)
    name_pairs(ax, names)
    ax.set_xlabel(word("figures.cosine", lang))
    return fig


def _plot_many_similarities(similarity: pd.DataFrame, names: Names, lang: str) -> Figure:
    """The square of many documents, ordered so that like ones stand together."""
    order = _like_together(similarity.to_numpy())
    values = similarity.to_numpy()[np.ix_(order, order)].copy()
    np.fill_diagonal(values, np.nan)
    fig = new_figure(TWO_COLUMNS, TWO_COLUMNS * 0.95)
    ax = fig.add_subplot()
    ax.set_aspect("equal")
    mesh = ax.pcolormesh(np.ma.masked_invalid(values), cmap="Blues", vmin=0)
    ax.invert_yaxis()
    labels = [list(names.values())[n] for n in order] if len(order) <= NAMED else []
    ticks = [n + 0.5 for n in range(len(labels))]
    ax.set_xticks(ticks, labels, rotation=90)
    ax.set_yticks(ticks, labels)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    note = (
        word("figures.ordered", lang)
        if labels
        else word("figures.names_left_out", lang, n=len(order))
    )
    fig.supxlabel(note, fontsize=7.5, color=FAINT, x=0.01, ha="left")
    bar = fig.colorbar(mesh, ax=ax, shrink=0.5)
    bar.set_label(word("figures.cosine", lang))
    bar.outline.set_visible(False)
    return fig


def _like_together(similarity: np.ndarray) -> np.ndarray:
    """An order of the documents in which those that are alike stand beside each other."""
    from scipy.cluster.hierarchy import average, leaves_list, optimal_leaf_ordering
    from scipy.spatial.distance import squareform

    apart = np.clip(1 - similarity, 0, None)
    np.fill_diagonal(apart, 0)
    distances = squareform(apart, checks=False)
    return leaves_list(optimal_leaf_ordering(average(distances), distances))


def closest_pairs(matches: pd.DataFrame, clauses: pd.DataFrame, *, top: int = 12) -> pd.DataFrame:
    """The ``top`` rows of a match table with the highest scores, each pair once.

    Only pairs of specific provisions (``provision_types``): guiding thoughts, goals and standing
    provisions are alike in all official texts. The clause that comes first in ``clauses`` stands
    first; pairs with a clause that is not in ``clauses`` are left out.
    """
    check_arguments(top=top)
    matches = checked(matches, "matches")
    types = provision_types(clauses)
    ids = types.loc[types["type"] == SPECIFIC, "clause_id"].to_numpy()
    known = matches[matches["clause_id"].isin(ids) & matches["match_id"].isin(ids)]
    place = {clause_id: n for n, clause_id in enumerate(ids)}
    pair = [known[column].map(place).astype(int) for column in ("clause_id", "match_id")]
    best = known.assign(first=np.minimum(*pair), second=np.maximum(*pair))
    best = best.drop_duplicates(["first", "second"])
    best = best.sort_values(["score", "first", "second"], ascending=[False, True, True]).head(top)
    best["clause_id"], best["match_id"] = ids[best["first"]], ids[best["second"]]
    return best[list(MATCH_COLUMNS)].reset_index(drop=True)


def _clause_label(row: Any, names: Names, width: int = 56) -> str:
    """``郑州 2017 三、（二）4. 培育知识产权…``: document, pinpoint and the first words.

    ``width`` counts a Chinese character as two.
    """
    words = row.heading if isinstance(row.heading, str) and row.heading else row.text
    label = f"{names[row.doc_id]}  {row.pinpoint}  {words}"
    return label if text_width(label) <= width else fold(label, width - 2)[0] + "…"


@figure
def plot_clause_matches(
    matches: pd.DataFrame, clauses: pd.DataFrame, *, top: int = 12,
    names: Names | None = None, lang: str = "zh",
) -> Figure:  # fmt: skip
    """The closest pairs of specific provisions of different documents, each once, with its score.

    ``matches`` best come from ``match_clauses(clauses, top_n=None)``.
    """
    check_arguments(top=top)
    names = document_labels(clauses, names)
    best = closest_pairs(matches, clauses[clauses["doc_id"].isin(names)], top=top)
    rows = {row.clause_id: row for row in clauses.itertuples()}
    colours = dict(zip(names, bar_styles(names), strict=True))
    fig = new_figure(TWO_COLUMNS, 0.8 + 0.58 * len(best))
    fig.set_layout_engine("none")
    ax = fig.add_axes((0.44, 0, 0.12, 1 - 0.8 / (fig.get_figheight() * 2.54)))
    for y, match in enumerate(best.itertuples()):
        ax.barh(y, 1, height=0.6, color=TRACK)
        ax.barh(y, match.score, height=0.6, color=BAR)
        gid = evidence_gid(match.clause_id, match.match_id)
        ax.text(0.96, y, f"{match.score:.2f}", ha="right", va="center", gid=gid)
        for x, side, clause_id in ((-0.1, "right", match.clause_id), (1.1, "left", match.match_id)):
            row = rows[clause_id]
            ax.plot(x, y, "s", ms=5, clip_on=False, color=colours[row.doc_id]["color"])
            text = _clause_label(row, names)
            ax.text(x + (0.1 if x > 0 else -0.1), y, text, ha=side, va="center", fontsize=7.5)
    ax.set(xlim=(0, 1), ylim=(len(best) - 0.4, -0.6), xticks=[], yticks=[])
    ax.set_title(word("figures.match_score", lang), loc="center")
    ax.set_axis_off()
    return fig
