"""Aligned targets as tables to print: indicators by documents, and what each text covers."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from ipcompare.frames import checked, documents_of
from ipcompare.indicators.align import unaligned_targets
from ipcompare.indicators.entries import rules
from ipcompare.indicators.ordering import checked_aligned
from ipcompare.quantities.kinds import KINDS
from ipcompare.quantities.printed import in_brackets, printed_quantity, printed_target
from ipcompare.words import value_word, word

_NEEDED = (
    "indicator", "indicator_zh", "indicator_en", "theme", "doc_id", "target_id", "comparator",
    "low", "high", "unit", "measure", "deadline", "horizon_note", "horizon_year", "per_year",
    "scope", "each", "kind", "headline", "condition", "flag", "wording",
)  # fmt: skip


def target_matrix(
    aligned: pd.DataFrame, *, lang: str = "zh", qualitative: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Indicators by documents, one headline target a cell: ``≥ 12 件/万人 (2026)``.

    One row an indicator that any document states, indexed by theme and name; one column a
    document, in the order of the corpus. A cell adds the year by which the number holds and, where
    it is not the figure of the whole jurisdiction, what it is limited to. A star means that the
    column ``flag`` of ``aligned`` has something to say (contradiction, other definition, scope).
    ``未提及`` / ``not stated`` means that the document gives no number; with ``qualitative``
    (``qualitative_mentions(clauses)``) the words it uses instead are shown, as words.
    """
    table = _matrix(aligned, "target", lang, lambda rows: _target_cell(rows[0], lang))
    silence = word("quantity.not_stated", lang)
    in_words = word("quantity.in_words", lang) + word("punctuation.colon", lang)
    said = () if qualitative is None else checked(qualitative, "qualitative").itertuples()
    for row in said:
        name = _theme(row.theme, lang)
        at = name, getattr(row, f"indicator_{lang}")
        if at in table.index and table.at[at, row.doc_id] == silence:
            table.at[at, row.doc_id] = in_words + row.words
    return table


def incentive_matrix(aligned: pd.DataFrame, *, lang: str = "zh") -> pd.DataFrame:
    """What each document pays: schemes by documents, rate, amount, cap and condition in one cell.

    ``50%，≤ 20 万元/年`` is a rate with its cap; several payments of one scheme are told apart
    by their condition, or by their own words where they have none. Rows as in ``target_matrix``.
    """
    return _matrix(aligned, "incentive", lang, lambda rows: _incentive_cell(rows, lang))


def _matrix(
    aligned: pd.DataFrame, kind: str, lang: str, cell: Callable[[list], str]
) -> pd.DataFrame:
    """Headline rows of one kind as names by documents."""
    aligned = checked_aligned(aligned, only=_NEEDED)
    silence = word("quantity.not_stated", lang)
    rows = aligned[(aligned["kind"] == kind) & aligned["headline"]]
    documents = documents_of(aligned)
    names = rows.drop_duplicates("indicator")[["indicator", "theme", f"indicator_{lang}"]]
    groups: dict[tuple[str, str], list] = {}
    for row in rows.itertuples():
        groups.setdefault((row.indicator, row.doc_id), []).append(row)
    cells = {key: cell(group) for key, group in groups.items()}
    table = [
        [cells.get((indicator, doc), silence) for doc in documents]
        for indicator in names["indicator"]
    ]
    themes = [_theme(theme, lang) for theme in names["theme"]]
    heads = ("主题", "指标") if lang == "zh" else ("theme", "indicator")
    index = pd.MultiIndex.from_arrays([themes, names[f"indicator_{lang}"]], names=heads)
    return pd.DataFrame(table, index=index, columns=documents, dtype=object)


def _theme(theme: str, lang: str) -> str:
    """A theme in words; one of a researcher's own entries as she wrote it."""
    return (
        rules().themes[theme]
        if lang == "en" and theme in rules().themes
        else (value_word("theme", theme, lang))
    )


def _target_cell(row: Any, lang: str) -> str:
    """One target with its year and its limits."""
    flags = dict(flag.split(": ", 1) for flag in row.flag.split("; ") if flag)
    scope = row.scope if "scope" in flags or "." not in row.indicator else ""
    joint = word("quantity.joint", lang, joint=flags["joint"]) if "joint" in flags else ""
    limits = [said for said in (scope, joint, row.condition) if said]
    return printed_target(row, lang, limits=limits)


def _incentive_cell(rows: list, lang: str) -> str:
    """All payments of one scheme in the order of the text; a rate with what it is a rate of."""
    amounts = [row for row in rows if row.measure != "share"]
    rates = [row for row in rows if row.measure == "share"]
    parts = []
    for row in rows:
        alike = amounts if row.measure != "share" else rates
        notes = row.condition or (row.wording if len(alike) > 1 or row in rates else "")
        parts.append(printed_quantity(row, lang) + in_brackets([notes] if notes else [], lang))
    sign = "semicolon" if len(amounts) > 1 or len(rates) > 1 else "comma"
    return word(f"punctuation.{sign}", lang).join(parts)


def target_coverage(
    targets: pd.DataFrame, aligned: pd.DataFrame, *, indicators: str | Path | None = None
) -> pd.DataFrame:
    """One row a document: what it quantifies.

    ``n_mention`` all mentions; ``n_target`` … ``n_unclear`` by kind; ``n_deadline`` targets with a
    year and ``share_deadline`` their share (missing without targets); ``n_aligned`` mentions led
    to an indicator, ``n_ambiguous`` claimed by two; then for each theme the number of indicators
    (targets, not incentives) that the document quantifies. 0 means that it gives none there.
    ``indicators`` as in ``align_targets``.
    """
    targets = checked(targets, "targets")
    aligned = checked_aligned(aligned, only=_NEEDED)
    rest = unaligned_targets(targets, aligned, indicators=indicators)
    ambiguous = rest[rest["reason"].str.startswith("ambiguous")]
    goals = aligned[aligned["kind"] == "target"]
    themes, lines = dict.fromkeys([*rules().themes, *goals["theme"]]), []
    for doc in documents_of(aligned):
        own = targets[targets["doc_id"] == doc]
        stated = own[own["kind"] == "target"]["deadline"].notna()
        line = {"doc_id": doc, "n_mention": len(own)}
        for kind in KINDS:
            line[f"n_{kind}"] = int((own["kind"] == kind).sum())
        line |= {"n_deadline": int(stated.sum())}
        line["share_deadline"] = round(float(stated.mean()), 4) if len(stated) else None
        line["n_aligned"] = int((aligned["doc_id"] == doc).sum())
        line["n_ambiguous"] = int((ambiguous["doc_id"] == doc).sum())
        mine = goals[goals["doc_id"] == doc]
        line |= {t: mine[mine["theme"] == t]["indicator"].nunique() for t in themes}
        lines.append(line)
    return pd.DataFrame(lines)
