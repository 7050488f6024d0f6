"""Facts of wording: counterparts in other texts, shared passages, each text's own words, themes."""

import pandas as pd

from ipcompare.checks.yardsticks import yardsticks
from ipcompare.facts.values import (
    Facts,
    Values,
    document,
    documents,
    highest,
    joined,
    lowest,
    phrase,
    theme,
)
from ipcompare.study import MOST_HOLDERS, Study
from ipcompare.wording.distinctive import MAX_Q
from ipcompare.wording.novelty import reuse_floor
from ipcompare.wording.themes import UNASSIGNED, themes, trusted_themes

UNRELATED = "other_subject_other_government"  # the yardstick of what need not mean anything
FEW = 10  # measures that are listed


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
    if len(study.whole.documents) < 2:
        return None
    own = study.passages[~study.passages["formula"]]
    anywhere = study.reuse[study.reuse["other_id"].isna()].set_index("doc_id")
    shares = anywhere["share_own"].dropna()
    if own.empty or shares.empty:
        return {}
    values = {"n": len(own), "longest": own["n_equal"].max(), "high": shares.max()}
    values |= {"holders": MOST_HOLDERS} if study.many else {}
    values |= {"floor": reuse_floor(), **_direction(study, own, anywhere["share_net"].dropna())}
    if f"{shares.max():.0%}" == f"{shares.min():.0%}":
        return values
    x, y = documents(study, highest(shares)), documents(study, lowest(shares))
    return values | {"x": x, "y": y, "low": shares.min()}


def _direction(study: Study, own: pd.DataFrame, net: pd.Series) -> Values:
    """What is known of where shared wording comes from: who names whom, which source is older."""
    naming = own.dropna(subset="named")
    names = dict.fromkeys(zip(naming["doc_a"], naming["doc_b"], naming["named"], strict=True))
    said = [
        phrase("names", one=document(study, b if other == a else a), other=document(study, other))
        for a, b, other in names
    ]
    values: Values = {"named": joined(said, "semicolon"), "net": None if net.empty else net.max()}
    if not said and net.empty:
        values["unknown"] = ""
    return values


def sources(study: Study) -> Values | None:
    """The documents that the texts are made after and that the corpus does not hold."""
    outside = study.followed[study.followed["target_doc_id"].isna()]
    if outside.empty:
        return None
    called = outside["doc_number"].fillna("《" + outside["title"] + "》")
    numbered = outside["doc_number"].dropna()
    by_text = called.groupby(outside["doc_id"], observed=True, sort=False)
    said = [
        phrase("followed", document=document(study, doc_id), called=joined(names))
        for doc_id, names in by_text
    ]
    return {
        "n": called.nunique(), "named": joined(dict.fromkeys(numbered)),
        "by_text": joined(said, "semicolon"),
    }  # fmt: skip


def novel(study: Study) -> Values | None:
    """How new the provisions of each text are beside all others, and beside their parents."""
    table = study.novelty.dropna(subset="from_all")
    if table.empty or len(study.whole.documents) < 2:
        return None
    medians = table.groupby("doc_id", observed=True)["from_all"].median()
    far = yardsticks().set_index("kind")["best_high"][UNRELATED]
    values = {"top": 1 - far, "n": len(table), "new": (table["from_all"] >= 1 - far).sum()}
    parents = table["from_parents"].dropna()
    values |= {"no_parent": ""} if parents.empty else {"parents": parents.median()}
    if f"{medians.max():.2f}" == f"{medians.min():.2f}":
        return values | {"each": medians.max()}
    x, y = documents(study, highest(medians)), documents(study, lowest(medians))
    return values | {"x": x, "high": medians.max(), "y": y, "low": medians.min()}


def terms(study: Study) -> Values | None:
    """The terms that set a text apart, the texts that none does, and what the prior decides."""
    if len(study.zh) < 2:
        return None
    listed = study.terms
    values: Values = {"q": MAX_Q, "none": None}
    if listed.empty:
        return values | {"nothing": ""}
    first = listed.loc[listed["z"].idxmax()]
    counts = listed.groupby("doc_id").size().reindex(list(study.zh), fill_value=0)
    values |= {
        "k": len(listed), "term": first["term"], "x": document(study, first["doc_id"]),
        "n": first["n"], "rest": first["n_rest"],
        "none": documents(study, counts.index[counts == 0]),
    }  # fmt: skip
    kept = study.terms_by_prior.groupby("strength")["n_kept"].sum()
    weak, strong = kept.iloc[0], kept.iloc[-1]
    return values | {"weak": weak, "strong": strong}


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
    "sources": sources, "novelty": novel,
    "theme-shares": theme_shares,
}  # fmt: skip
