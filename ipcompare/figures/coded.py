"""Figures that rest on codes: policy tools by fields, and the surfaces of the PMC index.

What was coded by a language model, or by one person, says so in the figure itself: the column
``standing`` of the table goes with it.
"""

from typing import Any

import matplotlib
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ipcompare.arguments import check_arguments
from ipcompare.data import read_toml
from ipcompare.figures.style import (
    BAR,
    FAINT,
    NARROW,
    ONE_COLUMN,
    TRACK,
    TWO_COLUMNS,
    Names,
    document_labels,
    figure,
    fold,
    new_figure,
    text_width,
)
from ipcompare.frames import columns_of, require
from ipcompare.wording.themes import themes
from ipcompare.wording.tools import policy_tools
from ipcompare.words import word

ALL = "all"
TOOL_COLUMNS, PMC_COLUMNS = columns_of("coded_tools"), columns_of("pmc_variables")
PANEL = 5.2  # cm, height of a surface with its title
DARK = "#14284f"


@figure
def plot_coded_tools(tools: pd.DataFrame, *, lang: str = "zh") -> Figure:
    """Policy tools by fields: provisions coded so, and the share that each tool has of all.

    A cell holds the number coded, its shade the estimated share; the bars at the right are the
    share of all provisions with the 95 % interval where they were drawn by sample. A row in the
    dark is a kind (supply, environment, demand), those below it its sub-tools. ``tools`` as from
    ``coded_tools``.
    """
    require(tools, TOOL_COLUMNS, "coded_tools")
    shown = tools[(tools["kind"] != ALL)]
    rows = _tool_rows(lang)
    cells = shown.set_index(["kind", "tool", "theme"])
    fig = new_figure(TWO_COLUMNS, 12.2)
    left, right = fig.subplots(1, 2, sharey=True, width_ratios=(3.4, 1))
    _tool_cells(left, cells, rows, lang)
    _tool_bars(right, cells, rows, lang)
    sampled = tools["share_low"].notna().any()
    said = [word("figures.coded_tools.cells", lang)]
    said.append(word(f"figures.coded_tools.{'interval' if sampled else 'census'}", lang))
    _below(fig, [*said, *_standing(tools, lang)], lang)
    return fig


def _tool_rows(lang: str) -> list[tuple[str, str, str]]:
    """Kind, tool and label of each row: a kind, then its sub-tools."""
    rows: list[tuple[str, str, str]] = []
    for tool in policy_tools():
        if not any(kind == tool.kind for kind, *_ in rows):
            rows.append((tool.kind, ALL, _capital(word(f"coding.tool_kind.{tool.kind}", lang))))
        rows.append((tool.kind, tool.id, tool.names[lang]))
    return rows


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _tool_cells(ax: Axes, cells: pd.DataFrame, rows: list[tuple[str, str, str]], lang: str) -> None:
    """The heat map: each count in its cell, none where it is 0."""
    fields = list(themes().names)
    shares = np.array([[cells.loc[(k, t, f), "share"] for f in fields] for k, t, _ in rows])
    counts = np.array([[cells.loc[(k, t, f), "n_provision"] for f in fields] for k, t, _ in rows])
    top = max(float(np.nanmax(shares)), 1e-9)
    ax.pcolormesh(shares, cmap="Blues", vmin=0, vmax=top, edgecolor="white")
    for y, x in zip(*np.nonzero(counts), strict=True):
        colour = "white" if shares[y, x] > 0.6 * top else "black"
        ax.text(x + 0.5, y + 0.5, str(counts[y, x]), ha="center", va="center_baseline",
                fontsize=7.5, color=colour)  # fmt: skip
    ax.set_yticks(np.arange(len(rows)) + 0.5, [label for *_, label in rows])
    for (_, tool, _), label in zip(rows, ax.get_yticklabels(), strict=True):
        label.set_color(DARK if tool == ALL else "black")
        label.set_fontsize(9 if tool == ALL else 7.5)
    heads = [fold(themes().names[f][lang], 8 if lang == "zh" else 14) for f in fields]
    ax.xaxis.tick_top()
    turn: dict[str, Any] = {} if lang == "zh" else {"rotation": 90, "va": "bottom"}
    ax.set_xticks(np.arange(len(fields)) + 0.5, ["\n".join(lines) for lines in heads], **turn)
    ax.set(ylim=(len(rows), 0))
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    for y, (_, tool, _) in enumerate(rows):
        if tool == ALL and y:
            ax.axhline(y, color=FAINT, lw=0.6)


def _tool_bars(ax: Axes, cells: pd.DataFrame, rows: list[tuple[str, str, str]], lang: str) -> None:
    """The share of each row, any field, with its interval."""
    own = cells.loc[[(kind, tool, ALL) for kind, tool, _ in rows]]
    share, low, high = (own[c].to_numpy() * 100 for c in ("share", "share_low", "share_high"))
    top = max(float(np.nanmax(np.fmax(share, high))), 1)
    for y, (_, tool, _) in enumerate(rows):
        ax.barh(y + 0.5, share[y], height=0.6, color=DARK if tool == ALL else BAR)
        ax.plot([low[y], high[y]], [y + 0.5] * 2, color="black", lw=0.9, solid_capstyle="butt")
        ax.text(top * 1.04, y + 0.5, f"{share[y]:.1f}", va="center_baseline", fontsize=7.5)
    ax.set(xlim=(0, top * 1.34), xticks=[])
    ax.set_title(word("figures.coded_tools.bars", lang))
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)


@figure
def plot_pmc_surface(
    variables: pd.DataFrame, *, surface: list[str] | None = None, top: int = 12,
    names: Names | None = None, lang: str = "zh",
) -> Figure:  # fmt: skip
    """The PMC surface of each document: the scores of nine main variables, three by three.

    ``variables`` as from ``pmc_variables``; ``surface`` are the nine, row by row, by default those
    of ``coding/pmc.toml``. A document of which one of the nine is missing is not drawn, and the
    figure says so; of many the first ``top`` are drawn. ValueError where none can be drawn.
    """
    check_arguments(top=top)
    require(variables, PMC_COLUMNS, "pmc_variables")
    names = document_labels(variables, names)
    nine = read_toml("coding/pmc.toml")["surface"] if surface is None else list(surface)
    scores = variables.pivot(index="doc_id", columns="variable", values="score").reindex(names)
    if len(set(nine)) != 9 or not set(nine) <= set(scores):
        raise ValueError(f"a surface has nine of the variables {', '.join(scores)}, not {nine}")
    known = scores[nine].dropna()
    if known.empty:
        raise ValueError("no document has all nine variables; code the sub-variables that lack")
    drawn, across = known.head(top), min(len(known), 3)
    down = -(-len(drawn) // 3)
    said = [word("figures.pmc.height", lang)]
    if rest := [v for v in variables["variable"].unique() if v not in nine]:
        said.append(word("figures.pmc.left_out", lang, variables=", ".join(rest)))
    if absent := [label for doc_id, label in names.items() if doc_id not in known.index]:
        text = word("punctuation.joint", lang).join(absent)
        said.append(word("figures.pmc.missing", lang, names=text))
    if len(known) > len(drawn):
        said.append(word("figures.pmc.more", lang, n=len(known) - len(drawn)))
    width = ONE_COLUMN if len(drawn) == 1 else TWO_COLUMNS
    lines = _folded([*said, *_standing(variables, lang)], width, lang)
    note = 0.3 + 0.42 * len(lines)
    fig = new_figure(width, down * PANEL + note)
    fig.set_layout_engine("none")
    for n, (doc_id, row) in enumerate(drawn.iterrows()):
        box = _panel(n, across, width, down, note)
        _surface(fig, box, row.to_numpy(dtype=float).reshape(3, 3), nine, names[str(doc_id)])
    fig.text(0.2 / width, 0.1 / (down * PANEL + note), "\n".join(lines), va="bottom", fontsize=7.5)
    return fig


def _panel(n: int, across: int, width: float, down: int, note: float) -> tuple[float, ...]:
    """The place of a panel in shares of the figure."""
    height = down * PANEL + note
    wide = width / across
    left, low = n % across * wide, note + (down - 1 - n // across) * PANEL
    return left / width, low / height, wide / width, PANEL / height


def _surface(
    fig: Figure, box: tuple[float, ...], scores: np.ndarray, nine: list[str], title: str
) -> None:
    """One surface: rows of three behind each other, height from 0 to 1."""
    left, low, wide, high = box
    with matplotlib.rc_context({"grid.color": TRACK, "grid.linewidth": 0.5}):
        ax: Any = fig.add_axes((left, low, wide, high * 0.92), projection="3d")
    x, y = np.meshgrid(np.arange(3), np.arange(3))
    ax.plot_surface(x, y, scores, cmap="Blues", vmin=-0.1, vmax=1.3, edgecolor=DARK, lw=0.6)
    ax.set(zlim=(0, 1), zticks=[0, 0.5, 1])
    ax.set_xticks(range(3), ["1", "2", "3"])
    ax.set_yticks(range(3), [f"{nine[3 * n]}–{nine[3 * n + 2]}" for n in range(3)])
    ax.tick_params(labelsize=7.5, pad=-2)
    ax.view_init(elev=28, azim=-58)
    ax.set_box_aspect((1, 1, 0.75), zoom=0.98)
    for axis in (ax.xaxis, ax.yaxis, ax.zaxis):
        axis.set_pane_color("white")
    fig.text(left + wide / 2, low + high * 0.93, title, ha="center", va="center", fontsize=9)


def _standing(table: pd.DataFrame, lang: str) -> list[str]:
    """What a figure says of codes that no person adjudicated."""
    found = table["standing"].unique()
    return [word(f"coded.short_{state}", lang) for state in found if state != "adjudicated"]


def _folded(sentences: list[str], width: float, lang: str) -> list[str]:
    """The sentences in lines that fit the figure."""
    room = int((width - 0.6) / NARROW)
    lines: list[str] = []
    for sentence in sentences:
        joint = lines[-1] + ("" if lang == "zh" else " ") + sentence if lines else sentence
        if lines and text_width(joint) <= room:
            lines[-1] = joint
        else:
            lines += fold(sentence, room)
    return lines


def _below(fig: Figure, sentences: list[str], lang: str) -> None:
    """The note under a figure."""
    text = "\n".join(_folded(sentences, TWO_COLUMNS, lang))
    fig.supxlabel(text, fontsize=7.5, x=0.01, ha="left")
