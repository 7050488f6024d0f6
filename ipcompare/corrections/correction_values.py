"""What a field can hold, and a cell of corrections.csv as such a value."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from ipcompare.corrections.correction_lines import Correction, fields_of
from ipcompare.frames import JOINT, Column, contracts


def column_of(field: str) -> Column | None:
    """The column of a field; None for a field that stands for a row or a set of rows."""
    return contracts()[fields_of()[field]].get(field)


def value_of(field: str, said: str) -> Any:
    """A cell as the value of its column; ValueError where the column cannot hold it.

    >>> value_of("deadline", "2020.0"), value_of("per_year", "TRUE"), value_of("unit", "家")
    (2020, True, '家')
    """
    column = column_of(field)
    if column is None:
        return said
    kind, may_miss = column.type.rstrip("?"), column.type.endswith("?")
    if not said and (may_miss or kind == "list" or kind == "text" and not column.allowed):
        return [] if kind == "list" else _MISSING.get(kind) if may_miss else ""
    value = _READ[kind](said)
    if column.allowed and value not in column.allowed:
        raise ValueError(said)
    return value


_MISSING = {"integer": pd.NA, "number": float("nan")}


def _truth(said: str) -> bool:
    if said.lower() not in ("true", "false"):
        raise ValueError(said)
    return said.lower() == "true"


def _number(said: str) -> float:
    value = float(said)
    if not abs(value) < float("inf"):
        raise ValueError(said)
    return value


def _items(said: str) -> list[str]:
    return [item.strip() for item in said.split(JOINT) if item.strip()]


_READ: dict[str, Callable[[str], Any]] = {
    "boolean": _truth, "integer": lambda said: int(said.removesuffix(".0")), "number": _number,
    "list": _items, "text": str,
}  # fmt: skip


def value_problem(field: str, said: str) -> str:
    """Why a field cannot hold a value; empty where it can."""
    try:
        value_of(field, said)
    except ValueError:
        column = column_of(field)
        assert column is not None  # any text will do there
        allowed = f": {', '.join(column.allowed)}" if column.allowed else ""
        return f"{field} cannot be {said!r}; it is {column.type.rstrip('?')}{allowed}"
    return ""


def cell_of(value: Any) -> str:
    """A value of a table as corrections.csv has it.

    >>> cell_of(300.0), cell_of(True), cell_of(None), cell_of(["甲", "乙"])
    ('300', 'True', '', '甲；乙')
    """
    if isinstance(value, list | tuple):
        return JOINT.join(map(str, value))
    if value is None or value is pd.NA or value != value:
        return ""
    return format(value, ".15g") if isinstance(value, float) else str(value)


def alike(field: str, a: str, b: str) -> bool:
    """Whether two cells of a field are one value: 300 and 300.0, TRUE and True."""
    try:
        return cell_of(value_of(field, a)) == cell_of(value_of(field, b))
    except ValueError:
        return a == b


def check_old(correction: Correction, now: str) -> None:
    """CorrectionError where the tool does not say what the correction says it does."""
    if not alike(correction.field, correction.old, now):
        raise correction.refused(
            f"old is {correction.old!r}, but the tool says {now!r}; "
            "read it again, then write that into old, or drop the line"
        )
