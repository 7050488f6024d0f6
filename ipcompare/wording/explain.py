"""Why two clauses match: the terms that make up their score, and both texts side by side."""

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ipcompare.citations import citation
from ipcompare.corpus import Corpus
from ipcompare.frames import checked, documents_in, heading_of, unknown_id
from ipcompare.text import fold_width
from ipcompare.wording.similarity import BACKGROUND, clause_vectors
from ipcompare.wording.tokens import BIGRAM, Analyzer

if TYPE_CHECKING:
    from rich.table import Table

SHADES = 4  # from faint to full
_SHADE_COLOUR = "31, 119, 180"


def explain_match(
    clauses: pd.DataFrame,
    a: str,
    b: str,
    *,
    analyzer: Analyzer = "words+bigrams",
    idf: str = BACKGROUND,
) -> pd.DataFrame:
    """The terms whose contributions add up to the score of clauses ``a`` and ``b``.

    One row a term that both use, the largest contribution first: ``term`` (a character bigram as
    ~质押) and ``contribution``. They sum to the ``score`` of ``match_clauses`` with the same
    options. KeyError for an id that is no leaf provision.
    """
    leaves, matrix, names = clause_vectors(clauses, analyzer=analyzer, idf=idf)
    places = {clause_id: n for n, clause_id in enumerate(leaves["clause_id"])}
    for clause_id in (a, b):
        if clause_id not in places:
            raise KeyError(_no_leaf(clause_id, clauses, leaves))
    total = matrix[[places[a]]].multiply(matrix[[places[b]]]).toarray()[0]
    found = np.flatnonzero(total)
    order = found[np.lexsort((found, -total[found]))]
    return pd.DataFrame({"term": names[order], "contribution": total[order]})


def _no_leaf(clause_id: str, clauses: pd.DataFrame, leaves: pd.DataFrame) -> str:
    """Why an id is refused: it has parts, or nothing bears it."""
    parts = clauses.loc[clauses["parent_id"] == clause_id, "clause_id"]
    parts = parts[parts.str.startswith(f"{clause_id}.")]
    if len(parts):
        return f"{clause_id} is no provision without parts; its parts are {', '.join(parts)}"
    doc_id = clause_id.partition("#")[0]
    if doc_id not in set(clauses["doc_id"]):
        return unknown_id(doc_id, "document", documents_in(clauses))
    own = leaves.loc[leaves["doc_id"] == doc_id, "clause_id"]
    return unknown_id(clause_id, "provision", own)


@dataclass(frozen=True)
class Side:
    """One clause of a pair: its citation, the heading above, its words, the shade of each."""

    clause_id: str
    source: str
    above: str
    text: str
    shades: tuple[int, ...]  # of each character of text, 0 to SHADES

    def marked(self) -> list[tuple[int, str]]:
        """The text in runs of one shade."""
        runs: list[tuple[int, str]] = []
        for shade, character in zip(self.shades, self.text, strict=True):
            if runs and runs[-1][0] == shade:
                runs[-1] = (shade, runs[-1][1] + character)
            else:
                runs.append((shade, character))
        return runs


@dataclass(frozen=True)
class SideBySide:
    """Two clauses with the terms of their score shaded by contribution.

    A notebook shows HTML, ``print`` plain text (【】 around the two darkest shades), rich colours.
    """

    score: float
    sides: tuple[Side, Side]
    terms: pd.DataFrame  # explain_match

    def _repr_html_(self) -> str:
        head, cells = html.escape(self.summary()), "".join(map(_html_cell, self.sides))
        table = 'style="width:100%;table-layout:fixed;border-collapse:collapse"'
        return f"<div><p><b>{head}</b></p><table {table}><tr>{cells}</tr></table></div>"

    def __str__(self) -> str:
        parts = [self.summary()]
        for side in self.sides:
            words = "".join(f"【{t}】" if shade > SHADES / 2 else t for shade, t in side.marked())
            parts += [f"{side.source}  [{side.clause_id}]", *filter(None, [side.above]), words]
        return "\n".join(parts)

    def __rich__(self) -> "Table":
        from rich.table import Table
        from rich.text import Text

        table = Table(title=self.summary(), title_justify="left", show_lines=True, expand=True)
        for side in self.sides:
            table.add_column(f"{side.source}\n{side.above}".strip(), ratio=1, overflow="fold")
        styles = ["", "underline", "cyan", "bold cyan", "bold reverse cyan"]
        runs = ([(text, styles[shade]) for shade, text in side.marked()] for side in self.sides)
        table.add_row(*(Text.assemble(*some) for some in runs))
        return table

    def summary(self, n: int = 8) -> str:
        """Score, and the words that weigh most."""
        words = self.terms[~self.terms["term"].str.startswith(BIGRAM)].head(n)
        listed = "、".join(f"{w.term} {w.contribution:.3f}" for w in words.itertuples())
        return f"{self.score:.3f} = {listed} …"


def side_by_side(
    clauses: pd.DataFrame,
    a: str,
    b: str,
    *,
    corpus: Corpus | None = None,
    **options: Any,
) -> SideBySide:
    """Clauses ``a`` and ``b`` beside each other, the terms of their score shaded by contribution.

    Shaded are heading, heading above and body: what the score is about. With ``corpus`` each
    side carries its citation, else document and pinpoint. ``options`` and errors as in
    ``explain_match``; ValueError for twice the same clause.
    """
    if a == b:
        raise ValueError(f"{a} is given twice; give two clauses to compare")
    terms = explain_match(clauses, a, b, **options)
    weights = {t.term.removeprefix(BIGRAM): 0.0 for t in terms.itertuples()}
    for row in terms.itertuples():
        weights[row.term.removeprefix(BIGRAM)] += row.contribution
    rows = {row.clause_id: row for row in checked(clauses, "clauses").itertuples()}
    left, right = (_side(rows, clause_id, weights, corpus) for clause_id in (a, b))
    return SideBySide(float(terms["contribution"].sum()), (left, right), terms)


def _side(
    rows: Mapping, clause_id: str, weights: Mapping[str, float], corpus: Corpus | None
) -> Side:
    row = rows[clause_id]
    above = heading_of(rows[row.parent_id]) if row.parent_id in rows else ""
    source = f"{row.doc_id} {row.pinpoint}"
    if corpus is not None:
        source = citation(corpus[row.doc_id], row.pinpoint)
    return Side(clause_id, source, above, row.text, _shades(row, weights))


def _shades(row: Any, weights: Mapping[str, float]) -> tuple[int, ...]:
    """The shade of each character of a clause: the terms that cover it, by contribution."""
    kept = [i for i, sign in enumerate(row.text) if not sign.isspace()]
    words = "".join(fold_width(row.text[i]) for i in kept).lower()
    label = row.label if isinstance(row.label, str) else ""
    start, end = (sum(i < stop for i in kept) for stop in (len(label), row.body_end))
    weight = np.zeros(len(row.text))
    for term, contribution in weights.items():
        at = words.find(term, start, end)
        while at >= 0:
            weight[kept[at : at + len(term)]] += contribution
            at = words.find(term, at + 1, end)
    if not weight.any():
        return (0,) * len(row.text)
    steps = np.ceil(np.sqrt(weight / weight.max()) * (SHADES + 1)) - 1
    return tuple(int(step) for step in steps.clip(0, SHADES))


def _html_cell(side: Side) -> str:
    words = "".join(
        f'<mark style="{_shade_style(shade)}">{html.escape(text)}</mark>' if shade
        else html.escape(text)
        for shade, text in side.marked()
    )  # fmt: skip
    source, above = html.escape(side.source), html.escape(side.above)
    style = "vertical-align:top;text-align:left;padding:0.5em;white-space:pre-wrap"
    head = f"<b>{source}</b><br><small>{html.escape(side.clause_id)}  {above}</small><br>"
    return f'<td style="{style}">{head}{words}</td>'


def _shade_style(shade: int) -> str:
    """Background by shade, and a line below that is still there when print drops backgrounds."""
    colour = f"rgba({_SHADE_COLOUR}, {0.12 * shade:.2f})"
    line = f"border-bottom:{0.5 * shade:.1f}px solid rgb({_SHADE_COLOUR})"
    return f"color:inherit;background:{colour};print-color-adjust:exact;{line}"
