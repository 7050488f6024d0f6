"""The PMC index (Policy Modeling Consistency) of documents, from 0/1 codes of its sub-variables.

Ruiz Estrada, "Policy modeling: Definition, classification and evaluation", Journal of Policy
Modeling 33 (2011), 523-536. Variables, levels and surface are data (``coding/pmc.toml``).
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from ipcompare.coding.coding_files import Coding
from ipcompare.coding.standing import decided_codes, standing_of
from ipcompare.data import PlainError, read_toml
from ipcompare.frames import columns_of, require

FILE = "coding/pmc.toml"
SCORES = {"0": 0, "1": 1}


class Variable(NamedTuple):
    """A main variable: its id, its names in both languages, and the ids of its sub-variables."""

    id: str
    names: dict[str, str]
    subs: tuple[str, ...]


def pmc_variables(
    coding: Coding, *, coder: str | None = None, definition: dict | None = None
) -> pd.DataFrame:
    """One row a document and main variable: X_i, the mean of its sub-variables coded 0 or 1.

    ``score`` is missing unless every sub-variable has a code; ``reason`` names those that have
    none. ``definition`` as ``coding/pmc.toml`` has it (the default), for variables of one's own.
    PlainError for a code other than 0 and 1, for two items of one document, and as
    ``decided_codes`` where nobody has decided.
    """
    decided = decided_codes(coding, coder=coder)
    require(coding.items, ("item_id", "doc_id"), "read_coding")
    decided = _of_index(coding, decided, definition)
    values = decided["value"].map(SCORES)
    scores = dict(zip(zip(decided["item_id"], decided["field"], strict=True), values, strict=True))
    by, standing = "; ".join(sorted(set(decided["decided_by"]))), standing_of(decided)
    rows = []
    for doc_id, item_id in zip(coding.items["doc_id"], coding.items["item_id"], strict=True):
        for variable in main_variables(definition):
            known = [scores[item_id, sub] for sub in variable.subs if (item_id, sub) in scores]
            lacks = [sub for sub in variable.subs if (item_id, sub) not in scores]
            score = np.nan if lacks else sum(known) / len(variable.subs)
            counts = len(variable.subs), len(known), sum(known)
            rows.append((doc_id, variable.id, *counts, score, ", ".join(lacks), standing, by))
    return pd.DataFrame(rows, columns=columns_of("pmc_variables"))


def pmc_index(variables: pd.DataFrame, *, definition: dict | None = None) -> pd.DataFrame:
    """One row a document: ``pmc``, the sum of its main variables, its level and rank.

    ``variables`` as from ``pmc_variables``; summed are those of ``sum`` in the definition. Where
    one of them is missing the index is missing and ``reason`` names the sub-variables without a
    code; the rest is not summed. ``rank`` 1 is the highest, equal ones share a rank.
    """
    require(variables, columns_of("pmc_variables"), "pmc_variables")
    said = _definition(definition)
    rows = []
    for doc_id, own in variables.groupby("doc_id", sort=False, observed=True):
        summed = own.set_index("variable").loc[said["sum"]]
        pmc = summed["score"].sum(skipna=False)
        reason = ", ".join(summed.loc[summed["score"].isna(), "reason"])
        level = _level(pmc, said) if pd.notna(pmc) else None
        rows.append(
            [doc_id, len(summed), pmc, level, reason, *own[["standing", "decided_by"]].iloc[0]]
        )
    names = [name for name in columns_of("pmc_index") if name != "rank"]
    table = pd.DataFrame(rows, columns=names)
    rank = table["pmc"].round(9).rank(ascending=False, method="min").astype("Int64")
    return table.assign(rank=rank)[list(columns_of("pmc_index"))]


def pmc_matrix(
    variables: pd.DataFrame, doc_id: str, *, definition: dict | None = None
) -> pd.DataFrame:
    """The 3 × 3 matrix of the PMC surface of one document, row by row as ``surface`` lists it.

    A variable that is missing is missing in the matrix. ValueError for a document without rows.
    """
    require(variables, columns_of("pmc_variables"), "pmc_variables")
    own = variables[variables["doc_id"] == doc_id].set_index("variable")["score"]
    if own.empty:
        some = ", ".join(map(str, variables["doc_id"].unique()))
        raise ValueError(f"{doc_id} has no PMC variables; there are {some or 'none'}")
    return pd.DataFrame(own.loc[_definition(definition)["surface"]].to_numpy().reshape(3, 3))


def main_variables(definition: dict | None = None) -> list[Variable]:
    """The main variables of the definition in its order."""
    return [
        Variable(
            one["id"],
            dict(zip(("zh", "en"), one["name"], strict=True)),
            tuple(sub["id"] for sub in one["sub"]),
        )
        for one in _definition(definition)["variable"]
    ]


def _definition(definition: dict | None) -> dict:
    """The definition, checked: what is summed and drawn exists, nine are drawn, levels fit."""
    said = read_toml(FILE) if definition is None else definition
    ids = [one["id"] for one in said["variable"]]
    unknown = sorted({*said["sum"], *said["surface"]} - set(ids))
    if unknown:
        raise PlainError(f"{FILE}: no variable {', '.join(unknown)}; there are {', '.join(ids)}")
    if len(set(said["surface"])) != 9:
        raise PlainError(f"{FILE}: surface has nine different variables, three rows of three")
    if len(set(said["sum"])) != len(said["sum"]) or said["levels"]["of"] != len(said["sum"]):
        raise PlainError(
            f"{FILE}: the levels fit a sum of {said['levels']['of']} variables, but sum has "
            f"{len(set(said['sum']))} different ones; change the levels with it"
        )
    subs = [sub["id"] for one in said["variable"] for sub in one["sub"]]
    if len(set(subs)) != len(subs) or not all(one["sub"] for one in said["variable"]):
        raise PlainError(f"{FILE}: every variable has sub-variables, each with an id of its own")
    return said


def _level(pmc: float, said: dict) -> str | None:
    """The first level whose least sum is reached, rounded so that 0.1 + 0.2 reaches 0.3."""
    return next((one["id"] for one in said["level"] if round(pmc, 9) >= one["least"]), None)


def _of_index(coding: Coding, decided: pd.DataFrame, definition: dict | None) -> pd.DataFrame:
    """The codes of sub-variables: each 0 or 1, and of one item a document."""
    known = {sub for variable in main_variables(definition) for sub in variable.subs}
    own = decided[decided["field"].isin(known)]
    if own.empty:
        raise PlainError(f"{coding.folder}: no codes of PMC sub-variables; code a sample of them")
    if coding.items["doc_id"].duplicated().any():
        twice = coding.items.loc[coding.items["doc_id"].duplicated(), "doc_id"].iloc[0]
        raise PlainError(f"{coding.folder}, items.csv: {twice} has two items; PMC codes a document")
    for row in own[~own["value"].isin(SCORES)].itertuples():
        raise PlainError(
            f"{coding.folder}: {row.item_id}, {row.field}: {row.value!r} is not 0 or 1"
        )
    return own
