"""A researcher's own entries: written from the families she confirms, used beside the shipped."""

import pandas as pd
import pytest
from tables import target, target_rows

from ipcompare.data import RuleError
from ipcompare.indicators import (
    align_targets,
    confirm_indicators,
    suggest_indicators,
    target_matrix,
    unaligned_targets,
)

DAYS = "空气质量优良天数比率"


@pytest.fixture
def targets():
    return target_rows(
        target(DAYS, 85, "%", measure="share"),
        target("城市" + DAYS, 90, "%", measure="share", doc_id="b"),
        target("有效注册商标", 3000, "件"),
    )


@pytest.fixture
def own(targets, tmp_path):
    named = suggest_indicators(targets).assign(name="优良天数比率", theme="环境")
    confirm_indicators(named, tmp_path / "indicators.toml")
    return tmp_path / "indicators.toml"


def test_what_is_confirmed_aligns_beside_the_shipped_entries(targets, own):
    aligned = align_targets(targets, indicators=own)
    assert list(aligned["indicator"]) == ["trademarks", "own_1", "own_1"]
    table = target_matrix(aligned, lang="en")
    assert list(table.loc[("环境", "优良天数比率")]) == ["85%", "90%"]
    assert unaligned_targets(targets, aligned, indicators=own).empty
    assert suggest_indicators(targets, indicators=own).empty


def test_without_the_file_nothing_is_used_of_it(targets, own):
    assert list(align_targets(targets)["indicator"]) == ["trademarks"]


def test_only_rows_with_a_name_are_confirmed(targets, tmp_path):
    table = suggest_indicators(targets)
    table.loc[0, "name"] = "优良天数"
    added = confirm_indicators(table, tmp_path / "own.toml")
    assert added.to_dict("records") == [
        {"id": "own_1", "name": "优良天数", "kind": "target", "measure": "share", "unit": "%",
         "phrases": [DAYS]}
    ]  # fmt: skip
    table.loc[1, "name"] = "城市优良天数"
    more = confirm_indicators(table.iloc[1:], tmp_path / "own.toml")
    assert list(more["id"]) == ["own_2"]


def test_a_second_entry_of_one_name_and_a_table_without_names_are_refused(targets, own):
    table, before = suggest_indicators(targets), own.read_text(encoding="utf-8")
    with pytest.raises(ValueError, match="no row has a name"):
        confirm_indicators(table, own)
    with pytest.raises(ValueError, match="优良天数比率 is there already as own_1"):
        confirm_indicators(table.assign(name="优良天数比率"), own)
    assert own.read_text(encoding="utf-8") == before


def test_a_unit_without_factor_is_refused(tmp_path):
    rows = target("绿道", 30, "条", doc_id="a"), target("城市绿道", 20, "条", doc_id="b")
    table = suggest_indicators(target_rows(*rows)).assign(name="绿道", unit="奇")
    with pytest.raises(ValueError, match="the unit 奇 has no factor"):
        confirm_indicators(table, tmp_path / "own.toml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[themes]\n", "holds themes"),
        ("[[indicator]]\nid = 'x'\n", "lacks zh, en, unit, measure, theme, phrases"),
        ("[[indicator]]\nid = 'invention_patents_per_10k'\nzh = 'a'\nen = 'a'\nunit = '件'\n"
         "measure = 'level'\ntheme = 'a'\nphrases = ['a']\n", "stands twice"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_its_line(targets, tmp_path, text, said):
    path = tmp_path / "indicators.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RuleError, match=said):
        align_targets(targets, indicators=path)


def test_a_missing_file_is_refused(targets):
    with pytest.raises(ValueError, match="no such file"):
        align_targets(targets, indicators="nowhere.toml")


def test_a_suggestion_read_back_from_a_file_can_be_confirmed(targets, tmp_path):
    suggest_indicators(targets).assign(name="优良").to_csv(tmp_path / "s.csv", index=False)
    table = pd.read_csv(tmp_path / "s.csv")
    assert list(confirm_indicators(table, tmp_path / "own.toml")["id"]) == ["own_1"]
