"""Made-up codes, to try out what comes after coding. They say nothing about any text.

Each code is marked in its note, and so is who decides: nothing made up can be taken for a person's.
"""

import random
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from ipcompare.coding.adjudication_sheet import FILE
from ipcompare.coding.coding_files import (
    CODES,
    MADE_UP,
    MENTIONS,
    Coding,
    Field,
    codes_path,
    write_text_table,
)
from ipcompare.coding.reading_codes import read_coding
from ipcompare.data import PlainError
from ipcompare.extras import need


def made_up_codes(folder: Path | str, *, error: float = 0.1, seed: int = 1) -> Coding:
    """Make up the codes of every coder of a coding: what the tool says, with errors.

    ``error`` is the share of answers with values that are changed to another value, by chance (by
    ``seed`` and coder); 0 gives the answers of the tool. Where the tool has none (a codebook of
    one's own) a value is drawn by chance. Free words and numbers stay as they are. Writes
    ``codes/<coder>.csv`` and gives the coding read again. PlainError where the folder has codes
    that are not made up: nothing of a person's is written over.
    """
    coding = read_coding(folder)
    real = coding.codes[coding.codes["note"].ne(MADE_UP)]
    if len(real):
        said = f"{coding.folder}: has codes of {real['coder'].iloc[0]}, which are not made up"
        raise PlainError(f"{said}; make codes up in a folder of their own")
    for coder in coding.coders:
        chance = random.Random(f"{seed}|{coder.name}")
        rows = [
            (item_id, part, field.id, _changed(field, value, error, chance), MADE_UP)
            for item_id, part, field, value in _answers(coding, random.Random(seed))
        ]
        rows += [
            (row.item_id, row.part, MENTIONS, row.value, MADE_UP)
            for row in coding.machine.itertuples()
            if coding.task == MENTIONS and row.field == MENTIONS
        ]
        table = pd.DataFrame(rows, columns=list(CODES), dtype=object)
        write_text_table(table, codes_path(coding.folder, coder.name))
    return read_coding(folder)


def _answers(coding: Coding, chance: random.Random) -> Iterable[tuple[str, str, Field, str]]:
    """The answers of the tool to the questions of the coding, else answers by chance."""
    fields = {field.id: field for field in coding.fields}
    said = coding.machine[coding.machine["field"].isin(fields)]
    for row in said.itertuples():
        yield row.item_id, row.part, fields[row.field], row.value
    if not len(coding.machine):
        for item_id in coding.items["item_id"]:
            for field in filter(lambda one: one.values, coding.fields):
                yield item_id, "", field, chance.choice(field.values).id


def _changed(field: Field, value: str, error: float, chance: random.Random) -> str:
    """The value, or by chance another one of the field."""
    others = [one.id for one in field.values if one.id not in value.split(";")]
    if not others or chance.random() >= error:
        return value
    return chance.choice(others)


def made_up_decisions(folder: Path | str) -> Path:
    """Decide every row of ``adjudication.xlsx`` for the first answer that it shows."""
    need("openpyxl")
    from openpyxl import load_workbook

    path = Path(folder) / FILE
    book = load_workbook(path)
    sheet = book.worksheets[0]
    first = next(n for n, cell in enumerate(sheet[1], 1) if str(cell.value).endswith(" 1"))
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, sheet.max_column, sheet.cell(row, first).value)
    book.save(path)
    return path
