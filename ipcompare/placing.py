"""Where files leave: a file is written whole or not at all, and many take their places together."""

import contextlib
import os
import shutil
import signal
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

from ipcompare.data import PlainError


def write_whole(path: Path | str, data: bytes | str) -> Path:
    """Write a file, all of it or nothing: beside it first, then put in its place.

    Text is UTF-8 with line feeds. Makes the folder. Where the disk is full or the work is stopped,
    what stood there stands.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = _hidden(path, "part")
    try:
        part.write_bytes(data.encode() if isinstance(data, str) else data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path


def put_in_place(files: Mapping[Path, Path]) -> list[Path]:
    """Copy files to their places, all of them or none; the places.

    ``files`` are finished ones and where they go. They are copied beside their places first, which
    is where a full disk says no; then each takes its place in turn, which no interrupt divides.
    Where one cannot (another program holds it), those before it are taken back.
    """
    parts = {place: _hidden(place, "part") for place in files.values()}
    try:
        for made, place in files.items():
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(made, parts[place])
        with _undivided():
            _replace(parts)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
    return list(parts)


def check_folder(folder: Path | str) -> Path:
    """The folder that files are to go to; PlainError where a file stands in its way."""
    folder = Path(folder)
    for place in (folder, *folder.parents):
        if place.exists() and not place.is_dir():
            raise PlainError(f"{place}: is a file; give a folder to write into")
    return folder


def _replace(parts: Mapping[Path, Path]) -> None:
    """Put each part in its place; after an error every place is as it was."""
    olds: dict[Path, Path | None] = {}
    try:
        for place, part in parts.items():
            olds[place] = _kept(place)
            part.replace(place)
    except BaseException:
        for place, old in olds.items():
            if old is not None:
                old.replace(place)
            elif not parts[place].exists():
                place.unlink(missing_ok=True)
        raise
    finally:
        for old in filter(None, olds.values()):
            old.unlink(missing_ok=True)


def _kept(place: Path) -> Path | None:
    """What stands at a place, under another name; None where nothing does."""
    if not place.exists():
        return None
    old = _hidden(place, "old")
    old.unlink(missing_ok=True)
    try:
        os.link(place, old)
    except OSError:  # a disk without hard links
        shutil.copyfile(place, old)
    return old


def _hidden(path: Path, ending: str) -> Path:
    return path.with_name(f".{path.name}.{ending}")


@contextlib.contextmanager
def _undivided() -> Iterator[None]:
    """Ctrl-C waits until what is inside has been done."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    waiting: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: waiting.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if waiting:
            signal.raise_signal(signal.SIGINT)
