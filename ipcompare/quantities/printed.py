"""A quantity as it is printed, everywhere: sign, number, unit, yearly basis, star, year due."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from ipcompare.corrections import is_corrected
from ipcompare.quantities.counting import AVERAGE
from ipcompare.quantities.units import known_unit, unit_name
from ipcompare.words import check_lang, value_word, word


def printed_quantity(
    row: Any, lang: str = "zh", *, unit: bool = True, short: bool = False, star: bool = True
) -> str:
    """The number of a row with sign and unit: ``≥ 12 件/万人``, ``年均 ≥ 15%``, ``4000 元/件``.

    A row of the target table is printed in the words of its text (``≥ 1000万元``), one of the
    aligned table in the unit of its indicator, in English with yuan for money (``4,000 yuan
    each``). A star says that the column ``flag`` has something to say, a dagger that a person
    corrected the row. ``unit=False`` where the
    unit stands in the head of the row; ``short`` where there is little room: in English ``/yr``
    and no word for yuan.
    """
    check_lang(lang)
    mark = word("quantity.corrected", lang) if is_corrected(row) else ""
    if hasattr(row, "number"):
        return f"{_sign(row, lang)}{row.number}{row.unit}{mark}"
    low, high, name = _ends_and_unit(row, lang)
    if not unit:
        (low, high), name = _ends(row, lang), ""
    elif short and name == "yuan":
        name = ""
    text = _sign(row, lang) + (low if low == high else f"{low}–{high}")
    text += name if name in ("", "%") else f" {name}"
    text += word("quantity.each", lang, each=row.each) if row.each else ""
    return _per_year(row, text, lang, short) + ("*" if star and row.flag else "") + mark


def printed_target(
    row: Any, lang: str = "zh", *, limits: Iterable[str] = (), **options: bool
) -> str:
    """A quantity with its year and what else limits it in brackets: ``≥ 12 家* (2026；市级)``."""
    due = printed_due(row, lang)
    return printed_quantity(row, lang, **options) + in_brackets(
        [*filter(None, [due]), *limits], lang
    )


def printed_due(row: Any, lang: str) -> str:
    """The year due as stated, or as computed from 三年左右 (约2020*), or words of the text."""
    if pd.notna(row.deadline):
        return str(row.deadline)
    about = pd.notna(row.horizon_year)
    return word("quantity.about", lang, year=row.horizon_year) if about else row.horizon_note


def in_brackets(notes: list[str], lang: str) -> str:
    """`` (2026；市级)`` behind a quantity; nothing where there are no notes."""
    return f" ({word('punctuation.semicolon', lang).join(notes)})" if notes else ""


def unit_in_head(unit: str, lang: str) -> str:
    """The unit for the head of a row; empty in English where the indicator says what is counted."""
    name = unit_name(unit, lang)
    return "" if lang == "en" and (name == unit != "%" or name.startswith("per ")) else name


def printed_money(yuan: float, lang: str) -> str:
    """An amount of money, in English without the word yuan: ``10 万元``, ``100,000``."""
    if lang == "en":
        return _yuan(yuan)
    name = next((name for name in ("亿元", "万元") if yuan >= known_unit(name).size), "元")
    return f"{_number(yuan / float(known_unit(name).size), lang)} {name}"


def _sign(row: Any, lang: str) -> str:
    """``≥ `` before a number; nothing before one that is flat or a range."""
    if row.comparator in ("=", "range"):
        return ""
    return f"{value_word('comparator', row.comparator, lang)} "


def _ends_and_unit(row: Any, lang: str) -> tuple[str, str, str]:
    """Low, high, unit: English money in yuan, Chinese below 1 万元 in 元, all else in its unit."""
    if lang == "zh":
        small = row.unit == "万元" and max(row.low, row.high) < 1
        return (*_ends(row, lang, 10000), "元") if small else (*_ends(row, lang), row.unit)
    known = known_unit(row.unit)
    if known.dimension == "money":
        low, high = (_yuan(value * float(known.size)) for value in (row.low, row.high))
        return low, high, known.en
    return *_ends(row, lang), known.en


def _ends(row: Any, lang: str, factor: float = 1) -> tuple[str, str]:
    return _number(row.low * factor, lang), _number(row.high * factor, lang)


def _number(value: float, lang: str) -> str:
    """A number without trailing zeros: 2.88, 15000, in English 15,000."""
    comma = "," if lang == "en" else ""
    return format(value, f"{comma}.10g" if abs(value) < 1e10 else f"{comma}.0f")


def _yuan(value: float) -> str:
    """An amount in yuan for English readers: 2 billion, 50,000."""
    for size, name in ((1e9, " billion"), (1e6, " million")):
        if value >= size:
            return f"{_number(value / size, 'en')}{name}"
    return f"{value:,.10g}"


def _per_year(row: Any, text: str, lang: str, short: bool) -> str:
    """``12 件/年``, ``每年 15%``; ``年均 15%`` where only the mean of several years is that."""
    if not row.per_year or row.measure == "share":
        return text
    table = "quantity.per_year_short" if short else "quantity.per_year"
    mean = getattr(row, "counting", None) == AVERAGE
    key = "level" if row.measure == "level" else "average" if mean else "growth"
    return word(f"{table}.{key}", lang, quantity=text)
