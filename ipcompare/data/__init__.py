"""Facts about Chinese drafting, read from ``ipcompare/data``: a researcher may correct them.

Every loader returns plain values and refuses a bad row with the file and the line.
"""

import csv
import functools
import re
import tomllib
from importlib import resources


class PlainError(ValueError):
    """An error whose message says all; a notebook shows it in a line, without a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]


class RuleError(PlainError):
    """A data file says something that cannot be used; the message names file and line."""

    def __init__(self, file: str, line: int, problem: str):
        super().__init__(f"{file}, line {line}: {problem}")


def data_text(file: str) -> str:
    """The text of one data file."""
    return resources.files("ipcompare.data").joinpath(file).read_text(encoding="utf-8")


def line_of(text: str, needle: str) -> int:
    """The 1-based line on which ``needle`` first stands (1 when it does not)."""
    return text[: max(text.find(needle), 0)].count("\n") + 1


@functools.cache
def read_toml(file: str) -> dict:
    """One TOML file as a dict, read once and never changed; a syntax error names file and line."""
    try:
        return tomllib.loads(data_text(file))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{file}: {error}") from error


def read_rows(file: str, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """The rows of a CSV data file as ``(line, row)``; lines starting with # are comments."""
    lines = [(n, s) for n, s in enumerate(data_text(file).splitlines(), 1) if s and s[0] != "#"]
    reader = csv.reader(s for _, s in lines)
    if tuple(next(reader, ())) != columns:
        raise RuleError(
            file, lines[0][0] if lines else 1, f"the header must be {','.join(columns)}"
        )
    rows = []
    for (line, _), cells in zip(lines[1:], reader, strict=False):
        if len(cells) != len(columns):
            raise RuleError(file, line, f"has {len(cells)} cells, needs {len(columns)}")
        rows.append((line, dict(zip(columns, (c.strip() for c in cells), strict=True))))
    return rows


def one_of(file: str, line: int, column: str, value: str, allowed: tuple[str, ...]) -> None:
    """Refuse a cell that holds none of the allowed values."""
    if value not in allowed:
        raise RuleError(file, line, f"{column} is {value!r}, must be one of {', '.join(allowed)}")


def read_words(file: str) -> list[tuple[int, str]]:
    """The entries of a word list as ``(line, word)``; # starts a comment."""
    entries = enumerate((s.split("#")[0].strip() for s in data_text(file).splitlines()), 1)
    return [(line, word) for line, word in entries if word]


@functools.cache
def stop_words() -> frozenset[str]:
    """Words without content, left out of every comparison (``stopwords.txt``)."""
    return frozenset(word for _, word in read_words("wording/stopwords.txt"))


def data_pattern(file: str, source: str) -> re.Pattern:
    """A regular expression from a data file; a bad one is refused with its line."""
    try:
        return re.compile(source)
    except re.error as error:
        line = line_of(data_text(file), source)
        raise RuleError(file, line, f"bad pattern {source!r}: {error}") from error


@functools.cache
def data_patterns(file: str, table: str) -> tuple[tuple[str, re.Pattern], ...]:
    """The named patterns of one array of tables in a TOML file, as ``(name, pattern)``."""
    return tuple((e["name"], data_pattern(file, e["pattern"])) for e in read_toml(file)[table])
