"""The exhibits that rest on codes, each with its reliability table and the note of its caption."""

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from ipcompare.coding.beside import reliability
from ipcompare.coding.coded_tools import FIELD, TOOL, coded_tools
from ipcompare.coding.coding_files import Coding
from ipcompare.coding.pmc import main_variables, pmc_index, pmc_variables
from ipcompare.coding.standing import decided_codes, who_decided
from ipcompare.coding.strength import FORM, MEASURE, RANK, policy_strength, strength_note
from ipcompare.data import read_toml
from ipcompare.words import LANGS, word


class CodedExhibit(NamedTuple):
    """A table from codes; the agreement of the coders beside it; the note of its caption.

    ``parts`` is the table that the figure is drawn from, where it is another than ``table``.
    """

    table: pd.DataFrame
    parts: pd.DataFrame
    reliability: dict[str, pd.DataFrame]  # zh, en
    note: dict[str, str]  # zh, en


def tool_exhibit(
    coding: Coding, agreement: pd.DataFrame | None = None, *, coder: str | None = None,
    tool: str = TOOL, field: str = FIELD,
) -> CodedExhibit:  # fmt: skip
    """Policy tools by fields (``coded_tools``); drawn by ``plot_coded_tools``."""
    table = coded_tools(coding, coder=coder, tool=tool, field=field)
    return _exhibit(coding, coder, table, table, agreement, (tool, field), {})


def pmc_exhibit(
    coding: Coding, agreement: pd.DataFrame | None = None, *, coder: str | None = None,
    definition: dict | None = None,
) -> CodedExhibit:  # fmt: skip
    """The PMC index (``pmc_index``); ``parts`` are its variables, for ``plot_pmc_surface``."""
    parts = pmc_variables(coding, coder=coder, definition=definition)
    table = pmc_index(parts, definition=definition)
    subs = [sub for variable in main_variables(definition) for sub in variable.subs]
    levels = (read_toml("coding/pmc.toml") if definition is None else definition)["levels"]
    missing = int(table["pmc"].isna().sum())
    more = {}
    for lang in LANGS:
        said = [word("coded.levels_source", lang, source=levels["source"][LANGS.index(lang)])]
        said += [word("coded.pmc_missing", lang, n=missing)] if missing else []
        more[lang] = joined(said, lang)
    return _exhibit(coding, coder, table, parts, agreement, subs, more)


def strength_exhibit(
    coding: Coding, agreement: pd.DataFrame | None = None, *, coder: str | None = None
) -> CodedExhibit:
    """Policy strength (``policy_strength``), with the note where it is degenerate."""
    table = policy_strength(coding, coder=coder)
    scales = [scale for scale in ("national", "local") if scale in set(table["scale"])]
    sources = {lang: [word(f"coded.scale_{scale}", lang) for scale in scales] for lang in LANGS}
    more = {lang: joined([*sources[lang], strength_note(table, lang)], lang) for lang in LANGS}
    return _exhibit(coding, coder, table, table, agreement, (RANK, FORM, MEASURE), more)


def joined(sentences: Iterable[str], lang: str) -> str:
    """Sentences after each other, apart by a space where the language has one."""
    return ("" if lang == "zh" else " ").join(filter(None, sentences))


def _exhibit(
    coding: Coding, coder: str | None, table: pd.DataFrame, parts: pd.DataFrame,
    agreement: pd.DataFrame | None, fields: Iterable[str], more: dict[str, str],
) -> CodedExhibit:  # fmt: skip
    """The exhibit with the notes that all share: who decided, and how many items were coded."""
    fields = list(fields)
    decided = decided_codes(coding, coder=coder)
    decided = decided[decided["field"].isin(fields)]
    n, every = decided["item_id"].nunique(), len(coding.items)
    note = {}
    for lang in LANGS:
        said = [who_decided(decided, lang), word("coded.n_coded", lang, n=n, all=every)]
        said += [word("coded.left_open", lang)] if n < every else []
        note[lang] = joined([*said, more.get(lang, "")], lang)
    beside = {lang: reliability(agreement, fields, lang=lang) for lang in LANGS}
    return CodedExhibit(table, parts, beside, note)
