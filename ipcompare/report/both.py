"""What the report says in two languages, of which the page shows one."""

from typing import Any

from markupsafe import Markup, escape

from ipcompare.exports.presenting import code_word, column_title
from ipcompare.study import Study
from ipcompare.words import LANGS, word


def both(zh: Any, en: Any) -> Markup:
    """A text in both languages, of which the page shows one; escaped.

    >>> both("表", "Table")
    Markup('<span class="zh">表</span><span class="en" lang="en">Table</span>')
    """
    if zh == en:
        return escape(zh)
    return Markup('<span class="zh">{}</span><span class="en" lang="en">{}</span>').format(zh, en)


def words(key: str, **values: Any) -> Markup:
    """A word of ``words.toml`` in both languages.

    >>> words("captions.table")
    Markup('<span class="zh">表</span><span class="en" lang="en">Table</span>')
    """
    return both(*(word(key, lang, **values) for lang in LANGS))


def coded(column: str, value: str) -> Markup:
    """A coded value or a theme in both languages."""
    return both(*(code_word(column, value, lang) for lang in LANGS))


def title(column: str, exhibit: str = "") -> Markup:
    """The title of a column in both languages."""
    return both(*(column_title(column, lang, exhibit=exhibit) for lang in LANGS))


def doc_name(made: Study, doc_id: str) -> Markup:
    """The short name of a document in both languages; its id where it is not in the corpus."""
    return both(made.zh.get(doc_id, doc_id), made.en.get(doc_id, doc_id))
