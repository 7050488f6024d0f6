"""What the report says in two languages, of which the page shows one."""

import functools
from typing import Any

from markupsafe import Markup, escape

from ipcompare.data import read_toml
from ipcompare.exports.declared import LANGS
from ipcompare.exports.presenting import column_title, table_words
from ipcompare.indicators.entries import rules
from ipcompare.study import Study

WORDS = "words/report.toml"


@functools.cache
def words() -> dict[str, Any]:
    """The words of the page and of all tables; every leaf is ``[Chinese, English]``."""
    return read_toml(WORDS) | table_words()


def both(zh: Any, en: Any) -> Markup:
    """A text in both languages, of which the page shows one; escaped.

    >>> both("表", "Table")
    Markup('<span class="zh">表</span><span class="en" lang="en">Table</span>')
    """
    if zh == en:
        return escape(zh)
    return Markup('<span class="zh">{}</span><span class="en" lang="en">{}</span>').format(zh, en)


def word(table: str, key: Any, **values: Any) -> Markup:
    """A word of ``words.toml`` in both languages; an unlisted one as it is."""
    found = words()
    for part in table.split("."):
        found = found.get(part, {})
    zh, en = found.get(str(key), (str(key), str(key)))
    return both(zh.format(**values), en.format(**values)) if values else both(zh, en)


def title(column: str, exhibit: str = "") -> Markup:
    """The title of a column in both languages."""
    return both(*(column_title(column, lang, exhibit=exhibit) for lang in LANGS))


def theme(name: str) -> Markup:
    """A theme of the indicators in both languages."""
    return both(name, rules().themes.get(name, name))


def doc_name(made: Study, doc_id: str) -> Markup:
    """The short name of a document in both languages; its id where it is not in the corpus."""
    return both(made.zh.get(doc_id, doc_id), made.en.get(doc_id, doc_id))
