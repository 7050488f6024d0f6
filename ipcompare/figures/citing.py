"""The figure of references: which texts name which documents, and what they do with them.

As in ``overview``: one function a figure, ``names`` gives order, labels and colours of the
documents, widths are those of a journal.
"""

from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from ipcompare.arguments import check_arguments
from ipcompare.corpus import Corpus
from ipcompare.figures.profiles import cut
from ipcompare.figures.style import (
    FAINT,
    NARROW,
    PALETTE,
    TWO_COLUMNS,
    Names,
    bar_styles,
    figure,
    fold,
    new_figure,
    text_width,
)
from ipcompare.frames import checked
from ipcompare.references import edges
from ipcompare.words import value_word, word

# Colour and dashes of each type: told apart by the dashes in grey print.
LOOKS: dict[str, tuple[str, Any]] = {
    "implements": (PALETTE[0], "-"),
    "based_on": (PALETTE[2], (0, (5, 1.5))),
    "issued": (PALETTE[3], "-"),
    "repeals": (PALETTE[1], (0, (1, 1))),
    "amends": (PALETTE[1], (0, (5, 1, 1, 1))),
    "mentions": ("#8f8f8f", (0, (2, 1.5))),
}
STEP, TOP = 0.43, 0.3  # cm: a line of words, the margin above
BETWEEN = 4.2  # cm from the texts to the documents
EVERY_TEXT = 12  # up to so many texts, one without a line is shown, too


class Place(NamedTuple):
    """A document named: its words in lines, and where it stands."""

    lines: list[str]
    doc_id: str | None
    y: float


@figure
def plot_references(
    references: pd.DataFrame, corpus: Corpus, *, top: int = 20, names: Names | None = None,
    lang: str = "zh",
) -> Figure:  # fmt: skip
    """Who implements what: left the texts, right the documents that they name, lines by type.

    A document is drawn when at least two of the texts name it, or when it is in the corpus: of
    those the ``top`` that most texts name. A line below says how many are left out, and where there
    are more than twelve texts, how many of them name none of the documents drawn.
    """
    check_arguments(top=top)
    references = checked(references, "references")
    names = dict(names or {d.doc_id: d.doc_id for d in corpus.documents})
    links = edges(references[references["doc_id"].isin(names)])
    links = links.assign(document=_documents(links))
    shown, notes = _chosen(links, top, lang)
    drawn = links[links["document"].isin(shown)]
    texts = {
        d: n for d, n in names.items() if d in set(drawn["doc_id"]) or len(names) <= EVERY_TEXT
    }
    if len(texts) < len(names):
        notes.append(word("figures.silent_texts", lang, n=len(names) - len(texts)))
    return _draw(drawn, shown, texts=texts, names=names, notes=notes, lang=lang)


def _documents(links: pd.DataFrame) -> list[tuple]:
    """What tells the documents of the edges apart."""
    about = links[["target_doc_id", "title", "doc_number"]].fillna("")
    return list(about.itertuples(index=False, name=None))


def _chosen(links: pd.DataFrame, top: int, lang: str) -> tuple[list[tuple], list[str]]:
    """The documents to be drawn, and what is to be said of the others."""
    texts = links.groupby("document", sort=False)["doc_id"].nunique()
    several = [key for key, n in texts.items() if n > 1 or key[0]]
    several.sort(key=lambda key: -texts[key])  # stable: then as first named
    shown, notes = several[:top], []
    if not shown:
        notes.append(word("figures.no_document", lang))
    if len(several) > len(shown):
        more = len(several) - len(shown)
        notes.append(word("figures.top_documents", lang, n=len(shown), more=more))
    if len(texts) > len(several):
        notes.append(word("figures.other_documents", lang, n=len(texts) - len(several)))
    return shown, notes


def _draw(
    drawn: pd.DataFrame, shown: list[tuple], *, texts: Names, names: Names, notes: list[str],
    lang: str,
) -> Figure:  # fmt: skip
    """The figure for the documents and texts chosen."""
    labels = {doc_id: cut(name, 34) for doc_id, name in texts.items()}
    left = 0.4 + 1.12 * NARROW * max(map(text_width, labels.values()), default=0)
    right = left + BETWEEN
    width = int((TWO_COLUMNS - right - 0.4) / NARROW)
    words = {key: _lines(key, names, width) for key in shown}
    tall = max(STEP * len(labels), sum(STEP * len(lines) + 0.17 for lines in words.values()))
    below = [line for note in notes for line in fold(note, int(TWO_COLUMNS / NARROW) - 6)]
    kinds = [kind for kind in LOOKS if kind in set(drawn["type"])]
    height = TOP + tall + 0.3 + STEP * (len(below) + bool(kinds))
    fig = new_figure(TWO_COLUMNS, height)
    fig.set_layout_engine("none")
    ax = fig.add_axes((0, 0, 1, 1), xlim=(0, TWO_COLUMNS), ylim=(height, 0))
    ax.set_axis_off()
    rows = {d: TOP + tall / len(labels) * (n + 0.5) for n, d in enumerate(labels)}
    places = _places(drawn, words, rows, tall)
    _lines_between(ax, drawn, (left, right), rows, places)
    _write(ax, labels, names, rows, places, (left, right), set(drawn["doc_id"]))
    _legend(ax, kinds, TOP + tall + 0.4, lang)
    for n, line in enumerate(below):
        y = TOP + tall + 0.4 + STEP * (n + bool(kinds))
        ax.text(0.1, y, line, va="center", fontsize=7.5, color=FAINT)
    return fig


def _lines(key: tuple, names: Names, width: int) -> list[str]:
    """The words for a document, in two lines at most: its name and number."""
    doc_id, title, number = key
    name = f"《{title}》" if title else ""
    text = names.get(doc_id) or (f"{name}（{number}）" if name and number else name or number)
    first, *rest = fold(text, width)
    return [cut(line, width) for line in ([first, "".join(rest)] if rest else [first])]


def _places(
    drawn: pd.DataFrame, words: dict[tuple, list[str]], rows: dict[str, float], tall: float
) -> dict[tuple, Place]:
    """Where each document stands: near the middle of the texts that name it."""
    ends = drawn.assign(y=drawn["doc_id"].map(rows).astype(float))
    middle = ends.groupby("document", sort=False)["y"].mean() if len(ends) else {}
    order = sorted(words, key=lambda key: middle[key])
    needed = sum(STEP * len(lines) for lines in words.values())
    gap, places, y = (tall - needed) / max(len(words), 1), {}, TOP
    for key in order:
        space = STEP * len(words[key]) + gap
        places[key] = Place(words[key], key[0] or None, y + space / 2)
        y += space
    return places


def _lines_between(
    ax: Axes, drawn: pd.DataFrame, ends: tuple[float, float], rows: dict[str, float],
    places: dict[tuple, Place],
) -> None:  # fmt: skip
    """A line an edge; those of one text to one document lie beside each other."""
    left, right = ends
    beside: dict[tuple, int] = {}
    middle, width = (left + right) / 2, 1.1 if len(drawn) < 60 else 0.7
    for row in drawn.itertuples(index=False):
        pair = row.doc_id, row.document
        shift = 0.09 * beside.get(pair, 0)
        beside[pair] = beside.get(pair, 0) + 1
        start, end = rows[row.doc_id] + shift, places[row.document].y + shift
        points = [(left + 0.15, start), (middle, start), (middle, end), (right - 0.15, end)]
        colour, dashes = LOOKS[row.type]
        ax.add_patch(
            PathPatch(Path(points, [1, 4, 4, 4]), fc="none", ec=colour, ls=dashes, lw=width)
        )


def _write(
    ax: Axes, labels: Names, names: Names, rows: dict[str, float], places: dict[tuple, Place],
    ends: tuple[float, float], naming: set[str],
) -> None:  # fmt: skip
    """The texts on the left, the documents on the right; one of the corpus in its colour."""
    left, right = ends
    looks = dict(zip(names, bar_styles(names), strict=True))
    for doc_id, label in labels.items():
        colour = "black" if doc_id in naming else FAINT
        ax.text(
            left - 0.1, rows[doc_id], label, ha="right", va="center", fontsize=7.5, color=colour
        )
        ax.plot(left + 0.07, rows[doc_id], "s", ms=4, color=looks[doc_id]["color"])
    for place in places.values():
        known = place.doc_id is not None
        colour = looks[place.doc_id]["color"] if place.doc_id in looks else "white"
        ax.plot(
            right - 0.07, place.y, "s" if known else "o", ms=4, mfc=colour, mec="#333333", mew=0.6
        )
        for n, line in enumerate(place.lines):
            y = place.y + 0.36 * (n - (len(place.lines) - 1) / 2)
            ax.text(right + 0.1, y, line, va="center", fontsize=7.5)


def _legend(ax: Axes, kinds: list[str], y: float, lang: str) -> None:
    """What the lines mean, in one row."""
    x = 0.1
    for kind in kinds:
        colour, dashes = LOOKS[kind]
        ax.plot([x, x + 0.8], [y, y], color=colour, ls=dashes, lw=1.1)
        label = value_word("type", kind, lang)
        ax.text(x + 0.95, y, label, va="center", fontsize=7.5)
        x += 1.5 + NARROW * text_width(label)
