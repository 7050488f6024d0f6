"""Facts of the texts themselves: their provisions, their record, who is responsible."""

import pandas as pd

from ipcompare.clauses.functions import department_functions
from ipcompare.facts.values import (
    Both,
    Facts,
    Link,
    Values,
    document,
    documents,
    highest,
    joined,
    lowest,
    phrase,
)
from ipcompare.study import Study

FEW = 3  # functions of equal rank that are named
NAMED = 12  # functions common to all texts that are named


def provisions(study: Study) -> Values:
    """How many numbered provisions there are, and where most and fewest."""
    counts = study.provisions.groupby("doc_id").size().reindex(list(study.zh), fill_value=0)
    values = {"all": counts.sum()}
    if len(counts) < 2:
        return values
    values |= {"n": len(counts), "most": documents(study, highest(counts))}
    if values["most"] is None:
        return values | {"each": counts.iloc[0]}
    fewest = documents(study, lowest(counts))
    return values | {"low": counts.min(), "high": counts.max(), "fewest": fewest}


def record(study: Study) -> Values | None:
    """What the texts do not say of themselves."""
    table = study.corpus.table.set_index("doc_id")
    gaps = table[["title", "doc_number", "date_issued"]].isna()
    lacking = {
        "untitled": documents(study, gaps.index[gaps["title"]]),
        "unnumbered": documents(study, gaps.index[gaps["doc_number"]]),
        "undated": documents(study, gaps.index[gaps["date_issued"]]),
    }
    if not any(lacking.values()):
        return None
    several = {"k": gaps.any(axis=1).sum(), "n": len(gaps)} if len(gaps) > 1 else {}
    return lacking | several


def departments(study: Study) -> Values | None:
    """Which function is named most within each text, and which texts name none."""
    table = department_functions(study.clauses)
    if table.empty:
        return None
    naming = study.provisions[study.provisions["units"].map(bool)]
    totals = naming.groupby("doc_id", observed=True).size()
    named = [doc_id for doc_id in study.zh if doc_id in totals.index]
    silent = [doc_id for doc_id in study.zh if doc_id not in totals.index]
    values = {
        "each": joined((_most_named(study, table, doc, totals[doc]) for doc in named), "semicolon"),
        "silent": documents(study, silent),
    }
    return values | ({"n": len(study.zh), "k": len(named)} if len(study.zh) > 1 else {})


def _most_named(study: Study, table: pd.DataFrame, doc_id: str, total: int) -> Both:
    """The functions named most in one text; of many equal ones how many they are."""
    counts = table[doc_id]
    first = table[counts == counts.max()]
    about = {"document": document(study, doc_id), "n": str(counts.max()), "m": str(total)}
    if len(first) > FEW:
        return phrase("functions_of", c=str(len(first)), **about)
    return phrase("function_of", function=_names(first), **about)


def place(study: Study) -> Values | None:
    """Where one provision stands in its file, and how it is cited: the last as an example."""
    if study.provisions.empty:
        return None
    row = study.provisions.iloc[-1]
    pinpoint, start, end = (
        Link(row["pinpoint"], row["clause_id"]),
        row["char_start"],
        row["char_end"],
    )
    where = phrase("plain_provision", document=document(study, row["doc_id"]), pinpoint=pinpoint)
    return {"clause": where, "start": start, "end": end, "cited": [row["clause_id"]]}


def _names(functions: pd.DataFrame) -> Both | None:
    """The names of some functions."""
    return joined(Both(*pair) for pair in zip(functions["zh"], functions["en"], strict=True))


def duties(study: Study) -> Values | None:
    """Which functions every text names that names any, and how many only one does."""
    table = department_functions(study.clauses)
    naming = int((table[list(study.zh)] > 0).any().sum()) if len(table) else 0
    if naming < 2:
        return None
    shared, once = table[table["n_text"] == naming], int((table["n_text"] == 1).sum())
    names = _names(shared) if len(shared) <= NAMED else None
    return {"k": naming, "all": len(table), "c": len(shared), "once": once, "which": names}


FACTS: Facts = {
    "provisions": provisions, "record": record, "departments": departments, "place": place,
    "duties": duties,
}  # fmt: skip
