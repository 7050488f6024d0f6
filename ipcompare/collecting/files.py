"""The files to add: those given, those in folders and archives, each with a way to read it."""

import io
import os
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ipcompare.intake import Source, SourceError, crawled, kind_of, read_bytes
from ipcompare.intake.sources import LARGEST

IGNORED = ("~$", ".", "__MACOSX", "Thumbs.db", "desktop.ini")
MEMBERS = 20_000  # files of an archive


class File(NamedTuple):
    """A file to add: how it is named, and the calls that give its bytes and its text."""

    name: str
    data: Callable[[], bytes]
    read: Callable[[str | None, bool], Source]  # encoding, and whether pictures are recognised


def found_files(paths: list[Path]) -> Iterator[File]:
    """Every file of these paths, folders and archives, by name; what is hidden is passed over.

    A line of a file of JSON lines is a file of its own. What cannot be opened raises SourceError
    when it is read, not before.
    """
    for path in paths:
        if path.is_dir():
            yield from _in_folder(path)
        else:
            yield from _of_file(path, str(path))


def _in_folder(folder: Path) -> Iterator[File]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(IGNORED))
        for name in sorted(names):
            path = Path(parent, name)
            own = str(Path(folder.name) / path.relative_to(folder))
            if name.startswith(IGNORED):
                continue
            if not path.resolve().is_relative_to(folder.resolve()):
                yield _refused(own, "is a link out of its folder; copy the file there")
            else:
                yield from _of_file(path, own)


def _of_file(path: Path, name: str) -> Iterator[File]:
    """A file itself, the members of an archive, or the records of JSON lines."""
    if not path.is_file():
        yield _refused(name, "no such file; check the path")
    elif path.stat().st_size > LARGEST:
        yield _refused(name, f"is larger than {LARGEST // 1_000_000} MB; split it")
    else:
        yield from _of_bytes(name, path.read_bytes)


def _of_bytes(name: str, load: Callable[[], bytes], *, within: bool = False) -> Iterator[File]:
    data = load()
    kind = kind_of(data, name)
    if kind == "zip" and not within and zipfile.is_zipfile(io.BytesIO(data)):
        yield from _in_archive(name, data)
    elif kind == "jsonl":
        yield from _records(name, data)
    else:
        yield File(
            name, load, lambda encoding, ocr: read_bytes(load(), name, encoding=encoding, ocr=ocr)
        )


def _records(name: str, data: bytes) -> Iterator[File]:
    """Each record of a crawler's file; one that cannot be split is refused when it is read."""
    try:
        found = crawled.records(data, name)
    except SourceError as error:
        yield _refused(name, str(error).partition(": ")[2])
        return
    for where, raw in found:
        record = raw.encode(errors="replace")
        yield File(where, partial(bytes, record), partial(_crawled, record, where))


def _crawled(record: bytes, where: str, encoding: str | None, ocr: bool) -> Source:
    return crawled.read(record, where, encoding)


def _in_archive(name: str, data: bytes) -> Iterator[File]:
    """The members of an archive, each within the limits; none of them is ever unpacked to disk."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if len(infos) > MEMBERS:
            yield _refused(name, f"holds more than {MEMBERS:,} files; split it")
            return
        for info in sorted(infos, key=lambda info: _member_name(info)):
            own = _member_name(info)
            if any(part.startswith(IGNORED) and part != ".." for part in own.split("/")):
                continue
            try:
                member = _unpacked(archive, info, f"{name}/{own}")
            except SourceError as error:
                yield _refused(f"{name}/{own}", str(error).partition(": ")[2])
                continue
            yield from _of_bytes(f"{name}/{own}", partial(bytes, member), within=True)


def _member_name(info: zipfile.ZipInfo) -> str:
    """A member's name; Chinese Windows writes it in GBK without saying so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    if info.file_size > LARGEST:
        raise SourceError(f"{name}: unpacks to more than {LARGEST // 1_000_000} MB")
    try:
        with archive.open(info) as member:
            data = member.read(LARGEST + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise SourceError(f"{name}: cannot be unpacked ({error})") from error
    if len(data) > LARGEST:
        raise SourceError(f"{name}: unpacks to more than it says")
    return data


def _refused(name: str, why: str) -> File:
    def refuse(encoding: str | None, ocr: bool) -> Source:
        raise SourceError(f"{name}: {why}")

    return File(name, lambda: b"", refuse)
