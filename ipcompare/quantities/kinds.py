"""The kind of a mention, by the ordered rules of ``kinds.toml``: the first that holds decides."""

import functools
from collections.abc import Callable
from dataclasses import dataclass

from ipcompare.data import RuleError, data_text, line_of, one_of, read_toml
from ipcompare.quantities.cue_table import cue_names
from ipcompare.quantities.fields import Section
from ipcompare.quantities.mentions import Mention
from ipcompare.quantities.surroundings import OF_CUES, PLACES, QUESTIONS, question
from ipcompare.quantities.tense import set_tenses

RULES = "drafting/kinds.toml"
KINDS = ("target", "incentive", "condition", "resource", "fact", "unclear")
BEFORE = "before"  # as the number before it
UNDECIDED = "none"  # the rule of a mention that no rule decides


@dataclass(frozen=True)
class Condition:
    """``near:pay or not unit:time``: one of its parts must hold."""

    words: str
    parts: tuple[tuple[bool, Callable, tuple[str, ...]], ...]  # to hold or not, question, values

    def holds(self, mention: Mention) -> bool:
        """Whether it holds for a mention, the last of its list."""
        for to_hold, ask, values in self.parts:  # a plain loop: asked thirty times a mention
            if bool(ask(mention, values)) is to_hold:
                return True
        return False


@dataclass(frozen=True)
class Rule:
    """All of ``needs`` must hold and none of ``unless``."""

    id: str
    kind: str
    needs: tuple[Condition, ...]
    unless: tuple[Condition, ...]
    only: tuple[str, ...]  # of a rule "before": kinds it passes on
    example: str
    counter_example: str

    def fails(self, mention: Mention) -> Condition | None:
        """The first condition that keeps the rule from deciding; None where it decides."""
        for condition in self.needs:
            if not condition.holds(mention):
                return condition
        for condition in self.unless:
            if condition.holds(mention):
                return condition
        return None


@functools.cache
def rules(file: str = RULES) -> tuple[Rule, ...]:
    """The rules in their order; RuleError for one that cannot be used."""
    text = data_text(file)
    made: list[Rule] = []
    for entry in read_toml(file)["rule"]:
        line = line_of(text, f'id = "{entry["id"]}"')
        one_of(file, line, "kind", entry["kind"], (*KINDS, BEFORE))
        needs, unless = (
            tuple(_condition(file, line, words) for words in entry.get(key, ()))
            for key in ("needs", "unless")
        )
        if entry["id"] in {rule.id for rule in made} or not needs:
            raise RuleError(file, line, f"{entry['id']!r} stands twice or needs nothing")
        only = tuple(entry.get("only", KINDS))
        about = entry["example"], entry["counter_example"]
        made.append(Rule(entry["id"], entry["kind"], needs, unless, only, *about))
    return tuple(made)


def _condition(file: str, line: int, words: str) -> Condition:
    parts = []
    for part in words.split(" or "):
        name, _, values = part.removeprefix("not ").partition(":")
        one_of(file, line, "condition", name, (*PLACES, *QUESTIONS))
        cues = values.split("|")
        for cue in cues if name in OF_CUES else ():
            one_of(file, line, "cue", cue, tuple(sorted(cue_names())))
        parts.append((not part.startswith("not "), question(name), tuple(cues)))
    return Condition(words, tuple(parts))


def set_kinds(group: list[Mention], section: Section) -> None:
    """Give the mentions of one sentence their kind and the id of the rule that decided.

    They are asked from the last to the first, since a payment decides about the threshold before
    it; then those that are as the number before take its kind. Members of a list are alike.
    """
    marks = section.marks(group[0].paragraph)
    set_tenses(group, section.year)
    for mention in reversed(group):
        mention.section = marks
        if mention is mention.run[-1]:
            rule = _decides(mention)
            mention.rule = rule.id if rule else UNDECIDED
            mention.kind = rule.kind if rule else "unclear"
    only = {rule.id: rule.only for rule in rules() if rule.kind == BEFORE}
    for mention in group:
        last = mention.run[-1]
        while last.kind == BEFORE and mention is mention.run[0]:
            if mention.before and mention.before.kind in only[last.rule]:
                last.kind = mention.before.kind
                break
            last.tried.append((last.rule, f"a number before that is {'|'.join(only[last.rule])}"))
            rule = _decides(last, behind=last.rule)
            last.rule, last.kind = (rule.id, rule.kind) if rule else (UNDECIDED, "unclear")
        mention.kind, mention.rule, mention.tried = last.kind, last.rule, last.tried


def _decides(mention: Mention, behind: str = "") -> Rule | None:
    """The first rule that holds; ``mention.tried`` keeps what the rules before it wanted.

    ``behind``: only the rules that stand behind this one.
    """
    ids = [rule.id for rule in rules()]
    for rule in rules()[ids.index(behind) + 1 if behind else 0 :]:
        kept = rule.fails(mention)
        if kept is None:
            return rule
        mention.tried.append((rule.id, kept.words))
    return None
