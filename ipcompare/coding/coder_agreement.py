"""How well the coders of a folder agree: one table of coefficients, one of disagreements."""

import math
from collections.abc import Hashable, Iterator, Sequence
from itertools import combinations
from typing import Any, NamedTuple

import pandas as pd

from ipcompare.checks.agreement import cohens_kappa, plain_value
from ipcompare.coding.coding_files import MENTIONS, Coding, Field
from ipcompare.coding.coefficients import (
    alpha_interval,
    krippendorff_alpha,
    percent_agreement,
    weighted_kappa,
)
from ipcompare.frames import columns_of

MENTION = "mention"  # whether a coder has a number at all, of those that any coder has
FEW = 30  # units with two codes below which a coefficient says little
WIDE = 0.4  # width of the interval of alpha from which it says little
YES, NO = "yes", "no"
ALL = ""  # doc_id of the row of all documents
_SCALES = {"text": "nominal"}  # words are compared as a whole, without width and white space


class Answers(NamedTuple):
    """What each coder answered to one field of one item (or one number of it).

    ``values``: coder to value as it is stored, "" for an item coded with this field left empty;
    a coder who has not coded the item is not in it.
    """

    item_id: str
    part: str
    field: str
    values: dict[str, str]


def agreement_table(coding: Coding, *, draws: int = 1000) -> pd.DataFrame:
    """One row a field and document, those of all documents together first (doc_id empty).

    ``n`` units (items, or numbers of sentences) that two coders have coded, ``n_pairs`` of codes,
    ``percent`` of pairs that are equal (0 to 1), ``kappa`` of two coders, ``weighted_kappa``
    (squares) of an ordinal field, ``alpha`` by ``scale`` with its 95 % interval by bootstrap over
    clauses, seeded by the coding. Items count alike: agreement is not weighted by p. An empty
    answer of a coded item is an answer, but no number: alpha of an interval field leaves it out,
    percent does not. Of numbers in sentences the fields are compared where the coders have the
    number; ``mention`` is the share that they have in common, and has no kappa or alpha, since
    numbers that nobody saw cannot be counted. ``mentions`` is how many a sentence has.

    ``note`` holds codes joined by ``;``: few (under 30 units), wide (interval wider than 0.4),
    one_value (one value only: kappa and alpha undefined), all_equal (no disagreement, hence no
    interval), one_coder (nothing coded twice), model (a language model is among the coders),
    made_up (a program made up codes).
    """
    found, places = list(answers(coding)), item_places(coding)
    rows = []
    for field in compared_fields(coding):
        own = [unit for unit in found if unit.field == field.id and len(unit.values) > 1]
        rows.append(_row(coding, field, ALL, own, places, draws))
        for doc_id in _in_order(coding, places):
            part = [unit for unit in own if places[unit.item_id][0] == doc_id]
            if part:
                rows.append(_row(coding, field, doc_id, part, places, draws))
    return pd.DataFrame(rows, columns=columns_of("agreement_table"))


def disagreements(coding: Coding) -> pd.DataFrame:
    """One row an item (or number of it) and field on which coders differ, in drawing order.

    ``codes`` names each coder with the answer: ``a: target | b: fact``; ``text`` is what was coded.
    A number that one coder does not have is a disagreement on ``mention``.
    """
    texts, places = item_texts(coding), item_places(coding)
    rows = [
        (places[u.item_id][0], u.item_id, u.part, u.field, _said(u), texts[u.item_id])
        for u in answers(coding)
        if differ(coding, u)
    ]
    return pd.DataFrame(rows, columns=columns_of("disagreements"), dtype=object)


def _in_order(coding: Coding, places: dict[str, tuple[str, str]]) -> list[str]:
    """The documents in the order of the corpus, pairs of them by their first."""
    order = {doc_id: n for n, (doc_id, _) in enumerate(coding.documents)}
    found = dict.fromkeys(doc for doc, _ in places.values())
    return sorted(found, key=lambda doc: [order.get(one, len(order)) for one in doc.split()])


def answers(coding: Coding) -> Iterator[Answers]:
    """Every field of every item that was coded, by item in drawing order, then part and field."""
    said = _by_item(coding.codes)
    for item_id in coding.items["item_id"]:
        own = said.get(item_id, {})
        if coding.task == MENTIONS:
            yield from _mention_answers(coding, item_id, own)
        else:
            for field in coding.fields:
                values = {name: parts.get("", {}).get(field.id, "") for name, parts in own.items()}
                if values:
                    yield Answers(item_id, "", field.id, values)


def _mention_answers(
    coding: Coding, item_id: str, own: dict[str, dict[str, dict[str, str]]]
) -> Iterator[Answers]:
    """How many numbers a sentence has, which, and the fields of those that a coder has."""
    counted = {name: str(len(parts.keys() - {""})) for name, parts in own.items()}
    if counted:
        yield Answers(item_id, "", MENTIONS, counted)
    for part in sorted({part for parts in own.values() for part in parts if part}, key=int):
        having = {name: parts[part] for name, parts in own.items() if part in parts}
        yield Answers(item_id, part, MENTION, {n: YES if n in having else NO for n in own})
        for field in coding.fields:
            values = {name: fields.get(field.id, "") for name, fields in having.items()}
            yield Answers(item_id, part, field.id, values)


def _by_item(codes: pd.DataFrame) -> dict[str, dict[str, dict[str, dict[str, str]]]]:
    """item → coder → part → field → value."""
    found: dict[str, dict[str, dict[str, dict[str, str]]]] = {}
    for row in codes.itertuples():
        parts = found.setdefault(row.item_id, {}).setdefault(row.coder, {})
        parts.setdefault(row.part, {})[row.field] = row.value
    return found


def compared_fields(coding: Coding) -> tuple[Field, ...]:
    """The fields that coders can differ on; for mentions also how many and which."""
    if coding.task != MENTIONS:
        return coding.fields
    counted = Field(MENTIONS, "", "", "interval")
    which = Field(MENTION, "", "", "nominal")
    return counted, which, *(field for field in coding.fields if field.id != "number")


def differ(coding: Coding, unit: Answers) -> bool:
    """Whether two coders answered otherwise; how many numbers there are follows from which."""
    if unit.field == MENTIONS:
        return False
    scale = "nominal" if unit.field == MENTION else coding.field(unit.field).scale
    return len({comparable(scale, value) for value in unit.values.values()}) > 1


def comparable(scale: str, value: str) -> Hashable:
    """A stored value in the form in which it is compared; "" is the empty answer.

    >>> comparable("interval", "10") == comparable("interval", "10.0")
    True
    """
    if scale == "set":
        return frozenset(filter(None, value.split(";")))
    if scale == "interval":
        return float(value) if value else ""
    return plain_value(value)


def item_places(coding: Coding) -> dict[str, tuple[str, str]]:
    """Item to its document and clause; of a pair of provisions both documents, apart by a space."""
    rows = coding.items.to_dict("records")
    return {
        row["item_id"]: (_documents(row), row.get("clause_id") or row["item_id"]) for row in rows
    }


def _documents(row: dict[Hashable, Any]) -> str:
    other = str(row.get("match_id") or "").partition("#")[0]
    return f"{row['doc_id']} {other}" if other else str(row["doc_id"])


def item_texts(coding: Coding) -> dict[str, str]:
    """Item to the words that were coded; both of a pair, one below the other."""
    rows = coding.items.to_dict("records")
    return {
        row["item_id"]: "\n".join(str(row[key]) for key in ("text", "other") if row.get(key))
        for row in rows
    }


def _said(unit: Answers) -> str:
    return " | ".join(f"{name}: {value}" for name, value in unit.values.items())


# --- one row --------------------------------------------------------------------------------


def _row(
    coding: Coding,
    field: Field,
    doc_id: str,
    units: Sequence[Answers],
    places: dict[str, tuple[str, str]],
    draws: int,
) -> tuple:
    """The coefficients of one field in one document."""
    names = [coder.name for coder in coding.coders]
    codes = [
        tuple(
            comparable(field.scale, u.values[name]) if name in u.values else None for name in names
        )
        for u in units
    ]
    pairs = [pair for unit in codes for pair in combinations([c for c in unit if c is not None], 2)]
    head = (field.id, doc_id, _SCALES.get(field.scale, field.scale), len(units), len(pairs))
    percent = percent_agreement(codes)
    if field.id == MENTION:
        return (*head, percent, *[math.nan] * 5, _note(coding, units, math.nan, pairs))
    alpha, low, high = _alpha(coding, field, codes, [places[u.item_id][1] for u in units], draws)
    kappas = _kappas(field, codes, pairs)
    note = _note(coding, units, high - low, pairs)
    return (*head, percent, *kappas, alpha, low, high, note)


def _alpha(
    coding: Coding, field: Field, codes: list[tuple], clauses: list[str], draws: int
) -> tuple[float, float, float]:
    scale, order = _SCALES.get(field.scale, field.scale), None
    if scale == "interval":
        codes = [tuple(None if code == "" else code for code in unit) for unit in codes]
    if scale == "ordinal":
        codes = [tuple(code or None for code in unit) for unit in codes]
        order = [plain_value(value.id) for value in field.values]
    alpha = krippendorff_alpha(codes, scale, order)
    interval = alpha_interval(codes, scale, clauses, order=order, draws=draws, seed=coding.seed)
    return alpha, *interval


def _kappas(field: Field, codes: list[tuple], pairs: list[tuple]) -> tuple[float, float]:
    """Cohen's kappa and the weighted one, where they apply: two coders, no numbers."""
    if any(len(unit) != 2 for unit in codes) or field.scale == "interval" or not pairs:
        return math.nan, math.nan
    kappa = cohens_kappa(pairs)
    order = [plain_value(value.id) for value in field.values]
    whole = [pair for pair in pairs if all(pair)]
    weighted = weighted_kappa(whole, order) if field.scale == "ordinal" else math.nan
    return math.nan if kappa is None else kappa, weighted


def _note(coding: Coding, units: Sequence[Answers], width: float, pairs: list[tuple]) -> str:
    """What a reader must know of a row, as codes; see ``agreement_table``."""
    values = {code for pair in pairs for code in pair}
    coders = {name for unit in units for name in unit.values}
    known = (
        ("one_coder", not pairs),
        ("few", 0 < len(units) < FEW),
        ("one_value", len(values) == 1),
        ("all_equal", len(values) > 1 and all(a == b for a, b in pairs)),
        ("wide", width > WIDE),
        ("model", any(coding.coder(name).kind == "model" for name in coders)),
        ("made_up", coding.made_up),
    )
    return ";".join(code for code, holds in known if holds)
