"""Figures of many texts: target values over years, indicators by province; a mark a text.

A mark's shape is the level of government: what a province and what a city aims at are no values
of one series.
"""

import itertools
import math
from collections.abc import Iterable

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from ipcompare.arguments import check_arguments
from ipcompare.data import read_toml
from ipcompare.figures.style import FAINT, PALETTE, TRACK, TWO_COLUMNS, figure, fold, new_figure
from ipcompare.frames import require
from ipcompare.indicators.ordering import checked_aligned
from ipcompare.quantities.printed import unit_in_head
from ipcompare.words import value_word, word

DOCUMENT_COLUMNS = ("doc_id", "level", "province")
ACROSS = 3  # panels in a row
YEARS = 5  # years named below a panel
# Level of government: marker, colour, whether it is filled.
LEVELS = {
    "country": ("s", PALETTE[1], True), "province": ("^", PALETTE[0], True),
    "city": ("o", PALETTE[2], False), "county": ("D", PALETTE[3], False),
    None: ("x", FAINT, True),
}  # fmt: skip
# What makes two quantities of one indicator the same quantity.
SAME = ["indicator", "unit", "measure", "per_year", "scope", "each"]


def comparable_targets(aligned: pd.DataFrame) -> pd.DataFrame:
    """The headline targets that stand beside each other: one row a text and indicator.

    Of each indicator those with the unit, measure, period and scope that most texts have, with a
    year due and without a flag that says that they are another quantity.
    """
    rows = checked_aligned(aligned)
    rows = rows[(rows["kind"] == "target") & rows["headline"] & rows["deadline"].notna()]
    rows = rows[rows["flag"].fillna("").str.fullmatch("|wording:.*")]
    alike = rows.groupby(SAME, dropna=False, sort=False)["doc_id"].nunique()
    most = alike.groupby("indicator", sort=False).transform("max")
    best = alike[alike == most].reset_index().drop_duplicates("indicator")
    keys = pd.MultiIndex.from_frame(best[SAME].astype(object).fillna(""))
    own = pd.MultiIndex.from_frame(rows[SAME].astype(object).fillna(""))
    return rows[own.isin(keys)].drop_duplicates(["indicator", "doc_id"])


@figure
def plot_target_trend(
    aligned: pd.DataFrame, documents: pd.DataFrame, *, top: int = 6, lang: str = "zh"
) -> Figure:
    """Values of targets over the year by which they hold, a panel an indicator, a mark a text.

    The ``top`` indicators that most texts set alike (``comparable_targets``), at least two; marks
    of one year stand side by side in the order of their values; a stroke is a range. ``documents``
    is ``corpus.table``. ValueError where no two texts set an indicator alike.
    """
    check_arguments(top=top)
    require(documents, DOCUMENT_COLUMNS, "read_corpus")
    rows = comparable_targets(aligned)
    counts = rows["indicator"].value_counts(sort=True)
    shown = list(counts.index[counts > 1][:top])
    if not shown:
        raise ValueError("no indicator is set alike, with a year, by two texts")
    levels = documents.set_index("doc_id")["level"]
    fig, panels = _grid(len(shown), height=4.6)
    years = rows.loc[rows["indicator"].isin(shown), "deadline"].astype(int)
    for ax, indicator in zip(panels, shown, strict=False):
        own = rows[rows["indicator"] == indicator]
        _values(ax, own, levels)
        ax.set(xlim=(years.min() - 0.6, years.max() + 0.6), ylim=(0, own["high"].max() * 1.12))
        _mark_years(ax, sorted(set(years)))
        ax.set_title(_title(own.iloc[0], lang))
    drawn = rows[rows["indicator"].isin(shown)]
    every = aligned[(aligned["kind"] == "target") & aligned["headline"]]
    left = {"trend_others": (every["indicator"].isin(shown)).sum() - len(drawn),
            "trend_more": every["indicator"].nunique() - len(shown)}  # fmt: skip
    _explain(fig, "trend", left, lang)
    _legend(fig, levels.reindex(drawn["doc_id"]), lang)
    return fig


def _values(ax: Axes, rows: pd.DataFrame, levels: pd.Series) -> None:
    """The marks of one indicator."""
    ordered = rows.sort_values(["deadline", "low", "doc_id"])
    for year, own in ordered.groupby("deadline"):
        step = 0.7 / max(len(own), 6)
        for n, row in enumerate(own.itertuples()):
            x = int(year) + (n - (len(own) - 1) / 2) * step
            ax.plot([x, x], [row.low, row.high], color=FAINT, lw=1)
            _mark(ax, x, (row.low + row.high) / 2, levels.get(row.doc_id))


def _mark_years(ax: Axes, years: list[int]) -> None:
    """The years that occur, or of many some."""
    if len(years) <= YEARS and all(b - a > 1 for a, b in itertools.pairwise(years)):
        ax.set_xticks(years)
    else:
        ax.xaxis.set_major_locator(MaxNLocator(5, integer=True))


def _title(row: pd.Series, lang: str) -> str:
    unit = unit_in_head(row["unit"], lang)
    bracket = word("punctuation.bracket", lang, words=unit) if unit else ""
    lines = fold(row[f"indicator_{lang}"] + bracket, 34)
    return "\n".join(lines[:2])


@figure
def plot_coverage_by_province(
    coverage: pd.DataFrame, documents: pd.DataFrame, *, top: int = 9, lang: str = "zh"
) -> Figure:
    """How many indicators of each theme a text sets a number for, a panel a province.

    A mark stands for the texts of one level with that many indicators, its area for how many these
    are. The ``top`` provinces with most texts; texts without a recorded province are one panel.
    ``coverage`` as from ``target_coverage``, ``documents`` is ``corpus.table``.
    """
    check_arguments(top=top)
    require(coverage, ("doc_id",), "target_coverage")
    require(documents, DOCUMENT_COLUMNS, "read_corpus")
    themes = read_toml("indicators/indicators.toml")["themes"]
    known = documents.set_index("doc_id").reindex(coverage["doc_id"])
    places = known["province"].fillna("").to_numpy()
    counts = pd.Series(places).value_counts()
    shown = sorted(counts.index[:top], key=lambda place: (place == "", -counts[place], place))
    row = 0.15 + 0.22 * len(_present(known["level"]))
    fig, panels = _grid(len(shown), height=1.2 + row * len(themes), shared=True)
    for ax, place in zip(panels, shown, strict=False):
        own = coverage[places == place]
        _themes(ax, own.assign(level=known["level"].to_numpy()[places == place]), list(themes))
        name = value_word("province", place, lang) if place else word("figures.no_place", lang)
        ax.set_title(word("figures.texts_in", lang, place=name, n=len(own)))
        ax.xaxis.set_major_locator(MaxNLocator(5, integer=True))
    names = [en if lang == "en" else zh for zh, en in themes.items()]
    panels[0].set_yticks(range(len(names)), names)
    panels[0].set_ylim(len(names) - 0.4, -0.6)
    _explain(fig, "by_province", {"provinces_more": len(counts) - len(shown)}, lang)
    _legend(fig, known["level"], lang)
    return fig


def _themes(ax: Axes, texts: pd.DataFrame, themes: list[str]) -> None:
    """The marks of one province: above the line of a theme those of the highest level."""
    levels = _present(texts["level"])
    for y, theme in enumerate(themes):
        ax.axhline(y, color=TRACK, zorder=0)
        for n, level in enumerate(levels):
            own = texts[texts["level"].isin([level]) if level else texts["level"].isna()]
            shift = (n - (len(levels) - 1) / 2) * 0.8 / len(levels)
            for value, times in own[theme].value_counts().sort_index().items():
                _mark(ax, value, y + shift, level, size=3 * math.sqrt(min(times, 9)))


def _mark(ax: Axes, x: float, y: float, level: str | None, *, size: float = 4) -> None:
    marker, colour, filled = LEVELS.get(level, LEVELS[None])
    ax.plot(x, y, marker, ms=size, mec=colour, mew=0.8, mfc=colour if filled else "none",
            clip_on=False)  # fmt: skip


def _present(levels: Iterable[str | None]) -> list[str | None]:
    """The levels of government of some texts, the highest first; None for one not recorded."""
    own = {level if level in LEVELS else None for level in levels}
    return [level for level in LEVELS if level in own]


def _grid(n: int, *, height: float, shared: bool = False) -> tuple[Figure, list[Axes]]:
    """A figure of two columns with so many panels in rows of three."""
    down = -(-n // ACROSS)
    fig = new_figure(TWO_COLUMNS, 1.9 + height * down)
    panels = list(fig.subplots(down, ACROSS, squeeze=False, sharex=shared, sharey=shared).ravel())
    for ax in panels[n:]:
        ax.set_axis_off()
    for ax in panels[max(n - ACROSS, 0) : n]:  # the lowest of each column
        ax.tick_params(labelbottom=True)
    return fig, panels


def _legend(fig: Figure, levels: pd.Series, lang: str) -> None:
    """Above the figure what the marks are."""
    present = _present(levels)
    looks = [LEVELS[level] for level in present]
    handles = [
        Line2D([], [], ls="", marker=marker, ms=5, mec=colour, mfc=colour if filled else "none")
        for marker, colour, filled in looks
    ]
    unknown = word("figures.no_level", lang)
    labels = [value_word("level", level, lang) if level else unknown for level in present]
    fig.legend(handles, labels, loc="outside upper left", ncols=len(present))


def _explain(fig: Figure, key: str, left: dict[str, int], lang: str) -> None:
    """Below the figure what a mark is and, where there are any, how many are left out."""
    said = [word(f"figures.{key}", lang)]
    said += [word(f"figures.{name}", lang, n=n) for name, n in left.items() if n]
    lines = [line for sentence in said for line in fold(sentence, 120)]
    fig.supxlabel("\n".join(lines), fontsize=7.5, color=FAINT, x=0.01, ha="left")
