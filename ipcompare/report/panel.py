"""The evidence that the report opens: each provision with its text, each number with its place."""

from typing import Any

from ipcompare.citations import citation
from ipcompare.corrections import unpacked
from ipcompare.exports.corrected_notes import correction_in_words
from ipcompare.quantities.evidence import check_sentence
from ipcompare.quantities.printed import printed_due, printed_quantity
from ipcompare.study import Study
from ipcompare.text import Original
from ipcompare.words import LANGS, value_word, word, word_table

WORDS = ("report", "captions", "tables", "punctuation", "values.kind")


def evidence_data(made: Study) -> dict[str, Any]:
    """Everything the evidence panel shows, ready for JSON.

    ``clauses``  doc, pinpoint, heading, text, span in the raw file, departments, citation
    ``targets``  clause, sentence and number as spans of the clause's text, span and characters of
                 the raw file, and what was read from them; ``q1`` … are targets stated in words
    """
    originals = {
        row.clause_id: Original(row.text, row.cuts, row.char_start)
        for row in made.compared.itertuples()
    }
    targets = {
        row.target_id: _target(row, originals[row.clause_id])
        for row in made.with_references.targets.itertuples()
    }
    for row in made.with_references.aligned.itertuples():
        if row.target_id in targets:
            targets[row.target_id] |= _alignment(row, made)
    for n, row in enumerate(made.qualitative.itertuples(), 1):
        targets[f"q{n}"] = _in_words(row, originals[row.clause_id])
    return {
        "documents": {d.doc_id: _document(d, made) for d in made.whole.documents},
        "clauses": {row.clause_id: _clause(row, made) for row in made.compared.itertuples()},
        "targets": targets,
        "words": _words(),
    }  # fmt: skip


def _words() -> dict[str, tuple[str, str]]:
    """The words that the script of the page needs, by table and key."""
    found = {f"{name}.{key}": pair for name in WORDS for key, pair in word_table(name).items()}
    return found | {"columns.deadline": word_table("columns")["deadline"]}


def _document(document: Any, made: Study) -> dict[str, Any]:
    return {
        "name": [made.zh[document.doc_id], made.en[document.doc_id]],
        "title": document.title or "", "file": document.file or document.doc_id,
        "length": len(document.text),
    }  # fmt: skip


def _clause(row: Any, made: Study) -> dict[str, Any]:
    pinpoint = row.pinpoint if isinstance(row.pinpoint, str) else ""
    return {
        "doc": row.doc_id, "pinpoint": pinpoint, "role": row.role,
        "heading": row.heading if isinstance(row.heading, str) else "",
        "text": row.text if isinstance(row.text, str) else "",
        "span": [int(row.char_start), int(row.char_end)],
        "parent": row.parent_id if isinstance(row.parent_id, str) else "",
        "cite": citation(made.whole[row.doc_id], pinpoint),
    }  # fmt: skip


def _target(row: Any, original: Original) -> dict[str, Any]:
    """One quantity mention: where it stands, and how it was read."""
    check_sentence(row, original.text)
    start, end = int(row.char_start), int(row.char_end)
    number = [int(row.quote_start + at) for at in (row.number_start, row.number_end)]
    return {
        "clause": row.clause_id, "number": number,
        "sentence": [int(row.quote_start), int(row.quote_end)],
        "span": [start, end], "raw": original.raw(start, end),
        "read": [printed_quantity(row, lang) for lang in LANGS], "kind": row.kind,
        "indicator": [row.indicator if isinstance(row.indicator, str) else ""] * 2,
        "due": [printed_due(row, lang) for lang in LANGS],
        "flags": _corrections(row), "others": [],
    }  # fmt: skip


def _corrections(row: Any) -> list[list[str]]:
    """What a person corrected, as a remark each: old and new value, who and why."""
    heads = [word("columns.corrected", lang) for lang in LANGS]
    return [
        [*heads, *(correction_in_words(one, lang) for lang in LANGS)]
        for one in unpacked(getattr(row, "corrections", ""))
    ]


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
        ] + _corrections(row),
        "others": [i for i in same["target_id"] if i != row.target_id],
    }  # fmt: skip


def _in_words(row: Any, original: Original) -> dict[str, Any]:
    """A target stated in words (居全省前列), with the span of the words."""
    words = [int(row.quote_start + at) for at in (row.words_start, row.words_end)]
    span = [original.place(words[0]), original.place(words[1] - 1) + 1]
    return {
        "clause": row.clause_id, "number": words, "span": span, "raw": original.raw(*span),
        "sentence": [int(row.quote_start), int(row.quote_start) + len(row.quote)],
        "read": [row.words] * 2,
        "kind": row.kind, "indicator": [row.indicator_zh, row.indicator_en],
        "due": ["", ""], "flags": [], "others": [],
    }  # fmt: skip
