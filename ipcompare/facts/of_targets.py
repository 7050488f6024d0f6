"""Facts of numbers: which targets the texts state, which they share, and what they leave unsaid."""

from typing import Any

import pandas as pd

from ipcompare.facts.values import (
    Both,
    Facts,
    Values,
    document,
    documents,
    highest,
    indicator,
    joined,
    lowest,
    number,
    phrase,
    theme,
)
from ipcompare.indicators.entries import rules
from ipcompare.indicators.shared import shared_targets, unsaid_targets
from ipcompare.indicators.statements import statements
from ipcompare.quantities.evidence import Evidence
from ipcompare.study import Study

_JOINT = "、"  # between documents in a cell
_UNALIGNED = 5  # names that are listed


def targets(study: Study) -> Values:
    """How many quantities are targets, and how many of these say by when."""
    if study.targets.empty:
        return {}
    table = study.coverage.set_index("doc_id")
    goals, dated = table["n_target"], table["share_deadline"].dropna().astype(float)
    values: Values = {"all": len(study.targets)}
    if not goals.sum():
        return values
    values |= {"goal": goals.sum(), "dated": table["n_deadline"].sum()}
    if most := documents(study, highest(goals)):
        values |= {"most": most, "m": goals.max()}
        values |= {"fewest": documents(study, lowest(goals)), "f": goals.min()}
    if most := documents(study, highest(dated)):
        values |= {"y": most, "high": dated.max()}
        values |= {"x": documents(study, lowest(dated)), "low": dated.min()}
    return values


def kinds(study: Study) -> Values | None:
    """Which share of the quantities are targets, and who states most incentives."""
    if study.targets.empty:
        return None
    paid = study.coverage.set_index("doc_id")["n_incentive"]
    share = (study.targets["kind"] == "target").mean()
    return {"share": share, "most": documents(study, highest(paid)), "n": paid.max()}


def shared(study: Study) -> Values | None:
    """The commonest indicator from its lowest to its highest value."""
    goals = study.goals
    counts = goals.groupby("indicator", sort=False)["doc_id"].nunique()
    if counts.empty or len(study.zh) < 2:
        return None
    if counts.max() < 2:
        return {"alone": len(counts)}
    rows = goals[goals["indicator"] == counts.idxmax()].sort_values("low", kind="stable")
    low, high, years = rows.iloc[0], rows.iloc[-1], sorted(rows["deadline"].dropna().unique())
    one = "top" if (counts == counts.max()).sum() == 1 else "some"
    values = {
        "n": len(counts), "k": (counts > 1).sum(), "j": counts.max(), one: indicator(low),
        "years": joined(map(str, years)), "cited": [high["clause_id"]],
        "silent": documents(study, rows.loc[rows["deadline"].isna(), "doc_id"]),
    }  # fmt: skip
    if low["low"] == high["low"]:
        return values
    ends = {"x": document(study, low["doc_id"]), "y": document(study, high["doc_id"])}
    return values | ends | {"a": number(low), "b": number(high)}


def leaders(study: Study) -> Values | None:
    """Who states the highest value of the shared indicators, and which do not depend on size."""
    table = shared_targets(study.aligned)
    leads = table["by"].str.split(_JOINT).explode().value_counts()
    leads = leads.reindex(list(study.zh), fill_value=0)
    if len(table) < 2 or not highest(leads):
        return None
    rates = table[table["unit"].str.contains("%|/")]
    named = (_rate(study, row) for row in rates.itertuples())
    return {
        "x": documents(study, highest(leads)), "k": leads.max(), "n": len(table),
        "rates": joined(named, "semicolon"),
    }  # fmt: skip


def _rate(study: Study, row: Any) -> Both:
    """``郑州 2017 每万人口发明专利拥有量``: who leads on a rate."""
    by = documents(study, row.by.split(_JOINT))
    return phrase("leader", documents=by, indicator=indicator(row))


def contradictions(study: Study) -> Values | None:
    """Statements of one text that cannot both be its figure for one date."""
    rows = {row.target_id: row for row in study.aligned.itertuples()}
    order, pairs = list(rows), set()
    for row in rows.values():
        for name, _, said in (flag.partition(": ") for flag in row.flag.split("; ")):
            if name == "contradiction" and said in rows:
                pairs.add(tuple(sorted((row.target_id, said), key=order.index)))
    if not pairs:
        return None
    lines = (_contradiction(study, rows[a], rows[b]) for a, b in sorted(pairs))
    return {"n": len(pairs), "pairs": joined(lines, "semicolon")}


def _contradiction(study: Study, one: Any, other: Any) -> Both:
    """``郑州 2017“强企”：30 家与 50 家``, both numbers linked."""
    about = {"document": document(study, one.doc_id), "indicator": indicator(one)}
    return phrase("contradiction", **about, a=number(one), b=number(other))


def themes(study: Study) -> Values | None:
    """Which theme has most indicators with a number, and which texts have numbers on few."""
    goals, names = study.goals, list(rules().themes)
    counts = goals.groupby("theme")["indicator"].nunique().reindex(names, fill_value=0)
    covered = goals.groupby("doc_id")["theme"].nunique().reindex(list(study.zh), fill_value=0)
    if goals.empty or not highest(counts):
        return None
    few = lowest(covered)
    return {
        "x": joined(map(theme, highest(counts))), "n": counts.max(),
        "y": joined(map(theme, lowest(counts))), "m": counts.min(), "t": len(names),
        "whole": documents(study, covered.index[covered == len(names)]),
        "few": documents(study, few), "c": covered.min(),
    }  # fmt: skip


def unsaid(study: Study) -> Values | None:
    """Which texts leave most, and fewest, of the shared indicators without a number."""
    counts = unsaid_targets(study.aligned).set_index("doc_id")["n_unsaid"]
    if not highest(counts):
        return None
    most, least = documents(study, highest(counts)), documents(study, lowest(counts))
    n = len(shared_targets(study.aligned))
    return {"n": n, "x": most, "m": counts.max(), "y": least, "f": counts.min()}


def in_words(study: Study) -> Values | None:
    """How many cells are in words only and how many without a statement; what several texts state.

    Numbers and words are counted apart: of how many indicators two texts or more give a number,
    and of how many a number or words.
    """
    said = statements(study.aligned, study.qualitative)
    if not (said["state"] == "words").any():
        return None
    kinds = {kind: said[said["kind"] == kind] for kind in ("target", "incentive")}
    words = {kind: int((rows["state"] == "words").sum()) for kind, rows in kinds.items()}
    own = said["stated_as"] == said["indicator"]
    number = {k: _several(rows[own & (rows["state"] == "number")]) for k, rows in kinds.items()}
    spoken = {k: _several(rows[rows["state"] != "none"]) for k, rows in kinds.items()}
    return {
        "goals": words["target"], "payments": words["incentive"],
        "none": (said["state"] == "none").sum(),
        "k": number["target"], "m": spoken["target"],
        "p": number["incentive"], "q": spoken["incentive"],
    }  # fmt: skip


def _several(said: pd.DataFrame) -> int:
    """How many indicators or schemes two documents or more have among these cells."""
    return int((said.groupby("indicator")["doc_id"].nunique() > 1).sum())


def reference(study: Study, *, comparison: pd.DataFrame) -> Values | None:
    """How many figures of the cities are above those of the text of reference."""
    if comparison.empty:
        return None
    values = {
        "base": document(study, comparison["reference"].iloc[0]), "n": len(comparison),
        "above": (comparison["ratio"] > 1).sum(), "plain": (comparison["flag"] == "").sum(),
    }  # fmt: skip
    record = study.corpus.table
    provinces, cities = (record[record["level"] == level] for level in ("province", "city"))
    other = cities[cities["province"].notna() & ~cities["province"].isin(provinces["province"])]
    if provinces.empty or other.empty:
        return values
    texts = {"province": provinces["doc_id"], "cities": other["doc_id"]}
    return values | {name: documents(study, doc_ids) for name, doc_ids in texts.items()}


def evidence(study: Study, *, proof: Evidence) -> Values:
    """Where one number stands in the file of its text."""
    (row,) = study.aligned[study.aligned["target_id"] == proof.target_id].itertuples()
    return {
        "number": number(row), "name": indicator(row), "x": document(study, proof.doc_id),
        "start": proof.char_start, "end": proof.char_end, "raw": proof.raw.strip(),
        "cited": [proof.clause_id],
    }  # fmt: skip


def unaligned(study: Study) -> Values | None:
    """How many quantities stay out of the matrix, and why."""
    if study.unaligned.empty:
        return None
    ours = study.unaligned["kind"].isin(["target", "incentive"])
    values: Values = {"n": len(study.unaligned), "all": len(study.targets)}
    values |= {"other": (~ours).sum() or None, "ours": ours.sum() or None}
    names = study.unaligned.loc[ours, "indicator"].dropna().unique()
    return values | ({"names": joined(names)} if 0 < len(names) <= _UNALIGNED else {})


FACTS: Facts = {
    "targets": targets, "kinds": kinds, "shared": shared, "leaders": leaders,
    "contradictions": contradictions, "themes": themes, "unsaid": unsaid, "in-words": in_words,
    "reference": reference, "evidence": evidence, "unaligned": unaligned,
}  # fmt: skip
