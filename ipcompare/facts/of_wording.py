"""Facts of wording: counterparts in other texts, shared passages, each text's own words, themes."""

import pandas as pd

from ipcompare.facts.values import (
    Facts,
    Values,
    document,
    documents,
    highest,
    joined,
    lowest,
    theme,
)
from ipcompare.study import NEAREST, Study
from ipcompare.wording.themes import UNASSIGNED

FEW = 10  # measures that are listed
CLEAR = 1.96  # the z above which a term sets a text apart


def coverage(study: Study, *, shares: pd.DataFrame) -> Values | None:
    """Which text has most, and which fewest, of its provisions matched in another."""
    matched = shares["share_matched"]
    if shares.empty:
        return None
    values = {"threshold": shares["threshold"].iloc[0]}
    if f"{matched.max():.0%}" == f"{matched.min():.0%}":
        return values | {"each": matched.iloc[0]}
    most, least = shares.loc[matched.idxmax()], shares.loc[matched.idxmin()]
    return values | {
        "a": document(study, most["doc_a"]), "b": document(study, most["doc_b"]),
        "high": most["share_matched"], "low": least["share_matched"],
        "c": document(study, least["doc_a"]), "d": document(study, least["doc_b"]),
    }  # fmt: skip


def measures(study: Study, *, measures: pd.DataFrame) -> Values | None:
    """How many measures all texts have, and how many only one."""
    n_in, n = measures["n_document"], len(study.zh)
    if measures.empty or n < 2:
        return None
    common = measures[n_in == n]
    values = {"n": len(measures), "k": len(common), "alone": (n_in == 1).sum()}
    if 0 < len(common) <= FEW:
        first = next(iter(study.zh))
        names = (_heading(cell) for cell in common[first])
        values |= {"x": document(study, first), "common": joined(names)}
    return values


def _heading(cell: str) -> str:
    """The heading of the first provision in a cell, its pinpoint where it has none."""
    pinpoint, _, heading = cell.split("；")[0].partition(" ")
    return heading or pinpoint


def reuse(study: Study) -> Values | None:
    """How much of the texts stands in another, word for word or nearly."""
    if len(study.zh) < 2:
        return None
    own = study.passages[~study.passages["formula"]]
    anywhere = study.reuse[study.reuse["other_id"].isna()].set_index("doc_id")["share_own"].dropna()
    if own.empty or anywhere.empty:
        return {}
    values = {"n": len(own), "longest": own["n_equal"].max(), "high": anywhere.max()}
    values |= {"nearest": NEAREST} if study.nearest_pairs else {}
    if f"{anywhere.max():.0%}" == f"{anywhere.min():.0%}":
        return values
    x, y = documents(study, highest(anywhere)), documents(study, lowest(anywhere))
    return values | {"x": x, "y": y, "low": anywhere.min()}


def terms(study: Study) -> Values | None:
    """The term that sets a text apart most, and the texts that few terms set apart."""
    if study.terms.empty:
        return None
    first = study.terms.loc[study.terms["z"].idxmax()]
    clear = study.terms[study.terms["z"] > CLEAR].groupby("doc_id").size()
    clear = clear.reindex(list(study.zh), fill_value=0)
    term = "term" if first["z"] > CLEAR else "weak"
    return {
        term: first["term"], "x": document(study, first["doc_id"]), "n": first["n"],
        "rest": first["n_rest"], "z": first["z"], "clear": CLEAR,
        "fewest": documents(study, lowest(clear)), "few": clear.min(),
    }  # fmt: skip


def theme_shares(study: Study) -> Values | None:
    """The theme on which one text goes furthest beyond all others, and what has no theme."""
    shares = study.theme_profile.pivot(index="doc_id", columns="theme", values="share").dropna()
    if shares.empty:
        return None
    none, assigned = shares[UNASSIGNED], shares.drop(columns=UNASSIGNED)
    if len(shares) == 1:
        only = assigned.iloc[0]
        return {"theme": theme(only.idxmax()), "share": only.max(), "open": none.iloc[0]}
    beyond = assigned.apply(lambda share: share.max() - share.drop(share.idxmax()).max())
    share = assigned[beyond.idxmax()]
    others = share.drop(share.idxmax())
    if f"{share.max():.0%}" == f"{others.max():.0%}":
        return None
    values = {"next": others.max()}
    if len(others) == 1:
        values = {"y": document(study, others.index[0]), "other": others.iloc[0]}
    return values | {
        "theme": theme(beyond.idxmax()), "x": document(study, share.idxmax()),
        "high": share.max(), "least": none.min(), "most": none.max(),
    }  # fmt: skip


FACTS: Facts = {
    "coverage": coverage, "measures": measures, "reuse": reuse, "terms": terms,
    "theme-shares": theme_shares,
}  # fmt: skip
