"""Each decision about a number explained: rule, cues, comparator, deadline, name, entry."""

import pandas as pd
import pytest
from files import CORPUS

from ipcompare import clause_table, extract_targets, why
from ipcompare.corpus import Document
from ipcompare.frames import contracts
from ipcompare.indicators.verdicts import verdicts
from ipcompare.quantities.kinds import rules
from ipcompare.words import word_table

CLAUSES = clause_table(
    Document(
        "a", "一、目标\n到2025年，有效注册商标不低于3000件。\n二、奖励\n对首家试点给予5万元奖励。"
    )
)


def test_a_goal_is_explained():
    said = why("a#1@1", CLAUSES)
    assert said.words.endswith("有效注册商标不低于【3000件】。")
    assert (said.kind, said.rule) == ("target", "goal_section")
    assert said.comparator == (">=", "from 不低于")
    assert said.deadline == ("2025", "stated in the sentence: 2025年,…")
    assert said.name == ("有效注册商标", "in its own comma segment")
    assert said.aligned == "yes"
    assert [id for id, verdict in said.entries if verdict == "claims it"] == ["trademarks"]


def test_the_rules_before_the_one_taken_say_what_they_wanted():
    said = why("a#2@1", CLAUSES)
    order = [rule.id for rule in rules()]
    assert said.kind == "incentive" and ("pay", "给予") in said.cues
    assert [rule for rule, _ in said.tried] == order[: order.index(said.rule)]
    assert "kind        incentive, by the rule" in str(said) and "<pre>" in said._repr_html_()


@pytest.mark.parametrize(
    "target", list(extract_targets(clause_table(CORPUS)).to_dict("records"))[::9]
)
def test_what_is_explained_is_what_stands_in_the_table(target):
    said = why(target["target_id"], clause_table(CORPUS[target["doc_id"]]))
    found = (said.kind, said.rule, said.comparator[0], said.name[0])
    assert found == tuple(target[key] for key in ("kind", "rule", "comparator", "indicator"))
    assert said.deadline[0] == ("none" if pd.isna(target["deadline"]) else str(target["deadline"]))


def test_every_source_of_a_name_has_words():
    assert set(word_table("values.name_source")) == set(
        contracts()["targets"]["name_source"].allowed
    )


def test_an_unknown_id_is_named():
    with pytest.raises(KeyError, match="a#9@9 is no target; there are a#1@1, a#2@1"):
        why("a#9@9", CLAUSES)


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        ({}, "claims it"),
        ({"unit": "亿元"}, "is counted in 件 (level)"),
        ({"kind": "incentive"}, "is an entry of kind target"),
        ({"measure": "growth"}, "is counted in 件 (level)"),
    ],
)
def test_an_entry_says_what_keeps_it(changed, verdict):
    row = extract_targets(CLAUSES).iloc[0].to_dict() | changed
    assert dict(verdicts(row))["trademarks"] == verdict


def test_what_is_no_target_has_no_entry():
    row = extract_targets(CLAUSES).iloc[0].to_dict() | {"kind": "condition"}
    assert verdicts(row) == []
