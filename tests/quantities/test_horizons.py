"""Years that stand in two figures, and spans of years that stand instead of a year."""

import pandas as pd
import pytest

from ipcompare import align_targets, clause_table, extract_targets, target_matrix
from ipcompare.corpus import Document


def targets(text, year=2022):
    return extract_targets(clause_table(Document("a", text)), year=year)


@pytest.mark.parametrize(
    ("text", "deadline", "note", "year"),
    [
        ("一、目标\n到26年底，发明专利达到500件。", 2026, "", None),
        ("一、任务\n23年底前建成站点3个。", 2023, "", None),
        ("一、目标\n经过三年左右的努力，发明专利达到500件。", None, "三年左右", 2025),
        ("一、任务\n3年内培训代理人1200人次。", None, "3年内", 2025),
        ("一、目标\n用3-5年时间，质押融资额达到5亿元。", None, "3-5年时间", None),  # 2025 or 2027
        ("一、目标\n用三年时间打好基础，到2026年，发明专利达到500件。", 2026, "", None),
        ("一、任务\n近三年内培训代理人1200人次。", None, "", None),  # told, not planned
        ("一、奖励\n三年内每年给予5万元奖励。", None, "", None),  # no goal
    ],
)
def test_a_year_is_stated_or_computed_from_a_span(text, deadline, note, year):
    row = targets(text).iloc[-1]
    found = (row.deadline, row.horizon_note, row.horizon_year)
    assert tuple(None if pd.isna(said) else said for said in found) == (deadline, note, year)


def test_a_span_governs_its_goal_section():
    text = "一、工作目标\n经过三年左右的努力，体系基本建成。\n（一）发明专利达到500件。\n二、任务\n建设站点3个。"
    found = targets(text)
    assert list(found["horizon_note"]) == ["三年左右", ""]
    assert found["horizon_year"].iloc[0] == 2025


def test_without_a_year_of_its_own_a_text_has_no_computed_one():
    row = targets("一、目标\n经过三年左右，发明专利达到500件。", year=None).iloc[0]
    assert (row.horizon_note, pd.isna(row.horizon_year)) == ("三年左右", True)


def test_a_computed_year_is_marked_where_it_is_printed():
    text = "一、目标\n经过三年左右的努力，有效注册商标达到3000件。"
    aligned = align_targets(targets(text).assign(doc_id=pd.Categorical(["a"], ordered=True)))
    assert target_matrix(aligned).iat[0, 0] == "3000 件 (约2025*)"
    assert target_matrix(aligned, lang="en").iat[0, 0] == "3,000 (c. 2025*)"
