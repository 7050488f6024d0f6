"""From a number back to its words, worked by hand."""

import pytest
from tables import clause, clause_rows, target, target_rows

from ipcompare.quantities.evidence import evidence

RAW = "给予5\n万元、<5 万元>、5万元奖励。"
QUOTE = "给予5万元、<5万元>、5万元奖励。"
CLAUSES = clause_rows(clause(body=QUOTE, raw=RAW, pinpoint="一、"))
START = RAW.index("<5") + 1
SECOND = target(
    "奖励", 5, "万元", quote=QUOTE, number_start=7, char_start=START, char_end=START + 4
)
TARGETS = target_rows(SECOND)


def test_the_number_that_is_meant_is_marked():
    found = evidence("a#1@1", CLAUSES, TARGETS)
    assert found.sentence[found.start : found.end] == "5万元"
    assert found.raw == "5 万元"
    assert "&lt;<mark>5万元</mark>&gt;" in found._repr_html_()
    assert str(found) == "a 一、: 给予5万元、<【5万元】>、5万元奖励。 [8–12]"


def test_an_unknown_target_is_refused_with_the_nearest():
    with pytest.raises(KeyError, match="a#1@9 is no target; nearest is a#1@1"):
        evidence("a#1@9", CLAUSES, TARGETS)


def test_targets_of_other_clauses_are_refused():
    with pytest.raises(KeyError, match="a#1 is no provision; there are a#2"):
        evidence("a#1@1", clause_rows(clause(path="2", body=QUOTE)), TARGETS)
    with pytest.raises(ValueError, match="a#1@1: its sentence does not stand in the text of a#1"):
        evidence("a#1@1", clause_rows(clause(body="给予奖励。")), TARGETS)
