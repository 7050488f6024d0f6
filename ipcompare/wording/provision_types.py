"""Which provisions almost every official text has: guiding thoughts, goals, standing provisions.

The patterns are data (``provision_types.toml``); what none of them fits is ``specific``.
"""

import functools
import re
from typing import Any, NamedTuple

import pandas as pd

from ipcompare.data import RuleError, data_pattern, data_text, line_of, one_of, read_toml
from ipcompare.frames import (
    body_of,
    check_parents,
    checked,
    columns_of,
    heading_of,
    leaf_provisions,
)
from ipcompare.text import fold_width

SPECIFIC = "specific"
TYPES = ("guiding", "goal", "standing", SPECIFIC)

_FILE = "wording/provision_types.toml"


class Pattern(NamedTuple):
    """One entry of ``provision_types.toml``; ``place`` is heading or body."""

    type: str
    name: str
    place: str
    words: re.Pattern
    inherited: bool
    example: str
    counter_example: str


def provision_types(clauses: pd.DataFrame) -> pd.DataFrame:
    """The type of each leaf provision, in reading order: ``clause_id, type, reason``.

    ``type`` is ``guiding`` (指导思想, 基本原则), ``goal`` (主要目标), ``standing`` (组织领导, 宣传,
    督查考核, 施行) or ``specific``, what a text orders of its own; ``reason`` names the pattern and
    the words that it fits, missing for ``specific``.
    """
    clauses = checked(clauses, "clauses")
    check_parents(clauses)
    rows = {row.clause_id: row for row in clauses.itertuples()}
    found = [
        (clause_id, *_type_of(rows[clause_id], rows))
        for clause_id in leaf_provisions(clauses)["clause_id"]
    ]
    return pd.DataFrame(found, columns=columns_of("provision_types"))


def _type_of(row: Any, rows: dict[str, Any]) -> tuple[str, str | None]:
    """The type of a provision and why: by its own words, then by the headings above."""
    above = False
    while row is not None:
        words = {"heading": fold_width(heading_of(row)), "body": fold_width(body_of(row)).strip()}
        for pattern in patterns():
            said = words[pattern.place]
            if (pattern.inherited or not above) and said and pattern.words.fullmatch(said):
                return pattern.type, f"{pattern.name}: {said}"
        row, above = rows.get(row.parent_id), True
    return SPECIFIC, None


@functools.cache
def patterns() -> tuple[Pattern, ...]:
    """The entries of the data file in their order."""
    return tuple(_pattern(entry) for entry in read_toml(_FILE)["type"])


def _pattern(entry: dict) -> Pattern:
    line = line_of(data_text(_FILE), str(entry.get("example")))
    places = [place for place in ("heading", "body") if place in entry]
    if len(places) != 1:
        raise RuleError(_FILE, line, "an entry has a pattern for its heading or for its body")
    one_of(_FILE, line, "type", entry["type"], TYPES[:-1])
    words = data_pattern(_FILE, entry[places[0]])
    about = (entry[key] for key in ("inherited", "example", "counter_example"))
    return Pattern(entry["type"], entry["name"], places[0], words, *about)
