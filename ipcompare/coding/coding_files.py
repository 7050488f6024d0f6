"""The folder of a coding: its task, the items drawn, what the tool says of them, the codes.

``task.toml`` says what is coded and by whom; ``items.csv``, ``machine.csv``, ``codes/<coder>.csv``
and ``adjudicated.csv`` are tables of text, in which a set stands as ids joined by ``;``.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import pandas as pd

from ipcompare.csv_cells import as_it_was, csv_cell
from ipcompare.data import PlainError
from ipcompare.placing import write_whole
from ipcompare.record import csv_line

SCALES = ("nominal", "ordinal", "interval", "set", "text")
UNITS = ("sentence", "clause", "number", "cell", "pair", "document")
KINDS = ("person", "model")
MENTIONS = "mentions"  # the task whose items have several parts: the numbers of a sentence
LONG = ("item_id", "part", "field", "value")
CODES = (*LONG, "note")
ADJUDICATED = (*LONG, "decided_by")
MADE_UP = "made up"  # the note of a code that a program made up, to try things out
CODED_COLUMNS = ("coder", "coder_kind", *CODES)
NUMBERS = ("p", "n_stratum", "n_drawn")  # columns of items.csv that are numbers


@dataclass(frozen=True)
class Value:
    """One value that a field can have: the id that is stored, its words, what it means."""

    id: str
    zh: str
    en: str
    definition: str = ""


@dataclass(frozen=True)
class Field:
    """One question to the coder. ``scale`` is one of SCALES; ``values`` are empty for free words.

    ``needed``: an item counts as coded only when it is answered.
    """

    id: str
    zh: str
    en: str
    scale: str
    values: tuple[Value, ...] = ()
    definition: str = ""
    needed: bool = True


@dataclass(frozen=True)
class Coder:
    """Who codes: ``kind`` is "person" or "model"."""

    name: str
    kind: str = "person"


@dataclass(frozen=True)
class Coding:
    """A coding as it stands in its folder, tables as text (``items``: p and counts are numbers).

    ``items``: a row an item, in drawing order. ``machine``: item_id, part, field, value, what the
    tool says. ``codes``: coder, coder_kind, item_id, part, field, value, note. ``adjudicated``:
    item_id, part, field, value, decided_by, or None where nobody has adjudicated yet;
    ``decided_from`` is the hash of the codes that it was made from (``codes_hash``).
    """

    folder: Path
    task: str
    fields: tuple[Field, ...]
    coders: tuple[Coder, ...]
    items: pd.DataFrame
    machine: pd.DataFrame
    codes: pd.DataFrame
    adjudicated: pd.DataFrame | None = None
    zh: str = ""
    en: str = ""
    unit: str = ""
    instructions: str = ""
    seed: int = 1
    n: int = 0
    version: str = ""
    adjudicator: str = ""
    decided_from: str = ""
    documents: tuple[tuple[str, str], ...] = ()

    @property
    def made_up(self) -> bool:
        """Whether a program made up any of the codes (``made_up_codes``)."""
        return bool(self.codes["note"].eq(MADE_UP).any())

    def field(self, id: str) -> Field:
        """The field of an id; PlainError that lists them where there is none."""
        for one in self.fields:
            if one.id == id:
                return one
        known = ", ".join(one.id for one in self.fields)
        raise PlainError(f"{self.folder / 'task.toml'}: no field {id!r}; there are {known}")

    def coder(self, name: str) -> Coder:
        """The coder of a name; PlainError that lists them where there is none."""
        for one in self.coders:
            if one.name == name:
                return one
        known = ", ".join(one.name for one in self.coders)
        raise PlainError(f"{self.folder / 'task.toml'}: no coder {name!r}; there are {known}")


def codes_hash(coding: Coding) -> str:
    """The sha256 of all codes as they stand, in whatever order."""
    rows = coding.codes[["coder", *LONG]].astype(str).to_numpy().tolist()
    return hashlib.sha256(json.dumps(sorted(rows)).encode()).hexdigest()


def check_begun(coding: Coding) -> None:
    """PlainError where nobody has coded anything yet."""
    if coding.codes.empty:
        first = coding.coders[0].name
        raise PlainError(
            f"{coding.folder}: nobody has coded yet; ipcompare code {coding.folder} --coder "
            f"{first}, or fill in {sheet_path(coding.folder, first)}"
        )


def check_current(coding: Coding) -> None:
    """PlainError where codes have changed since ``adjudicated.csv`` was made from them."""
    if coding.decided_from and coding.decided_from != codes_hash(coding):
        raise PlainError(
            f"{coding.folder / 'adjudicated.csv'}: codes have changed since it was made; "
            f"ipcompare adjudicate {coding.folder} --by NAME makes it anew, or says what to decide"
        )


def codes_path(folder: Path, coder: str) -> Path:
    """Where the codes of a coder stand."""
    return folder / "codes" / f"{coder}.csv"


def sheet_path(folder: Path, coder: str) -> Path:
    """Where the sheet of a coder stands."""
    return folder / "sheets" / f"{coder}.xlsx"


# --- tables of text ---------------------------------------------------------------------------


def empty(columns: Iterable[str]) -> pd.DataFrame:
    """A table of text without rows."""
    return pd.DataFrame({name: pd.Series(dtype=str) for name in columns})


def read_text_table(path: Path, needed: Iterable[str]) -> pd.DataFrame:
    """A CSV of the folder, every cell as text; PlainError for a missing file or column."""
    if not path.is_file():
        raise PlainError(f"{path}: no such file; ipcompare sample makes the folder of a coding")
    frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    if missing := [name for name in needed if name not in frame]:
        raise PlainError(f"{path}, line 1: lacks the column {', '.join(missing)}")
    return frame.map(as_it_was)


def write_text_table(frame: pd.DataFrame, path: Path) -> Path:
    """Write a table of the folder: UTF-8 with BOM, cells that no spreadsheet changes."""
    rows = frame.astype(object).where(frame.notna(), "").itertuples(index=False)
    lines = [csv_line(frame.columns), *(csv_line(csv_cell(_exact(v)) for v in row) for row in rows)]
    return write_whole(path, "".join(lines).encode("utf-8-sig"))


def _exact(value: Any) -> str:
    """Numbers with all their digits: a probability is not rounded."""
    return repr(float(value)) if isinstance(value, float) else str(value)


# --- task.toml --------------------------------------------------------------------------------


_HEAD = (
    "task", "zh", "en", "unit", "instructions", "seed", "n", "version", "adjudicator",
    "decided_from",
)  # fmt: skip


def task_text(coding: Coding) -> str:
    """``task.toml``: everything of a coding that stands in no table."""
    lines = [_line(key, getattr(coding, key)) for key in _HEAD]
    for coder in coding.coders:
        lines += ["", "[[coder]]", *(_line(k, v) for k, v in asdict(coder).items())]
    for doc_id, sha256 in coding.documents:
        lines += ["", "[[document]]", _line("doc_id", doc_id), _line("sha256", sha256)]
    for field in coding.fields:
        own = {key: value for key, value in asdict(field).items() if key != "values"}
        lines += ["", "[[field]]", *(_line(key, value) for key, value in own.items())]
        for value in field.values:
            lines += ["", "[[field.values]]", *(_line(k, v) for k, v in asdict(value).items())]
    return "\n".join(lines) + "\n"


def _line(key: str, value: Any) -> str:
    """One key as it is written; a JSON text is a TOML one too."""
    text = json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return f"{key} = {text}"


def read_task(folder: Path) -> dict[str, Any]:
    """What ``task.toml`` says, as the arguments of ``Coding``."""
    path = folder / "task.toml"
    if not path.is_file():
        raise PlainError(f"{path}: no such file; ipcompare sample --out {folder} makes it")
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise PlainError(f"{path}: {error}") from error
    known = {f.name for f in fields(Coding)} & said.keys()
    head = {key: said[key] for key in known - {"fields", "coders", "documents"}}
    return head | {
        "coders": tuple(_made(Coder, row, path) for row in said.get("coder", ())),
        "fields": read_fields(said.get("field", ()), path),
        "documents": tuple((d["doc_id"], d["sha256"]) for d in said.get("document", ())),
    }


def read_fields(rows: Iterable[dict], path: Path) -> tuple[Field, ...]:
    """The fields of a task or of a researcher's codebook; PlainError names file, field and cure."""
    found = []
    for row in rows:
        values = tuple(_made(Value, value, path) for value in row.get("values", ()))
        field = _made(Field, row | {"values": values}, path)
        if field.scale not in SCALES:
            said = f"scale is {field.scale!r}, must be one of {', '.join(SCALES)}"
            raise PlainError(f"{path}: field {field.id!r}: {said}")
        found.append(field)
    return tuple(found)


def _made(kind: type, row: dict, path: Path) -> Any:
    """A dataclass from a table of TOML; PlainError where a key is unknown or missing."""
    try:
        return kind(**row)
    except TypeError as error:
        name = kind.__name__.lower()
        said = str(error).partition("__init__() ")[2] or str(error)
        raise PlainError(f"{path}: {name} {row.get('id', row.get('name', '?'))}: {said}") from error
