"""One cell of a CSV file: what no spreadsheet runs, counts or takes for a day, and its way back."""

import re
from typing import Any

import pandas as pd

DIGITS = 4
_FORMULA = re.compile(r"'*[=+\-@\t\r]")  # what a spreadsheet would run, and what looks guarded
# 1.10, 007, 2E3 and codes of more than 15 digits: other numbers in a spreadsheet
_CHANGED = re.compile(r"'*(?:\d+\.\d*0|0\d+|\d+[eE]\d+|\d{16,})")
_GUARDED = re.compile(rf"^'(?='*[=+\-@\t\r]|(?:{_CHANGED.pattern})$)")
# 3-5, 3/5 and 1:1 would be a day or an hour; dates (2017-09-30, 2017-09) stay as they are.
_RANGE = re.compile(r"(?!\d{4}-\d\d\b)[\d.]+(?:[-/:][\d.]+)+")
_SIGNS, _PLAIN = str.maketrans("-/:", "–⁄∶"), str.maketrans("–⁄∶", "-/:")
_WRITTEN = re.compile(r"[\d.]+(?:[–⁄∶][\d.]+)+")


def csv_cell(value: Any) -> str:
    """One value as it stands in a CSV file.

    Text that begins with ``= + - @`` gets a leading apostrophe, so that no spreadsheet runs it as
    a formula; a sign alone (the comparator ``=``) and numbers stay as they are. Text that a
    spreadsheet would turn into another number gets one, too (1.10); what it would take for a day
    or an hour has the signs of print: 3–5, 3⁄5, 1∶1.

    >>> [csv_cell(v) for v in (2.0, 0.123456, None, ["甲", "乙"], "=1+1", "=", "-3")]
    ['2', '0.1235', '', '甲；乙', "'=1+1", '=', '-3']
    >>> [csv_cell(v) for v in ("3-5", "3/5", "1:1", "1.10", 1.1, "2017-09-30")]
    ['3–5', '3⁄5', '1∶1', "'1.10", '1.1', '2017-09-30']
    """
    if isinstance(value, list | tuple):
        value = "；".join(map(str, value))
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return ""
    if isinstance(value, float):
        return f"{round(value, DIGITS) + 0.0:.{DIGITS}f}".rstrip("0").rstrip(".")
    text = str(value)
    if isinstance(value, str) and _RANGE.fullmatch(text):
        return text.translate(_SIGNS)
    formula = len(text) > 1 and _FORMULA.match(text) and not _is_number(text)
    changed = isinstance(value, str) and _CHANGED.fullmatch(text)
    return "'" + text if formula or changed else text


def as_it_was(text: str) -> str:
    """The text that ``csv_cell`` wrote so."""
    return text.translate(_PLAIN) if _WRITTEN.fullmatch(text) else _GUARDED.sub("", text)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
