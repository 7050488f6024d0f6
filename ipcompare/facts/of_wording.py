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
from ipcompare.wording.themes import UNASSIGNED, themes, trusted_themes

FEW = 10  # measures that are listed
CLEAR = 1.96  # the z above which a term sets a text apart


def coverage(study: Study, *, shares: pd.DataFrame) -> Values | None:
    """In which text most, and fewest, of a text's specific provisions have a counterpart."""
    if shares.empty:
        return None
    matched = shares["share_matched"]
    values = {"threshold": shares["threshold"].iloc[0]}
    read = shares.loc[shares["judged"], "doc_a"].nunique()
    values |= {"judged": read or None, "unread": None if read else ""}
    most, least = shares.loc[matched.idxmax()], shares.loc[matched.idxmin()]
    values |= {"k": most["n_matched"], "n": most["n_a"], "high": most["share_matched"]}
    values |= {"a": document(study, most["doc_a"]), "b": document(study, most["doc_b"])}
    if f"{matched.max():.0%}" == f"{matched.min():.0%}":
        return values
    return values | {
        "j": least["n_matched"], "m": least["n_a"],
        "c": document(study, least["doc_a"]), "d": document(study, least["doc_b"]),
    }  # fmt: skip


def measures(study: Study, *, measures: pd.DataFrame) -> Values | None:
    """In how many rows all texts stand, and how many provisions stand alone."""
    n_in, n = measures["n_document"], len(study.zh)
    if measures.empty or n < 2:
        return None
    common = measures[n_in == n]
    values = {"n": (n_in > 1).sum(), "k": len(common), "alone": (n_in == 1).sum()}
    if 0 < len(common) <= FEW:
        values |= {"common": joined(common["name"])}
    return values


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
    """The trusted theme on which one text goes furthest beyond all others, and what has none."""
    shares = study.theme_profile.pivot(index="doc_id", columns="theme", values="share").dropna()
    if shares.empty:
        return None
    none, assigned = shares[UNASSIGNED], shares[trusted_themes()]
    left_out = [name for name in themes().names if name not in assigned]
    hidden = {"hidden": joined(map(theme, left_out))}
    if len(shares) == 1:
        only = assigned.iloc[0]
        return {"theme": theme(only.idxmax()), "share": only.max(), "open": none.iloc[0], **hidden}
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
        "high": share.max(), "least": none.min(), "most": none.max(), **hidden,
    }  # fmt: skip


FACTS: Facts = {
    "coverage": coverage, "measures": measures, "reuse": reuse, "terms": terms,
    "theme-shares": theme_shares,
}  # fmt: skip
