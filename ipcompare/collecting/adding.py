"""Add files to a corpus: read, describe, tell duplicates, write text, original and row."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from ipcompare.collecting.duplicates import Known
from ipcompare.collecting.files import File, found_files
from ipcompare.collecting.metadata import Found, propose
from ipcompare.corpus import COLUMNS, CorpusError
from ipcompare.extras import need
from ipcompare.intake import Source, SourceError
from ipcompare.placing import write_whole
from ipcompare.record import Row, append_row, bring_into_form, read_record
from ipcompare.text import read_text

NEEDED = ("doc_id", "file", "sha256")
SUFFIXES = {
    "text": ".txt", "jsonl": ".json", "html": ".html", "docx": ".docx", "pdf": ".pdf",
    "image": ".png", "doc": ".doc", "rtf": ".rtf", "odt": ".odt",
}  # fmt: skip
PLACE_ENDS = re.compile("(?:壮族|回族|维吾尔)?(?:特别行政区|自治区|自治州|自治县|[省市县区盟旗])$")
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Added:
    """What became of one file: ``outcome`` is added, there (before), duplicate or refused."""

    name: str
    outcome: str
    doc_id: str = ""
    source: Source | None = None
    said: str = ""
    proposed: dict[str, Found] = field(default_factory=dict)


def add_files(
    paths: Iterable[Path | str],
    into: Path | str,
    *,
    encoding: str | None = None,
    ocr: bool = False,
    keep_duplicates: bool = False,
    progress: Progress = lambda done, total, name: None,
) -> Iterator[Added]:
    """Add files, folders and archives to the corpus in ``into``; yields what became of each file.

    A text goes to ``texts/``, the file it came from to ``originals/`` beside what was read where
    (``ID.json``), its row to ``documents.csv``. A row is written last and at once: a run that was
    interrupted is taken up by running it again. A file that cannot be read is refused and the
    others go on. ``encoding`` is for plain text whose encoding cannot be told; with ``ocr`` scanned
    pages are recognised. Raises CorpusError where the corpus itself is at fault, and OSError where
    nothing can be written.
    """
    need("charset_normalizer", "lxml", "pypdfium2", "pypinyin")
    corpus = _Into(Path(into))
    files = list(found_files([Path(path) for path in paths]))
    for done, file in enumerate(files):
        progress(done, len(files), file.name)
        yield corpus.add(file, encoding, ocr, keep_duplicates)
    progress(len(files), len(files), "")


class _Into:
    """A corpus that grows: its record and the texts it knows."""

    def __init__(self, folder: Path):
        self.folder, self.record = folder, folder / "documents.csv"
        self.known, self.ids = Known(), set[str]()
        self.originals: dict[str, str] = {}  # hash of an original: its document
        rows: list[Row] = []
        problems: list[str] = []
        if self.record.is_file():
            rows, problems = read_record(self.record, COLUMNS, NEEDED)
        if problems:
            raise CorpusError("\n  ".join([f"{self.record}: mend this first:", *problems]))
        self.rows = rows
        for row in rows:
            self._remember(row.cells, read_text(folder / row.cells["file"]))

    def _remember(self, cells: dict[str, str], text: str) -> None:
        doc_id = cells["doc_id"]
        place = cells.get("jurisdiction", "")
        self.known.add(doc_id, text, cells.get("doc_number", ""), place)
        self.ids.add(doc_id)
        if cells.get("original") and (self.folder / cells["original"]).is_file():
            data = (self.folder / cells["original"]).read_bytes()
            self.originals[hashlib.sha256(data).hexdigest()] = doc_id

    def add(self, file: File, encoding: str | None, ocr: bool, keep_duplicates: bool) -> Added:
        """Read one file and write it, unless it is refused or there already."""
        hashed = hashlib.sha256(file.data()).hexdigest()
        if doc_id := self.originals.get(hashed):
            return Added(file.name, "there", doc_id, said="the same file was added before")
        try:
            source = file.read(encoding, ocr)
        except SourceError as error:
            return Added(file.name, "refused", said=str(error).removeprefix(f"{file.name}: "))
        proposed = propose(source)
        number, place = (
            proposed.get(c, Found("", "")).value for c in ("doc_number", "jurisdiction")
        )
        same = self.known.same(source.text, number, place)
        if same and not keep_duplicates:
            return Added(file.name, "duplicate", same[0], source, same[1], proposed)
        doc_id = self._write(file, source, proposed)
        return Added(file.name, "added", doc_id, source, proposed=proposed)

    def _write(self, file: File, source: Source, proposed: dict[str, Found]) -> str:
        """Text, original and what was read where; then the row."""
        data = source.text.encode()
        doc_id = self._new_id(file.name, proposed, data)
        suffix = SUFFIXES[source.kind]
        cells = {column: found.value for column, found in proposed.items()} | {
            "doc_id": doc_id, "file": f"texts/{doc_id}.txt",
            "original": f"originals/{doc_id}{suffix}", "sha256": hashlib.sha256(data).hexdigest(),
        }  # fmt: skip
        said = {
            "file": file.name, "kind": source.kind, "encoding": source.encoding,
            "notes": source.notes, "proposed": proposed, "apart": source.apart,
        }  # fmt: skip
        write_whole(self.folder / cells["original"], file.data())
        how = json.dumps(said, ensure_ascii=False, indent=1) + "\n"
        write_whole(self.folder / f"originals/{doc_id}.read.json", how.encode())
        write_whole(self.folder / cells["file"], data)
        bring_into_form(self.record, COLUMNS, self.rows)
        append_row(self.record, COLUMNS, cells)
        self._remember(cells, source.text)
        return doc_id

    def _new_id(self, name: str, proposed: dict[str, Found], data: bytes) -> str:
        """A short name that no document has, and no file of other words."""
        base = proposed_id(name, proposed)
        candidates = (base if n == 1 else f"{base}-{n}" for n in range(1, len(self.ids) + 1000))
        for doc_id in candidates:
            path = self.folder / f"texts/{doc_id}.txt"
            if doc_id not in self.ids and (not path.exists() or path.read_bytes() == data):
                return doc_id
        raise CorpusError(f"{self.folder}/texts: too many files named {base}; tidy it up")


def proposed_id(name: str, proposed: dict[str, Found]) -> str:
    """Place and year in Latin letters, else the name of the file.

    >>> found = {"jurisdiction": Found("鹤壁市", ""), "date_issued": Found("2021-03-05", "")}
    >>> proposed_id("a.docx", found)
    'hebi-2021'
    >>> proposed_id("文件/甲市方案 (1).docx", {})
    'jiashifangan-1'
    """
    from pypinyin import lazy_pinyin

    said = {column: found.value for column, found in proposed.items()}
    place = PLACE_ENDS.sub("", said.get("jurisdiction", ""))
    years = (_year(said, column) for column in ("date_issued", "doc_number"))
    year = next(filter(None, years), "")
    place = "china" if said.get("level") == "country" else place
    label = f"{place} {year}" if place and year else PurePosixPath(name).stem
    latin = "".join(lazy_pinyin(label)).lower()
    return re.sub(r"[^a-z0-9]+", "-", latin).strip("-")[:40].strip("-") or "text"


def _year(said: dict[str, str], column: str) -> str:
    found = re.search(r"(?:19|20)\d\d", said.get(column, ""))
    return found[0] if found else ""
