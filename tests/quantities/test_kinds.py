"""Every cue and every rule about kinds has an example where it holds and one where it does not."""

import pytest

from ipcompare.clauses.table import clause_table
from ipcompare.corpus import Corpus, Document
from ipcompare.quantities.cue_table import phrases
from ipcompare.quantities.extract import extract_targets
from ipcompare.quantities.kinds import rules
from ipcompare.text import fold_width


def deciding(text):
    """The rules that decide the kinds of the numbers of a text."""
    return set(extract_targets(clause_table(Corpus((Document("d", text),))), year=2022)["rule"])


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_a_rule_decides_its_example_and_not_its_counter_example(rule):
    assert rule.id in deciding(rule.example)
    other = deciding(rule.counter_example)
    assert other and rule.id not in other


def test_a_phrase_stands_in_its_example_and_not_in_its_counter_example():
    given = [phrase for phrase in phrases() if phrase.example]
    assert len(given) > 600
    for phrase in given:
        assert phrase.pattern.search(fold_width(phrase.example)), phrase
        assert not phrase.pattern.search(fold_width(phrase.counter_example)), phrase
