"""Made-up codes: the answers of the tool with a known share changed, marked as made up."""

import pytest
from files import STUDY

from ipcompare.coding import (
    adjudicate,
    disagreements,
    draw_sample,
    made_up_codes,
    made_up_decisions,
    write_adjudication,
    write_sample,
)
from ipcompare.data import PlainError


@pytest.fixture
def pairs(tmp_path):
    """A folder of thirty pairs, whose one question has three values."""
    return write_sample(draw_sample(STUDY, "pairs", n=30, seed=1), tmp_path / "pairs")


def values(coding, coder="a"):
    own = coding.codes[coding.codes["coder"].eq(coder)]
    return dict(zip(own["item_id"], own["value"], strict=True))


def test_without_errors_they_are_what_the_tool_says(pairs):
    made = made_up_codes(pairs, error=0)
    said = made.machine[made.machine["field"].eq("relation")]
    assert values(made) == dict(zip(said["item_id"], said["value"], strict=True))
    assert disagreements(made).empty


def test_with_nothing_but_errors_every_answer_is_another(pairs):
    right, wrong = values(made_up_codes(pairs, error=0)), values(made_up_codes(pairs, error=1))
    assert right.keys() == wrong.keys() and all(right[id] != wrong[id] for id in right)


def test_a_seed_makes_up_the_same_and_coders_differ(pairs):
    first = made_up_codes(pairs, error=0.5, seed=3).codes
    assert made_up_codes(pairs, error=0.5, seed=3).codes.equals(first)
    assert not made_up_codes(pairs, error=0.5, seed=4).codes.equals(first)
    assert not disagreements(made_up_codes(pairs, error=0.5, seed=3)).empty


def test_each_code_says_that_it_is_made_up(pairs):
    assert set(made_up_codes(pairs).codes["note"]) == {"made up"}


def test_codes_of_a_person_are_not_written_over(pairs):
    coding = made_up_codes(pairs)
    path = coding.folder / "codes" / "a.csv"
    path.write_text(path.read_text("utf-8-sig").replace("made up", ""), encoding="utf-8-sig")
    before = path.read_bytes()
    with pytest.raises(PlainError, match="has codes of a, which are not made up"):
        made_up_codes(pairs)
    assert path.read_bytes() == before


def test_made_up_decisions_decide_everything(pairs):
    coding = made_up_codes(pairs, error=0.5)
    write_adjudication(coding)
    made_up_decisions(pairs)
    decided = adjudicate(pairs, "虚构")
    assert len(decided) == 30 and set(decided["decided_by"]) == {"agreed: a, b", "虚构"}
