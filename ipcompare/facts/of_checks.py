"""Facts of how right the results are: against judgements, coders and public recognisers."""

import pandas as pd

from ipcompare.checks.other_places import rules_digest
from ipcompare.checks.theme_codes import ALL, theme_alpha, theme_rules_digest, theme_summary
from ipcompare.checks.theme_codes import theme_scores as scored_themes
from ipcompare.checks.variants import used_variant
from ipcompare.facts.values import Both, Facts, Values, coded, joined, theme
from ipcompare.study import Study

# Scores that are of no single field, and one field by two rules.
OF_ALL = ("precision", "recall", "all_overlap", "all_verbatim", "indicator_verbatim")
_TOLD = ("threshold", "n", "n_right", "precision", "low", "high", "recall")
WORST = 3  # themes whose scores are lowest,
ENOUGH = 5  # of those that so many coded provisions serve


def judged(study: Study, *, variants: pd.DataFrame) -> Values:
    """How the matches agree with the judgements, beside words of the body alone."""
    used, plain = used_variant(variants), variants.iloc[0]
    return {
        "method": coded("variant", used["variant"]), "ndcg": used["ndcg_5"], "p": used["p_1"],
        "plain_ndcg": plain["ndcg_5"], "plain_p": plain["p_1"],
    }  # fmt: skip


def threshold(study: Study, *, scores: pd.DataFrame) -> Values:
    """How far matches and rows can be trusted: on all judged texts, and each left out."""
    judged = scores["left_out"].dropna()
    values = {"judged": judged.nunique()}
    for check, name in (("best_match", ""), ("row", "row_")):
        for grade, said in (("same", ""), ("related", "related_")):
            own = scores[(scores["check"] == check) & (scores["grade"] == grade)]
            whole, left = own[own["left_out"].isna()].iloc[0], own[own["left_out"].notna()]
            about = {column: whole[column] for column in _TOLD}
            about |= {"t_low": left["threshold"].min(), "t_high": left["threshold"].max()}
            about |= {"p_low": left["precision"].min(), "p_high": left["precision"].max()}
            values |= {f"{name}{said}{key}": value for key, value in about.items()}
    return values


def accuracy(study: Study, *, scores: pd.DataFrame, places: pd.DataFrame) -> Values:
    """How many quantities are found and right: on other places first, then on our own texts."""
    first, own = _groups(scores)
    fields = first.drop(index=[name for name in OF_ALL if name in first.index])
    values = _group(first) | _lowest(fields) | _read_by_older_rules(places)
    for name, check in (("overlap", "all_overlap"), ("verbatim", "all_verbatim")):
        values[name] = first.at[check, "share"]
        if own is not None:
            values[f"own_{name}"] = own.at[check, "share"]
    return values | ({} if own is None else _group(own, prefix="own_"))


def _groups(scores: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """The scores by check of the group that comes first, and of our own texts where that is not."""
    tables = [part.set_index("check") for _, part in scores.groupby("texts", sort=False)]
    return tables[0], tables[-1] if len(tables) > 1 else None


def _group(table: pd.DataFrame, *, prefix: str = "", of: str = "") -> Values:
    """What is said of a group first: which texts, how many, precision and recall."""
    recall = table.loc[f"{of}recall"]
    values = {
        "group": coded("texts", table["texts"].iloc[0]), "k": int(recall["n_documents"]),
        "n": int(recall["n"]), "recall": recall["share"],
        "precision": table.at[f"{of}precision", "share"],
    }  # fmt: skip
    return {prefix + name: value for name, value in values.items()}


def _read_by_older_rules(places: pd.DataFrame) -> Values:
    stale = places.loc[places["rules"] != rules_digest(), "doc_id"].nunique()
    return {"stale": stale or None}


def _lowest(scores: pd.DataFrame) -> Values:
    """The check with the lowest share; nothing where all is right."""
    shares = scores["share"].dropna()
    if shares.empty or shares.min() == 1:
        return {}
    row = scores.loc[shares.idxmin()]
    about = {"worst": coded("check", row.name), "n_right": int(row["n_right"])}
    return about | {"n_worst": int(row["n"]), "from": row["low"], "to": row["high"]}


def disagreements(study: Study, *, listed: pd.DataFrame) -> Values | None:
    """On what we and the coders disagree."""
    counts = listed["check"].value_counts()
    if counts.empty:
        return None
    return {"n": len(listed), "counts": joined(_count(*item) for item in counts.items())}


def _count(check: str, n: int) -> Both:
    return Both(*(f"{word} {n}" for word in coded("check", check)))


def structure(study: Study, *, scores: pd.DataFrame) -> Values:
    """How right the numbering of other places is, and on our own texts every part of the rows."""
    first, own = _groups(scores)
    values = _group(first, of="numbering_")
    if own is None:
        return values
    row = own.loc[own["share"].idxmin()]
    values |= {"low": row["share"], "from": row["low"], "to": row["high"]}
    return values | _group(own, prefix="own_", of="row_")


def recognizers(study: Study, *, tools: pd.DataFrame) -> Values:
    """How many quantities each public recogniser reads, and how many comparators."""
    rows = list(tools[tools["units"] == "all"].itertuples())
    signs = [row for row in rows if row.n_comparator]
    right = (f"{row.tool} {row.n_comparator_right}/{row.n_comparator}" for row in signs)
    return {
        "read": joined(f"{row.tool} {row.n_value_unit}/{row.n}" for row in rows),
        "signs": joined(right),
        "turned": joined(f"{row.tool} {row.n_opposite}" for row in signs if row.n_opposite),
    }  # fmt: skip


def standard(study: Study, *, agreement: pd.DataFrame) -> Values:
    """How far the coders of the standard agree, in each group of texts."""
    marked = agreement[agreement["field"] == "mention"]
    values: Values = {"alone": int((marked["n"] - marked["n_same"]).sum())}
    groups = list(agreement.groupby("texts", sort=False))
    for prefix, (name, part) in zip(("", "own_"), (groups[0], groups[-1]), strict=True):
        shares = part.set_index("field")["share"]
        fields = shares.drop(index=["mention", "indicator"], errors="ignore")
        about = {"group": coded("texts", name), "low": fields.min(), "own": shares["indicator"]}
        values |= {prefix + key: value for key, value in about.items()}
    return values


def theme_scores(study: Study, *, codes: pd.DataFrame, found: pd.DataFrame) -> Values | None:
    """How right the themes are where the rules had not been corrected, and on our own texts."""
    scores = scored_themes(codes, found).set_index(["sample", "theme"])
    if ("held_out", ALL) not in scores.index:
        return None
    held, summary = scores.loc["held_out"], theme_summary(codes, found).set_index("sample")
    values = {"precision": held.at[ALL, "precision"], "recall": held.at[ALL, "recall"]}
    counts = summary.loc["held_out"]
    values |= {"n": counts["n_served"], "missed": counts["n_missed"], "alpha": theme_alpha(codes)}
    if "five" in summary.index:
        own = scores.loc[("five", ALL)]
        values |= {"own_precision": own["precision"], "own_recall": own["recall"]}
    if counts["n_off"]:
        values |= {"off": counts["n_off"], "taken": counts["n_taken"]}
    enough = held.drop(ALL)[lambda table: table["n_gold"] >= ENOUGH]
    worst = enough["f1"].nsmallest(WORST).items()
    stale = (found["rules"] != theme_rules_digest()).sum()
    return values | {"worst": joined(_f1(*item) for item in worst), "stale": stale or None}


def _f1(name: str, f1: float) -> Both:
    return Both(*(f"{word} {f1:.2f}" for word in theme(name)))


FACTS: Facts = {
    "judged": judged, "threshold": threshold, "accuracy": accuracy,
    "disagreements": disagreements, "structure": structure, "recognizers": recognizers,
    "standard": standard, "theme-scores": theme_scores,
}  # fmt: skip
