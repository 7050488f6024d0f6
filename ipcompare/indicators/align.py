"""The same indicator side by side: each numeric target led to one canonical indicator.

A mention is aligned only when exactly one entry of ``indicators.toml`` or ``incentives.toml``
claims it. Nothing is lost: every row of the target table is aligned, ambiguous or unaligned.
"""

from pathlib import Path

import pandas as pd

from ipcompare.corrections import CorrectionError, carried
from ipcompare.frames import (
    ALIGNED_COLUMNS,
    TARGET_COLUMNS,
    checked,
    same_documents,
)
from ipcompare.indicators.chosen_claims import chosen_claims
from ipcompare.indicators.claims import Claim, claims, subject_of
from ipcompare.indicators.entries import NOTHING, Own, read_own
from ipcompare.indicators.ordering import by_indicator
from ipcompare.indicators.provisos import provisos_of
from ipcompare.quantities.units import converted, known_unit, plain, unit_of

_PART = ("low", "high", "unit", "comparator", "scope", "each", "condition")
ALIGNED_KINDS = ("target", "incentive")
# 达到300家, 300家以上 and 超过300家 are one figure in other words.
_ALIKE = ({"=", "~", ">=", ">", "range"}, {"=", "~", "<=", "<", "range"})


def align_targets(targets: pd.DataFrame, *, indicators: str | Path | None = None) -> pd.DataFrame:
    """One row a target or incentive whose indicator is known, in ALIGNED_COLUMNS.

    Rows stand in the order of the data files, then of the documents, then of the text.
    ``low`` and ``high`` are in ``unit``, the unit of the indicator (11万件 -> 110000 件); rates of
    incentives are in %. ``scope`` says to what grade (国家级) or part of the jurisdiction the
    number is limited, ``each`` says of what every one is paid for (件: 每件4000元, else empty),
    ``condition`` what must be met, ``proviso`` what else limits a payment (一次性, 经评审认定),
    ``hardness`` how binding a number is (力争), ``wording`` the indicator as written.
    ``headline`` marks the statement to print where a document makes several: the one for the
    whole jurisdiction, with the latest deadline, that stands first; of a scheme that pays, every
    different part. ``flag`` holds, separated by "; ": ``contradiction: target_id`` (another
    figure for the same thing and date), ``wording: target_id`` (same value, one of them flat),
    ``scope``, ``joint`` (one number for two things), ``variant`` (a word that changes the
    definition) and ``unit`` (家次 beside 家).

    ``indicators`` is a file of one's own entries beside the shipped ones, as
    ``confirm_indicators`` writes it; RuleError names file and line of one that cannot be used.
    What is not here is in ``unaligned_targets``, with the reason. Corrections that ``targets``
    carries are applied (which indicator, or none) and carried on; CorrectionError with those that
    do not fit.
    """
    targets, own = checked(targets, "targets"), read_own(indicators)
    rows, refused, beside = [], [], carried(targets)
    for order, row in enumerate(targets[[*TARGET_COLUMNS, *beside]].to_dict("records")):
        try:
            found, _ = claims_of(row, own)
        except CorrectionError as error:
            refused += error.refused
            continue
        if len(found) == 1:
            rows.append({**row, "claim": found[0], "order": order})
    if refused:
        raise CorrectionError(refused)
    lines = [_line(row) for row in rows]
    _mark(lines)
    aligned = pd.DataFrame(lines, columns=[*ALIGNED_COLUMNS, *beside])
    aligned = aligned.astype({"deadline": "Int64", "horizon_year": "Int64"})
    return same_documents(by_indicator(aligned).reset_index(drop=True), targets)


def unaligned_targets(
    targets: pd.DataFrame, aligned: pd.DataFrame, *, indicators: str | Path | None = None
) -> pd.DataFrame:
    """The rows of ``targets`` that are not in ``aligned``, with the column ``reason``.

    ``ambiguous: a | b`` names the entries that claim it; other reasons are its kind, a unit that
    is not known, no indicator, no entry; ``left out`` is a row that could be aligned.
    ``indicators`` as in ``align_targets``.
    """
    own = read_own(indicators)
    targets = checked(targets, "targets")
    aligned = checked(aligned, "aligned", only=("target_id",))
    rest = targets[~targets["target_id"].isin(aligned["target_id"])]
    reasons = [_reason(*claims_of(row, own)) for row in rest.to_dict("records")]
    return rest.assign(reason=pd.Series(reasons, rest.index, dtype=object)).reset_index(drop=True)


def _reason(found: tuple[Claim, ...], reason: str) -> str:
    """Why a target is not aligned."""
    if len(found) > 1:
        return "ambiguous: " + " | ".join(claim.entry.id for claim in found)
    return reason or "left out"


def claims_of(row: dict, own: Own = NOTHING) -> tuple[tuple[Claim, ...], str]:
    """The entries that claim a row of the target table, and why there is none.

    The one that a person chose, where the row carries such a correction.
    """
    return chosen_claims(row, *_claims_of(row, own), own)


def _claims_of(row: dict, own: Own) -> tuple[tuple[Claim, ...], str]:
    if row["kind"] not in ALIGNED_KINDS:
        return (), f"kind: {row['kind']}"
    unit = None if pd.isna(row["unit"]) else unit_of(row["unit"])
    if unit is None:
        return (), f"unit: {row['unit']} has no factor in units.csv"
    subject = "" if pd.isna(row["indicator"]) else subject_of(row["indicator"], unit)
    if not subject:
        return (), "no indicator"
    found = claims(
        subject, dimension=unit.dimension, measure=row["measure"], kind=row["kind"],
        quote="" if pd.isna(row["quote"]) else plain(row["quote"]),
        number=plain(f"{row['number']}{row['unit']}"), own=own,
    )  # fmt: skip
    return found, "" if found else "no entry"


def _line(row: dict) -> dict:
    """One row of the aligned table, with the helper fields that marking and sorting need."""
    claim, unit = row["claim"], known_unit(row["unit"])
    percent = claim.entry.kind == "incentive" and unit.dimension == "percent"
    base = known_unit("%") if percent else claim.entry.unit
    limit = claim.limit if claim.entry.kind == "target" else ""
    flags = {"scope": limit, "joint": claim.joint, "variant": "、".join(claim.variants)}
    flags["unit"] = "" if unit.note == base.note else unit.note
    indicator, zh, en = claim.names
    return {
        **row, "indicator": indicator, "indicator_zh": zh, "indicator_en": en,
        "theme": claim.entry.theme, "low": converted(row["low"], unit, base),
        "high": converted(row["high"], unit, base), "unit": base.name, "scope": claim.scope,
        "wording": row["indicator"], "headline": False, "proviso": provisos_of(row),
        "flag": [f"{name}: {words}" for name, words in flags.items() if words],
    }  # fmt: skip


def _mark(lines: list[dict]) -> None:
    """Set ``headline`` and the flags that come from several statements of one document."""
    groups: dict[tuple, list[dict]] = {}
    for line in lines:
        groups.setdefault((line["kind"], line["indicator"], line["doc_id"]), []).append(line)
    for (kind, *_), group in groups.items():
        if kind == "incentive":
            _mark_incentives(group)
        else:
            min(group, key=_headline_order)["headline"] = True
            for a in group:
                a["flag"] += filter(None, [_conflict(a, b) for b in group if b is not a])
    for line in lines:
        line["flag"] = "; ".join(line["flag"])


def _mark_incentives(group: list[dict]) -> None:
    """Every part of a scheme is printed, but the same part only once."""
    seen = set()
    for line in group:
        part = tuple(line[key] for key in _PART)
        line["headline"] = part not in seen
        seen.add(part)


def _headline_order(line: dict) -> tuple:
    """The whole jurisdiction first, then the latest deadline, then reading order."""
    years = (line["deadline"], line["horizon_year"])
    due = next((year for year in years if pd.notna(year)), 0)
    return bool(line["claim"].limit or line["claim"].joint), -due, line["order"]


def _conflict(a: dict, b: dict) -> str:
    """A flag where two statements of one document cannot both be its figure for one date.

    ≥ 3000 and ≥ 5000 are two figures; ≥ 300 and > 300 are one in other words, and 3 lies within
    2–4. A missing deadline may be any date. Another scope, definition or yearly basis is no
    conflict.
    """
    dates = {x["deadline"] for x in (a, b) if not pd.isna(x["deadline"])}
    same = all(a[key] == b[key] for key in ("scope", "per_year"))
    tiers = a["condition"] and b["condition"] and a["condition"] != b["condition"]
    if len(dates) > 1 or tiers or not same or a["claim"] != b["claim"]:
        return ""
    signs = {a["comparator"], b["comparator"]}
    if (a["low"], a["high"]) == (b["low"], b["high"]) and len(signs) == 1:
        return ""
    overlap = max(a["low"], b["low"]) <= min(a["high"], b["high"])
    alike = overlap and any(signs <= some for some in _ALIKE)
    return f"{'wording' if alike else 'contradiction'}: {b['target_id']}"
