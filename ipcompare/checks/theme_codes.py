"""How right the themes of provisions are: against codes, in the five texts and in other places.

Codes are ``corpus/gold/themes/codes.csv``: two passes of coding by a language model. A theme that
both passes give is right, one that neither gives is wrong, one that a single pass gives counts
neither way.
"""

import hashlib
from collections import Counter
from itertools import permutations
from pathlib import Path

import pandas as pd

from ipcompare.checks.agreement import cohens_kappa
from ipcompare.frames import columns_of, require
from ipcompare.wording.themes import UNASSIGNED, themes

CODED = ("sample", "clause_id", "sha256", "coder_a", "coder_b")
FOUND = ("clause_id", "theme", "rules")
NO_THEME = frozenset({"general", "other"})
OFF_SUBJECT = "other"
ALL = "all"


def read_theme_codes(path: Path | str) -> pd.DataFrame:
    """One row a coded provision: ``coder_a`` and ``coder_b`` are lists of themes.

    "general" and "other" (on another subject) stand alone. ``sample`` is "held_out" (other places,
    coded after the cues were frozen), "develop" (other places, used to correct the cues) or "five"
    (the texts of the corpus). ValueError for a code that ``themes.toml`` does not have.
    """
    codes = pd.read_csv(path, dtype=str, keep_default_na=False)
    require(codes, CODED, "corpus/gold/themes/codes.csv")
    for coder in ("coder_a", "coder_b"):
        codes[coder] = codes[coder].str.split(";")
        unknown = set(codes[coder].explode()) - set(themes().names) - NO_THEME
        if unknown:
            raise ValueError(f"{path}, column {coder}: no such theme: {', '.join(sorted(unknown))}")
    return codes


def found_themes(assigned: pd.DataFrame, path: Path | str) -> pd.DataFrame:
    """The themes found in coded provisions: ours of the corpus, and those kept for other places.

    ``assigned`` as from ``clause_themes``, ``path`` the table that ``benchmarks/themes.py`` writes.
    ``clause_id``, ``theme`` and ``rules``, which stands for the rules that found it
    (``theme_rules_digest``).
    """
    kept = pd.read_csv(path)
    require(kept, FOUND, "benchmarks/themes.py")
    ours = assigned.assign(rules=theme_rules_digest())
    return pd.concat([ours[list(FOUND)], kept[list(FOUND)]], ignore_index=True)


def theme_scores(codes: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """One row a sample and theme, "all" last: precision, recall and F1 of the themes found.

    ``codes`` as from ``read_theme_codes``; ``found`` as from ``found_themes`` or
    ``clause_themes``; it counts for the coded provisions that it has. Provisions that both passes
    call "other" are left out. ``n_gold`` provisions to which both passes give the theme,
    ``n_found`` those found of which both or none say so, ``n_right`` of both; ``kappa`` is the
    agreement of the two passes (Cohen 1960). A share of nothing is missing.
    """
    require(found, ("clause_id", "theme"), "clause_themes")
    found_by = found.groupby("clause_id")["theme"].agg(set).to_dict()
    rows = []
    for sample, part in codes.groupby("sample", sort=False):
        part = part[part["clause_id"].isin(found_by) & ~_off_subject(part)]
        both = [(set(a), set(b)) for a, b in zip(part["coder_a"], part["coder_b"], strict=True)]
        own = [found_by[clause_id] for clause_id in part["clause_id"]]
        counts = {theme: _counts(theme, both, own) for theme in themes().names}
        kappas = {theme: _kappa(theme, both) for theme in counts}
        gold, decided, right = (sum(n) for n in zip(*counts.values(), strict=True))
        counts[ALL] = gold, decided, right
        rows += [(sample, theme, *_scored(*n), kappas.get(theme)) for theme, n in counts.items()]
    table = pd.DataFrame(rows, columns=columns_of("theme_scores"))
    return table.astype({"precision": float, "recall": float, "f1": float, "kappa": float})


def theme_summary(codes: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """One row a sample: how many provisions were coded, and how many have no theme or one too many.

    ``n`` coded provisions, ``n_served`` those to which either pass gives a theme and of these
    ``n_missed`` without a theme of ours; ``n_off`` on another subject and of these ``n_taken`` with
    a theme of ours.
    """
    assigned = set(found.loc[found["theme"] != UNASSIGNED, "clause_id"])
    rows = []
    for sample, part in codes.groupby("sample", sort=False):
        part = part[part["clause_id"].isin(found["clause_id"])]
        codes_of = part["coder_a"] + part["coder_b"]
        served, off = codes_of.map(lambda own: bool(set(own) - NO_THEME)), _off_subject(part)
        ours = part["clause_id"].isin(assigned)
        rows.append(
            (sample, len(part), served.sum(), (served & ~ours).sum(), off.sum(), (off & ours).sum())
        )
    return pd.DataFrame(rows, columns=columns_of("theme_summary"))


def theme_alpha(codes: pd.DataFrame) -> float:
    """Krippendorff's alpha of the sets of codes with the MASI distance.

    1 - observed / expected distance; MASI: Passonneau, "Measuring Agreement on Set-valued Items",
    LREC 2006. Missing where nothing can disagree.
    """
    pairs = [
        (frozenset(a), frozenset(b))
        for a, b in zip(codes["coder_a"], codes["coder_b"], strict=True)
    ]
    used = Counter(code for pair in pairs for code in pair)
    n = used.total()
    expected = sum(used[a] * used[b] * _masi(a, b) for a, b in permutations(used, 2))
    if not expected:
        return float("nan")
    observed = sum(_masi(a, b) for a, b in pairs) / len(pairs)
    return 1 - observed / (expected / (n * (n - 1)))


def _masi(a: frozenset[str], b: frozenset[str]) -> float:
    """1 - Jaccard x monotonicity: 1 equal, 2/3 one holds the other, 1/3 they overlap, 0 else."""
    if a == b:
        return 0.0
    if not a & b:
        return 1.0
    return 1 - len(a & b) / len(a | b) * (2 / 3 if a <= b or b <= a else 1 / 3)


def theme_rules_digest() -> str:
    """What stands for the cues and rules of ``themes.toml`` as they are, without its scores."""
    data = themes()
    parts = (sorted(data.cues.items()), data.pattern.pattern, sorted(data.general),
             data.general_above, data.opening.pattern, data.subject.pattern, data.shares,
             sorted(item for item in data.rule.items() if item[0] != "least_f1"))  # fmt: skip
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def _off_subject(codes: pd.DataFrame) -> pd.Series:
    return codes[["coder_a", "coder_b"]].map(lambda own: own == [OFF_SUBJECT]).all(axis=1)


def _counts(theme: str, both: list[tuple[set, set]], own: list[set[str]]) -> tuple[int, int, int]:
    """Provisions that have the theme by both passes, found and decided, found and right."""
    sides = [(theme in a, theme in b, theme in one) for (a, b), one in zip(both, own, strict=True)]
    n_gold = sum(a and b for a, b, _ in sides)
    n_right = sum(a and b and is_found for a, b, is_found in sides)
    return n_gold, sum(is_found and a == b for a, b, is_found in sides), n_right


def _scored(n_gold: int, n_found: int, n_right: int) -> tuple:
    precision = n_right / n_found if n_found else None
    recall = n_right / n_gold if n_gold else None
    f1 = 2 * n_right / (n_gold + n_found) if n_gold + n_found else None
    return n_gold, n_found, n_right, precision, recall, f1


def _kappa(theme: str, both: list[tuple[set, set]]) -> float | None:
    """Cohen's kappa of having the theme or not; None where chance alone explains all."""
    return cohens_kappa([(theme in a, theme in b) for a, b in both])
