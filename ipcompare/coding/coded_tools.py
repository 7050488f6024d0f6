"""Policy tools by fields, from the codes of a sample of provisions."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from ipcompare.coding.coding_files import Coding
from ipcompare.coding.standing import decided_codes, standing_of
from ipcompare.coding.weighted import weighted_share
from ipcompare.data import PlainError
from ipcompare.frames import columns_of, require
from ipcompare.wording.themes import themes
from ipcompare.wording.tools import check_known, policy_tools, tool_fields
from ipcompare.words import word_table

ALL = "all"
TOOL, FIELD = "tools", "fields"  # the questions of the task


def coded_tools(
    coding: Coding, *, coder: str | None = None, tool: str = TOOL, field: str = FIELD
) -> pd.DataFrame:
    """Tools by fields from decided codes: counts, and shares with intervals where a sample is.

    A row a kind, tool and field; "all" is any tool of the kind, any kind, any field: a provision
    counts once in each. ``n_provision`` provisions coded so, of ``n_coded`` with a decided tool
    ("none" is one). ``share`` is that of all provisions that the sample was drawn from, each coded
    one weighing 1/p, with the 95 % interval of ``weighted_share``; ``n_estimated`` is that share
    of their number, the weights of all that were drawn. Where every provision was drawn there is
    no interval. An item with several tools and fields counts for each pair of them, within a
    ``part`` where the coder told parts apart. ``tool`` and ``field`` are the ids of the two
    questions. PlainError as ``decided_codes``.
    """
    decided = decided_codes(coding, coder=coder)
    decided = decided[decided["field"].isin([tool, field])]
    items = _coded_items(coding, decided, tool)
    codes = tool_codes(decided, items, tool=tool, field=field)
    pairs = codes[(codes["tool"] != "") & (codes["field"] != "")]
    counts = tool_fields(pairs).set_index(["tool", "field"])["n_provision"]
    by = "; ".join(sorted(set(decided["decided_by"])))
    standing = standing_of(decided)
    every = float((1 / coding.items["p"]).sum())
    rows = []
    for kind, name, theme, ids in _cells(codes):
        has = items["clause_id"].isin(ids).to_numpy()
        n = int(counts[name, theme]) if (name, theme) in counts.index else int(has.sum())
        shares = weighted_share(has.astype(float), items["p"].to_numpy())
        rows.append((kind, name, theme, n, len(items), shares[0] * every, *shares, standing, by))
    return pd.DataFrame(rows, columns=columns_of("coded_tools"))


def tool_codes(
    decided: pd.DataFrame, items: pd.DataFrame, *, tool: str = TOOL, field: str = FIELD
) -> pd.DataFrame:
    """One row a provision, tool and field as ``tool_fields`` takes it; "" for no field.

    ``decided`` as from ``decided_codes``, ``items`` with ``item_id`` and ``clause_id``. Sets are
    joined by ``;``. A tool that is "none" gives no row. ValueError for an unknown tool or field.
    """
    require(items, ("item_id", "clause_id"), "read_coding")
    many = decided.assign(value=decided["value"].str.split(";")).explode("value")
    many["value"] = many["value"].str.strip()
    tools = many[(many["field"] == tool) & ~many["value"].isin(word_table("coding.no_tool"))]
    fields = many[(many["field"] == field) & ~many["value"].isin(word_table("coding.no_theme"))]
    check_known(tools["value"], fields["value"])
    tools, fields = (
        part.drop(columns="field").rename(columns={"value": name})
        for part, name in ((tools, "tool"), (fields, "field"))
    )
    both = tools.merge(fields[["item_id", "part", "field"]], on=["item_id", "part"], how="left")
    both = both.fillna({"field": ""}).merge(items[["item_id", "clause_id"]], on="item_id")
    kept = ["clause_id", "tool", "field", "decided_by", "standing"]
    return both[kept].drop_duplicates(["clause_id", "tool", "field"]).reset_index(drop=True)


def _coded_items(coding: Coding, decided: pd.DataFrame, tool: str) -> pd.DataFrame:
    """The items whose tool is decided; PlainError where the task asks for none, or ids repeat."""
    items = coding.items
    require(items, ("item_id", "clause_id", "p"), "read_coding")
    answered = items["item_id"].isin(decided.loc[decided["field"] == tool, "item_id"])
    if not answered.any():
        raise PlainError(
            f"{coding.folder}: no answers to {tool!r}; draw a sample with --task tools, code it, "
            "or say which question asks for the tool with tool="
        )
    coded = items[answered]
    if coded["clause_id"].duplicated().any():
        twice = coded.loc[coded["clause_id"].duplicated(), "clause_id"].iloc[0]
        raise PlainError(f"{coding.folder}, items.csv: {twice} was drawn twice; draw anew")
    return coded


def _cells(codes: pd.DataFrame) -> Iterator[tuple[str, str, str, set[str]]]:
    """Each kind, tool and field with the provisions coded so; totals after their parts."""
    kinds = {entry.id: entry.kind for entry in policy_tools()}
    of_kind = codes["tool"].map(kinds)
    every = np.ones(len(codes), dtype=bool)
    for kind in [*dict.fromkeys(kinds.values()), ALL]:
        in_kind = every if kind == ALL else (of_kind == kind).to_numpy()
        for name in [*(t for t, own in kinds.items() if own == kind), ALL]:
            of_tool = in_kind if name == ALL else (codes["tool"] == name).to_numpy()
            for theme in [*themes().names, ALL]:
                of_field = every if theme == ALL else (codes["field"] == theme).to_numpy()
                yield kind, name, theme, set(codes.loc[of_tool & of_field, "clause_id"])
