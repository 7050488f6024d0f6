"""The arrows of the house: who may import whom."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import ipcompare

PACKAGE = Path(__file__).parents[1] / "ipcompare"
MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts): path
    for path in PACKAGE.rglob("[!_]*.py")
}
GROUND = {"text", "rules", "frames"}
# They meet in the caller, through frames.
ANALYSES = {"similarity", "reuse", "distinctive", "themes", "targets", "alignment"}
TOP = {"cli", "comparison", "exports.build", "exports.publish"}


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("ipcompare"):
            inside = node.module.removeprefix("ipcompare").lstrip(".")
            names = {f"{inside}.{a.name}".lstrip(".") for a in node.names} & MODULES.keys()
            yield from names or ({inside} & MODULES.keys())


GRAPH = {name: set(imports(path)) for name, path in MODULES.items()}


def test_imports_run_one_way():
    list(TopologicalSorter(GRAPH).static_order())  # raises CycleError on a circle
    assert not any(GRAPH[name] for name in GROUND)
    assert not any(GRAPH[name] & (ANALYSES | {"clauses"}) for name in ANALYSES)
    assert not any(GRAPH[name] & TOP for name in GRAPH if name not in TOP)


def test_no_exported_name_is_a_module():
    """Importing the module would hide the function: ipc.evidence(...)."""
    assert not set(ipcompare.__all__) & {p.stem for p in PACKAGE.iterdir()}
