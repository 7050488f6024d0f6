"""Codebooks ready to code with: the sub-variables of the PMC index, and policy strength.

Both are made from their data files (``coding/pmc.toml``, ``coding/strength.toml``) in the form of
a researcher's own codebook (``read_codebook``): one item is a document.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ipcompare.data import PlainError, read_toml
from ipcompare.placing import write_whole

YES_NO = [{"id": "1", "zh": "是", "en": "yes"}, {"id": "0", "zh": "否", "en": "no"}]
_STRENGTH = "coding/strength.toml"


def write_codebook(id: str, path: Path | str) -> Path:
    """Write the codebook "pmc" or "strength" as a TOML file, to be edited and coded with."""
    return write_whole(Path(path), codebook_text(id).encode("utf-8"))


def codebook_text(id: str) -> str:
    """The codebook "pmc" or "strength" as TOML; PlainError for another.

    >>> print(codebook_text("pmc").partition("\\n\\n")[0])
    id = "pmc"
    zh = "PMC 指数"
    en = "PMC index"
    unit = "document"
    instructions = "通读全文后逐项作答。 / Read the whole text, then answer each question."
    """
    if id not in _FIELDS:
        raise PlainError(f"no codebook {id!r}; there are {', '.join(_FIELDS)}")
    said = read_toml(f"coding/{id}.toml")
    head = {"id": id, **_names(said["title"]), "unit": said["unit"]}
    head["instructions"] = _both(said["instructions"])
    blocks = ["\n".join(_lines(head))]
    for field in _FIELDS[id]():
        values = field.pop("values")
        blocks.append("\n".join(["[[field]]", *_lines(field)]))
        blocks += ["\n".join(["[[field.values]]", *_lines(value)]) for value in values]
    return "\n\n".join(blocks) + "\n"


def _pmc_fields() -> Iterator[dict[str, Any]]:
    """A question a sub-variable; its name begins with that of its main variable."""
    for variable in read_toml("coding/pmc.toml")["variable"]:
        for sub in variable["sub"]:
            names = zip(variable["name"], sub["name"], strict=True)
            named = _names([f"{variable['id']} {above}: {own}" for above, own in names])
            yield _field(sub["id"], named, "nominal", _both(sub["one"]), YES_NO)


def _strength_fields() -> Iterator[dict[str, Any]]:
    """Rank of the issuer, form of the document, strength of its measures."""
    said = read_toml(_STRENGTH)
    for id in ("rank", "form"):
        values = [{"id": one["id"], **_names(one["name"])} for one in said[id]]
        yield _field(id, _names(said["asked"][id]), "nominal", "", values)
    steps = [
        {"id": str(s["score"]), **_names(s["name"]), "definition": _both(s["means"])}
        for s in said["measure"]
    ]
    steps.sort(key=lambda step: step["id"])
    yield _field("measure", _names(said["asked"]["measure"]), "ordinal", "", steps)


_FIELDS: dict[str, Callable[[], Iterator[dict[str, Any]]]] = {
    "pmc": _pmc_fields, "strength": _strength_fields,
}  # fmt: skip


def _field(
    id: str, names: dict[str, str], scale: str, definition: str, values: list[dict[str, str]]
) -> dict[str, Any]:
    return {"id": id, **names, "scale": scale, "definition": definition, "values": values}


def _names(pair: list[str]) -> dict[str, str]:
    return dict(zip(("zh", "en"), pair, strict=True))


def _both(pair: list[str]) -> str:
    """Chinese and English in one, as in every definition: 有财政资金 / There are public funds."""
    return " / ".join(pair)


def _lines(table: dict[str, Any]) -> list[str]:
    """Keys as TOML; a JSON text is a TOML one too."""
    return [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in table.items()]
