"""One set of facts, said in sentences: the findings of the report and of the notebooks.

The sentences stand in ``data/words/findings.toml``; a function of the same name computes the values
of each from the tables. A sentence with a value that is missing is left out.
"""

import math
import re
import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from ipcompare.citations import cite
from ipcompare.data import read_toml
from ipcompare.facts import of_checks, of_documents, of_matches, of_payments, of_targets, of_wording
from ipcompare.facts.values import Both, Facts, Link, Values, in_language
from ipcompare.frames import unknown_id
from ipcompare.study import Study
from ipcompare.words import LANGS, word

SENTENCES = "words/findings.toml"
FACTS: Facts = (
    of_documents.FACTS | of_matches.FACTS | of_wording.FACTS | of_targets.FACTS
    | of_payments.FACTS | of_checks.FACTS
)  # fmt: skip
_MARKDOWN = re.compile(r"([\\`*_\[<&$~])")


class Writer(NamedTuple):
    """How sentences are written: the type of their text, and what becomes of a Link."""

    text: type[str]
    link: Callable[[Link], str]


PLAIN = Writer(str, lambda link: link.text)


@dataclass(frozen=True)
class Finding:
    """What the tables say on one question: a sentence, what supports it, what it cites.

    A notebook shows it in Chinese and in English; ``str`` is the same as plain text. ``chapter``
    is that of the report, empty where only the notebooks say it.
    """

    id: str
    chapter: str
    say: Both
    more: Both
    cited: tuple[str, ...]

    def __str__(self) -> str:
        zh = self.say.zh + self.more.zh + " ".join(self.cited)
        return f"{zh}\n\n{self.say.en} {self.more.en}".rstrip()

    def _repr_markdown_(self) -> str:
        return _escaped(str(self))


@dataclass(frozen=True)
class Answer:
    """The first sentences of some findings: the answer to the question of a notebook."""

    say: Both

    def __str__(self) -> str:
        return "\n\n".join(self.say)

    def _repr_markdown_(self) -> str:
        heads = (f"**{word('phrases.answer', n)}**{word('punctuation.colon', n)}" for n in LANGS)
        said = map(_escaped, self.say)
        return "\n\n".join(head + text for head, text in zip(heads, said, strict=True))


def finding(id: str, study: Study, *, writer: Writer = PLAIN, **about: Any) -> Finding | None:
    """The finding ``id`` of ``findings.toml``; None where there is nothing to say.

    ``about`` is what it needs besides the study, mostly the table that it reads:
    ``finding("coverage", study, shares=shares)``; where it is None there is nothing to
    say. Raises KeyError for an unknown id.
    """
    entries = {entry["id"]: entry for entry in read_toml(SENTENCES)["finding"]}
    if id not in entries:
        raise KeyError(unknown_id(id, "finding", entries))
    if any(table is None for table in about.values()):
        return None
    entry, values = entries[id], FACTS[id](study, **about)
    say = _written(entry["say"], values, writer)
    if values is None or not say:
        return None
    more = _read_on(_written(entry.get("more", []), values, writer), writer)
    cited = [cite(study.corpus, at, clauses=study.clauses) for at in values.get("cited", ())]
    return Finding(id, entry.get("chapter", ""), say[0], more, tuple(cited))


def answer(*findings: Finding | None) -> Answer | None:
    """The first sentence of each finding; None where there is none."""
    said = [found.say for found in findings if found]
    return Answer(_read_on(said, PLAIN)) if said else None


def report_findings() -> list[str]:
    """The ids of the findings that have a chapter in the report, in its order."""
    return [entry["id"] for entry in read_toml(SENTENCES)["finding"] if "chapter" in entry]


def placeholders(pair: Sequence[str]) -> set[str]:
    """The names in braces of a sentence, in either language."""
    parts = (part for text in pair for part in string.Formatter().parse(text))
    return {name for _, name, _, _ in parts if name}


def _written(sentences: list[list[str]], values: Values | None, writer: Writer) -> list[Both]:
    """The sentences whose values all exist; none where there are no values at all."""
    if values is None:
        return []
    known = {name for name, value in values.items() if not _missing(value)}
    return [_sentence(pair, values, writer) for pair in sentences if placeholders(pair) <= known]


def _missing(value: Any) -> bool:
    return value is None or isinstance(value, float) and math.isnan(value)


def _sentence(pair: list[str], values: Values, writer: Writer) -> Both:
    said = [
        {name: _text(in_language(value, n), writer) for name, value in values.items()}
        for n in (0, 1)
    ]
    return Both(*(writer.text(text).format(**own) for text, own in zip(pair, said, strict=True)))


def _text(value: Any, writer: Writer) -> Any:
    """A value as it stands in a sentence; a number stays one, for its format."""
    if isinstance(value, Link):
        return writer.link(value)
    if isinstance(value, list):
        return writer.text("").join(_text(part, writer) for part in value)
    return value


def _read_on(sentences: list[Both], writer: Writer) -> Both:
    """Sentences in a row."""
    marks = enumerate(("", " "))
    return Both(*(writer.text(mark).join(said[n] for said in sentences) for n, mark in marks))


def _escaped(text: str) -> str:
    """Plain text for Markdown: a heading with a star in it stays as it is."""
    return _MARKDOWN.sub(r"\\\1", text)
