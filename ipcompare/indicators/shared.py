"""Which indicators and schemes several texts state, and who aims highest and lowest."""

import pandas as pd

from ipcompare.frames import documents_of
from ipcompare.indicators.ordering import checked_aligned

ALIGNED = ("indicator", "indicator_zh", "indicator_en", "theme", "doc_id", "target_id", "unit",
           "low", "high", "kind", "headline")  # fmt: skip
SHARED = ("indicator_zh", "indicator_en", "unit", "n_text", "highest", "by", "lowest",
          "lowest_by", "ratio", "target_id", "lowest_target_id")  # fmt: skip
_JOINT = "、"


def shared_targets(aligned: pd.DataFrame) -> pd.DataFrame:
    """One row a target indicator that two documents or more state: who aims highest and lowest.

    Headline targets only. ``highest`` and ``lowest`` are upper ends in the unit of the indicator,
    ``by`` and ``lowest_by`` the documents that state them (joined with 、), ``ratio`` highest /
    lowest (missing for 0), ``n_text`` the documents; ``target_id`` and ``lowest_target_id`` lead
    to the evidence of the two. Most documents first, then the widest ratio.
    """
    goals = _goals(aligned)
    rows = [
        _shared_row(group)
        for _, group in goals.groupby("indicator", sort=False)
        if group["doc_id"].nunique() > 1
    ]
    table = pd.DataFrame(rows, columns=list(SHARED))
    return table.sort_values(["n_text", "ratio"], ascending=False, kind="stable", ignore_index=True)


def _goals(aligned: pd.DataFrame) -> pd.DataFrame:
    aligned = checked_aligned(aligned, only=ALIGNED)
    return aligned[(aligned["kind"] == "target") & aligned["headline"]]


def _shared_row(group: pd.DataFrame) -> dict:
    """One indicator that several documents state."""
    first, values = group.iloc[0], group["high"]
    top, least = values.max(), values.min()
    return {
        "indicator_zh": first["indicator_zh"], "indicator_en": first["indicator_en"],
        "unit": first["unit"], "n_text": group["doc_id"].nunique(),
        "highest": top, "by": _JOINT.join(group.loc[values == top, "doc_id"]),
        "lowest": least, "lowest_by": _JOINT.join(group.loc[values == least, "doc_id"]),
        "ratio": top / least if least else None,
        "target_id": group["target_id"].iloc[values.argmax()],
        "lowest_target_id": group["target_id"].iloc[values.argmin()],
    }  # fmt: skip


def unsaid_targets(aligned: pd.DataFrame) -> pd.DataFrame:
    """One row a document: the shared indicators for which it states no number.

    ``n_unsaid`` how many, ``unsaid`` and ``unsaid_en`` their names. Shared is what
    ``shared_targets`` lists. Not stated is not the same as not done.
    """
    goals, shared = _goals(aligned), shared_targets(aligned)
    rows = []
    for doc_id in documents_of(aligned):
        stated = goals.loc[goals["doc_id"] == doc_id, "indicator_zh"]
        missing = shared[~shared["indicator_zh"].isin(stated)]
        names = "；".join(missing["indicator_zh"]), "; ".join(missing["indicator_en"])
        rows.append((doc_id, len(missing), *names))
    return pd.DataFrame(rows, columns=["doc_id", "n_unsaid", "unsaid", "unsaid_en"])


def stated_by_several(aligned: pd.DataFrame) -> pd.DataFrame:
    """The aligned rows of what two documents or more state, indicators and schemes."""
    aligned = checked_aligned(aligned, only=ALIGNED)
    n = aligned[aligned["headline"]].groupby("indicator")["doc_id"].nunique()
    return aligned[aligned["indicator"].isin(n.index[n > 1])]


def contradictions(aligned: pd.DataFrame) -> pd.DataFrame:
    """The rows of the aligned table that another statement of the same document contradicts."""
    aligned = checked_aligned(aligned, only=("flag",))
    return aligned[aligned["flag"].str.contains("contradiction")]


def incentive_themes(aligned: pd.DataFrame) -> pd.DataFrame:
    """One row a theme: the schemes that each document pays for, a column a document."""
    aligned = checked_aligned(aligned, only=ALIGNED)
    paid = aligned[(aligned["kind"] == "incentive") & aligned["headline"]]
    paid = paid.drop_duplicates(["indicator", "doc_id"])
    counts = pd.crosstab(paid["theme"], paid["doc_id"].astype(str))
    counts = counts.reindex(columns=documents_of(aligned), fill_value=0)
    order = list(dict.fromkeys(paid["theme"]))
    return counts.reindex(order).rename_axis("theme").rename_axis(None, axis=1).reset_index()
