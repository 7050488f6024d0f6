"""The figures of a study by the id of their exhibit, each in a form that its texts allow."""

from collections.abc import Callable

import pandas as pd
from matplotlib.figure import Figure

from ipcompare.arguments import check_arguments
from ipcompare.citations import DocumentNames
from ipcompare.figures.certainty import (
    plot_similarity_range,
    plot_similarity_robustness,
)
from ipcompare.figures.citing import plot_references
from ipcompare.figures.covered import plot_coverage
from ipcompare.figures.duties import plot_department_functions
from ipcompare.figures.goals import plot_target_kinds, plot_target_ladder
from ipcompare.figures.overview import (
    closest_pairs,
    plot_clause_matches,
    plot_corpus_overview,
    plot_document_similarity,
)
from ipcompare.figures.profiles import (
    plot_clause_correspondence,
    plot_distinctive_terms,
    plot_theme_profile,
)
from ipcompare.figures.reproduced import plot_reproduction
from ipcompare.figures.trends import comparable_targets, plot_target_trend
from ipcompare.frames import unknown_id
from ipcompare.study import Study
from ipcompare.wording.coverage import MATCH_THRESHOLD, coverage
from ipcompare.wording.similarity import match_clauses

CLOSEST = 12  # pairs of provisions
COVERED = 12  # documents whose coverage is drawn
MANY = 12  # beyond so many, values over years and panels of provinces say more than bars


# Of which documents a figure has most to show, and how many of them it holds.
DRAWN: dict[str, tuple[Callable[[Study], pd.DataFrame], int]] = {
    "corpus-overview": (lambda made: made.provisions, 40),
    "target-kinds": (lambda made: made.targets, 40),
    "target-ladder": (lambda made: made.shared, 6),
    "department-functions": (lambda made: made.provisions[made.provisions["units"].map(bool)], 20),
    "theme-shares": (lambda made: made.themes, 40),
    "terms-apart": (lambda made: made.terms, 20),
    "references-map": (lambda made: made.references, 28),
    "reproduction-bars": (lambda made: made.clauses, 20),
}


def drawn_documents(study: Study, id: str) -> list[str]:
    """The documents that the figure of an exhibit shows: all, or of many those with most in it."""
    every = list(study.zh)
    rows, most = DRAWN.get(id, (lambda made: made.clauses, len(every)))
    if len(every) <= most:
        return every
    counts = rows(study)["doc_id"].value_counts().reindex(every, fill_value=0)
    counts = counts.sort_values(ascending=False, kind="stable").head(most)
    chosen = set(counts.index[counts > 0]) or set(every[:most])
    return [doc_id for doc_id in every if doc_id in chosen]


def figure_of(
    study: Study, id: str, *, lang: str = "zh", threshold: float = MATCH_THRESHOLD
) -> Figure | None:
    """The figure of an exhibit for these texts; None where they have nothing to draw in it.

    Of many texts it shows those of which it has most to show (``drawn_documents``).
    ``threshold`` is the score from which a counterpart counts. Raises KeyError for an unknown id.
    """
    check_arguments(threshold=threshold)
    if id in OTHERS:
        return OTHERS[id](study, lang, threshold)
    if id not in FIGURES:
        raise KeyError(unknown_id(id, "figure", [*FIGURES, *OTHERS]))
    return FIGURES[id](study, lang)


def _names(made: Study, id: str) -> DocumentNames:
    """The names of the documents that a figure shows, in the language of the figure."""
    return made.zh.only(drawn_documents(made, id))


def _overview(made: Study, lang: str) -> Figure | None:
    if made.clauses.empty:
        return None
    return plot_corpus_overview(made.clauses, names=_names(made, "corpus-overview"), lang=lang)


def _similarity(made: Study, lang: str) -> Figure | None:
    names = made.zh.only(made.similarity.index)
    if len(names) < 2:
        return None
    if made.pairs is None:
        return plot_document_similarity(made.similarity, names=names, lang=lang)
    return plot_similarity_range(made.pairs, names=names, lang=lang)


def _closest(made: Study, lang: str) -> Figure | None:
    if closest_pairs(made.all_matches, made.clauses, top=1).empty:
        return None
    options = {"names": made.zh, "lang": lang, "top": CLOSEST}
    return plot_clause_matches(made.all_matches, made.clauses, **options)


def _kinds(made: Study, lang: str) -> Figure | None:
    if made.targets.empty:
        return None
    return plot_target_kinds(made.targets, names=_names(made, "target-kinds"), lang=lang)


def _ladder(made: Study, lang: str) -> Figure | None:
    """The targets of some texts side by side; of many their values over years."""
    if len(made.zh) > MANY and comparable_targets(made.aligned)["indicator"].duplicated().any():
        return plot_target_trend(made.aligned, made.corpus.table, lang=lang)
    names = _names(made, "target-ladder")
    rows = made.shared[made.shared["doc_id"].isin(list(names))]
    if not (rows.groupby("indicator")["doc_id"].nunique() > 1).any():
        return None
    return plot_target_ladder(rows, qualitative=made.qualitative, names=names, lang=lang)


def _departments(made: Study, lang: str) -> Figure | None:
    if not made.provisions["units"].map(bool).any():
        return None
    options = {"names": _names(made, "department-functions"), "lang": lang}
    return plot_department_functions(made.clauses, **options)


def _themes(made: Study, lang: str) -> Figure | None:
    if made.theme_profile.empty:
        return None
    return plot_theme_profile(made.theme_profile, names=_names(made, "theme-shares"), lang=lang)


def _terms(made: Study, lang: str) -> Figure | None:
    if made.terms.empty:
        return None
    return plot_distinctive_terms(made.terms, names=_names(made, "terms-apart"), lang=lang)


def _reproduction(made: Study, lang: str) -> Figure | None:
    if len(made.whole.documents) < 2:
        return None
    names = _names(made, "reproduction-bars")
    return plot_reproduction(made.reproduction, names=names, lang=lang)


def _robustness(made: Study, lang: str, threshold: float) -> Figure | None:
    if made.pairs is None:
        return None
    return plot_similarity_robustness(made.pairs, made.specified, names=made.zh, lang=lang)


def _coverage_map(made: Study, lang: str, threshold: float) -> Figure | None:
    if len(made.zh) > COVERED:
        return None
    shares = coverage(made.clauses, threshold=threshold, judged=made.judged)
    return None if shares.empty else plot_coverage(shares, names=made.zh, lang=lang)


def _ribbons(made: Study, lang: str, threshold: float) -> Figure | None:
    """The provisions of the two closest texts."""
    if made.closest_pair is None:
        return None
    options = {"threshold": threshold, "names": made.zh.only(made.closest_pair), "lang": lang}
    own = made.clauses[made.clauses["doc_id"].isin(made.closest_pair)]
    return plot_clause_correspondence(match_clauses(own, top_n=None), made.clauses, **options)


def _references(made: Study, lang: str) -> Figure | None:
    if made.references.empty:
        return None
    names = _names(made, "references-map")
    return plot_references(made.references, made.corpus, names=names, lang=lang)


FIGURES: dict[str, Callable[[Study, str], Figure | None]] = {
    "corpus-overview": _overview,
    "document-similarity-map": _similarity,
    "closest-clauses": _closest,
    "target-kinds": _kinds,
    "target-ladder": _ladder,
    "department-functions": _departments,
    "theme-shares": _themes,
    "terms-apart": _terms,
    "reproduction-bars": _reproduction,
    "references-map": _references,
}

# Those that the page of the report does not draw itself.
OTHERS: dict[str, Callable[[Study, str, float], Figure | None]] = {
    "similarity-robustness": _robustness,
    "coverage-map": _coverage_map,
    "clause-ribbons": _ribbons,
}
