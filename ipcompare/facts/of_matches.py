"""Facts of likeness: which texts and provisions are most alike, and how sure that is."""

import pandas as pd

from ipcompare.checks.groups import LEAST_GROUPED
from ipcompare.checks.specifications import BASELINE
from ipcompare.checks.yardsticks import yardsticks
from ipcompare.facts.values import (
    Facts,
    Values,
    coded,
    document,
    joined,
    pair_score,
    phrase,
    provision,
)
from ipcompare.study import Study, closest_matches, document_pairs
from ipcompare.wording.explain import SideBySide

SURE = 0.95  # the share of draws from which a first place is called steady
SMALL = 0.05  # the p below which a difference is not put down to chance


def wording(study: Study) -> Values | None:
    """Which two texts are closest in wording and which furthest apart."""
    pairs = document_pairs(study)
    if pairs.empty:
        return None
    near, far = pairs.loc[pairs["score"].idxmax()], pairs.loc[pairs["score"].idxmin()]
    values = {"a": document(study, near["a"]), "b": document(study, near["b"])}
    values |= {"near": near["score"], **_moved(study)}
    mean = pairs.groupby("a", sort=False)["score"].mean()
    if len(mean) < 3:  # nothing to rank
        return values
    if f"{near['score']:.2f}" == f"{far['score']:.2f}":
        return None
    return values | {
        "c": document(study, far["a"]), "d": document(study, far["b"]), "far": far["score"],
        "x": document(study, mean.idxmax()), "high": mean.max(),
        "y": document(study, mean.idxmin()), "low": mean.min(),
    }  # fmt: skip


def _moved(study: Study) -> Values:
    """What moves the first pair: one provision left out, provisions drawn anew."""
    if study.pairs is None:
        return {}
    first = study.pairs.iloc[0]
    values = {"lower": first["low_without_one"], "upper": first["high_without_one"]}
    if isinstance(first["moved_by"], str):
        values |= {"moved": provision(study, first["moved_by"])}
    if len(study.pairs) == 1:
        return values
    sure = first["first_in_draws"] >= SURE
    return values | {"sure" if sure else "unsure": first["first_in_draws"]}


def yardstick(study: Study) -> Values | None:
    """Where the similarities lie between texts that share nothing and the halves of one."""
    scores = document_pairs(study)["score"].dropna()
    if scores.empty:
        return None
    kinds = yardsticks().set_index("kind")
    floor, half = kinds.loc["other_subject_other_government"], kinds.loc["halves_of_one_text"]
    values = {"low": scores.min(), "high": scores.max()} if len(study.zh) > 2 else {}
    return values | {
        "only": scores.iloc[0], "floor_low": floor["cosine_low"],
        "floor_high": floor["cosine_high"], "half_low": half["cosine_low"],
        "half_high": half["cosine_high"],
        "least": kinds.at["same_measures_reworded", "cosine_low"],
        "most": kinds.at["same_measures_reworded", "cosine_high"],
        "reworded": int(kinds.at["same_measures_reworded", "n_pair"]),
        "floor_n": int(floor["n_pair"]), "half_n": int(half["n_pair"]),
    }  # fmt: skip


def phrases(study: Study) -> Values | None:
    """The pair of texts whose similarity changes most without set phrases."""
    table = study.pairs_without_phrases
    if table is None:
        return None
    change = (table["without_phrases"] - table["score"]).abs()
    row = table.loc[change.idxmax()]
    if f"{row['score']:.3f}" == f"{row['without_phrases']:.3f}":
        return None
    pair = {"a": document(study, row["doc_a"]), "b": document(study, row["doc_b"])}
    names = pair if len(table) > 1 else {"one": pair["a"], "other": pair["b"]}
    return names | {"before": row["score"], "after": row["without_phrases"]}


def robust(study: Study) -> Values | None:
    """Under which other ways to compute it the closest pair stays the same."""
    table = study.specifications
    if len(study.specified) < 2:
        return None
    others = table[table["family"] != BASELINE.family]
    changed = others.loc[~others["top_pair"].astype(bool), "specification"]
    weakest = others.loc[others["spearman"].idxmin()] if others["spearman"].notna().any() else None
    values = {
        "n": len(others), "f": others["family"].nunique(), "same": len(others) - len(changed),
        "changed": joined(coded("specification", name) for name in changed),
    }  # fmt: skip
    if weakest is None:
        return values
    about = coded("specification", weakest["specification"])
    return values | {"rho": weakest["spearman"], "weakest": about}


def groups(study: Study, *, tests: pd.DataFrame) -> Values | None:
    """Whether texts of one province or level are more alike, and whether that can be told."""
    if tests.empty:
        few = 1 < len(study.zh) < LEAST_GROUPED
        return {"few": len(study.zh), "needed": LEAST_GROUPED} if few else None
    tests = tests.set_index("by").dropna(subset="p")
    values = tests["p"].to_dict()
    clear = tests.index[tests["p"] < SMALL]
    least = tests["p_least"].min()
    unclear = {"least": least} if len(tests) and not len(clear) and least >= SMALL else {}
    return values | unclear | {"clear": joined(phrase(f"same_group.{by}") for by in clear)}


def closest(study: Study) -> Values | None:
    """The two specific provisions that are most alike."""
    best = closest_matches(study)
    if best.empty:
        return None
    pair = best.iloc[0]
    ids = [pair["clause_id"], pair["match_id"]]
    a, b = (provision(study, clause_id) for clause_id in ids)
    return {"a": a, "b": b, "score": pair_score(pair), "cited": ids}


def least(study: Study) -> Values | None:
    """The specific provision that is least like any other."""
    scores = closest_matches(study, weakest=True)
    if scores["score"].nunique() < 2:
        return None
    weak = scores.iloc[0]
    return {
        "a": provision(study, weak["clause_id"]), "score": pair_score(weak),
        "median": scores["score"].median(), "cited": [weak["clause_id"]],
    }  # fmt: skip


def explained(study: Study, *, pair: SideBySide) -> Values:
    """What the score of two provisions is made of."""
    return {"n": len(pair.terms), "total": pair.terms["contribution"].sum()}


FACTS: Facts = {
    "wording": wording, "yardsticks": yardstick, "phrases": phrases, "robust": robust,
    "groups": groups, "closest": closest, "least": least, "explained": explained,
}  # fmt: skip
