"""Sentences: templates filled in each document's own manner, and numbers planted in them.

A sentence carries marks: what stands between ``GUARD`` and ``OPEN`` is never garbled or edited,
and a planted quantity stands between ``START`` and ``END``, in the order of the plants.
"""

import functools
import re
from collections.abc import Mapping
from random import Random
from typing import Any, NamedTuple

from invented.vocabulary import Indicator, indicators, tables, thing, zipf_word

GUARD, OPEN, START, END = "\x01", "\x02", "\x03", "\x04"
MARKS = re.compile("[\x01-\x04]")
_PART = re.compile(r"\{([^{}]+)\}|([\[\]])")
_NUMERALS = "〇一两三四五六七八九十"
_COUNTED = ("build", "make", "do", "people")
_DASHES = ("-", "—", "～", "至")


class Plant(NamedTuple):
    """A quantity as a coder would code it after the codebook."""

    low: float
    high: float
    unit: str
    comparator: str
    kind: str
    indicator: str
    measure: str = "level"
    per_year: bool = False
    deadline: int | None = None
    entry: str = ""


class Said(NamedTuple):
    """Marked words and the quantities in them."""

    text: str
    plants: tuple[Plant, ...] = ()


def plain(marked: str) -> str:
    """Marked words without their marks."""
    return MARKS.sub("", marked)


@functools.cache
def _parts(template: str) -> tuple[tuple[str, str], ...]:
    """A template as (what, value): words, slot, or one of the signs ``[ ]``."""
    template = template.replace("<", GUARD).replace(">", OPEN)
    parts, at = [], 0
    for match in _PART.finditer(template):
        parts += [("words", template[at : match.start()])] if match.start() > at else []
        parts.append(("slot", match[1]) if match[1] else (match[2], ""))
        at = match.end()
    return (*parts, ("words", template[at:]))


class Pen:
    """Words a document: its place and subject, and the random numbers of its wording."""

    def __init__(self, rng: Random, about: Mapping[str, str]) -> None:
        self.rng = rng
        self.about = dict(about)
        self.synonyms: dict[str, list[str]] = tables()["synonyms"]

    def pick(self, options: Any) -> Any:
        """One of some."""
        return options[int(self.rng.random() * len(options))]

    def fill(self, template: str, **given: str) -> str:
        """A template in words, its optional parts left out half of the time."""
        words, skipping, chance = [], False, self.rng.random
        for what, value in _parts(template):
            if what == "[":
                skipping = chance() < 0.5
            elif what == "]":
                skipping = False
            elif skipping:
                continue
            elif what == "words":
                words.append(value)
            elif value in given:
                words.append(given[value])
            elif options := self.synonyms.get(value):
                words.append(options[int(chance() * len(options))])
            else:
                words.append(self._slot(value))
        return "".join(words)

    def _slot(self, name: str) -> str:
        if name == "w":
            return zipf_word(self.rng)
        if name == "t":
            return thing(self.rng)
        if name == "i":
            return self.fill(self.pick(tables()["institutions"]["names"]))
        return self.about[name]

    # --- numbers ------------------------------------------------------------------------------

    def number(self, low: float, high: float, decimals: int) -> float:
        """A round number between two."""
        value = low * (high / low) ** self.rng.random()
        if decimals:
            return round(value, decimals)
        size = 10 ** max(len(str(int(value))) - 2, 0)
        return int(value / size) * size or 1

    def quantity(
        self, about: Indicator, worded: str, *, countable: bool = False
    ) -> tuple[str, float, float, str]:
        """Marked number and unit with its words of comparison; low, high and comparator.

        ``worded`` is the comparator that the sentence itself has, empty where there is none;
        ``countable``: words may stand before the number (培育不少于5家) and it may be a numeral.
        """
        low = high = self.number(about.low, about.high, about.decimals)
        chance, sign, before, after = self.rng.random(), worded or "=", "", ""
        if not worded and chance < 0.3:
            sign, after = ">=", "以上"
        elif not worded and chance < 0.38:
            sign, after = "~", "左右"
        elif countable and not worded and chance < 0.5:
            sign, before = ">=", "不少于"
        number = f"{low:.{about.decimals}f}"
        if countable and not worded and 0.5 < chance < 0.6 and about.decimals == 0:
            high, sign = low + max(1, int(low * 0.3)), "range"
            number = f"{low}{self.pick(_DASHES)}{high}"
        elif countable and 2 <= low <= 10 and chance > 0.85:
            number = _NUMERALS[int(low)]
        return f"{before}{START}{number}{about.unit}{END}{after}", low, high, sign

    def target(self, deadline: int | None) -> Said:
        """One goal with a number; ``deadline`` is what the words around it say."""
        form = self.pick(tables()["target"])
        about = self.pick(indicators()[form["form"]])
        growth = form.get("growth", False)
        if growth and about.unit == "分":
            return self.target(deadline)
        counted = about._replace(unit="%", low=3, high=40, decimals=0) if growth else about
        countable = form["form"] in _COUNTED and "达到" not in form["text"]
        text, low, high, sign = self.quantity(
            counted, form.get("comparator", ""), countable=countable
        )
        measure = "growth" if growth else "share" if about.form == "share" else "level"
        said = self.fill(form["text"], n=about.name, q=text, g=text)
        plant = Plant(low, high, counted.unit, sign, "target", about.name, measure,
                      form.get("per_year", False), deadline, about.entry)  # fmt: skip
        return Said(said, (plant,))

    def targets(self, count: int, deadline: int | None, *, stated: bool = True) -> Said:
        """A sentence of some goals; ``stated``: it says its year itself."""
        goals = [self.target(deadline) for _ in range(count)]
        opening = ""
        if stated and deadline:
            opening = self.pick(["到{y}年，", "到{y}年底，", "{y}年底前，", "力争到{y}年，"])
            opening = f"{GUARD}{opening.format(y=deadline)}{OPEN}"
        return Said(
            opening + "，".join(goal.text for goal in goals) + "。",
            tuple(plant for goal in goals for plant in goal.plants),
        )

    def _plain_quantity(self, row: Mapping[str, Any]) -> tuple[str, float]:
        value = self.number(row["low"], row["high"], 0)
        return f"{START}{value}{row['unit']}{END}", value

    def stated(self, table: str, kind: str) -> Said:
        """A sentence of one of the tables condition, requirement and resource; without a stop."""
        row = self.pick(tables()[table])
        text, value = self._plain_quantity(row)
        plant = Plant(value, value, row["unit"], row.get("comparator", "="), kind, row["of"],
                      row.get("measure", "level"), row.get("per_year", False))  # fmt: skip
        return Said(self.fill(row["text"], q=text), (plant,))

    def fact(self, year: int) -> Said:
        """What was reached in a year past."""
        row = self.pick(tables()["fact"])
        about = self.pick(indicators()[row["form"]])
        value = self.number(about.low, about.high, about.decimals)
        text = f"{START}{value:.{about.decimals}f}{about.unit}{END}"
        measure = "share" if about.form == "share" else "level"
        plant = Plant(value, value, about.unit, "=", "fact", about.name, measure, False, year,
                      about.entry)  # fmt: skip
        return Said(self.fill(row["text"], n=about.name, q=text, y=str(year)), (plant,))

    def payment(self) -> Said:
        """A sentence that pays, with its thresholds; without a stop."""
        row = self.pick(tables()["pay"])
        names, plants = {}, []
        for slot in re.findall(r"\{([abcrx])\}", row["text"]):
            names[slot], plant = self._paid(slot, row)
            plants += plant
        what = names.get("x") or plants[0].indicator  # paid for a thing, or for the threshold met
        paid = [plant if plant.indicator else plant._replace(indicator=what) for plant in plants]
        return Said(self.fill(row["text"], **names), tuple(paid))

    def _paid(self, slot: str, row: Mapping[str, Any]) -> tuple[str, list[Plant]]:
        """One slot of a payment: what for, a threshold, a rate or a sum."""
        if slot == "x":
            kind = self.pick(["known", "invented"])
            return self.fill(self.pick(tables()["payments"][kind])), []
        if slot == "c":
            met = self.pick(tables()["met"])
            text, value = self._plain_quantity(met)
            sign = met.get("comparator", ">=")
            plant = Plant(value, value, met["unit"], sign, "condition", met["of"],
                          per_year=met.get("per_year", False))  # fmt: skip
            return self.fill(met["text"], q=text), [plant]
        if slot == "r":
            share = 5 * (1 + int(self.rng.random() * 10))
            plant = Plant(share, share, "%", "=", "incentive", "", "share")
            return f"{START}{share}%{END}", [plant]
        low, high = (2, 30) if slot == "b" and row.get("list") else (30, 300)
        value = self.number(low, high, 0)
        sign = "<=" if slot == "b" and not row.get("list") else row.get("comparator", "=")
        plant = Plant(value, value, "万元", sign, "incentive", "",
                      per_year=row.get("per_year", False))  # fmt: skip
        return f"{START}{value}万元{END}", [plant]
