"""Files are written whole or not at all; many take their places together."""

import signal
from pathlib import Path

import pytest

from ipcompare import placing
from ipcompare.data import PlainError
from ipcompare.placing import check_folder, put_in_place, write_whole


def contents(folder):
    return {p.name: p.read_text() for p in folder.iterdir() if p.is_file()}


@pytest.fixture
def files(tmp_path):
    """Three finished files, and a folder in which two of them stand in an older form."""
    made, folder = tmp_path / "made", tmp_path / "out"
    for name in ("a", "b", "c"):
        write_whole(made / name, f"new {name}")
    for name in ("a", "b", "other"):
        write_whole(folder / name, f"old {name}")
    return {made / name: folder / name for name in ("a", "b", "c")}, folder


def test_all_take_their_places(files):
    places, folder = files
    assert put_in_place(places) == list(places.values())
    assert contents(folder) == {"a": "new a", "b": "new b", "c": "new c", "other": "old other"}


@pytest.mark.parametrize("name", ["a", "b", "c"])
@pytest.mark.parametrize("step", ["copyfile", "replace"])
def test_where_one_cannot_none_does(files, monkeypatch, name, step):
    places, folder = files
    before = contents(folder)
    copyfile, replace = placing.shutil.copyfile, Path.replace

    def full(source, target):
        if Path(source).name == name:
            Path(target).write_text("ha")
            raise OSError(28, "No space left on device")
        return copyfile(source, target)

    def held(self, target):
        if self.name == f".{name}.part":
            raise PermissionError(13, "another program holds it")
        return replace(self, target)

    monkeypatch.setattr(placing.shutil, "copyfile", full if step == "copyfile" else copyfile)
    monkeypatch.setattr(Path, "replace", held if step == "replace" else replace)
    with pytest.raises(OSError):
        put_in_place(places)
    assert contents(folder) == before


def test_an_interrupt_waits_until_all_are_in_place(files, monkeypatch):
    places, folder = files
    kept = placing._kept

    def interrupted(place):
        signal.raise_signal(signal.SIGINT)
        return kept(place)

    monkeypatch.setattr(placing, "_kept", interrupted)
    with pytest.raises(KeyboardInterrupt):
        put_in_place(places)
    assert contents(folder) == {"a": "new a", "b": "new b", "c": "new c", "other": "old other"}
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_full_disk_leaves_the_file_that_stood_there(tmp_path, monkeypatch):
    path = write_whole(tmp_path / "a.csv", "old")
    write = Path.write_bytes

    def full(self, data):
        write(self, data[:1])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError):
        write_whole(path, "new and longer")
    assert contents(tmp_path) == {"a.csv": "old"}


def test_a_file_in_the_way_of_a_folder_is_named(tmp_path):
    write_whole(tmp_path / "F", "")
    assert check_folder(tmp_path / "new" / "folder") == tmp_path / "new" / "folder"
    for place in (tmp_path / "F", tmp_path / "F" / "below"):
        with pytest.raises(PlainError, match="F: is a file; give a folder to write into"):
            check_folder(place)
