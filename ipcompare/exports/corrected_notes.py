"""What exhibits and evidence say of corrections by hand."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ipcompare.data import read_toml
from ipcompare.exports.declared import Exhibit
from ipcompare.words import LANGS, value_word, word

RULES = "corrections.toml"
TEXTS = "texts"  # all exhibits that are made from the texts
SOURCE = "corpus/texts"


def corrected_exhibit(exhibit: Exhibit, fields: Iterable[str]) -> Exhibit:
    """The exhibit with a note that says on how many corrections it rests; itself where on none.

    ``fields`` are those that were corrected, once for each correction (``corrections.toml`` says
    which exhibits rest on them).
    """
    n = sum(_rests(exhibit, field) for field in fields)
    if not n or exhibit.id == "corrections":
        return exhibit
    more = [word("corrections.note", lang, n=n) for lang in LANGS]
    zh, en = exhibit.note
    return replace(exhibit, note=(zh + more[0], f"{en} {more[1]}".strip()))


def _rests(exhibit: Exhibit, field: str) -> bool:
    part = next(part for part in read_toml(RULES)["part"] if field in part["fields"])
    everywhere = TEXTS in part["exhibits"] and SOURCE in exhibit.sources
    return everywhere or exhibit.id in part["exhibits"]


def correction_marks(value: str, lang: str) -> str:
    """The column ``corrected`` in words: ``† 完成年份（王）``.

    >>> correction_marks("deadline: 王; unit: 李", "en")
    '† year due (王); † unit (李)'
    """
    parts = [part.partition(": ") for part in value.split("; ") if part]
    said = [(value_word("field", field, lang), who) for field, _, who in parts]
    marks = (word("corrections.mark", lang, field=field, who=who) for field, who in said)
    return word("punctuation.semicolon", lang).join(marks)


def correction_in_words(one: Any, lang: str) -> str:
    """A correction as the evidence shows it: ``完成年份：2020 → 2019（王：核对原文）``."""
    empty = word("corrections.empty", lang)
    about = {"old": one.old or empty, "new": one.new or empty, "who": one.who, "why": one.why}
    return word("corrections.made", lang, field=value_word("field", one.field, lang), **about)
