"""What a sentence is filled with: plain values, names in both languages, texts with evidence."""

import string
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import pandas as pd

from ipcompare.exports.presenting import theme_name
from ipcompare.frames import heading_of
from ipcompare.quantities.printed import printed_quantity
from ipcompare.study import Study
from ipcompare.words import LANGS, value_word, word, word_table


class Both(NamedTuple):
    """A value that differs between the languages."""

    zh: Any
    en: Any


class Link(NamedTuple):
    """A text that leads to its evidence: a provision, two side by side, or a number in one."""

    text: str
    clause_id: str
    match_id: str = ""
    target_id: str = ""


# A value is a number, a text, a Link, a list of such parts, or Both of these; None is not known.
Values = dict[str, Any]
# By the id of a finding: what computes its values, None where there is nothing to say.
Facts = dict[str, Callable[..., Values | None]]


def in_language(value: Any, n: int) -> Any:
    """The value in Chinese (0) or English (1)."""
    return value[n] if isinstance(value, Both) else value


def phrase(key: str, **values: Any) -> Both:
    """A phrase of ``words.toml`` ([phrases]) with its values, which keep their links."""
    texts = enumerate(word_table("phrases")[key])
    return Both(*(list(_parts(text, values, n)) for n, text in texts))


def _parts(text: str, values: Values, n: int) -> Iterator[Any]:
    for literal, name, _, _ in string.Formatter().parse(text):
        yield literal
        if name:
            yield in_language(values[name], n)


def joined(values: Iterable[Any], mark: str = "joint") -> Both | None:
    """Several values as one, with a mark of punctuation between; None where there is none."""
    values = list(values)
    if not values:
        return None
    marks = enumerate(word(f"punctuation.{mark}", lang) for lang in LANGS)
    return Both(*([p for v in values for p in (m, in_language(v, n))][1:] for n, m in marks))


def coded(column: str, value: Any) -> Both:
    """The word for a coded value."""
    return Both(*(value_word(column, value, lang) for lang in LANGS))


def theme(name: str) -> Both:
    """A theme of the indicators or of the provisions."""
    return Both(*(theme_name(name, lang) for lang in LANGS))


def document(study: Study, doc_id: str) -> Both:
    """The name of a document."""
    return Both(study.zh[doc_id], study.en[doc_id])


def documents(study: Study, doc_ids: Iterable[str]) -> Both | None:
    """The names of documents; None where there are none."""
    return joined(document(study, doc_id) for doc_id in doc_ids)


def provision(study: Study, clause_id: str) -> Both:
    """A provision in a sentence: document, pinpoint and heading."""
    row = study.clause[clause_id]
    place = {"document": document(study, row.doc_id), "pinpoint": Link(row.pinpoint, clause_id)}
    heading = heading_of(row)
    return phrase("provision" if heading else "plain_provision", heading=heading, **place)


def pair_score(row: Any) -> Link:
    """The score of two provisions."""
    return Link(f"{row.score:.2f}", row.clause_id, match_id=row.match_id)


def number(row: Any) -> Both:
    """The number of an aligned row, in a sentence without star."""
    texts = (printed_quantity(row, lang, star=False) for lang in LANGS)
    return Both(*(Link(text, row.clause_id, target_id=row.target_id) for text in texts))


def indicator(row: Any) -> Both:
    """The name of the indicator of an aligned row."""
    return Both(row.indicator_zh, row.indicator_en)


def highest(counts: pd.Series) -> list[Any]:
    """Where the values are highest, each label of equal ones; nowhere if all are the same.

    >>> highest(pd.Series({"a": 1, "b": 3, "c": 3})), highest(pd.Series({"a": 1, "b": 1}))
    (['b', 'c'], [])
    """
    return list(counts.index[counts == counts.max()]) if counts.nunique() > 1 else []


def lowest(counts: pd.Series) -> list[Any]:
    """Where the values are lowest, as ``highest``."""
    return highest(-counts)
