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
    cues: dict[str, dict[str, float]]  # the weight of each cue for its themes, mostly one
    pattern: re.Pattern
    general: frozenset[str]
    opening: re.Pattern
    subject: re.Pattern
    shares: dict[str, float]  # of the strongest theme's score, by theme
    rule: dict[str, float]


def clause_themes(clauses: pd.DataFrame) -> pd.DataFrame:
    """One row a leaf provision and theme that it serves, in reading order, the strongest first.

    A provision without theme has one row, "unassigned", with the reason.

    theme       an id of ``themes.toml``, or "unassigned"
    score       of the theme (formula above); unassigned: of the strongest, 0 without evidence
    evidence    its cues, the weightiest first, with how often they stand
    reason      why unassigned: "general" (指导思想, 主要目标, 本条例自…施行: speaks of the whole text),
                "other subject" (neither intellectual property nor innovation), "no evidence" or
                "weak evidence"; missing where a theme is assigned
    """
    clauses = checked(clauses, "clauses")
    check_parents(clauses)
    headings = dict(zip(clauses["clause_id"], clauses["heading"], strict=True))
    parents = dict(zip(clauses["clause_id"], clauses["parent_id"], strict=True))
    leaves = list(leaf_provisions(clauses).itertuples())
    above = {row.clause_id: list(_above(row, headings, parents)) for row in leaves}
    off = _off_subject(leaves, above)
    rows = [line for row in leaves for line in _clause_rows(row, above[row.clause_id], off)]
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


def _off_subject(leaves: list[Any], above: dict[str, list[str]]) -> set[str]:
    """The provisions of which nothing says that they are on the subject, by clause_id."""
    names = {row.clause_id: themes().subject.search(squeeze(row.text)) for row in leaves}
    said = Counter(row.doc_id for row in leaves if names[row.clause_id])
    all_of = Counter(row.doc_id for row in leaves)
    on = {doc for doc in said if said[doc] >= themes().rule["subject_share"] * all_of[doc]}
    return {
        row.clause_id
        for row in leaves
        if row.doc_id not in on
        and not names[row.clause_id]
        and not any(map(themes().subject.search, above[row.clause_id]))
    }


def _clause_rows(row: Any, headings: list[str], off: set[str]) -> Iterator[tuple]:
    heading, wording = squeeze(heading_of(row)), squeeze(body_of(row))
    above = [("above", text) for text in headings]
    own = [("heading", heading), ("body", wording)]
    scores, evidence = _scores([*own, *above])
    served, reason = _served(scores, own=_scores(own)[0])
    if heading in themes().general or themes().opening.match(heading + wording):
        served, reason = [], "general"
    elif row.clause_id in off:
        served, reason = [], "other subject"
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
    rule, cues = themes().rule, themes().cues
    worth: dict[str, float] = defaultdict(float)
    counts: dict[str, int] = defaultdict(int)
    for place, text in places:
        for cue, n in Counter(themes().pattern.findall(text)).items():
            if cue in cues:
                worth[cue] += rule[place] * (1 + log(n))
                counts[cue] += n
    scores: dict[str, float] = defaultdict(float)
    found: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for cue, n in counts.items():
        for theme, weight in cues[cue].items():
            scores[theme] += worth[cue] * weight
            found[theme].append((-worth[cue] * weight, cue if n == 1 else f"{cue}×{n}"))
    return dict(scores), {theme: [cue for _, cue in sorted(found[theme])] for theme in found}


def _served(scores: dict[str, float], *, own: dict[str, float]) -> tuple[list[str], str | None]:
    """The themes that a provision serves, the strongest first; else none and the reason.

    Headings above decide alone only where the own words (``own``) speak for no theme enough.
    """
    rule, strong = themes().rule, {}
    for candidates in ({theme: scores[theme] for theme in own}, scores):
        best = max(candidates.values(), default=0)
        least = {t: max(rule["least_score"], themes().shares[t] * best) for t in candidates}
        strong = {t: score for t, score in candidates.items() if score >= least[t]}
        if strong:
            return sorted(strong, key=lambda theme: (-strong[theme], theme)), None
    return [], "weak evidence" if scores else "no evidence"


# --- the data file --------------------------------------------------------------------------


@functools.cache
def themes() -> Themes:
    """The themes as the data file has them; refuses a cue that stands twice in one theme."""
    data = read_toml(_FILE)
    cues: dict[str, dict[str, float]] = {}
    for entry in data["theme"]:
        for grade in ("strong", "plain"):
            for cue in entry[grade]:
                _check(cue, entry["id"], cues)
                cues.setdefault(cue, {})[entry["id"]] = float(data["rule"][grade])
    # At one place a neutral phrase is tried first, then the longest cue.
    neutral = [data_pattern(_FILE, source).pattern for source in data["neutral"]["patterns"]]
    longest_first = map(re.escape, sorted(cues, key=lambda cue: (-len(cue), cue)))
    names = {e["id"]: {"zh": e["zh"], "en": e["en"]} for e in data["theme"]}
    pattern = re.compile("|".join([*neutral, *longest_first]))
    openings = (data_pattern(_FILE, e["pattern"]).pattern for e in data["general"]["opening"])
    opening = re.compile("|".join(f"(?:{source})" for source in openings))
    general = frozenset(data["general"]["headings"])
    subject = re.compile("|".join(map(re.escape, data["subject"]["words"])))
    shares = {e["id"]: e.get("least_share", data["rule"]["least_share"]) for e in data["theme"]}
    return Themes(names, cues, pattern, general, opening, subject, shares, data["rule"])


def _check(cue: str, theme: str, cues: dict[str, dict[str, float]]) -> None:
    line = line_of(data_text(_FILE), f'"{cue}"')
    if cue != squeeze(cue):
        raise RuleError(_FILE, line, f"cue {cue!r} must be written {squeeze(cue)!r}")
    if theme in cues.get(cue, {}):
        raise RuleError(_FILE, line, f"cue {cue!r} stands twice in {theme}")
