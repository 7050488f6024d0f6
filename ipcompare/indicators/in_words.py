"""What a provision says of an indicator or a scheme in words, without a number.

专利质押融资额居全省前列 speaks of an indicator, 加大对专利导航和保险的奖补力度 of two schemes.
A text that speaks in words has not been silent. The wordings are data: the [[words]] of
``indicators.toml`` and ``incentives.toml``, each with example and counter-example.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from ipcompare.frames import (
    PROVISIONS,
    QUALITATIVE_COLUMNS,
    checked,
    columns_of,
    documents_of,
    same_documents,
)
from ipcompare.indicators.claims import Claim, claims
from ipcompare.indicators.entries import Own, read_own, rules
from ipcompare.indicators.entry_types import MEASURES, Wording
from ipcompare.indicators.ordering import by_indicator, checked_aligned
from ipcompare.quantities.hardness import hardness_of
from ipcompare.quantities.units import plain
from ipcompare.text import Original

_SENTENCE = re.compile("[^。；;\n]+")
_ITEM = re.compile(r"[^、,和与及或]+")
_NUMBER = re.compile(r"(?<!\d)\d+(?:\.\d+)?(?:万|亿|元|%|件|家|项|个)")
ELIDED = "…"  # 加大…奖补力度: between the two ends of what is said
_SAID = ["kind", "indicator", "doc_id", "clause_id", "words", "quote"]
_OWN = ["clause_id", "words", "scope", "hardness"]
_NAMED = ["kind", "indicator", "indicator_zh"]
_ALIGNED = (*_NAMED, "indicator_en", "theme", "doc_id", "target_id", "headline")


class _Said(NamedTuple):
    """A claim, the words, and their span in the sentence without spaces."""

    claim: Claim
    words: str
    scope: str  # to what they are confined: 省级以上园区, 小微企业
    hardness: str | None
    start: int
    end: int


def qualitative_mentions(
    clauses: pd.DataFrame, *, indicators: str | Path | None = None
) -> pd.DataFrame:
    """One row an indicator or scheme of which a provision speaks in words instead of a number.

    ``kind`` is target or incentive, ``words`` the words that stand for the number (居全省前列,
    加大…奖补力度), ``scope`` to what they are confined (小微企业), ``hardness`` how binding they
    are, ``quote`` the sentence; ``char_start`` and ``char_end`` are the place of ``words`` in the
    raw text. A list (对A、B和C给予奖励) speaks of each of its items that exactly one entry claims;
    what none claims is left out. Words beside which the sentence states an amount are none, nor
    is a sentence that tells what was or what is no longer given. ``indicators`` as in
    ``align_targets``.
    """
    clauses, own = checked(clauses, "clauses"), read_own(indicators)
    lines: list[tuple] = []
    for row in clauses[clauses["role"].isin(PROVISIONS)].itertuples():
        original = Original(row.text, row.cuts, row.char_start)
        for found in _SENTENCE.finditer(row.text):
            lines += _lines(row, found[0], found.start(), original, own)
    table = pd.DataFrame(lines, columns=list(QUALITATIVE_COLUMNS))
    table = table.drop_duplicates(_SAID, ignore_index=True)
    return same_documents(checked(table, "qualitative"), clauses)


def statements(aligned: pd.DataFrame, qualitative: pd.DataFrame) -> pd.DataFrame:
    """One row an indicator or scheme and document: what the document says of it.

    Indicators are those of which any document states a number or speaks in words. ``state`` is
    ``number``, ``words`` (no number, but a provision speaks of it) or ``none``: no statement was
    found, which is not the same as none made. ``target_id`` is the first headline number,
    ``clause_id`` and ``words`` what is said in words. Words on a scheme as a whole (中国专利奖)
    count for each of its rows.
    """
    aligned = checked_aligned(aligned, only=_ALIGNED)
    said = checked(qualitative, "qualitative")
    shown = aligned[aligned["headline"]].drop_duplicates(["kind", "indicator", "doc_id"])
    keys = zip(shown["kind"], shown["indicator"], shown["doc_id"], strict=True)
    numbers = dict(zip(keys, shown["target_id"], strict=True))
    spoken: dict[tuple[str, str, str], list] = {}
    for row in said.itertuples():
        key = row.kind, row.indicator.partition(".")[0], row.doc_id
        spoken.setdefault(key, []).append(row)
    rows = []
    for kind, indicator, name in spoken_of(aligned, said)[_NAMED].itertuples(index=False):
        speaks, entry = covers(indicator), indicator.partition(".")[0]
        for doc_id in documents_of(aligned):
            own = (row for row in spoken.get((kind, entry, doc_id), ()) if speaks(row.indicator))
            target_id, row = numbers.get((kind, indicator, doc_id)), next(own, None)
            if target_id is not None:
                found = ("number", target_id, *[None] * len(_OWN))
            elif row is not None:
                found = ("words", None, *(getattr(row, column) for column in _OWN))
            else:
                found = ("none", None, *[None] * len(_OWN))
            rows.append((kind, indicator, name, doc_id, *found))
    table = pd.DataFrame(rows, columns=columns_of("statements"))
    return same_documents(table, aligned)


def spoken_of(aligned: pd.DataFrame, qualitative: pd.DataFrame) -> pd.DataFrame:
    """One row an indicator or scheme of which any document states a number or speaks in words.

    ``kind, indicator, indicator_zh, indicator_en, theme`` in the order of the data files. Words on
    a scheme as a whole, of whose parts there are numbers, make no row of their own.
    """
    columns = ["kind", "indicator", "indicator_zh", "indicator_en", "theme"]
    stated = aligned.loc[aligned["headline"], columns].drop_duplicates(columns[:2])
    known = [(row.kind, covers(row.indicator)) for row in stated.itertuples()]
    only = [
        not any(kind == row.kind and speaks(row.indicator) for kind, speaks in known)
        for row in qualitative.itertuples()
    ]
    spoken = qualitative.loc[only, columns].drop_duplicates(columns[:2])
    return by_indicator(pd.concat([stated, spoken])).reset_index(drop=True)


def covers(indicator: str) -> Callable[[str], bool]:
    """Whether words on an indicator, on the whole or on parts of which it is one, speak of it."""
    entry, _, part = indicator.partition(".")

    def speaks(said: str) -> bool:
        whole, _, parts = said.partition(".")
        return said == indicator or whole == entry and (not parts or part in parts.split("+"))

    return speaks


def _lines(row: Any, sentence: str, at: int, original: Original, own: Own) -> Iterator[tuple]:
    """The rows of one sentence of a provision."""
    found = list(_spoken(plain(sentence), own))
    kept = [i for i, char in enumerate(sentence) if plain(char)] if found else []
    for kind, said in found:
        start, end = kept[said.start], kept[said.end - 1] + 1
        place = original.place(at + start), original.place(at + end - 1) + 1
        names = *said.claim.names, said.claim.entry.theme
        about = row.doc_id, row.clause_id, kind, said.words, said.scope, said.hardness
        yield (*names, *about, sentence, at, start, end, *place)


def _spoken(words: str, own: Own) -> Iterator[tuple[str, _Said]]:
    """Every indicator and scheme of which a sentence speaks in words."""
    if rules().spoken.past.search(words):
        return
    for wording in rules().wordings:
        for match in wording.pattern.finditer(words):
            if _NUMBER.search(match[0]) or _negated(words, match):
                continue
            said = _own_words(words, match)
            for item in _items(match["of"]):
                claim, scope = _claim(item, wording, own)
                if claim is not None:
                    yield wording.kind, _Said(claim, said[0], scope, *said[1:])


def _negated(sentence: str, match: re.Match) -> bool:
    """Whether what a match says is said to be given no longer, or not to be."""
    start = max(sentence.rfind(sign, 0, match.start()) for sign in ",;:") + 1
    return bool(rules().spoken.negated.search(sentence, start, match.end()))


def _items(words: str) -> Iterator[str]:
    """The items of a list, each with what is said of all: 开展导航的园区和|(开展导航的)企业.

    >>> list(_items("开展导航的园区和企业")), list(_items("国家级、省级强企"))
    (['开展导航的园区', '开展导航的企业'], ['国家级、省级强企'])
    """
    head, grades = "", ""
    for item in _ITEM.findall(words):
        if rules().spoken.grade.search(item):
            grades += item + "、"
            continue
        before, of, _ = item.rpartition("的")
        yield grades + item if of else head + grades + item
        head, grades = before + of if of else head, ""
    if grades:
        yield head + grades.removesuffix("、")


def _own_words(sentence: str, match: re.Match) -> tuple[str, str | None, int, int]:
    """The words of a match, how binding the words before them are, and their span."""
    last = "end" if match.groupdict().get("end") else "words"
    said = ELIDED.join(match[name] for name in dict.fromkeys(("words", last)))
    hardness = None if hardness_of(said) else hardness_of(sentence[: match.start("words")])
    return said, hardness, match.start("words"), match.end(last)


def _claim(item: str, wording: Wording, own: Own) -> tuple[Claim | None, str]:
    """The one entry that claims an item of the list, and to what the words are confined.

    What is paid for may stand before the last 的: 获得发明专利的|小微企业.
    """
    for subject, scope in _subjects(item, wording.kind):
        found = set()
        if subject and wording.kind == "incentive":
            about = {"dimension": "money", "measure": "", "kind": "incentive"}
            found = set(claims(subject, **about, spoken=True, own=own))
        elif subject:
            for measure in [wording.measure] if wording.measure else MEASURES:
                about = {"dimension": "", "measure": measure, "kind": "target"}
                found |= set(claims(subject, **about, spoken=True, own=own))
        if len(found) == 1:
            (claim,) = found
            return (None if claim.joint else claim), scope or _confined(claim)
    return None, ""


def _subjects(item: str, kind: str) -> Iterator[tuple[str, str]]:
    """The names that an item may have, the fullest first, and the words left behind it."""
    for name in dict.fromkeys((item, item.partition("等")[0], item.replace("的", ""))):
        yield name, ""
    head, of, tail = item.rpartition("的")
    if of and kind == "incentive":
        yield head, "" if rules().spoken.whose.fullmatch(tail) else tail


def _confined(claim: Claim) -> str:
    """The part of the jurisdiction or the grade that the words are about."""
    area = rules().subject.area.search(claim.limit) if claim.entry.kind == "target" else None
    return claim.scope if area or claim.grades and not claim.entry.split else ""
