"""Two texts beside each other: each provision of one with its counterpart in the other."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
from markupsafe import Markup

from ipcompare.arguments import check_arguments
from ipcompare.browse.browser import Browser, controlled, dropdown
from ipcompare.browse.elements import (
    bold,
    labels,
    left,
    marked,
    paragraph,
    row,
    shared_spans,
    table,
)
from ipcompare.exports.presenting import Note
from ipcompare.frames import checked, documents_in, unknown_id
from ipcompare.wording.coverage import MATCH_THRESHOLD, counterparts
from ipcompare.words import word

RUN = 6  # 知识产权 and the like stand everywhere: shorter runs would mark every line


def browse_clauses(
    clauses: pd.DataFrame,
    *,
    names: Mapping[str, str] | None = None,
    a: str | None = None,
    b: str | None = None,
    threshold: float = MATCH_THRESHOLD,
    lang: str = "zh",
    matches: pd.DataFrame | None = None,
) -> Browser | Note:
    """Choose two texts and read their provisions aligned.

    ``a`` and ``b`` are the texts shown first (the first two of the corpus), ``names`` their labels
    (``document_names``). ``matches`` stands in for ``match_clauses(clauses, top_n=None)``.
    ValueError for a text that the clause table does not have; a line where it has one text only.
    """
    check_arguments(threshold=threshold)
    clauses = checked(clauses, "clauses")
    texts = labels(names, documents_in(clauses), lang)
    if len(texts) < 2:
        return Note(word("browsers.one_text", lang))
    a, b = _two(list(texts), a, b)
    page = partial(clause_page, clauses, matches=matches, names=texts, lang=lang)
    title = word("browsers.clauses", lang, a=texts[a], b=texts[b])
    live = partial(_live, page, texts, a, b, threshold, lang)
    return Browser(title, page(a=a, b=b, threshold=threshold), page, live)


def clause_page(
    clauses: pd.DataFrame,
    a: str,
    b: str,
    *,
    matches: pd.DataFrame | None = None,
    threshold: float = MATCH_THRESHOLD,
    names: Mapping[str, str] | None = None,
    lang: str = "zh",
) -> Markup:
    """The provisions of text ``a`` with their counterparts in ``b`` as plain HTML."""
    if a == b:
        return paragraph(word("browsers.same_text", lang))
    pairs = counterparts(clauses, a, b, threshold=threshold, matches=matches)
    words, names = clauses.set_index("clause_id")["text"], labels(names, (a, b), lang)
    counts = {"n": len(pairs), "k": int(pairs["matched"].sum()), "run": RUN}
    said = word("browsers.matched", lang, a=names[a], b=names[b], threshold=threshold, **counts)
    head = [word(f"columns.{column}", lang) for column in ("clause-matches.score", "mutual")]
    head = [names[a], names[b], *head]
    rows = [line for pair in pairs.itertuples() for line in _rows(pair, words, lang)]
    return paragraph(said) + table(map(left, head), rows)


def _two(known: list[str], a: str | None, b: str | None) -> tuple[str, str]:
    """The two texts shown first; what is not given is the first other text."""
    for doc_id in filter(None, (a, b)):
        if doc_id not in known:
            raise ValueError(unknown_id(doc_id, "document", known))
    a = a or next(doc_id for doc_id in known if doc_id != b)
    return a, b or next(doc_id for doc_id in known if doc_id != a)


def _rows(pair: Any, words: pd.Series, lang: str) -> list[Markup]:
    """A provision beside its counterpart, and below a line that opens the words of both."""
    found = pd.notna(pair.match_id)
    other = _place(pair.match_pinpoint, pair.match_heading) if found else Markup("")
    if not pair.matched:
        near = Markup(word("browsers.nearest", lang, place=other)) if found else ""
        other = bold(word("browsers.no_counterpart", lang)) + near
    mutual = "✓" if pair.matched and pair.mutual else ""
    cells = [_place(pair.pinpoint, pair.heading), other, f"{pair.score:.3f}", mutual]
    return [
        row(map(left, cells)),
        _opened(words[pair.clause_id], words.get(pair.match_id, ""), lang),
    ]


def _place(pinpoint: Any, heading: Any) -> Markup:
    """``一、（二） 工作目标``; a provision may have no heading."""
    parts = [bold(pinpoint) if isinstance(pinpoint, str) else "", heading]
    return Markup(" ").join(part for part in parts if isinstance(part, str) and part)


def _opened(text: str, other: str, lang: str) -> Markup:
    sides = (text, other), (other, text)
    cells = [left(marked(one, shared_spans(one, two, RUN))) for one, two in sides]
    form = "<details><summary>{}</summary><table>{}</table></details>"
    both = Markup(form).format(word("browsers.both_texts", lang), row(cells))
    return Markup('<tr><td colspan="4">{}</td></tr>').format(left(both))


def _live(page: Any, texts: dict[str, str], a: str, b: str, threshold: float, lang: str) -> Any:
    import ipywidgets

    options = [(label, doc_id) for doc_id, label in texts.items()]
    slider = ipywidgets.FloatSlider(
        description=word("columns.threshold", lang), value=threshold, min=0, max=1, step=0.01,
        readout_format=".2f", continuous_update=False, style={"description_width": "initial"},
    )  # fmt: skip
    controls = {
        "a": dropdown(word("columns.doc_a", lang), options, a),
        "b": dropdown(word("columns.doc_b", lang), options, b),
    }
    return controlled(page, {**controls, "threshold": slider})
