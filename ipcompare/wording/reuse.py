"""Passages that documents share, word for word or nearly, and how much of each text they are.

Compared are letters, digits and characters of the clean, width-folded text: no punctuation, no
line wraps, no numbering labels. Every character keeps its raw offset. ``passages`` says how
passages are found, ``set_phrases`` which wording shows nothing about who copied from whom.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ipcompare.clauses.table import clause_table
from ipcompare.corpus import Corpus, Document
from ipcompare.frames import PASSAGE_COLUMNS, PROVISIONS, checked, columns_of
from ipcompare.text import Original, fold_width
from ipcompare.wording.passages import Passage, common_passages
from ipcompare.wording.set_phrases import phrase_mask

MIN_CHARS = 13  # equal characters that make a passage


@dataclass(frozen=True)
class _Text:
    """What is compared of one document, character by character.

    ``places``: raw offsets; ``formula``: in a set phrase or a closing list of departments;
    ``listed``: in such a list.
    """

    document: Document
    key: str
    places: np.ndarray
    formula: np.ndarray
    listed: np.ndarray


def shared_passages(
    corpus: Corpus | Iterable[Document],
    *,
    min_chars: int = MIN_CHARS,
    min_score: float = 0.8,
    clauses: pd.DataFrame | None = None,
    pairs: Iterable[tuple[str, str]] | None = None,
) -> pd.DataFrame:
    """Every passage that two documents share, in the order of the corpus, then of the text.

    One row a passage of at least ``min_chars`` equal characters (punctuation not counted):

    start_a, end_a    code points into the raw text of doc_a, end exclusive; text_a is that span
    score             equal characters / columns of the alignment, 1 = word for word
    n_equal           equal characters
    formula           True when fewer than ``min_chars`` equal characters are left without the
                      set phrases of official style (``set_phrases.csv``) and without the lists of
                      departments that close provisions
    earlier           the document of the earlier recorded date; missing when a date is unknown
                      or the two cannot be told apart

    Of passages that overlap the longer is listed, a shorter one only where half of it is new.
    Of a document with fewer than ``min_chars`` characters nothing can be said (``reuse_shares``
    says which). ``clauses``, the clause table of the corpus, saves making it again; ``pairs`` are
    the doc_ids of the pairs to compare, where not all of them are.
    """
    if min_chars < 2:
        raise ValueError(f"min_chars is {min_chars}; it must be at least 2")
    if not 0 <= min_score <= 1:
        raise ValueError(f"min_score is {min_score}; it must lie in [0, 1]")
    texts = _texts(corpus, clauses)
    rows, at = [], {text.document.doc_id: n for n, text in enumerate(texts)}
    numbers = [] if pairs is None else [(at[a], at[b]) for a, b in pairs]
    wanted = None if pairs is None else {(min(pair), max(pair)) for pair in numbers}
    keys = [text.key for text in texts]
    for a, b, found in common_passages(keys, min_chars=min_chars, pairs=wanted):
        kept = [p for p in found if p.equal / p.columns >= min_score]
        rows += [_passage_row(texts[a], texts[b], p, min_chars) for p in kept]
    table = pd.DataFrame(rows, columns=list(PASSAGE_COLUMNS))
    return table.astype({"score": float, "formula": bool, "earlier": object})


def reuse_shares(
    passages: pd.DataFrame,
    corpus: Corpus | Iterable[Document],
    *,
    min_chars: int = MIN_CHARS,
    clauses: pd.DataFrame | None = None,
    pairs: Iterable[tuple[str, str]] | None = None,
) -> pd.DataFrame:
    """How much of each text stands in another: one row an ordered pair of documents.

    ``min_chars`` and ``pairs`` as they were for ``shared_passages``.

    other_id     missing: any other document, of those compared
    n_chars      characters compared, without the lists of departments that close provisions
    n_shared     those in a passage of ``passages``, each counted once
    share        n_shared / n_chars
    n_formula    characters in set phrases, shared or not
    share_own    the share with set phrases counted neither above nor below the line
    too_short    the text, or the other, has too few characters to say: both shares are missing,
                 not 0
    earlier      as in ``shared_passages``: where it is other_id, doc_id may have taken from it
    """
    passages, texts = checked(passages, "passages"), _texts(corpus, clauses)
    wanted = None if pairs is None else {frozenset(pair) for pair in pairs}
    rows = []
    for text in texts:
        own, doc_id = _of(passages, text), text.document.doc_id
        others = [t for t in texts if t is not text]
        if wanted is not None:
            others = [t for t in others if frozenset((doc_id, t.document.doc_id)) in wanted]
        rows += [_share_row(text, None, others, own, min_chars)]
        rows += [_share_row(text, other, [other], own, min_chars) for other in others]
    table = pd.DataFrame(rows, columns=columns_of("reuse_shares"))
    return table.astype({"other_id": object, "share": float, "share_own": float, "earlier": object})


# --- what is compared -----------------------------------------------------------------------


def _texts(corpus: Corpus | Iterable[Document], clauses: pd.DataFrame | None) -> list[_Text]:
    documents = list(corpus.documents if isinstance(corpus, Corpus) else corpus)
    clauses = clause_table(documents) if clauses is None else checked(clauses, "clauses")
    rows = dict(list(clauses[clauses["role"] != "residue"].groupby("doc_id", sort=False)))
    return [_text(document, rows.get(document.doc_id)) for document in documents]


def _text(document: Document, rows: pd.DataFrame | None) -> _Text:
    """The characters of the rows of one document in the order of the file."""
    parts = [_characters(row) for row in rows.itertuples()] if rows is not None else []
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)] if parts else None
    if columns is None:
        nothing = np.zeros(0, dtype=bool)
        return _Text(document, "", nothing.astype(int), nothing, nothing)
    order = np.argsort(columns[0], kind="stable")
    places, characters, formula, listed = (column[order] for column in columns)
    return _Text(document, "".join(characters), places, formula, listed)


def _characters(row: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Of the letters, digits and characters of a row behind its label: where each stands in the
    file, itself in lower case, whether in a set phrase or list of departments, whether in a list.
    """
    folded, original = fold_width(row.text), Original(row.text, row.cuts, row.char_start)
    label = len(row.label) if row.role in PROVISIONS and isinstance(row.label, str) else 0
    kept = [i for i in range(label, len(folded)) if folded[i].isalnum()]
    listed = np.zeros(len(folded), dtype=bool)
    listed[row.body_end :] = True
    places = np.array([original.place(i) for i in kept], dtype=np.int64)
    characters = np.array([folded[i].lower()[:1] for i in kept], dtype="<U1")
    return places, characters, (phrase_mask(folded) | listed)[kept], listed[kept]


# --- the rows -------------------------------------------------------------------------------


def _passage_row(a: _Text, b: _Text, p: Passage, min_chars: int) -> tuple:
    formula = min(a.formula[p.start_a : p.end_a].sum(), b.formula[p.start_b : p.end_b].sum())
    return (
        *_span(a, p.start_a, p.end_a), *_span(b, p.start_b, p.end_b),
        round(p.equal / p.columns, 4), p.equal, p.equal - formula < min_chars, _earlier(a, b),
    )  # fmt: skip


def _span(text: _Text, start: int, end: int) -> tuple[str, int, int, str]:
    first, last = int(text.places[start]), int(text.places[end - 1]) + 1
    return text.document.doc_id, first, last, text.document.text[first:last]


def _earlier(a: _Text, b: _Text) -> str | None:
    """2016-04 is before 2017; of 2016-04 and 2016 one cannot say."""
    dates = [t.document.date_issued or "" for t in (a, b)]
    known = min(map(len, dates))
    if dates[0][:known] == dates[1][:known]:
        return None
    return (a if dates[0] < dates[1] else b).document.doc_id


def _of(passages: pd.DataFrame, text: _Text) -> pd.DataFrame:
    """The passages of one document."""
    doc_id = text.document.doc_id
    return passages[(passages["doc_a"] == doc_id) | (passages["doc_b"] == doc_id)]


def _share_row(
    text: _Text, other: _Text | None, others: list[_Text], passages: pd.DataFrame, least: int
) -> tuple:
    doc_id, ids = text.document.doc_id, {t.document.doc_id for t in others}
    shared = np.zeros(len(text.key), dtype=bool)
    for one, two in (("a", "b"), ("b", "a")):
        rows = passages[(passages[f"doc_{one}"] == doc_id) & passages[f"doc_{two}"].isin(ids)]
        for start, end in zip(rows[f"start_{one}"], rows[f"end_{one}"], strict=True):
            first, last = np.searchsorted(text.places, (start, end))
            shared[first:last] = True
    short = len(text.key) < least or bool(others) and all(len(t.key) < least for t in others)
    unsaid = short or not others
    own = ~text.formula
    return (
        doc_id, other and other.document.doc_id,
        int((~text.listed).sum()), int((shared & ~text.listed).sum()),
        None if unsaid else _ratio(shared, ~text.listed), int((~own & ~text.listed).sum()),
        None if unsaid else _ratio(shared, own), short, other and _earlier(text, other),
    )  # fmt: skip


def _ratio(shared: np.ndarray, counted: np.ndarray) -> float | None:
    """The share of the characters counted that are shared; missing when none is counted."""
    return round(float(shared[counted].mean()), 4) if counted.any() else None
