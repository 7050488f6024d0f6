"""The table of references: which other documents a text names, where, and in what words."""

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from ipcompare.corpus import Corpus
from ipcompare.frames import CLAUSE_COLUMNS, CONTENT, checked, columns_of, same_documents
from ipcompare.references.phrasing import Said, phrased
from ipcompare.references.resolving import Known, known_documents, resolve
from ipcompare.references.spotting import Spotted, rule, spotted
from ipcompare.text import Original, fold_width

REFERENCE_COLUMNS = columns_of("references")
_FAR = 400  # characters on either side of a reference that its quote may take
_ENDS = re.compile(r"[。；;！!？?\n]")
_READ = tuple(role for role in CONTENT if role != "title")


def references(clauses: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """One row a reference of a text to another document, in reading order.

    A reference is a name in 《》 that is a document's, or a document number (发文字号) without a
    name beside it; a text's own name and number are none, nor a short name (《办法》) that the text
    has not explained. ``type`` says what the text does with the document and ``cue`` in which
    words: it issues, repeals or amends it, rests on it (``based_on``), ``implements`` it, or only
    ``mentions`` it. ``target_doc_id`` is the document of the corpus that it is, by its number, else
    by its name and office; missing where it is none of them or may be two. ``char_start`` and
    ``char_end`` are the span of ``reference`` in the raw text, code points. Which words count
    stands in ``drafting/references.toml``.
    """
    clauses = checked(clauses, "clauses")
    known = known_documents(corpus, clauses)
    by_document: dict[str, list] = {}
    for row in clauses[list(CLAUSE_COLUMNS)].itertuples(index=False):
        by_document.setdefault(row.doc_id, []).append(row)
    rows = [found for doc_rows in by_document.values() for found in _document_rows(doc_rows, known)]
    frame = pd.DataFrame(rows, columns=list(REFERENCE_COLUMNS))
    texts = [name for name in REFERENCE_COLUMNS if name not in ("doc_id", "char_start", "char_end")]
    frame = frame.astype(dict.fromkeys(texts, "str") | {"char_start": int, "char_end": int})
    return checked(same_documents(frame, clauses), "references")


def _document_rows(clauses: list, known: list[Known]) -> Iterator[tuple]:
    """The rows of one document; a short name holds from where it is explained."""
    short: dict[str, tuple[str, str]] = {}
    texts = {row.clause_id: row.text for row in clauses}
    for row in clauses:
        if row.role not in _READ:
            continue
        folded, original = fold_width(row.text), Original(row.text, row.cuts, row.char_start)
        found = spotted(folded, short)
        lead = fold_width(texts.get(row.parent_id, "")).rpartition("\n")[2]
        for one, said in zip(found, phrased(folded, found, lead), strict=True):
            target = _target(row, one, _office(folded, one, said), known, short)
            if target is not None:
                yield _row(row, one, said, target, original)


def _target(
    row: Any, one: Spotted, office: str, known: list[Known], short: dict[str, tuple[str, str]]
) -> tuple | None:
    """Name in full, document of the corpus and by what it is found; None where that is ``row``'s.

    A short name that is explained here is put with the others.
    """
    title, number = short.get(one.name, (_title(row.text, one), _number(row.text, one)))
    if one.explains:
        short[one.explains] = title, number
    office = "" if one.name in short else office
    fits, by = resolve(known, number, title, office, own=row.doc_id)
    if row.doc_id in fits:
        return None
    return (title or None, *((fits[0], by) if len(fits) == 1 else (None, None)))


def _row(row: Any, one: Spotted, said: Said, target: tuple, original: Original) -> tuple:
    """One row of the table."""
    title, doc_id, by = target
    place = original.place(one.start), original.place(one.end - 1) + 1
    return (
        row.doc_id, row.clause_id, row.text[one.start : one.end], _number(row.text, one) or None,
        title, said.type, said.cue or None, doc_id, by, _quote(row.text, one), *place,
    )  # fmt: skip


def _number(text: str, one: Spotted) -> str:
    """The number as written; empty where there is none."""
    return text[slice(*one.number)] if one.number else ""


def _title(text: str, one: Spotted) -> str:
    """The name without 《》 and white space; empty for a number alone."""
    return re.sub(r"\s", "", text[one.start + 1 : one.end - 1]) if one.name else ""


def _office(folded: str, one: Spotted, said: Said) -> str:
    """The office that stands before 《: 财政部办公厅《关于…的通知》; empty where there is none."""
    if not one.name:
        return ""
    words = folded[max(one.start - 60, 0) : one.start]
    words = re.split(r"[,;:。!?\n\t》)]", words)[-1]
    if said.cue_end is not None:
        words = words[-(one.start - said.cue_end) :] if one.start > said.cue_end else ""
    words = rule("around_office").sub("", words)
    return words if rule("issuer").fullmatch(words) else ""


def _quote(text: str, one: Spotted) -> str:
    """The sentence that holds the reference; of an endless one what stands near."""
    near, behind = max(one.start - _FAR, 0), max(one.outer, one.end)
    start = max((m.end() for m in _ENDS.finditer(text[near : one.start])), default=0)
    end = _ENDS.search(text, behind, behind + _FAR)
    return text[near + start : end.end() if end else behind + _FAR].strip()
