"""The arrows of the house: a room imports from the floors below its own, never from above."""

import ast
import functools
from graphlib import TopologicalSorter

import pytest
from files import ROOT

import ipcompare

PACKAGE = ROOT / "ipcompare"
# From the ground up. Rooms of one floor do not import each other.
FLOORS = (
    {"data"},
    {"text", "numerals", "extras", "words", "arguments", "placing", "csv_cells"},
    {"intake"},
    {"frames", "record"},
    {"corrections"},
    {"corpus"},
    {"clauses"},
    {"citations", "collecting", "references"},
    {"quantities", "wording"},
    {"indicators"},
    {"checks"},
    {"study"},
    {"figures"},
    {"exports"},
    {"facts"},
    {"report", "browse"},
    {"scale", "coding"},
    {"building"},
    {"terminal"},
    {"commands_agreement", "commands_coding", "commands_comparing", "commands_corrections"},
    {"cli"},
)
FLOOR = {room: n for n, rooms in enumerate(FLOORS) for room in rooms}
MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in PACKAGE.rglob("*.py")
    if path != PACKAGE / "__init__.py"
}


def imports(path):
    """The modules of ours that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("ipcompare"):
            inside = node.module.removeprefix("ipcompare").lstrip(".")
            names = {f"{inside}.{a.name}".lstrip(".") for a in node.names} & MODULES.keys()
            yield from names or ({inside} & MODULES.keys())


@functools.cache
def graph():
    return {name: set(imports(path)) for name, path in MODULES.items()}


def room(module):
    return module.partition(".")[0]


def test_modules_import_without_a_circle():
    list(TopologicalSorter(graph()).static_order())  # raises CycleError on a circle


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_room_imports_from_below(module):
    others = {name for name in graph()[module] if room(name) != room(module)}
    upward = {name for name in others if FLOOR[room(name)] >= FLOOR[room(module)]}
    assert not upward


def test_every_public_name_exists_and_they_are_about_fifty():
    names = [name for name in ipcompare.__all__ if name not in FLOOR]
    assert all(hasattr(ipcompare, name) for name in ipcompare.__all__)
    assert 40 <= len(names) <= 57


@pytest.mark.parametrize("name", sorted(FLOOR.keys() & set(ipcompare.__all__)))
def test_every_public_name_of_a_room_exists(name):
    public = getattr(ipcompare, name)
    assert all(hasattr(public, name) for name in getattr(public, "__all__", ()))


def test_no_name_stands_for_two_things():
    """A module's name is its own in the whole house, and no module bears that of a room."""
    names = [module.rpartition(".")[2] for module in MODULES]
    assert sorted({name for name in names if names.count(name) > 1}) == []
