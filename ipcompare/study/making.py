"""A corpus and every table made from it, each made once."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from ipcompare.checks.judgements import read_judgements
from ipcompare.checks.robustness import (
    pair_robustness,
    similarity_robustness,
    specification_scores,
    without_phrases,
)
from ipcompare.citations import DocumentNames, document_names
from ipcompare.clauses.table import clause_table
from ipcompare.corpus import REFERENCE, Corpus
from ipcompare.frames import PROVISIONS, checked, order_documents
from ipcompare.indicators.align import align_targets, unaligned_targets
from ipcompare.indicators.context import Context, read_context
from ipcompare.indicators.in_words import qualitative_mentions
from ipcompare.indicators.matrices import target_coverage
from ipcompare.indicators.ordering import checked_aligned
from ipcompare.indicators.raising import raised_targets
from ipcompare.indicators.shared import shared_targets
from ipcompare.quantities.extract import extract_targets
from ipcompare.study.correcting import correction_table
from ipcompare.wording.correspondence import correspondence_table
from ipcompare.wording.coverage import MATCH_THRESHOLD
from ipcompare.wording.distinctive import distinctive_terms, prior_sensitivity
from ipcompare.wording.novelty import novelty, reproduction
from ipcompare.wording.provision_types import SPECIFIC, provision_types
from ipcompare.wording.reuse import reuse_shares, shared_passages
from ipcompare.wording.similarity import document_similarity, match_clauses
from ipcompare.wording.themes import clause_themes, theme_profile

FIRST = 3  # matches of a provision that are listed
MOST_PAIRED = 12  # documents; the bootstrap of many more takes long
MOST_COMPARED = 40  # of more texts not every pair is looked at
NEAREST = 10  # matches of a provision of many texts
MOST_HOLDERS = 50  # places of a run of characters at which a passage of many texts begins


@dataclass(frozen=True)
class Study:
    """A corpus and its tables, each made when first asked for, once.

    ``given`` are tables that stand in for those that would be made (``{"targets": corrected}``):
    made with other options. What is made from them follows. A table of clauses that is given has
    the corrections that it carries, no others.

    ``whole`` is the corpus as given, ``corpus`` the texts of it that are reported on. Reference
    texts (``use`` in the record) take part in ``compared``, ``passages``, ``reuse``, ``novelty``
    and ``reproduction``, where the others are compared with them, and in ``with_references``.

    >>> from ipcompare.corpus import Corpus, Document
    >>> study = Study(Corpus((Document("a", "一、目标\\n到2020年，培育5家企业。"),)))
    >>> list(study.targets["number"])
    ['5']
    """

    whole: Corpus
    given: Mapping[str, pd.DataFrame] = field(default_factory=dict)

    @functools.cached_property
    def corpus(self) -> Corpus:
        """The texts that are reported on."""
        return self.whole.reported

    def _table(self, name: str, make: Any) -> pd.DataFrame:
        if name not in self.given:
            return make()
        given = self.given[name]
        return checked_aligned(given) if name == "aligned" else checked(given, name)

    @functools.cached_property
    def clauses(self) -> pd.DataFrame:
        """``clause_table``"""
        return self._table("clauses", lambda: clause_table(self.corpus))

    @functools.cached_property
    def corrections(self) -> pd.DataFrame:
        """``correction_table``: what was corrected in these texts, and by whom."""
        return correction_table(self.compared, self.whole.corrections)

    @functools.cached_property
    def compared(self) -> pd.DataFrame:
        """``clauses`` with those of the reference texts, in the order of the record."""
        beside = [d for d in self.whole.documents if d.use == REFERENCE]
        if not beside:
            return self.clauses
        others = clause_table(replace(self.whole, documents=tuple(beside)))
        both = [frame.astype({"doc_id": str}) for frame in (self.clauses, others)]
        return checked(order_documents(pd.concat(both), self.whole), "clauses")

    @functools.cached_property
    def with_references(self) -> "Study":
        """The study of all texts as if each were reported on: similarities to reference texts,
        matches and targets of theirs. Itself where there are none.
        """
        if self.corpus is self.whole:
            return self
        every = tuple(replace(document, use=None) for document in self.whole.documents)
        return Study(replace(self.whole, documents=every), {"clauses": self.compared})

    @functools.cached_property
    def targets(self) -> pd.DataFrame:
        """``extract_targets``"""
        return self._table("targets", lambda: extract_targets(self.clauses))

    @functools.cached_property
    def aligned(self) -> pd.DataFrame:
        """``align_targets``"""
        return self._table(
            "aligned", lambda: align_targets(self.targets, indicators=self.corpus.indicators)
        )

    @functools.cached_property
    def matches(self) -> pd.DataFrame:
        """``match_clauses``: the three that rank first for each leaf provision."""
        return self._table("matches", self._first_matches)

    def _first_matches(self) -> pd.DataFrame:
        """Of a few documents from all pairs, which figures need anyway."""
        if len(self.corpus.documents) > MOST_PAIRED:
            return match_clauses(self.clauses)
        return self.all_matches[self.all_matches["rank"] <= FIRST].reset_index(drop=True)

    @functools.cached_property
    def all_matches(self) -> pd.DataFrame:
        """``match_clauses(top_n=None)``: every pair that shares a term or a counterpart's; of
        more than ``MOST_COMPARED`` documents the ``NEAREST`` that rank first.
        """
        return match_clauses(self.clauses, top_n=NEAREST if self.many else None)

    def measures(self, threshold: float = MATCH_THRESHOLD) -> pd.DataFrame:
        """``correspondence_table``, which has a column a document; without rows of more than
        ``MOST_COMPARED`` documents, whose ``matches`` say the same in long form.
        """
        if self.many:
            return correspondence_table(self.clauses.iloc[:0], threshold=threshold)
        return correspondence_table(self.clauses, matches=self.all_matches, threshold=threshold)

    @functools.cached_property
    def types(self) -> pd.DataFrame:
        """``provision_types``"""
        return provision_types(self.clauses)

    @functools.cached_property
    def specific(self) -> frozenset[str]:
        """The clause_ids of the specific provisions: no guiding thought, goal, standing one."""
        own = self.types.loc[self.types["type"] == SPECIFIC, "clause_id"]
        return frozenset(own)

    @functools.cached_property
    def judged(self) -> frozenset[str]:
        """The documents whose matches were read and judged, by ``gold/matches.jsonl``."""
        folder = self.corpus.folder
        gold = folder / "gold" / "matches.jsonl" if folder else None
        if gold is None or not gold.is_file():
            return frozenset()
        pairs = read_judgements(gold)
        return frozenset(pairs["clause_id"].str.partition("#")[0])

    @functools.cached_property
    def qualitative(self) -> pd.DataFrame:
        """``qualitative_mentions``"""
        return qualitative_mentions(self.clauses, indicators=self.corpus.indicators)

    @functools.cached_property
    def unaligned(self) -> pd.DataFrame:
        """``unaligned_targets``"""
        return unaligned_targets(self.targets, self.aligned, indicators=self.corpus.indicators)

    @functools.cached_property
    def context(self) -> Context:
        """``read_context``: the population, GDP and base values entered beside the texts."""
        return read_context(self.corpus)

    @functools.cached_property
    def shared(self) -> pd.DataFrame:
        """``shared_targets``"""
        return shared_targets(self.aligned, self.corpus, context=self.context)

    @functools.cached_property
    def raised(self) -> pd.DataFrame:
        """``raised_targets``: of each text and its parents, reference texts among them."""
        every = self.with_references
        about = {"targets": every.targets, "context": self.context}
        return raised_targets(every.aligned, self.whole, **about)

    @functools.cached_property
    def coverage(self) -> pd.DataFrame:
        """``target_coverage``"""
        return target_coverage(self.targets, self.aligned, indicators=self.corpus.indicators)

    @functools.cached_property
    def similarity(self) -> pd.DataFrame:
        """``document_similarity``"""
        return document_similarity(self.clauses)

    @functools.cached_property
    def pairs(self) -> pd.DataFrame | None:
        """``pair_robustness``; None for one document or too many to draw."""
        some = 2 <= len(self.corpus.documents) <= MOST_PAIRED
        return pair_robustness(self.clauses, scores=self.specified) if some else None

    @functools.cached_property
    def specified(self) -> pd.DataFrame:
        """``specification_scores``: a row a pair of documents, a column a specification."""
        return pd.DataFrame(specification_scores(self.clauses))

    @functools.cached_property
    def specifications(self) -> pd.DataFrame:
        """``similarity_robustness``"""
        return similarity_robustness(self.clauses, scores=self.specified)

    @functools.cached_property
    def closest_pair(self) -> tuple[str, str] | None:
        """The two documents with the highest similarity; None for one document."""
        same = np.eye(len(self.similarity), dtype=bool)
        scores = self.similarity.mask(same).stack().dropna()
        return None if scores.empty else scores.idxmax()

    @functools.cached_property
    def pairs_without_phrases(self) -> pd.DataFrame | None:
        """``without_phrases``; None where there are no ``pairs``."""
        return None if self.pairs is None else without_phrases(self.pairs, self.clauses)

    @functools.cached_property
    def passages(self) -> pd.DataFrame:
        """``shared_passages``; of many documents without wording that most of them share."""
        most = MOST_HOLDERS if self.many else None
        return shared_passages(self.whole, clauses=self.compared, most_holders=most)

    @functools.cached_property
    def reuse(self) -> pd.DataFrame:
        """``reuse_shares``; of many documents for the pairs that share a passage."""
        pairs = self.linked_pairs
        return reuse_shares(self.passages, self.whole, clauses=self.compared, pairs=pairs)

    @property
    def many(self) -> bool:
        """Whether there are more documents than ``MOST_COMPARED``."""
        return len(self.corpus.documents) > MOST_COMPARED

    @functools.cached_property
    def novelty(self) -> pd.DataFrame:
        """``novelty``"""
        return novelty(self.whole, clauses=self.compared)

    @functools.cached_property
    def reproduction(self) -> pd.DataFrame:
        """``reproduction``"""
        return reproduction(self.passages, self.whole, clauses=self.compared)

    @functools.cached_property
    def linked_pairs(self) -> list[tuple[str, str]] | None:
        """The pairs of many documents that share a passage, and each document with its parents
        and the reference texts; None for a few: all.
        """
        if not self.many:
            return None
        ends = self.passages[["doc_a", "doc_b"]].drop_duplicates()
        pairs = {frozenset(pair) for pair in ends.itertuples(index=False)}
        beside = [d.doc_id for d in self.whole.documents if d.use == REFERENCE]
        for document in self.corpus.documents:
            pairs |= {frozenset((document.doc_id, other)) for other in (*beside, *document.parents)}
        order = {d.doc_id: n for n, d in enumerate(self.whole.documents)}
        known = (pair for pair in pairs if pair <= order.keys())
        found = (sorted(pair, key=order.__getitem__) for pair in known)
        return sorted(((a, b) for a, b in found), key=lambda pair: [order[one] for one in pair])

    @functools.cached_property
    def terms(self) -> pd.DataFrame:
        """``distinctive_terms``"""
        return distinctive_terms(self.clauses)

    @functools.cached_property
    def terms_by_prior(self) -> pd.DataFrame:
        """``prior_sensitivity``"""
        return prior_sensitivity(self.clauses)

    @functools.cached_property
    def themes(self) -> pd.DataFrame:
        """``clause_themes``"""
        return clause_themes(self.clauses)

    @functools.cached_property
    def theme_profile(self) -> pd.DataFrame:
        """``theme_profile``"""
        return theme_profile(self.clauses, assigned=self.themes)

    @functools.cached_property
    def problems(self) -> pd.DataFrame:
        """``corpus_problems``"""
        from ipcompare.checks.problems import corpus_problems  # a comparison need not wait

        return corpus_problems(self.whole, self.compared, self.targets, self.unaligned)

    @functools.cached_property
    def references(self) -> pd.DataFrame:
        """``references.references``: the documents that the texts name."""
        from ipcompare.references import references

        return references(self.clauses, self.whole)

    @functools.cached_property
    def followed(self) -> pd.DataFrame:
        """``references.followed_documents``: what each text as a whole is made after."""
        from ipcompare.references import followed_documents

        return followed_documents(self.references, self.clauses)

    @functools.cached_property
    def zh(self) -> DocumentNames:
        """The Chinese name of each document, in corpus order."""
        return document_names(self.whole)

    @functools.cached_property
    def en(self) -> DocumentNames:
        """The English name of each document, in corpus order."""
        return document_names(self.whole, lang="en")

    @functools.cached_property
    def pinpoints(self) -> dict[str, str]:
        """The pinpoint of each clause by clause_id."""
        return dict(zip(self.compared["clause_id"], self.compared["pinpoint"], strict=True))

    @functools.cached_property
    def provisions(self) -> pd.DataFrame:
        """The numbered provisions."""
        return self.clauses[self.clauses["role"].isin(PROVISIONS)]

    @functools.cached_property
    def goals(self) -> pd.DataFrame:
        """The headline targets of the aligned table."""
        rows = self.aligned
        return rows[(rows["kind"] == "target") & rows["headline"]]

    @functools.cached_property
    def clause(self) -> dict[str, Any]:
        """The rows of the clause table by clause_id."""
        return {row.clause_id: row for row in self.compared.itertuples()}

    @functools.cached_property
    def target(self) -> dict[str, Any]:
        """The rows of the target table by target_id."""
        return {row.target_id: row for row in self.with_references.targets.itertuples()}
