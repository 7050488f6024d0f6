"""Who carries the provisions: the responsible departments, counted."""

import pandas as pd

from ipcompare.frames import PROVISIONS, checked, documents_in


def department_table(clauses: pd.DataFrame) -> pd.DataFrame:
    """One row a responsible department as written: the provisions that name it.

    ``unit``, ``n_provision`` in all documents, then a column a document; those named most often
    first. Spellings of one department are not merged: ``department_functions`` merges them.
    """
    clauses = checked(clauses, "clauses")
    provisions = clauses[clauses["role"].isin(PROVISIONS)]
    duties = provisions[["clause_id", "doc_id", "units"]].explode("units").dropna()
    duties = duties.drop_duplicates(["clause_id", "units"])
    table = pd.crosstab(duties["units"], duties["doc_id"].astype(str))
    table = table.reindex(columns=documents_in(clauses), fill_value=0)
    table.insert(0, "n_provision", table.sum(axis=1))
    table = table.sort_index().sort_values("n_provision", ascending=False, kind="stable")
    return table.rename_axis("unit").rename_axis(None, axis=1).reset_index()
