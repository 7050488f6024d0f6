"""Facts about how Chinese texts write quantities, read from ``ipcompare/data``.

``comparators.csv``, ``exclusions.txt`` and ``cues.toml`` may be corrected by a researcher; every
loader refuses a bad row with the file and the line.
"""

import functools
import re
from collections.abc import Iterable

from ipcompare.data import RuleError, data_text, line_of, one_of, read_rows, read_toml, read_words

HANZI = r"[^\W\da-zA-Z_]"  # what [一-龥] means, fifty times faster to compile
SIGNS = (">=", ">", "<=", "<", "~")


def _compiled(file: str, line: int, pattern: str) -> re.Pattern:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise RuleError(file, line, f"{pattern!r} is no regular expression: {error}") from error


def _alternation(file: str, entries: list[tuple[int, str]]) -> re.Pattern:
    """One pattern of all ``(line, pattern)``; a bad one is looked for only where there is one.

    Compiling every line by itself as well would double the time a first call takes.
    """
    for line, pattern in entries:
        if pattern.count("(") != pattern.count(")"):
            _compiled(file, line, pattern)  # brackets must close in the line that opens them
    try:
        return re.compile("|".join(p for _, p in entries).replace("[一-龥]", HANZI))
    except re.error as error:
        for line, pattern in entries:
            _compiled(file, line, pattern)
        raise RuleError(file, entries[0][0], f"patterns do not go together: {error}") from error


def longest_first(words: Iterable[str]) -> str:
    """An alternation of literal words in which a longer word wins over its own beginning."""
    return "|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w))))


@functools.cache
def comparators(file: str = "drafting/comparators.csv") -> tuple[dict[str, str], ...]:
    """Each comparator with ``side``, ``sign``, ``far``, ``not_beside`` (``comparators.csv``)."""
    table, seen = [], set()
    for line, row in read_rows(file, ("phrase", "side", "sign", "far", "not_beside")):
        one_of(file, line, "side", row["side"], ("before", "after"))
        one_of(file, line, "sign", row["sign"], SIGNS)
        one_of(file, line, "far", row["far"], ("yes", "no", "short"))
        if (row["phrase"], row["side"]) in seen or not row["phrase"]:
            raise RuleError(file, line, f"{row['phrase']!r} is empty or stands twice")
        seen.add((row["phrase"], row["side"]))
        table.append(row)
    return tuple(table)


@functools.cache
def exclusions(file: str = "drafting/exclusions.txt") -> tuple[re.Pattern, re.Pattern]:
    """Spans in which a number is never a quantity (``exclusions.txt``).

    The first pattern holds the entries that begin with a numeral and need be tried at numerals
    only, the second all others.
    """
    entries = read_words(file)
    heads = [e for e in entries if all(map(NUMERAL_HEAD.match, _alternatives(e[1])))]
    groups = heads, [e for e in entries if e not in heads]
    first, second = (_alternation(file, group or [(1, "(?!)")]) for group in groups)
    if first.match("") or second.match(""):
        line, empty = next((n, p) for n, p in entries if re.match(p, ""))
        raise RuleError(file, line, f"{empty!r} matches the empty string")
    return first, second


# how a pattern begins that can match at a numeral only: \\d, (?=\\d), [一二…, 三(?:农|…
NUMERAL_HEAD = re.compile(r"(?:\(\?=)?(?:\\d|\[?[一二两三四五六七八九十百千])")


def _alternatives(pattern: str) -> list[str]:
    """The alternatives of a pattern outside all brackets."""
    parts, depth = [""], 0
    for char in pattern:
        depth += (char in "([") - (char in ")]")
        if char == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return parts


@functools.cache
def cues(file: str = "drafting/cues.toml") -> dict[str, re.Pattern]:
    """The named cue patterns of ``cues.toml``, each a list of alternatives, compiled.

    ``cues()["kind.incentive"]`` is the list ``incentive`` of the table ``[kind]``.
    """
    table, text = {}, data_text(file)
    for section, lists in read_toml(file).items():
        for name, words in lists.items():
            if len(set(words)) < len(words):
                twice = next(w for w in words if words.count(w) > 1)
                raise RuleError(file, line_of(text, twice), f"{twice!r} stands twice")
            entries = [(line_of(text, word), word) for word in words]
            table[f"{section}.{name}"] = _alternation(file, entries)
    return table
