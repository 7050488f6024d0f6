"""Documents and their metadata: read, and refused when a byte differs from the record."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import pandas as pd

from ipcompare.corrections import Correction, read_corrections
from ipcompare.data import PlainError
from ipcompare.frames import order_documents, unknown_id
from ipcompare.intake import kind_of, read_source
from ipcompare.record import Row, read_record
from ipcompare.text import read_text

RECORD = "documents.csv"
ALL_BESIDE = "every text is for reference only; empty use in a row"
REFERENCE = "reference"  # Document.use: compared with, nothing is reported on
_DOC_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class CorpusError(PlainError):
    """The corpus does not agree with its record; the message names file, place and cure."""


@dataclass(frozen=True)
class Document:
    """One policy text with what is known of it; what is not known is None.

    ``text`` is the file decoded as UTF-8, not a character changed. ``validity`` (since when and
    until when it is in force) and ``implements`` (what it is made after) are the text's own words;
    ``original`` is the file that the text was read from, ``url`` where that came from and
    ``accessed`` when. ``parent`` are the doc_ids, separated by ``;``, of the texts of the corpus
    that this one carries out; ``use`` is ``reference`` for a text that others are compared with
    and nothing is reported on, else empty.
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
    validity: str | None = None
    implements: str | None = None
    parent: str | None = None
    use: str | None = None
    url: str | None = None
    accessed: str | None = None
    original: str | None = None
    file: str | None = None
    sha256: str | None = None
    note: str | None = None

    @property
    def year(self) -> int | None:
        """The year of issue as recorded."""
        return int(self.date_issued[:4]) if self.date_issued else None

    @property
    def parents(self) -> tuple[str, ...]:
        """The doc_ids of ``parent``."""
        return tuple(filter(None, map(str.strip, (self.parent or "").split(";"))))


COLUMNS = tuple(f.name for f in fields(Document) if f.name != "text")


@dataclass(frozen=True)
class Corpus:
    """Documents in the order of documents.csv, the folder they come from, what was corrected.

    ``corrections`` are those of corrections.csv, applied to every table made from the corpus.
    """

    documents: tuple[Document, ...]
    folder: Path | None = None
    corrections: tuple[Correction, ...] = ()

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

    @property
    def reported(self) -> "Corpus":
        """The corpus without its reference texts: what is reported on."""
        kept = tuple(d for d in self.documents if d.use != REFERENCE)
        return self if len(kept) == len(self.documents) else replace(self, documents=kept)

    @property
    def uncorrected(self) -> "Corpus":
        """The corpus without its corrections: what the tool says by itself."""
        return replace(self, corrections=()) if self.corrections else self

    def __getitem__(self, doc_id: str) -> Document:
        for document in self.documents:
            if document.doc_id == doc_id:
                return document
        raise KeyError(unknown_id(doc_id, "document", (d.doc_id for d in self.documents)))


def read_corpus(
    folder: str | Path, *, only: Iterable[str] | None = None, corrections: bool = True
) -> Corpus:
    """Read ``documents.csv`` and the texts it lists; refuse what does not agree with it.

    ``only`` keeps the documents with these ids, in the order of the record. Raises CorpusError
    that lists everything wrong, each with its line: a missing file, a doubled, badly formed or
    unknown doc_id, a wrong header or value, a text whose sha256 differs from the record or that
    lies outside the folder, and a file in ``texts/`` that nobody listed. Nor can every text be for
    reference only. ``corrections.csv`` beside it is read with it and refused in the same way,
    without ``corrections`` it is left alone.
    """
    folder = Path(folder)
    rows, corrected = record_rows(folder, corrections=corrections)
    documents = [document_of(folder, row) for row in rows]
    kept = tuple(_chosen(folder / RECORD, documents, only))
    known = {document.doc_id for document in kept}
    chosen = Corpus(kept, folder, tuple(one for one in corrected if one.doc_id in known))
    if not chosen.reported.documents:
        raise CorpusError(f"{folder / RECORD}: {ALL_BESIDE}")
    return chosen


def record_rows(
    folder: Path, *, corrections: bool = True
) -> tuple[list[Row], tuple[Correction, ...]]:
    """The rows of documents.csv, which agree with the texts, and the corrections beside it.

    CorpusError as for ``read_corpus``. The texts are looked at one by one, so that many do not
    fill the memory.
    """
    record = folder / RECORD
    if not record.is_file():
        raise CorpusError(
            f"{record}: no such file; a corpus folder needs a documents.csv, "
            "which ipcompare add FILE… --into FOLDER writes"
        )
    rows, problems = read_record(record, COLUMNS, ("doc_id", "file", "sha256"))
    if not problems and not rows:
        problems = [f"{record}: lists no document"]
    problems += [said for row in rows for said in _row_problems(folder, record, row)]
    problems += _doubled(record, rows) + _strange_parents(record, rows)
    problems += [] if problems else _unlisted(folder, rows)
    ids = [row.cells["doc_id"] for row in rows]
    corrected, wrong = read_corrections(folder, ids) if corrections else ((), [])
    problems += [] if problems else wrong
    if problems:
        raise CorpusError(_listed(record, problems))
    return rows, tuple(corrected)


def _listed(record: Path, problems: list[str]) -> str:
    """One problem as it is, several as a list."""
    if len(problems) == 1:
        return problems[0]
    return "\n  ".join([f"{record}: {len(problems)} things are wrong:", *problems])


def _chosen(record: Path, documents: list[Document], only: Iterable[str] | None) -> list[Document]:
    """The documents with the ids of ``only``, all of them where it is None."""
    known = [document.doc_id for document in documents]
    wanted = known if only is None else list(only)
    unknown = sorted(set(wanted) - set(known))
    if unknown or not wanted:
        said = f"no document {', '.join(unknown)}" if unknown else "no document is chosen"
        raise CorpusError(f"{record}: {said}; there are {', '.join(known)}")
    return [document for document in documents if document.doc_id in wanted]


def read_document(path: str | Path, *, encoding: str | None = None) -> Document:
    """Read one file by itself, whatever its kind; its doc_id is the file's stem.

    A text in UTF-8 is read as it stands; Word, PDF, HTML and other encodings through
    ``ipcompare.intake``. Raises TextError or SourceError with the cure.
    """
    path = Path(path)
    text = read_text(path) if encoding is None and _is_plain(path) else ""
    text = text or read_source(path, encoding=encoding).text
    return Document(doc_id=re.sub(r"\s+", "-", path.stem), text=text, file=path.name)


def _is_plain(path: Path) -> bool:
    """Whether a file is text in UTF-8, or none that could be read at all."""
    if not path.is_file():
        return True
    data = path.read_bytes()
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return kind_of(data, path.name) in ("text", "empty") and b"\0" not in data


def _row_problems(folder: Path, record: Path, row: Row) -> Iterator[str]:
    """What is wrong with a row and the text that it names."""
    where, cells = f"{record}, line {row.line}", row.cells
    if not _DOC_ID.fullmatch(cells["doc_id"]):
        yield f"{where}: doc_id {cells['doc_id']!r}: use lower-case letters, digits and hyphens"
    path = folder / cells["file"]
    if not cells["file"] or not path.is_file():
        yield f"{where}: {cells['doc_id']}: no file {path}"
    elif not path.resolve().is_relative_to(folder.resolve()):
        yield f"{where}: {cells['doc_id']}: {path} lies outside the corpus; copy it into texts/"
    elif (found := _sha256(path)) != cells["sha256"].lower():
        yield (
            f"{path}: the text has changed: sha256 is {found}, documents.csv line {row.line} has "
            f"{cells['sha256'] or 'none'}; restore the file, or record the new hash if meant"
        )


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def document_of(folder: Path, row: Row, *, text: str | None = None) -> Document:
    """The document of a row of the record; ``text`` stands in for that of its file."""
    values: dict[str, Any] = {column: said or None for column, said in row.cells.items()}
    if values.get("horizon_year"):
        values["horizon_year"] = int(values["horizon_year"])
    values["sha256"] = values["sha256"].lower()
    return Document(text=read_text(folder / row.cells["file"]) if text is None else text, **values)


def _doubled(record: Path, rows: list[Row]) -> list[str]:
    ids = Counter(row.cells["doc_id"] for row in rows)
    return [f"{record}: doc_id {doc_id} stands twice" for doc_id, n in ids.items() if n > 1]


def _strange_parents(record: Path, rows: list[Row]) -> list[str]:
    """A parent that is no text of the corpus, or the text itself."""
    ids = dict.fromkeys(row.cells["doc_id"] for row in rows)
    said = []
    for row in rows:
        own, where = row.cells["doc_id"], f"{record}, line {row.line}: parent"
        for parent in filter(None, map(str.strip, row.cells.get("parent", "").split(";"))):
            if parent == own:
                said.append(f"{where} {parent!r} is the text itself; leave it empty")
            elif parent not in ids:
                said.append(f"{where}: {unknown_id(parent, 'document', ids)}")
    return said


def _unlisted(folder: Path, rows: list[Row]) -> list[str]:
    listed = {(folder / row.cells["file"]).resolve() for row in rows}
    found = sorted(p for p in (folder / "texts").glob("*.txt") if p.resolve() not in listed)
    cure = "not listed in documents.csv; ipcompare add it, add a row or move it away"
    return [f"{path}: {cure}" for path in found]
