"""A coding read from its folder, with the codes that are in it so far."""

from dataclasses import replace
from pathlib import Path

import pandas as pd

from ipcompare.coding.coding_files import (
    ADJUDICATED,
    CODED_COLUMNS,
    CODES,
    LONG,
    NUMBERS,
    Coding,
    codes_path,
    empty,
    read_task,
    read_text_table,
    sheet_path,
)
from ipcompare.coding.sheet_reading import read_filled
from ipcompare.data import PlainError


def read_coding(folder: Path | str) -> Coding:
    """Read the folder that ``ipcompare sample`` made, with the codes that are in it so far.

    The codes of a coder are those of ``codes/<coder>.csv``, which the page writes, else those of
    ``sheets/<coder>.xlsx``. PlainError where both hold codes and differ, and for everything that
    cannot be read, with its place.
    """
    coding = without_codes(folder)
    frames = [coding.codes]
    for coder in coding.coders:
        own = codes_of(coding, coder.name)
        frames.append(own.assign(coder=coder.name, coder_kind=coder.kind)[list(CODED_COLUMNS)])
    decided = coding.folder / "adjudicated.csv"
    return replace(
        coding,
        codes=pd.concat(frames, ignore_index=True),
        adjudicated=read_text_table(decided, ADJUDICATED) if decided.is_file() else None,
    )


def without_codes(folder: Path | str) -> Coding:
    """The coding of a folder with its task and items, before any code."""
    folder = Path(folder)
    head = read_task(folder)
    items = read_text_table(folder / "items.csv", ("item_id", "stratum", "p"))
    items = items.astype({name: float for name in NUMBERS if name in items})
    machine = folder / "machine.csv"
    said = read_text_table(machine, LONG) if machine.is_file() else empty(LONG)
    return Coding(folder=folder, items=items, machine=said, codes=empty(CODED_COLUMNS), **head)


def read_sheet(path: Path | str, coding: Coding | None = None) -> pd.DataFrame:
    """The codes of a filled sheet: item_id, part, field, value, note.

    ``coding`` is that of the folder above ``sheets`` where none is given. PlainError lists what is
    wrong, each with sheet, row, cell and what is allowed.
    """
    path = Path(path)
    return read_filled(path, coding or without_codes(path.resolve().parent.parent))


def codes_of(coding: Coding, coder: str) -> pd.DataFrame:
    """The codes of one coder, of the page or else of the sheet; no row where there are none."""
    page, sheet = codes_path(coding.folder, coder), sheet_path(coding.folder, coder)
    coding.coder(coder)
    typed = read_text_table(page, CODES)[list(CODES)] if page.is_file() else empty(CODES)
    filled = read_filled(sheet, coding) if sheet.is_file() else empty(CODES)
    if len(typed) and len(filled):
        _check_alike(typed, filled, page, sheet)
    return typed if len(typed) else filled


def _check_alike(typed: pd.DataFrame, filled: pd.DataFrame, page: Path, sheet: Path) -> None:
    """PlainError with the first item on which the page and the sheet of a coder differ."""
    by_item = [
        {key: value for *key_, value in frame[list(LONG)].to_numpy().tolist()
         for key in [tuple(key_)]}
        for frame in (typed, filled)
    ]  # fmt: skip
    if apart := {key[0] for key, _ in by_item[0].items() ^ by_item[1].items()}:
        raise PlainError(
            f"{page} and {sheet} both hold codes and differ in {len(apart)} items, "
            f"first {min(apart)}; keep one: move the other away"
        )
