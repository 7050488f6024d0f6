"""What the outputs were made from, and whether they can be made again to the byte."""

import ast
import json
import re
from collections.abc import Callable
from importlib.metadata import requires, version
from pathlib import Path
from typing import Any

import nbformat

from ipcompare import __version__
from ipcompare.building.folders import digest, files_in, under
from ipcompare.placing import write_whole
from ipcompare.wording.coverage import MATCH_THRESHOLD
from ipcompare.wording.similarity import FEEDBACK
from ipcompare.wording.vectors import HEADING_WEIGHT, PARENT_WEIGHT

NAME = "manifest.json"


def write_manifest(
    corpus: Path, notebooks: Path, outputs: Path, *, made_by: dict[Path, str]
) -> Path:
    """Write ``manifest.json``: hashes of the inputs, versions of the packages, parameters, and for
    each output file its hash and what made it.
    """
    files = [p for p in files_in(outputs) if p.name != NAME]
    manifest = {
        "ipcompare": __version__,
        "packages": _versions(),
        "parameters": parameters(notebooks),
        "inputs": {under(p, corpus): digest(p) for p in files_in(corpus)},
        "outputs": {
            under(p, outputs): {"sha256": digest(p), "made_by": made_by.get(p, "")} for p in files
        },
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    return write_whole(outputs / NAME, text)


def recorded(scratch: Path) -> dict[Path, str]:
    """Each file that ``save_table`` and ``save_figure`` recorded: notebook and function."""
    records = [path.read_text(encoding="utf-8") for path in sorted(scratch.glob("*.jsonl"))]
    lines = [json.loads(line) for record in records for line in record.splitlines()]
    return {
        Path(line["file"]): f"notebooks/{line['notebook']}.ipynb {line['by']}" for line in lines
    }


def dotted_name(function: Callable[..., Any]) -> str:
    """The function below ``ipcompare``, as in ``exhibits.toml``.

    >>> dotted_name(dotted_name)
    'building.manifest.dotted_name'
    """
    return f"{function.__module__}.{function.__name__}".removeprefix("ipcompare.")


def parameters(notebooks: Path) -> dict[str, Any]:
    """The numbers that the results depend on, and the settings of each notebook."""
    found = {path.name: settings_of(path) for path in sorted(notebooks.glob("*.ipynb"))}
    settings = {name: values for name, values in found.items() if values}
    return {
        "heading_weight": HEADING_WEIGHT, "parent_weight": PARENT_WEIGHT, "feedback": FEEDBACK,
        "match_threshold": MATCH_THRESHOLD, "notebooks": settings,
    }  # fmt: skip


def settings_of(notebook: Path) -> dict[str, Any]:
    """The values in the cell with the settings; none where a notebook has no such cell."""
    for cell in nbformat.read(notebook, as_version=4).cells:
        if cell.get("id") == "settings":
            body = ast.parse(cell.source).body
            return {n.targets[0].id: ast.literal_eval(n.value) for n in body}
    return {}


def _versions() -> dict[str, str]:
    """The pinned packages that the outputs are made with: not the extras ``ocr`` and ``scale``."""
    said = [r.replace('"', "'") for r in requires("ipcompare") or ()]
    wanted = [r for r in said if not re.search("extra == '(?:ocr|scale)'", r)]
    names = {re.split(r"[\[=<>!~;\s]", r)[0] for r in wanted}
    return {name: version(name) for name in sorted(names - {"ipcompare"})}
