"""Aligned targets as tables to print: indicators by documents, and what each text covers."""

from pathlib import Path
from typing import Any

import pandas as pd

from ipcompare.frames import QUALITATIVE_COLUMNS, checked, documents_of
from ipcompare.indicators.align import unaligned_targets
from ipcompare.indicators.entries import rules
from ipcompare.indicators.ordering import checked_aligned
from ipcompare.indicators.statements import stated_rows, statements
from ipcompare.quantities.kinds import KINDS
from ipcompare.quantities.printed import in_brackets, printed_quantity, printed_target
from ipcompare.words import value_word, word

_AND = "；"  # between the limits of a row
_SAID_ALWAYS = ("added", "selected")  # an increase and a choice are no total
# the unit and the sign say these already
_SAID_ELSEWHERE = ("per_year", "yearly_average")
_NEEDED = (
    "indicator", "indicator_zh", "indicator_en", "theme", "doc_id", "target_id", "comparator",
    "low", "high", "unit", "measure", "deadline", "horizon_note", "horizon_year", "per_year",
    "scope", "each", "kind", "headline", "condition", "flag", "wording", "hardness", "counting",
    "proviso", "clause_id",
)  # fmt: skip


def target_matrix(
    aligned: pd.DataFrame, *, lang: str = "zh", qualitative: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Indicators by documents, one headline target a cell: ``≥ 12 件/万人 (2026)``.

    One row an indicator of which any document speaks, indexed by theme and name; one column a
    document, in the order of the corpus. A cell has one of three states (``statements``): a
    number, with the year by which it holds and what limits it, interim targets before the final
    one (``2.15 件/万人 (2017)；2.88 件/万人 (2020)``); in words, with the words, where
    ``qualitative`` (``qualitative_mentions(clauses)``) has some; ``未见表述`` / ``no statement
    found``. How a number is counted (总数, 新增, 培育) is said where the documents of a row differ
    in it, and whether it is 力争 or 确保 always. A star means that the column ``flag`` of
    ``aligned`` has something to say (contradiction, other definition, scope).
    """
    return _matrix(aligned, "target", lang, qualitative)


def incentive_matrix(
    aligned: pd.DataFrame, *, lang: str = "zh", qualitative: pd.DataFrame | None = None
) -> pd.DataFrame:
    """What each document pays: schemes by documents, rate, amount, cap and limits in one cell.

    ``50% (贷款利息)，≤ 20 万元/年`` is a rate with what it is of and its cap; in brackets also the
    condition and what else limits it, in the words of the text (经评审认定；一次性). Several
    payments of one scheme are told apart by their condition, or by their own words where they
    have none. Rows and states as in ``target_matrix``.
    """
    return _matrix(aligned, "incentive", lang, qualitative)


def cell_rows(aligned: pd.DataFrame, kind: str) -> dict[tuple[str, str], list[Any]]:
    """The rows printed in a cell by indicator and document: the headline and, before it, interim.

    An interim target is one of the same scope and definition with an earlier year.
    """
    groups: dict[tuple[str, str], list[Any]] = {}
    for row in aligned[aligned["kind"] == kind].itertuples():
        groups.setdefault((row.indicator, row.doc_id), []).append(row)
    heads = {key: [row for row in group if row.headline] for key, group in groups.items()}
    return {
        key: [*(_interim(groups[key], rows[0]) if kind == "target" else ()), *rows]
        for key, rows in heads.items()
        if rows
    }


def _interim(group: list[Any], final: Any) -> list[Any]:
    """The targets of earlier years, one a year, in their order."""
    if pd.isna(final.deadline):
        return []
    alike = [row for row in group if pd.notna(row.deadline) and row.deadline < final.deadline]
    kept = {row.deadline: row for row in reversed(alike) if row.scope == final.scope}
    return [kept[year] for year in sorted(kept)]


def _matrix(
    aligned: pd.DataFrame, kind: str, lang: str, qualitative: pd.DataFrame | None
) -> pd.DataFrame:
    """What each document says of the indicators of one kind, in print."""
    aligned = checked_aligned(aligned, only=_NEEDED)
    if qualitative is None:
        qualitative = pd.DataFrame(columns=list(QUALITATIVE_COLUMNS))
    said = statements(aligned, qualitative)
    said = said[said["kind"] == kind]
    rows, documents = cell_rows(aligned, kind), documents_of(aligned)
    names = said.drop_duplicates("indicator")[["indicator", "theme", f"indicator_{lang}"]]
    table = [
        [_cell(row, rows, kind, lang, mixed) for row in group.itertuples()]
        for indicator, group in said.groupby("indicator", sort=False)
        for mixed in [ways_differ(indicator, rows)]
    ]
    themes = [_theme(theme, lang) for theme in names["theme"]]
    heads = ("主题", "指标") if lang == "zh" else ("theme", "indicator")
    index = pd.MultiIndex.from_arrays([themes, names[f"indicator_{lang}"]], names=heads)
    return pd.DataFrame(table, index=index, columns=documents, dtype=object)


def printed_rows(said: Any, rows: dict[tuple[str, str], list[Any]]) -> list[Any]:
    """The rows that a cell prints for a row of ``statements``; none without a number."""
    if said.state != "number":
        return []
    if said.stated_as == said.indicator:
        return rows[said.indicator, said.doc_id]
    entry = said.indicator.partition(".")[0]
    heads = [
        group[-1]
        for (indicator, doc_id), group in rows.items()
        if doc_id == said.doc_id and indicator.partition(".")[0] == entry
    ]
    return stated_rows(said.indicator, heads)


def _cell(
    said: Any, rows: dict[tuple[str, str], list[Any]], kind: str, lang: str, mixed: bool
) -> str:
    """A cell in one of the three states."""
    if said.state == "none":
        return word("quantity.not_stated", lang)
    if said.state == "words":
        return word("quantity.in_words", lang) + word("punctuation.colon", lang) + said.words
    found = printed_rows(said, rows)
    if kind == "incentive":
        return _incentive_cell(found, lang)
    other = said.stated_as != said.indicator
    cells = [_target_cell(row, lang, mixed=mixed or other, graded=other) for row in found]
    return word("punctuation.semicolon", lang).join(cells)


def ways_differ(indicator: str, rows: dict[tuple[str, str], list[Any]]) -> bool:
    """Whether the documents count an indicator in different ways: 总数 beside 新增."""
    counted = {group[-1].counting for (own, _), group in rows.items() if own == indicator}
    return len({way for way in counted if isinstance(way, str)}) > 1


def _theme(theme: str, lang: str) -> str:
    """A theme in words; one of a researcher's own entries as she wrote it."""
    return (
        rules().themes[theme]
        if lang == "en" and theme in rules().themes
        else (value_word("theme", theme, lang))
    )


def _target_cell(row: Any, lang: str, *, mixed: bool = False, graded: bool = False) -> str:
    """One target with its year and what limits it; ``graded``: also of what grade it is."""
    flags = dict(flag.split(": ", 1) for flag in row.flag.split("; ") if flag)
    scope = row.scope if "scope" in flags or "." not in row.indicator else ""
    scope = part_of(row, lang) if graded else scope
    joint = word("quantity.joint", lang, joint=flags["joint"]) if "joint" in flags else ""
    manner, variant = target_manner(row, lang, mixed=mixed), flags.get("variant", "")
    said = [*manner, scope, joint, "" if variant in manner else variant, flags.get("unit", "")]
    return printed_target(row, lang, limits=filter(None, [*said, row.condition, row.proviso]))


def part_of(row: Any, lang: str) -> str:
    """The grades of which a row is, in words: 国家级、省级."""
    name = getattr(row, f"indicator_{lang}")
    return name.rpartition(word("punctuation.colon", lang))[2] if "." in row.indicator else ""


def target_manner(row: Any, lang: str, *, mixed: bool = False) -> list[str]:
    """How a target is counted, where that may mislead, and how hard it is: 新增, 力争.

    ``mixed``: documents count the indicator in different ways, so that each is said.
    """
    counting = row.counting if mixed or row.counting in _SAID_ALWAYS else ""
    return [
        value_word(column, value, lang)
        for column, value in (("counting", counting), ("hardness", row.hardness))
        if isinstance(value, str) and value and value not in _SAID_ELSEWHERE
    ]


def _incentive_cell(rows: list, lang: str) -> str:
    """All payments of one scheme in the order of the text; a rate with what it is a rate of."""
    amounts = [row for row in rows if row.measure != "share"]
    rates = [row for row in rows if row.measure == "share"]
    several, parts, before = len(amounts) > 1 or len(rates) > 1, [], set[str]()
    for row in rows:
        alike = amounts if row.measure != "share" else rates
        base = row.wording if row in rates or (len(alike) > 1 and not row.condition) else ""
        limits = [said for said in row.proviso.split(_AND) if said not in row.indicator_zh + base]
        notes = [said for said in dict.fromkeys([base, row.condition, *limits]) if said]
        fresh = notes if several else [said for said in notes if said not in before]
        before |= set(notes)
        parts.append(printed_quantity(row, lang) + in_brackets(fresh, lang))
    sign = "semicolon" if several else "comma"
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
