"""From a number back to its words: document, pinpoint, sentence, characters of the raw file."""

import html
from dataclasses import dataclass

import pandas as pd

from ipcompare.frames import CLAUSE_COLUMNS, TARGET_COLUMNS, require, source_documents


@dataclass(frozen=True)
class Evidence:
    """Where one number stands.

    ``sentence[start:end]`` is the number with its unit (both None where the sentence holds the
    same words twice and it is not certain which is meant); ``raw`` is the raw file from
    ``char_start`` to ``char_end``, line wraps and all.
    """

    target_id: str
    doc_id: str
    clause_id: str
    pinpoint: str
    sentence: str
    start: int | None
    end: int | None
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

    def _marked(self, before: str, after: str, escape) -> str:
        if self.start is None:
            return escape(self.sentence)
        words = self.sentence[: self.start], self.sentence[self.start : self.end]
        left, number, right = map(escape, (*words, self.sentence[self.end :]))
        return f"{left}{before}{number}{after}{right}"


def evidence(target_id: str, clauses: pd.DataFrame, targets: pd.DataFrame) -> Evidence:
    """The evidence of one row of the target table; KeyError for an unknown target_id."""
    require(clauses, CLAUSE_COLUMNS, "clause_table")
    require(targets, TARGET_COLUMNS, "extract_targets")
    found = targets[targets["target_id"] == target_id]
    if len(found) != 1:
        raise KeyError(f"{target_id} stands {len(found)} times in the target table")
    row = found.iloc[0]
    raw = source_documents(clauses)[row["doc_id"]]["text"]
    pinpoints = clauses.loc[clauses["clause_id"] == row["clause_id"], "pinpoint"]
    pinpoint = pinpoints.iloc[0] if len(pinpoints) and pd.notna(pinpoints.iloc[0]) else ""
    start, end = int(row["char_start"]), int(row["char_end"])
    at = _position(row["quote"], raw, start, end)
    return Evidence(
        target_id, row["doc_id"], row["clause_id"], pinpoint or row["clause_id"].split("#")[-1],
        row["quote"], *(at or (None, None)), start, end, raw[start:end],
    )  # fmt: skip


def _position(sentence: str, raw: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the mention stands in its sentence, found by the words around it.

    White space does not count: the sentence is cleaned, the raw file may wrap inside a number.
    The place whose neighbourhood agrees longest with the raw file is taken, if there is one.
    """
    places = [i for i, char in enumerate(sentence) if not char.isspace()]
    words, mention = "".join(sentence[i] for i in places), "".join(raw[start:end].split())
    left = "".join(raw[max(0, start - 400) : start].split())[::-1]
    right = "".join(raw[end : end + 400].split())
    scores: dict[int, int] = {}
    at = words.find(mention) if mention else -1
    while at >= 0:
        after = words[at + len(mention) :]
        scores[at] = _agreement(words[:at][::-1], left) + _agreement(after, right)
        at = words.find(mention, at + 1)
    best = [at for at, score in scores.items() if score == max(scores.values())]
    if len(best) != 1:
        return None
    return places[best[0]], places[best[0] + len(mention) - 1] + 1


def _agreement(a: str, b: str) -> int:
    """How many first characters two strings share."""
    return next(
        (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
