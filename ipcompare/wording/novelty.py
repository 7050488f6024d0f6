"""How much of a text is new beside its parents and its peers, and how much stands elsewhere.

Novelty of a provision is 1 - its highest ``score`` (cosine of own words, ``clause_vectors``) among
the provisions of some other texts. It is a matter of words: what is new in words need not be new in
substance, and what no text of the corpus has may stand in one that is not in it. What two texts
on unrelated subjects score is said by ``yardsticks``; a novelty of 1 minus that is as high as it
gets.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from ipcompare.clauses.table import clause_table
from ipcompare.corpus import REFERENCE, Corpus, Document
from ipcompare.data import read_rows
from ipcompare.frames import checked, columns_of, order_documents
from ipcompare.references.followed import followed_documents
from ipcompare.references.listing import references
from ipcompare.wording.common_source import shared_masks
from ipcompare.wording.compared import ComparedText, compared_texts
from ipcompare.wording.similarity import clause_vectors

SOURCES = ("national", "provincial", "peer", "elsewhere")
FLOOR_FILE = "wording/reuse_floor.csv"
_FLOOR_COLUMNS = ("doc_a", "doc_b", "share_a", "share_b", "sha256_a", "sha256_b")


def novelty(
    corpus: Corpus | Iterable[Document], *, clauses: pd.DataFrame | None = None
) -> pd.DataFrame:
    """One row a leaf provision of each text that is reported on, in reading order.

    ``from_parents`` is 1 - the highest ``score`` among the provisions of its parents: the texts of
    ``parent`` in the record and those that it names as what it is made after;
    ``from_peers`` the same among all texts of its level of government, ``from_all`` among all
    other texts, reference texts included. ``parent_match_id``, ``peer_match_id``, ``match_id`` are
    the provisions with that score. Missing where the corpus holds no such text, or where none of
    its provisions shares a term (novelty is then 1 and the provision missing). ``clauses``: the
    clause table of the corpus.
    """
    documents = tuple(corpus.documents if isinstance(corpus, Corpus) else corpus)
    whole = corpus if isinstance(corpus, Corpus) else documents  # a corpus has corrections
    clauses = clause_table(whole) if clauses is None else checked(clauses, "clauses")
    leaves, matrix, _ = clause_vectors(clauses)
    owner, ids = leaves["doc_id"].astype(str).to_numpy(), leaves["clause_id"].to_numpy()
    rows, followed = [], _followed(clauses, documents)
    for document in (d for d in documents if d.use != REFERENCE):
        own = owner == document.doc_id
        scores = (matrix[np.flatnonzero(own)] @ matrix.T).toarray().round(12)
        found = [
            _furthest(scores, np.isin(owner, sorted(group)), ids)
            for group in _groups(document, documents, followed)
        ]
        columns = zip(*(column for pair in found for column in pair), strict=True)
        rows += [
            (document.doc_id, clause_id, *cells)
            for clause_id, cells in zip(ids[own], columns, strict=True)
        ]
    table = pd.DataFrame(rows, columns=columns_of("novelty"))
    numbers = [name for name in table if name.startswith("from_")]
    return order_documents(table.astype(dict.fromkeys(numbers, float)), documents)


def reproduction(
    passages: pd.DataFrame,
    corpus: Corpus | Iterable[Document],
    *,
    clauses: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Where the wording of each text stands word for word or nearly: one row a text and source.

    ``source``: texts of the State (``national``), of the text's own province (``provincial``), of
    its level (``peer``), any other (``elsewhere``); then ``formula``, its set phrases and proper
    names wherever they stand, and ``nowhere`` in the corpus. ``n_text`` texts of that kind were
    compared; ``n_char`` characters stand in a passage with one of them (``shared_passages``), each
    counted once, under the first source in this order; ``share`` of the characters compared.
    Both are missing where the corpus holds no such text: the wording may stand there all the same.
    """
    passages, (texts, _) = checked(passages, "passages"), compared_texts(corpus, clauses)
    masks = shared_masks(passages, texts)
    rows = []
    for text in (t for t in texts if t.reported):
        counted, own = ~text.uncounted, ~text.formula
        n, left = int(counted.sum()), own.copy()
        for source in SOURCES:
            those = [t for t in texts if source_of(text.document, t.document) == source]
            found = [
                masks[text.doc_id, t.doc_id] for t in those if (text.doc_id, t.doc_id) in masks
            ]
            here = np.any([np.zeros(len(own), dtype=bool), *found], axis=0) & left
            left &= ~here
            rows.append(_part(text, source, len(those), int(here.sum()) if those else None, n))
        rows.append(_part(text, "formula", None, int((~own & counted).sum()), n))
        rows.append(_part(text, "nowhere", None, int(left.sum()), n))
    table = pd.DataFrame(rows, columns=columns_of("reproduction"))
    return table.astype({"n_text": "Int64", "n_char": "Int64", "share": float})


def reuse_floor() -> float:
    """The highest share of own wording that a text had in common with one on another subject.

    Measured once on official texts of other governments (``reuse_floor.csv``): what is no more than
    this is what any two such texts may share.
    """
    rows = [row for _, row in read_rows(FLOOR_FILE, _FLOOR_COLUMNS)]
    return max(float(row[side]) for row in rows for side in ("share_a", "share_b"))


def source_of(document: Document, other: Document) -> str | None:
    """What another text is to a text; None for itself.

    >>> city = Document("a", "", level="city", province="甲省")
    >>> source_of(city, Document("b", "", level="province", jurisdiction="甲省"))
    'provincial'
    >>> source_of(city, Document("c", "", level="province", jurisdiction="乙省"))
    'elsewhere'
    """
    if other.doc_id == document.doc_id:
        return None
    if other.level == "country" and document.level != "country":
        return "national"
    if document.level and other.level == document.level:
        return "peer"
    above = other.level == "province" and document.level in ("city", "county")
    own = document.province and document.province in (other.province, other.jurisdiction)
    return "provincial" if above and own else "elsewhere"


def _part(text: ComparedText, source: str, n_text: int | None, n: int | None, of: int) -> tuple:
    return text.doc_id, source, n_text, n, None if n is None or not of else round(n / of, 4)


def _followed(clauses: pd.DataFrame, documents: tuple[Document, ...]) -> set[tuple[str, str]]:
    """Which document names which of the corpus as what it is made after."""
    cited = followed_documents(references(clauses, Corpus(documents)), clauses)
    cited = cited.dropna(subset="target_doc_id")
    return set(zip(cited["doc_id"].astype(str), cited["target_doc_id"], strict=True))


def _groups(
    document: Document, documents: tuple[Document, ...], followed: set[tuple[str, str]]
) -> list[set[str]]:
    """The doc_ids of parents, of peers and of all other documents."""
    others = [other for other in documents if other.doc_id != document.doc_id]
    named = {other for one, other in followed if one == document.doc_id}
    parents = {o.doc_id for o in others if o.doc_id in named.union(document.parents)}
    peers = {o.doc_id for o in others if document.level and o.level == document.level}
    return [parents, peers, {other.doc_id for other in others}]


def _furthest(
    scores: np.ndarray, among: np.ndarray, ids: np.ndarray
) -> tuple[list[float | None], list[str | None]]:
    """1 - the best score of each row among some columns, and whose it is."""
    if not among.any():
        return [None] * len(scores), [None] * len(scores)
    some = scores[:, among]
    best, at = some.max(axis=1), ids[among][some.argmax(axis=1)]
    nearest = [id if score > 0 else None for score, id in zip(best, at, strict=True)]
    return [round(1 - min(score, 1.0), 4) for score in best.tolist()], nearest
