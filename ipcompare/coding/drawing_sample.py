"""The draw: strata, how many of each, who is drawn, and how probable that was.

Strata. Document × kind × theme, apart for items of which the tool says something (``found``) and
of which it says nothing. Each part gets at most half as many strata as it has draws, so that two
can be drawn of each: where there are more, themes are joined first (in the smallest document ×
kind first), then kinds (in the smallest document first), then documents (the smallest first). A
joined name is ``*``.

Allocation. A fifth of the draws, SILENT, goes to items of which the tool says nothing; what one
part cannot use goes to the other. Within a part each stratum gets two (LEAST), or all it has; each
further draw goes to the stratum that is furthest below its proportional share. A stratum that is
smaller than what is due to it is taken whole.

Draw. Within a stratum without replacement, every subset of that size as probable as another. So
the inclusion probability of an item is exactly p = n_drawn / n_stratum, and an estimate weighted
by 1/p is unbiased (Horvitz and Thompson, Journal of the American Statistical Association 47
(1952), 663-685).
"""

import random
from collections import Counter
from collections.abc import Iterator, Mapping

import pandas as pd

from ipcompare.coding.coding_units import STRATA
from ipcompare.data import PlainError

SILENT = 0.2  # of the draws: items of which the tool says nothing
LEAST = 2  # drawn of each stratum, where it has as many: its variance can be estimated
JOINED = "*"
_JOINS = ((2, 2), (1, 1), (1, 0))  # group by the first of STRATA, keep the first: theme, kind, all
Cell = tuple[str, ...]


def draw(population: pd.DataFrame, n: int, seed: int) -> pd.DataFrame:
    """The items drawn, in an order by chance, with ``stratum``, ``n_stratum``, ``n_drawn``, ``p``.

    ``population`` as from ``coding_units.population``. All of it where it has at most n items.
    PlainError where it has none, or n is no whole number from 1 on.
    """
    if isinstance(n, bool) or not isinstance(n, int) or n < 1:
        raise PlainError(f"n is {n!r}; it must be a whole number from 1 on")
    if population.empty:
        raise PlainError("there is nothing to draw: the texts have no item of this task")
    if n == 1 and population["found"].nunique() == 2:
        raise PlainError(
            "n is 1; draw two or more: one item of which the tool says something, and "
            "one of which it says nothing"
        )
    population = population.assign(stratum=strata(population, n))
    sizes = Counter(population["stratum"])
    due = _due_of_all(population, n)
    chosen: list[int] = []
    for stratum, rows in population.groupby("stratum").indices.items():
        chance = random.Random(f"{seed}|{stratum}")
        chosen += chance.sample(sorted(rows.tolist()), due[stratum])
    random.Random(f"{seed}|order").shuffle(chosen)
    drawn = population.iloc[chosen].reset_index(drop=True)
    drawn["n_stratum"] = drawn["stratum"].map(sizes)
    drawn["n_drawn"] = drawn["stratum"].map(due)
    return drawn.assign(p=drawn["n_drawn"] / drawn["n_stratum"])


def strata(population: pd.DataFrame, n: int) -> pd.Series:
    """The name of the stratum of each item: ``found / hebei-2016 / target / creation``."""
    names = pd.Series("", index=population.index)
    for found, part, n_part in _parts(population, n):
        head = "found" if found else "silent"
        cells = list(zip(*(part[column] for column in STRATA), strict=True))
        joined = joined_cells(Counter(cells), max(1, n_part // LEAST))
        names[part.index] = [" / ".join((head, *joined[cell])) for cell in cells]
    return names


def _parts(population: pd.DataFrame, n: int) -> Iterator[tuple[bool, pd.DataFrame, int]]:
    """The items found and those not, with how many are drawn of each."""
    found = population["found"].astype(bool)
    for said, n_part in shares(int(found.sum()), int((~found).sum()), n).items():
        if n_part:
            yield said, population[found == said], n_part


def shares(n_found: int, n_silent: int, n: int) -> dict[bool, int]:
    """How many of n are drawn of the items found, and of the others; one at least of each.

    >>> shares(86, 749, 200), shares(500, 500, 200), shares(500, 0, 200), shares(5, 5, 200)
    ({True: 86, False: 114}, {True: 160, False: 40}, {True: 200, False: 0}, {True: 5, False: 5})
    """
    n = min(n, n_found + n_silent)
    silent = min(n_silent, max(round(n * SILENT), n - n_found, 1))
    return {True: n - silent, False: silent}


def joined_cells(sizes: Mapping[Cell, int], most: int) -> dict[Cell, Cell]:
    """What each cell (document, kind, theme) is called so that at most ``most`` names are left.

    >>> joined = joined_cells({("a", "k", "x"): 9, ("a", "k", "y"): 1, ("b", "k", "x"): 5}, 2)
    >>> joined["a", "k", "x"], joined["b", "k", "x"]
    (('a', 'k', '*'), ('b', 'k', 'x'))
    """
    names = {cell: cell for cell in sizes}
    for by, kept in _JOINS:
        groups: Counter[Cell] = Counter()
        for cell, size in sizes.items():
            groups[cell[:by]] += size
        for group, _ in sorted(groups.items(), key=lambda g: (g[1], g[0])):
            if len(set(names.values())) <= most:
                return names
            inside = [cell for cell in sizes if cell[:by] == group]
            if kept and len({names[cell] for cell in inside}) == 1:
                continue
            for cell in inside:
                names[cell] = cell[:kept] + (JOINED,) * (len(cell) - kept)
    return names


def _due_of_all(population: pd.DataFrame, n: int) -> dict[str, int]:
    due: dict[str, int] = {}
    for _, part, n_part in _parts(population, n):
        due |= allocation(Counter(part["stratum"]), n_part)
    return due


def allocation(sizes: Mapping[str, int], n: int) -> dict[str, int]:
    """How many are drawn of each stratum: LEAST or all it has, the rest in proportion to size.

    >>> allocation({"a": 90, "b": 9, "c": 1}, 10)
    {'a': 7, 'b': 2, 'c': 1}
    """
    total = sum(sizes.values())
    least = LEAST if sum(min(size, LEAST) for size in sizes.values()) <= n else 1
    due = {name: min(size, least) for name, size in sizes.items()}
    for _ in range(min(n, total) - sum(due.values())):
        below = {
            name: n * size / total - due[name] for name, size in sizes.items() if due[name] < size
        }
        due[max(below, key=lambda name: (below[name], name))] += 1
    return due
