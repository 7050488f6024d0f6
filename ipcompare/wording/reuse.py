"""Passages that documents share, word for word or nearly, and how much of each text they are.

A passage lies within one heading or one body. ``compared`` says what is compared, ``passages`` how
passages are found, ``set_phrases`` and ``proper_names`` which wording says nothing about two texts.

That two texts share wording does not say that one draws on the other: both may draw on a third.
What is known of that is said by ``named`` (one names the other) and ``common_source``.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from ipcompare.arguments import check_arguments
from ipcompare.corpus import Corpus, Document
from ipcompare.frames import PASSAGE_COLUMNS, checked, columns_of
from ipcompare.wording.common_source import (
    Masks,
    common_sources,
    net_of_sources,
    shared_masks,
)
from ipcompare.wording.compared import ComparedText, compared_texts
from ipcompare.wording.passages import Passage, common_passages

MIN_CHARS = 13  # equal characters that make a passage


def shared_passages(
    corpus: Corpus | Iterable[Document],
    *,
    min_chars: int = MIN_CHARS,
    min_score: float = 0.8,
    clauses: pd.DataFrame | None = None,
    pairs: Iterable[tuple[str, str]] | None = None,
    most_holders: int | None = None,
) -> pd.DataFrame:
    """Every passage that two documents share, in the order of the corpus, then of the text.

    One row a passage of at least ``min_chars`` equal characters (punctuation not counted), within
    one heading or body on either side:

    start_a, end_a    code points into the raw text of doc_a, end exclusive; text_a is that span
    score             equal characters / columns of the alignment, 1 = word for word
    n_equal           equal characters
    formula           True when fewer than ``min_chars`` equal characters are left without set
                      phrases (``set_phrases.csv``), proper names (``proper_names.csv``) and the
                      lists of departments that close provisions
    named             the one of the two that the other names; missing where neither does, or both
    common_source     an older text of the corpus, which is a reference text or a parent of one of
                      the two, where half of the passage stands on either side; missing where the
                      corpus holds none

    Of passages that overlap the longer is listed, a shorter one only where half of it is new.
    Between two reference texts none is listed. Of a document with fewer than ``min_chars``
    characters nothing can be said (``reuse_shares`` says which). ``clauses``, the clause table of
    the corpus, saves making it again; ``pairs`` are the doc_ids of the pairs to compare, where not
    all of them are. ``most_holders`` is for many texts: a passage begins at a run of six
    characters that stands in at most so many places, and wording that is more common throughout
    is not found; the work then grows with the texts, not with their pairs.
    """
    check_arguments(min_score=min_score, min_chars=min_chars, most_holders=most_holders)
    texts, named = compared_texts(corpus, clauses)
    rows, at = [], {text.doc_id: n for n, text in enumerate(texts)}
    numbers = [] if pairs is None else [(at[a], at[b]) for a, b in pairs]
    wanted = None if pairs is None else {(min(pair), max(pair)) for pair in numbers}
    keys = [text.key for text in texts]
    every = common_passages(keys, min_chars=min_chars, pairs=wanted, most_holders=most_holders)
    for a, b, found in every:
        kept = [p for p in found if p.equal / p.columns >= min_score]
        rows += [_passage_row(texts[a], texts[b], p, min_chars, named) for p in kept]
    table = pd.DataFrame(rows, columns=list(PASSAGE_COLUMNS))
    table = table.astype({"score": float, "formula": bool, "named": object})
    sources = pd.Series(common_sources(table, texts), index=table.index, dtype=object)
    return _reported(table.assign(common_source=sources), texts)


def reuse_shares(
    passages: pd.DataFrame,
    corpus: Corpus | Iterable[Document],
    *,
    min_chars: int = MIN_CHARS,
    clauses: pd.DataFrame | None = None,
    pairs: Iterable[tuple[str, str]] | None = None,
) -> pd.DataFrame:
    """How much of each text stands in another: one row an ordered pair of documents.

    ``min_chars`` and ``pairs`` as they were for ``shared_passages``. A reference text is an
    ``other_id`` only.

    other_id     missing: any other document, of those compared
    n_chars      characters compared, without the lists of departments that close provisions
    n_shared     those in a passage of ``passages``, each counted once
    share        n_shared / n_chars
    n_formula    characters in set phrases and proper names, shared or not
    share_own    the share with these counted neither above nor below the line
    share_net    share_own without what stands in an older common source, too (``common_source`` in
                 ``shared_passages``); missing where the corpus holds no such text: nothing is known
                 of where the shared wording comes from
    too_short    the text, or the other, has too few characters to say: the shares are missing,
                 not 0
    named        as in ``shared_passages``
    """
    check_arguments(min_chars=min_chars)
    passages, (texts, named) = checked(passages, "passages"), compared_texts(corpus, clauses)
    wanted = None if pairs is None else {frozenset(pair) for pair in pairs}
    masks, documents, rows = shared_masks(passages, texts), [t.document for t in texts], []
    for text in (t for t in texts if t.reported):
        others = [t for t in texts if t is not text]
        if wanted is not None:
            others = [t for t in others if frozenset((text.doc_id, t.doc_id)) in wanted]
        net = [net_of_sources(text, other, documents, masks, wanted) for other in others]
        rows += [_share_row(text, None, others, masks, net, min_chars, named)]
        for other, own in zip(others, net, strict=True):
            rows += [_share_row(text, other, [other], masks, [own], min_chars, named)]
    table = pd.DataFrame(rows, columns=columns_of("reuse_shares"))
    shares = dict.fromkeys(("share", "share_own", "share_net"), float)
    return table.astype({"other_id": object, "named": object, **shares})


# --- the rows -------------------------------------------------------------------------------


def _passage_row(
    a: ComparedText, b: ComparedText, p: Passage, min_chars: int, named: set[tuple[str, str]]
) -> tuple:
    formula = min(a.formula[p.start_a : p.end_a].sum(), b.formula[p.start_b : p.end_b].sum())
    return (
        *_span(a, p.start_a, p.end_a), *_span(b, p.start_b, p.end_b),
        round(p.equal / p.columns, 4), p.equal, p.equal - formula < min_chars,
        _named(a.doc_id, b.doc_id, named), None,
    )  # fmt: skip


def _span(text: ComparedText, start: int, end: int) -> tuple[str, int, int, str]:
    first, last = int(text.places[start]), int(text.places[end - 1]) + 1
    return text.doc_id, first, last, text.document.text[first:last]


def _named(a: str, b: str, named: set[tuple[str, str]]) -> str | None:
    """Which of two documents the other names; of two that name each other one cannot say."""
    by = [other for one, other in ((a, b), (b, a)) if (one, other) in named]
    return by[0] if len(by) == 1 else None


def _reported(passages: pd.DataFrame, texts: list[ComparedText]) -> pd.DataFrame:
    """The passages of which one side at least is of a text that is reported on."""
    ids = [text.doc_id for text in texts if text.reported]
    known = passages["doc_a"].isin(ids) | passages["doc_b"].isin(ids)
    return passages[known].reset_index(drop=True)


def _share_row(
    text: ComparedText, other: ComparedText | None, others: list[ComparedText], masks: Masks,
    net: list[np.ndarray | None], least: int, named: set[tuple[str, str]],
) -> tuple:  # fmt: skip
    """One row of the shares: with one document, or with all others together."""
    short = text.size < least or bool(others) and all(t.size < least for t in others)
    unsaid, counted, own = short or not others, ~text.uncounted, ~text.formula
    nothing = np.zeros(len(own), dtype=bool)
    shared = np.any([nothing, *(masks.get((text.doc_id, t.doc_id), nothing) for t in others)], 0)
    known = [mask for mask in net if mask is not None]
    left = _ratio(np.any([nothing, *known], 0), own) if known and not unsaid else None
    return (
        text.doc_id, other and other.doc_id,
        int(counted.sum()), int((shared & counted).sum()),
        None if unsaid else _ratio(shared, counted), int((~own & counted).sum()),
        None if unsaid else _ratio(shared, own), left, short,
        other and _named(text.doc_id, other.doc_id, named),
    )  # fmt: skip


def _ratio(shared: np.ndarray, counted: np.ndarray) -> float | None:
    """The share of the characters counted that are shared; missing when none is counted."""
    return round(float(shared[counted].mean()), 4) if counted.any() else None
