"""The rows and columns of the figure of incentives, measured before anything is drawn."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ipcompare.data import read_toml
from ipcompare.figures.style import NARROW, TWO_COLUMNS, Names, fold, text_width
from ipcompare.quantities.printed import printed_quantity
from ipcompare.quantities.units import known_unit, unit_of
from ipcompare.words import word

UPRIGHT, MOST = 6, 10  # documents side by side: with upright names, at all
LINE, BAR_ROOM, GAP = 0.30, 0.16, 0.04  # cm: a line of text, its bar, between rows


@dataclass(frozen=True)
class Scheme:
    """A row of the figure: its theme, the lines of its name, the payments of each document."""

    theme: str
    label: list[str]
    cells: dict[str, list[tuple[list[str], Any]]]  # doc_id: lines of print and aligned row

    @property
    def height(self) -> float:
        """In cm: the highest of the cells, or the name."""
        cells = [sum(map(payment_height, cell)) for cell in self.cells.values()]
        return max(*cells, LINE * len(self.label) + 0.02) + GAP


def payment_height(payment: tuple[list[str], Any]) -> float:
    return LINE * len(payment[0]) + BAR_ROOM


@dataclass(frozen=True)
class Scales:
    """Where the bars of money (yuan, in powers of ten) and rates (percent) begin and end."""

    floor: int
    ceiling: int
    rate: float

    def share(self, row: Any) -> float:
        """How much of its track the bar of a row fills."""
        if not is_money(row):
            return row.high / self.rate
        yuan = row.high * float(known_unit(row.unit).size)
        power = math.log10(yuan) if yuan > 0 else self.floor
        return (power - self.floor) / (self.ceiling - self.floor)


def column_heads(names: Names) -> list[str]:
    """The names over the columns; they are turned where there are more than ``UPRIGHT``."""
    width = int((column_width(names) + 0.15) / (1.12 * NARROW)) if len(names) <= UPRIGHT else 99
    return ["\n".join(_wrapped(name, width)) for name in names.values()]


def head_height(names: Names) -> float:
    """The room over the rows, in cm."""
    heads = column_heads(names)
    if len(names) > UPRIGHT:
        return 0.2 + 1.12 * NARROW * max(map(text_width, heads))
    return 0.3 + 0.33 * max(head.count("\n") + 1 for head in heads)


def _left(names: Names) -> float:
    """Where the columns begin: the names of the schemes give way to more than six."""
    return 7.0 if len(names) <= UPRIGHT else 5.0


def _step(names: Names) -> float:
    """From the beginning of a column to that of the next."""
    return min((TWO_COLUMNS - _left(names)) / len(names), 4.0)


def column_width(names: Names) -> float:
    """The width of a cell without the space to the next."""
    return _step(names) - (0.2 if len(names) <= UPRIGHT else 0.1)


def column_lefts(names: Names) -> np.ndarray:
    """Where the column of each document begins."""
    return _left(names) + _step(names) * np.arange(len(names))


def silence(names: Names, lang: str) -> str:
    """What a cell without a payment says, as far as there is room."""
    text = word("quantity.not_stated", lang)
    return text if text_width(text) * NARROW <= column_width(names) else "–"


def schemes_of(paid: pd.DataFrame, names: Names, lang: str) -> list[Scheme]:
    """The rows of the table as rows of the figure, in the order of the table."""
    themes = read_toml("indicators/indicators.toml")["themes"] if lang == "en" else {}
    printed = {theme: themes.get(theme, theme) for theme in paid["theme"].unique()}
    room = _left(names) - theme_room(printed.values())
    width, schemes = int(column_width(names) / NARROW), []
    for _, rows in paid.groupby("indicator", sort=False):
        first = rows.iloc[0]
        cells: dict[str, dict[str, tuple]] = {}
        for row in rows.itertuples():
            text = _printed(row, lang)
            cells.setdefault(row.doc_id, {}).setdefault(text, (_wrapped(text, width), row))
        label = fold(first[f"indicator_{lang}"], int(room / NARROW))
        payments = {doc_id: list(cell.values()) for doc_id, cell in cells.items()}
        schemes.append(Scheme(printed[first["theme"]], label, payments))
    return schemes


def _printed(row: Any, lang: str) -> str:
    """``≤ 20 万元/年†``, ``≤ 200,000/yr†``: a payment, with a sign for its condition."""
    return printed_quantity(row, lang, short=True) + ("†" if row.condition else "")


def theme_room(themes: Iterable[str]) -> float:
    """The width of the column of themes."""
    return NARROW * max(map(text_width, themes)) + 0.25


def _wrapped(text: str, width: int) -> list[str]:
    """``≤ 20 万元/年`` in one line or, where it does not fit, ``≤ 20``, ``万元/年``.

    >>> _wrapped("≤ 20 万元/年", 8)
    ['≤ 20', '万元/年']
    """
    lines: list[str] = []
    for token in re.findall(r"/?(?:[≤≥<>] )?[^ /]+ ?|.", text):
        if lines and text_width((lines[-1] + token).rstrip()) <= width:
            lines[-1] += token
        else:
            lines.append(token)
    return [line.rstrip() for line in lines]


def scales_of(paid: pd.DataFrame) -> Scales:
    """Whole powers of ten around the amounts; rates to 100%, or to the highest above."""
    money = [is_money(row) for row in paid.itertuples()]
    amounts = paid[money]
    yuan = amounts["high"] * [float(known_unit(unit).size) for unit in amounts["unit"]]
    yuan = yuan[yuan > 0]
    floor = math.ceil(math.log10(yuan.min())) - 1 if len(yuan) else 0
    ceiling = math.ceil(math.log10(yuan.max())) if len(yuan) else 1
    rates = paid.loc[paid["unit"] == "%", "high"]
    return Scales(floor, ceiling, max(100.0, rates.max() if len(rates) else 0))


def is_money(row: Any) -> bool:
    known = unit_of(row.unit)
    return known is not None and known.dimension == "money"


def fitting(schemes: list[Scheme], room: float) -> list[Scheme]:
    """As many schemes as fit, those of most documents first, in their old order."""
    chosen = set()
    for n in sorted(range(len(schemes)), key=lambda n: -len(schemes[n].cells)):
        room -= schemes[n].height
        if room < 0:
            break
        chosen.add(n)
    return [scheme for n, scheme in enumerate(schemes) if n in chosen]
