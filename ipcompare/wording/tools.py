"""Policy tools: first guesses for a coder, and the cross-table of what was coded.

The tools are those of Rothwell and Zegveld (1985): supply, environment, demand, with sub-tools
(``tools.toml``). A guess is no result: the cross-table takes only what somebody has decided.
"""

import functools
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from ipcompare.data import read_toml
from ipcompare.frames import checked, columns_of, leaf_provisions, require
from ipcompare.wording.themes import themes
from ipcompare.wording.tokens import squeeze

_FILE = "wording/tools.toml"
DECIDED = ("clause_id", "tool", "field", "decided_by")


class Tool(NamedTuple):
    """A sub-tool: its id, its kind (supply, environment, demand), its names by language."""

    id: str
    kind: str
    names: dict[str, str]


def policy_tools() -> list[Tool]:
    """The sub-tools of ``tools.toml`` in its order."""
    entries = read_toml(_FILE)["tool"]
    return [Tool(one["id"], one["kind"], {"zh": one["zh"], "en": one["en"]}) for one in entries]


def tool_guesses(clauses: pd.DataFrame) -> pd.DataFrame:
    """One row a leaf provision and sub-tool that its words speak of: a first guess, to be coded.

    ``kind`` (supply, environment, demand), ``tool`` and ``evidence``, the cues found in the order
    of ``tools.toml``. A provision in which no cue stands has no row.
    """
    clauses = checked(clauses, "clauses")
    rows = []
    for row in leaf_provisions(clauses).itertuples():
        text = squeeze(row.text[: row.body_end])
        for tool, (kind, cues) in _tools().items():
            if found := [cue for cue in cues if cue in text]:
                rows.append((row.clause_id, row.doc_id, row.pinpoint, kind, tool, found))
    return pd.DataFrame(rows, columns=columns_of("tool_guesses"))


def tool_fields(codes: pd.DataFrame) -> pd.DataFrame:
    """Tools by fields: ``n_provision`` that were coded so, a row a tool and field, 0 for none.

    ``codes`` has a row a provision, tool and field, with who decided it (``decided_by``); ``tool``
    is an id of ``tools.toml``, ``field`` one of ``themes.toml``. ValueError for a row that nobody
    has decided, as a first guess, and for an id that these files do not have.
    """
    require(codes, DECIDED, "a table of codes that somebody has decided; tool_guesses is none")
    who = codes["decided_by"].fillna("").astype(str).str.strip()
    if (who == "").any():
        first = codes.loc[who == "", "clause_id"].iloc[0]
        raise ValueError(f"{first}: nobody has decided this code (decided_by); it is not counted")
    check_known(codes["tool"], codes["field"])
    once = codes.drop_duplicates(["clause_id", "tool", "field"])
    counts = once.groupby(["tool", "field"]).size()
    every = pd.MultiIndex.from_product([_tools(), themes().names], names=["tool", "field"])
    return counts.reindex(every, fill_value=0).rename("n_provision").reset_index()


def check_known(tools: Iterable[str], fields: Iterable[str]) -> None:
    """ValueError for a tool that ``tools.toml``, or a field that ``themes.toml`` does not have."""
    for what, given, known in (("tool", tools, _tools()), ("field", fields, themes().names)):
        if unknown := set(given) - set(known):
            raise ValueError(f"no such {what}: {', '.join(sorted(map(str, unknown)))}")


@functools.cache
def _tools() -> dict[str, tuple[str, list[str]]]:
    """The kind and the cues of each sub-tool."""
    return {entry["id"]: (entry["kind"], entry["cues"]) for entry in read_toml(_FILE)["tool"]}
