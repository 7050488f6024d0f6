"""What of a document is compared character by character, and which documents name which.

Letters, digits and characters of the clean, width-folded text: no punctuation, no line wraps, no
numbering labels, no title or letterhead. Borders keep headings and bodies apart. Every character
keeps its raw offset.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ipcompare.clauses.table import clause_table
from ipcompare.corpus import REFERENCE, Corpus, Document
from ipcompare.frames import CONTENT, PROVISIONS, checked
from ipcompare.references.listing import references
from ipcompare.text import Original, fold_width
from ipcompare.wording.passages import MOST_GAP
from ipcompare.wording.proper_names import name_mask
from ipcompare.wording.set_phrases import phrase_mask

_READ = tuple(role for role in CONTENT if role != "title")
_BORDER = 0xF0000  # signs for private use, which no text has: a border of document n is _BORDER + n


@dataclass(frozen=True)
class ComparedText:
    """What is compared of one document, character by character, with borders between the rows.

    ``places``: raw offsets; ``formula``: in a set phrase, a proper name or a closing list of
    departments; ``uncounted``: in such a list, or a border.
    """

    document: Document
    key: str
    places: np.ndarray
    formula: np.ndarray
    uncounted: np.ndarray

    @property
    def doc_id(self) -> str:
        return self.document.doc_id

    @property
    def size(self) -> int:
        """How many characters are compared; borders are none."""
        return sum(ord(character) < _BORDER for character in self.key)

    @property
    def reported(self) -> bool:
        """Whether it is more than a text of reference."""
        return self.document.use != REFERENCE

    def mask(self, spans: Iterable[tuple[int, int]]) -> np.ndarray:
        """Which characters lie in spans of raw offsets, end exclusive."""
        inside = np.zeros(len(self.key), dtype=bool)
        for span in spans:
            first, last = np.searchsorted(self.places, span)
            inside[first:last] = True
        return inside


def compared_texts(
    corpus: Corpus | Iterable[Document], clauses: pd.DataFrame | None
) -> tuple[list[ComparedText], set[tuple[str, str]]]:
    """The text of each document as it is compared, and which document names which."""
    documents = tuple(corpus.documents if isinstance(corpus, Corpus) else corpus)
    whole = corpus if isinstance(corpus, Corpus) else documents  # a corpus has corrections
    clauses = clause_table(whole) if clauses is None else checked(clauses, "clauses")
    cited = references(clauses, Corpus(documents))
    titles = sorted(set(cited["title"].dropna()))
    known = cited.dropna(subset="target_doc_id")
    named = set(zip(known["doc_id"].astype(str), known["target_doc_id"], strict=True))
    rows = dict(list(clauses[clauses["role"].isin(_READ)].groupby("doc_id", observed=True)))
    texts = [_text(n, one, rows.get(one.doc_id), titles) for n, one in enumerate(documents)]
    return texts, named


def _text(
    n: int, document: Document, rows: pd.DataFrame | None, titles: Collection[str]
) -> ComparedText:
    """The characters of the rows of a document in the order of the file, and the borders."""
    rows = pd.DataFrame() if rows is None else rows
    parts = [_characters(row, at, titles) for at, row in enumerate(rows.itertuples())]
    if not sum(len(part[0]) for part in parts):
        nothing = np.zeros(0, dtype=bool)
        return ComparedText(document, "", nothing.astype(int), nothing, nothing)
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    order = np.argsort(columns[0], kind="stable")
    places, units, characters, formula, listed = (column[order] for column in columns)
    # A passage cannot run over so long a gap.
    borders = np.repeat(np.flatnonzero(np.diff(units)) + 1, MOST_GAP + 1)
    key = "".join(np.insert(characters, borders, chr(_BORDER + n)))
    places = np.insert(places, borders, places[borders])
    return ComparedText(
        document, key, places, *(np.insert(x, borders, True) for x in (formula, listed))
    )


def _characters(row: Any, at: int, titles: Collection[str]) -> tuple[np.ndarray, ...]:
    """Of the letters, digits and characters of a row behind its label: where each stands in the
    file, in which heading or body, itself in lower case, whether in a set phrase, name or list of
    departments, whether in a list.
    """
    folded, original = fold_width(row.text), Original(row.text, row.cuts, row.char_start)
    label = len(row.label) if row.role in PROVISIONS and isinstance(row.label, str) else 0
    kept = [i for i in range(label, len(folded)) if folded[i].isalnum()]
    listed = np.zeros(len(folded), dtype=bool)
    listed[row.body_end :] = True
    known = phrase_mask(folded) | name_mask(folded, cited=titles) | listed
    places = np.array([original.place(i) for i in kept], dtype=np.int64)
    units = np.array([2 * at + (i >= row.body_start) for i in kept], dtype=np.int64)
    characters = np.array([folded[i].lower()[:1] for i in kept], dtype="<U1")
    return places, units, characters, known[kept], listed[kept]
