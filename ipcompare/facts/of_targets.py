"""Facts of numbers: which targets the texts state, which they share, which of them compare."""

from itertools import combinations
from typing import Any

import pandas as pd

from ipcompare.facts.values import (
    Both,
    Facts,
    Values,
    coded,
    document,
    documents,
    highest,
    indicator,
    joined,
    lowest,
    number,
    phrase,
)
from ipcompare.indicators.alike import is_total, unlike, year_due
from ipcompare.indicators.in_words import statements
from ipcompare.quantities.evidence import Evidence
from ipcompare.quantities.printed import printed_due
from ipcompare.study import Study
from ipcompare.words import LANGS

_UNALIGNED = 5  # names that are listed
_TWICE = {"no year", "definition"}  # what may differ where a text states one target twice


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
    said = _spoken(study)
    if counts.max() < 2:
        return {"alone": len(counts), "spoken": said or None}
    first = goals[goals["indicator"] == counts.idxmax()].iloc[0]
    one = "top" if (counts == counts.max()).sum() == 1 else "some"
    return {
        "n": len(counts), "k": (counts > 1).sum(), "j": counts.max(), one: indicator(first),
        "spoken": said if said > (counts > 1).sum() else None,
    }  # fmt: skip


def _spoken(study: Study) -> int:
    """How many indicators two texts or more speak of, with a number or in words."""
    found = statements(study.aligned, study.qualitative)
    found = found[(found["kind"] == "target") & (found["state"] != "none")]
    return int((found.groupby("indicator")["doc_id"].nunique() > 1).sum())


def comparable(study: Study) -> Values | None:
    """Which indicators have figures that compare, the highest of each group first."""
    table = study.shared
    if table.empty:
        return None
    groups = [rows for _, rows in table.groupby("group")]
    n, k = table["indicator"].nunique(), table.dropna(subset="group")["indicator"].nunique()
    if not groups:
        return {"none": n}
    firsts = [next(rows.itertuples()) for rows in groups]
    totals = [row for row in firsts if is_total(row)]
    computed = table.loc[table["group"].notna() & table["deadline"].isna(), "doc_id"]
    bare = table["per_10k_persons"].isna().all() and table["per_100m_gdp"].isna().all()
    return {
        "n": n, "k": k, "rest": n - k or None,
        "groups": joined((_group(study, rows) for rows in groups), "semicolon"),
        "computed": documents(study, computed.astype(str).unique()),
        "totals": joined(map(indicator, totals)) if bare else None,
    }  # fmt: skip


def _group(study: Study, rows: pd.DataFrame) -> Both:
    """``发明专利（市，2020）郑州 ≥ 15 件/万人（约2020*）、鹤壁 10 件/万人``, each linked."""
    members = list(rows.itertuples())
    figures = []
    for row in members:
        about = {"document": document(study, row.doc_id), "number": number(row)}
        computed = pd.isna(row.deadline)
        about |= {"due": Both(*(printed_due(row, lang) for lang in LANGS))} if computed else {}
        figures.append(phrase("figure_due" if computed else "figure", **about))
    return phrase(
        "group", indicator=indicator(members[0]), level=coded("level", members[0].level),
        year=str(year_due(members[0])), figures=joined(figures),
    )  # fmt: skip


def raised(study: Study) -> Values | None:
    """Whether texts aim above their parents; without parents, that it cannot be said."""
    texts, table = len(study.zh), study.raised
    pairs = sum(parent in study.zh for one in study.corpus.documents for parent in one.parents)
    if texts < 2:
        return None
    if table.empty:
        return {"pairs": pairs} if pairs else {"texts": texts}
    alike = table[table["flag"] == ""]
    total = pd.Series([is_total(row) for row in alike.itertuples()], alike.index, dtype=bool)
    rates = alike[~total & (alike["difference"].notna() | alike["ratio"].notna())]
    above = (rates["difference"] > 0) | (rates["ratio"] > 1)
    values = {"n": len(table), "k": len(alike)}
    values |= {"r": len(rates), "h": int(above.sum())} if len(rates) else {}
    return values | {"t": int((total & alike["ratio"].notna()).sum()) or None}


def contradictions(study: Study) -> Values | None:
    """Statements of one text that cannot both be its figure for one date."""
    rows = {row.target_id: row for row in study.aligned.itertuples()}
    order, pairs = list(rows), set()
    for row in rows.values():
        for name, _, said in (flag.partition(": ") for flag in row.flag.split("; ")):
            if name == "contradiction" and said in rows:
                pairs.add(tuple(sorted((row.target_id, said), key=order.index)))
    if not pairs:
        return {"same": same} if (same := _repeated(study)) else None
    lines = (_contradiction(study, rows[a], rows[b]) for a, b in sorted(pairs))
    return {"n": len(pairs), "pairs": joined(lines, "semicolon")}


def _repeated(study: Study) -> int:
    """How many pairs of rows state a target of one text for the same date, or without one.

    For the whole or for one part of the jurisdiction, however it is counted.
    """
    goals = study.aligned[study.aligned["kind"] == "target"]
    groups = goals.groupby(["doc_id", "indicator"], observed=True)
    pairs = (pair for _, rows in groups for pair in combinations(rows.itertuples(), 2))
    return sum(set(unlike(*pair)) <= _TWICE for pair in pairs)


def _contradiction(study: Study, one: Any, other: Any) -> Both:
    """``郑州 2017“强企”：30 家与 50 家``, both numbers linked."""
    about = {"document": document(study, one.doc_id), "indicator": indicator(one)}
    return phrase("contradiction", **about, a=number(one), b=number(other))


def in_words(study: Study) -> Values | None:
    """How many goals and payments are stated in words only, and of how many things."""
    said = study.qualitative
    if said.empty:
        return None
    known = {name.partition(".")[0] for name in study.aligned["indicator"]}
    names = {name.partition(".")[0] for name in said["indicator"]}
    values = {
        "goals": (said["kind"] == "target").sum(),
        "paid": (said["kind"] == "incentive").sum(),
    }
    return values | {"n": len(names), "only": len(names - known) or None}


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
    "targets": targets, "kinds": kinds, "shared": shared, "comparable": comparable,
    "raised": raised, "contradictions": contradictions, "in-words": in_words,
    "evidence": evidence, "unaligned": unaligned,
}  # fmt: skip
