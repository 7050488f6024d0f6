"""How right the tool is on texts of one's own: its answers against adjudicated codes.

Everything is a list of cases, each right or wrong, of an item drawn with probability p; the shares
and their intervals are those of ``weighted_shares.weighted_share``.
"""

import functools
from collections.abc import Hashable, Iterable, Iterator
from typing import NamedTuple

import pandas as pd

from ipcompare.checks.agreement import character_f1, plain_value
from ipcompare.checks.validation import SAME_WORDING
from ipcompare.coding.adjudication import check_gold
from ipcompare.coding.coder_agreement import MENTION, comparable, item_places
from ipcompare.coding.coding_files import MENTIONS, Coding, Field
from ipcompare.coding.weighted_shares import Estimate, weighted_share
from ipcompare.data import PlainError, read_rows
from ipcompare.frames import columns_of
from ipcompare.words import word_table

PRECISION, RECALL, ACCURACY = "precision", "recall", "accuracy"
OVERLAP, VERBATIM = "overlap", "verbatim"
ALL = "all"  # the field of the rows about every field of a mention, the value about every value
UNCLEAR = "unclear"  # adjudicated so, an item counts neither way
FEW = 30
_WORDS = {"indicator", "each", "condition"}  # text that may be worded otherwise
_REASONS = ("coding.no_theme", "coding.no_tool")  # why there is no theme or tool
_VALUE = "value"  # lower and upper end of a mention together
_SHIPPED = ("task", "field", "value", "check", "share", "low", "high", "texts")
Said = dict[str, str]  # field to value


class Case(NamedTuple):
    """One thing that is right or wrong, and the item that it was drawn with."""

    field: str
    value: str
    check: str
    item_id: str
    right: bool


def validate(coding: Coding) -> pd.DataFrame:
    """One row a field, value and check: the share that is right of the items that were adjudicated.

    ``check``: precision (of what the tool says, what is so), recall (of what is so, what the tool
    says), accuracy (both say the same); of wordings overlap (character F1 of at least 0.6) and
    verbatim. ``value``: the value that precision and recall are of, ``all`` for all labels of a set
    together. For mentions, field ``mention`` has precision and recall of numbers, found where they
    stand; fields are of numbers found; ``all`` asks every field to be right, of all numbers there
    are, so that one not found is wrong. A field that may stay empty is compared where either side
    has an answer and the fields that may not are right. What was adjudicated as unclear counts
    neither way.

    ``share`` is weighted by 1/p; ``low, high`` its 95 % interval, clustered by document (by clause
    in a coding of one document: ``by``), see ``weighted_share``; ``effective`` cases are what it
    is as exact as. ``shipped, shipped_low, shipped_high`` are the scores published with the tool,
    on ``shipped_texts``, where there are any. ``note``: codes joined by ``;``: few (under 30
    cases), part (not every item drawn was adjudicated: p is then not quite what they were kept
    with), model (a language model is among the coders), made_up (a program made up codes).
    PlainError without an adjudicating person, or for a task of one's own, on which the tool says
    nothing.
    """
    gold = check_gold(coding)
    if coding.machine.empty:
        raise PlainError(
            f"{coding.folder / 'machine.csv'}: the tool says nothing of task {coding.task}; "
            "agreement of coders can be computed, how right the tool is cannot"
        )
    done = set(gold["item_id"])
    by, clusters = clusters_of(coding, done)
    p = dict(zip(coding.items["item_id"], coding.items["p"], strict=True))
    rows = []
    for head, own in _grouped(cases(coding)).items():
        ids = [case.item_id for case in own]
        found = weighted_share(
            [case.right for case in own], [p[i] for i in ids], [clusters[i] for i in ids]
        )
        rows.append((*head, *_numbers(found), by, *_shipped(coding.task, head),
                     _note(coding, len(own), done)))  # fmt: skip
    return pd.DataFrame(rows, columns=columns_of("validate"))


def cases(coding: Coding) -> Iterator[Case]:
    """Every case of the adjudicated items, in drawing order."""
    gold, said = by_item(check_gold(coding)), by_item(coding.machine)
    for item_id in coding.items["item_id"]:
        if item_id not in gold:
            continue
        ours = said.get(item_id, {})
        if coding.task == MENTIONS:
            yield from _mention_cases(coding, item_id, ours, gold[item_id])
        else:
            yield from _item_cases(coding, item_id, ours.get("", {}), gold[item_id].get("", {}))


def by_item(rows: pd.DataFrame) -> dict[str, dict[str, Said]]:
    """item → part → field → value."""
    found: dict[str, dict[str, Said]] = {}
    for row in rows.itertuples():
        found.setdefault(row.item_id, {}).setdefault(row.part, {})[row.field] = row.value
    return found


def clusters_of(coding: Coding, item_ids: Iterable[str]) -> tuple[str, dict[str, str]]:
    """What intervals go by: documents, or clauses where all items are of one document."""
    places = item_places(coding)
    one = len({places[item_id][0] for item_id in item_ids}) < 2
    return ("clause", "document")[not one], {i: place[one] for i, place in places.items()}


def _grouped(found: Iterable[Case]) -> dict[tuple[str, str, str], list[Case]]:
    groups: dict[tuple[str, str, str], list[Case]] = {}
    for case in found:
        groups.setdefault(case[:3], []).append(case)
    return dict(sorted(groups.items(), key=lambda group: group[0][0] == ALL))


def _numbers(found: Estimate) -> tuple:
    return found.n, found.clusters, found.value, found.low, found.high, found.effective


# --- mentions -----------------------------------------------------------------------------------


def _mention_cases(
    coding: Coding, item_id: str, ours: dict[str, Said], gold: dict[str, Said]
) -> Iterator[Case]:
    """Numbers are the same where they stand at the same place of the sentence."""
    parts = [{part for part in side if part} for side in (ours, gold)]
    for part in sorted(parts[0], key=int):
        yield Case(MENTION, "", PRECISION, item_id, part in parts[1])
    for part in sorted(parts[1], key=int):
        yield Case(MENTION, "", RECALL, item_id, part in parts[0])
        right = mention_checks(coding, ours[part], gold[part]) if part in parts[0] else {}
        for (field, check), is_right in right.items():
            yield Case(field, "", check, item_id, is_right)
        plain = [is_right for (_, check), is_right in right.items() if check == ACCURACY]
        for check in (OVERLAP, VERBATIM):
            whole = bool(right) and all(plain) and right["indicator", check]
            yield Case(ALL, "", check, item_id, whole)


def mention_checks(coding: Coding, ours: Said, gold: Said) -> dict[tuple[str, str], bool]:
    """(field, check) to whether it is right, of a number that both have."""
    found = {
        (_VALUE, ACCURACY): all(_equal("interval", ours, gold, end) for end in ("low", "high"))
    }
    for field in coding.fields:
        if field.id in ("number", "low", "high"):
            continue
        if field.id in _WORDS:
            found |= {(field.id, check): right for check, right in _worded(field, ours, gold)}
        else:
            found[field.id, ACCURACY] = _equal(field.scale, ours, gold, field.id)
    return found


def _equal(scale: str, ours: Said, gold: Said, field: str) -> bool:
    one, other = (comparable(scale, side.get(field, "")) for side in (ours, gold))
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= 1e-9 * max(1.0, abs(other))
    return one == other


def _worded(field: Field, ours: Said, gold: Said) -> Iterator[tuple[str, bool]]:
    one, other = (plain_value(side.get(field.id, "")) for side in (ours, gold))
    yield OVERLAP, character_f1(one, other) >= SAME_WORDING
    yield VERBATIM, one == other


# --- one answer an item ---------------------------------------------------------------------------


def _item_cases(coding: Coding, item_id: str, ours: Said, gold: Said) -> Iterator[Case]:
    needed = [field for field in coding.fields if field.needed]
    if any(gold.get(field.id) == UNCLEAR for field in needed):
        return
    for field in needed:
        yield from _field_cases(field, item_id, ours, gold)
    if not all(_same(field, ours, gold) for field in needed):
        return
    for field in coding.fields:
        answered = ours.get(field.id) or gold.get(field.id)
        if not field.needed and answered and gold.get(field.id) != UNCLEAR:
            yield from _field_cases(field, item_id, ours, gold)


def _same(field: Field, ours: Said, gold: Said) -> bool:
    if field.scale == "set":
        return plain_labels(field, ours) == plain_labels(field, gold)
    return _equal(field.scale, ours, gold, field.id)


def _field_cases(field: Field, item_id: str, ours: Said, gold: Said) -> Iterator[Case]:
    if field.id in _WORDS:
        for check, right in _worded(field, ours, gold):
            yield Case(field.id, "", check, item_id, right)
        return
    yield Case(field.id, "", ACCURACY, item_id, _same(field, ours, gold))
    if field.scale in ("nominal", "ordinal", "set"):
        sides = plain_labels(field, ours), plain_labels(field, gold)
        for check, (one, other) in ((PRECISION, sides), (RECALL, sides[::-1])):
            for label in sorted(one):
                yield Case(field.id, label, check, item_id, label in other)
                if field.scale == "set":
                    yield Case(field.id, ALL, check, item_id, label in other)


def plain_labels(field: Field, side: Said) -> frozenset[str]:
    """The values chosen; why there is no theme or tool is none."""
    chosen = side.get(field.id, "").split(";") if field.scale == "set" else [side.get(field.id, "")]
    return frozenset(filter(None, chosen)) - (_reasons() if field.scale == "set" else set())


@functools.cache
def _reasons() -> frozenset[str]:
    return frozenset(key for table in _REASONS for key in word_table(table))


# --- beside it ------------------------------------------------------------------------------------


def _shipped(task: str, head: tuple[Hashable, ...]) -> tuple:
    found = _published().get((task, *head))
    return found or (float("nan"), float("nan"), float("nan"), "")


@functools.cache
def _published() -> dict[tuple, tuple]:
    """(task, field, value, check) to share, low, high and on which texts."""
    rows = read_rows("coding/shipped_scores.csv", _SHIPPED)
    return {
        (row["task"], row["field"], row["value"], row["check"]): (
            *(float(row[key] or "nan") for key in ("share", "low", "high")),
            row["texts"],
        )
        for _, row in rows
    }


def _note(coding: Coding, n: int, done: set[str]) -> str:
    kinds = {coder.kind for coder in coding.coders}
    known = (
        ("few", n < FEW),
        ("part", len(done) < len(coding.items)),
        ("model", "model" in kinds),
        ("made_up", coding.made_up),
    )
    return ";".join(code for code, holds in known if holds)
