"""Why a number has its kind, comparator, deadline, name and indicator: each decision explained."""

import html
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from ipcompare.arguments import check_arguments
from ipcompare.clauses.table import clause_table
from ipcompare.corpus import read_corpus
from ipcompare.corrections import carried, unpacked
from ipcompare.data import PlainError
from ipcompare.frames import checked, unknown_id
from ipcompare.indicators.align import unaligned_targets
from ipcompare.indicators.entries import read_own
from ipcompare.indicators.verdicts import verdicts
from ipcompare.quantities.cue_table import cue_spans
from ipcompare.quantities.extract import extract_targets
from ipcompare.quantities.fields import years_in
from ipcompare.quantities.kinds import Rule, rules
from ipcompare.quantities.mentions import Mention
from ipcompare.quantities.missed_mentions import place_of
from ipcompare.quantities.reading import document_mentions
from ipcompare.words import value_word

AROUND = 24  # characters of the sentence that are shown on each side


@dataclass(frozen=True)
class Decision:
    """How one quantity was read; ``tried`` are the rules before the one taken: id, what it wanted.

    ``cues`` are the cue words of the sentence (cue, words), ``comparator``, ``deadline``,
    ``horizon`` and ``name`` what was decided and where it comes from, ``entries`` what each entry
    of the indicators says of it (id, verdict), ``corrected`` what a person corrected in it.
    """

    target_id: str
    words: str  # the sentence around the number, which stands in 【】
    kind: str
    rule: str
    example: str  # of the rule, and a sentence in which it does not hold
    counter_example: str
    needs: tuple[str, ...]
    tried: tuple[tuple[str, str], ...]
    cues: tuple[tuple[str, str], ...]
    comparator: tuple[str, str]
    deadline: tuple[str, str]
    horizon: tuple[str, str]
    name: tuple[str, str]
    entries: tuple[tuple[str, str], ...]
    aligned: str
    corrected: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(str(self))}</pre>"

    def _lines(self) -> Iterator[str]:
        yield f"{self.target_id}  {self.words}"
        yield f"kind        {self.kind}, by the rule {self.rule}"
        if self.needs:
            yield f"            needs {'; '.join(self.needs)}"
            yield f"            as in {self.example} not as in {self.counter_example}"
        yield from _listed("not", (f"{rule}: {wanted}" for rule, wanted in self.tried))
        yield from _listed("cues", (f"{cue} {words}" for cue, words in self.cues))
        for field in ("comparator", "deadline", "horizon", "name"):
            value, source = getattr(self, field)
            if value:
                yield f"{field:<12}{value}, {source}"
        yield from _listed("entries", (f"{entry} {said}" for entry, said in self.entries))
        yield f"aligned     {self.aligned}"
        yield from _listed("corrected", self.corrected)


def why(
    target_id: str,
    clauses: pd.DataFrame | None = None,
    *,
    year: int | None = None,
    indicators: str | Path | None = None,
) -> Decision:
    """Why the quantity ``target_id`` was read as it was.

    ``clauses`` is a clause table with its document; without it the texts in ``corpus/`` are read.
    The text is read again by the same rules that made the target table; ``year`` as in
    ``extract_targets``, ``indicators`` as in ``align_targets``. Corrections by hand do not take
    part: they are listed at the end. KeyError for an id that no quantity has, PlainError for one
    that was added by hand.
    """
    check_arguments(year=year)
    if clauses is None:
        clauses = clause_table(read_corpus("corpus"))
    clauses = checked(clauses, "clauses")
    whole = clauses[clauses["doc_id"].astype(str) == target_id.rpartition("#")[0]]
    own = whole.drop(columns=carried(whole))
    rows = extract_targets(own, year=year).set_index("target_id", drop=False)
    if target_id not in rows.index:
        if carried(whole) and target_id in set(extract_targets(whole, year=year)["target_id"]):
            raise PlainError(f"{target_id} was not read but added by hand, in corrections.csv")
        raise KeyError(unknown_id(target_id, "target", rows.index))
    known = own["year"].iloc[0]
    year = year if pd.isna(known) else int(known)
    made = _decision(rows.loc[[target_id]], _mention(own, target_id, year), year, indicators)
    return replace(made, corrected=_corrections(whole, rows.loc[target_id]))


def _corrections(clauses: pd.DataFrame, row: Any) -> tuple[str, ...]:
    """What a person corrected in a mention: ``deadline: 2020 → 2021 (王: 误)``."""
    cells = clauses.loc[clauses["clause_id"] == row["clause_id"], carried(clauses)]
    found = [one for cell in cells.get("corrections", ()) for one in unpacked(cell)]
    return tuple(
        f"{one.field}: {one.old!r} → {one.new!r} ({one.who}: {one.why})"
        for one in found if one.place == place_of(row)
    )  # fmt: skip


def _mention(clauses: pd.DataFrame, target_id: str, year: int | None) -> Mention:
    """The mention behind a row of the target table, whose rows do not keep it."""
    clause_id, _, n = target_id.rpartition("@")
    rows = list(clauses.itertuples(index=False))
    found = (m for row, m in document_mentions(rows, year) if row.clause_id == clause_id)
    return next(found)[int(n) - 1]


def _decision(
    target: pd.DataFrame, mention: Mention, year: int | None, indicators: str | Path | None
) -> Decision:
    """The decision on one mention, of which ``target`` is the row."""
    row = target.iloc[0].to_dict()
    taken = next((rule for rule in rules() if rule.id == mention.rule), None)
    found = cue_spans(mention.flat)
    cues = sorted((at, cue, mention.flat[at:end]) for cue in found for at, end in found[cue])
    left = unaligned_targets(target, target.iloc[:0], indicators=indicators)
    reason = left["reason"].iloc[0]
    return Decision(
        target_id=row["target_id"], words=_words(row), kind=mention.kind, rule=mention.rule,
        example=taken.example if taken else "", needs=_needs(taken),
        counter_example=taken.counter_example if taken else "", tried=tuple(mention.tried),
        cues=tuple((cue, words) for _, cue, words in cues), comparator=_comparator(mention),
        deadline=_deadline(mention, year), horizon=_horizon(row, year), name=_name(row),
        entries=tuple(verdicts(row, read_own(indicators))),
        aligned="yes" if reason == "left out" else f"no, {reason}",
    )  # fmt: skip


def _needs(rule: Rule | None) -> tuple[str, ...]:
    """What the rule that decided needed, and what it must not find."""
    if rule is None:
        return ()
    unless = (f"not {condition.words}" for condition in rule.unless)
    return (*(condition.words for condition in rule.needs), *unless)


def _listed(title: str, items: Iterable[str]) -> Iterator[str]:
    """One item a line, the title before the first."""
    for n, item in enumerate(items):
        yield f"{'' if n else title:<12}{item}"


def _words(row: dict) -> str:
    """The sentence around the number, on one line."""
    quote, start, end = row["quote"], row["number_start"], row["number_end"]
    parts = quote[max(0, start - AROUND) : start], quote[start:end], quote[end : end + AROUND]
    before, number, after = ("".join(part.split()) for part in parts)
    return f"{before}【{number}】{after}"


def _comparator(mention: Mention) -> tuple[str, str]:
    """The sign, and the words before and after the number that it was read from."""
    before = mention.flat[mention.left : mention.start]
    after = mention.flat[mention.end : mention.right]
    found = " … ".join(filter(None, (before, after)))
    sign = mention.quantity.comparator
    if sign == "range":
        return sign, "two numbers are written"
    if sign == "=" and not found:
        return sign, "no word of comparison stands at the number"
    return sign, f"from {found}" if found else "from words further off or shared with its list"


def _deadline(mention: Mention, year: int | None) -> tuple[str, str]:
    """The year, and whether the sentence states it."""
    if mention.deadline is None:
        return "none", "no year governs the number"
    stated = [at for at, said in years_in(mention.flat, year) if said == mention.deadline]
    if stated:
        words = mention.flat[stated[0] : stated[0] + 6]
        return str(mention.deadline), f"stated in the sentence: {words}…"
    return str(mention.deadline), "from the section, the sentence before or the head of the table"


def _horizon(row: dict, year: int | None) -> tuple[str, str]:
    """The span of years that stands instead of a year, and what it was counted from."""
    if not isinstance(row["horizon_note"], str) or not row["horizon_note"]:
        return "", ""
    return row["horizon_note"], f"about {row['horizon_year']}, counted from the text's year {year}"


def _name(row: dict) -> tuple[str, str]:
    """The indicator, and where its words stand."""
    if not row["indicator"]:
        return "none", "no words were found for what is counted"
    return row["indicator"], value_word("name_source", row["name_source"], "en")
