"""What a provision says in words where another states a number: aims, and what is paid for.

The patterns are the [[words]] tables of ``indicators.toml`` and ``incentives.toml``.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from ipcompare.frames import PROVISIONS, QUALITATIVE_COLUMNS, checked, heading_of, same_documents
from ipcompare.indicators.claims import Claim, claims
from ipcompare.indicators.entries import Own, Wording, read_own, rules
from ipcompare.quantities.cue_table import cue_spans
from ipcompare.quantities.units import plain
from ipcompare.text import Original, fold_width

_SENTENCE = re.compile("[^。！？!?\n]+")
_BORDER = re.compile("[,;:。]")
_KEY = ["indicator", "char_start", "clause_id"]
ELIDED = "…"  # 加大…奖补力度: between the two ends of what is said


class _Said(NamedTuple):
    """One match of a wording: in the plain sentence, from start to stop, and its words."""

    wording: Wording
    thing: str
    words: str
    start: int
    stop: int
    quote: tuple[int, int]


def qualitative_mentions(
    clauses: pd.DataFrame, *, indicators: str | Path | None = None
) -> pd.DataFrame:
    """One row an indicator or scheme of which a provision speaks in words instead of a number.

    知识产权质押融资金额力争保持全省前列 -> pledge_financing, ``words`` 力争保持全省前列;
    加大对驰名商标、专利保险等奖补力度 -> one row of kind incentive for each, ``words``
    加大…奖补力度. Nothing that a number follows, nothing told of the past, no review section.
    ``char_start`` and ``char_end`` are the place of ``words`` in the raw text. ``indicators`` as
    in ``align_targets``.
    """
    clauses, own = checked(clauses, "clauses"), read_own(indicators)
    review = _reviews(clauses)
    lines: list[tuple] = []
    for row in clauses[clauses["role"].isin(PROVISIONS)].itertuples():
        if row.clause_id in review or not isinstance(row.text, str):
            continue
        original = Original(row.text, row.cuts, row.char_start)
        for found in _SENTENCE.finditer(row.text):
            lines += _in_words(row, found[0], found.start(), original, own)
    table = pd.DataFrame(lines, columns=list(QUALITATIVE_COLUMNS))
    table = table.drop_duplicates(_KEY, ignore_index=True)
    return same_documents(checked(table, "qualitative"), clauses)


def _reviews(clauses: pd.DataFrame) -> set[str]:
    """The provisions that tell what was done, with all that stands under them: 工作回顾."""
    inside: set[str] = set()
    for row in clauses.itertuples():
        heading = heading_of(row)
        said = cue_spans(fold_width(heading)) if heading else {}
        if row.parent_id in inside or ("review" in said and "action" not in said):
            inside.add(row.clause_id)
    return inside


def _in_words(
    row: Any, sentence: str, at: int, original: Original, own: Own
) -> Iterator[tuple]:  # fmt: skip
    """The indicators of which one sentence of a provision speaks in words."""
    kept = [i for i, char in enumerate(sentence) if plain(char)]
    words = plain(sentence)
    if len(kept) != len(words) or rules().past.search(words):
        return
    for said in _said(words):
        for claim in _claimed(said, own):
            start, stop = kept[said.start], kept[said.stop - 1] + 1
            opens, ends = kept[said.quote[0]], kept[said.quote[1] - 1] + 1
            place = original.place(at + start), original.place(at + stop - 1) + 1
            yield (
                *claim.names, claim.entry.theme, claim.entry.kind, row.doc_id, row.clause_id,
                said.words, sentence[opens:ends], at + opens, start - opens, stop - opens, *place,
            )  # fmt: skip


def _said(words: str) -> Iterator[_Said]:
    """Every match of every wording in a plain sentence."""
    for wording in rules().wordings:
        for match in wording.pattern.finditer(words):
            parts = [name for name in ("words", "end") if match.groupdict().get(name)]
            said = ELIDED.join(match[name] for name in parts)
            start, stop = match.start("words"), match.end(parts[-1])
            borders = [m.end() for m in _BORDER.finditer(words, 0, match.start())]
            after = _BORDER.search(words, match.end())
            quote = (borders[-1] if borders else 0, after.start() if after else len(words))
            yield _Said(wording, match["of"], said, start, stop, quote)


def _claimed(said: _Said, own: Own) -> Iterator[Claim]:
    """The one entry that claims the thing, or one for each part of a list."""
    entries, names = set(), set()
    listed = list(things(said.thing, paid=said.wording.kind == "incentive"))
    for n, called in enumerate(listed):
        if said.wording.last and 0 < n < len(listed) - 1:
            continue
        claim = next(filter(None, (_one(name, said.wording, own) for name in called)), None)
        if claim is None or claim.entry.id in entries or claim.names in names:
            continue
        names.add(claim.names)
        entries |= {claim.entry.id} if n == 0 else set()
        yield claim


def _one(name: str, wording: Wording, own: Own) -> Claim | None:
    """The entry that alone claims a name, of the first measure of which there is one."""
    about = {"dimension": "", "kind": wording.kind, "spoken": wording.spoken, "own": own}
    for measure in wording.measures:
        found = claims(name, measure=measure, **about)
        if len(found) == 1 and not found[0].joint:
            return found[0]
    return None


def things(words: str, *, paid: bool = False) -> Iterator[list[str]]:
    """The names that the whole and each part of a list may have, the fullest first.

    Of what is ``paid`` for also without who is paid and without the word for the payment.

    >>> list(things("开展导航的园区和企业"))
    [['开展导航的园区和企业'], ['开展导航的园区'], ['开展导航的企业', '企业']]
    """
    listing = rules().listing
    words = listing.etc.sub("", words)
    parts = [part for part in listing.between.split(words) if part]
    if len(parts) > 1:
        yield [words]
    head = ""
    for part in parts:
        before, of, _ = part.rpartition("的")
        whole = part if of else head + part
        yield [*dict.fromkeys(filter(None, [whole, part, *(_shorter(part) if paid else ())]))]
        head = before + of if of else head


def _shorter(name: str) -> Iterator[str]:
    """A name without who is paid, and without the word for the payment."""
    for pattern in rules().listing.tails:
        shorter = pattern.sub("", name)
        if shorter != name:
            yield shorter
            name = shorter
