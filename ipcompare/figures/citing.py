"""Which text names which document, and what it says of it."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ipcompare.figures.style import FAINT, TWO_COLUMNS, Names, figure, fold, new_figure, text_width
from ipcompare.frames import columns_of, require
from ipcompare.references import reference_edges
from ipcompare.words import value_word, word

# What stands for more goes before.
MARKS = {
    "implements": "s", "based_on": "o", "issued": "^", "amends": "D", "repeals": "X",
    "mentions": ".",
}  # fmt: skip
ROWS = 16  # documents named
WIDE = 62  # columns of a name in print
ROW = 0.66  # cm
LEFT = 8.6  # cm, the room of the names


@figure
def plot_references(
    references: pd.DataFrame, *, names: Names | None = None, lang: str = "zh"
) -> Figure:
    """A row a document that the texts name, a column a text, the sign what the text says of it.

    ``references`` as from ``references.references``. The documents that most texts name, and those
    of the corpus, stand first; how many more there are is said below. Of several relations of one
    text to one document the strongest is drawn.
    """
    require(references, columns_of("references"), "references")
    names = dict(names or {id: id for id in references["doc_id"].cat.categories})
    edges = reference_edges(references)
    edges = edges[edges["doc_id"].isin(names)]
    if edges.empty:
        raise ValueError("these texts name no other document; choose others with names=")
    rows = _rows(edges, names)
    shown = rows[:ROWS]
    notes = [word("figures.more_documents", lang, n=len(rows) - ROWS)] if len(rows) > ROWS else []
    columns = list(names)
    labels = [fold(names.get(target, target), WIDE)[:2] for target in shown]
    head = 0.3 + 0.145 * max(text_width(name) for name in names.values())
    body = ROW * len(shown) + 0.3
    fig = new_figure(TWO_COLUMNS, head + body + 0.8 + 0.35 * len(notes))
    fig.set_layout_engine("none")
    height = fig.get_figheight() * 2.54
    ax = fig.add_axes((0, 0, 1, 1), xlim=(0, TWO_COLUMNS), ylim=(height, 0))
    ax.set_axis_off()
    step = min(1.7, (TWO_COLUMNS - LEFT - 0.3) / len(columns))
    places = {id: LEFT + step * (n + 0.5) for n, id in enumerate(columns)}
    for id, x in places.items():
        ax.text(x, head - 0.15, names[id], rotation=90, ha="center", va="bottom", fontsize=7.5)
    for n, (_target, lines) in enumerate(zip(shown, labels, strict=True)):
        y = head + ROW * (n + 0.5)
        ax.plot([0, TWO_COLUMNS], [y + ROW / 2] * 2, color="0.9", lw=0.5)
        ax.text(0, y, "\n".join(lines), va="center", fontsize=7.5, linespacing=1.05)
    where = {target: head + ROW * (n + 0.5) for n, target in enumerate(shown)}
    used = _draw(ax, edges, places, where)
    _key(ax, used, head + body + 0.3, lang)
    for n, note in enumerate(notes):
        ax.text(0, head + body + 0.75 + 0.35 * n, note, va="center", fontsize=7.5, color=FAINT)
    return fig


def _rows(edges: pd.DataFrame, names: Names) -> list[str]:
    """The documents named, those of the corpus and those that most texts name first."""
    named = edges.groupby("target", sort=False)["doc_id"].nunique()
    order = sorted(named.index, key=lambda target: (target not in names, -named[target]))
    return order


def _draw(
    ax: Axes, edges: pd.DataFrame, places: dict[str, float], where: dict[str, float]
) -> list[str]:
    """The sign of each pair; the relations that are drawn."""
    rank = {name: n for n, name in enumerate(MARKS)}
    strongest = edges.assign(rank=edges["type"].map(rank)).sort_values("rank", kind="stable")
    strongest = strongest.drop_duplicates(["doc_id", "target"])
    strongest = strongest[strongest["target"].isin(where.keys())]
    for row in strongest.itertuples():
        ax.plot(places[row.doc_id], where[row.target], MARKS[row.type], color="black", ms=5)
    return [name for name in MARKS if name in set(strongest["type"])]


def _key(ax: Axes, used: list[str], y: float, lang: str) -> None:
    x = 0.15
    for name in used:
        said = value_word("type", name, lang)
        ax.plot(x, y, MARKS[name], color="black", ms=5)
        ax.text(x + 0.25, y, said, va="center", fontsize=7.5)
        x += 0.9 + 0.27 * len(said) * (1 if lang == "zh" else 0.55)
