"""Shares of provisions over many documents: what the tool says, put right by a coded sample."""

from collections.abc import Iterator

import pandas as pd

from ipcompare.coding.adjudication import check_gold
from ipcompare.coding.coded_scores import by_item, plain_labels
from ipcompare.coding.coding_files import Coding, Field
from ipcompare.coding.weighted_shares import dsl_mean
from ipcompare.data import PlainError
from ipcompare.frames import columns_of, require


def design_based_shares(
    coding: Coding, provisions: pd.DataFrame, labels: pd.DataFrame
) -> pd.DataFrame:
    """One row a value of the coding's set field (themes, tools): its share of all provisions.

    ``provisions``: a row a provision that could be drawn, ``doc_id`` and ``clause_id``; ``labels``:
    ``clause_id`` and ``label``, what the tool says, a row each (none where it says nothing).
    ``printed`` is the share by the tool alone; ``share`` with standard error ``se`` and 95 %
    interval the one by design-based supervised learning (``dsl_mean``), clustered by document, by
    clause where there is one (``by``). An end below 0 or above 1 is cut off. It is right on average
    however wrong the tool is, as long as the items were drawn with the p of items.csv and the codes
    are right; with few coded items the interval is wide. PlainError where an adjudicated item is no
    provision of ``provisions``, or the task has no field with several values.
    """
    require(provisions, ("doc_id", "clause_id"), "leaf_provisions")
    require(labels, ("clause_id", "label"), "clause_themes")
    field = next((field for field in coding.fields if field.scale == "set"), None)
    if field is None:
        raise PlainError(f"{coding.folder}: task {coding.task} has no field with several values")
    rows = list(_shares(coding, field, provisions, labels))
    return pd.DataFrame(rows, columns=columns_of("design_based_shares"))


def _shares(
    coding: Coding, field: Field, provisions: pd.DataFrame, labels: pd.DataFrame
) -> Iterator[tuple]:
    coded, p = _coded(coding, field, set(provisions["clause_id"]))
    said = labels.groupby("clause_id")["label"].agg(set).to_dict()
    ids = list(provisions["clause_id"])
    by = "document" if provisions["doc_id"].nunique() > 1 else "clause"
    clusters = list(provisions["doc_id"]) if by == "document" else ids
    known = set().union(*coded.values(), *(said.get(i, set()) for i in ids))
    for value in (value.id for value in field.values if value.id in known):
        predicted = [float(value in said.get(i, ())) for i in ids]
        gold = [float(value in coded[i]) if i in coded else float("nan") for i in ids]
        found = dsl_mean(predicted, gold, [p.get(i, 1.0) for i in ids], clusters)
        printed = sum(predicted) / len(ids)
        ends = (min(max(end, 0.0), 1.0) for end in (found.low, found.high))
        yield field.id, value, len(ids), found.n, printed, found.value, found.se, *ends, by


def _coded(
    coding: Coding, field: Field, known: set[str]
) -> tuple[dict[str, frozenset[str]], dict[str, float]]:
    """The adjudicated values of each provision, and the probability with which it was drawn."""
    gold = by_item(check_gold(coding))
    own = coding.items[coding.items["item_id"].isin(gold.keys())]
    if strange := [i for i in own["clause_id"] if i not in known]:
        raise PlainError(
            f"{coding.folder / 'items.csv'}: {strange[0]} is no provision of the corpus; give the "
            "one that was drawn from"
        )
    coded = {
        row.clause_id: plain_labels(field, gold[row.item_id].get("", {}))
        for row in own.itertuples()
    }
    return coded, dict(zip(own["clause_id"], own["p"], strict=True))
