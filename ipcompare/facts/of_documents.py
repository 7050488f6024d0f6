"""Facts of the texts themselves: their provisions, their record, who is responsible."""

from collections.abc import Sequence

from ipcompare.clauses.counts import department_table
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
    theme,
)
from ipcompare.study import Study
from ipcompare.wording.themes import UNASSIGNED

COMMONEST = 10  # departments of which the share is told
FEW = 3  # departments of equal rank that are named


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
    """Which departments are named most, and which texts name none."""
    table = department_table(study.clauses)
    if table.empty:
        return None
    named = table[list(study.zh)].sum() > 0
    counts = table.set_index("unit")["n_provision"]
    values = {"all": len(table), "silent": documents(study, named.index[~named])}
    values |= {"unit": _few(highest(counts)), "top": counts.max()}
    if len(table) > COMMONEST:
        values |= {"share": counts.head(COMMONEST).sum() / counts.sum(), "ten": COMMONEST}
    if len(named) > 1:
        values |= {"n": len(named), "k": named.sum()}
    return values | ({"naming": named.sum()} if named.sum() > 1 else {})


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


def duties(study: Study) -> Values | None:
    """Under which theme departments are named most, and which department under most themes."""
    named = study.provisions[["clause_id", "units"]].explode("units").dropna()
    named = named.merge(study.themes[["clause_id", "theme"]], on="clause_id")
    assigned = named.loc[named["theme"] != UNASSIGNED, "theme"].value_counts()
    spread = named.groupby("units")["theme"].nunique()
    busiest = highest(assigned)
    if not busiest:
        return None
    return {
        "theme": joined(map(theme, busiest)), "n": assigned.max(),
        "unit": _few(highest(spread)), "spread": spread.max(),
    }  # fmt: skip


def _few(names: Sequence[str]) -> Both | None:
    """The names, where they are few enough to say something."""
    return joined(names) if len(names) <= FEW else None


FACTS: Facts = {
    "provisions": provisions, "record": record, "departments": departments, "place": place,
    "duties": duties,
}  # fmt: skip
