"""Which row of the workbook holds the evidence of a cell of a matrix."""

from collections.abc import Iterator, Mapping

import pandas as pd

from ipcompare.words import word

MATRICES = {"target-matrix": "target", "incentive-matrix": "incentive"}
NUMBERS, IN_WORDS = "aligned-targets", "goals-in-words"
NAMES = 2  # the first columns of a matrix: theme and indicator


def evidence_links(tables: Mapping[str, pd.DataFrame], name: str) -> dict[tuple[int, str], str]:
    """The address of the evidence by row and column of the matrix ``name``; else nothing.

    ``'aligned-targets'!A7`` is the row of the first number of a cell. A cell in words leads to its
    row in ``goals-in-words``; one that says that nothing was found leads nowhere.
    """
    kind = MATRICES.get(name.removesuffix("-en"))
    if kind is None:
        return {}
    lang = "en" if name.endswith("-en") else "zh"
    rows = dict(_rows(tables, kind, f"indicator_{lang}"))
    matrix, nothing = tables[name], word("quantity.not_stated", lang)
    return {
        (n, doc_id): rows[indicator, doc_id]
        for doc_id in matrix.columns[NAMES:]
        for n, (indicator, said) in enumerate(zip(matrix.iloc[:, 1], matrix[doc_id], strict=True))
        if said != nothing and (indicator, doc_id) in rows
    }


def _rows(
    tables: Mapping[str, pd.DataFrame], kind: str, named: str
) -> Iterator[tuple[tuple[str, str], str]]:
    """Indicator and document with their row; of several the one that the cell begins with."""
    for sheet in (IN_WORDS, NUMBERS):  # the later goes before: a number before words
        table = tables.get(sheet, pd.DataFrame(columns=["kind"]))
        shown = table["kind"] == kind
        shown &= table["headline"].astype(bool) if "headline" in table else True
        for n in reversed(range(len(table))):
            if shown.iloc[n]:
                at = table[named].iloc[n], table["doc_id"].iloc[n]
                yield at, f"'{sheet}'!A{n + 2}"  # 2: the head, and rows count from 1
