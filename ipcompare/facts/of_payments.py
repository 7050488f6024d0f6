"""Facts of incentives: what the texts pay for, and which say no amount."""

from ipcompare.facts.values import Facts, Values, documents, highest, joined, theme
from ipcompare.indicators.shared import incentive_themes
from ipcompare.study import Study


def incentives(study: Study) -> Values | None:
    """How many schemes several texts pay for, and which text pays for most."""
    rows = study.aligned[(study.aligned["kind"] == "incentive") & study.aligned["headline"]]
    if rows.empty:
        return None
    if len(study.zh) < 2:
        return {"schemes": rows["indicator"].nunique()}
    by_scheme = rows.groupby("indicator", sort=False)["doc_id"].nunique()
    by_text = rows.groupby("doc_id")["indicator"].nunique().reindex(list(study.zh), fill_value=0)
    shared = (by_scheme > 1).sum()
    values = {"n": len(by_scheme), "k": shared} if shared else {"apart": len(by_scheme)}
    values |= {"all": len(by_text), "p": (by_text > 0).sum(), "m": by_text.max()}
    silent = documents(study, by_text.index[by_text == 0])
    return values | {"x": documents(study, highest(by_text)), "silent": silent}


def incentive_topics(study: Study) -> Values | None:
    """The themes on which most schemes are paid for, over all texts."""
    table = incentive_themes(study.aligned).set_index("theme").sum(axis=1)
    first = highest(table)
    return {"theme": joined(map(theme, first)), "n": table.max()} if first else None


FACTS: Facts = {"incentives": incentives, "incentive-themes": incentive_topics}
