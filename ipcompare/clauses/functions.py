"""What the responsible departments are for: 市工信局 and 市经信委 are one function.

The functions stand in ``departments.csv``: their names, and which took over from which in the
reforms of the state. A name that the data does not know has no function, and so has one that two
functions claim; ``department_functions`` lists them.
"""

import functools
import re
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from ipcompare.data import RuleError, data_pattern, read_rows, read_toml
from ipcompare.frames import PROVISIONS, checked, columns_of, documents_in, same_documents
from ipcompare.text import fold_width

DEPARTMENTS = "drafting/departments.csv"
_RULES = "drafting/roles.toml"
_COLUMNS = ("function", "zh", "en", "names", "ending", "reform", "successor", "lasting",
            "example", "counter_example")  # fmt: skip
_PROPER = "[\u4e00-\u9fff]{2,10}?"  # what ~ stands for
_INSIDE = "[^:,;。]*"  # what .* stands for
_BRACKET = re.compile(r"(?<=.)\([^()]*\)$")


@dataclass(frozen=True)
class Function:
    """One row of ``departments.csv``; ``pattern`` takes a whole written form, folded."""

    line: int
    id: str
    zh: str
    en: str
    pattern: re.Pattern
    reform: str
    successor: str
    lasting: re.Pattern | None
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


class Reading(NamedTuple):
    """What a written form says: its function and its level, each empty where it does not."""

    function: str = ""
    level: str = ""
    successor: str = ""


@functools.cache
def known_functions(file: str = DEPARTMENTS) -> dict[str, Function]:
    """The functions of ``departments.csv`` by id; RuleError for a row that cannot be used."""
    made: dict[str, Function] = {}
    for line, row in read_rows(file, _COLUMNS):
        if not row["names"] or row["function"] in made:
            raise RuleError(file, line, f"{row['function']!r} has no names or stands twice")
        made[row["function"]] = _function(file, line, row)
    for one in made.values():
        if one.successor and one.successor not in made:
            raise RuleError(file, one.line, f"the successor {one.successor!r} is no function")
        if one.successor not in ("", one.id) and not one.reform.isdigit():
            raise RuleError(file, one.line, f"{one.id!r} has a successor but no year of the reform")
    return made


def _function(file: str, line: int, row: dict[str, str]) -> Function:
    """A row as a Function: its pattern is place, name, ending."""
    rules = read_toml(_RULES)["functions"]
    place = rules["place"].replace("PROVINCE", rules["province"])
    ending = {"": rules["ending"], "-": ""}.get(row["ending"], row["ending"])
    whole = f"(?:{place})(?P<name>{row['names']})(?:{ending})"
    whole = whole.replace("~", f"(?:{_PROPER})").replace(".*", _INSIDE)
    try:
        pattern = re.compile(whole)
        lasting = re.compile(row["lasting"]) if row["lasting"] else None
    except re.error as error:
        raise RuleError(file, line, f"bad pattern of {row['function']!r}: {error}") from error
    return Function(
        line, row["function"], row["zh"], row["en"], pattern, row["reform"], row["successor"],
        lasting, tuple(row["example"].split()), tuple(row["counter_example"].split()),
    )  # fmt: skip


@functools.cache
def read_department(unit: str) -> Reading:
    """The function, level and successor of a department as written.

    >>> read_department("市工商局")
    Reading(function='industry_commerce', level='市', successor='market_supervision')
    >>> read_department("保定")
    Reading(function='', level='', successor='')
    """
    form = re.sub(r"\s", "", fold_width(unit)).removesuffix("等")
    found = _claims(form) or _claims(_BRACKET.sub("", form))  # 市委宣传部(市版权局)
    if len(found) != 1:
        return Reading(level=_level(form))
    function, hit = found[0]
    level = _level(hit.string[: hit.start("name")] + "_" + hit.string[hit.end("name") :])
    return Reading(function.id, level, _successor(function, hit.string, level))


def _claims(form: str) -> list[tuple[Function, re.Match]]:
    """The functions whose names fit the form: one if it is known."""
    hits = ((one, one.pattern.fullmatch(form)) for one in known_functions().values())
    return [(one, hit) for one, hit in hits if hit]


def _level(form: str) -> str:
    """The level that a form says, _ for the name of its function."""
    rules = read_toml(_RULES)["functions"]["level"]
    held = (r["name"] for r in rules if data_pattern(_RULES, r["pattern"]).search(form))
    return next(held, "")


def _successor(function: Function, form: str, level: str) -> str:
    """The function that a form's function has become, empty where that is not known."""
    if function.lasting is None:
        return function.successor
    if function.lasting.search(form):
        return function.id
    return function.successor if level else ""


def named_departments(clauses: pd.DataFrame) -> pd.DataFrame:
    """One row a department as written that a provision names, in the order of the texts.

    ``doc_id``, ``clause_id``, ``unit`` as written, its ``level`` where the written form says one,
    its ``function`` and the ``successor`` that has it after the reforms; each is missing where the
    data does not know it. A name that stands twice in a provision is one row.
    """
    clauses = checked(clauses, "clauses")
    named = clauses.loc[clauses["role"].isin(PROVISIONS), ["doc_id", "clause_id", "units"]]
    named = named.rename(columns={"units": "unit"}).explode("unit").dropna(subset=["unit"])
    named = named[named["unit"].ne("")].drop_duplicates(["clause_id", "unit"])
    read = [read_department(unit) for unit in named["unit"]]
    for column in ("level", "function", "successor"):
        values = [getattr(one, column) or None for one in read]
        named[column] = pd.Series(values, index=named.index, dtype="str")
    named["unit"] = named["unit"].astype("str")
    named = named[list(columns_of("named_departments"))].reset_index(drop=True)
    return same_documents(named, clauses)


def department_functions(clauses: pd.DataFrame, *, reformed: bool = False) -> pd.DataFrame:
    """One row a function of the responsible departments: the provisions of each text that name it.

    ``function`` with its name in Chinese and English, ``n_text`` texts that name it, ``written``
    the names as written in them, then a column a document; a provision counts once however many of
    its departments have the function. The bureaus of two cities are two bodies: counts are within
    a text and are not added up. First come the functions that most texts name, then those named in
    most provisions of one text. With ``reformed`` the departments before a reform count as what
    they have become, so that texts of both times can be compared. A department that the data does
    not know is a row of its own: its name as written, ``known`` False.
    """
    clauses = checked(clauses, "clauses")
    named = keyed_departments(clauses, reformed=reformed)
    counted = named.drop_duplicates(["clause_id", "key"])
    table = pd.crosstab(counted["key"], counted["doc_id"].astype(str))
    table = table.reindex(columns=documents_in(clauses), fill_value=0).sort_index()
    order = pd.DataFrame({"n_text": table.gt(0).sum(axis=1), "most": table.max(axis=1)})
    table = table.loc[order.sort_values(list(order), ascending=False, kind="stable").index]
    written = named.groupby("key")["unit"].agg(lambda units: list(dict.fromkeys(units)))
    about = [_about(key) for key in table.index]
    for at, column in enumerate(("function", "zh", "en", "known")):
        table.insert(at, column, [one[at] for one in about])
    table.insert(4, "n_text", order["n_text"].reindex(table.index))
    table.insert(5, "written", written.reindex(table.index).astype(object))
    table["function"] = table["function"].astype("str")
    return table.rename_axis(None, axis=1).reset_index(drop=True)


def keyed_departments(clauses: pd.DataFrame, *, reformed: bool = False) -> pd.DataFrame:
    """The named departments with a ``key``: the id of the function, else the name as written."""
    named = named_departments(clauses)
    function = named["function"]
    key = named["successor"].fillna(function) if reformed else function
    return named.assign(key=key.fillna(named["unit"]))


def department_name(key: str, lang: str) -> str:
    """The name of a key of ``keyed_departments``: a department not known has its own."""
    known = known_functions().get(key)
    return getattr(known, lang) if known else key


def _about(key: str) -> tuple[str | None, str, str, bool]:
    """Function, names in both languages and whether the data knows it."""
    known = key in known_functions()
    return key if known else None, department_name(key, "zh"), department_name(key, "en"), known
