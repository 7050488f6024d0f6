"""Tables over a whole study: the sample, the pairs of texts, what is closest, what highest."""

import numpy as np
import pandas as pd

from ipcompare.arguments import check_arguments
from ipcompare.frames import columns_of
from ipcompare.quantities.evidence import Evidence, evidence
from ipcompare.study.making import Study
from ipcompare.wording.distinctive import kwic
from ipcompare.wording.explain import SideBySide, side_by_side
from ipcompare.wording.similarity import with_headings


def document_summary(study: Study) -> pd.DataFrame:
    """One row a document: ``doc_id, title, issuer, date_issued``, counts, the closest document.

    ``n_provision`` numbered provisions, ``n_target`` and ``n_incentive`` quantities of these
    kinds; ``closest`` the document with the highest cosine and ``similarity`` that cosine,
    missing where there is no other document.
    """
    table = study.corpus.table.set_index("doc_id")[["title", "issuer", "date_issued"]]
    numbered = study.provisions.groupby("doc_id").size()
    table["n_provision"] = numbered.reindex(table.index, fill_value=0)
    for kind in ("target", "incentive"):
        counts = study.targets[study.targets["kind"] == kind].groupby("doc_id").size()
        table[f"n_{kind}"] = counts.reindex(table.index, fill_value=0)
    others = study.similarity.mask(np.eye(len(study.similarity), dtype=bool))
    others = others.reindex(table.index).dropna(how="all")
    table["closest"] = others.idxmax(axis=1)
    table["similarity"] = others.max(axis=1)
    return table.reset_index()


def sample_table(study: Study) -> pd.DataFrame:
    """One row a document (政策样本一览表): what it is, how long, and what was found in it.

    ``doc_id, title, doc_number, issuer, level, date_issued``, ``n_chars`` without white space,
    ``n_provision``, ``n_quantity`` and of these ``n_target, n_incentive, n_unclear``; ``worst`` is
    the severity of the worst problem.
    """
    columns = ["title", "doc_number", "issuer", "level", "date_issued"]
    table = study.corpus.table.set_index("doc_id")[columns]
    table["n_chars"] = [len("".join(d.text.split())) for d in study.corpus.documents]

    def counted(rows: pd.DataFrame) -> pd.Series:
        return rows.groupby("doc_id", observed=True).size().reindex(table.index, fill_value=0)

    table["n_provision"], table["n_quantity"] = counted(study.provisions), counted(study.targets)
    for kind in ("target", "incentive", "unclear"):
        table[f"n_{kind}"] = counted(study.targets[study.targets["kind"] == kind])
    worst = study.problems.groupby("doc_id")["severity"].min()
    table["worst"] = worst.reindex(table.index).astype("Int64")
    return table.reset_index()


def document_pairs(study: Study) -> pd.DataFrame:
    """``a, b, score``: every two documents, in both directions."""
    ids = list(study.similarity.index)
    rows = [(a, b, study.similarity.at[a, b]) for a in ids for b in ids if a != b]
    return pd.DataFrame(rows, columns=["a", "b", "score"])


def closest_matches(study: Study, *, weakest: bool = False) -> pd.DataFrame:
    """Each specific provision with the specific one of another text most like it, best first.

    The rows of ``match_clauses`` with the highest ``score`` of their provision; ``weakest`` turns
    the order round. Provisions that share no term with any other are left out.
    """
    pairs = study.all_matches
    own = pairs["clause_id"].isin(study.specific) & pairs["match_id"].isin(study.specific)
    order = ["score", "rank_score", "clause_id"]
    found = pairs[own & (pairs["score"] > 0)]
    found = found.sort_values(order, ascending=[False, False, True], kind="stable")
    best = found.drop_duplicates("clause_id")
    return best.sort_values(order, ascending=[weakest, weakest, True], ignore_index=True)


def weakest_matches(study: Study, *, top: int = 15) -> pd.DataFrame:
    """The specific provisions least like any other, with the one nearest and both headings.

    ``clause_id, heading, match_id, score, mutual, match_heading``; the weakest first.
    """
    check_arguments(top=top)
    weakest = with_headings(closest_matches(study, weakest=True).head(top), study.clauses)
    return weakest[["clause_id", "heading", "match_id", "score", "mutual", "match_heading"]]


def explained_best(study: Study) -> SideBySide | None:
    """The two specific provisions most alike, side by side; None where no two share a term."""
    best = closest_matches(study)
    if best.empty:
        return None
    pair = best.iloc[0]
    return side_by_side(study.clauses, pair["clause_id"], pair["match_id"], corpus=study.corpus)


def strongest_term(study: Study, *, top: int = 6) -> pd.DataFrame:
    """The term that sets one document most apart, in its context: the first rows of ``kwic``."""
    if study.terms.empty:
        return pd.DataFrame(columns=columns_of("kwic"))
    first = study.terms.loc[study.terms["z"].idxmax()]
    own = study.clauses[study.clauses["doc_id"] == first["doc_id"]]
    return kwic(own, first["term"]).head(top)


def highest_target(study: Study) -> Evidence | None:
    """The evidence of the highest figure of the largest comparable group; None without any."""
    ranked = study.shared[study.shared["rank"] == 1]
    if ranked.empty:
        return None
    return evidence(ranked["target_id"].iloc[0], study.clauses, study.targets)
