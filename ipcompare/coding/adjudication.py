"""The codes that a person has decided: where people agree their value, else what the sheet says.

A code counts as gold only where a person has decided: what people differ on, what one coder alone
has coded and what only language models have coded goes to the sheet.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd

from ipcompare.coding.adjudication_sheet import (
    EMPTY,
    FILE,
    Key,
    read_decided,
    sheet_fields,
    to_decide,
)
from ipcompare.coding.coder_agreement import MENTION, NO, YES, Answers, answers
from ipcompare.coding.coding_files import (
    ADJUDICATED,
    MENTIONS,
    Coding,
    Field,
    check_begun,
    check_current,
    codes_hash,
    task_text,
    write_text_table,
)
from ipcompare.coding.coding_values import clean_value
from ipcompare.coding.reading_codes import read_coding
from ipcompare.coding.sample_making import read_coders
from ipcompare.data import PlainError
from ipcompare.placing import write_whole

_SHOWN = 10  # rows of the sheet that an error lists


def adjudicate(folder: Path | str, by: str) -> pd.DataFrame:
    """Make ``adjudicated.csv`` from the codes and the decided sheet; returns it.

    ``by`` is the person who decided, one of the coders or another; PlainError for a language model.
    Values on which people agree are taken, ``decided_by`` "agreed: a, b". Of a number that one
    coder alone has and that was decided to be one, that coder's fields are taken. Columns:
    ``item_id, part, field, value, decided_by``. PlainError names the rows not decided yet or that
    cannot be, with what is allowed; nothing is written then.
    """
    coding = read_coding(folder)
    check_begun(coding)
    by = _person(coding, by)
    decided = _decisions(coding)
    rows = list(_gold(coding, decided, by))
    made = pd.DataFrame(rows, columns=list(ADJUDICATED), dtype=str)
    write_text_table(made, coding.folder / "adjudicated.csv")
    signed = replace(coding, adjudicator=by, decided_from=codes_hash(coding))
    write_whole(coding.folder / "task.toml", task_text(signed))
    return made


def _person(coding: Coding, by: str) -> str:
    """The name of a person; PlainError for a model, or what is no name."""
    (said,) = read_coders([by])
    known = {coder.name: coder.kind for coder in coding.coders}
    if "model" in (said.kind, known.get(said.name)):
        raise PlainError(
            f"{coding.folder / 'task.toml'}: {said.name} is a language model; only a person "
            "decides what counts as gold: give the name of one"
        )
    return said.name


def check_gold(coding: Coding) -> pd.DataFrame:
    """The adjudicated codes; PlainError where there are none, no person has decided them, or
    the codes have changed since.
    """
    if coding.adjudicated is None:
        raise PlainError(
            f"{coding.folder}: has no adjudicated.csv; ipcompare agreement {coding.folder} writes "
            f"{FILE}, decide in it, then ipcompare adjudicate {coding.folder} --by NAME"
        )
    if not coding.adjudicator:
        raise PlainError(
            f"{coding.folder / 'task.toml'}: names no adjudicator; codes are gold only once a "
            f"person has decided: ipcompare adjudicate {coding.folder} --by NAME"
        )
    _person(coding, coding.adjudicator)
    check_current(coding)
    return coding.adjudicated


def _gold(coding: Coding, decided: dict[Key, str], by: str) -> Iterator[tuple]:
    """The rows of ``adjudicated.csv``; how many numbers a sentence has is counted at its end."""
    numbers: dict[str, int] = {}
    is_one = True
    for unit in answers(coding):
        value, who = _decided(unit, decided, by)
        if unit.field == MENTIONS:
            numbers[unit.item_id] = 0
        elif unit.field == MENTION:
            is_one = value == YES
            numbers[unit.item_id] += is_one
        elif value and (is_one or not unit.part):
            yield unit.item_id, unit.part, unit.field, value, who
    for item_id, n in numbers.items():
        yield item_id, "", MENTIONS, str(n), by


def _decided(unit: Answers, decided: dict[Key, str], by: str) -> tuple[str, str]:
    """The value of one answer, and who says so."""
    key = (unit.item_id, unit.part, unit.field)
    if key in decided:
        return decided[key], by
    value = next(iter(unit.values.values()))
    return value, by if len(unit.values) < 2 else "agreed: " + ", ".join(unit.values)


def _decisions(coding: Coding) -> dict[Key, str]:
    """What was decided of everything open; PlainError lists what is not, or cannot be read."""
    path, fields = coding.folder / FILE, sheet_fields(coding)
    wanted = {(unit.item_id, unit.part, unit.field) for unit in to_decide(coding)}
    if not wanted:
        return {}
    if not path.is_file():
        raise PlainError(f"{path}: no such file; ipcompare agreement {coding.folder} writes it")
    decided: dict[Key, str] = {}
    wrong: list[str] = []
    for row in read_decided(path):
        item_id, part, field = row.key
        if row.key not in wanted:
            wrong.append(f"row {row.row}: the codes of {' '.join(row.key)} have changed since")
            continue
        if not row.value and decided.get((item_id, part, MENTION)) == NO:
            decided[row.key] = ""  # of what is no number nothing has to be said
            continue
        try:
            decided[row.key] = _value(fields[field], row.value)
        except PlainError as error:
            wrong.append(f"row {row.row}: {error}")
    if not wrong:
        wrong = [f"{' '.join(key)} has no row" for key in sorted(wanted - decided.keys())]
    if wrong:
        more = [f"and {len(wrong) - _SHOWN} more"] if len(wrong) > _SHOWN else []
        head = f"{path}: rows to look at: {len(wrong)}"
        raise PlainError("\n  ".join([head, *wrong[:_SHOWN], *more]))
    return decided


def _value(field: Field, said: str) -> str:
    if not said:
        raise PlainError(f"nothing is decided; choose a value, or {EMPTY} for an empty answer")
    if said == EMPTY and field.id == MENTION:
        raise PlainError(f"{EMPTY} cannot be; say whether it is a number to be coded")
    return "" if said == EMPTY else clean_value(field, said)
