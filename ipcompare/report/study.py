"""What the report is made of: every table of a corpus, its names and words in two languages."""

import functools
from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

from ipcompare.checks.robustness import pair_robustness
from ipcompare.citations import document_names
from ipcompare.clauses.table import clause_table
from ipcompare.corpus import Corpus
from ipcompare.exports.presenting import code_word, column_title
from ipcompare.frames import PROVISIONS
from ipcompare.indicators.align import align_targets, qualitative_mentions
from ipcompare.indicators.matrices import target_coverage
from ipcompare.quantities.extract import extract_targets
from ipcompare.wording.similarity import document_similarity, match_clauses
from ipcompare.words import LANGS, word

MOST_PAIRED = 12  # documents; the bootstrap of many more takes long


@dataclass(frozen=True)
class Study:
    """A corpus and the tables made from it."""

    corpus: Corpus
    clauses: pd.DataFrame
    similarity: pd.DataFrame
    matches: pd.DataFrame
    targets: pd.DataFrame
    aligned: pd.DataFrame
    coverage: pd.DataFrame
    qualitative: pd.DataFrame

    @functools.cached_property
    def zh(self) -> dict[str, str]:
        """The Chinese name of each document, in corpus order."""
        return document_names(self.corpus)

    @functools.cached_property
    def en(self) -> dict[str, str]:
        """The English name of each document, in corpus order."""
        return document_names(self.corpus, lang="en")

    @functools.cached_property
    def pairs(self) -> pd.DataFrame | None:
        """The similarities with their intervals; None where there are too many to draw."""
        some = 2 <= len(self.similarity) <= MOST_PAIRED
        return pair_robustness(self.clauses) if some else None

    @functools.cached_property
    def provisions(self) -> pd.DataFrame:
        """The numbered provisions."""
        return self.clauses[self.clauses["role"].isin(PROVISIONS)]

    @functools.cached_property
    def clause(self) -> dict[str, Any]:
        """The rows of the clause table by clause_id."""
        return {row.clause_id: row for row in self.clauses.itertuples()}

    @functools.cached_property
    def target(self) -> dict[str, Any]:
        """The rows of the target table by target_id."""
        return {row.target_id: row for row in self.targets.itertuples()}


def study(
    corpus: Corpus, *, clauses: pd.DataFrame | None = None, matches: pd.DataFrame | None = None,
    targets: pd.DataFrame | None = None,
) -> Study:  # fmt: skip
    """Make the tables of a corpus; those that are given (corrected by hand) are kept."""
    clauses = clause_table(corpus) if clauses is None else clauses
    targets = extract_targets(clauses) if targets is None else targets
    aligned = align_targets(targets)
    return Study(
        corpus, clauses, document_similarity(clauses),
        match_clauses(clauses) if matches is None else matches,
        targets, aligned, target_coverage(targets, aligned), qualitative_mentions(clauses),
    )  # fmt: skip


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


# --- the tables that no other module makes --------------------------------------------------------


def document_pairs(made: Study) -> pd.DataFrame:
    """``a, b, score``: every two documents, in both directions."""
    ids = list(made.similarity.index)
    rows = [(a, b, made.similarity.at[a, b]) for a in ids for b in ids if a != b]
    return pd.DataFrame(rows, columns=["a", "b", "score"])


def weakest_matches(made: Study, *, top: int = 15) -> pd.DataFrame:
    """The provisions whose best counterpart scores least."""
    best = made.matches[made.matches["rank"] == 1]
    return best.sort_values(["score", "clause_id"]).head(top)
