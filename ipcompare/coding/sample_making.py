"""A sample made from a study, and written as the folder of a coding."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ipcompare import __version__
from ipcompare.coding.coding_files import (
    CODED_COLUMNS,
    KINDS,
    Coder,
    Coding,
    empty,
    sheet_path,
    task_text,
    write_text_table,
)
from ipcompare.coding.coding_sheets import write_sheet
from ipcompare.coding.coding_tasks import Task, known_task, read_codebook
from ipcompare.coding.coding_units import KEYS, population
from ipcompare.coding.drawing_sample import draw
from ipcompare.coding.words_seen import SEEN, Shown, machine_codes
from ipcompare.data import PlainError
from ipcompare.placing import check_folder, write_whole
from ipcompare.study import Study

COUNTED = ("stratum", "n_stratum", "n_drawn", "p")
_NAME = re.compile(r"[\w.-]{1,40}")
_OPTIONAL = ("match_id", "target_id", "indicator", "start", "end", "other_id", "n_other")


@dataclass(frozen=True)
class Sample:
    """What was drawn: ``items`` and ``machine`` as in the folder of a coding, and for whom."""

    task: Task
    items: pd.DataFrame
    machine: pd.DataFrame
    coders: tuple[Coder, ...]
    seed: int
    n: int
    documents: tuple[tuple[str, str], ...]

    @property
    def strata(self) -> pd.DataFrame:
        """One row a stratum: ``stratum, n_stratum`` (items in it), ``n_drawn``, ``p``."""
        once = self.items[list(COUNTED)].drop_duplicates("stratum")
        return once.sort_values("stratum", ignore_index=True)


def draw_sample(
    study: Study,
    task: str = "mentions",
    *,
    n: int = 200,
    seed: int = 1,
    coders: Iterable[str] = ("a", "b"),
    codebook: Path | str | None = None,
) -> Sample:
    """Draw n items of a task, stratified by document, kind and theme; see ``drawing_sample``.

    ``task`` is mentions, alignment, conditions, pairs, themes or tools; a ``codebook`` (TOML) of
    one's own stands instead. ``coders`` are names, ``name:model`` for a language model. The same
    study, n and seed draw the same items. Where there are at most n, all are taken (p = 1).
    PlainError for an unknown task, a bad name, or nothing to draw.
    """
    chosen = read_codebook(codebook) if codebook else known_task(task)
    people = read_coders(coders)
    drawn = draw(population(study, chosen), n, seed)
    shown = Shown(study, seed)
    digits = max(3, len(str(len(drawn))))
    drawn.insert(0, "item_id", [f"i{k:0{digits}d}" for k in range(1, len(drawn) + 1)])
    words = pd.DataFrame([shown.words(item) for item in drawn.itertuples()])
    words = words.reindex(columns=[*SEEN, "other_id", "n_other"]).fillna("")
    hashes = [shown.hash(item) for item in drawn.itertuples()]
    items = drawn[["item_id", *KEYS]].assign(text_hash=hashes, other_id=words["other_id"])
    items = items.assign(n_other=words["n_other"])
    items = pd.concat([items, drawn[list(COUNTED)], words[list(SEEN)]], axis=1)
    machine = machine_codes(study, "" if chosen.own else chosen.id, items)
    documents = tuple((d.doc_id, _sha256(d.text)) for d in study.corpus.documents)
    return Sample(chosen, _in_use(items), machine, people, seed, n, documents)


def _in_use(items: pd.DataFrame) -> pd.DataFrame:
    """Without the columns that this task does not have."""
    unused = [c for c in (*_OPTIONAL, *SEEN) if items[c].astype(str).eq("").all()]
    return items.drop(columns=unused)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def read_coders(names: Iterable[str]) -> tuple[Coder, ...]:
    """Coders from ``a`` or ``gpt:model``; PlainError for a name that is doubled or no file name."""
    found = []
    for said in names:
        name, _, kind = said.strip().partition(":")
        if not _NAME.fullmatch(name) or name.startswith("."):
            raise PlainError(f"coder {said!r}: use letters, digits, - and _, as in a or gpt:model")
        if (kind or "person") not in KINDS:
            raise PlainError(f"coder {said!r}: behind the colon stands person or model")
        found.append(Coder(name, kind or "person"))
    lower = [coder.name.casefold() for coder in found]
    if not found or len(set(lower)) < len(lower):
        raise PlainError(f"coders {', '.join(lower) or 'none'}: give each coder a name of its own")
    return tuple(found)


def write_sample(sample: Sample, out: Path | str) -> Path:
    """Write the folder of a coding: task.toml, items.csv, machine.csv, a blind sheet a coder.

    PlainError where the folder holds a coding already: no code is ever written over.
    """
    out = check_folder(out)
    if (out / "task.toml").exists() or (out / "codes").exists():
        raise PlainError(f"{out}: holds a coding already; give another folder with --out")
    coding = coding_of(sample, out)
    write_text_table(sample.items, out / "items.csv")
    write_text_table(sample.machine, out / "machine.csv")
    for coder in sample.coders:
        write_sheet(coding, coder.name, sheet_path(out, coder.name))
    write_whole(out / "task.toml", task_text(coding))
    return out


def coding_of(sample: Sample, folder: Path) -> Coding:
    """A sample as a coding without codes."""
    task = sample.task
    return Coding(
        folder=folder, task=task.id, fields=task.fields, coders=sample.coders, items=sample.items,
        machine=sample.machine, codes=empty(CODED_COLUMNS), zh=task.zh, en=task.en,
        unit=task.unit, instructions=task.instructions, seed=sample.seed, n=sample.n,
        version=__version__, documents=sample.documents,
    )  # fmt: skip
