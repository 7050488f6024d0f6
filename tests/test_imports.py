"""The arrows of the house: who may import whom."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import ipcompare

PACKAGE = Path(__file__).parents[1] / "ipcompare"
GROUND = {"text", "rules", "frames"}
# They meet in the caller, through frames.
ANALYSES = {"similarity", "reuse", "distinctive", "themes", "targets", "alignment", "figures"}
TOP = {"cli", "build", "publish", "comparison"}


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("ipcompare."):
            yield node.module.split(".")[1]
        elif isinstance(node, ast.ImportFrom) and node.module == "ipcompare":
            yield from (a.name for a in node.names if (PACKAGE / f"{a.name}.py").exists())


def test_no_exported_name_is_a_module():
    """Importing the module would hide the function: ipc.evidence(...)."""
    assert not set(ipcompare.__all__) & {path.stem for path in PACKAGE.glob("*.py")}


def test_imports_run_one_way():
    graph = {path.stem: set(imports(path)) for path in PACKAGE.glob("[!_]*.py")}
    list(TopologicalSorter(graph).static_order())  # raises CycleError on a circle
    assert not any(graph[name] for name in GROUND)
    assert not any(graph[name] & (ANALYSES | {"clauses"}) for name in ANALYSES)
    assert not any(graph[name] & TOP for name in graph if name not in TOP)
