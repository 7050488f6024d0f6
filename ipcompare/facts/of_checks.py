"""Facts of how right the results are: against judgements, coders and public recognisers."""

import pandas as pd

from ipcompare.checks.recognizers import recognizer_totals
from ipcompare.checks.theme_codes import ALL, theme_alpha, theme_rules_digest, theme_summary
from ipcompare.checks.theme_codes import theme_scores as scored_themes
from ipcompare.checks.variants import used_variant
from ipcompare.facts.values import Both, Facts, Values, coded, document, joined, theme
from ipcompare.study import Study

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


def accuracy(study: Study, *, scores: pd.DataFrame) -> Values:
    """How many quantities are found, and how many of their fields are right."""
    table = scores.set_index("check")
    fields = table.drop(["precision", "recall"])
    low, high = fields["share"].min(), fields["share"].max()
    values = {"each": high} if low == high else {"low": low, "high": high}
    values |= {"n": table["n"].max(), **table["share"][["precision", "recall"]].to_dict()}
    return values | _lowest(fields)


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
    """How right numbers, headings and spans of the provisions are."""
    row = scores.loc[scores["share"].idxmin()]
    share = {"all": row["share"]} if row["share"] == 1 else {"low": row["share"]}
    return share | {"n": scores["n"].max(), "from": row["low"], "to": row["high"]}


def recognizers(study: Study, *, tools: pd.DataFrame) -> Values:
    """How many quantities each public recogniser reads, and how many comparators."""
    rows = list(recognizer_totals(tools).itertuples())
    signs = [row for row in rows if row.n_comparator]
    right = (f"{row.Index} {row.n_comparator_right}/{row.n_comparator}" for row in signs)
    return {
        "read": joined(f"{row.Index} {row.n_value_unit}/{row.n}" for row in rows),
        "signs": joined(right),
        "turned": joined(f"{row.Index} {row.n_opposite}" for row in signs if row.n_opposite),
    }  # fmt: skip


def speed(study: Study, *, tools: pd.DataFrame) -> Values:
    """How many characters each recogniser reads in a second."""
    pace = recognizer_totals(tools)["characters_per_second"]
    rank = pace.rank(ascending=False).astype(int)
    paces = joined(f"{tool} {characters:,}" for tool, characters in pace.items())
    return {"paces": paces, "rank": rank["ipcompare"], "n": len(rank)}


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


def standard(study: Study, *, gold: pd.DataFrame) -> Values:
    """How far the coders of the standard agree, and how much of it is one text."""
    agreed = gold[gold["coders"] == 2]
    same = (agreed["indicator"] == agreed["indicator_alt"]).sum()
    alone = (gold["coders"] == 1).sum()
    values = {"all": len(gold), "alone": alone or None, "n": len(agreed), "same": same}
    largest = agreed["doc_id"].value_counts(normalize=True)
    if len(largest) < 2:
        return values
    return values | {"x": document(study, largest.index[0]), "share": largest.iloc[0]}


FACTS: Facts = {
    "judged": judged, "threshold": threshold, "accuracy": accuracy,
    "disagreements": disagreements, "structure": structure, "recognizers": recognizers,
    "speed": speed, "standard": standard, "theme-scores": theme_scores,
}  # fmt: skip
