"""Documents and their metadata: read, and refused when a byte differs from the record."""

import csv
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pandas as pd

from ipcompare.frames import order_documents, unknown_id
from ipcompare.text import read_text

_DOC_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class CorpusError(ValueError):
    """The corpus does not agree with its record; the message names file, place and cure."""


@dataclass(frozen=True)
class Document:
    """One policy text with what is known of it; what is not known is None.

    ``text`` is the file decoded as UTF-8, not a character changed.
    """

    doc_id: str
    text: str
    title: str | None = None
    doc_number: str | None = None
    issuer: str | None = None
    jurisdiction: str | None = None
    jurisdiction_en: str | None = None
    level: str | None = None
    province: str | None = None
    adcode: str | None = None
    date_issued: str | None = None
    horizon_year: int | None = None
    file: str | None = None
    sha256: str | None = None
    note: str | None = None

    @property
    def year(self) -> int | None:
        """The year of issue as recorded."""
        return int(self.date_issued[:4]) if self.date_issued else None


COLUMNS = tuple(f.name for f in fields(Document) if f.name != "text")


@dataclass(frozen=True)
class Corpus:
    """Documents in the order of documents.csv, and the folder they come from."""

    documents: tuple[Document, ...]
    folder: Path | None = None

    @property
    def table(self) -> pd.DataFrame:
        """One row a document, with the columns of documents.csv."""
        rows = [[getattr(d, c) for c in COLUMNS] for d in self.documents]
        table = pd.DataFrame(rows, columns=list(COLUMNS))
        table = table.astype({"horizon_year": "Int64"})
        return order_documents(table, self)

    @property
    def indicators(self) -> Path | None:
        """The researcher's own entries of indicators, ``indicators.toml`` of the folder."""
        own = self.folder / "indicators.toml" if self.folder else None
        return own if own and own.is_file() else None

    def __getitem__(self, doc_id: str) -> Document:
        for document in self.documents:
            if document.doc_id == doc_id:
                return document
        raise KeyError(unknown_id(doc_id, "document", (d.doc_id for d in self.documents)))


def read_corpus(folder: str | Path, *, only: Iterable[str] | None = None) -> Corpus:
    """Read ``documents.csv`` and the texts it lists; refuse what does not agree with it.

    ``only`` keeps the documents with these ids, in the order of the record. Raises CorpusError
    for a missing file, a doubled, badly formed or unknown doc_id, a wrong header, a text whose
    sha256 differs from the record, and a file in ``texts/`` that nobody listed.
    """
    folder = Path(folder)
    record = folder / "documents.csv"
    if not record.is_file():
        raise CorpusError(f"{record}: no such file; a corpus folder needs a documents.csv")
    documents = [_document(folder, record, line, row) for line, row in _rows(record)]
    _check_ids(record, documents)
    _check_unlisted(folder, documents)
    return Corpus(tuple(_chosen(record, documents, only)), folder)


def _chosen(record: Path, documents: list[Document], only: Iterable[str] | None) -> list[Document]:
    """The documents with the ids of ``only``, all of them where it is None."""
    known = [document.doc_id for document in documents]
    wanted = known if only is None else list(only)
    unknown = sorted(set(wanted) - set(known))
    if unknown or not wanted:
        said = f"no document {', '.join(unknown)}" if unknown else "no document is chosen"
        raise CorpusError(f"{record}: {said}; there are {', '.join(known)}")
    return [document for document in documents if document.doc_id in wanted]


def record_texts(folder: str | Path) -> Path:
    """Write ``documents.csv`` for the files of ``texts/``: doc_id, file and sha256 of each.

    The doc_id is the file's stem; title, number and date are for you to add. Raises CorpusError
    where there is a record already: it would say that a changed text is the old one.
    """
    folder = Path(folder)
    record = folder / "documents.csv"
    if record.exists():
        raise CorpusError(f"{record} is there already; add a row for each new text")
    paths = sorted((folder / "texts").glob("*.txt"))
    rows = [(p.stem, f"texts/{p.name}", hashlib.sha256(p.read_bytes()).hexdigest()) for p in paths]
    lines = [",".join(row) for row in [("doc_id", "file", "sha256"), *rows]]
    record.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return record


def read_document(path: str | Path) -> Document:
    """Read one text file by itself; its doc_id is the file's stem."""
    path = Path(path)
    return Document(doc_id=re.sub(r"\s+", "-", path.stem), text=read_text(path), file=path.name)


def _rows(record: Path) -> list[tuple[int, dict[str, str]]]:
    reader = csv.reader(read_text(record).lstrip("\ufeff").splitlines())
    header = [name.strip() for name in next(reader)]
    _check_commas(record, header)
    missing = [c for c in ("doc_id", "file", "sha256") if c not in header]
    unknown = [c for c in header if c not in COLUMNS]
    if missing or unknown:
        problem = f"lacks {', '.join(missing)}" if missing else f"unknown: {', '.join(unknown)}"
        raise CorpusError(f"{record}, line 1: columns: {problem}; known are {', '.join(COLUMNS)}")
    rows = []
    for line, cells in enumerate(reader, 2):
        if cells and len(cells) != len(header):
            raise CorpusError(f"{record}, line {line}: {len(cells)} cells, needs {len(header)}")
        if cells:
            rows.append((line, dict(zip(header, (c.strip() for c in cells), strict=True))))
    return rows


def _check_commas(record: Path, header: list[str]) -> None:
    """Excel writes semicolons or tabs where the comma is the decimal sign."""
    for sign, name in ((";", "semicolons"), ("\t", "tabs"), ("，", "full-width commas")):
        if len(header) == 1 and sign in header[0]:
            raise CorpusError(
                f"{record}, line 1: the cells are separated by {name}, they must be by commas; "
                "save the file as CSV UTF-8 (comma delimited)"
            )


def _document(folder: Path, record: Path, line: int, row: dict[str, str]) -> Document:
    where = f"{record}, line {line}"
    if not _DOC_ID.fullmatch(row["doc_id"]):
        raise CorpusError(
            f"{where}: doc_id {row['doc_id']!r}: use lower-case letters, digits and hyphens"
        )
    path = folder / row["file"]
    if not row["file"] or not path.is_file():
        raise CorpusError(f"{where}: {row['doc_id']}: no file {path}")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != row["sha256"].lower():
        raise CorpusError(
            f"{path}: the text has changed: sha256 is {found}, documents.csv line {line} has "
            f"{row['sha256'] or 'none'}; restore the file, or record the new hash if meant"
        )
    values: dict[str, Any] = {k: v or None for k, v in row.items()} | {"sha256": found}
    _check_values(where, values)
    if values.get("horizon_year"):
        values["horizon_year"] = int(values["horizon_year"])
    return Document(text=read_text(path), **values)


def _check_values(where: str, values: dict[str, str | None]) -> None:
    rules = {
        "level": ("province|city|county|country", "province, city, county or country"),
        "date_issued": (r"\d{4}(-\d{2}(-\d{2})?)?", "a date such as 2017-09-30 or 2017"),
        "horizon_year": (r"\d{4}", "a year such as 2020"),
        "adcode": (r"\d{6}", "six digits after GB/T 2260"),
    }
    for column, (pattern, right) in rules.items():
        value = values.get(column)
        if value and not re.fullmatch(pattern, value):
            raise CorpusError(f"{where}: {column} {value!r}: must be {right}, or empty")


def _check_ids(record: Path, documents: list[Document]) -> None:
    if not documents:
        raise CorpusError(f"{record}: lists no document")
    seen = set()
    for document in documents:
        if document.doc_id in seen:
            raise CorpusError(f"{record}: doc_id {document.doc_id} stands twice")
        seen.add(document.doc_id)


def _check_unlisted(folder: Path, documents: list[Document]) -> None:
    listed = {(folder / d.file).resolve() for d in documents if d.file}
    found = sorted(p for p in (folder / "texts").glob("*.txt") if p.resolve() not in listed)
    if found:
        raise CorpusError(f"{found[0]}: not listed in documents.csv; add a row or move it away")
