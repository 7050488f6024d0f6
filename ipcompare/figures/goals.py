"""Figures of the numeric targets: what kinds a text states, and who aims how high."""

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from ipcompare.data import read_toml
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
from ipcompare.frames import QUALITATIVE_COLUMNS, checked, columns_of, documents_of, require
from ipcompare.indicators.matrices import (
    cell_rows,
    part_of,
    printed_rows,
    target_manner,
    ways_differ,
)
from ipcompare.indicators.ordering import checked_aligned
from ipcompare.indicators.statements import statements
from ipcompare.quantities.printed import (
    printed_due,
    printed_quantity,
    printed_target,
    unit_in_head,
)
from ipcompare.quantities.units import unit_of
from ipcompare.words import value_word, word

COVERAGE_COLUMNS = ("doc_id",)
KINDS = ("target", "incentive", "condition", "resource", "fact", "unclear")
LADDER_COLUMNS = (
    "indicator", "indicator_zh", "indicator_en", "doc_id", "comparator", "low", "high", "unit",
    "measure", "deadline", "horizon_note", "horizon_year", "per_year", "each", "kind", "headline",
    "flag", "target_id", "theme", "clause_id", "scope", "counting", "hardness",
)  # fmt: skip
LEFT = 5.7  # cm: the longest names of indicators end here; the rest is for the numbers
STEP, LINE = 0.95, 0.28  # cm: from a row of the ladder to the next, a further line below its bar


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
def plot_scores(scores: pd.DataFrame, *, lang: str = "zh") -> Figure:
    """A dot a check with its Wilson interval, and how many were right of how many.

    ``scores`` as from ``validate_targets`` or ``score_table``; a check without cases has no dot.
    The axis begins below the lowest interval, not at 0.
    """
    require(scores, columns_of("score_table"), "validate_targets")
    fig = new_figure(ONE_COLUMN, 1.3 + 0.48 * len(scores))
    ax = fig.add_subplot()
    colour = bar_styles({"": ""})[0]["color"]
    for y, row in enumerate(scores.itertuples()):
        ax.axhline(y, color=TRACK, zorder=0)
        ax.plot([row.low, row.high], [y, y], color=colour, lw=1.2, solid_capstyle="butt")
        ax.plot(row.share, y, "o", ms=4, color=colour, clip_on=False)
        ax.annotate(f"{row.n_right}/{row.n}", (1, y), (7, 0), textcoords="offset points",
                    xycoords=ax.get_yaxis_transform(), va="center", fontsize=7.5)  # fmt: skip
    labels = [_score_label(check, lang) for check in scores["check"]]
    ax.set_yticks(range(len(scores)), labels)
    lowest = min(scores["low"].min(), 0.95)
    floor = math.floor(20 * lowest) / 20 if lowest >= 0.5 else 0
    ax.set(ylim=(len(scores) - 0.5, -0.5), xlim=(floor, 1))
    ax.set_xlabel(word("figures.share_right", lang))
    ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.spines.left.set_visible(False)
    return fig


def _score_label(check: str, lang: str) -> str:
    """``jionlp · money`` → ``jionlp · 金额``: the words of the parts that are known."""
    return " · ".join(value_word("check", part, lang) for part in check.split(" · "))


@figure
def plot_target_ladder(
    aligned: pd.DataFrame, *, qualitative: pd.DataFrame | None = None, min_documents: int = 2,
    names: Names | None = None, lang: str = "zh",
) -> Figure:  # fmt: skip
    """The headline targets of the texts side by side, one row an indicator, on its own scale.

    Rows are the indicators that at least ``min_documents`` texts state with a number of their
    own. A cell has comparator, value and (deadline), below them interim targets, how it is counted
    (总数, 新增), where that differs within the row, and 力争 or 确保. A bar, from 0 to the largest
    value of the row, stands only where the size of the place does not matter (rates, growth, per
    10,000 people). A number that a text states for several grades together is grey. A star marks
    a number with a caveat: the column ``flag`` of the table says which. With ``qualitative``
    (``qualitative_mentions(clauses)``) goals in words are told from none. At most six documents
    fit side by side: ``names`` chooses them.
    """
    aligned = checked_aligned(aligned, only=LADDER_COLUMNS)
    names = dict(names or {doc_id: doc_id for doc_id in documents_of(aligned)})
    if len(names) > 6:
        raise ValueError(f"{len(names)} documents are too many; choose at most six with names=")
    rungs = _rungs(aligned, qualitative, names, min_documents)
    width = (TWO_COLUMNS - LEFT) / len(names)
    below = [_below(rung, width - 0.1, lang) for rung in rungs]
    deepest = max((len(lines) for cells in below for lines in cells.values()), default=1)
    step = STEP + LINE * max(deepest - 1, 0)
    caveat = fold(word("figures.caveat", lang), 129)
    height = 1.0 + step * len(rungs) + 0.34 * len(caveat)
    fig = new_figure(TWO_COLUMNS, height)
    fig.set_layout_engine("none")
    ax = fig.add_axes((0, 0, 1, 1), xlim=(0, TWO_COLUMNS), ylim=(height, 0))
    ax.set_axis_off()
    places = {doc_id: (LEFT + n * width, width - 0.25) for n, doc_id in enumerate(names)}
    for doc_id, (x, _) in places.items():
        ax.text(x, 0.35, names[doc_id], va="center", fontsize=7.5)
    for n, (rung, said) in enumerate(zip(rungs, below, strict=True)):
        _draw_rung(ax, rung, 1.0 + step * n, said=said, places=places, names=names, lang=lang)
    for n, line in enumerate(caveat):
        y = 0.95 + step * len(rungs) + 0.34 * n
        ax.text(0, y, line, va="center", fontsize=7.5, color=FAINT)
    return fig


@dataclass(frozen=True)
class Rung:
    """A row of the ladder: what each document says, and the targets that are drawn."""

    cells: list[Any]  # rows of ``statements``
    targets: dict[str, list[Any]]  # by document: interim ones, then the final
    words: dict[str, str]  # by document: the evidence of its words, q1 …
    mixed: bool

    @property
    def own(self) -> dict[str, list[Any]]:
        """The targets that are numbers of this row's own indicator."""
        named = {cell.doc_id for cell in self.cells if cell.stated_as == cell.indicator}
        return {doc_id: rows for doc_id, rows in self.targets.items() if doc_id in named}


def _rungs(
    aligned: pd.DataFrame, qualitative: pd.DataFrame | None, names: Names, min_documents: int
) -> list[Rung]:
    """The rows of the ladder in the order of the table."""
    if qualitative is None:
        qualitative = pd.DataFrame(columns=list(QUALITATIVE_COLUMNS))
    said = statements(aligned, qualitative)
    said = said[(said["kind"] == "target") & said["doc_id"].isin(names)]
    rows, found = cell_rows(aligned, "target"), []
    for indicator, cells in said.groupby("indicator", sort=False):
        shown = list(cells.itertuples())
        targets = {cell.doc_id: printed_rows(cell, rows) for cell in shown}
        proofs = {
            row.doc_id: f"q{n}"
            for n, row in reversed([*enumerate(qualitative.itertuples(), 1)])
            if row.kind == "target" and row.indicator == indicator
        }
        rung = Rung(shown, targets, proofs, ways_differ(str(indicator), rows))
        if sum(map(bool, rung.own.values())) >= min_documents:
            found.append(rung)
    return found


def _below(rung: Rung, width: float, lang: str) -> dict[str, list[str]]:
    """What stands below a number: interim targets, how it is counted and meant, of what grades."""
    found = {}
    for doc_id, rows in rung.targets.items():
        if doc_id in rung.own:
            said = [_printed(row, lang) for row in rows[:-1]]
            said += target_manner(rows[-1], lang, mixed=rung.mixed) if rows else []
        else:
            said = [part_of(row, lang) for row in rows]
        text = word("punctuation.semicolon", lang).join(said)
        found[doc_id] = fold(text, int(width / NARROW)) if text else []
    return found


def _printed(row: Any, lang: str) -> str:
    """A target with its year, or with the word that it has none."""
    limits = [] if printed_due(row, lang) else [word("quantity.no_year", lang)]
    return printed_target(row, lang, limits=limits, unit=False, short=True)


def _draw_rung(
    ax: Axes, rung: Rung, y: float, *, said: dict[str, list[str]],
    places: dict[str, tuple[float, float]], names: Names, lang: str,
) -> None:  # fmt: skip
    """One row of the ladder: its name, and for each document the value with its bar."""
    own = [row for rows in rung.own.values() for row in rows]
    scale = max(row.high for row in own) or 1
    unit = unit_in_head(own[0].unit, lang)
    bracket = word("punctuation.bracket", lang, words=unit) if unit else ""
    label = getattr(own[0], f"indicator_{lang}") + bracket
    ax.text(0, y, "\n".join(fold(label, 43)), va="center", fontsize=7.5, linespacing=1.15)
    looks = dict(zip(names, bar_styles(names), strict=True))
    for cell in rung.cells:
        (x, width), rows = places[cell.doc_id], rung.targets[cell.doc_id]
        if not rows:
            _silent(ax, cell, (x, y), rung, lang=lang, width=width)
            continue
        ours = cell.doc_id in rung.own
        _value(ax, rows[-1:] if ours else rows, (x, y), lang, color="black" if ours else FAINT)
        barred = ours and _of_any_size(rows[-1])
        if barred:
            share = rows[-1].high / scale
            ax.barh(y + 0.2, width, left=x, height=0.14, color=TRACK)
            ax.barh(y + 0.2, width * share, left=x, height=0.14, **looks[cell.doc_id])
        for n, line in enumerate(said[cell.doc_id]):
            top = y + (0.44 if barred else 0.2) + LINE * n
            ax.text(x, top, line, va="center", fontsize=7, color=FAINT)


def _of_any_size(target: Any) -> bool:
    """Whether the number of a province may be held against that of a city."""
    known = unit_of(target.unit)
    counted = known is None or known.dimension in ("count", "money")
    return target.measure != "level" or "/" in target.unit or not counted


def _value(ax: Axes, rows: list[Any], at: tuple[float, float], lang: str, *, color: str) -> None:
    """The number of a cell; of several grades the numbers only, their years are in their rows."""
    x, y = at
    if len(rows) == 1:
        text = _printed(rows[0], lang)
    else:
        texts = [printed_quantity(row, lang, unit=False, short=True) for row in rows]
        text = word("punctuation.semicolon", lang).join(texts)
    gid = evidence_gid(rows[-1].target_id)
    ax.text(x, y - 0.1, text, va="center", fontsize=7.5, color=color, gid=gid)


def _silent(
    ax: Axes, cell: Any, at: tuple[float, float], rung: Rung, *, lang: str, width: float
) -> None:
    """A cell without a number: words of the text stand for it, or none were found."""
    x, y = at
    state = word("quantity.in_words" if cell.state == "words" else "quantity.not_stated", lang)
    gid = evidence_gid(rung.words[cell.doc_id]) if cell.doc_id in rung.words else None
    lines = "\n".join(fold(state, int((width + 0.15) / NARROW)))
    ax.text(x, y - 0.23, lines, va="top", fontsize=7.5, color=FAINT, gid=gid, linespacing=1.1)
