"""Which themes each provision serves, with the evidence, and how many provisions each theme has.

A provision may serve several themes. Themes and cue phrases are data (``themes.toml``, which also
states the rule); what each theme means stands in ``corpus/codebook.md``:

    score(theme) = sum over own heading, headings above, body of
                   place * sum over cues of weight * (1 + ln n)

with n how often the cue stands in that place. Every theme whose score is large enough, by itself
and beside the strongest theme, is assigned. How right that is: ``checks.theme_scores``.
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
    opening: re.Pattern
    rule: dict[str, float]


def clause_themes(clauses: pd.DataFrame) -> pd.DataFrame:
    """One row a leaf provision and theme that it serves, in reading order, the strongest first.

    A provision without theme has one row, "unassigned", with the reason.

    theme       an id of ``themes.toml``, or "unassigned"
    score       of the theme (formula above); unassigned: of the strongest, 0 without evidence
    evidence    its cues, the weightiest first, with how often they stand
    reason      why unassigned: "general" (指导思想, 主要目标, 本条例自…施行: speaks of the whole text),
                "no evidence" or "weak evidence"; missing where a theme is assigned
    """
    clauses = checked(clauses, "clauses")
    check_parents(clauses)
    headings = dict(zip(clauses["clause_id"], clauses["heading"], strict=True))
    parents = dict(zip(clauses["clause_id"], clauses["parent_id"], strict=True))
    leaves = leaf_provisions(clauses).itertuples()
    rows = [line for row in leaves for line in _clause_rows(row, headings, parents)]
    table = pd.DataFrame(rows, columns=columns_of("clause_themes"))
    return table.astype({"score": float, "reason": object})


def theme_profile(clauses: pd.DataFrame, *, assigned: pd.DataFrame | None = None) -> pd.DataFrame:
    """How many provisions of each document serve each theme, one row a document and theme.

    ``n_clauses`` leaf provisions that serve the theme, 0 for none, and ``share`` of all leaf
    provisions of the document (missing where it has none). A provision that serves two themes
    counts in both, so the shares sum to more than 1; a long provision counts as a short one.
    ``assigned``, that of ``clause_themes(clauses)``, saves making it again.
    """
    assigned = clause_themes(clauses) if assigned is None else assigned
    unassigned = {lang: word(f"values.theme.{UNASSIGNED}", lang) for lang in LANGS}
    names = themes().names | {UNASSIGNED: unassigned}
    rows = []
    for doc_id in documents_in(clauses):
        own = assigned[assigned["doc_id"] == doc_id]
        total = own["clause_id"].nunique()
        for theme, name in names.items():
            n = int((own["theme"] == theme).sum())
            share = round(n / total, 6) if total else None
            rows.append((doc_id, theme, name["zh"], name["en"], n, share))
    table = pd.DataFrame(rows, columns=columns_of("theme_profile"))
    return table.astype({"n_clauses": int, "share": float})


# --- one clause -----------------------------------------------------------------------------


def _clause_rows(row: Any, headings: dict[str, str], parents: dict[str, str]) -> Iterator[tuple]:
    heading, wording = squeeze(heading_of(row)), squeeze(body_of(row))
    above = [("above", text) for text in _above(row, headings, parents)]
    scores, evidence = _scores([("heading", heading), ("body", wording), *above])
    served, reason = _served(heading, wording, scores)
    about = (row.clause_id, row.doc_id, row.pinpoint, row.heading if heading else None)
    if reason:
        best = max(scores, key=scores.__getitem__, default="")
        yield *about, UNASSIGNED, round(scores.get(best, 0.0), 4), evidence.get(best, []), reason
    for theme in served:
        yield *about, theme, round(scores[theme], 4), evidence[theme], None


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


def _served(
    heading: str, wording: str, scores: dict[str, float]
) -> tuple[list[str], str | None]:
    """The themes that a provision serves, the strongest first; else none and the reason."""
    rule = themes().rule
    if heading in themes().general or themes().opening.match(heading + wording):
        return [], "general"
    if not scores:
        return [], "no evidence"
    least = max(rule["least_score"], rule["least_share"] * max(scores.values()))
    served = [theme for theme in scores if scores[theme] >= least]
    served.sort(key=lambda theme: (-scores[theme], theme))
    return served, None if served else "weak evidence"


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
    openings = (data_pattern(_FILE, e["pattern"]).pattern for e in data["general"]["opening"])
    opening = re.compile("|".join(f"(?:{source})" for source in openings))
    general = frozenset(data["general"]["headings"])
    return Themes(names, cues, pattern, general, opening, data["rule"])


def _check(cue: str, cues: dict[str, tuple[str, float]]) -> None:
    line = line_of(data_text(_FILE), f'"{cue}"')
    if cue != squeeze(cue):
        raise RuleError(_FILE, line, f"cue {cue!r} must be written {squeeze(cue)!r}")
    if cue in cues:
        raise RuleError(_FILE, line, f"cue {cue!r} stands already for {cues[cue][0]}")
