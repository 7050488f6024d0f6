"""Conditions of payments and targets, and what every one is paid for."""

import pytest
from files import cases

from ipcompare import clause_table, extract_targets
from ipcompare.corpus import Document


def targets(sentence):
    return extract_targets(clause_table(Document("a", "一、" + sentence)))


@pytest.mark.parametrize("case", cases("conditions.csv"), ids=lambda c: c["why"])
def test_a_condition_limits_the_payments_it_is_put_to(case):
    """One expected list of numbers a payment, apart by |, as the sentence is read."""
    found = targets(case["sentence"])
    paid = found.loc[found["kind"] == "incentive", "condition"]
    expected = [numbers.split() for numbers in case["conditions"].split("|")]
    assert [[term.split()[-1] for term in said.split("；") if term] for said in paid] == expected


@pytest.mark.parametrize("case", cases("each.csv"), ids=lambda c: c["why"])
def test_what_each_is_paid_for(case):
    found = targets(case["sentence"])["each"]
    assert list(found[found != ""]) == ([case["each"]] if case["each"] else [])


def test_conditions_are_in_words():
    found = targets("对托管企业达到200家、500家的机构，分别给予10万元、30万元奖励。")
    assert list(found["condition"]) == ["", "", "托管企业 达到 200家", "托管企业 达到 500家"]


def test_of_two_conditions_one_may_be_enough():
    found = targets("对年收入1000万元以上,或持有专利1000件以上的机构给予30万元奖励。")
    (said,) = found.loc[found["condition"] != "", "condition"]
    assert " 或 " in said and "；" not in said
