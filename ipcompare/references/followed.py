"""The documents that a text as a whole is made after."""

import pandas as pd

from ipcompare.frames import PROVISIONS, checked, columns_of, leaf_provisions, same_documents
from ipcompare.references.graph import edges

_AFTER = ("based_on", "implements")


def followed_documents(references: pd.DataFrame, clauses: pd.DataFrame) -> pd.DataFrame:
    """One row a text and document that it rests on or carries out as a whole.

    These are named before the first provision or in it (为贯彻落实《…》, 根据《…》); what a later
    provision carries out concerns that provision. ``target_doc_id`` is missing where the corpus
    does not hold the document; ``title`` and ``doc_number`` as in ``edges``. In the order of the
    text.
    """
    references, clauses = checked(references, "references"), checked(clauses, "clauses")
    first = leaf_provisions(clauses).groupby("doc_id", observed=True)["clause_id"].first()
    before = clauses.loc[~clauses["role"].isin(PROVISIONS), "clause_id"]
    opening = references["clause_id"].isin({*before, *first})
    whole = references[opening & references["type"].isin(_AFTER)]
    found = edges(whole).drop_duplicates(["doc_id", "target_doc_id", "title", "doc_number"])
    table = found[list(columns_of("followed_documents"))].reset_index(drop=True)
    return same_documents(table, references)
