"""documents.csv: read as people write it, also with Excel; written whole or not at all."""

import csv
import datetime
import io
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from ipcompare.intake import decoded
from ipcompare.placing import write_whole
from ipcompare.text import fold_width

LEVELS = {
    "province": "province 省 省级 自治区 直辖市",
    "city": "city 市 市级 地级市 地市",
    "county": "county 县 县级 区 区县 县级市 district",
    "country": "country 国家 国家级 全国 中央",
}
_USE = {"reference": "reference", "参照": "reference", "report": "", "报告": ""}
_LEVEL = {word: level for level, words in LEVELS.items() for word in words.split()}
_WHOLE = re.compile(r"(\d+)(?:\.0)?年?")
_DATE = re.compile(
    r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?)?)?月?年?(?: \d{1,2}:\d\d.*)?"
)


class Row(NamedTuple):
    """One row of the record: its line in the file and its cells by column."""

    line: int
    cells: dict[str, str]


def read_record(
    path: Path, columns: Iterable[str], needed: Iterable[str]
) -> tuple[list[Row], list[str]]:
    """The rows of documents.csv, values in our form, and everything wrong in it, with its line.

    UTF-8, GB18030 as Chinese Excel writes it, UTF-16; dates as Excel shows them (2017/9/30,
    2017年9月30日), levels in Chinese (市), codes and years with .0.
    """
    text, _ = decoded(path.read_bytes(), str(path))
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        lines = [(reader.line_num, cells) for cells in reader]
    except csv.Error:
        longest = f"a cell of over {csv.field_size_limit():,} characters"
        return [], [f"{path}, line {reader.line_num}: {longest}; shorten it"]
    header = [name.strip() for name in lines[0][1]] if lines else []
    problems = _header_problems(path, header, set(columns), needed)
    rows: list[Row] = []
    for line, cells in [] if problems else lines[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            problems.append(f"{path}, line {line}: {len(cells)} cells, needs {len(header)}")
            continue
        row = dict(zip(header, (cell.strip() for cell in cells), strict=True))
        problems += [f"{path}, line {line}: {said}" for said in _in_our_form(row)]
        rows.append(Row(line, row))
    return rows, problems


def _header_problems(
    path: Path, header: list[str], known: set[str], needed: Iterable[str]
) -> list[str]:
    """What is wrong with the first line."""
    for sign, name in ((";", "semicolons"), ("\t", "tabs"), ("，", "full-width commas")):
        if len(header) == 1 and sign in header[0]:  # where the comma is the decimal sign
            cure = "save the file as CSV UTF-8 (comma delimited)"
            wrong = f"the cells are separated by {name}, they must be by commas; {cure}"
            return [f"{path}, line 1: {wrong}"]
    missing = [c for c in needed if c not in header]
    unknown = [c for c in header if c not in known]
    doubled = sorted({c for c in header if header.count(c) > 1})
    said = [
        f"{what} {', '.join(names)}"
        for what, names in (("lacks", missing), ("unknown:", unknown), ("twice:", doubled))
        if names
    ]
    problem = f"columns: {'; '.join(said)}; known are {', '.join(sorted(known))}"
    return [f"{path}, line 1: {problem}"] if said else []


def _in_our_form(row: dict[str, str]) -> list[str]:
    """Bring the values of a row into our form, in place; what cannot be read is returned."""
    problems = []
    for column, read, right in (
        ("date_issued", iso_date, "a date such as 2017-09-30 or 2017"),
        ("accessed", iso_date, "a date such as 2024-05-01"),
        ("use", _USE.get, "reference, or report"),
        ("horizon_year", _year, "a year such as 2020"),
        ("adcode", _code, "six digits after GB/T 2260"),
        ("level", _LEVEL.get, "province, city, county or country"),
    ):
        said = row.get(column)
        value = read(said) if said else ""
        if value is None:
            problems.append(f"{column} {said!r}: must be {right}, or empty")
        elif said:
            row[column] = value
    return problems


def iso_date(said: str) -> str | None:
    """A date or a year in ISO 8601; None for what is none or does not exist.

    >>> iso_date("2017/9/30"), iso_date("2017年9月"), iso_date("2017"), iso_date("2017-02-30")
    ('2017-09-30', '2017-09', '2017', None)
    """
    match = _DATE.fullmatch(said)
    if not match:
        return None
    parts = [int(part) for part in match.groups() if part]
    try:
        whole = datetime.date(*[*parts, 1, 1][:3]).isoformat()
    except ValueError:
        return None
    return whole[: (4, 7, 10)[len(parts) - 1]]


def _year(said: str) -> str | None:
    match = _WHOLE.fullmatch(said)
    return match[1] if match and re.fullmatch(r"(?:19|20)\d\d", match[1]) else None


def _code(said: str) -> str | None:
    match = _WHOLE.fullmatch(said)
    return match[1] if match and len(match[1]) == 6 else None


def plain_number(said: str) -> str:
    """A document number in one form: issuer, year, number; empty for an order's, which many count.

    >>> plain_number("鹤政[2017]第21号"), plain_number("令第3号")
    ('鹤政 2017 21', '')
    """
    parts = re.findall(r"[\u4e00-\u9fff]+|\d+", fold_width(said).replace("第", ""))
    whole = len(parts) == 4 and parts[3] == "号" and parts[1].isdigit() and parts[2].isdigit()
    return " ".join(parts[:3]) if whole else ""


# --- writing ----------------------------------------------------------------------------------


def csv_line(cells: Iterable[str]) -> str:
    """One row as it stands in the file."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


def bring_into_form(path: Path, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
    """Write the record anew with these columns in UTF-8 where it has another form, or none yet."""
    head = csv_line(columns)
    data = path.read_bytes() if path.is_file() else b""
    if not data.startswith(head.encode()) or not data.endswith(b"\n"):
        lines = [csv_line(row.cells.get(column, "") for column in columns) for row in rows]
        write_whole(path, "".join([head, *lines]).encode())


def append_row(path: Path, columns: tuple[str, ...], cells: Mapping[str, str]) -> None:
    """Add one row at the end of a record in our form; taken back where the disk is full."""
    length = path.stat().st_size
    with path.open("r+b", buffering=0) as file:
        file.seek(length)
        data = csv_line(cells.get(column, "") for column in columns).encode()
        try:
            if file.write(data) != len(data):
                raise OSError(f"{path}: the disk is full; nothing was added")
            os.fsync(file.fileno())
        except BaseException:
            file.truncate(length)
            raise
