"""The reliability table that stands beside every exhibit that rests on codes."""

from collections.abc import Iterable

import pandas as pd

from ipcompare.frames import columns_of, require
from ipcompare.words import word

AGREEMENT = ("field", "n", "percent", "alpha", "alpha_low", "alpha_high", "note")


def reliability(
    agreement: pd.DataFrame | None, fields: Iterable[str], *, lang: str = "zh"
) -> pd.DataFrame:
    """The rows of the table of agreement for the fields of one exhibit, in the order of ``fields``.

    ``agreement`` as from ``agreement_table``, of which the rows over all documents are taken, or
    None where one coder has coded. A field that two did not code has a row that says so, with
    ``n`` 0.
    """
    fields = list(dict.fromkeys(fields))
    rows = pd.DataFrame(columns=list(AGREEMENT)) if agreement is None else agreement
    require(rows, AGREEMENT, "agreement_table")
    whole = rows[rows["doc_id"].isna() | rows["doc_id"].eq("")] if "doc_id" in rows else rows
    own = whole.loc[whole["field"].isin(fields), list(AGREEMENT)]
    table = own.set_index("field").reindex(fields)
    alone = table["n"].isna()
    table["n"] = table["n"].fillna(0).astype(int)
    table["note"] = table["note"].astype(object).where(~alone, word("coded.coded_once", lang))
    numbers = {name: float for name in AGREEMENT[2:6]}
    return table.astype(numbers).reset_index()[list(columns_of("reliability"))]
