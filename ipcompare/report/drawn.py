"""The figures of the report: SVG inside the page, with real text and links to the evidence."""

import io
import re
import warnings
from collections.abc import Callable, Iterator
from urllib.parse import quote as url_quote

import matplotlib
from markupsafe import Markup
from matplotlib.figure import Figure

from ipcompare.figures.certainty import plot_similarity_intervals
from ipcompare.figures.duties import plot_department_themes
from ipcompare.figures.goals import plot_target_coverage, plot_target_kinds, plot_target_ladder
from ipcompare.figures.incentive_rows import MOST
from ipcompare.figures.incentives import plot_incentives
from ipcompare.figures.overview import (
    closest_pairs,
    plot_clause_matches,
    plot_corpus_overview,
    plot_document_similarity,
)
from ipcompare.figures.profiles import plot_distinctive_terms, plot_theme_profile
from ipcompare.figures.style import ONE_COLUMN, print_style
from ipcompare.study import Study
from ipcompare.wording.distinctive import distinctive_terms
from ipcompare.wording.themes import clause_themes, theme_profile

LADDER_DOCUMENTS = 6  # fit side by side
CLOSEST = 12

# Names of things in an SVG, and what refers to them. Every figure of a page needs its own.
_IDS = re.compile(r"""((?:\bid=|xlink:href=)"#?|url\(#)(?!e:)(?=[\w.-])""")
_HEAD = re.compile(r"^.*?(?=<svg)|\s*<metadata>.*?</metadata>| target=\"_blank\"", re.DOTALL)


def figure_svg(made: Study, id: str, lang: str) -> Markup | None:
    """One figure as SVG for the inside of a page; None where the corpus has nothing to draw."""
    fig = FIGURES[id](made, lang)
    return None if fig is None else inline_svg(fig, f"{id}-{lang}")


def inline_svg(fig: Figure, prefix: str) -> Markup:
    """The figure without XML prolog and metadata, its text as text, its ids made unique."""
    file = io.StringIO()
    with print_style(), matplotlib.rc_context({"svg.fonttype": "none"}), warnings.catch_warnings():
        # The browser has other fonts; names too long for the figure may cross its edge.
        warnings.filterwarnings("ignore", message="Glyph .* missing|constrained_layout not applied")
        fig.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    return page_svg(file.getvalue(), prefix)


def page_svg(source: str, prefix: str) -> Markup:
    """An SVG file as part of a page."""
    svg = _IDS.sub(rf"\g<1>{prefix}-", _HEAD.sub("", source))
    width = float(re.search(r'<svg [^>]*width="([\d.]+)pt"', svg)[1])
    size = "one" if width < ONE_COLUMN * 72 / 2.54 + 1 else "two"
    return Markup(svg.replace("<svg ", f'<svg class="{size}" ', 1))


def evidence_address(key: str) -> str:
    """The address within the page that opens the evidence of a target, a provision or a pair."""
    return f"#e:{url_quote(key, safe='')}"


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
    """The closest provisions; each score is a link to the pair."""
    if made.matches.empty:
        return None
    options = {"names": _names(made, lang), "lang": lang, "top": CLOSEST}
    fig = plot_clause_matches(made.matches, made.clauses, **options)
    pairs = closest_pairs(made.matches, made.clauses, top=CLOSEST)
    texts = fig.axes[0].texts[::3]  # of each pair: score, left label, right label
    for text, pair in zip(texts, pairs.itertuples(), strict=True):
        text.set_url(evidence_address(f"{pair.clause_id} {pair.match_id}"))
    return fig


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
    goals = made.aligned[(made.aligned["kind"] == "target") & made.aligned["headline"]]
    counts = goals["doc_id"].value_counts().reindex(list(made.zh), fill_value=0)
    chosen = counts.sort_values(ascending=False, kind="stable").index[:LADDER_DOCUMENTS]
    return [doc_id for doc_id in made.zh if doc_id in chosen]


def _ladder(made: Study, lang: str) -> Figure | None:
    """Targets side by side; each value is a link to its evidence."""
    documents = ladder_documents(made)
    rungs = list(_rungs(made, documents))
    if not rungs:
        return None
    names = {doc_id: _names(made, lang)[doc_id] for doc_id in documents}
    options = {"qualitative": made.qualitative, "names": names, "lang": lang}
    fig = plot_target_ladder(made.aligned, **options)
    texts = fig.axes[0].texts[len(names) : -1]  # names; of each rung label and cells; caveat
    cells = [text for n, text in enumerate(texts) if n % (len(names) + 1)]
    stated = [rung.get(doc_id) for rung in rungs for doc_id in documents]
    for text, target_id in zip(cells, stated, strict=True):
        if target_id:
            text.set_url(evidence_address(target_id))
    return fig


def _rungs(made: Study, documents: list[str], *, at_least: int = 2) -> Iterator[dict[str, str]]:
    """The target_id of each document, for the indicators that ``at_least`` documents state."""
    goals = made.aligned[(made.aligned["kind"] == "target") & made.aligned["headline"]]
    goals = goals[goals["doc_id"].isin(documents)]
    for _, group in goals.groupby("indicator", sort=False):
        if group["doc_id"].nunique() >= at_least:
            yield dict(zip(group["doc_id"], group["target_id"], strict=True))


def _departments(made: Study, lang: str) -> Figure | None:
    if not made.provisions["units"].map(bool).any():
        return None
    options = {"names": _names(made, lang), "lang": lang}
    return plot_department_themes(made.clauses, clause_themes(made.clauses), **options)


def _incentives(made: Study, lang: str) -> Figure | None:
    """What each text pays; the documents that fit side by side."""
    paid = made.aligned[(made.aligned["kind"] == "incentive") & made.aligned["headline"]]
    if paid.empty or len(made.zh) > MOST:
        return None
    return plot_incentives(made.aligned, names=_names(made, lang), lang=lang)


def _themes(made: Study, lang: str) -> Figure | None:
    profile = theme_profile(made.clauses)
    if profile.empty:
        return None
    return plot_theme_profile(profile, names=_names(made, lang), lang=lang)


def _terms(made: Study, lang: str) -> Figure | None:
    if len(made.zh) < 2:
        return None
    terms = distinctive_terms(made.clauses)
    return plot_distinctive_terms(terms, names=_names(made, lang), lang=lang)


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
