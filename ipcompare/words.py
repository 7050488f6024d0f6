"""The words that a reader sees, in Chinese and in English (``words/words.toml``).

Tables, figures, report and browsers all take their words from here: one thing has one word.
"""

import functools
from collections.abc import Iterator
from typing import Any

from ipcompare.data import PlainError, read_toml

FILE = "words/words.toml"
LANGS = ("zh", "en")
# Columns whose values are coded as those of another column.
# Columns with the values of another: of the two sides of a table of pairs.
_ALIKE = {
    f"{side}_{column}": column
    for side in ("parent", "child")
    for column in ("comparator", "hardness", "stage")
}


def check_lang(lang: str) -> None:
    """ValueError for a language that we have no words in."""
    if lang not in LANGS:
        raise PlainError(f"lang is zh or en, not {lang!r}")


def word(key: str, lang: str, **values: Any) -> str:
    """A word or sentence by its table and key, with what stands in braces filled in.

    KeyError for a key that the file does not have.

    >>> word("values.kind.target", "zh"), word("browsers.rows", "en", n=3)
    ('目标', '3 rows in all')
    """
    check_lang(lang)
    if key not in _words():
        raise KeyError(f"{FILE} has no word {key!r}")
    return _words()[key][LANGS.index(lang)].format(**values)


def value_word(column: str, value: Any, lang: str) -> str:
    """The word for a coded value of a column; a value that is no code of ours as it is.

    >>> value_word("kind", "target", "en"), value_word("kind", "目标", "en")
    ('target', '目标')
    """
    check_lang(lang)
    pair = _words().get(f"values.{_ALIKE.get(column, column)}.{value}", (str(value),) * 2)
    return pair[LANGS.index(lang)]


def word_table(name: str) -> dict[str, tuple[str, str]]:
    """One table of the file: key to (Chinese, English), in its order."""
    found = {key: pair for key, pair in _words().items() if key.startswith(f"{name}.")}
    return {key.removeprefix(f"{name}."): pair for key, pair in found.items()}


@functools.cache
def _words() -> dict[str, tuple[str, str]]:
    """Every word of the file by the names of its tables and its key, joined with dots."""
    return dict(_leaves("", read_toml(FILE)))


def _leaves(name: str, table: dict[str, Any]) -> Iterator[tuple[str, tuple[str, str]]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _leaves(f"{name}{key}.", value)
        elif _is_pair(value):
            yield f"{name}{key}", tuple(value)
        else:
            raise ValueError(f"{FILE}: {name}{key} is [Chinese, English], not {value!r}")


def _is_pair(value: Any) -> bool:
    pair = isinstance(value, list) and len(value) == len(LANGS)
    return pair and all(isinstance(text, str) and text for text in value)
