"""Invented policy documents of any number, and the truth about each, to measure the toolkit on.

Document ``i`` depends on the seed and ``i`` alone: what it copies is made anew from the number of
its source, so that memory does not grow and 10 documents are the first 10 of 10,000. Every word is
our own or one of jieba's dictionary; no place, institution or sentence is real.
"""

import csv
import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from invented.copying import finished
from invented.drafting import draft
from invented.layouts import Line, leaf_paths, lines_of, style_of
from invented.parts import Draft
from invented.setting import Placed, set_lines
from invented.wording import plain

RECORD = (
    "doc_id", "title", "doc_number", "issuer", "jurisdiction", "jurisdiction_en", "level",
    "province", "adcode", "date_issued", "horizon_year", "file", "sha256", "note",
)  # fmt: skip
COLUMNS = {
    "targets": ("doc_id", "clause_id", "char_start", "char_end", "number", "low", "high", "unit",
                "comparator", "indicator", "entry", "measure", "per_year", "deadline", "kind",
                "quote"),
    "copies": ("doc_id", "clause_id", "source_doc_id", "source_clause_id", "form", "changed"),
    "structure": ("doc_id", "clause_id", "role", "path", "label", "heading", "leaf", "char_start",
                  "topic"),
}  # fmt: skip


class Invented(NamedTuple):
    """A document and the truth about it: rows of documents.csv and of the three planted tables."""

    doc_id: str
    text: str
    record: dict[str, Any]
    targets: list[dict[str, Any]]
    copies: list[dict[str, Any]]
    structure: list[dict[str, Any]]


def doc_id_of(number: int) -> str:
    """The doc_id of a document.

    >>> doc_id_of(12)
    'inv-000012'
    """
    return f"inv-{number:06d}"


def invent(number: int, *, seed: int = 0) -> Invented:
    """One document and the truth about it."""
    made = finished(seed, number)
    rng = Random(f"{seed}/{number}/page")
    style = style_of(rng)
    lines = lines_of(made, style, rng)
    text, placed, starts = set_lines(lines, style, rng)
    doc_id = doc_id_of(number)
    structure = list(_structure(doc_id, lines, starts))
    return Invented(
        doc_id, text, _record(doc_id, made, lines, text),
        [_target(doc_id, one) for one in placed],
        list(_copies(doc_id, lines, seed)), structure,
    )  # fmt: skip


def write_corpus(
    folder: str | Path,
    n: int,
    *,
    seed: int = 0,
    start: int = 0,
    progress: Callable[[int], None] | None = None,
) -> None:
    """Write documents ``start`` to ``start + n - 1`` and the truth about them into a new folder.

    documents.csv and texts/ are a corpus as ``ipcompare.read_corpus`` reads it. One row

    planted_targets.csv    a quantity: place (row of the clause table, code points of the file),
                           number as written, and the fields of the codebook; ``entry`` is the id
                           of indicators.toml, empty for an indicator that is invented
    planted_copies.csv     a provision that stands in an earlier document too: form ``document``
                           (the whole text was copied), ``verbatim`` or ``edited``; ``changed`` is
                           the share of characters changed, added or dropped before the text was
                           set (digits, signs, scanning errors aside)
    planted_structure.csv  a row of the clause table, in reading order; ``topic`` is the measure
                           that a provision words, so that provisions of one topic are counterparts

    A copy may be of a document before ``start``. ``progress`` is called with the number done.
    Raises FileExistsError for a folder that holds a corpus already.
    """
    folder = Path(folder)
    if (folder / "documents.csv").exists():
        raise FileExistsError(f"{folder}: holds a corpus already; name another folder")
    (folder / "texts").mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        record = _writer(stack, folder / "documents.csv", RECORD)
        truth = {name: _writer(stack, folder / f"planted_{name}.csv", columns)
                 for name, columns in COLUMNS.items()}  # fmt: skip
        for number in range(start, start + n):
            made = invent(number, seed=seed)
            content = made.text.encode("utf-8")
            (folder / made.record["file"]).write_bytes(content)
            made.record["sha256"] = hashlib.sha256(content).hexdigest()
            record.writerow(made.record.values())
            for name, writer in truth.items():
                writer.writerows(row.values() for row in getattr(made, name))
            if progress:
                progress(number - start + 1)


def _writer(stack: ExitStack, path: Path, columns: tuple[str, ...]) -> Any:
    file = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    return writer


def _record(doc_id: str, made: Draft, lines: list[Line], text: str) -> dict[str, Any]:
    """The row of documents.csv, without the hash."""
    said = {line.role: line.text for line in lines if line.role in ("title", "doc_number")}
    date = next(line.text for line in lines if line.role == "signature" and line.text[0] == "2")
    year, month, day = date.replace("年", "-").replace("月", "-").rstrip("日").split("-")
    return {
        "doc_id": doc_id, "title": made.title, "doc_number": said.get("doc_number", ""),
        "issuer": f"{made.place}人民政府", "jurisdiction": made.place, "jurisdiction_en": "",
        "level": made.level, "province": made.place if made.level == "province" else "",
        "adcode": "", "date_issued": f"{year}-{int(month):02d}-{int(day):02d}",
        "horizon_year": made.goal, "file": f"texts/{doc_id}.txt", "sha256": "", "note": "invented",
    }  # fmt: skip


def _target(doc_id: str, one: Placed) -> dict[str, Any]:
    plant = one.plant
    return {
        "doc_id": doc_id, "clause_id": f"{doc_id}#{one.clause}", "char_start": one.start,
        "char_end": one.end, "number": one.number, "low": plant.low, "high": plant.high,
        "unit": plant.unit, "comparator": plant.comparator, "indicator": plant.indicator,
        "entry": plant.entry, "measure": plant.measure, "per_year": plant.per_year,
        "deadline": plant.deadline or "", "kind": plant.kind, "quote": one.quote,
    }  # fmt: skip


def _structure(doc_id: str, lines: list[Line], starts: list[int]) -> Iterator[dict[str, Any]]:
    for line, start in zip(lines, starts, strict=True):
        if line.role:
            topic = line.part.topic if line.part else None
            yield {
                "doc_id": doc_id, "clause_id": f"{doc_id}#{line.clause}", "role": line.role,
                "path": line.path, "label": line.label, "heading": line.heading,
                "leaf": line.leaf, "char_start": start, "topic": "" if topic is None else topic,
            }  # fmt: skip


def _copies(doc_id: str, lines: list[Line], seed: int) -> Iterator[dict[str, Any]]:
    """The provisions that were copied, and where they stand in their source."""
    paths: dict[int, list[str]] = {}
    for line in lines:
        if not (line.path and line.leaf and line.part and line.part.copied):
            continue
        number, leaf, form, changed = line.part.copied
        if number not in paths:
            paths[number] = leaf_paths(draft(seed, number))
        source = doc_id_of(number)
        yield {
            "doc_id": doc_id, "clause_id": f"{doc_id}#{line.path}", "source_doc_id": source,
            "source_clause_id": f"{source}#{paths[number][leaf]}",
            "form": form, "changed": changed,
        }  # fmt: skip


def provisions(number: int, *, seed: int = 0) -> dict[str, str]:
    """The provisions without parts of a document: path and words without label and heading.

    The words are those before the text was set: no scanning errors, digits and signs as drafted.
    """
    lines = lines_of(finished(seed, number), style_of(Random(0)), Random(0))
    return {x.path: plain(x.part.text) for x in lines if x.part and x.path and x.leaf}
