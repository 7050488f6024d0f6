"""The figure of reproduction: where the wording of each text stands word for word."""

import pandas as pd
from matplotlib.figure import Figure

from ipcompare.figures.style import FAINT, TRACK, TWO_COLUMNS, Names, figure, new_figure
from ipcompare.frames import require
from ipcompare.words import value_word, word

COLUMNS = ("doc_id", "source", "n_text", "share")
_LOOKS = {
    "national": ("#14284f", "white"), "provincial": ("#2f6f9f", "white"),
    "peer": ("#2f8f83", "white"), "elsewhere": ("#e8a33d", "black"),
    "formula": ("#b9b9b9", "black"), "nowhere": (TRACK, "black"),
}  # fmt: skip
_NARROW = 0.035  # a part in which no number fits


@figure
def plot_reproduction(
    table: pd.DataFrame, *, names: Names | None = None, lang: str = "zh"
) -> Figure:
    """A bar a text, cut into the shares of its characters that stand in texts of each source.

    Sources that the corpus has no text of are not drawn; a line below says which.
    """
    require(table, COLUMNS, "reproduction")
    names = dict(names or {doc_id: doc_id for doc_id in table["doc_id"].unique()})
    rows = table[table["doc_id"].isin(names)]
    shares = rows.pivot(index="doc_id", columns="source", values="share").reindex(list(names))
    fig = new_figure(TWO_COLUMNS, 2.3 + 0.75 * len(names))
    ax, left = fig.add_subplot(), pd.Series(0.0, index=shares.index)
    drawn = [source for source in _LOOKS if source in shares and shares[source].notna().any()]
    for source in drawn:
        colour, ink = _LOOKS[source]
        part = shares[source].fillna(0.0)
        ax.barh(range(len(part)), part, left=left, height=0.62, color=colour, edgecolor="white",
                label=value_word("source", source, lang))  # fmt: skip
        for y, (share, at) in enumerate(zip(part, left, strict=True)):
            if share >= _NARROW:
                ax.text(at + share / 2, y, f"{share:.0%}", ha="center", va="center", color=ink,
                        fontsize=7.5)  # fmt: skip
        left += part
    ax.set_yticks(range(len(names)), names.values())
    ax.set(xlim=(0, 1), ylim=(len(names) - 0.5, -0.5), xticks=[])
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    fig.legend(loc="outside upper center", ncols=len(drawn), frameon=False, fontsize=7.5,
               handlelength=1.0, columnspacing=1.2)  # fmt: skip
    absent = [source for source in _LOOKS if source not in drawn]
    if absent:
        which = word("punctuation.joint", lang).join(value_word("source", s, lang) for s in absent)
        fig.supxlabel(word("figures.no_source", lang, sources=which), fontsize=7.5, color=FAINT)
    return fig
