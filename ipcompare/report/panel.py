"""The evidence that the report opens: each provision with its text, each number with its place."""

from typing import Any

import pandas as pd

from ipcompare.citations import citation
from ipcompare.frames import source_documents
from ipcompare.quantities.printed import printed_quantity
from ipcompare.report.study import Study
from ipcompare.text import trace
from ipcompare.words import LANGS, value_word, word_table

Span = list[int] | None
WORDS = ("report", "captions", "tables", "punctuation", "values.kind")


def evidence_data(made: Study) -> dict[str, Any]:
    """Everything the evidence panel shows, ready for JSON.

    ``clauses``  doc, pinpoint, heading, text, span in the raw file, departments, citation
    ``targets``  clause, sentence and number as spans of the clause's text, span and characters of
                 the raw file, and what was read from them; ``q1`` … are targets stated in words
    """
    places = _Places(made)
    targets = {row.target_id: _target(row, made, places) for row in made.targets.itertuples()}
    for row in made.aligned.itertuples():
        if row.target_id in targets:
            targets[row.target_id] |= _alignment(row, made)
    for n, row in enumerate(made.qualitative.itertuples(), 1):
        targets[f"q{n}"] = _in_words(row, places)
    return {
        "documents": {d.doc_id: _document(d, made) for d in made.corpus.documents},
        "clauses": {row.clause_id: _clause(row, made) for row in made.clauses.itertuples()},
        "targets": targets,
        "words": _words(),
    }  # fmt: skip


def _words() -> dict[str, tuple[str, str]]:
    """The words that the script of the page needs, by table and key."""
    found = {f"{name}.{key}": pair for name in WORDS for key, pair in word_table(name).items()}
    return found | {"columns.deadline": word_table("columns")["deadline"]}


class _Places:
    """Where characters of the raw file stand in the clean text of a clause, and back."""

    def __init__(self, made: Study):
        self.made, self.traced = made, {}
        self.sources = source_documents(made.clauses)

    def raw(self, clause_id: str) -> str:
        return self.sources[self.made.clause[clause_id].doc_id]["text"]

    def offsets(self, clause_id: str) -> list[int]:
        """The raw position of each character of the clause's text; empty if it has changed."""
        if clause_id not in self.traced:
            row, table = self.made.clause[clause_id], self.made.clauses
            inside = table[(table["parent_id"] == clause_id) & (table["role"] == "residue")]
            gaps = list(zip(inside["char_start"], inside["char_end"], strict=True))
            try:
                found = trace(row.text, self.raw(clause_id), row.char_start, gaps)
            except IndexError:
                found = []
            self.traced[clause_id] = found
        return self.traced[clause_id]

    def within(self, clause_id: str, start: int, end: int) -> Span:
        """The span of the clause's text that holds the raw characters start to end."""
        inside = [i for i, at in enumerate(self.offsets(clause_id)) if start <= at < end]
        if not inside:
            return None
        span = [inside[0], inside[-1] + 1]
        clean = self.made.clause[clause_id].text[span[0] : span[1]]
        same = "".join(clean.split()) == "".join(self.raw(clause_id)[start:end].split())
        return span if same else None

    def sentence(self, clause_id: str, quote: str, number: Span) -> Span:
        """The place of a sentence in its clause: the one around the number, else the first."""
        text, first = self.made.clause[clause_id].text, None
        at = text.find(quote) if quote else -1
        while at >= 0:
            span = [at, at + len(quote)]
            if number and span[0] <= number[0] and number[1] <= span[1]:
                return span
            first, at = first or span, text.find(quote, at + 1)
        return first


def _document(document: Any, made: Study) -> dict[str, Any]:
    text = source_documents(made.clauses).get(document.doc_id, {}).get("text", document.text)
    return {
        "name": [made.zh[document.doc_id], made.en[document.doc_id]],
        "title": document.title or "", "file": document.file or document.doc_id,
        "length": len(text),
    }  # fmt: skip


def _clause(row: Any, made: Study) -> dict[str, Any]:
    pinpoint = row.pinpoint if isinstance(row.pinpoint, str) else ""
    return {
        "doc": row.doc_id, "pinpoint": pinpoint, "role": row.role,
        "heading": row.heading if isinstance(row.heading, str) else "",
        "text": row.text if isinstance(row.text, str) else "",
        "span": [int(row.char_start), int(row.char_end)],
        "parent": row.parent_id if isinstance(row.parent_id, str) else "",
        "cite": citation(made.corpus[row.doc_id], pinpoint),
    }  # fmt: skip


def _target(row: Any, made: Study, places: _Places) -> dict[str, Any]:
    """One quantity mention: where it stands, and how it was read."""
    start, end = int(row.char_start), int(row.char_end)
    number = places.within(row.clause_id, start, end)
    quote = row.quote if isinstance(row.quote, str) else ""
    return {
        "clause": row.clause_id, "number": number,
        "sentence": places.sentence(row.clause_id, quote, number),
        "span": [start, end], "raw": places.raw(row.clause_id)[start:end],
        "read": [printed_quantity(row, lang) for lang in LANGS], "kind": row.kind,
        "indicator": [row.indicator if isinstance(row.indicator, str) else ""] * 2,
        "deadline": None if pd.isna(row.deadline) else int(row.deadline),
        "flags": [], "others": [],
    }  # fmt: skip


def _alignment(row: Any, made: Study) -> dict[str, Any]:
    """What alignment adds: canonical indicator and unit, remarks, other statements."""
    same = made.aligned
    same = same[(same["indicator"] == row.indicator) & (same["doc_id"] == row.doc_id)]
    flags = [flag.partition(": ") for flag in row.flag.split("; ") if flag]
    return {
        "indicator": [row.indicator_zh, row.indicator_en],
        "read": [printed_quantity(row, lang) for lang in LANGS],
        "flags": [
            [*(value_word("flag", name, lang) for lang in LANGS), said]
            for name, _, said in flags if said not in made.target
        ],
        "others": [i for i in same["target_id"] if i != row.target_id],
    }  # fmt: skip


def _in_words(row: Any, places: _Places) -> dict[str, Any]:
    """A target stated in words (居全省前列), with the span of the words."""
    quote = places.sentence(row.clause_id, row.quote, None)
    at = row.quote.find(row.words)
    number = None if quote is None else [quote[0] + at, quote[0] + at + len(row.words)]
    offsets = places.offsets(row.clause_id)
    span = [offsets[number[0]], offsets[number[1] - 1] + 1] if number and offsets else [0, 0]
    return {
        "clause": row.clause_id, "number": number, "sentence": quote, "span": span,
        "raw": places.raw(row.clause_id)[span[0] : span[1]], "read": [row.words] * 2,
        "kind": "target", "indicator": [row.indicator_zh, row.indicator_en],
        "deadline": None, "flags": [], "others": [],
    }  # fmt: skip
