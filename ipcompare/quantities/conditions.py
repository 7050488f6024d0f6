"""Which payment or target a condition belongs to, from where both stand in their sentence."""

import functools
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from ipcompare.quantities.cues import cues
from ipcompare.quantities.mentions import flatten
from ipcompare.quantities.printed import printed_quantity
from ipcompare.text import fold_width

PROCEDURES = ("copies", "time_limit")  # rules of kinds.toml


@dataclass
class Group:
    """Conditions and the payments that follow them, of one beneficiary."""

    terms: list[Any] = field(default_factory=list)
    either: bool = False  # A以上,或B以上的
    paid: list[Any] = field(default_factory=list)
    start: int = 0
    end: int = 0


def conditions_of(targets: Iterable[Any]) -> dict[str, str]:
    """What must be met for each target or incentive by target_id, from its sentence.

    ``targets`` are rows of the target table in the order of the text.

    A condition limits the payments after it (对授权年限6年以上的,…不超过1万元年费支持), not those
    before it nor those of the next beneficiary (;对PCT专利…); several hold together. With as many
    conditions as payments they go together in order (达到200家、500家…分别给予10万元、30万元).
    Where it is not clear which belongs to which, none is given.
    """
    found: dict[str, str] = {}
    for text, rows in _sentences(targets):
        found |= _of_targets(rows, text)
        for group in _groups(rows, text):
            found |= _of_payments(group, text)
    return found


def each_of(targets: Iterable[Any]) -> dict[str, str]:
    """What a payment is made for each of, by target_id: 件 in 每件4000元, 起 in 每起不超过50万元.

    Only where 每 stands right before the amount; 每年 is ``per_year``, 元/人 has it in the unit.
    """
    found, pattern = {}, cues()["kind.each"]
    for row in targets:
        if row.kind == "incentive" and row.measure != "share" and "/" not in row.unit:
            match = pattern.search(_flat(row.quote), 0, row.number_start)
            if match:
                found[row.target_id] = match["each"]
    return found


def _sentences(targets: Iterable[Any]) -> Iterator[tuple[str, list[Any]]]:
    """Each sentence with conditions in one width, with its rows, in the order of the text."""
    sentences: dict[tuple, list] = {}
    for row in targets:
        sentences.setdefault((row.clause_id, row.quote), []).append(row)
    for (_, quote), rows in sentences.items():
        if any(row.kind == "condition" for row in rows):
            yield _flat(quote), rows


@functools.lru_cache(maxsize=16)
def _flat(quote: str) -> str:
    return flatten(fold_width(quote))


def _of_targets(rows: list, text: str) -> dict[str, str]:
    """As many conditions as targets go together; those of one indicator hold for all of it.

    Before or after them: 2家年申请超1000件的高校, 拥有50件的企业10家、30件企业20家.
    """
    terms = [_condition(row) for row in rows if _limits_goals(row)]
    goals = [row for row in rows if row.kind == "target"]
    alike = len({(row.measure, row.unit) for row in goals}) == 1
    if len(goals) == len(terms) and (alike or len(terms) == 1):
        return {row.target_id: term for row, term in zip(goals, terms, strict=True)}
    if len({row.indicator for row in goals}) == 1 and "分别" not in text:
        return {row.target_id: _joined(rows, text, terms) for row in goals}
    return {}


def _limits_goals(row: Any) -> bool:
    """Whether a condition says of what the goal counts: not 一式两份, 5个工作日内."""
    return row.kind == "condition" and row.rule not in PROCEDURES


def _joined(rows: list, text: str, terms: list[str]) -> str:
    """Conditions of a sentence in one: with 或 where one of them is enough."""
    placed = [row for row in rows if _limits_goals(row)]
    between = (text[a.number_end : b.number_start] for a, b in itertools.pairwise(placed))
    either = any(cues()["kind.either"].search(words) for words in between)
    return (" 或 " if either else "；").join(terms)


# --- payments -----------------------------------------------------------------------------------


def _groups(rows: list[Any], text: str) -> list[Group]:
    """Conditions with what they limit; a new beneficiary or a new list of conditions opens one."""
    groups, lone = [Group()], sum(row.kind == "incentive" for row in rows) == 1
    for row in rows:
        start, end = row.number_start, row.number_end
        if row.kind not in ("condition", "incentive"):
            continue
        last = groups[-1]
        opens = _opens(text, last, start)
        if row.kind != "condition":
            groups += [Group()] if opens else []
            groups[-1].paid.append(row)
        elif last.paid and lone and not opens and "的" not in text[end:]:
            last.terms.append(row)  # 给予30万元资助,期限不超过2年; not 100件以上的给予表彰
        else:
            groups += [Group(start=start)] if last.paid or opens or not last.terms else []
            between = text[groups[-1].end : start] if groups[-1].terms else ""
            groups[-1].either |= bool(cues()["kind.either"].search(between))
            groups[-1].terms.append(row)
        groups[-1].end = end
    return groups


def _opens(text: str, last: Group, start: int) -> bool:
    """Whether the words since the last number turn to another beneficiary.

    A payment made, each semicolon and each 对 does; before it only a 对 behind a semicolon
    (对发明100件以上的给予表彰;对首件发明给予1万元), for conditions may be listed: A;B的,给予10万元.
    """
    if not (last.terms or last.paid):
        return False
    part = text.rfind(";", last.end, start)
    named = cues()["kind.beneficiary"].search(text, last.end if last.paid else max(part, 0), start)
    return bool(part >= 0 or named) if last.paid else bool(part >= 0 and named)


def _of_payments(group: Group, text: str) -> dict[str, str]:
    """The conditions of a group by the target_id of what they limit."""
    terms, paid = group.terms, group.paid
    if not terms or not paid:
        return {}
    words = [_condition(row) for row in terms]
    apart = "分别" in text[group.start : group.end]
    paid_alike = len({(row.measure, row.unit) for row in paid}) == 1
    if len(terms) == len(paid) > 1 and paid_alike:
        if apart or len({row.indicator for row in terms}) == 1:
            return {row.target_id: term for row, term in zip(paid, words, strict=True)}
    if apart:
        return {}
    alike = takewhile(lambda row: _one_scheme(row.indicator, paid[0].indicator), paid)
    return {row.target_id: (" 或 " if group.either else "；").join(words) for row in alike}


def _one_scheme(name: str, first: str) -> bool:
    """Whether a payment is a further part of the first: its rate (企业贷款利息) or cap (企业)."""
    return name in first or first in name


def _condition(row: Any) -> str:
    """A condition in short: 专利运营主营业务收入 ≥ 1000万元, 托管企业 达到 200家."""
    before = fold_width(row.quote[: row.number_start])
    found = cues()["payment.reached"].search(before) if row.comparator == "=" else None
    reached = f"{found[0]} " if found else ""
    return f"{row.indicator} {reached}{fold_width(printed_quantity(row))}".strip()
