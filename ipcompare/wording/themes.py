"""Which theme each provision serves, with its evidence, and how much of a text each theme gets.

Themes and cue phrases are data (``themes.toml``, which also states the rule):

    score(theme) = sum over own heading, headings above, body of
                   place * sum over cues of weight * (1 + ln n)

with n how often the cue stands in that place. The theme with the highest score is assigned where
its score, its share of all scores and its lead are large enough; else the clause is unassigned.
"""

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import log
from typing import Any

import pandas as pd

from ipcompare.data import RuleError, data_pattern, data_text, line_of, read_toml
from ipcompare.frames import (
    body_of,
    check_parents,
    checked,
    columns_of,
    documents_in,
    heading_of,
    leaf_provisions,
)
from ipcompare.wording.tokens import squeeze
from ipcompare.words import LANGS, word

UNASSIGNED = "unassigned"

_FILE = "wording/themes.toml"


@dataclass(frozen=True)
class Themes:
    """The content of ``themes.toml``: names, cues with theme and weight, one pattern for all."""

    names: dict[str, dict[str, str]]
    cues: dict[str, tuple[str, float]]
    pattern: re.Pattern
    general: frozenset[str]
    rule: dict[str, float]


def clause_themes(clauses: pd.DataFrame) -> pd.DataFrame:
    """The theme of each leaf provision, in reading order.

    theme       an id of ``themes.toml``, or "unassigned"
    score       of the strongest theme, assigned or not (formula above), 0 without evidence
    share       that score / the scores of all themes; missing without evidence
    second      the theme next in score, missing where there is none
    evidence    the cues of the strongest theme, the weightiest first, with how often they stand
    reason      why unassigned: "general" (指导思想, 主要目标: speaks of the whole text),
                "no evidence", "weak evidence" (little but the headings above) or "ambiguous";
                missing where a theme is assigned
    n_chars     letters, digits and characters without label and departments
    """
    clauses = checked(clauses, "clauses")
    check_parents(clauses)
    headings = dict(zip(clauses["clause_id"], clauses["heading"], strict=True))
    parents = dict(zip(clauses["clause_id"], clauses["parent_id"], strict=True))
    rows = [_clause_row(row, headings, parents) for row in leaf_provisions(clauses).itertuples()]
    table = pd.DataFrame(rows, columns=columns_of("clause_themes"))
    return table.astype({"score": float, "share": float, "second": object, "reason": object})


def theme_profile(clauses: pd.DataFrame, *, assigned: pd.DataFrame | None = None) -> pd.DataFrame:
    """The share of each document given to each theme, unassigned included: the shares sum to 1.

    One row a document and theme, a theme without a clause too: number of leaf provisions assigned
    to it, their characters (``n_chars`` of ``clause_themes``), and share = characters / characters
    of all leaf provisions of the document (missing where it has none). ``assigned``, that of
    ``clause_themes(clauses)``, saves making it again.
    """
    assigned = clause_themes(clauses) if assigned is None else assigned
    unassigned = {lang: word(f"values.theme.{UNASSIGNED}", lang) for lang in LANGS}
    names = themes().names | {UNASSIGNED: unassigned}
    rows = []
    for doc_id in documents_in(clauses):
        own = assigned[assigned["doc_id"] == doc_id]
        total = own["n_chars"].sum()
        for theme, name in names.items():
            part = own.loc[own["theme"] == theme, "n_chars"]
            share = round(part.sum() / total, 6) if total else None
            rows.append((doc_id, theme, name["zh"], name["en"], len(part), part.sum(), share))
    table = pd.DataFrame(rows, columns=columns_of("theme_profile"))
    return table.astype({"n_clauses": int, "n_chars": int, "share": float})


# --- one clause -----------------------------------------------------------------------------


def _clause_row(row: Any, headings: dict[str, str], parents: dict[str, str]) -> tuple:
    heading, wording = squeeze(heading_of(row)), squeeze(body_of(row))
    above = [("above", text) for text in _above(row, headings, parents)]
    scores, evidence = _scores([("heading", heading), ("body", wording), *above])
    ranked = sorted(scores, key=lambda theme: (-scores[theme], theme))
    best, second = [*ranked, "", ""][:2]
    score, total = scores.get(best, 0.0), sum(scores.values())
    reason = _doubt(heading, wording, [(theme, scores[theme]) for theme in ranked])
    return (
        row.clause_id, row.doc_id, row.pinpoint, row.heading if heading else None,
        UNASSIGNED if reason else best, round(score, 4), round(score / total, 4) if total else None,
        second or None, evidence.get(best, []), reason, sum(map(str.isalnum, heading + wording)),
    )  # fmt: skip


def _squeezed(text: object) -> str:
    return squeeze(text) if isinstance(text, str) else ""


def _above(row: Any, headings: dict[str, str], parents: dict[str, str]) -> Iterator[str]:
    parent = row.parent_id
    while isinstance(parent, str):
        yield _squeezed(headings.get(parent))
        parent = parents.get(parent)


def _scores(places: list[tuple[str, str]]) -> tuple[dict[str, float], dict[str, list[str]]]:
    """The score of each theme with evidence, and its cues as 质押融资×3, weightiest first."""
    rule = themes().rule
    worth: dict[str, float] = defaultdict(float)
    counts: dict[str, int] = defaultdict(int)
    for place, text in places:
        for cue, n in Counter(themes().pattern.findall(text)).items():
            if cue in themes().cues:
                worth[cue] += rule[place] * themes().cues[cue][1] * (1 + log(n))
                counts[cue] += n
    scores: dict[str, float] = defaultdict(float)
    found: dict[str, list[str]] = defaultdict(list)
    for cue in sorted(worth, key=lambda cue: (-worth[cue], cue)):
        theme = themes().cues[cue][0]
        scores[theme] += worth[cue]
        found[theme].append(cue if counts[cue] == 1 else f"{cue}×{counts[cue]}")
    return dict(scores), found


def _doubt(heading: str, wording: str, ranked: list[tuple[str, float]]) -> str | None:
    """Why no theme is assigned, or None; ``ranked`` are themes and scores from the highest down."""
    rule = themes().rule
    if heading in themes().general:
        return "general"
    if not ranked:
        return "no evidence"
    (best, score), total = ranked[0], sum(score for _, score in ranked)
    if _scores([("heading", heading), ("body", wording)])[0].get(best, 0) < rule["least_score"]:
        return "weak evidence"
    named = best in _scores([("heading", heading)])[0]
    least = rule["least_share" if named else "least_share_unnamed"] * total
    close = len(ranked) > 1 and score < rule["lead"] * ranked[1][1]
    return "ambiguous" if close or score < least else None


# --- the data file --------------------------------------------------------------------------


@functools.cache
def themes() -> Themes:
    """The themes as the data file has them; refuses a cue that stands for two themes."""
    data = read_toml(_FILE)
    cues: dict[str, tuple[str, float]] = {}
    for entry in data["theme"]:
        for grade in ("strong", "plain"):
            for cue in entry[grade]:
                _check(cue, cues)
                cues[cue] = (entry["id"], float(data["rule"][grade]))
    # At one place a neutral phrase is tried first, then the longest cue.
    neutral = [data_pattern(_FILE, source).pattern for source in data["neutral"]["patterns"]]
    longest_first = map(re.escape, sorted(cues, key=lambda cue: (-len(cue), cue)))
    names = {e["id"]: {"zh": e["zh"], "en": e["en"]} for e in data["theme"]}
    pattern = re.compile("|".join([*neutral, *longest_first]))
    return Themes(names, cues, pattern, frozenset(data["general"]["headings"]), data["rule"])


def _check(cue: str, cues: dict[str, tuple[str, float]]) -> None:
    line = line_of(data_text(_FILE), f'"{cue}"')
    if cue != squeeze(cue):
        raise RuleError(_FILE, line, f"cue {cue!r} must be written {squeeze(cue)!r}")
    if cue in cues:
        raise RuleError(_FILE, line, f"cue {cue!r} stands already for {cues[cue][0]}")
