"""What the columns of a table hold, after their heads, and what a cell may hold."""

import functools
import re

from ipcompare.data import data_pattern, data_patterns, read_toml

_RULES = "drafting/tables.toml"

_LONGEST = 48  # characters of a cell that is a value
_COMPARED = "[≥≤<>=~≈约近逾超+]|不[低高少多大小]于|不超过|大于|小于|超过|达到|至少"
_PLAIN = r"-?\d[\d,]*(?:\.\d+)?"
# 76.7, >80, [14], 15左右, 3-5, 3000亿元
VALUE = re.compile(
    rf"[〔\[(【]?(?:{_COMPARED}){{0,4}}{_PLAIN}(?:[-~]{_PLAIN})?"
    r"(?![.、)])[^\d,。;:()\[\]〔〕]{0,6}(?:以[上下内]|左右)?[〕\])】]?"
)


@functools.cache
def table_rule(table: str, name: str) -> re.Pattern:
    """A pattern of ``tables.toml``."""
    return data_pattern(_RULES, read_toml(_RULES)[table][name])


def column_kind(head: str) -> str:
    """What stands under a width-folded head: value, name, unit, binding, number or words.

    >>> column_kind("2025年"), column_kind("指标"), column_kind("责任单位"), column_kind("甲")
    ('value', 'name', 'words', '')
    """
    kinds = data_patterns(_RULES, "column")
    return next((kind for kind, pattern in kinds if pattern.search(head)), "")


def is_value(cell: str) -> bool:
    """Whether a cell holds a number and what belongs to it, and no other words."""
    return len(cell) <= _LONGEST and bool(VALUE.fullmatch(cell))


def is_missing(cell: str) -> bool:
    """Whether a cell says that there is no value: -, /, …, or nothing."""
    return bool(table_rule("cell", "missing").fullmatch(cell))


def is_binding(cell: str) -> bool:
    """Whether a cell says 约束性 or 预期性."""
    return bool(table_rule("cell", "unnamed").fullmatch(cell))
