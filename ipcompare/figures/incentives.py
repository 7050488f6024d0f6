"""The figure of what each text pays: schemes by documents, amounts and rates.

As in ``overview``: one function a figure, ``names`` gives order, labels and colours of the
documents, widths are those of a journal.
"""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ipcompare.figures.incentive_rows import (
    LINE,
    MOST,
    UPRIGHT,
    Scales,
    Scheme,
    column_heads,
    column_lefts,
    column_width,
    fitting,
    head_height,
    is_money,
    payment_height,
    scales_of,
    schemes_of,
    silence,
    theme_room,
)
from ipcompare.figures.style import (
    FAINT,
    TRACK,
    TWO_COLUMNS,
    Names,
    bar_styles,
    figure,
    fold,
    new_figure,
)
from ipcompare.frames import documents_of
from ipcompare.indicators.ordering import checked_aligned
from ipcompare.quantities.printed import printed_money
from ipcompare.words import LANGS, word

INCENTIVE_COLUMNS = (
    "indicator", "indicator_zh", "indicator_en", "theme", "doc_id", "comparator", "low", "high",
    "unit", "measure", "per_year", "each", "kind", "headline", "condition",
    "flag",
)  # fmt: skip
PAGE = 23.0  # cm, the type area of a page


@figure
def plot_incentives(
    aligned: pd.DataFrame, *, min_documents: int = 1, names: Names | None = None, lang: str = "zh"
) -> Figure:
    """What each text pays: a row a scheme, a column a document, in the cell each payment.

    ``aligned`` as from ``align_targets``: the headline rows of kind ``incentive``, printed as in
    ``incentive_matrix``, but conditions only marked (†), equal payments of a cell once, and in
    English without the word yuan. Rows are the schemes of at least ``min_documents`` texts, by
    theme. Under a payment a filled bar shows its amount in yuan, on one log scale for the whole
    figure (its ends stand below); an outlined bar shows a rate from 0 to 100%; another unit has no
    bar. Where the rows do not fit a page of 23 cm, those with fewest documents are left out, and
    the figure says how many.
    """
    aligned = checked_aligned(aligned, only=INCENTIVE_COLUMNS)
    ids = documents_of(aligned)
    names = dict(names or zip(ids, ids, strict=True))
    if len(names) > MOST:
        raise ValueError(f"{len(names)} documents are too many; choose at most {MOST} with names=")
    paid = aligned[(aligned["kind"] == "incentive") & aligned["headline"]]
    paid = paid[paid["doc_id"].isin(names)]
    common = paid.groupby("indicator")["doc_id"].transform("nunique") >= min_documents
    if not common.any():
        raise ValueError(
            f"no incentive is stated by {min_documents} of these documents; "
            "lower min_documents= or choose other documents with names="
        )
    return _draw_incentives(paid[common], names, lang)


def _draw_incentives(paid: pd.DataFrame, names: Names, lang: str) -> Figure:
    """The figure for the rows chosen."""
    schemes, scales, head = schemes_of(paid, names, lang), scales_of(paid), head_height(names)
    shown = fitting(schemes, PAGE - head - 1.2)
    fills = {"top": scales.rate, "silence": silence(names, lang).capitalize()}
    fills |= {"low": printed_money(10**scales.floor, lang)}
    fills |= {"high": printed_money(10**scales.ceiling, lang)}
    notes = [word(f"figures.{note}", lang, **fills) for note in _notes(shown, len(names))]
    if len(shown) < len(schemes):
        notes.append(word("figures.left_out", lang, n=len(schemes) - len(shown)))
    caption = fold((" " * LANGS.index(lang)).join(notes), 129)
    body = head + sum(scheme.height for scheme in shown)
    fig = new_figure(TWO_COLUMNS, body + 0.15 + 0.34 * len(caption))
    fig.set_layout_engine("none")
    ax = fig.add_axes((0, 0, 1, 1), xlim=(0, TWO_COLUMNS), ylim=(fig.get_figheight() * 2.54, 0))
    ax.set_axis_off()
    turn = 90 if len(names) > UPRIGHT else 0
    for x, name in zip(column_lefts(names), column_heads(names), strict=True):
        ax.text(x, head - 0.1, name, va="bottom", fontsize=7.5, rotation=turn, linespacing=1.1)
    _draw_rows(ax, shown, head, scales=scales, names=names, lang=lang)
    for n, line in enumerate(caption):
        ax.text(0, body + 0.3 + 0.34 * n, line, va="center", fontsize=7.5, color=FAINT)
    return fig


def _notes(schemes: list[Scheme], n_documents: int) -> list[str]:
    """Which words are needed to read the bars and signs that the figure has."""
    cells = [cell for scheme in schemes for cell in scheme.cells.values()]
    rows = [row for cell in cells for _, row in cell]
    needed = {
        "money": any(map(is_money, rows)),
        "rate": any(row.unit == "%" for row in rows),
        "several": any(len(cell) > 1 for cell in cells),
        "condition": any(row.condition for row in rows),
        "flag": any(row.flag for row in rows),
        "none": len(cells) < len(schemes) * n_documents,
    }
    return [note for note in needed if needed[note]]


def _draw_rows(
    ax: Axes, schemes: list[Scheme], y: float, *, scales: Scales, names: Names, lang: str
) -> None:
    """All rows from ``y`` down, with a rule and its name where a theme begins."""
    width, theme = column_width(names), None
    room = theme_room({scheme.theme for scheme in schemes})
    for scheme in schemes:
        if scheme.theme != theme:
            theme = scheme.theme
            ax.axhline(y, color=FAINT, lw=0.5)
            ax.text(0, y + 0.16, theme, va="center", fontsize=7.5)
        for n, line in enumerate(scheme.label):
            ax.text(room, y + 0.16 + LINE * n, line, va="center", fontsize=7.5)
        for doc_id, x, look in zip(names, column_lefts(names), bar_styles(names), strict=True):
            if doc_id in scheme.cells:
                _cell(ax, scheme.cells[doc_id], (x, y), width=width, look=look, scales=scales)
            else:
                ax.text(
                    x, y + 0.16, silence(names, lang), va="center", fontsize=7.5, color="#9a9a9a"
                )
        y += scheme.height
    ax.axhline(y, color=FAINT, lw=0.5)


def _cell(
    ax: Axes, payments: list[tuple[list[str], Any]], at: tuple[float, float], *, width: float,
    look: dict[str, Any], scales: Scales,
) -> None:  # fmt: skip
    """The payments of one document for one scheme, each over its bar."""
    x, y = at
    for payment in payments:
        lines, row = payment
        for n, line in enumerate(lines):
            ax.text(x, y + 0.16 + LINE * n, line, va="center", fontsize=7.5)
        bar: dict[str, Any] = {"y": y + 0.08 + LINE * len(lines), "left": x, "height": 0.1}
        if is_money(row):
            ax.barh(width=width, color=TRACK, **bar)
            ax.barh(width=width * scales.share(row), **bar, **look)
            for power in range(scales.floor + 1, scales.ceiling):
                part = (power - scales.floor) / (scales.ceiling - scales.floor)
                middle = x + width * part
                ax.plot([middle] * 2, [bar["y"] - 0.08, bar["y"] + 0.08], color="white", lw=0.8)
        elif row.unit == "%":
            ax.barh(width=width, color="none", edgecolor="#c0c0c0", **bar)
            ax.barh(width=width * scales.share(row), color="white", edgecolor="black", **bar)
        y += payment_height(payment)
