"""The matrices of the report: indicators by documents, each number a link to its evidence."""

import pandas as pd
from markupsafe import Markup

from ipcompare.indicators.in_words import covers
from ipcompare.indicators.matrices import incentive_matrix, matrix_rows, printed_rows, target_matrix
from ipcompare.quantities.printed import printed_quantity
from ipcompare.report.both import both, coded, doc_name, title
from ipcompare.report.cells import Cell, target_link
from ipcompare.report.table_views import Head, Row, TableView
from ipcompare.study import Study
from ipcompare.words import LANGS, word


def matrix_view(made: Study, kind: str) -> TableView:
    """Indicators by documents, every number a link to its evidence."""
    tables = _matrices(made, kind)
    rows = made.aligned[made.aligned["kind"] == kind]
    indicators = list(matrix_rows(made.aligned, kind, made.qualitative)["indicator"])
    groups = rows.groupby(["indicator", "doc_id"], observed=True)
    cells = {key: printed_rows(list(group.itertuples())) for key, group in groups}
    heads = [Head(title("indicator_zh"))]
    heads += [Head(doc_name(made, doc_id), "", doc_id) for doc_id in tables["zh"].columns]
    lines, above = [], None
    for n, indicator in enumerate(indicators):
        (group, name), (_, name_en) = (tables[lang].index[n] for lang in LANGS)
        line: list[Cell] = [both(name, name_en)]
        for doc_id in tables["zh"].columns:
            texts = [tables[lang].iloc[n][doc_id] for lang in LANGS]
            found = cells.get((indicator, doc_id), [])
            line.append(_matrix_cell(made, texts, found, (kind, indicator, doc_id)))
        lines.append(Row(line, group=coded("theme", group) if group != above else ""))
        above = group
    return TableView(heads, lines)


def _matrices(made: Study, kind: str) -> dict[str, pd.DataFrame]:
    """The matrix of one kind in both languages."""
    make, said = target_matrix if kind == "target" else incentive_matrix, made.qualitative
    return {lang: make(made.aligned, lang=lang, qualitative=said) for lang in LANGS}


def _matrix_cell(made: Study, texts: list[str], rows: list, at: tuple[str, str, str]) -> Cell:
    """The text of the matrix with links on its numbers; words lead to the phrase they quote."""
    if texts[0] == word("quantity.not_stated", "zh"):
        return Markup('<span class="none">{}</span>').format(both(*texts))
    if rows:
        return both(linked(texts[0], rows, "zh"), linked(texts[1], rows, "en"))
    kind, indicator, doc_id = at
    speaks = covers(indicator)
    for n, row in enumerate(made.qualitative.itertuples(), 1):
        if (row.kind, row.doc_id) == (kind, doc_id) and speaks(row.indicator):
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
