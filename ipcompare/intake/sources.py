"""One file of any kind as text: what it is is told by its bytes, never by its name alone."""

import io
import zipfile
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from ipcompare.data import PlainError
from ipcompare.extras import need

LARGEST = 200_000_000  # bytes of a file, and of what an archive holds unpacked
LONGEST = 20_000_000  # characters of a text


class SourceError(PlainError):
    """A file that cannot be read; the message names the file, what it is and the cure."""


@dataclass
class Source:
    """The text of one file, a paragraph or a row of a table a line, its cells apart by tabs.

    ``kind``: docx, html, pdf, text, … ``apart``: what stands in the file and not in the text, with
    what it is (header, menu, page number, deleted …). ``said``: what the file says of itself, by
    the name it gives it (发文字号, PubDate). ``notes``: what the reader should know.
    """

    text: str
    kind: str
    encoding: str = ""
    apart: list[tuple[str, str]] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


# kind of file: (module that reads it, packages it needs)
READERS = {
    "text": ("plain", ("charset_normalizer",)),
    "jsonl": ("crawled", ("charset_normalizer", "lxml")),
    "html": ("web", ("charset_normalizer", "lxml")),
    "docx": ("word", ("lxml",)),
    "pdf": ("portable", ("pypdfium2",)),
    "doc": ("converted", ("lxml",)),
    "rtf": ("converted", ("lxml",)),
    "odt": ("converted", ("lxml",)),
}
OCR = ("rapidocr", "onnxruntime")
REFUSED = {
    "xlsx": "is a workbook; save the sheet with the text as CSV or copy it into a Word file",
    "zip": "is an archive that holds no text we can read; unpack it and add its files",
    "image": "is a picture; add --ocr, or have it recognised (OCR) first",
    "xls": "is an old office file that is no Word document; save it as DOCX or PDF",
    "empty": "is empty; nothing to analyse",
}


def read_source(path: str | Path, *, encoding: str | None = None, ocr: bool = False) -> Source:
    """Read one file, whatever it is: TXT, Markdown, DOCX, DOC, RTF, ODT, HTML, PDF, JSON.

    ``encoding`` is for plain text and HTML whose encoding cannot be told; with ``ocr`` pictures and
    pages of PDF that are pictures are recognised. Raises SourceError for a
    file that cannot be read as text, with the cure.
    """
    path = Path(path)
    if not path.is_file():
        raise SourceError(f"{path}: no such file; check the path")
    if path.stat().st_size > LARGEST:
        raise SourceError(f"{path}: is larger than {LARGEST // 1_000_000} MB; split it")
    return read_bytes(path.read_bytes(), str(path), encoding=encoding, ocr=ocr)


def read_bytes(data: bytes, name: str, *, encoding: str | None = None, ocr: bool = False) -> Source:
    """The same for bytes in memory; ``name`` stands in messages."""
    kind = kind_of(data, name)
    pictures = ocr and kind in ("image", "pdf")
    if kind in REFUSED and not pictures:
        raise SourceError(f"{name}: {REFUSED[kind]}")
    module, packages = READERS[kind] if kind in READERS else ("portable", ())
    need(*packages, *(OCR if pictures else ()))
    reader = import_module(f"ipcompare.intake.{module}")
    try:
        source: Source
        if kind == "image":
            source = reader.read_picture(data, name)
        else:
            own = {"converted": kind, "portable": ocr}.get(module, encoding)
            source = reader.read(data, name, own)
    except (SourceError, ImportError):
        raise
    except Exception as error:  # a parser stumbles over a damaged file in many ways
        said = f"{type(error).__name__}: {error}"[:200]
        raise SourceError(f"{name}: is damaged ({said}); open it and save it again") from error
    if not source.text.strip("\ufeff \t\r\n\u3000"):
        raise SourceError(f"{name}: no text was found in it")
    if len(source.text) > LONGEST:
        raise SourceError(f"{name}: has more than {LONGEST:,} characters; split it")
    return source


# --- what a file is ---------------------------------------------------------------------------

MAGIC = (
    (b"%PDF-", "pdf"), (b"{\\rtf", "rtf"), (b"\xff\xd8\xff", "image"), (b"\x89PNG", "image"),
    (b"GIF8", "image"), (b"II*\0", "image"), (b"MM\0*", "image"), (b"BM", "image"),
)  # fmt: skip
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MARKUP = (b"<!doctype html", b"<html", b"<head", b"<body", b"<meta", b"<table", b"<div", b"<p>")


def kind_of(data: bytes, name: str = "") -> str:
    """What a file is by its first bytes: docx, pdf, html, text …; the name decides nothing else.

    >>> kind_of(b"%PDF-1.7"), kind_of("<html><body>正文".encode()), kind_of("一、目标".encode())
    ('pdf', 'html', 'text')
    """
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        return "empty"
    for magic, kind in MAGIC:
        if data.startswith(magic) and not (magic == b"BM" and b"\0" not in data[:64]):
            return kind
    if data.startswith(b"PK\x03\x04"):
        return _archive(data)
    if data.startswith(OLE):
        return "doc" if "WordDocument".encode("utf-16-le") in data else "xls"
    head = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if head.startswith((*MARKUP, b"<?xml", b"<!--")) or b"<html" in head or b"<body" in head:
        return "html"
    return (
        "jsonl"
        if head[:1] in (b"{", b"[") and name.lower().endswith((".jsonl", ".json"))
        else "text"
    )


def _archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return "zip"
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    return "odt" if {"content.xml", "mimetype"} <= names else "zip"
