"""The figure of what each text pays: schemes by documents, amounts and rates.

As in ``overview``: one function a figure, ``names`` gives order, labels and colours of the
documents, widths are those of a journal.
"""

import math
import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ipcompare.frames import require
from ipcompare.indicators.conversions import units
from ipcompare.matrices import quantity
from ipcompare.plots.printing import (
    FAINT,
    NARROW,
    TRACK,
    TWO_COLUMNS,
    Names,
    bar_styles,
    figure,
    fold,
    new_figure,
    text_width,
    word,
)
from ipcompare.rules import read_toml

INCENTIVE_COLUMNS = (
    "indicator", "indicator_zh", "indicator_en", "theme", "doc_id", "comparator", "low", "high",
    "unit", "measure", "per_year", "kind", "headline", "condition",
)  # fmt: skip
PAGE = 23.0  # cm, the type area of a page
UPRIGHT, MOST = 6, 10  # documents side by side: with upright names, at all
LINE, BAR_ROOM, GAP = 0.30, 0.16, 0.04  # cm: a line of text, its bar, between rows

# Chinese, English
WORDS = {
    "money": (
        "实心条：金额，对数刻度，{low}至 {high}，每格为前一格的 10 倍。",
        "Filled bar: amount in yuan on a log scale, {low} to {high}, each section ten times"
        " the one before.",
    ),
    "rate": ("空心条：比例，0–{top:g}%。", "Outlined bar: rate, 0 to {top:g}%."),
    "condition": ("† 附有以数字表示的条件。", "† On a condition stated as a number."),
    "several": (
        "同一方案的几项给付分行列出。",
        "Payments of one scheme stand one below the other.",
    ),
    "none": ("{silence}：没有给出数字。", "{silence}: no number."),
    "left out": ("另有 {n} 项方案因篇幅未列出。", "{n} more schemes are left out for space."),
}
SIZES = {
    "zh": ((1e8, " 亿元"), (1e4, " 万元"), (0, " 元")),
    "en": ((1e9, " billion"), (1e6, " million"), (0, "")),
}


def _word(key: str, lang: str) -> str:
    return WORDS[key][lang == "en"]


@dataclass(frozen=True)
class Scheme:
    """A row of the figure: its theme, the lines of its name, the payments of each document."""

    theme: str
    label: list[str]
    cells: dict[str, list[tuple[list[str], Any]]]  # doc_id: lines of print and aligned row

    @property
    def height(self) -> float:
        """In cm: the highest of the cells, or the name."""
        cells = [sum(map(_payment_height, cell)) for cell in self.cells.values()]
        return max(*cells, LINE * len(self.label) + 0.02) + GAP


def _payment_height(payment: tuple[list[str], Any]) -> float:
    return LINE * len(payment[0]) + BAR_ROOM


@dataclass(frozen=True)
class Scales:
    """Where the bars of money (yuan, in powers of ten) and rates (percent) begin and end."""

    floor: int
    ceiling: int
    rate: float

    def share(self, row: Any) -> float:
        """How much of its track the bar of a row fills."""
        if not _is_money(row):
            return row.high / self.rate
        yuan = row.high * float(units()[row.unit].factor)
        power = math.log10(yuan) if yuan > 0 else self.floor
        return (power - self.floor) / (self.ceiling - self.floor)


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
    require(aligned, INCENTIVE_COLUMNS, "align_targets")
    ids = dict.fromkeys([*aligned.attrs.get("doc_ids", ()), *aligned["doc_id"]])
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
    schemes, scales, head = _schemes(paid, names, lang), _scales(paid), _head_height(names)
    shown = _fitting(schemes, PAGE - head - 1.2)
    fills = {"top": scales.rate, "silence": _silence(names, lang).capitalize()}
    fills |= {"low": _yuan(10**scales.floor, lang), "high": _yuan(10**scales.ceiling, lang)}
    notes = [_word(note, lang).format(**fills) for note in _notes(shown, len(names))]
    if len(shown) < len(schemes):
        notes.append(_word("left out", lang).format(n=len(schemes) - len(shown)))
    caption = fold({"zh": "", "en": " "}[lang].join(notes), 129)
    body = head + sum(scheme.height for scheme in shown)
    fig = new_figure(TWO_COLUMNS, body + 0.15 + 0.34 * len(caption))
    fig.set_layout_engine("none")
    ax = fig.add_axes((0, 0, 1, 1), xlim=(0, TWO_COLUMNS), ylim=(fig.get_figheight() * 2.54, 0))
    ax.set_axis_off()
    turn = 90 if len(names) > UPRIGHT else 0
    for x, name in zip(_lefts(names), _heads(names), strict=True):
        ax.text(x, head - 0.1, name, va="bottom", fontsize=7.5, rotation=turn, linespacing=1.1)
    _draw_rows(ax, shown, head, scales=scales, names=names, lang=lang)
    for n, line in enumerate(caption):
        ax.text(0, body + 0.3 + 0.34 * n, line, va="center", fontsize=7.5, color=FAINT)
    return fig


def _heads(names: Names) -> list[str]:
    """The names over the columns; they are turned where there are more than ``UPRIGHT``."""
    width = int((_width(names) + 0.15) / (1.12 * NARROW)) if len(names) <= UPRIGHT else 99
    return ["\n".join(_wrapped(name, width)) for name in names.values()]


def _head_height(names: Names) -> float:
    """The room over the rows, in cm."""
    heads = _heads(names)
    if len(names) > UPRIGHT:
        return 0.2 + 1.12 * NARROW * max(map(text_width, heads))
    return 0.3 + 0.33 * max(head.count("\n") + 1 for head in heads)


def _left(names: Names) -> float:
    """Where the columns begin: the names of the schemes give way to more than six."""
    return 7.0 if len(names) <= UPRIGHT else 5.0


def _step(names: Names) -> float:
    """From the beginning of a column to that of the next."""
    return min((TWO_COLUMNS - _left(names)) / len(names), 4.0)


def _width(names: Names) -> float:
    """The width of a cell without the space to the next."""
    return _step(names) - (0.2 if len(names) <= UPRIGHT else 0.1)


def _lefts(names: Names) -> np.ndarray:
    """Where the column of each document begins."""
    return _left(names) + _step(names) * np.arange(len(names))


def _silence(names: Names, lang: str) -> str:
    """What a cell without a payment says, as far as there is room."""
    text = word("not stated", lang)
    return text if text_width(text) * NARROW <= _width(names) else "–"


def _schemes(paid: pd.DataFrame, names: Names, lang: str) -> list[Scheme]:
    """The rows of the table as rows of the figure, in the order of the table."""
    themes = read_toml("indicators.toml")["themes"] if lang == "en" else {}
    printed = {theme: themes.get(theme, theme) for theme in paid["theme"].unique()}
    room = _left(names) - _theme_room(printed.values())
    width, schemes = int(_width(names) / NARROW), []
    for _, rows in paid.groupby("indicator", sort=False):
        first, cells = rows.iloc[0], {}
        for row in rows.itertuples():
            text = _printed(row, lang)
            cells.setdefault(row.doc_id, {}).setdefault(text, (_wrapped(text, width), row))
        label = fold(first[f"indicator_{lang}"], int(room / NARROW))
        payments = {doc_id: list(cell.values()) for doc_id, cell in cells.items()}
        schemes.append(Scheme(printed[first["theme"]], label, payments))
    return schemes


def _printed(row: Any, lang: str) -> str:
    """``≤ 20 万元/年†``, ``≤ 200,000/yr†``: a payment, with a sign for its condition."""
    text = quantity(row, lang)
    if lang == "en":
        text = text.replace(" yuan", "").replace(" a year", "/yr")
    return text + ("†" if row.condition else "")


def _theme_room(themes) -> float:
    """The width of the column of themes."""
    return NARROW * max(map(text_width, themes)) + 0.25


def _wrapped(text: str, width: int) -> list[str]:
    """``≤ 20 万元/年`` in one line or, where it does not fit, ``≤ 20``, ``万元/年``.

    >>> _wrapped("≤ 20 万元/年", 8)
    ['≤ 20', '万元/年']
    """
    lines = []
    for token in re.findall(r"/?(?:[≤≥<>] )?[^ /]+ ?|.", text):
        if lines and text_width((lines[-1] + token).rstrip()) <= width:
            lines[-1] += token
        else:
            lines.append(token)
    return [line.rstrip() for line in lines]


def _scales(paid: pd.DataFrame) -> Scales:
    """Whole powers of ten around the amounts; rates to 100%, or to the highest above."""
    money = [_is_money(row) for row in paid.itertuples()]
    amounts = paid[money]
    yuan = amounts["high"] * [float(units()[unit].factor) for unit in amounts["unit"]]
    yuan = yuan[yuan > 0]
    floor = math.ceil(math.log10(yuan.min())) - 1 if len(yuan) else 0
    ceiling = math.ceil(math.log10(yuan.max())) if len(yuan) else 1
    rates = paid.loc[paid["unit"] == "%", "high"]
    return Scales(floor, ceiling, max(100.0, rates.max() if len(rates) else 0))


def _is_money(row: Any) -> bool:
    return row.unit in units() and units()[row.unit].dimension == "money"


def _fitting(schemes: list[Scheme], room: float) -> list[Scheme]:
    """As many schemes as fit, those of most documents first, in their old order."""
    chosen = set()
    for n in sorted(range(len(schemes)), key=lambda n: -len(schemes[n].cells)):
        room -= schemes[n].height
        if room < 0:
            break
        chosen.add(n)
    return [scheme for n, scheme in enumerate(schemes) if n in chosen]


def _notes(schemes: list[Scheme], n_documents: int) -> list[str]:
    """Which words are needed to read the bars and signs that the figure has."""
    cells = [cell for scheme in schemes for cell in scheme.cells.values()]
    rows = [row for cell in cells for _, row in cell]
    needed = {
        "money": any(map(_is_money, rows)),
        "rate": any(row.unit == "%" for row in rows),
        "several": any(len(cell) > 1 for cell in cells),
        "condition": any(row.condition for row in rows),
        "none": len(cells) < len(schemes) * n_documents,
    }
    return [note for note in needed if needed[note]]


def _yuan(value: float, lang: str) -> str:
    """``10 万元``, ``100,000 yuan``: a power of ten in words."""
    size, name = next((size, name) for size, name in SIZES[lang] if value >= size)
    return f"{value / (size or 1):{'g' if lang == 'zh' else ',.10g'}}{name}"


def _draw_rows(
    ax: Axes, schemes: list[Scheme], y: float, *, scales: Scales, names: Names, lang: str
) -> None:
    """All rows from ``y`` down, with a rule and its name where a theme begins."""
    width, theme = _width(names), None
    room = _theme_room({scheme.theme for scheme in schemes})
    for scheme in schemes:
        if scheme.theme != theme:
            theme = scheme.theme
            ax.axhline(y, color=FAINT, lw=0.5)
            ax.text(0, y + 0.16, theme, va="center", fontsize=7.5)
        for n, line in enumerate(scheme.label):
            ax.text(room, y + 0.16 + LINE * n, line, va="center", fontsize=7.5)
        for doc_id, x, look in zip(names, _lefts(names), bar_styles(names), strict=True):
            if doc_id in scheme.cells:
                _cell(ax, scheme.cells[doc_id], (x, y), width=width, look=look, scales=scales)
            else:
                ax.text(
                    x, y + 0.16, _silence(names, lang), va="center", fontsize=7.5, color="#9a9a9a"
                )
        y += scheme.height
    ax.axhline(y, color=FAINT, lw=0.5)


def _cell(
    ax: Axes, payments: list[tuple[list[str], Any]], at: tuple[float, float], *, width: float,
    look: dict[str, str], scales: Scales,
) -> None:  # fmt: skip
    """The payments of one document for one scheme, each over its bar."""
    x, y = at
    for payment in payments:
        lines, row = payment
        for n, line in enumerate(lines):
            ax.text(x, y + 0.16 + LINE * n, line, va="center", fontsize=7.5)
        bar = {"y": y + 0.08 + LINE * len(lines), "left": x, "height": 0.1}
        if _is_money(row):
            ax.barh(width=width, color=TRACK, **bar)
            ax.barh(width=width * scales.share(row), **bar, **look)
            for power in range(scales.floor + 1, scales.ceiling):
                part = (power - scales.floor) / (scales.ceiling - scales.floor)
                middle = x + width * part
                ax.plot([middle] * 2, [bar["y"] - 0.08, bar["y"] + 0.08], color="white", lw=0.8)
        elif row.unit == "%":
            ax.barh(width=width, color="none", edgecolor="#c0c0c0", **bar)
            ax.barh(width=width * scales.share(row), color="white", edgecolor="black", **bar)
        y += _payment_height(payment)
