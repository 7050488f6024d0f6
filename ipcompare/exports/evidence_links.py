"""Which row of the workbook holds the evidence of a cell of a matrix."""

from collections.abc import Mapping

import pandas as pd

from ipcompare.indicators.in_words import covers
from ipcompare.words import word

MATRICES = {"target-matrix": "target", "incentive-matrix": "incentive"}
NUMBERS, IN_WORDS = "aligned-targets", "goals-in-words"
NAMES = 2  # the first columns of a matrix: theme and indicator


def evidence_links(tables: Mapping[str, pd.DataFrame], name: str) -> dict[tuple[int, str], str]:
    """The address of the evidence by row and column of the matrix ``name``; else nothing.

    ``'aligned-targets'!A7`` is the row of the headline number of a cell. A cell in words leads to
    its row in ``goals-in-words``; one that says that nothing was found leads nowhere.
    """
    kind = MATRICES.get(name.removesuffix("-en"))
    if kind is None or NUMBERS not in tables:
        return {}
    lang = "en" if name.endswith("-en") else "zh"
    matrix, nothing, links = tables[name], word("quantity.not_stated", lang), {}
    numbers, said = (_of_kind(tables.get(sheet), kind) for sheet in (NUMBERS, IN_WORDS))
    ids = {row[f"indicator_{lang}"]: row["indicator"] for _, row in (*said, *numbers)}
    for n, cells in enumerate(matrix.to_dict("records")):
        indicator = ids.get(cells[matrix.columns[1]], "")
        for doc_id in matrix.columns[NAMES:]:
            rows = [
                *(f"'{NUMBERS}'!A{at}" for at, row in numbers
                  if (row["indicator"], row["doc_id"]) == (indicator, doc_id)),
                *(f"'{IN_WORDS}'!A{at}" for at, row in said
                  if row["doc_id"] == doc_id and covers(indicator)(row["indicator"])),
            ]  # fmt: skip
            if rows and cells[doc_id] != nothing:
                links[n, doc_id] = rows[0]
    return links


def _of_kind(table: pd.DataFrame | None, kind: str) -> list[tuple[int, dict]]:
    """The rows of one kind, of numbers the headlines, with their row on the sheet (head: 1)."""
    rows = [] if table is None else table.to_dict("records")
    return [
        (at, row) for at, row in enumerate(rows, 2)
        if row["kind"] == kind and row.get("headline", True)
    ]  # fmt: skip
