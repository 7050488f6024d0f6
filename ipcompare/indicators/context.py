"""Population, GDP and base values that a researcher enters beside the texts: ``context.csv``.

Every value has its year and its source. Nothing is filled in where one is missing.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ipcompare.corpus import Corpus, CorpusError, Document
from ipcompare.frames import unknown_id
from ipcompare.indicators.entries import known_entries, read_own
from ipcompare.quantities.units import Unit, known_unit, unit_of
from ipcompare.record import Row, read_record

FILE = "context.csv"
COLUMNS = ("place", "year", "measure", "value", "unit", "source")
SIZES = {"population": known_unit("人"), "gdp": known_unit("元")}  # and in what they are counted


class Figure(NamedTuple):
    """One value of a place in the basic unit of its measure, or in that of its indicator."""

    place: str
    year: int
    measure: str
    value: float
    source: str


@dataclass(frozen=True)
class Context:
    """What is known of the places; empty where no one entered anything."""

    figures: tuple[Figure, ...] = ()

    def of(self, document: Document, measure: str) -> dict[int, Figure]:
        """The values of a document's jurisdiction by year; those of the document itself first."""
        places = (document.jurisdiction, document.doc_id)
        own = [figure for figure in self.figures if figure.measure == measure]
        return {figure.year: figure for place in places for figure in own if figure.place == place}

    def of_all(self, documents: Iterable[Document], measure: str, until: int) -> list[Figure]:
        """One value for each document, all of the latest year that all have; else none at all."""
        known = [self.of(document, measure) for document in documents]
        years = set.intersection(*map(set, known)) if known else set()
        year = max((year for year in years if year <= until), default=None)
        return [] if year is None else [figures[year] for figures in known]


def cited(figures: Iterable[Figure]) -> str:
    """The year and the source of each value: ``甲市 2020: 甲市统计年鉴2021``."""
    said = (f"{figure.place} {figure.year}: {figure.source}" for figure in figures)
    return "; ".join(dict.fromkeys(said))


def read_context(corpus: Corpus) -> Context:
    """The values of ``context.csv`` in the folder of the corpus; empty where there is no such file.

    Its columns are ``place`` (a jurisdiction or doc_id of documents.csv), ``year``, ``measure``
    (``population``, ``gdp`` or the id of an indicator: a base value), ``value``, ``unit`` and
    ``source``, all of them filled. Raises CorpusError that lists all that is wrong, with its line.
    """
    path = corpus.folder / FILE if corpus.folder else None
    if path is None or not path.is_file():
        return Context()
    rows, problems = read_record(path, COLUMNS, COLUMNS)
    units, places = _units(corpus.indicators), _places(corpus)
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        said = [*_problems(row.cells, units, places), *_twice(row, seen)]
        problems += [f"{path}, line {row.line}: {problem}" for problem in said]
    if problems:
        raise CorpusError("\n  ".join(problems))
    return Context(tuple(_figure(row.cells, units[_entry(row.cells["measure"])]) for row in rows))


def _units(indicators: Path | None) -> dict[str, Unit]:
    """In what each measure is counted."""
    entries = known_entries(read_own(indicators))
    return {entry.id: entry.unit for entry in entries if entry.kind == "target"} | SIZES


def _entry(measure: str) -> str:
    """The entry of an indicator that is split by grade: strong_firms of strong_firms.national."""
    return measure.partition(".")[0]


def _places(corpus: Corpus) -> list[str]:
    """What a row may be about."""
    named = (name for d in corpus.documents for name in (d.jurisdiction, d.doc_id) if name)
    return list(dict.fromkeys(named))


def _problems(cells: dict[str, str], units: dict[str, Unit], places: list[str]) -> Iterator[str]:
    """What is wrong with one row, each with its cure."""
    empty = [column for column in COLUMNS if not cells[column]]
    if empty:
        yield f"{', '.join(empty)} empty; a value needs place, year, measure, unit and source"
        return
    if cells["place"] not in places:
        yield unknown_id(cells["place"], "jurisdiction or doc_id of documents.csv", places)
    if not re.fullmatch(r"(?:19|20)\d\d", cells["year"]):
        yield f"year {cells['year']!r}: must be a year such as 2020"
    if not re.fullmatch(r"\d+(?:\.\d+)?", cells["value"]) or not float(cells["value"]):
        yield f"value {cells['value']!r}: must be a number above 0 without sign or separators"
    measure = units.get(_entry(cells["measure"]))
    if measure is None:
        kinds = "measure; use population, gdp or the id of an indicator"
        yield unknown_id(cells["measure"], kinds, units)
    elif (unit := unit_of(cells["unit"])) is None or unit.dimension != measure.dimension:
        yield f"unit {cells['unit']!r}: {cells['measure']} is given in {measure.name} or a multiple"


def _twice(row: Row, seen: dict[tuple[str, ...], int]) -> Iterator[str]:
    """A second value for the same place, year and measure."""
    key = tuple(row.cells[column] for column in ("place", "year", "measure"))
    first = seen.setdefault(key, row.line)
    if first != row.line:
        yield f"{' '.join(key)} stands in line {first} already; keep one of the two"


def _figure(cells: dict[str, str], unit: Unit) -> Figure:
    value = float(cells["value"]) * float(known_unit(cells["unit"]).size / unit.size)
    about = cells["place"], int(cells["year"]), cells["measure"]
    return Figure(*about, value, cells["source"])
