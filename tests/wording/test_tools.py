"""Policy tools: guesses with evidence, and no table without codes."""

import pandas as pd
import pytest
from tables import clause, clause_rows

from ipcompare.data import read_toml
from ipcompare.wording.tools import DECIDED, tool_fields, tool_guesses

TOOLS = read_toml("wording/tools.toml")["tool"]


def guessed(text):
    return set(tool_guesses(clause_rows(clause("a", "1", text)))["tool"])


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool["id"])
def test_each_tool_is_guessed_in_its_example_and_not_in_its_counter_example(tool):
    assert tool["id"] in guessed(tool["example"])
    assert tool["id"] not in guessed(tool["counter_example"])


def test_a_guess_has_its_evidence():
    table = tool_guesses(clause_rows(clause("a", "1", "对质押融资给予贴息，落实加计扣除。")))
    assert table[["kind", "tool", "evidence"]].values.tolist() == [
        ["supply", "funds", ["贴息"]],
        ["environment", "finance", ["融资"]],
        ["environment", "tax", ["加计扣除"]],
    ]


def codes(*rows):
    return pd.DataFrame(rows, columns=DECIDED)


def test_the_cross_table_counts_what_was_decided():
    table = tool_fields(
        codes(
            ("a#1", "tax", "creation", "甲"),
            ("a#1", "tax", "creation", "乙"),  # the same provision
            ("a#2", "tax", "creation", "甲"),
            ("a#2", "funds", "use", "甲"),
        )
    )
    counts = table[table["n_provision"] > 0].values.tolist()
    assert counts == [["funds", "use", 1], ["tax", "creation", 2]]
    assert len(table) == 13 * 10


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (tool_guesses(clause_rows(clause("a", "1", "给予奖励。"))), "lacks .*decided_by"),
        (codes(("a#1", "tax", "creation", None)), "a#1: nobody has decided"),
        (codes(("a#1", "tax", "creation", " ")), "a#1: nobody has decided"),
        (codes(("a#1", "taxes", "creation", "甲")), "no such tool: taxes"),
        (codes(("a#1", "tax", "创造", "甲")), "no such field: 创造"),
    ],
)
def test_without_codes_there_is_no_cross_table(table, message):
    with pytest.raises(ValueError, match=message):
        tool_fields(table)
