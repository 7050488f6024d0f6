"""What an argument cannot be is refused, by every public function that has it."""

import inspect
from types import ModuleType

import pytest

import ipcompare as ipc
from ipcompare.arguments import _RIGHT, check_arguments

ROOMS = ("checks", "clauses", "exports", "figures", "indicators", "quantities", "wording")


def public():
    """Every public function with its name."""
    for place in (ipc, *(getattr(ipc, room) for room in ROOMS)):
        for name in place.__all__ if hasattr(place, "__all__") else dir(place):
            found = getattr(place, name)
            if inspect.isfunction(found) and not isinstance(found, ModuleType):
                yield name, found


SHARED = {
    (name, argument): function
    for name, function in public()
    for argument in inspect.signature(function).parameters
    if argument in _RIGHT
}
BAD = {"year": [18, 2017.5, "2017"], "strength": [0, -1, float("nan")]}


@pytest.mark.parametrize(("name", "argument"), SHARED)
def test_a_bad_value_is_refused_before_anything_else(name, argument):
    function = SHARED[name, argument]
    needed = {
        one.name: None
        for one in inspect.signature(function).parameters.values()
        if one.default is one.empty and one.kind is not one.VAR_KEYWORD
    }
    for value in BAD.get(argument, [28.5, float("nan"), "0.3", -1, True]):
        with pytest.raises(ValueError, match=f"^{argument} is .*; it must be "):
            function(**{**needed, argument: value})


def test_many_functions_are_held_to_it():
    assert len(SHARED) > 20


@pytest.mark.parametrize(
    "good",
    [{"threshold": 0}, {"threshold": 1}, {"top_n": None}, {"top_n": 3}, {"max_q": None},
     {"year": None}, {"year": 2017}, {"width": 0}, {"strength": 0.1}],
)  # fmt: skip
def test_good_values_pass(good):
    assert check_arguments(**good) is None
