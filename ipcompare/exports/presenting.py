"""Tables as readers see them: columns, codes, documents and provisions called by their names.

CSV files keep the names of the data; Word, LaTeX, the workbook's heads and the notebooks show
these.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from ipcompare import __version__
from ipcompare.citations import DocumentNames
from ipcompare.corrections import CARRIED, MARK
from ipcompare.exports.coded_names import coded_name
from ipcompare.exports.corrected_notes import correction_marks
from ipcompare.exports.declared import Exhibit, exhibits
from ipcompare.exports.saving import save_figure, save_table
from ipcompare.indicators.entries import rules
from ipcompare.quantities.units import unit_name
from ipcompare.study import Study
from ipcompare.wording.coverage import MATCH_THRESHOLD
from ipcompare.wording.themes import themes
from ipcompare.words import LANGS, check_lang, value_word, word, word_table

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Columns that hold document ids (several joined with 、) and clause ids.
DOCUMENTS = {
    "doc_id", "doc_a", "doc_b", "other_id", "closest", "reference", "left_out", "by", "lowest_by",
    "named", "common_source", "parent", "child", "earlier",
}  # fmt: skip
CLAUSES = {"clause_id", "match_id", "moved_by", "parent_id", "parent_match_id", "peer_match_id"}
FLAGS = {"flag", "unlike"}
THEMES = {"theme", "second"}
# The same thing in Chinese and English: only that of the reader's language is shown.
TWINS = (
    ("indicator_zh", "indicator_en"), ("zh", "en"),
    ("jurisdiction", "jurisdiction_en"), ("said", "said_en"), ("cure", "cure_en"),
)  # fmt: skip
WIDE = 12  # columns on a page


def column_title(column: str, lang: str, *, exhibit: str = "") -> str:
    """The title of a column, its own in an exhibit where it has one; an unlisted one as it is.

    >>> column_title("doc_id", "zh"), column_title("hebi-2017", "en")
    ('文本', 'hebi-2017')
    """
    columns = word_table("columns")
    found = columns.get(f"{exhibit}.{column}") or columns.get(column)
    if found:
        return found[LANGS.index(lang)]
    return column if lang == "zh" else rules().themes.get(column, column)


def theme_name(theme: str, lang: str) -> str:
    """A theme of the indicators (创造) or of the provisions (``creation``); any other as it is."""
    if theme in rules().themes:
        return theme if lang == "zh" else rules().themes[theme]
    names = themes().names.get(theme)
    return names[lang] if names else value_word("theme", theme, lang)


def code_word(column: str, value: str, lang: str) -> str:
    """The word for a coded value of a column, a theme too; any other value as it is."""
    if column in THEMES:
        return theme_name(value, lang)
    return coded_name(column, value, lang) or value_word(column, value, lang)


def presented(
    frame: pd.DataFrame, id: str = "", *, lang: str = "zh", names: Mapping[str, str] | None = None,
    pinpoints: Mapping[str, str] | None = None,
) -> pd.DataFrame:  # fmt: skip
    """The frame of an exhibit for readers of ``lang``: its printed columns under their titles.

    Without ``id`` all columns under their common titles. ``names`` are the documents' labels,
    ``pinpoints`` those of provisions by clause_id. Coded values become words, lists one text,
    true a tick; numbers stay numbers. Columns keep their order; the index becomes columns.
    """
    check_lang(lang)
    names = _labels(names, lang)
    if any(name is not None for name in frame.index.names):
        frame = frame.rename_axis(columns=None).reset_index()
    columns = printed_columns(frame, id, lang)
    shown = {c: _column(frame[c], c, lang, names, pinpoints or {}) for c in columns}
    base = {en: zh for zh, en in TWINS}
    titles = {c: names.get(c, column_title(base.get(c, c), lang, exhibit=id)) for c in columns}
    return Shown(shown, index=frame.index).rename(columns=titles)


class Shown(pd.DataFrame):
    """A table that a notebook shows with blanks for what is missing."""

    @property
    def _constructor(self) -> type["Shown"]:
        return Shown

    def _repr_html_(self) -> str:
        whole = [c for c in self.columns if pd.api.types.is_extension_array_dtype(self[c].dtype)]
        blank = {c: self[c].astype(object).where(self[c].notna(), "") for c in whole}
        return self.assign(**blank).to_html(na_rep="", max_rows=60, notebook=True)


class Note(str):
    """One plain line in the place of an exhibit that these texts do not have."""

    def _repr_markdown_(self) -> str:
        return f"*{self}*"


def nothing_to_show(id: str, lang: str) -> Note:
    """Which exhibit is not made, and why."""
    title = exhibits()[id].title[LANGS.index(lang)]
    why = word_table("nothing").get(id, word_table("nothing")["other"])
    return Note(word("phrases.not_made", lang, title=title, why=why[LANGS.index(lang)]))


def show_figure(
    study: Study, id: str, *, lang: str = "zh", threshold: float = MATCH_THRESHOLD
) -> "Figure | Note":
    """Draw the figure of an exhibit for these texts, save it (``save_figure``) and return it.

    A line in its place where the texts have nothing to draw in it. ``threshold`` is the score
    from which a counterpart counts.
    """
    from ipcompare.figures.of_study import figure_of  # slow: a table need not wait

    fig = figure_of(study, id, lang=lang, threshold=threshold)
    return nothing_to_show(id, lang) if fig is None else save_figure(fig, id)


def show_table(
    frame: pd.DataFrame | None, id: str, *, lang: str = "zh",
    names: Mapping[str, str] | None = None, pinpoints: Mapping[str, str] | None = None,
) -> pd.DataFrame | Note:  # fmt: skip
    """Save the table of an exhibit (``save_table``) and return it as readers of ``lang`` see it.

    A table whose cells are words of ours is saved as that of ``lang``, any other is the same in
    both languages. One that these texts do not have (None, or without a row) is not saved: a line
    says so in its place.
    """
    if frame is None or frame.empty:
        return nothing_to_show(id, lang)
    bilingual = id in exhibits() and exhibits()[id].bilingual
    saved = save_table(frame, id, lang=lang if bilingual else LANGS[0])
    return presented(saved, id, lang=lang, names=names, pinpoints=pinpoints)


def _labels(names: Mapping[str, str] | None, lang: str) -> dict[str, str]:
    """The labels, in ``lang`` where they are known in both languages."""
    return names.in_language(lang) if isinstance(names, DocumentNames) else dict(names or {})


def printed_table(
    frame: pd.DataFrame, id: str, *, lang: str, names: Mapping[str, str],
    pinpoints: Mapping[str, str] | None = None,
) -> pd.DataFrame:  # fmt: skip
    """``presented``, turned on its side where its columns are too many for a page.

    The heads are then those of its first column that names every row, each by another name.
    """
    shown = presented(frame, id, lang=lang, names=names, pinpoints=pinpoints)
    name = next(filter(lambda column: _names_rows(shown[column]), shown), None)
    if name is None or len(shown.columns) <= WIDE or len(shown) >= len(shown.columns):
        return shown
    sideways = shown.astype(object).set_index(name).T
    return sideways.rename_axis(index="", columns=None).reset_index()


def _names_rows(values: pd.Series) -> bool:
    return bool(values.is_unique and values.notna().all() and values.astype(str).ne("").all())


def printed_columns(frame: pd.DataFrame, id: str, lang: str) -> list[str]:
    """The columns that are declared for the exhibit, else all; of twins the one of ``lang``.

    Last, where a row was corrected by hand, the column that says so.
    """
    declared = exhibits()[id].columns if id in exhibits() else ()
    columns = [c for c in declared or frame.columns if c in frame and c not in CARRIED]
    columns += (
        [MARK] if MARK in frame and any(isinstance(v, str) and v for v in frame[MARK]) else []
    )
    for zh, en in TWINS:
        own, other = (zh, en) if lang == "zh" else (en, zh)
        if own in frame and zh in columns:
            columns = [own if c == zh else c for c in columns if c != en]
        elif own in columns and other in columns:
            columns.remove(other)
    return columns


def _column(
    values: pd.Series, column: str, lang: str, names: Mapping[str, str],
    pinpoints: Mapping[str, str],
) -> pd.Series:  # fmt: skip
    """The values of one column as words; numbers as they are."""
    if pd.api.types.is_bool_dtype(values):
        return values.map({True: "✓", False: ""})
    if pd.api.types.is_numeric_dtype(values):
        return values
    return values.map(lambda value: _word(value, column, lang, names, pinpoints))


def _word(
    value: Any, column: str, lang: str, names: Mapping[str, str], pinpoints: Mapping[str, str]
) -> Any:
    joint = word("punctuation.joint", lang)
    if isinstance(value, list | tuple):
        return joint.join(map(str, value))
    if not isinstance(value, str):
        return "" if value is None or value is pd.NA or value != value else value
    if column in DOCUMENTS and any(names.get(part) for part in value.split("、")):
        return joint.join(names.get(part, part) for part in value.split("、"))
    if column in CLAUSES:
        place = names.get(value.split("#")[0]), pinpoints.get(value)
        return " ".join(filter(None, place)) or value
    if column in FLAGS:
        return "; ".join(_flag(part, lang, names, pinpoints) for part in value.split("; ") if part)
    if column == "unit":
        return unit_name(value, lang)
    if column == MARK:
        return correction_marks(value, lang)
    return code_word(column, value, lang)


def source_line(exhibit: Exhibit, names: Mapping[str, str], lang: str) -> str:
    """What an exhibit is made from, in words, and with what."""
    documents = word("punctuation.joint", lang).join(_labels(names, lang).values())
    said = [value_word("sources", source, lang) for source in exhibit.sources]
    sources = word("punctuation.semicolon", lang).join(said).format(documents=documents)
    return sources + word("captions.compiled", lang, version=__version__)


def _flag(flag: str, lang: str, names: Mapping[str, str], pinpoints: Mapping[str, str]) -> str:
    """``scope: 市级`` with the flag in words; a target_id is called by its provision."""
    name, colon, said = flag.partition(": ")
    clause_id = said.partition("@")[0]
    if clause_id in pinpoints:
        said = f"{names.get(clause_id.partition('#')[0], '')} {pinpoints[clause_id]}".strip()
    return f"{value_word('flag', name, lang)}{colon}{said}"
