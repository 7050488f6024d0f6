"""层层加码: the targets of a text beside those of the text that it carries out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ipcompare.corpus import Corpus, Document
from ipcompare.corrections import MARK, is_corrected
from ipcompare.frames import columns_of
from ipcompare.indicators.align import align_targets
from ipcompare.indicators.alike import definition, is_total, unlike, value_of, year_due
from ipcompare.indicators.context import Context, cited
from ipcompare.indicators.ordering import checked_aligned

ALIGNED = ("indicator", "indicator_zh", "indicator_en", "doc_id", "target_id", "unit", "measure",
           "low", "high", "comparator", "deadline", "horizon_year", "per_year", "scope", "each",
           "condition", "kind", "hardness", "counting", "headline", "flag")  # fmt: skip
_SIDES = ("parent", "child")
_SHOWN = ("comparator", "low", "high", "deadline", "horizon_year", "hardness", "target_id")
_SIZES = {"ratio_per_person": "population", "ratio_per_gdp": "gdp"}


@dataclass(frozen=True)
class _Known:
    """What the growth of a figure is computed from, beside the figure itself."""

    corpus: Corpus
    context: Context
    stated: list  # base values that the texts state, as rows of the aligned table


def raised_targets(
    aligned: pd.DataFrame, corpus: Corpus, *, targets: pd.DataFrame | None = None,
    context: Context | None = None, pairs: Iterable[tuple[str, str]] | None = None,
    beside: str | None = None,
) -> pd.DataFrame:  # fmt: skip
    """One row an indicator and year that a text and its parent both set a target for.

    Pairs are those of the column ``parent`` of documents.csv; ``pairs`` are any others, as
    (parent, child), ``beside`` one text that every other is set beside; totals of these do not
    compare across levels of government. Targets of one
    year are set beside each other, ``stage`` says whether a side means it as ``final`` or
    ``interim``; where no year is common to both, their final ones.

    ``difference`` is child − parent in percentage points where the unit is %, ``ratio`` child /
    parent elsewhere. The ratio of two totals is the share of the child in the parent, no raising;
    ``ratio_per_person`` and ``ratio_per_gdp`` set it right where ``context``
    (``read_context(corpus)``) has both for one year. ``growth`` is what a side's figure comes to
    in a year, (figure / base) ** (1 / years) − 1, from the latest ``base`` before it: of
    ``context``, else a fact that its text states for the same (of ``targets``); ``source`` says
    which. ``flag`` says why a row is not comparable (another year due, scope, definition): then
    difference and ratios are missing. No figure is filled in.
    """
    known = _Known(corpus, context or Context(), _bases(targets, corpus))
    aligned = checked_aligned(aligned, only=ALIGNED)
    goals = aligned[aligned["kind"] == "target"]
    rows = {
        doc_id: list(own.itertuples()) for doc_id, own in goals.groupby("doc_id", observed=True)
    }
    if beside is not None:
        pairs = [(beside, d.doc_id) for d in corpus.documents if d.doc_id != corpus[beside].doc_id]
    given = _parents(corpus) if pairs is None else pairs
    lines = [
        _line(known, one, other, sides)
        for one, other in [(corpus[a], corpus[b]) for a, b in given]
        for sides in _beside(rows.get(one.doc_id, []), rows.get(other.doc_id, []))
    ]
    marked = [MARK] if MARK in aligned else []
    table = pd.DataFrame(lines, columns=[*columns_of("raised_targets"), *marked])
    whole = [f"{side}_{name}" for side in _SIDES for name in _WHOLE]
    numbers = [name for name in table if name.startswith(("ratio", "difference"))]
    numbers += [f"{side}_{name}" for side in _SIDES for name in ("low", "high", "base", "growth")]
    return table.astype({**dict.fromkeys(whole, "Int64"), **dict.fromkeys(numbers, float)})


_WHOLE = ("deadline", "horizon_year", "base_year")


def _parents(corpus: Corpus) -> list[tuple[str, str]]:
    """Every text with each of its parents that the corpus holds."""
    ids = {document.doc_id for document in corpus.documents}
    return [(a, d.doc_id) for d in corpus.documents for a in d.parents if a in ids]


def _bases(targets: pd.DataFrame | None, corpus: Corpus) -> list:
    """What the texts state as a fact of a year, led to the indicators: 2015年底达到1200件."""
    if targets is None:
        return []
    facts = targets[targets["kind"].eq("fact") & targets["deadline"].notna()]
    aligned = align_targets(facts.assign(kind="target"), indicators=corpus.indicators)
    return list(aligned.itertuples())


def _beside(parent: list, child: list) -> Iterator[tuple[Any, Any, str, str, list[str]]]:
    """Which targets stand beside each other: both rows, their stages, what keeps them apart."""
    for indicator in dict.fromkeys(row.indicator for row in parent):
        own = [[row for row in rows if row.indicator == indicator] for rows in (parent, child)]
        if not own[1]:
            continue
        sides = [_distinct(rows) for rows in own]
        found = [(a, b) for b in sides[1] for a in sides[0] if not unlike(a, b)]
        for a, b in found or [_nearest(*sides)]:
            yield a, b, _stage(a, sides[0]), _stage(b, sides[1]), unlike(a, b)


def _distinct(rows: list) -> list:
    """One row for each year, scope and definition of an indicator, the headline first."""
    kept: list = []
    for row in sorted(rows, key=lambda row: not row.headline):
        if not any(_repeats(row, other) for other in kept):
            kept.append(row)
    return kept


def _repeats(row: Any, other: Any) -> bool:
    """Whether a row says again what another says, for the same year or without one."""
    apart = set(unlike(row, other))
    return not apart or apart == {"no year"} and (row.low, row.high) == (other.low, other.high)


def _nearest(parent: list, child: list) -> tuple[Any, Any]:
    """The two that are most alike, final ones first."""
    finals = [[row for row in rows if _stage(row, rows) == "final"] for rows in (parent, child)]
    return min(((a, b) for a in finals[0] for b in finals[1]), key=lambda two: len(unlike(*two)))


def _stage(row: Any, rows: list) -> str:
    """``interim`` where the text sets the same for a later year, too."""
    due = year_due(row)
    later = (
        other for other in rows
        if unlike(row, other) == ["deadline"] and (year_due(other) or 0) > (due or 0)
    )  # fmt: skip
    return "interim" if any(later) else "final"


def _line(
    known: _Known, parent: Document, child: Document, sides: tuple[Any, Any, str, str, list[str]]
) -> dict:
    a, b, *stages, apart = sides
    if parent.doc_id not in child.parents and parent.level != child.level and is_total(a):
        apart = ["level", *apart]
    names = ("indicator", "indicator_zh", "indicator_en", "measure", "unit")
    line: dict[str, Any] = {"parent": parent.doc_id, "child": child.doc_id}
    line |= {name: getattr(a, name) for name in names}
    sources = []
    for side, row, stage, document in zip(_SIDES, (a, b), stages, (parent, child), strict=True):
        line |= {f"{side}_{name}": getattr(row, name) for name in _SHOWN}
        grown = _growth(row, document, known)
        line |= {f"{side}_{name}": value for name, value in grown.items() if name != "source"}
        line[f"{side}_stage"] = stage
        sources.append(grown.get("source", ""))
    if not apart:
        line |= _contrast(a, b)
        for name, ratio, source in _normalised(a, b, (parent, child), known):
            line[name] = ratio
            sources.append(source)
    said = "; ".join(dict.fromkeys(filter(None, sources)))
    marks = "; ".join(getattr(row, MARK) for row in (a, b) if is_corrected(row))
    return line | {"flag": "; ".join(apart), "source": said, MARK: marks}


def _contrast(a: Any, b: Any) -> dict[str, float]:
    """Percentage points between two rates, the ratio of two figures in any other unit."""
    first, second = value_of(a), value_of(b)
    if first is None or second is None:
        return {}
    if a.unit == "%":
        return {"difference": round(second - first, 10)}
    return {"ratio": second / first} if first else {}


def _normalised(
    a: Any, b: Any, documents: tuple[Document, Document], known: _Known
) -> Iterator[tuple[str, float, str]]:
    """The ratio of two totals for each person and yuan, where both places have the figure."""
    ratio, until = _contrast(a, b).get("ratio"), year_due(a)
    if ratio is None or until is None or not is_total(a):
        return
    for name, measure in _SIZES.items():
        figures = known.context.of_all(documents, measure, until)
        if figures:
            yield name, ratio * figures[0].value / figures[1].value, cited(figures)


def _growth(row: Any, document: Document, known: _Known) -> dict[str, Any]:
    """The base of a figure and what it comes to in a year; nothing where no base is known."""
    value, due = value_of(row), year_due(row)
    if row.measure != "level" or row.per_year or not value or due is None:
        return {}
    bases = {
        int(fact.deadline): (fact.low, fact.target_id)
        for fact in known.stated
        if fact.doc_id == row.doc_id and fact.indicator == row.indicator
        and fact.low == fact.high and fact.low and set(unlike(fact, row)) <= {"deadline"}
    }  # fmt: skip
    if not definition(row) and ("." in row.indicator or not row.scope):
        entered = known.context.of(document, row.indicator)
        bases |= {year: (figure.value, cited([figure])) for year, figure in entered.items()}
    year = max((year for year in bases if year < due), default=None)
    if year is None:
        return {}
    base, source = bases[year]
    growth = (value / base) ** (1 / (due - year)) - 1
    return {"base": base, "base_year": year, "growth": growth, "source": source}
