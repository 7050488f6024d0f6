import pytest
from files import cases

from ipcompare.clauses.numbering import Sequence, match_label
from ipcompare.numerals import value
from ipcompare.text import fold_width


@pytest.mark.parametrize("case", cases("labels.csv"), ids=lambda c: c["text"])
def test_label(case):
    label = match_label(fold_width(case["text"]))
    found = (label.level, label.number) if label else ("", "")
    assert found == (case["level"], case["number"])


def test_chinese_numbers_below_a_thousand():
    numerals = ["一", "十", "十九", "二十", "九十九", "一百", "一百零三", "一百一十", "二〇"]
    assert [value(n) for n in numerals] == [1, 10, 19, 20, 99, 100, 103, 110, 20]


def test_a_sequence_expects_the_next_number_and_a_restart():
    sequence = Sequence()
    sequence.push(match_label("3.甲"))
    assert sequence.expects(match_label("4.乙"))
    assert sequence.expects(match_label("1.乙"))
    assert not sequence.expects(match_label("6.乙"))
