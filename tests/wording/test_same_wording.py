"""Which provisions are in the same words."""

import pytest
from tables import clause, clause_rows

from ipcompare.wording.same_wording import wording_keys

BODY = "甲市加强专利保护，建立10个保护中心。"


def keys(*bodies, **fields):
    rows = [clause(f"d{n}", "1", body, **fields) for n, body in enumerate(bodies)]
    return list(wording_keys(clause_rows(*rows))["wording"])


@pytest.mark.parametrize(
    "other",
    ["甲市加强专利保护,建立12个保护中心", "甲市加强\n专利保护，建立１０个 保护中心。"],
)
def test_digits_width_punctuation_and_space_do_not_matter(other):
    assert len(set(keys(BODY, other))) == 1


@pytest.mark.parametrize("other", ["甲市加强商标保护，建立10个保护中心。", "加强专利保护。"])
def test_other_words_are_another_wording(other):
    assert len(set(keys(BODY, other))) == 2


def test_the_name_of_the_own_place_is_any_place():
    rows = clause_rows(
        clause("a", "1", "东河加强保护。", jurisdiction="东河市"),
        clause("b", "1", "西山加强保护。", jurisdiction="西山县"),
        clause("c", "1", "西山加强保护。", jurisdiction="东河市"),
    )
    own, other, named = wording_keys(rows)["wording"]
    assert own == other != named


def test_a_long_body_is_the_wording_and_a_short_one_with_its_heading():
    long, short = "加强专利保护，建立十个保护中心。", "加强保护。"
    assert len(set(keys(long) + keys(long, heading="专利保护"))) == 1
    assert len(set(keys(short) + keys(short, heading="专利保护"))) == 2


def test_parents_are_no_wording_and_their_heading_does_not_matter():
    def under(heading):
        above = clause("a", "1", heading=heading, role="section")
        rows = clause_rows(above, clause("a", "1.1", BODY, parent_id="a#1"))
        return wording_keys(rows)

    assert list(under("目标")["clause_id"]) == ["a#1.1"]
    assert under("目标")["wording"][0] == under("任务")["wording"][0]
