"""Which share of the printed cells of the matrix of targets is right."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import pandas as pd

from ipcompare.coding.adjudication import check_gold
from ipcompare.coding.coded_scores import ACCURACY, UNCLEAR, by_item, mention_checks
from ipcompare.coding.coding_files import MENTIONS, Coding
from ipcompare.coding.error_ranges import ALIGNMENT
from ipcompare.coding.weighted_shares import weighted_share
from ipcompare.data import PlainError
from ipcompare.frames import columns_of, require

WHOLE, TOUCHED = "cells_whole", "cells_touched"
Cell = tuple[str, str]  # indicator and document
Verdict = tuple[str, bool]  # the item, whether the number is right


class _Checked(NamedTuple):
    """A cell with an adjudicated number: the items, whether all its numbers were adjudicated."""

    cell: Cell
    items: frozenset[str]
    whole: bool
    right: bool


def cell_accuracy(coding: Coding, aligned: pd.DataFrame) -> pd.DataFrame:
    """Two rows: of cells (indicator and document) of ``aligned``, which share is right.

    A cell is right when every adjudicated number in it is: in task ``mentions`` it is a number with
    all its fields but the wording of what it counts (so that value, unit, kind and year are right),
    in task ``alignment`` it states the indicator. ``cells_whole`` are the cells of which every
    number was adjudicated, weighted by 1 over the probability that all their items are drawn
    together: of k items of one stratum, C(N-k, n-k) / C(N, n), strata being independent. Its share
    holds for all printed cells as far as they can be drawn whole (no stratum gives fewer than their
    items). ``cells_touched`` are all with at least one adjudicated number, not weighted: what was
    not drawn may be wrong, so that its share is too high rather than too low. Intervals clustered
    by document. PlainError for another task, or where the coding has no number of ``aligned``.
    """
    require(aligned, ("doc_id", "indicator", "target_id", "kind"), "align_targets")
    aligned = aligned[aligned["kind"] == "target"]
    found = list(_checked_cells(coding, aligned))
    if not found:
        raise PlainError(
            f"{coding.folder}: no adjudicated number is in a cell; give the corpus drawn from"
        )
    n_printed = len(aligned[["indicator", "doc_id"]].drop_duplicates())
    rows = []
    for check, own in ((WHOLE, [c for c in found if c.whole]), (TOUCHED, found)):
        p = [_together(coding, c.items) if check == WHOLE else 1.0 for c in own]
        share = weighted_share([c.right for c in own], p, [c.cell[1] for c in own])
        n_right = sum(c.right for c in own)
        rows.append(
            (
                check,
                n_printed,
                len(own),
                n_right,
                share.clusters,
                share.value,
                share.low,
                share.high,
            )
        )
    return pd.DataFrame(rows, columns=columns_of("cell_accuracy"))


def _checked_cells(coding: Coding, aligned: pd.DataFrame) -> Iterator[_Checked]:
    """The cells with an adjudicated number, in the order of ``aligned``."""
    verdict = _verdicts(coding)
    for cell, rows in aligned.groupby(["indicator", "doc_id"], sort=False, observed=True):
        said = [verdict(target_id, cell[0]) for target_id in rows["target_id"]]
        known = [one for one in said if one is not None]
        if known:
            items = frozenset(item_id for item_id, _ in known)
            right = all(is_right for _, is_right in known)
            yield _Checked(cell, items, len(known) == len(said), right)


def _verdicts(coding: Coding) -> Callable[[str, str], Verdict | None]:
    """(target_id, indicator) to the item and whether it is right; None where nobody adjudicated."""
    if coding.task not in (MENTIONS, ALIGNMENT):
        raise PlainError(
            f"{coding.folder}: task {coding.task} says nothing of cells; code mentions"
        )
    gold = by_item(check_gold(coding))
    if coding.task == MENTIONS:
        numbers = _numbers(coding, gold)
        return lambda target_id, indicator: numbers.get(target_id)
    laid = _laid(coding, gold)
    return lambda target_id, indicator: laid.get((target_id, indicator))


def _numbers(coding: Coding, gold: dict[str, dict[str, dict[str, str]]]) -> dict[str, Verdict]:
    """target_id to the sentence drawn, and whether number and fields are right."""
    found = {}
    for item_id, parts in by_item(coding.machine).items():
        for part, ours in parts.items():
            if part and item_id in gold:
                decided = gold[item_id].get(part)
                right = decided is not None and all(
                    is_right
                    for (_, check), is_right in mention_checks(coding, ours, decided).items()
                    if check == ACCURACY
                )
                found[ours["target_id"]] = item_id, right
    return found


def _laid(
    coding: Coding, gold: dict[str, dict[str, dict[str, str]]]
) -> dict[tuple[str, str], Verdict]:
    """(target_id, indicator) to the item, and whether it is so; unclear is no verdict."""
    found = {}
    for row in coding.items.itertuples():
        said = gold.get(row.item_id, {}).get("", {}).get("same", UNCLEAR)
        if said != UNCLEAR:
            found[row.target_id, row.indicator] = row.item_id, said == "yes"
    return found


def _together(coding: Coding, item_ids: frozenset[str]) -> float:
    """The probability that all these items are drawn: of k in a stratum C(N-k, n-k) / C(N, n)."""
    own = coding.items[coding.items["item_id"].isin(item_ids)]
    found = 1.0
    for _, rows in own.groupby("stratum"):
        size, drawn = int(rows["n_stratum"].iloc[0]), int(rows["n_drawn"].iloc[0])
        for k in range(len(rows)):
            found *= (drawn - k) / (size - k)
    return found
