"""How a target is counted: in total, added, selected, recognised."""

import pytest

from ipcompare import clause_table, extract_targets
from ipcompare.corpus import Document
from ipcompare.quantities.counting import cues


def counting(words):
    """The counting of each target of a plan for 2030 that says so."""
    found = extract_targets(clause_table(Document("a", f"一、主要目标\n到2030年，{words}。")))
    return [said if said == said else None for said in found["counting"]]


@pytest.mark.parametrize(("value", "pattern", "example", "counter"), cues())
def test_counting_by_example(value, pattern, example, counter):
    assert counting(example)[0] == value
    assert value not in counting(counter)


def test_the_cue_nearest_before_a_number_counts_and_behind_the_number_before():
    assert counting("新增机构5家，服务站点达到20个") == ["added", "total"]
    assert counting("机构总数达到50家，其中新认定6家") == ["total", "added"]


def test_a_list_goes_on_as_it_began():
    assert counting("培育甲级机构10家、20家") == ["cultivated", "cultivated"]


def test_growth_is_a_mean_or_holds_every_year():
    assert counting("专利申请量年均增长5%，产值每年增长6%") == ["yearly_average", None]


def test_where_nothing_says_so_nothing_is_said():
    assert counting("开展培训100次，合格率达到98%") == [None, None]
