"""Types of provisions: every pattern by its example and counter-example, and what is inherited."""

import pandas as pd
import pytest
from tables import clause, clause_rows

from ipcompare.text import fold_width
from ipcompare.wording.provision_types import patterns, provision_types


@pytest.mark.parametrize("pattern", patterns(), ids=lambda p: f"{p.type}, {p.name}")
def test_a_pattern_fits_its_example_and_not_its_counter_example(pattern):
    assert pattern.words.fullmatch(fold_width(pattern.example))
    assert not any(p.words.fullmatch(fold_width(pattern.counter_example)) for p in patterns())


def test_goals_are_inherited_and_standing_provisions_are_not():
    table = clause_rows(
        clause("a", "1", role="section", heading="主要目标"),
        clause("a", "1.1", "到2025年翻一番。", parent_id="a#1"),
        clause("a", "2", role="section", heading="组织保障"),
        clause("a", "2.1", "设立专项资金。", heading="加大财政投入", parent_id="a#2"),
        clause("a", "2.2", "成立领导小组。", heading="加强组织领导", parent_id="a#2"),
        clause("a", "3", "本办法自2023年1月1日起施行。"),
    )
    found = provision_types(table).set_index("clause_id")
    assert found["type"].to_dict() == {
        "a#1.1": "goal", "a#2.1": "specific", "a#2.2": "standing", "a#3": "standing",
    }  # fmt: skip
    assert found.at["a#2.2", "reason"] == "leadership: 加强组织领导"
    assert pd.isna(found.at["a#2.1", "reason"])
