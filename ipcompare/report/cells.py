"""The cells of the report: any value escaped, in both languages, leading to its evidence."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote as url_quote

import pandas as pd
from markupsafe import Markup, escape

from ipcompare.citations import citation
from ipcompare.exports.corrected_notes import correction_marks
from ipcompare.exports.presenting import DOCUMENTS
from ipcompare.quantities.printed import printed_quantity
from ipcompare.quantities.units import unit_name
from ipcompare.report.both import both, coded, doc_name, words
from ipcompare.study import Study
from ipcompare.words import LANGS

Cell = Markup | str


# --- links to the evidence ------------------------------------------------------------------------


def clause_link(clause_id: str, label: Cell) -> Markup:
    """A link to a provision: to its row in the clause table, or with scripts to the panel."""
    link = Markup('<a class="ev" href="#{}" data-clause="{}">{}</a>')
    return link.format(url_quote(clause_id), clause_id, label)


def target_link(target_id: str, clause_id: str, label: Cell) -> Markup:
    """A number that opens its evidence."""
    link = Markup('<a class="ev num" href="#{}" data-target="{}">{}</a>')
    return link.format(url_quote(clause_id), target_id, label)


def pair_link(a: str, b: str, label: Cell) -> Markup:
    """A score that opens the two provisions side by side."""
    link = Markup('<a class="ev num" href="#{}" data-clause="{}" data-match="{}">{}</a>')
    return link.format(url_quote(a), a, b, label)


# --- cells ----------------------------------------------------------------------------------------


def _clause_cell(row: Any, made: Study, key: str = "clause_id", *, named: bool = False) -> Cell:
    """The pinpoint; with ``named`` also document and heading."""
    clause_id = getattr(row, key)
    clause = made.clause.get(clause_id)
    if clause is None:
        return escape(plain_cell(clause_id))
    link = clause_link(clause_id, clause.pinpoint or clause_id)
    if not named:
        return link
    heading = clause.heading if isinstance(clause.heading, str) else ""
    name = doc_name(made, clause.doc_id)
    return Markup('{} {}<span class="heading">{}</span>').format(name, link, heading)


def _target_cell(row: Any, made: Study) -> Cell:
    """The number: as aligned where the row has an aligned unit, else as the text has it."""
    found = made.target.get(row.target_id)
    if found is None:
        return escape(plain_cell(row.target_id))
    printed = row if hasattr(row, "indicator_zh") else found
    label = both(*(printed_quantity(printed, lang) for lang in LANGS))
    return target_link(found.target_id, found.clause_id, label)


def _score_cell(row: Any, made: Study) -> Cell:
    """A score; of two provisions a link to both."""
    a, b = (getattr(row, name, None) for name in ("clause_id", "match_id"))
    if _said(row.score) and a in made.clause and b in made.clause:
        return pair_link(a, b, f"{row.score:.2f}")
    return plain_cell(row.score)


def _flag_cell(row: Any, made: Study, column: str = "flag") -> Cell:
    """Remarks with the names of the flags in both languages; a target_id as a link to it."""
    parts = []
    for flag in filter(None, plain_cell(getattr(row, column)).split("; ")):
        name, colon, said = flag.partition(": ")
        other = made.target.get(said)
        if other is not None:
            said = target_link(said, other.clause_id, f"{other.number}{other.unit}")
        parts.append(Markup("{}{}{}").format(coded("flag", name), colon, said))
    return Markup("; ").join(parts)


def _names(row: Any) -> tuple[Any, Any]:
    return row.indicator_zh, getattr(row, "indicator_en", row.indicator_zh)


def _span(row: Any) -> list[Any]:
    return [getattr(row, name, None) for name in ("char_start", "char_end")]


def _block(tag: str, style: str, text: str) -> Markup:
    return Markup("<{0} class={1}>{2}</{0}>").format(tag, style, text)


def _documents(value: Any, made: Study) -> Cell:
    """The names of the documents whose ids the cell holds."""
    ids = [id for id in plain_cell(value).split("、") if id]
    return words("punctuation.joint").join(doc_name(made, id) for id in ids)


def _twin(column: str) -> Callable[[Any, Study], Cell]:
    """The cell of a column that has a twin in English."""
    names = (column, f"{column}_en")
    return lambda row, made: both(
        *(plain_cell(getattr(row, k, getattr(row, column))) for k in names)
    )


CELLS: dict[str, Callable[[Any, Study], Cell]] = {
    "clause_id": _clause_cell,
    "target_id": _target_cell,
    "score": _score_cell,
    "char_start": lambda row, made: "–".join(filter(None, map(plain_cell, _span(row)))),
    "citation": lambda row, made: _block("span", "citation", citation(made.corpus[row.doc_id])),
    "text": lambda row, made: _block("div", "clamp", plain_cell(row.text)),
    "quote": lambda row, made: _block("div", "clamp", plain_cell(row.quote)),
    "units": lambda row, made: _block("div", "clamp", plain_cell(row.units)),
    "indicator_zh": lambda row, made: both(*map(plain_cell, _names(row))),
    "flag": _flag_cell,
    "unlike": lambda row, made: _flag_cell(row, made, "unlike"),
    "corrected": lambda row, made: both(
        *(correction_marks(plain_cell(row.corrected), lang) for lang in LANGS)
    ),
    **{name: _twin(name) for name in ("said", "cure")},
    "unit": lambda row, made: both(*(unit_name(plain_cell(row.unit), lang) for lang in LANGS)),
    "zh": lambda row, made: both(*(plain_cell(getattr(row, k, row.zh)) for k in LANGS)),
}


# Numbers that open their evidence, with the column that names it.
EVIDENCE = {
    "number": "target_id", "low": "target_id", "value": "target_id",
    "parent_low": "parent_target_id", "child_low": "child_target_id",
}  # fmt: skip


def _said(value: Any) -> bool:
    return not (value is None or value is pd.NA or value != value)


def plain_cell(value: Any) -> str:
    """A value without a meaning of its own: at most two decimals, lists joined, missing empty."""
    if isinstance(value, list | tuple):
        return "、".join(map(str, value))
    if not _said(value):
        return ""
    if isinstance(value, bool):
        return "✓" if value else ""
    if not isinstance(value, float):
        return str(value)
    whole = abs(value) > 1 and value == int(value)
    return f"{value:.0f}" if whole else f"{value:.2f}"


def cell(row: Any, column: str, made: Study, columns: list[str]) -> Cell:
    if column in ("clause_id", "match_id") and "doc_id" not in columns:
        return _clause_cell(row, made, column, named=True)
    evidence = made.target.get(getattr(row, EVIDENCE.get(column, ""), ""))
    if evidence is not None:
        label = plain_cell(getattr(row, column))
        return target_link(evidence.target_id, evidence.clause_id, label)
    made_by = CELLS.get(column)
    if made_by is not None:
        return made_by(row, made)
    value = getattr(row, column)
    if column in DOCUMENTS and any(map(made.zh.get, plain_cell(value).split("、"))):
        return _documents(value, made)
    return coded(column, value) if isinstance(value, str) else plain_cell(value)
