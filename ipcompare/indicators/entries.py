"""The canonical indicators and their phrases, read from ``ipcompare/data``.

``indicators.toml`` (targets) and ``incentives.toml`` (what a policy pays for) are written to be
corrected by a researcher; an entry that cannot be used is a RuleError naming file and line.
"""

import functools
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ipcompare.data import RuleError, data_text
from ipcompare.indicators.entry_types import (
    MEASURES,
    NUMBER,
    Grade,
    Indicator,
    Phrase,
    Proviso,
    Rules,
    Spoken,
    Subject,
    Wording,
)
from ipcompare.quantities.units import UNITS, known_unit, unit_of

INDICATORS, INCENTIVES = "indicators/indicators.toml", "indicators/incentives.toml"
TABLES = {"target": "indicator", "incentive": "incentive"}  # kind and its [[table]]
_KEYS = frozenset("id zh en theme measure unit phrases not over like split variants spoken".split())
_SINGLE = ("not_before", "area", "count_words")


class Own(NamedTuple):
    """A researcher's own entries: their file, for messages, and its text."""

    file: str
    text: str


NOTHING = Own("", "")


def read_own(path: str | Path | None) -> Own:
    """The file of one's own entries, ``[[indicator]]`` and ``[[incentive]]``; None for none."""
    if path is None:
        return NOTHING
    if not Path(path).is_file():
        raise ValueError(f"{path}: no such file; confirm_indicators() writes one")
    return Own(str(path), Path(path).read_text(encoding="utf-8-sig"))


@functools.cache
def rules() -> Rules:
    """The rules of the two TOML files."""
    return parse_rules(data_text(INDICATORS), data_text(INCENTIVES))


@functools.lru_cache(maxsize=8)
def known_entries(own: Own = NOTHING) -> tuple[Indicator, ...]:
    """The entries of the two TOML files, and behind them those of one's own file.

    Those have the keys of ``indicators.toml`` and may use its [terms]; their theme may be any
    word. RuleError names file and line of a bad entry.
    """
    return rules().indicators + parse_own(own) if own.text else rules().indicators


def parse_own(own: Own) -> tuple[Indicator, ...]:
    """The entries of one's own file alone."""
    data, shipped = _toml(own.file, own.text), _toml(INDICATORS, data_text(INDICATORS))
    if unknown := sorted(data.keys() - TABLES.values()):
        raise RuleError(
            own.file, 1, f"holds {unknown[0]}; it may hold [[indicator]], [[incentive]]"
        )
    ids = {entry.id for entry in rules().indicators}
    common = {**{key: shipped[key] for key in ("terms", "subject")}, "seen": {}, "ids": ids}
    return tuple(
        entry
        for kind, table in TABLES.items()
        for entry in _entries(own.file, own.text, data.get(table, []), kind, common)
    )


def parse_rules(indicators: str, incentives: str) -> Rules:
    """Rules from the text of the two TOML files; RuleError names file and line of a bad entry."""
    targets, money = _toml(INDICATORS, indicators), _toml(INCENTIVES, incentives)
    shared = {key: targets.get(key, {}) for key in ("terms", "themes", "subject")}
    common = {**shared, "seen": {}, "ids": set()}
    entries = _entries(INDICATORS, indicators, targets.get("indicator", []), "target", common)
    entries += _entries(INCENTIVES, incentives, money.get("incentive", []), "incentive", common)
    wordings = (
        *_wordings(INDICATORS, indicators, targets, "target"),
        *_wordings(INCENTIVES, incentives, money, "incentive"),
    )
    subject, parts = _subject(indicators, targets), targets.get("parts", {})
    provisos = tuple(_provisos(incentives, money))
    known = targets.get("spoken", {})
    if known and known.keys() != set(Spoken._fields):
        text = f"[spoken] needs {', '.join(Spoken._fields)} and nothing else"
        raise _Source(INDICATORS, indicators, 0).error("[spoken]", text)
    spoken = Spoken(
        *(_regex(INDICATORS, indicators, known.get(name, "(?!)"), {}) for name in Spoken._fields)
    )
    return Rules(tuple(entries), subject, shared["themes"], parts, wordings, provisos, spoken)


def _wordings(file: str, text: str, data: dict, kind: str) -> Iterator[Wording]:
    """The [[words]] of one file; each needs its groups, an example and a counter-example."""
    for entry in data.get("words", []):
        pattern = _regex(file, text, entry["pattern"], {})
        source = _Source(file, text, max(text.find(entry["pattern"]), 0))
        if not {"of", "words"} <= pattern.groupindex.keys():
            raise source.error("", "words need a pattern with the groups of and words")
        if not {"example", "counter_example"} <= entry.keys():
            raise source.error("", "words need an example and a counter_example")
        about = entry["example"], entry["counter_example"]
        yield Wording(kind, entry.get("measure", ""), pattern, *about)


def _provisos(text: str, data: dict) -> Iterator[Proviso]:
    """The [[proviso]] of ``incentives.toml``."""
    for entry in data.get("proviso", []):
        pattern = _regex(INCENTIVES, text, entry["pattern"], {})
        yield Proviso(pattern, entry["example"], entry["counter_example"])


def _toml(file: str, text: str) -> dict:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        at = int(line[1]) if line else text.count("\n") + 1
        raise RuleError(file, at, f"is not TOML: {error}") from error


def _subject(text: str, data: dict) -> Subject:
    """The [subject] and [[grade]] tables."""
    raw, terms = data["subject"], data["terms"]
    single = {key: _regex(INDICATORS, text, raw[key], terms) for key in _SINGLE}
    neutral = "|".join(raw["before"])
    before = _regex(INDICATORS, text, f"^(?:{neutral})+", terms)
    after = _regex(INDICATORS, text, f"(?:{neutral}){{1,12}}$", terms)
    grades = tuple(
        Grade(g["id"], g["zh"], g["en"], _regex(INDICATORS, text, "|".join(g["phrases"]), terms))
        for g in data["grade"]
    )
    end = _regex(INDICATORS, text, f"(?:{'|'.join(raw.get('after', ['(?!)']))})+$", terms)
    return Subject(before=before, before_end=after, after=end, grades=grades, **single)


def _entries(file: str, text: str, raw: list[dict], kind: str, common: dict) -> list[Indicator]:
    """The entries of one file, each checked against those before it."""
    head = rf"^\s*\[\[\s*{TABLES[kind]}\s*\]\]"
    lines = [found.start() for found in re.finditer(head, text, re.M)]
    entries: list[Indicator] = []
    by_id = {entry.get("id"): entry for entry in raw}
    for start, entry in zip(lines, raw, strict=True):
        source = _Source(file, text, start)
        _check(source, entry, by_id, kind, common)
        base = {**by_id[entry["like"]], **entry} if "like" in entry else entry
        if "phrases" in entry:
            _check_phrases(source, entry, common["seen"])
        entries.append(_indicator(source, base, kind, common))
    return entries


@dataclass(frozen=True)
class _Source:
    """Where an entry stands, for error messages."""

    file: str
    text: str
    start: int

    def error(self, needle: str, problem: str) -> RuleError:
        """The problem at the line of ``needle`` within the entry (its first line if absent)."""
        at = self.text.find(needle, self.start) if needle else self.start
        at = self.start if at < 0 else at
        return RuleError(self.file, self.text.count("\n", 0, at) + 1, problem)


def _check(source: _Source, entry: dict, by_id: dict, kind: str, common: dict) -> None:
    """Refuse unknown or missing keys, ids, themes, measures and units."""
    unknown = sorted(set(entry) - _KEYS)
    if unknown:
        raise source.error(
            unknown[0], f"unknown key {unknown[0]}; known: {', '.join(sorted(_KEYS))}"
        )
    like = by_id.get(entry["like"], {}) if "like" in entry else {}
    if "like" in entry and (not like or "like" in like):
        raise source.error("like =", f"like names no entry with phrases: {entry['like']}")
    needed = ["id", "zh", "en", "unit"] + ["measure"] * (kind == "target")
    lacking = [key for key in needed if not entry.get(key)]
    lacking += [key for key in ("theme", "phrases") if not {**like, **entry}.get(key)]
    if lacking:
        raise source.error("", f"the entry {entry.get('id', '')} lacks {', '.join(lacking)}")
    if entry["id"] in common["ids"]:
        raise source.error("id =", f"the id {entry['id']} stands twice")
    common["ids"].add(entry["id"])
    for other in entry.get("over", []):
        if other not in by_id and other not in common["ids"]:
            raise source.error("over =", f"over names the unknown entry {other}")
    _check_known(source, {**like, **entry}, common)


def _check_known(source: _Source, entry: dict, common: dict) -> None:
    """Refuse a theme, unit or measure that is not in its list."""
    for key, value, known in (
        ("theme", entry["theme"], common.get("themes")),
        ("measure", entry.get("measure", "level"), MEASURES),
    ):
        if known is not None and value not in known:
            raise source.error(f"{key} =", f"unknown {key} {value}; known: {', '.join(known)}")
    if unit_of(entry["unit"]) is None:
        problem = f"unknown unit {entry['unit']}; {UNITS} must list it with a factor"
        raise source.error("unit =", problem)


def _check_phrases(source: _Source, entry: dict, seen: dict) -> None:
    """Refuse a phrase that an earlier entry of the same file has."""
    for phrase in entry["phrases"]:
        if not isinstance(phrase, str) and phrase.keys() != {"subject", "sentence"}:
            raise source.error("phrases =", "a phrase with a sentence has subject and sentence")
        words = phrase if isinstance(phrase, str) else phrase["subject"]
        key = (source.file, str(phrase))
        if key in seen:
            raise source.error(words, f"the phrase {words} stands twice, first in {seen[key]}")
        seen[key] = entry["id"]


def _indicator(source: _Source, entry: dict, kind: str, common: dict) -> Indicator:
    """One checked entry with its patterns compiled."""
    terms = common["terms"]

    def regex(words: str, end: bool = False) -> re.Pattern:
        return _regex(source.file, source.text, words, terms, source.start, end)

    phrases = []
    for phrase in entry["phrases"]:
        part = {"subject": phrase} if isinstance(phrase, str) else phrase
        sentence = regex(part.get("sentence", "")).pattern
        phrases.append(Phrase(regex(part["subject"], True), sentence))
    return Indicator(
        entry["id"], entry["zh"], entry["en"], entry["theme"], kind, entry.get("measure", ""),
        known_unit(entry["unit"]), tuple(phrases),
        regex(entry["not"]) if "not" in entry else None, frozenset(entry.get("over", ())),
        entry.get("split", False), tuple((v, regex(v)) for v in entry.get("variants", ())),
        tuple(Phrase(regex(words, True)) for words in entry.get("spoken", ())),
    )  # fmt: skip


def _regex(
    file: str, text: str, words: str, terms: dict, start: int = 0, end: bool = False
) -> re.Pattern:
    """Compile ``words`` with its <terms>; ``end`` anchors it where it ends."""
    source, expanded = _Source(file, text, start), words
    for _ in range(3):  # a term may use terms
        for name in re.findall(r"(?<!\(\?P)<(\w+)>", expanded):
            if f"<{name}>" == NUMBER:
                continue
            if name not in terms:
                raise source.error(words, f"<{name}> is not in [terms]")
            expanded = expanded.replace(f"<{name}>", terms[name])
    try:
        return re.compile(f"(?:{expanded})$" if end else expanded)
    except re.error as error:
        raise source.error(words, f"{words} is no regular expression: {error}") from error
