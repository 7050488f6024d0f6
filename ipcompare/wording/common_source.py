"""Which older text of the corpus two texts may both draw on, and what they share without it.

A source of two texts is a reference text of the corpus, or a parent of one of them, whose recorded
date is before those of both. What stands in it says nothing of the two.
"""

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from ipcompare.corpus import REFERENCE, Document
from ipcompare.wording.compared import ComparedText

Masks = dict[tuple[str, str], np.ndarray]  # of a text and another: the characters that they share


def is_older(one: Document, other: Document) -> bool:
    """Whether the recorded dates say so: 2016-04 is before 2017; of 2016-04 and 2016 unknown."""
    dates = [document.date_issued or "" for document in (one, other)]
    known = min(map(len, dates))
    return dates[0][:known] < dates[1][:known]


def sources_of(a: Document, b: Document, documents: Sequence[Document]) -> list[str]:
    """The doc_ids of the sources of two texts, the oldest first."""
    parents = {*a.parents, *b.parents} - {a.doc_id, b.doc_id}
    found = [
        one
        for one in documents
        if one.doc_id not in (a.doc_id, b.doc_id)
        and (one.use == REFERENCE or one.doc_id in parents)
        and is_older(one, a)
        and is_older(one, b)
    ]
    return [one.doc_id for one in sorted(found, key=lambda one: one.date_issued or "")]


def shared_masks(passages: pd.DataFrame, texts: Sequence[ComparedText]) -> Masks:
    """Which characters of each text stand in a passage with each other text."""
    masks: Masks = {}
    by_id = {text.doc_id: text for text in texts}
    for one, two in (("a", "b"), ("b", "a")):
        for pair, rows in passages.groupby([f"doc_{one}", f"doc_{two}"], observed=True):
            spans = zip(rows[f"start_{one}"], rows[f"end_{one}"], strict=True)
            mask = by_id[pair[0]].mask(spans) if pair[0] in by_id else None
            if mask is not None:
                masks[pair] = masks.get(pair, False) | mask
    return masks


def common_sources(passages: pd.DataFrame, texts: Sequence[ComparedText]) -> list[str | None]:
    """Of each passage the oldest source in which half of it stands, on either side."""
    masks, by_id = shared_masks(passages, texts), {text.doc_id: text for text in texts}
    documents = [text.document for text in texts]
    found: list[str | None] = []
    for row in passages.itertuples():
        ends = ((row.doc_a, row.start_a, row.end_a), (row.doc_b, row.start_b, row.end_b))
        both = by_id[row.doc_a].document, by_id[row.doc_b].document
        sources = sources_of(*both, documents)
        held = (s for s in sources if all(_half(by_id, masks, s, *end) for end in ends))
        found.append(next(held, None))
    return found


def _half(
    by_id: dict[str, ComparedText], masks: Masks, source: str, doc_id: str, start: int, end: int
) -> bool:
    """Whether half of a span of a text stands in the source."""
    mask = masks.get((doc_id, source))
    if mask is None:
        return False
    inside = by_id[doc_id].mask([(start, end)])
    return 2 * (mask & inside).sum() >= inside.sum()


def net_of_sources(
    text: ComparedText, other: ComparedText, documents: Sequence[Document], masks: Masks,
    compared: Collection[frozenset[str]] | None,
) -> np.ndarray | None:  # fmt: skip
    """The characters shared with another text that stand in no source of the two; None without one.

    ``compared``: the pairs of documents that were compared, where not all of them were.
    """
    sources = sources_of(text.document, other.document, documents)
    if compared is not None:
        sources = [s for s in sources if frozenset((text.doc_id, s)) in compared]
    if not sources:
        return None
    nothing = np.zeros(len(text.key), dtype=bool)
    in_sources = np.any([masks.get((text.doc_id, s), nothing) for s in sources], axis=0)
    return masks.get((text.doc_id, other.doc_id), nothing) & ~in_sources
