"""Aligned targets as tables to print: indicators by documents, and what each text covers."""

from pathlib import Path
from typing import Any

import pandas as pd

from ipcompare.frames import checked, columns_of, documents_of, same_documents
from ipcompare.indicators.align import unaligned_targets
from ipcompare.indicators.entries import rules
from ipcompare.indicators.in_words import spoken_of, statements
from ipcompare.indicators.ordering import by_indicator, checked_aligned
from ipcompare.quantities.counting import APART
from ipcompare.quantities.kinds import KINDS
from ipcompare.quantities.printed import in_brackets, printed_quantity, printed_target
from ipcompare.words import check_lang, value_word, word

_NEEDED = (
    "indicator", "indicator_zh", "indicator_en", "theme", "doc_id", "target_id", "comparator",
    "low", "high", "unit", "measure", "deadline", "horizon_note", "horizon_year", "per_year",
    "scope", "each", "kind", "hardness", "counting", "headline", "condition", "proviso", "flag",
    "wording",
)  # fmt: skip


def target_matrix(
    aligned: pd.DataFrame, *, lang: str = "zh", qualitative: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Indicators by documents, the headline target in each cell: ``≥ 12 件/万人 (2026)``.

    One row an indicator of which any document states a number (with ``qualitative`` also: speaks
    in words), indexed by theme and name; one column a document, in the order of the corpus. A
    cell adds the year by which the number holds and what limits it: a part of the jurisdiction,
    another definition (新增), how it is counted where that is no total (遴选, 培育), how binding
    it is (力争); targets of earlier years for the same stand before it. A star means that the
    column ``flag`` of ``aligned`` has something to say (contradiction, other definition, scope).
    With ``qualitative`` (``qualitative_mentions(clauses)``) a document that speaks in words is
    shown with its words; ``未见表述`` / ``no statement found`` means that neither was found.
    """
    return _matrix(aligned, "target", lang, qualitative)


def incentive_matrix(
    aligned: pd.DataFrame, *, lang: str = "zh", qualitative: pd.DataFrame | None = None
) -> pd.DataFrame:
    """What each document pays: schemes by documents, rate, amount, cap and condition in one cell.

    ``50%，≤ 20 万元/年`` is a rate with its cap; several payments of one scheme are told apart
    by their condition, or by their own words where they have none. Rows, words and ``未见表述`` as
    in ``target_matrix``.
    """
    return _matrix(aligned, "incentive", lang, qualitative)


def _matrix(
    aligned: pd.DataFrame, kind: str, lang: str, qualitative: pd.DataFrame | None
) -> pd.DataFrame:
    """The rows of one kind as names by documents."""
    check_lang(lang)
    aligned = checked_aligned(aligned, only=_NEEDED)
    own = aligned[aligned["kind"] == kind]
    documents = documents_of(aligned)
    names = matrix_rows(aligned, kind, qualitative)
    groups: dict[tuple[str, str], list] = {}
    for row in own.itertuples():
        groups.setdefault((row.indicator, row.doc_id), []).append(row)
    cell = _target_cell if kind == "target" else _incentive_cell
    cells = {key: cell(group, lang) for key, group in groups.items()}
    said = _said(aligned, qualitative, lang)
    table = [
        [cells.get((i, doc), said.get((kind, i, doc), word("quantity.not_stated", lang)))
         for doc in documents]
        for i in names["indicator"]
    ]  # fmt: skip
    themes = [_theme(theme, lang) for theme in names["theme"]]
    heads = ("主题", "指标") if lang == "zh" else ("theme", "indicator")
    index = pd.MultiIndex.from_arrays([themes, names[f"indicator_{lang}"]], names=heads)
    return pd.DataFrame(table, index=index, columns=documents, dtype=object)


def matrix_cells(
    aligned: pd.DataFrame, qualitative: pd.DataFrame, *, lang: str = "zh"
) -> pd.DataFrame:
    """The cells of both matrices one below the other: what many documents say, in a long table.

    One row a kind, indicator and document that states a number or speaks in words: ``kind,
    indicator, indicator_zh, indicator_en, theme, doc_id, state`` (number, words) and ``cell``, as
    the matrices print it. Words on a scheme as a whole are a row of their own, unless the
    document has a number for it. Where there is no row nothing was found, which is not the same
    as nothing said. A function of each document alone.
    """
    check_lang(lang)
    aligned, said = checked_aligned(aligned, only=_NEEDED), checked(qualitative, "qualitative")
    groups: dict[tuple, list] = {}
    for row in aligned.itertuples():
        groups.setdefault((row.kind, row.indicator, row.doc_id), []).append(row)
    rows, numbers = [], set()
    for (kind, indicator, doc_id), group in groups.items():
        cell = _target_cell(group, lang) if kind == "target" else _incentive_cell(group, lang)
        rows.append(_long_row(group[0], "number", cell))
        numbers |= {(kind, doc_id, name) for name in (indicator, indicator.partition(".")[0])}
    for row in said.drop_duplicates(["kind", "indicator", "doc_id"]).itertuples():
        if (row.kind, row.doc_id, row.indicator) not in numbers:
            rows.append(_long_row(row, "words", _in_words(row, lang)))
    table = pd.DataFrame(rows, columns=columns_of("matrix_cells"))
    return same_documents(by_indicator(table).reset_index(drop=True), aligned)


def _long_row(row: Any, state: str, cell: str) -> tuple:
    names = row.kind, row.indicator, row.indicator_zh, row.indicator_en, row.theme
    return *names, row.doc_id, state, cell


def matrix_rows(
    aligned: pd.DataFrame, kind: str, qualitative: pd.DataFrame | None = None
) -> pd.DataFrame:
    """What the rows of a matrix are: ``spoken_of``, of one kind."""
    said = aligned.iloc[:0] if qualitative is None else checked(qualitative, "qualitative")
    rows = spoken_of(aligned, said)
    return rows[rows["kind"] == kind].reset_index(drop=True)


def _said(
    aligned: pd.DataFrame, qualitative: pd.DataFrame | None, lang: str
) -> dict[tuple[str, str, str], str]:
    """What documents say in words, by kind, indicator and document."""
    if qualitative is None:
        return {}
    found = statements(aligned, qualitative)
    return {
        (row.kind, row.indicator, row.doc_id): _in_words(row, lang)
        for row in found[found["state"] == "words"].itertuples()
    }


def _in_words(row: Any, lang: str) -> str:
    """``定性：全覆盖 (省级以上产业集聚区；力争)``"""
    hardness = value_word("hardness", row.hardness, lang) if isinstance(row.hardness, str) else ""
    head = word("quantity.in_words", lang) + word("punctuation.colon", lang)
    said = [limit for limit in (_scope(row, lang), hardness) if limit]
    return head + row.words + in_brackets(said, lang)


def _scope(row: Any, lang: str) -> str:
    """The grades of a scope in the language of the reader; other words are those of the text."""
    said = row.scope if isinstance(row.scope, str) else ""
    names = {grade.zh: grade.en for grade in rules().subject.grades}
    parts = said.split("、")
    known = lang == "en" and all(part in names for part in parts)
    return ", ".join(names[part] for part in parts) if known else said


def _theme(theme: str, lang: str) -> str:
    """A theme in words; one of a researcher's own entries as she wrote it."""
    return (
        rules().themes[theme]
        if lang == "en" and theme in rules().themes
        else (value_word("theme", theme, lang))
    )


def _target_cell(rows: list, lang: str) -> str:
    """The headline target with its year and limits, behind those of earlier years."""
    return word("punctuation.semicolon", lang).join(
        printed_target(row, lang, limits=_limits(row, lang)) for row in printed_rows(rows)
    )


def printed_rows(rows: list) -> list:
    """Of the rows of one indicator and document those that its cell prints, in their order."""
    shown = [row for row in rows if row.headline]
    if rows[0].kind == "incentive":
        return shown
    earlier = [row for row in rows if _is_interim(row, shown[0])]
    return [*sorted(earlier, key=lambda row: row.deadline), *shown]


def _is_interim(row: Any, shown: Any) -> bool:
    """Whether a target holds for an earlier year than the one shown, and for the same."""
    dated = pd.notna(row.deadline) and pd.notna(shown.deadline)
    alike = row.scope == shown.scope and row.per_year == shown.per_year
    return bool(dated and alike and row.deadline < shown.deadline)


def _limits(row: Any, lang: str) -> list[str]:
    """What limits a target: part, second thing, condition, other definition, hardness."""
    flags = dict(flag.split(": ", 1) for flag in row.flag.split("; ") if flag)
    scope = _scope(row, lang) if "scope" in flags or "." not in row.indicator else ""
    joint = word("quantity.joint", lang, joint=flags["joint"]) if "joint" in flags else ""
    hardness = value_word("hardness", row.hardness, lang) if isinstance(row.hardness, str) else ""
    variant = flags.get("variant", "")
    limits = (scope, joint, row.condition, variant, _counted(row, variant, lang), hardness)
    return [said for said in limits if said]


def _counted(row: Any, variant: str, lang: str) -> str:
    """How a target is counted, where it may be taken for a total and no other word says so."""
    told = rules().subject.count_words.search(variant) or variant and row.counting == "recognised"
    shown = row.counting in APART and row.counting != "established"
    return value_word("counting", row.counting, lang) if shown and not told else ""


def _incentive_cell(rows: list, lang: str) -> str:
    """All payments of one scheme in the order of the text; a rate with what it is a rate of."""
    rows = [row for row in rows if row.headline]
    amounts = [row for row in rows if row.measure != "share"]
    rates = [row for row in rows if row.measure == "share"]
    parts = []
    for row in rows:
        alike = amounts if row.measure != "share" else rates
        notes = row.condition or (row.wording if len(alike) > 1 or row in rates else "")
        own = "." not in row.indicator and row.scope not in notes
        scope = _scope(row, lang) if own else ""
        said = [note for note in (scope, notes, row.proviso) if note]
        parts.append(printed_quantity(row, lang) + in_brackets(said, lang))
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
