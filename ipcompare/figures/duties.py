"""The figure of responsible departments: how often each function is named, by theme and text.

As in ``overview``: one function a figure, ``names`` gives order, labels and colours of the
documents, widths are those of a journal.
"""

import itertools

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ipcompare.clauses.functions import department_name, keyed_departments
from ipcompare.data import read_toml
from ipcompare.figures.style import (
    NARROW,
    TWO_COLUMNS,
    Names,
    bar_styles,
    document_labels,
    figure,
    fold,
    new_figure,
    text_width,
)
from ipcompare.frames import checked, require
from ipcompare.words import word

THEME_COLUMNS = ("clause_id", "theme")
UNASSIGNED = "unassigned"


@figure
def plot_department_themes(
    clauses: pd.DataFrame, themes: pd.DataFrame, *, top: int = 12, names: Names | None = None,
    lang: str = "zh",
) -> Figure:  # fmt: skip
    """Departments by theme: in how many provisions the ``top`` functions of departments are named.

    Left a heat map: provisions (those without sub-provisions) of each theme that name a department
    of the function, by ``clause_themes(clauses)``; a provision counts once a function. Right their
    sum, stacked by document. Functions are those of ``department_functions``: 市工信局 and 市经信委
    are one, of whatever city; one that a reform gave to another keeps its row. A department that
    the data does not know stands under its name as written. Those with equal sums stand in the
    order of the texts. A document that names none at all says so in the legend.
    """
    clauses = checked(clauses, "clauses")
    require(themes, THEME_COLUMNS, "clause_themes")
    names = document_labels(clauses, names)
    named = _named(clauses, themes, names)
    if named.empty:
        raise ValueError(
            "none of these documents names a department in its provisions (column units); "
            "choose documents that do with names="
        )
    if top < 1:
        raise ValueError(f"top must be 1 or more, not {top}")
    sums = named.groupby("department", sort=False).size()
    rows = sums.sort_values(ascending=False, kind="stable").head(top).index
    titles = _theme_titles(named, lang)
    by_theme, by_text = (
        pd.crosstab(named["department"], named[column]).reindex(rows, fill_value=0)
        for column in ("theme", "doc_id")
    )
    by_theme = by_theme.reindex(columns=list(titles), fill_value=0)
    by_text = by_text.reindex(columns=list(names), fill_value=0)
    silent = dict.fromkeys(set(names) - set(named["doc_id"]), word("figures.names_none", lang))
    names = {doc_id: name + silent.get(doc_id, "") for doc_id, name in names.items()}
    return _draw_departments(by_theme, by_text, titles=titles, names=names, lang=lang)


def _draw_departments(
    by_theme: pd.DataFrame, by_text: pd.DataFrame, *, titles: dict[str, str], names: Names,
    lang: str,
) -> Figure:  # fmt: skip
    """The figure for the departments chosen, the rows of both tables."""
    labels = [fold(department_name(key, lang), 22) for key in by_theme.index]
    row = 0.5 if max(map(len, labels)) == 1 else 0.66
    fig = new_figure(TWO_COLUMNS, 1.7 + 0.5 * -(-len(names) // 5) + row * len(labels))
    left, right = fig.subplots(1, 2, sharey=True, width_ratios=(5.4, 1))
    _heat_map(left, by_theme, titles, labels, lang)
    left.set_yticks(np.arange(len(labels)) + 0.5, ["\n".join(lines) for lines in labels])
    _stacks(right, by_text, names, lang)
    fig.legend(*right.get_legend_handles_labels(), ncols=min(len(names), 5),
               loc="outside lower right")  # fmt: skip
    return fig


def _named(clauses: pd.DataFrame, themes: pd.DataFrame, names: Names) -> pd.DataFrame:
    """A row a provision and function that it names: clause_id, doc_id, department, theme."""
    long = keyed_departments(clauses[clauses["doc_id"].isin(names)])
    long = long.rename(columns={"key": "department"}).drop_duplicates(["clause_id", "department"])
    long = long[["clause_id", "doc_id", "department"]]
    return long.merge(themes[list(THEME_COLUMNS)], on="clause_id")


def _theme_titles(named: pd.DataFrame, lang: str) -> dict[str, str]:
    """The themes of the data file, then any other that occurs, unassigned last."""
    known = {entry["id"]: entry[lang] for entry in read_toml("wording/themes.toml")["theme"]}
    other = {theme: theme for theme in named["theme"].unique() if theme not in known}
    if other.pop(UNASSIGNED, None):
        other[UNASSIGNED] = word("figures.unassigned", lang)
    return known | other


def _heat_map(
    ax: Axes, counts: pd.DataFrame, titles: dict[str, str], labels: list[list[str]], lang: str
) -> None:
    """Departments by themes, each count in its cell, none where there is none."""
    values = counts.to_numpy()
    ax.pcolormesh(values, cmap="Blues", vmin=0, vmax=values.max(), edgecolor="white")
    for y, x in zip(*np.nonzero(values), strict=True):
        colour = "white" if values[y, x] > 0.7 * values.max() else "black"
        ax.text(x + 0.5, y + 0.5, str(values[y, x]), ha="center", va="center_baseline",
                fontsize=7.5, color=colour)  # fmt: skip
    ax.xaxis.tick_top()
    heads = [title.replace(" ", "\n") for title in titles.values()]
    names = [max(map(text_width, lines)) for lines in labels]
    room = 0.84 * (TWO_COLUMNS - 0.3 - NARROW * max(names)) / len(heads)
    widths = [max(map(text_width, head.split("\n"))) for head in heads]
    crowded = any(0.075 * (a + b) > room for a, b in itertools.pairwise(widths))
    turn = {"rotation": 90, "va": "bottom"} if crowded else {"va": "baseline"}
    ax.set_xticks(np.arange(len(heads)) + 0.5, heads, **turn)
    ax.tick_params(length=0)
    ax.set(ylim=(len(counts), 0), xlabel=word("figures.named", lang))
    ax.spines[:].set_visible(False)


def _stacks(ax: Axes, counts: pd.DataFrame, names: Names, lang: str) -> None:
    """A bar a department, stacked by document, with its length at the end."""
    start, middles = np.zeros(len(counts)), np.arange(len(counts)) + 0.5
    for (doc_id, name), look in zip(names.items(), bar_styles(names), strict=True):
        ax.barh(middles, counts[doc_id], left=start, height=0.66, label=name, **look)
        start += counts[doc_id].to_numpy()
    for y, total in zip(middles, counts.sum(axis=1), strict=True):
        ax.text(total, y, f" {total}", va="center_baseline", fontsize=7.5)
    ax.tick_params(length=0)
    ax.set(xlim=(0, start.max() * 1.25), xticks=[], xlabel=word("figures.total", lang))
    ax.spines.bottom.set_visible(False)
