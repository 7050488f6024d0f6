"""One indicator in all texts: value, deadline, and the sentence with the number marked."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup

from ipcompare.browse.browser import Browser, controlled, dropdown
from ipcompare.browse.correction_panel import correction_panel
from ipcompare.browse.elements import bold, labels, left, marked, paragraph, row, table
from ipcompare.citations import cite, document_names
from ipcompare.corpus import Corpus
from ipcompare.corrections import unpacked
from ipcompare.exports.corrected_notes import correction_in_words
from ipcompare.exports.presenting import Note
from ipcompare.frames import checked, documents_in
from ipcompare.indicators.in_words import qualitative_mentions
from ipcompare.indicators.ordering import checked_aligned
from ipcompare.quantities.evidence import Evidence, evidence_finder
from ipcompare.quantities.printed import printed_due, printed_quantity
from ipcompare.words import value_word, word

_STYLES = {"zh": "gbt7714", "en": "apa"}
_TO_A_TARGET = ("contradiction", "wording")  # flags that name another statement


def browse_targets(
    aligned: pd.DataFrame,
    targets: pd.DataFrame,
    clauses: pd.DataFrame,
    *,
    names: Mapping[str, str] | None = None,
    indicator: str | None = None,
    lang: str = "zh",
    corpus: Corpus | None = None,
) -> Browser | Note:
    """Choose an indicator and read what each text says about it, sentence by sentence.

    ``indicator`` (``pledge_financing``) is the one shown first, else the one that most texts
    state; ``names`` are the labels of the texts. With ``corpus`` each sentence carries its
    citation, and what the tool got wrong can be corrected below: a line goes into
    ``corrections.csv`` of its folder. KeyError for an indicator that no text states; a line where
    none is aligned.
    """
    if aligned.empty:
        return Note(word("browsers.no_targets", lang))
    options = indicator_options(aligned, lang=lang)
    indicator = indicator or options[0][1]
    page = target_pages(aligned, targets, clauses, names=names, lang=lang, corpus=corpus)
    html = page(indicator)
    names_of = {id: label for label, id in options}
    title = word("browsers.targets", lang, indicator=names_of[indicator])

    def live() -> Any:
        choice = dropdown(word("columns.indicator_zh", lang), options, indicator)
        view = controlled(page, {"indicator": choice})
        if corpus is not None and corpus.folder is not None:
            shown = labels(names, documents_in(clauses), lang)
            panel = correction_panel(corpus.folder, aligned, targets, choice, shown, lang)
            view.children = (*view.children, panel)
        return view

    return Browser(title, html, page, live)


def indicator_options(aligned: pd.DataFrame, *, lang: str = "zh") -> list[tuple[str, str]]:
    """(label, id) of every indicator: targets, then incentives, most texts first."""
    aligned = checked_aligned(aligned)
    n = aligned.groupby("indicator")["doc_id"].nunique()
    once = aligned.drop_duplicates("indicator")
    once = once.assign(n=once["indicator"].map(n), late=once["kind"] != "target")
    once = once.sort_values(["late", "n"], ascending=[True, False], kind="stable")
    return [
        (
            f"{value_word('kind', r.kind, lang)} · {getattr(r, f'indicator_{lang}')} ({r.n})",
            r.indicator,
        )
        for r in once.itertuples()
    ]


def target_pages(
    aligned: pd.DataFrame,
    targets: pd.DataFrame,
    clauses: pd.DataFrame,
    *,
    names: Mapping[str, str] | None = None,
    lang: str = "zh",
    corpus: Corpus | None = None,
) -> Callable[[str], Markup]:
    """What each text states about an indicator, as plain HTML, for any indicator of the tables."""
    aligned, clauses = checked_aligned(aligned), checked(clauses, "clauses")
    find, words = evidence_finder(clauses, targets), qualitative_mentions(clauses)
    pinpoints = dict(zip(clauses["clause_id"], clauses["pinpoint"], strict=True))
    if names is None and corpus is not None:
        names = document_names(corpus, lang=lang)
    texts = labels(names, documents_in(clauses), lang)

    def cells(line: Any) -> list[str]:
        source = _source(find(line.target_id), clauses, lang, corpus)
        return [*_statement(line, lang), _remarks(line, pinpoints, lang), source]

    def page(indicator: str) -> Markup:
        found = aligned[aligned["indicator"] == indicator]
        if found.empty:
            known = ", ".join(dict.fromkeys(aligned["indicator"]))
            raise KeyError(f"no indicator {indicator!r}; there are {known}")
        said = words[words["indicator"] == indicator]
        rows = []
        for doc_id, name in texts.items():
            stated = [cells(line) for line in found[found["doc_id"] == doc_id].itertuples()]
            stated = stated or _in_words(said[said["doc_id"] == doc_id], pinpoints, lang)
            stated = stated or [[word("quantity.not_stated", lang), "", "", ""]]
            rows += [row(map(left, [name, *each]), whole=3) for each in stated]
        return _head(found, len(texts), lang) + table(map(left, _titles(lang)), rows)

    return page


def _titles(lang: str) -> list[str]:
    titles = [word(f"columns.{column}", lang) for column in ("doc_id", "value", "deadline", "flag")]
    return [*titles, word("browsers.sentence", lang)]


def _head(found: pd.DataFrame, n: int, lang: str) -> Markup:
    name = bold(found.iloc[0][f"indicator_{lang}"])
    said = word("browsers.stated", lang, n=n, k=found["doc_id"].nunique())
    return paragraph(Markup("{}{}{}").format(name, word("punctuation.colon", lang), said))


def _statement(line: Any, lang: str) -> list[str]:
    """Value (bold where it is the one that the matrix prints) and deadline."""
    value = printed_quantity(line, lang)
    return [bold(value) if line.headline else value, printed_due(line, lang)]


def _in_words(words: pd.DataFrame, pinpoints: Mapping[str, str], lang: str) -> list[list[str]]:
    """What a text says instead of a number."""
    return [
        [
            word("quantity.in_words", lang), "", "",
            Markup("{} {}").format(bold(_pinpoint(line.clause_id, pinpoints)), line.quote),
        ]
        for line in words.itertuples()
    ]  # fmt: skip


def _remarks(line: Any, pinpoints: Mapping[str, str], lang: str) -> str:
    """What limits the number: scope, condition, and the flags in words."""
    flags = [flag.partition(": ")[::2] for flag in line.flag.split("; ") if flag]
    said = [("scope", line.scope), ("condition", line.condition), *flags]
    said = [
        (key, _pinpoint(words.partition("@")[0], pinpoints) if key in _TO_A_TARGET else words)
        for key, words in said
    ]
    colon = word("punctuation.colon", lang)
    said = [f"{value_word('flag', key, lang)}{colon}{words}" for key, words in said if words]
    # the scope may be a flag, too
    made = unpacked(getattr(line, "corrections", ""))
    corrected = word("columns.corrected", lang)
    said += [f"{corrected}{colon}{correction_in_words(one, lang)}" for one in made]
    return word("punctuation.semicolon", lang).join(dict.fromkeys(said))


def _pinpoint(clause_id: str, pinpoints: Mapping[str, str]) -> str:
    return pinpoints.get(clause_id) or clause_id


def _source(proof: Evidence, clauses: pd.DataFrame, lang: str, corpus: Corpus | None) -> Markup:
    """Pinpoint, the sentence with its number marked, and the citation where there is a corpus."""
    spans = [(proof.start, proof.end)]
    said = Markup("{} {}").format(bold(proof.pinpoint), marked(proof.sentence, spans))
    if corpus is None:
        return said
    about = cite(corpus, proof.clause_id, style=_STYLES[lang], clauses=clauses)
    return said + Markup("<br><small>{}</small>").format(about)
