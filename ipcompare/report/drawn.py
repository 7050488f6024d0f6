"""The figures of the report: SVG inside the page, with real text and links to the evidence."""

import re
from collections.abc import Callable

from markupsafe import Markup
from matplotlib.figure import Figure

from ipcompare.figures.certainty import plot_similarity_intervals
from ipcompare.figures.duties import plot_department_themes
from ipcompare.figures.goals import plot_target_coverage, plot_target_kinds, plot_target_ladder
from ipcompare.figures.incentive_rows import MOST
from ipcompare.figures.incentives import plot_incentives
from ipcompare.figures.linked import svg_for_page
from ipcompare.figures.overview import (
    plot_clause_matches,
    plot_corpus_overview,
    plot_document_similarity,
)
from ipcompare.figures.profiles import plot_distinctive_terms, plot_theme_profile
from ipcompare.figures.style import ONE_COLUMN
from ipcompare.study import Study

LADDER_DOCUMENTS = 6  # fit side by side
CLOSEST = 12

# Names of things in an SVG, and what refers to them. Every figure of a page needs its own.
_IDS = re.compile(r"""((?:\bid=|xlink:href=)"#?|url\(#)(?!e:)(?=[\w.-])""")
_WIDTH = re.compile(r'<svg [^>]*width="([\d.]+)pt"')
_HEAD = re.compile(r"^.*?(?=<svg)|\s*<metadata>.*?</metadata>| target=\"_blank\"", re.DOTALL)


def figure_svg(made: Study, id: str, lang: str) -> Markup | None:
    """One figure as SVG for the inside of a page; None where the corpus has nothing to draw."""
    fig = FIGURES[id](made, lang)
    return None if fig is None else page_svg(svg_for_page(fig), f"{id}-{lang}")


def page_svg(source: str, prefix: str) -> Markup:
    """An SVG file as part of a page: without XML prolog and metadata, its ids made unique."""
    svg = _IDS.sub(rf"\g<1>{prefix}-", _HEAD.sub("", source))
    width = float(_WIDTH.findall(svg)[0])
    size = "one" if width < ONE_COLUMN * 72 / 2.54 + 1 else "two"
    return Markup(svg.replace("<svg ", f'<svg class="{size}" ', 1))


def _names(made: Study, lang: str) -> dict[str, str]:
    return made.en if lang == "en" else made.zh


def _overview(made: Study, lang: str) -> Figure | None:
    if made.clauses.empty:
        return None
    return plot_corpus_overview(made.clauses, names=_names(made, lang), lang=lang)


def _similarity(made: Study, lang: str) -> Figure | None:
    names = {k: v for k, v in _names(made, lang).items() if k in made.similarity.index}
    if len(names) < 2:
        return None
    if made.pairs is None:
        return plot_document_similarity(made.similarity, names=names, lang=lang)
    return plot_similarity_intervals(made.pairs, names=names, lang=lang)


def _closest(made: Study, lang: str) -> Figure | None:
    if made.matches.empty:
        return None
    options = {"names": _names(made, lang), "lang": lang, "top": CLOSEST}
    return plot_clause_matches(made.matches, made.clauses, **options)


def _kinds(made: Study, lang: str) -> Figure | None:
    if made.targets.empty:
        return None
    return plot_target_kinds(made.targets, names=_names(made, lang), lang=lang)


def _coverage(made: Study, lang: str) -> Figure | None:
    if made.aligned.empty:
        return None
    return plot_target_coverage(made.coverage, names=_names(made, lang), lang=lang)


def ladder_documents(made: Study) -> list[str]:
    """The documents of the ladder: of more than six, those with the most targets."""
    counts = made.goals["doc_id"].value_counts().reindex(list(made.zh), fill_value=0)
    chosen = counts.sort_values(ascending=False, kind="stable").index[:LADDER_DOCUMENTS]
    return [doc_id for doc_id in made.zh if doc_id in chosen]


def _ladder(made: Study, lang: str) -> Figure | None:
    documents = ladder_documents(made)
    goals = made.goals[made.goals["doc_id"].isin(documents)]
    if not (goals.groupby("indicator")["doc_id"].nunique() > 1).any():
        return None
    names = {doc_id: _names(made, lang)[doc_id] for doc_id in documents}
    options = {"qualitative": made.qualitative, "names": names, "lang": lang}
    return plot_target_ladder(made.aligned, **options)


def _departments(made: Study, lang: str) -> Figure | None:
    if not made.provisions["units"].map(bool).any():
        return None
    options = {"names": _names(made, lang), "lang": lang}
    return plot_department_themes(made.clauses, made.themes, **options)


def _incentives(made: Study, lang: str) -> Figure | None:
    """What each text pays; the documents that fit side by side."""
    paid = made.aligned[(made.aligned["kind"] == "incentive") & made.aligned["headline"]]
    if paid.empty or len(made.zh) > MOST:
        return None
    return plot_incentives(made.aligned, names=_names(made, lang), lang=lang)


def _themes(made: Study, lang: str) -> Figure | None:
    if made.theme_profile.empty:
        return None
    return plot_theme_profile(made.theme_profile, names=_names(made, lang), lang=lang)


def _terms(made: Study, lang: str) -> Figure | None:
    if len(made.zh) < 2:
        return None
    return plot_distinctive_terms(made.terms, names=_names(made, lang), lang=lang)


FIGURES: dict[str, Callable[[Study, str], Figure | None]] = {
    "corpus-overview": _overview,
    "document-similarity-map": _similarity,
    "closest-clauses": _closest,
    "target-kinds": _kinds,
    "target-ladder": _ladder,
    "coverage-by-theme": _coverage,
    "department-themes": _departments,
    "incentive-amounts": _incentives,
    "theme-shares": _themes,
    "terms-apart": _terms,
}
