"""The matrices of the report: indicators by documents, each number a link to its evidence."""

from typing import Any

import pandas as pd
from markupsafe import Markup

from ipcompare.indicators.matrices import (
    cell_rows,
    incentive_matrix,
    printed_rows,
    target_matrix,
)
from ipcompare.indicators.statements import statements
from ipcompare.quantities.printed import printed_quantity
from ipcompare.report.both import both, coded, doc_name, title
from ipcompare.report.cells import Cell, target_link
from ipcompare.report.table_views import Head, Row, TableView
from ipcompare.study import Study
from ipcompare.words import LANGS


def matrix_view(made: Study, kind: str) -> TableView:
    """Indicators by documents: numbers and words lead to their evidence."""
    tables = _matrices(made, kind)
    said = statements(made.aligned, made.qualitative)
    said = said[said["kind"] == kind]
    rows = cell_rows(made.aligned, kind)
    heads = [Head(title("indicator_zh"))]
    heads += [Head(doc_name(made, doc_id), "", doc_id) for doc_id in tables["zh"].columns]
    lines, above = [], None
    for n, (_, cells) in enumerate(said.groupby("indicator", sort=False)):
        (group, name), (_, name_en) = (tables[lang].index[n] for lang in LANGS)
        line: list[Cell] = [both(name, name_en)]
        for cell in cells.itertuples():
            texts = [tables[lang].iloc[n][cell.doc_id] for lang in LANGS]
            line.append(_matrix_cell(made, texts, cell, printed_rows(cell, rows)))
        lines.append(Row(line, group=coded("theme", group) if group != above else ""))
        above = group
    return TableView(heads, lines)


def _matrices(made: Study, kind: str) -> dict[str, pd.DataFrame]:
    """The matrix of one kind in both languages."""
    make = incentive_matrix if kind == "incentive" else target_matrix
    return {lang: make(made.aligned, lang=lang, qualitative=made.qualitative) for lang in LANGS}


def _matrix_cell(made: Study, texts: list[str], said: Any, rows: list) -> Cell:
    """The text of the matrix with links on its numbers; words lead to the phrase they quote."""
    if said.state == "none":
        return Markup('<span class="none">{}</span>').format(both(*texts))
    if rows:
        return both(linked(texts[0], rows, "zh"), linked(texts[1], rows, "en"))
    cell = said.kind, said.stated_as, said.clause_id, said.doc_id
    for n, row in enumerate(made.qualitative.itertuples(), 1):
        if (row.kind, row.indicator, row.clause_id, row.doc_id) == cell:
            return target_link(f"q{n}", row.clause_id, both(*texts))
    return both(*texts)


def linked(text: str, rows: list, lang: str) -> Markup:
    """The text of a cell with each number a link; the whole cell where one is not found."""
    parts, at = [], 0
    for row in rows:
        label = printed_quantity(row, lang)
        found = text.find(label, at)
        if found < 0:
            return target_link(rows[0].target_id, rows[0].clause_id, text)
        parts += [text[at:found], target_link(row.target_id, row.clause_id, label)]
        at = found + len(label)
    return Markup("").join([*parts, text[at:]])
