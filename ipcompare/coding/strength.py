"""Policy strength (政策力度): what a document may demand times how much its measures demand.

After Peng Jisheng, Zhong Weiguo and Sun Wenxiang (管理世界 2008, no. 9); ranks, forms and steps
are data (``coding/strength.toml``).
"""

from typing import Any

import pandas as pd

from ipcompare.coding.coding_files import Coding
from ipcompare.coding.standing import decided_codes, standing_of
from ipcompare.data import PlainError, read_toml
from ipcompare.frames import columns_of, require
from ipcompare.words import word

FILE = "coding/strength.toml"
RANK, FORM, MEASURE = "rank", "form", "measure"


def policy_strength(coding: Coding, *, coder: str | None = None) -> pd.DataFrame:
    """One row a document and measure: force (1 to 5) × measure (1 to 5), from decided codes.

    ``force`` is that of the coded ``issuer_rank`` and ``form``, ``measure_score`` the coded step;
    a document with several measures has a row a ``part``. ``scale`` says to which scale the force
    belongs; those of two scales cannot be compared. Where the force of all documents is one, it is
    left out: the strength is the measure, and ``degenerate`` is true. What is missing makes the
    strength missing, with a ``reason``. PlainError for a code that ``strength.toml`` does not
    have, and as ``decided_codes`` where nobody has decided.
    """
    decided = decided_codes(coding, coder=coder)
    require(coding.items, ("item_id", "doc_id"), "read_coding")
    codes = decided[decided["field"].isin([RANK, FORM, MEASURE])]
    if codes.empty:
        raise PlainError(f"{coding.folder}: no codes of rank, form and measure; code them first")
    rows = [row for item in coding.items.itertuples() for row in _rows(coding, item, codes)]
    names = ["doc_id", "part", "issuer_rank", "form", "scale", "force", "measure_score", "reason"]
    table = pd.DataFrame(rows, columns=names).astype({"force": "Int64", "measure_score": "Int64"})
    one = table["force"].nunique() == 1
    factor = table["force"].where(table["force"].isna(), 1) if one else table["force"]
    by, standing = "; ".join(sorted(set(codes["decided_by"]))), standing_of(codes)
    table = table.assign(policy_strength=factor * table["measure_score"], degenerate=one)
    return table.assign(standing=standing, decided_by=by)[list(columns_of("policy_strength"))]


def strength_table(strength: pd.DataFrame) -> pd.DataFrame:
    """The table to print: without rank, form and force where the force is one for all."""
    require(strength, columns_of("policy_strength"), "policy_strength")
    constant = bool(strength["degenerate"].any())
    dropped = ["issuer_rank", "form", "scale", "force", "measure_score"] if constant else []
    return strength.drop(columns=[*dropped, "degenerate", "standing", "decided_by"])


def strength_note(strength: pd.DataFrame, lang: str) -> str:
    """What a reader must know of the strength; empty where there is nothing."""
    require(strength, columns_of("policy_strength"), "policy_strength")
    said, known = [], strength.dropna(subset=["force"])
    if strength["degenerate"].any():
        force = int(known["force"].iloc[0])
        said.append(word("coded.degenerate", lang, force=force, n=known["doc_id"].nunique()))
    if known["scale"].nunique() > 1:
        said.append(word("coded.two_scales", lang))
    if missing := strength["policy_strength"].isna().sum():
        said.append(word("coded.strength_missing", lang, n=int(missing)))
    return ("" if lang == "zh" else " ").join(said)


def _rows(coding: Coding, item: Any, codes: pd.DataFrame) -> list[tuple]:
    """The rows of one document: its force, and each measure that was coded."""
    own = codes[codes["item_id"] == item.item_id]
    said = {field: own[own["field"] == field] for field in (RANK, FORM, MEASURE)}
    rank, form = (_only(coding, item, said[field], field) for field in (RANK, FORM))
    scale, force = _force(rank, form)
    reason = _reason(rank, form, force)
    rows: list[tuple] = []
    for part, value in zip(said[MEASURE]["part"], said[MEASURE]["value"], strict=True):
        step = _known(coding, item, MEASURE, value)
        rows.append((item.doc_id, part, rank, form, scale, force, int(step), reason))
    lacking = "; ".join(filter(None, [reason, MEASURE]))
    return rows or [(item.doc_id, "", rank, form, scale, force, None, lacking)]


def _only(coding: Coding, item: Any, rows: pd.DataFrame, field: str) -> str | None:
    """The one code of a document, or None."""
    values = set(rows["value"])
    if len(values) > 1:
        raise PlainError(f"{coding.folder}: {item.item_id} has two codes of {field}; it has one")
    return _known(coding, item, field, values.pop()) if values else None


def _known(coding: Coding, item: Any, field: str, value: str) -> str:
    """The code, if the data file has it."""
    key = "score" if field == MEASURE else "id"
    known = [str(one[key]) for one in read_toml(FILE)[field]]
    if value not in known:
        place = f"{coding.folder}: {item.item_id}, {field}"
        raise PlainError(f"{place}: {value!r} is not one of {', '.join(known)} ({FILE})")
    return value


def _force(rank: str | None, form: str | None) -> tuple[str | None, int | None]:
    """The scale of a rank, and the force of rank and form; None where no row has the two."""
    said = read_toml(FILE)
    scale = next((one["scale"] for one in said["rank"] if one["id"] == rank), None)
    scores = [f["score"] for f in said["force"] if f["rank"] == rank and form in f["forms"]]
    if len(scores) > 1:
        raise PlainError(f"{FILE}: {rank} and {form} have two scores; a pair has one")
    return scale, scores[0] if scores else None


def _reason(rank: str | None, form: str | None, force: int | None) -> str:
    """Why there is no force: what was not coded, or that the scale has no such pair."""
    lacking = [name for name, value in ((RANK, rank), (FORM, form)) if value is None]
    if lacking:
        return "; ".join(lacking)
    return "" if force is not None else f"no force of {rank} + {form}"
