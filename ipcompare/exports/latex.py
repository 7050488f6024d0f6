"""Tables for LaTeX: booktabs rules, every special character escaped, ready for ``\\input``."""

from collections.abc import Sequence

import pandas as pd

from ipcompare.exports.declared import caption_line
from ipcompare.exports.table_cells import (
    Column,
    column_widths,
    least_widths,
    shared_widths,
    table_columns,
)
from ipcompare.text import latex_escape
from ipcompare.words import check_lang, word

LONG = 30  # rows; a longer table may break across pages
# Letters in a line of \small type, a Chinese character counted as two; on a page on its side.
LINE, LANDSCAPE_LINE = 84, 126
SIZES = {r"\small": 1.0, r"\footnotesize": 1.2, r"\scriptsize": 1.38}  # more letters in a line
_PREAMBLE = (
    r"% \documentclass{ctexart} (XeLaTeX or LuaLaTeX: the words of the texts are Chinese)"
    "\n"
    r"% \usepackage{array,booktabs,longtable,pdflscape}"
)
_NUMBERED = r"\providecommand{\exhibitnumber}[1]{\renewcommand{\thetable}{#1}}"


def to_latex(
    frame: pd.DataFrame,
    *,
    id: str,
    title: str,
    number: str = "",
    note: str = "",
    source: str = "",
    lang: str = "zh",
    long: bool | None = None,
) -> str:
    r"""A LaTeX table with the caption ``title`` and the label ``tab:<id>``.

    With a ``number`` (A1) the caption has that instead of LaTeX's own count, unless the document
    says ``\newcommand{\exhibitnumber}[1]{}`` before it.

    Needs ``\usepackage{array,booktabs,longtable,pdflscape}``; Chinese needs the document class
    ``ctexart`` (XeLaTeX or LuaLaTeX). More than 30 rows (or ``long=True``) make a longtable, which
    breaks across pages with its header. Numbers stand right; columns too wide for the line are
    broken; a table whose words do not fit the page is turned on its side, and set smaller if need
    be. ``note`` and ``source`` become the lines below. The text ends with a newline.
    """
    check_lang(lang)
    columns = table_columns(frame)
    if not columns:
        raise ValueError(f"table {id}: has no columns")
    line, size = _setting(columns)
    head = _row([c.name for c in columns]).replace(r"\_", r"\_\allowbreak{}")
    body = [_row(cells) for cells in zip(*(c.cells for c in columns), strict=True)]
    caption = rf"\caption{{{latex_escape(title)}}}\label{{tab:{id}}}"
    size = rf"\exhibitnumber{{{latex_escape(number)}}}{size}" if number else size
    parts = {"size": size, "spec": _spec(columns, line), "caption": caption, "head": head}
    if len(body) > LONG if long is None else long:
        again = rf"\caption[]{{{latex_escape(title + word('captions.continued', lang))}}}"
        lines = _longtable(body, _below(note, source, lang), again=again, **parts)
    else:
        lines = _float(body, _below(note, source, lang), **parts)
    if line > LINE:
        lines = [r"\begin{landscape}", *lines, r"\end{landscape}"]
    return "\n".join([_PREAMBLE, *[_NUMBERED] * bool(number), *lines]) + "\n"


def _setting(columns: list[Column]) -> tuple[float, str]:
    """The letters in a line and the size of type: upright and \\small if the words fit."""
    least = sum(_least(columns))
    if least <= LINE:
        return LINE, r"\small"
    fitting = [size for size, more in SIZES.items() if least <= LANDSCAPE_LINE * more]
    size = fitting[0] if fitting else r"\scriptsize"
    return LANDSCAPE_LINE * SIZES[size], size


def _least(columns: list[Column]) -> list[float]:
    return [width + 2 for width in least_widths(columns)]  # 2: the space between columns


def _float(
    body: list[str], below: list[str], *, size: str, spec: str, caption: str, head: str
) -> list[str]:
    """A table on one page."""
    return [
        r"\begin{table}[htbp]", rf"\centering{size}", caption, rf"\begin{{tabular}}{{{spec}}}",
        r"\toprule", head, r"\midrule", *body, r"\bottomrule", r"\end{tabular}",
        *below, r"\end{table}",
    ]  # fmt: skip


def _longtable(
    body: list[str], below: list[str], *, size: str, spec: str, caption: str, head: str, again: str
) -> list[str]:
    """A table across pages; the header comes again on each."""
    return [
        rf"\begingroup{size}", rf"\begin{{longtable}}{{{spec}}}", caption + r"\\",
        r"\toprule", head, r"\midrule", r"\endfirsthead",
        again + r"\\", r"\toprule", head, r"\midrule", r"\endhead",
        r"\bottomrule", r"\endfoot", *body, r"\end{longtable}", *below, r"\endgroup",
    ]  # fmt: skip


def _below(note: str, source: str, lang: str) -> list[str]:
    """The note and the source line."""
    texts = {"note": note, "source": source}
    lines = [latex_escape(caption_line(key, text, lang)) for key, text in texts.items() if text]
    return [rf"\par\smallskip{{\footnotesize\raggedright {line}\par}}" for line in lines]


def _row(cells: Sequence[str]) -> str:
    r"""One row. A first cell with [ or * would be read as an option of the ``\\`` before it."""
    first, *rest = map(latex_escape, cells)
    return " & ".join(["{}" + first if first[:1] in ("[", "*") else first, *rest]) + r" \\"


def _spec(columns: list[Column], line: float) -> str:
    """The column types: r for numbers, l for words, p with a width for words that need breaking."""
    wanted = [width + 2 for width in column_widths(columns)]
    widths = shared_widths(wanted, _least(columns), line)
    types = []
    for column, want, width in zip(columns, wanted, widths, strict=True):
        if width < want:
            side = "raggedleft" if column.numeric else "raggedright"
            broken = rf"p{{\dimexpr {width / line:.3f}\linewidth-2\tabcolsep\relax}}"
            types.append(rf">{{\{side}\arraybackslash}}{broken}")
        else:
            types.append("r" if column.numeric else "l")
    return "@{}" + "".join(types) + "@{}"
