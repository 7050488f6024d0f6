"""A few of the inputs of ``inputs.py``; ``make fuzz`` tries many."""

from inputs import run


def test_no_input_breaks_it():
    assert run(120, seed=1) == []
