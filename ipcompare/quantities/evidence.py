"""From a number back to its words: document, pinpoint, sentence, characters of the raw file."""

import html
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ipcompare.frames import checked, unknown_id
from ipcompare.text import Original


@dataclass(frozen=True)
class Evidence:
    """Where one number stands.

    ``sentence[start:end]`` is the number with its unit; ``raw`` is the raw file from
    ``char_start`` to ``char_end``, line wraps and all.
    """

    target_id: str
    doc_id: str
    clause_id: str
    pinpoint: str
    sentence: str
    start: int
    end: int
    char_start: int
    char_end: int
    raw: str

    def __str__(self) -> str:
        span = f"{self.char_start}–{self.char_end}"
        return f"{self.doc_id} {self.pinpoint}: {self._marked('【', '】', str)} [{span}]"

    def _repr_html_(self) -> str:
        place = html.escape(f"{self.doc_id} {self.pinpoint}")
        span = f"{self.clause_id}, {self.char_start}–{self.char_end}"
        words = self._marked("<mark>", "</mark>", html.escape)
        return f"<p><b>{place}</b> <small>{html.escape(span)}</small><br>{words}</p>"

    def _marked(self, before: str, after: str, escape: Callable[[str], str]) -> str:
        words = self.sentence[: self.start], self.sentence[self.start : self.end]
        left, number, right = map(escape, (*words, self.sentence[self.end :]))
        return f"{left}{before}{number}{after}{right}"


def evidence(target_id: str, clauses: pd.DataFrame, targets: pd.DataFrame) -> Evidence:
    """The evidence of one row of the target table; KeyError for an unknown target_id."""
    return evidence_finder(clauses, targets)(target_id)


def evidence_finder(clauses: pd.DataFrame, targets: pd.DataFrame) -> Callable[[str], Evidence]:
    """``evidence`` for many targets of the same two tables, which are checked once."""
    targets, clauses = checked(targets, "targets"), checked(clauses, "clauses")
    rows = {row.target_id: row for row in targets.itertuples()}
    provisions = {row.clause_id: row for row in clauses.itertuples()}

    def find(target_id: str) -> Evidence:
        if target_id not in rows:
            raise KeyError(unknown_id(target_id, "target", rows))
        row = rows[target_id]
        if row.clause_id not in provisions:
            raise KeyError(unknown_id(row.clause_id, "provision", provisions))
        return _evidence(row, provisions[row.clause_id])

    return find


def _evidence(row: Any, clause: Any) -> Evidence:
    check_sentence(row, clause.text)
    start, end = int(row.char_start), int(row.char_end)
    original = Original(clause.text, clause.cuts, clause.char_start)
    return Evidence(
        row.target_id, row.doc_id, row.clause_id,
        clause.pinpoint or row.clause_id.split("#")[-1], row.quote,
        int(row.number_start), int(row.number_end), start, end, original.raw(start, end),
    )  # fmt: skip


def check_sentence(row: Any, text: str) -> None:
    """ValueError where the sentence of a target does not stand in the text of its clause."""
    if text[row.quote_start : row.quote_end] != row.quote:
        raise ValueError(
            f"{row.target_id}: its sentence does not stand in the text of {row.clause_id}; "
            "make both tables of the same text, with clause_table() and extract_targets()"
        )
