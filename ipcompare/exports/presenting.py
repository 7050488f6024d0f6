"""Tables as readers see them: columns, codes, documents and provisions called by their names.

CSV files keep the names of the data; Word, LaTeX, the workbook's heads and the notebooks show
these. The words stand in ``data/words/words.toml``.
"""

import functools
from collections.abc import Mapping
from typing import Any

import pandas as pd

from ipcompare import __version__
from ipcompare.data import read_toml
from ipcompare.exports.declared import LANGS, Exhibit, exhibits
from ipcompare.exports.saving import save_table
from ipcompare.indicators.conversions import unit_name
from ipcompare.indicators.entries import rules

WORDS = "words/words.toml"
# Columns that hold document ids (several joined with 、) and clause ids.
DOCUMENTS = {
    "doc_id", "doc_a", "doc_b", "other_id", "closest", "reference", "left_out", "by", "lowest_by",
    "earlier",
}  # fmt: skip
CLAUSES = {"clause_id", "match_id", "parent_id"}
# The same thing in Chinese and English: only that of the reader's language is shown.
TWINS = (
    ("indicator_zh", "indicator_en"), ("zh", "en"), ("unsaid", "unsaid_en"),
    ("jurisdiction", "jurisdiction_en"),
)  # fmt: skip
WIDE = 12  # columns on a page
_JOINT = ("、", ", ")
SIGNS = {
    "zh": {">=": "≥", "<=": "≤", "~": "约"},
    "en": {">=": "≥", "<=": "≤", "~": "about"},
}


@functools.cache
def table_words() -> dict[str, Any]:
    """The content of ``words.toml``; every leaf is ``[Chinese, English]``."""
    return read_toml(WORDS)


def column_title(column: str, lang: str, *, exhibit: str = "") -> str:
    """The title of a column, its own in an exhibit where it has one; an unlisted one as it is.

    >>> column_title("doc_id", "zh"), column_title("hebi-2017", "en")
    ('文本', 'hebi-2017')
    """
    columns = table_words()["columns"]
    found = columns.get(f"{exhibit}.{column}") or columns.get(column)
    return found[LANGS.index(lang)] if found else column


def value_word(column: str, value: Any, lang: str) -> str:
    """The word for a coded value; an unlisted one as it is."""
    found = table_words()["values"].get(column, {}).get(str(value))
    return found[LANGS.index(lang)] if found else str(value)


def presented(
    frame: pd.DataFrame, id: str = "", *, lang: str = "zh", names: Mapping[str, str] | None = None,
    pinpoints: Mapping[str, str] | None = None,
) -> pd.DataFrame:  # fmt: skip
    """The frame of an exhibit for readers of ``lang``: its printed columns under their titles.

    ``id`` is known of a frame that ``save_table`` returned. ``names`` are the documents' labels,
    ``pinpoints`` those of provisions by clause_id. Coded values become words, lists one text,
    true a tick; numbers stay numbers. Columns keep their order; the index becomes columns.
    """
    if lang not in LANGS:
        raise ValueError(f"lang is zh or en, not {lang!r}")
    id = id or frame.attrs.get("exhibit", "")
    names = _labels(names, lang)
    if any(name is not None for name in frame.index.names):
        frame = frame.rename_axis(columns=None).reset_index()
    columns = printed_columns(frame, id, lang)
    shown = {c: _column(frame[c], c, lang, names, pinpoints or {}) for c in columns}
    base = {en: zh for zh, en in TWINS}
    titles = {c: names.get(c, column_title(base.get(c, c), lang, exhibit=id)) for c in columns}
    return pd.DataFrame(shown, index=frame.index).rename(columns=titles)


def show_table(
    frame: pd.DataFrame, id: str, *, names: Mapping[str, str] | None = None,
    pinpoints: Mapping[str, str] | None = None, lang: str = "zh",
) -> pd.DataFrame:  # fmt: skip
    """Save ``tables/<id>.csv`` and return the table as readers of ``lang`` see it."""
    rounded = save_table(frame, id)
    return presented(rounded, id, names=names, pinpoints=pinpoints, lang=lang)


def _labels(names: Mapping[str, str] | None, lang: str) -> dict[str, str]:
    """The labels, in ``lang`` where they are known in both languages."""
    return names.in_language(lang) if hasattr(names, "in_language") else dict(names or {})


def printed_table(
    frame: pd.DataFrame, id: str, *, lang: str, names: Mapping[str, str],
    pinpoints: Mapping[str, str] | None = None,
) -> pd.DataFrame:  # fmt: skip
    """``presented``, turned on its side where its columns are too many for a page."""
    shown = presented(frame, id, lang=lang, names=names, pinpoints=pinpoints)
    if len(shown.columns) <= WIDE or len(shown) >= len(shown.columns):
        return shown
    sideways = shown.astype(object).set_index(shown.columns[0]).T
    return sideways.rename_axis(index="", columns=None).reset_index()


def printed_columns(frame: pd.DataFrame, id: str, lang: str) -> list[str]:
    """The columns that are declared for the exhibit, else all; of twins the one of ``lang``."""
    declared = exhibits()[id].columns if id in exhibits() else ()
    columns = [c for c in declared or frame.columns if c in frame]
    for zh, en in TWINS:
        own, other = (zh, en) if lang == "zh" else (en, zh)
        if own in frame and zh in columns:
            columns = [own if c == zh else c for c in columns if c != en]
        elif own in columns and other in columns:
            columns.remove(other)
    return columns


def _column(
    values: pd.Series, column: str, lang: str, names: Mapping[str, str],
    pinpoints: Mapping[str, str],
) -> pd.Series:  # fmt: skip
    """The values of one column as words; numbers as they are."""
    if pd.api.types.is_bool_dtype(values):
        return values.map({True: "✓", False: ""})
    if pd.api.types.is_numeric_dtype(values):
        return values
    return values.map(lambda value: _word(value, column, lang, names, pinpoints))


def _word(
    value: Any, column: str, lang: str, names: Mapping[str, str], pinpoints: Mapping[str, str]
) -> Any:
    joint = _JOINT[LANGS.index(lang)]
    if isinstance(value, list | tuple):
        return joint.join(map(str, value))
    if not isinstance(value, str):
        return "" if value is None or value is pd.NA or value != value else value
    if column in DOCUMENTS and set(value.split("、")) & names.keys():
        return joint.join(names.get(part, part) for part in value.split("、"))
    if column in CLAUSES:
        place = names.get(value.split("#")[0]), pinpoints.get(value)
        return " ".join(filter(None, place)) or value
    if column.endswith("comparator") and value in SIGNS[lang]:
        return SIGNS[lang][value]
    if column == "flag":
        return "; ".join(_flag(part, lang, names, pinpoints) for part in value.split("; ") if part)
    if column == "unit":
        return unit_name(value, lang)
    if column == "theme" and lang == "en" and value in rules().themes:
        return rules().themes[value]
    return value_word(column, value, lang)


def source_line(exhibit: Exhibit, names: Mapping[str, str], lang: str) -> str:
    """What an exhibit is made from, in words, and with what."""
    at = LANGS.index(lang)
    documents = _JOINT[at].join(_labels(names, lang).values())
    said = table_words()["sources"]
    sources = [said.get(s, (s, s))[at].format(documents=documents) for s in exhibit.sources]
    made_with = ("；作者用 ipcompare {} 整理。", "; compiled with ipcompare {}.")[at]
    return ("；", "; ")[at].join(sources) + made_with.format(__version__)


def _flag(flag: str, lang: str, names: Mapping[str, str], pinpoints: Mapping[str, str]) -> str:
    """``scope: 市级`` with the flag in words; a target_id is called by its provision."""
    name, colon, said = flag.partition(": ")
    clause_id = said.partition("@")[0]
    if clause_id in pinpoints:
        said = f"{names.get(clause_id.partition('#')[0], '')} {pinpoints[clause_id]}".strip()
    word = table_words()["flags"].get(name, (name, name))[LANGS.index(lang)]
    return f"{word}{colon}{said}"
