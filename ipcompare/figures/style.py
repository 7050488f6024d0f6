"""What all figures share: font, style file, sizes, colours and bars.

The font comes with ``textflowkit-fonts`` (Noto Sans SC, SIL Open Font License), never from the
system, so that a figure is the same on every machine.
"""

import functools
import io
import os
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import metadata, resources
from pathlib import Path
from typing import Any

import matplotlib
import matplotlib.style
import pandas as pd
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ipcompare.frames import documents_in
from ipcompare.words import check_lang

STYLE = "ipcompare.data.style.figures"  # data/figures.mplstyle
ONE_COLUMN, TWO_COLUMNS = 8.5, 17.5
# Safe for the colour-blind and, because each is lighter than the one before, in grey print.
PALETTE = ("#14284f", "#a83232", "#2f8f83", "#e8a33d", "#c3dcec")
HATCHES = ("", "////", "xxxx")  # dots are half a thousand curves each in SVG
NARROW = 0.134  # cm, width of a letter of 7.5 pt; a Chinese character has two
TRACK, FAINT, BAR = "#ececec", "#767676", "#b9b9b9"

Names = Mapping[str, str]


@contextmanager
def print_style() -> Iterator[None]:
    """Draw and save in the style of ``data/figures.mplstyle``, with nothing of the user's own."""
    register_font()
    with matplotlib.style.context(STYLE, after_reset=True):
        yield


class PrintFigure(Figure):
    """A Figure that shows itself in a notebook without pyplot, at its print size."""

    saved: bytes | None = None  # the PNG that save_figure wrote

    def _repr_png_(self) -> tuple[bytes, dict[str, int]]:
        png = self.png() if self.saved is None or self.stale else self.saved
        return png, {"width": round(self.get_figwidth() * 96)}

    def png(self) -> bytes:
        """The figure as PNG."""
        file = io.BytesIO()
        with print_style():
            self.savefig(file, format="png", metadata={"Software": None})
        return file.getvalue()


def new_figure(width: float, height: float) -> PrintFigure:
    """An empty figure of so many centimetres."""
    return PrintFigure(figsize=(width / 2.54, height / 2.54), layout="constrained")


@functools.cache
def register_font() -> Path:
    """Register Noto Sans SC with matplotlib; return the file of its regular weight.

    ``textflowkit-fonts`` brings the font with a variable weight, of which matplotlib can draw
    only the thinnest. The regular weight of the characters of GB 2312 (and Latin, Greek, signs)
    is made once, in two seconds, and kept in matplotlib's cache folder.
    """
    variable = Path(str(resources.files("textflowkit_fonts"))) / "fonts" / "NotoSansSC.ttf"
    stamp = "-".join(metadata.version(name) for name in ("textflowkit-fonts", "fonttools"))
    regular = Path(matplotlib.get_cachedir()) / f"ipcompare-NotoSansSC-Regular-{stamp}.ttf"
    if not regular.exists():
        part = regular.with_suffix(f".{os.getpid()}")
        _save_regular(variable, part)
        part.replace(regular)
    for path in (variable, regular):
        font_manager.fontManager.addfont(path)
    return regular


def _save_regular(variable: Path, path: Path) -> None:
    """Cut the variable font down to the characters of GB 2312 at weight 400."""
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    pairs = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    characters = "".join(pair.decode("gb2312", "ignore") for pair in pairs)
    options = subset.Options(layout_features=[], name_IDs=["*"], hinting=False)
    options.notdef_outline = True
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[*range(0x20, 0x2700), *map(ord, characters)])
    font = TTFont(variable, recalcTimestamp=False)
    subsetter.subset(font)
    instancer.instantiateVariableFont(font, {"wght": 400}, inplace=True, updateFontNames=True)
    font.save(path)


def figure(plot: Callable[..., Figure]) -> Callable[..., Figure]:
    """Draw in our style; refuse a language we do not have.

    ``names`` that know both languages (``document_names``) are shown in that of the figure, and
    ``fig.in_language("en")`` draws it again in the other.
    """

    @functools.wraps(plot)
    def styled(*tables: pd.DataFrame, **options: Any) -> Figure:
        lang, names = options.get("lang", "zh"), options.get("names")
        check_lang(lang)
        if names is not None and hasattr(names, "in_language"):
            options["names"] = names.in_language(lang)
        with print_style():
            fig: Any = plot(*tables, **options)
        fig.lang = lang
        fig.in_language = lambda other: styled(*tables, **{**options, "lang": other})
        return fig

    return styled


def text_width(text: str) -> int:
    """Width of a line of print, a Chinese character counted as two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def fold(text: str, width: int) -> list[str]:
    """Lines of at most ``width``, broken between Chinese characters and Latin words.

    >>> fold("知识产权强企：国家级 (家)", 15)
    ['知识产权强企：', '国家级 (家)']
    """
    head, colon, tail = text.rpartition("：")
    if colon and text_width(text) > width >= max(text_width(head + colon), text_width(tail)):
        return [head + colon, tail]
    lines = [""]
    for token in re.findall(r"[!-~]*\([^()]*\)|（[^（）]*）|[!-~]+|[^!-~][，、；：。）》]*", text):
        if text_width(lines[-1] + token) > width and lines[-1]:
            lines.append("")
        lines[-1] += token.lstrip() if not lines[-1] else token
    return [line.rstrip() for line in lines]


def document_labels(frame: pd.DataFrame, names: Names | None) -> dict[str, str]:
    """``names``, or the documents of the frame in its order, labelled with their ids."""
    return dict(names or {doc_id: doc_id for doc_id in documents_in(frame)})


def bar_styles(names: Names) -> list[dict[str, Any]]:
    """Colour and, beyond five documents, hatching of each document's bars."""
    cycle = len(PALETTE)
    return [
        {"color": PALETTE[n % cycle], "hatch": HATCHES[n // cycle % 3], "edgecolor": "#333333"}
        for n in range(len(names))
    ]


def name_pairs(ax: Axes, names: Names) -> None:
    """Name the axes of a heat map that shows each pair of documents once, below the diagonal."""
    labels, size = list(names.values()), len(names) - 1
    middles = [n + 0.5 for n in range(size)]
    ax.set_xticks(middles, [label.replace(" ", "\n") for label in labels[:-1]])
    ax.set_yticks(middles, labels[1:])
    ax.set(ylim=(size, 0))
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)


def bars(
    ax: Axes, values: pd.Series, names: Names, *, title: str, top: float, form: str = "d"
) -> None:
    """Horizontal bars, one a document, with the value at the end; ``top``: the longest bar."""
    for y, (value, colour) in enumerate(zip(values, bar_styles(names), strict=True)):
        ax.barh(y, value, height=0.66, **colour)
        ax.text(value, y, " " + format(value, form), va="center", fontsize=7.5)
    ax.set(title=title, xticks=[], xlim=(0, max(top, 1) * 1.3), ylim=(len(names) - 0.4, -0.6))
    ax.set_yticks(range(len(names)), names.values())
    ax.spines.bottom.set_visible(False)
