"""The tasks of coding: the six of ``coding/tasks.toml``, and those of a researcher's codebook."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ipcompare.coding.coding_files import SCALES, Field, read_fields
from ipcompare.data import PlainError, data_text, line_of, read_toml
from ipcompare.wording.themes import themes
from ipcompare.words import LANGS, word, word_table

FILE, CODEBOOK = "coding/tasks.toml", "coding/codebook.md"
OWN_UNITS = ("sentence", "clause", "pair", "document")
_KEYS = {"id", "zh", "en", "unit", "instructions", "field"}
_ID = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Task:
    """What one item is (``unit``) and what is asked about it (``fields``).

    ``own``: of a researcher's codebook, of which the tool knows nothing.
    """

    id: str
    zh: str
    en: str
    unit: str
    fields: tuple[Field, ...]
    instructions: str = ""
    own: bool = False


def coding_tasks() -> dict[str, Task]:
    """The six tasks by id: mentions, alignment, conditions, pairs, themes, tools.

    >>> list(coding_tasks())
    ['mentions', 'alignment', 'conditions', 'pairs', 'themes', 'tools']
    """
    return {entry["id"]: _shipped(entry) for entry in read_toml(FILE)["task"]}


def known_task(id: str) -> Task:
    """One of the six tasks; PlainError that lists them for another name."""
    tasks = coding_tasks()
    if id not in tasks:
        raise PlainError(
            f"no task {id!r}; there are {', '.join(tasks)}, or your own with --codebook FILE.toml"
        )
    return tasks[id]


def _shipped(entry: dict[str, Any]) -> Task:
    rows = [_filled(row) for row in entry["field"]]
    said = [entry["instructions"], codebook_part(entry["codebook"]) if "codebook" in entry else ""]
    return Task(
        entry["id"], entry["zh"], entry["en"], entry["unit"], read_fields(rows, Path(FILE)),
        "\n\n".join(filter(None, said)),
    )  # fmt: skip


def _filled(row: dict[str, Any]) -> dict[str, Any]:
    """A field with the values that stand elsewhere."""
    row = dict(row)
    source, take = row.pop("values_from", None), row.pop("take", None)
    if source == "themes":
        row["values"] = list(_theme_values())
    elif source == "tools":
        row["values"] = list(_tool_values())
    elif source:
        table = word_table(source)
        row["values"] = [{"id": id, "zh": table[id][0], "en": table[id][1]} for id in take or table]
    return row


def _theme_values() -> Iterator[dict[str, str]]:
    """The themes with what the codebook includes and excludes, then the reasons for none."""
    cells = {}
    for line in codebook_part("themes of provisions").splitlines():
        if line.startswith("| ") and not line.startswith("| id"):
            id, _, includes, excludes, example, _ = (c.strip() for c in line.strip("| ").split("|"))
            said = {"yes": includes, "no": excludes, "example": example}
            cells[id] = word("coding.includes", "en", **said)
    for id, names in themes().names.items():
        yield {"id": id, "zh": names["zh"], "en": names["en"], "definition": cells[id]}
    for id, (zh, en) in word_table("coding.no_theme").items():
        yield {"id": id, "zh": zh, "en": en}


def _tool_values() -> Iterator[dict[str, str]]:
    """The sub-tools, each with its kind, an example and a counter-example."""
    kinds = word_table("coding.tool_kind")
    for entry in read_toml("wording/tools.toml")["tool"]:
        names = {
            lang: word("coding.of_kind", lang, kind=kind, name=entry[lang])
            for lang, kind in zip(LANGS, kinds[entry["kind"]], strict=True)
        }
        about = {"yes": entry["example"], "no": entry["counter_example"]}
        yield {"id": entry["id"], **names, "definition": word("coding.example", "zh", **about)}
    for id, (zh, en) in word_table("coding.no_tool").items():
        yield {"id": id, "zh": zh, "en": en}


def codebook_part(title: str) -> str:
    """The part of ``corpus/codebook.md`` under a heading that names ``title``, without it."""
    parts = re.split(r"^# ", data_text(CODEBOOK), flags=re.MULTILINE)
    found = [part for part in parts if title in part.partition("\n")[0]]
    if not found:
        raise PlainError(f"{CODEBOOK}: no heading names {title!r}")
    return found[0].partition("\n")[2].strip()


# --- a codebook of one's own ------------------------------------------------------------------


def read_codebook(path: Path | str) -> Task:
    """A task of the researcher's own, from a TOML file.

    Keys: ``id``, ``zh``, ``en`` (either name will do), ``unit`` (sentence, clause, pair, document),
    ``instructions``, and ``[[field]]`` with ``id``, ``zh``, ``en``, ``scale``, ``definition``,
    ``needed`` and ``values``: a list of ids, or ``[[field.values]]`` with id, zh, en, definition.
    PlainError names file, line and cure.
    """
    path = Path(path)
    if not path.is_file():
        raise PlainError(f"{path}: no such file; give the TOML file of your codebook")
    text = path.read_text(encoding="utf-8-sig")
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PlainError(f"{path}: is not TOML: {error}") from error
    if problem := next(_problems(said, text), None):
        raise PlainError(f"{path}, {problem}")
    fields = read_fields([_named(field, path) for field in said["field"]], path)
    names = _both_names(said)
    said_of_it = said.get("instructions", "")
    return Task(said["id"], names["zh"], names["en"], said["unit"], fields, said_of_it, own=True)


def _problems(said: dict[str, Any], text: str) -> Iterator[str]:
    """What is wrong with a codebook, with its line."""
    if unknown := sorted(said.keys() - _KEYS):
        yield f"line {line_of(text, unknown[0])}: unknown key {unknown[0]!r}; known are {_keys()}"
    if not _ID.fullmatch(str(said.get("id", ""))):
        yield "line 1: id must be a short name in lower-case letters, such as id = 'duty'"
    elif said["id"] in coding_tasks():
        yield f"line {line_of(text, 'id')}: id {said['id']!r} is a task of ours; choose another"
    if said.get("unit") not in OWN_UNITS:
        at = line_of(text, "unit")
        yield f"line {at}: unit is {said.get('unit')!r}, must be one of {', '.join(OWN_UNITS)}"
    if not isinstance(said.get("field"), list) or not said["field"]:
        yield f"line {text.count(chr(10)) + 1}: has no [[field]]; a task asks at least one question"
        return
    ids = [field.get("id") for field in said["field"]]
    for field in said["field"]:
        yield from _field_problems(field, ids, text)


def _field_problems(field: dict[str, Any], ids: list, text: str) -> Iterator[str]:
    id = str(field.get("id", ""))
    where = f"line {line_of(text, id)}: field {id!r}" if id else "line 1: a field"
    if not _ID.fullmatch(id):
        yield f"{where}: id must be a short name in lower-case letters"
    if ids.count(id) > 1:
        yield f"{where} stands twice"
    if field.get("scale", "nominal") not in SCALES:
        yield f"{where}: scale is {field['scale']!r}, must be one of {', '.join(SCALES)}"
    values = [v.get("id") if isinstance(v, dict) else v for v in field.get("values", [])]
    if field.get("scale", "nominal") in ("nominal", "ordinal", "set") and len(values) < 2:
        yield f"{where}: a {field.get('scale', 'nominal')} field needs two values or more"
    for value in values:
        if not isinstance(value, str) or not value.strip() or set(value) & set(";；\n"):
            yield f"{where}: value {value!r} must be a word without ; or line break"
        elif values.count(value) > 1:
            yield f"{where}: value {value!r} stands twice"


def _keys() -> str:
    return ", ".join(sorted(_KEYS))


def _named(field: dict[str, Any], path: Path) -> dict[str, Any]:
    """A field with names in both languages and values as tables."""
    values = [{"id": v} if isinstance(v, str) else v for v in field.get("values", [])]
    both = [value | _both_names(value) for value in values]
    return {"scale": "nominal"} | field | _both_names(field) | {"values": both}


def _both_names(entry: dict[str, Any]) -> dict[str, str]:
    """The Chinese and the English name; one stands for the other, the id for both."""
    zh, en = entry.get("zh"), entry.get("en")
    return {"zh": zh or en or entry["id"], "en": en or zh or entry["id"]}
