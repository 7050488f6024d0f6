"""Which themes each provision serves, with the evidence, and how many provisions each theme has.

A provision may serve several themes. Themes and cue phrases are data (``themes.toml``, which also
states the rule); what each theme means stands in ``corpus/codebook.md``:

    score(theme) = sum over own heading, headings above, lead-in, body of
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
from typing import Any, NamedTuple

import pandas as pd

from ipcompare.corrections import apply_all, carried, mark_of, packed
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
from ipcompare.wording.corrected_themes import (
    UNASSIGNED,
    corrected_rows,
    not_a_leaf,
    themes_correction,
)
from ipcompare.wording.tokens import squeeze
from ipcompare.words import LANGS, word

_FILE = "wording/themes.toml"


@dataclass(frozen=True)
class Themes:
    """The content of ``themes.toml``: names, cues with theme and weight, one pattern for all."""

    names: dict[str, dict[str, str]]
    cues: dict[str, dict[str, float]]  # the weight of each cue for its themes, mostly one
    pattern: re.Pattern
    general: frozenset[str]
    general_above: tuple[str, ...]
    opening: re.Pattern
    subject: re.Pattern
    shares: dict[str, float]  # of the strongest theme's score, by theme
    f1: dict[str, float]  # of each theme in texts of other places
    rule: dict[str, float]


def trusted_themes() -> list[str]:
    """The themes whose F1 in texts of other places reaches the bar of ``themes.toml``."""
    return [theme for theme, f1 in themes().f1.items() if f1 >= themes().rule["least_f1"]]


def clause_themes(clauses: pd.DataFrame) -> pd.DataFrame:
    """One row a leaf provision and theme that it serves, in reading order, the strongest first.

    A provision without theme has one row, "unassigned", with the reason.

    theme       an id of ``themes.toml``, or "unassigned"
    score       of the theme (formula above); unassigned: of the strongest, 0 without evidence
    evidence    its cues, the weightiest first, with how often they stand
    reason      why unassigned: "general" (指导思想, 本条例自…施行: speaks of the whole text),
                "other subject" (neither intellectual property nor innovation), "no evidence" or
                "weak evidence"; missing where a theme is assigned

    Corrections that ``clauses`` carries are applied: the themes that a person chose, and as reason
    "correction" where she chose none. CorrectionError with those that do not fit.
    """
    clauses = checked(clauses, "clauses")
    check_parents(clauses)
    rows_of = {row.clause_id: row for row in clauses.itertuples()}
    leaves = [
        _Leaf(row, list(_above(row, rows_of))) for row in leaf_provisions(clauses).itertuples()
    ]
    off = _off_subject(leaves)
    apply_all(rows_of.values(), not_a_leaf)
    rows: list[tuple] = []
    apply_all(leaves, lambda leaf: rows.extend(_with_corrections(leaf, leaf.row.clause_id in off)))
    table = pd.DataFrame(rows, columns=columns_of("clause_themes"))
    table = table.astype({"score": float, "reason": object})
    return _marked(table, rows_of) if carried(clauses) else table


def _marked(table: pd.DataFrame, rows_of: dict[str, Any]) -> pd.DataFrame:
    """The table with the correction of each provision's themes, and its mark."""
    found = [themes_correction(rows_of[clause_id]) for clause_id in table["clause_id"]]
    own = [[one] if one else [] for one in found]
    return table.assign(corrections=list(map(packed, own)), corrected=list(map(mark_of, own)))


def theme_profile(clauses: pd.DataFrame, *, assigned: pd.DataFrame | None = None) -> pd.DataFrame:
    """How many provisions of each document serve each theme, one row a document and theme.

    ``n_clauses`` leaf provisions that serve the theme, 0 for none, and ``share`` of all leaf
    provisions of the document (missing where it has none). A provision that serves two themes
    counts in both, so the shares sum to more than 1; a long provision counts as a short one.
    ``f1`` says how far the theme can be trusted (``themes.toml``); missing for "unassigned".
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
            rows.append((doc_id, theme, name["zh"], name["en"], n, share, themes().f1.get(theme)))
    table = pd.DataFrame(rows, columns=columns_of("theme_profile"))
    return table.astype({"n_clauses": int, "share": float, "f1": float})


# --- one clause -----------------------------------------------------------------------------


class _Leaf(NamedTuple):
    """A leaf provision and what stands above it, as place and text: headings and lead-in."""

    row: Any
    above: list[tuple[str, str]]

    @property
    def own(self) -> list[tuple[str, str]]:
        """Its own heading and words."""
        return [("heading", squeeze(heading_of(self.row))), ("body", squeeze(body_of(self.row)))]


def _above(row: Any, rows_of: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The headings above a row, and the words that it completes: 有下列行为之一的:."""
    above = rows_of.get(row.parent_id)
    if above is not None and squeeze(above.text).endswith((":", "的")):
        yield "lead_in", squeeze(body_of(above))
    while above is not None:
        yield "above", squeeze(heading_of(above))
        above = rows_of.get(above.parent_id)


def _off_subject(leaves: list[_Leaf]) -> set[str]:
    """The provisions of which nothing says that they are on the subject, by clause_id."""
    named: dict[str, dict[str, bool]] = defaultdict(dict)
    for leaf in leaves:
        texts = [squeeze(leaf.row.text), *(text for _, text in leaf.above)]
        named[leaf.row.doc_id][leaf.row.clause_id] = any(map(themes().subject.search, texts))
    least = themes().rule["subject_share"]
    others = (own for own in named.values() if sum(own.values()) < least * len(own))
    return {clause_id for own in others for clause_id, is_named in own.items() if not is_named}


def _with_corrections(leaf: _Leaf, is_off: bool) -> Iterator[tuple]:
    """The rows of a provision, with the themes that a person chose."""
    lines, one = _clause_rows(leaf, is_off), themes_correction(leaf.row)
    if one is None:
        return lines
    scores, evidence = _scores([*leaf.own, *leaf.above])

    def served(theme: str) -> tuple[float, list[str]]:
        return round(scores.get(theme, 0.0), 4), evidence.get(theme, [])

    return corrected_rows(one, lines, themes().names, served)


def _clause_rows(leaf: _Leaf, is_off: bool) -> Iterator[tuple]:
    row, own = leaf.row, leaf.own
    scores, evidence = _scores([*own, *leaf.above])
    served, reason = _served(scores, own=_scores(own)[0])
    if _is_general(leaf):
        served, reason = [], "general"
    elif is_off:
        served, reason = [], "other subject"
    about = (row.clause_id, row.doc_id, row.pinpoint, row.heading or None)
    if reason:
        best = max(scores, key=scores.__getitem__, default="")
        yield *about, UNASSIGNED, round(scores.get(best, 0.0), 4), evidence.get(best, []), reason
    for theme in served:
        yield *about, theme, round(scores[theme], 4), evidence[theme], None


def _is_general(leaf: _Leaf) -> bool:
    """Whether it speaks of the whole text: 指导思想, or a principle under 基本原则."""
    (_, heading), (_, wording) = leaf.own
    headings = [text for place, text in leaf.above if place == "above"]
    return bool(
        heading in themes().general
        or themes().opening.match(heading + wording)
        or any(text.startswith(themes().general_above) for text in headings)
    )


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
    neutral = [data_pattern(_FILE, source) for source in data["neutral"]["patterns"]]
    cues: dict[str, dict[str, float]] = {}
    for entry in data["theme"]:
        for grade in ("strong", "plain"):
            for cue in entry[grade]:
                _check(cue, entry["id"], cues, neutral)
                cues.setdefault(cue, {})[entry["id"]] = float(data["rule"][grade])
    # At one place a neutral phrase is tried first, then the longest cue.
    longest_first = map(re.escape, sorted(cues, key=lambda cue: (-len(cue), cue)))
    names = {e["id"]: {"zh": e["zh"], "en": e["en"]} for e in data["theme"]}
    pattern = re.compile("|".join([*(one.pattern for one in neutral), *longest_first]))
    openings = (data_pattern(_FILE, e["pattern"]).pattern for e in data["general"]["opening"])
    opening = re.compile("|".join(f"(?:{source})" for source in openings))
    general, above = frozenset(data["general"]["headings"]), tuple(data["general"]["above"])
    subject = re.compile("|".join(map(re.escape, data["subject"]["words"])))
    f1 = {e["id"]: e["f1"] for e in data["theme"]}
    shares = {e["id"]: e.get("least_share", data["rule"]["least_share"]) for e in data["theme"]}
    return Themes(names, cues, pattern, general, above, opening, subject, shares, f1, data["rule"])


def _check(
    cue: str, theme: str, cues: dict[str, dict[str, float]], neutral: list[re.Pattern]
) -> None:
    line = line_of(data_text(_FILE), f'"{cue}"')
    if cue != squeeze(cue):
        raise RuleError(_FILE, line, f"cue {cue!r} must be written {squeeze(cue)!r}")
    if theme in cues.get(cue, {}):
        raise RuleError(_FILE, line, f"cue {cue!r} stands twice in {theme}")
    if any(pattern.fullmatch(cue) for pattern in neutral):
        raise RuleError(_FILE, line, f"cue {cue!r} is a neutral phrase; one of them must go")
