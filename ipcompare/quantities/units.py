"""Units of quantities: what they measure and how they convert (``units.csv``).

The file lists simple units (家, 元); what is made of them (万余家, 件/万人) is read by rule.
"""

import functools
import re
from dataclasses import dataclass, replace
from fractions import Fraction

from ipcompare.data import RuleError, one_of, read_rows
from ipcompare.numerals import magnitude
from ipcompare.text import fold_width

UNITS = "drafting/units.csv"
_COLUMNS = ("unit", "dimension", "factor", "numeral", "not_before", "en", "per", "note")
CLASSES = ("count", "time", "age", "money", "percent", "points", "times", "score", "size")
_TIMES = ("duration", "day", "workday")  # do not convert into each other, but all are time
DIMENSIONS = (*CLASSES, *_TIMES)
NUMERALS = ("free", "plan", "time")
MAGNITUDE = re.compile("万亿|[十百千]?[万亿]|[百千]")
MORE = "余多来"  # 300余家, 3万多人: more than the number written
_TAIL = re.compile(r"[/·(]")
_QUOTATION = str.maketrans("", "", " \t\n\r\"'《》〈〉「」")


@dataclass(frozen=True)
class Unit:
    """What a unit measures: ``factor`` (None: not known) is in basic units of ``dimension``.

    ``scale`` is the magnitude it is written with, ``subject`` what it puts before the indicator.
    """

    name: str
    dimension: str
    factor: Fraction | None
    numeral: str = "free"
    not_before: str = ""
    en: str = ""
    per: str = ""
    note: str = ""
    subject: str = ""
    scale: Fraction = Fraction(1)

    @property
    def size(self) -> Fraction:
        """The factor of a unit that converts; ValueError for another."""
        if self.factor is None:
            raise ValueError(f"the unit {self.name} has no factor in {UNITS}")
        return self.factor

    @property
    def unit_class(self) -> str:
        """What a number with this unit says, one of ``CLASSES``: a count, a time, an amount."""
        return "time" if self.dimension in _TIMES else self.dimension


def plain(words: str) -> str:
    """Words in one width without spaces and quotation marks, as the phrases expect them.

    >>> plain("通过《企业知识产权管理规范》 认证（ＰＣＴ）")
    '通过企业知识产权管理规范认证(PCT)'
    """
    return fold_width(words).translate(_QUOTATION)


# --- the simple units -------------------------------------------------------------------------


@functools.cache
def units() -> dict[str, Unit]:
    """The simple units of ``units.csv`` by name."""
    return {unit.name: unit for unit in parse_units(read_rows(UNITS, _COLUMNS))}


def parse_units(rows: list[tuple[int, dict[str, str]]]) -> list[Unit]:
    """The units of the numbered rows; RuleError for a row that cannot be used."""
    known: dict[str, Unit] = {}
    for line, row in rows:
        name = plain(row["unit"])
        if not name or name in known:
            raise RuleError(UNITS, line, f"the unit {name!r} is empty or stands twice")
        one_of(UNITS, line, "dimension", row["dimension"], DIMENSIONS)
        one_of(UNITS, line, "numeral", row["numeral"], NUMERALS)
        factor = _factor(row["factor"]) if row["factor"] else None
        if factor == 0:
            raise RuleError(UNITS, line, f"the factor {row['factor']!r} is no number above 0")
        known[name] = Unit(
            name, row["dimension"], factor, row["numeral"], row["not_before"].replace(" ", ""),
            {"": name, "-": ""}.get(row["en"], row["en"]), row["per"], row["note"],
        )  # fmt: skip
    return list(known.values())


@functools.cache
def _factor(written: str) -> Fraction:
    """The number that a cell holds, exactly; 0 for what is none above 0."""
    try:
        return max(Fraction(written), Fraction(0))
    except (ValueError, ZeroDivisionError):
        return Fraction(0)


# --- units as written -------------------------------------------------------------------------


def parts_of(written: str) -> tuple[str, str, str]:
    """Magnitude, word for more, and the rest of a unit as written.

    >>> parts_of("万多亿元"), parts_of("家/年")
    (('万', '多', '亿元'), ('', '', '家/年'))
    """
    found = MAGNITUDE.match(written)
    scale = found[0] if found else ""
    rest = written[len(scale) :]
    return (scale, rest[0], rest[1:]) if rest[:1] and rest[0] in MORE else (scale, "", rest)


def simple_unit(written: str) -> Unit | None:
    """The listed unit that a written one begins with, behind its magnitude; None where none does.

    >>> [simple_unit(written).name for written in ("万余家/年", "千瓦", "百分点")]
    ['家', '千瓦', '百分点']
    """
    for whole in (written, parts_of(written)[2]):
        for name in (whole, _TAIL.split(whole)[0]):
            if name in units():
                return units()[name]
    return None


@functools.cache
def class_of(written: str) -> tuple[str, bool]:
    """The class of a unit as written, and whether the unit is known."""
    if written.startswith("/"):
        return "percent", True  # 孕产妇死亡率18/10万
    scale, _, bare = parts_of(written)
    if scale and bare.startswith("/"):
        return "money", True  # 补助1.5万/人/年
    unit = simple_unit(written)
    return (unit.unit_class, True) if unit else ("count", not bare)


@functools.cache
def unit_of(written: str) -> Unit | None:
    """The unit as a text writes it, listed or made by rule; None where its factor is not known.

    >>> unit_of("万家/年").factor
    Fraction(10000, 1)
    >>> unit_of("光年") is None
    True
    """
    name = plain(written)
    if name in units():
        return units()[name] if units()[name].factor else None
    if name.endswith("/年"):
        unit = unit_of(name[:-2])
        return unit and replace(unit, name=name)
    scale, more, bare = parts_of(name)
    if not scale and not more:
        return _per_population(name)
    unit, times = unit_of(bare), Fraction(magnitude(scale))
    return unit and replace(unit, name=name, factor=unit.size * times, scale=unit.scale * times)


def known_unit(written: str) -> Unit:
    """The unit as an aligned quantity has it; ValueError where its factor is not known."""
    unit = unit_of(written)
    if unit is None:
        raise ValueError(f"the unit {written} has no factor in {UNITS}")
    return unit


def _per_population(name: str) -> Unit | None:
    """件/万人, 件/每百万人: a count in 万人, of which its indicator then speaks."""
    whole, _, below = name.rpartition("/")
    count = unit_of(whole) if whole else None
    scale, _, noun = parts_of(below.removeprefix("每"))
    people = units().get(noun) if scale else None
    if count is None or count.dimension != "count" or people is None or not people.per:
        return None
    size = Fraction(magnitude(scale))
    return replace(
        count, name=name, factor=count.size * 10**4 / size, subject=f"万{noun}",
        en=f"per {_short(int(size))} {people.per}",
    )  # fmt: skip


def _short(size: int) -> str:
    """100, 10k, 1 million."""
    if size >= 10**6:
        return f"{size // 10**6:,} million"
    return f"{size // 1000}k" if size >= 1000 else str(size)


def unit_name(unit: str, lang: str = "zh") -> str:
    """A unit in words, in English with its magnitude; an unknown one as it is.

    >>> [unit_name(unit, "en") for unit in ("亿元", "万件", "件/万人", "斗")]
    ['100 million yuan', '10,000', 'per 10k people', '斗']
    """
    known = unit_of(unit)
    if lang == "zh" or known is None:
        return unit
    if known.scale == 1:
        return known.en
    scale = float(known.scale)
    size = f"{scale / 10**6:,.10g} million" if scale >= 10**6 else f"{scale:,.10g}"
    return f"{size} {known.en}".rstrip()


def converted(value: float, unit: Unit, to: Unit) -> float:
    """``value`` in another unit of the same dimension, computed exactly.

    >>> converted(11, unit_of("万件"), unit_of("件"))
    110000.0
    """
    return float(Fraction(repr(float(value))) * unit.size / to.size)
