"""Facts about how Chinese texts write quantities, read from ``ipcompare/data``.

``units.csv``, ``comparators.csv``, ``exclusions.txt`` and ``cues.toml`` may be corrected by a
researcher; every loader refuses a bad row with the file and the line.
"""

import functools
import re

from ipcompare.rules import RuleError, data_text, line_of, read_rows, read_toml, read_words

UNIT_CLASSES = ("count", "time", "age", "money", "percent", "points", "times", "score", "size")
NUMERALS = ("free", "plan", "time")
SIGNS = (">=", ">", "<=", "<", "~")


def _one_of(file: str, line: int, column: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise RuleError(file, line, f"{column} is {value!r}, must be one of {', '.join(allowed)}")


def _compiled(file: str, line: int, pattern: str) -> re.Pattern:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise RuleError(file, line, f"{pattern!r} is no regular expression: {error}") from error


def longest_first(words) -> str:
    """An alternation of literal words in which a longer word wins over its own beginning."""
    return "|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w))))


@functools.cache
def units(file: str = "units.csv") -> dict[str, dict[str, str]]:
    """Each unit with its ``class``, ``numeral`` and ``not_before`` (``units.csv``)."""
    table = {}
    for line, row in read_rows(file, ("unit", "class", "numeral", "not_before")):
        _one_of(file, line, "class", row["class"], UNIT_CLASSES)
        _one_of(file, line, "numeral", row["numeral"], NUMERALS)
        if not row["unit"] or row["unit"] in table:
            raise RuleError(file, line, f"the unit {row['unit']!r} is empty or stands twice")
        table[row["unit"]] = row
    return table


@functools.cache
def comparators(file: str = "comparators.csv") -> tuple[dict[str, str], ...]:
    """Each comparator with ``side``, ``sign``, ``far``, ``not_beside`` (``comparators.csv``)."""
    table, seen = [], set()
    for line, row in read_rows(file, ("phrase", "side", "sign", "far", "not_beside")):
        _one_of(file, line, "side", row["side"], ("before", "after"))
        _one_of(file, line, "sign", row["sign"], SIGNS)
        _one_of(file, line, "far", row["far"], ("yes", "no", "short"))
        if (row["phrase"], row["side"]) in seen or not row["phrase"]:
            raise RuleError(file, line, f"{row['phrase']!r} is empty or stands twice")
        seen.add((row["phrase"], row["side"]))
        table.append(row)
    return tuple(table)


@functools.cache
def exclusions(file: str = "exclusions.txt") -> re.Pattern:
    """Spans in which a number is never a quantity, as one alternation (``exclusions.txt``)."""
    patterns = read_words(file)
    for line, pattern in patterns:
        if _compiled(file, line, pattern).match(""):
            raise RuleError(file, line, f"{pattern!r} matches the empty string")
    return re.compile("|".join(pattern for _, pattern in patterns))


@functools.cache
def cues(file: str = "cues.toml") -> dict[str, re.Pattern]:
    """The named cue patterns of ``cues.toml``, each a list of alternatives, compiled.

    ``cues()["kind.incentive"]`` is the list ``incentive`` of the table ``[kind]``.
    """
    table = {}
    for section, lists in read_toml(file).items():
        for name, words in lists.items():
            for word in words:
                _compiled(file, line_of(data_text(file), word), word)
            if len(set(words)) < len(words):
                twice = next(w for w in words if words.count(w) > 1)
                raise RuleError(file, line_of(data_text(file), twice), f"{twice!r} stands twice")
            table[f"{section}.{name}"] = re.compile("|".join(words))
    return table
