"""Units of numeric targets and how they convert (``conversions.csv``)."""

import functools
import re
from dataclasses import dataclass, replace
from fractions import Fraction

from ipcompare.data import RuleError, read_rows
from ipcompare.quantities.cues import units as written_units
from ipcompare.text import fold_width

UNITS = "drafting/conversions.csv"
_COLUMNS = ("unit", "dimension", "factor", "subject", "en", "note")
_MAGNITUDES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6}
_MAGNITUDES |= {"千万": 10**7, "亿": 10**8, "万亿": 10**12}
_MAGNITUDE = re.compile("(万亿|[十百千]?万|亿|[十百千])(.+)")
_QUOTATION = str.maketrans("", "", " \t\n\r\"'《》〈〉「」")


@dataclass(frozen=True)
class Unit:
    """What a unit measures: ``factor`` is in basic units of ``dimension``."""

    name: str
    dimension: str
    factor: Fraction
    subject: str = ""
    en: str = ""
    note: str = ""


def plain(words: str) -> str:
    """Words in one width without spaces and quotation marks, as the phrases expect them.

    >>> plain("通过《企业知识产权管理规范》 认证（ＰＣＴ）")
    '通过企业知识产权管理规范认证(PCT)'
    """
    return fold_width(words).translate(_QUOTATION)


@functools.cache
def units() -> dict[str, Unit]:
    """``conversions.csv`` by unit name."""
    return {unit.name: unit for unit in parse_units(read_rows(UNITS, _COLUMNS))}


def unit_name(unit: str, lang: str = "zh") -> str:
    """A unit in words: in English an amount of money is one of yuan; an unknown one as it is.

    >>> [unit_name(unit, "en") for unit in ("亿元", "元", "件/万人", "斗")]
    ['100 million yuan', 'yuan', 'per 10k people', '斗']
    """
    known = units().get(unit)
    if lang == "zh" or known is None:
        return unit
    if known.dimension != "money" or known.factor == 1:
        return known.en
    factor = float(known.factor)
    size = f"{factor / 10**6:,.10g} million" if factor >= 10**6 else f"{factor:,.10g}"
    return f"{size} {known.en}"


def parse_units(rows: list[tuple[int, dict[str, str]]]) -> list[Unit]:
    """The units of the numbered rows; RuleError for a unit named twice or a factor not above 0."""
    known: dict[str, Unit] = {}
    for line, row in rows:
        name = plain(row["unit"])
        if name in known:
            raise RuleError(UNITS, line, f"the unit {name} stands twice")
        try:
            factor = Fraction(row["factor"])
        except (ValueError, ZeroDivisionError):
            factor = Fraction(0)
        if factor <= 0:
            raise RuleError(UNITS, line, f"the factor {row['factor']!r} is no number above 0")
        known[name] = Unit(name, row["dimension"], factor, row["subject"], row["en"], row["note"])
    return list(known.values())


@functools.cache
def unit_of(written: str) -> Unit | None:
    """The unit as a text writes it, also with a magnitude or per year; None where unknown.

    >>> unit_of("万家/年").factor
    Fraction(10000, 1)
    >>> unit_of("光年") is None
    True
    """
    name = plain(written)
    if name in units():
        return units()[name]
    if name.endswith("/年"):
        return unit_of(name[:-2])
    if match := _MAGNITUDE.fullmatch(name):
        unit = unit_of(match[2])
        if unit is not None:
            return replace(unit, name=name, factor=unit.factor * _MAGNITUDES[match[1]])
    if written_units().get(name, {}).get("class") == "count":
        return Unit(name, "count", Fraction(1))
    return None


def converted(value: float, unit: Unit, to: Unit) -> float:
    """``value`` in another unit of the same dimension, computed exactly.

    >>> converted(11, unit_of("万件"), unit_of("件"))
    110000.0
    """
    return float(Fraction(repr(float(value))) * unit.factor / to.factor)
