"""Aligned targets as tables to print: indicators by documents, and what each text covers."""

import pandas as pd

from ipcompare.frames import TARGET_COLUMNS, documents_of, require
from ipcompare.indicators.entries import rules
from ipcompare.quantities.units import units

IN_WORDS = {"zh": "定性：", "en": "in words: "}
NOT_STATED = {"zh": "未提及", "en": "not stated"}
_NEEDED = (
    "indicator", "indicator_zh", "indicator_en", "theme", "doc_id", "target_id", "comparator",
    "low", "high", "unit", "measure", "deadline", "per_year", "scope", "each", "kind", "headline",
    "condition", "flag", "wording",
)  # fmt: skip
_SIGNS = {
    "zh": {">=": "≥ ", ">": "> ", "<=": "≤ ", "<": "< ", "~": "约 "},
    "en": {">=": "≥ ", ">": "> ", "<=": "≤ ", "<": "< ", "~": "about "},
}
_COMMA = {"zh": ("，", "；"), "en": (", ", "; ")}


def target_matrix(
    aligned: pd.DataFrame, *, lang: str = "zh", qualitative: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Indicators by documents, one headline target a cell: ``≥ 12 件/万人 (2026)``.

    One row an indicator that any document states, indexed by theme and name; one column a
    document, in the order of the corpus. A cell adds the year by which the number holds and, where
    it is not the figure of the whole jurisdiction, what it is limited to. A star means that the
    column ``flag`` of ``aligned`` has something to say (contradiction, other definition).
    ``未提及`` / ``not stated`` means that the document gives no number; with ``qualitative``
    (``qualitative_mentions(clauses)``) the words it uses instead are shown, as words.
    """
    table = _matrix(aligned, "target", lang, lambda rows: _target_cell(rows[0], lang))
    for row in () if qualitative is None else qualitative.itertuples():
        name = row.theme if lang == "zh" else rules().themes[row.theme]
        at = name, getattr(row, f"indicator_{lang}")
        if at in table.index and table.at[at, row.doc_id] == NOT_STATED[lang]:
            table.at[at, row.doc_id] = IN_WORDS[lang] + row.words
    return table


def incentive_matrix(aligned: pd.DataFrame, *, lang: str = "zh") -> pd.DataFrame:
    """What each document pays: schemes by documents, rate, amount, cap and condition in one cell.

    ``50%，≤ 20 万元/年`` is a rate with its cap; several payments of one scheme are told apart
    by their condition, or by their own words where they have none. Rows as in ``target_matrix``.
    """
    return _matrix(aligned, "incentive", lang, lambda rows: _incentive_cell(rows, lang))


def _matrix(aligned: pd.DataFrame, kind: str, lang: str, cell) -> pd.DataFrame:
    """Headline rows of one kind as names by documents."""
    require(aligned, _NEEDED, "align_targets")
    if lang not in NOT_STATED:
        raise ValueError(f"lang must be zh or en, not {lang!r}")
    rows = aligned[(aligned["kind"] == kind) & aligned["headline"]]
    documents = documents_of(aligned)
    names = rows.drop_duplicates("indicator")[["indicator", "theme", f"indicator_{lang}"]]
    groups: dict[tuple[str, str], list] = {}
    for row in rows.itertuples():
        groups.setdefault((row.indicator, row.doc_id), []).append(row)
    cells = {key: cell(group) for key, group in groups.items()}
    table = [
        [cells.get((indicator, doc), NOT_STATED[lang]) for doc in documents]
        for indicator in names["indicator"]
    ]
    themes = names["theme"] if lang == "zh" else names["theme"].map(rules().themes)
    heads = ("主题", "指标") if lang == "zh" else ("theme", "indicator")
    index = pd.MultiIndex.from_arrays([themes, names[f"indicator_{lang}"]], names=heads)
    return pd.DataFrame(table, index=index, columns=documents, dtype=object)


def quantity(row, lang: str = "zh") -> str:
    """The number of an aligned row with sign and unit: ``≥ 12 件/万人``, ``年均 ≥ 15%``.

    An amount for each is ``4000 元/件``, in English ``4,000 yuan each``.
    """
    if lang == "en" and units()[row.unit].dimension == "money":
        factor = float(units()[row.unit].factor)
        low, high = _yuan(row.low * factor), _yuan(row.high * factor)
    elif row.unit == "万元" and max(row.low, row.high) < 1:
        low, high = _number(row.low * 10000), _number(row.high * 10000)
    else:
        low, high = (_number(value, lang) for value in (row.low, row.high))
    number = low if low == high else f"{low}–{high}"
    text = f"{_SIGNS[lang].get(row.comparator, '')}{number}{_unit(row, lang)}{_each(row, lang)}"
    if not row.per_year or row.measure == "share":
        return text
    if row.measure == "level":
        return f"{text}/年" if lang == "zh" else f"{text} a year"
    return f"年均 {text}" if lang == "zh" else f"{text} a year"


def _each(row, lang: str) -> str:
    """``/件`` or `` each`` behind an amount that is paid for each."""
    return "" if not row.each else f"/{row.each}" if lang == "zh" else " each"


def _unit(row, lang: str) -> str:
    """The unit after a number; % stands without a space."""
    unit = row.unit if lang == "zh" else units()[row.unit].en
    if lang == "zh" and row.unit == "万元" and max(row.low, row.high) < 1:
        unit = "元"
    return unit if unit in ("%", "") else f" {unit}"


def _number(value: float, lang: str = "zh") -> str:
    """A number without trailing zeros: 2.88, 15000, in English 15,000."""
    comma = "," if lang == "en" else ""
    return format(value, f"{comma}.10g" if abs(value) < 1e10 else f"{comma}.0f")


def _yuan(value: float) -> str:
    """An amount in yuan for English readers: 2 billion, 50,000."""
    for size, word in ((1e9, " billion"), (1e6, " million")):
        if value >= size:
            return f"{_number(value / size)}{word}"
    return f"{value:,.10g}"


def _target_cell(row, lang: str) -> str:
    """One target with its year and its limits."""
    limits = [] if pd.isna(row.deadline) else [str(row.deadline)]
    flags = dict(flag.split(": ", 1) for flag in row.flag.split("; ") if flag)
    if "scope" in flags or "." not in row.indicator:
        limits += [row.scope] if row.scope else []
    if "joint" in flags:
        limits.append(("含" if lang == "zh" else "with ") + flags["joint"])
    limits += [row.condition] if row.condition else []
    star = "*" if flags.keys() - {"scope", "joint"} else ""
    return quantity(row, lang) + star + _brackets(limits, lang)


def _brackets(notes: list[str], lang: str) -> str:
    return f" ({_COMMA[lang][1].join(notes)})" if notes else ""


def _incentive_cell(rows: list, lang: str) -> str:
    """All payments of one scheme in the order of the text; a rate with what it is a rate of."""
    amounts = [row for row in rows if row.measure != "share"]
    rates = [row for row in rows if row.measure == "share"]
    parts = []
    for row in rows:
        alike = amounts if row.measure != "share" else rates
        notes = row.condition or (row.wording if len(alike) > 1 or row in rates else "")
        parts.append(quantity(row, lang) + _brackets([notes] if notes else [], lang))
    return _COMMA[lang][len(amounts) > 1 or len(rates) > 1].join(parts)


def target_coverage(targets: pd.DataFrame, aligned: pd.DataFrame) -> pd.DataFrame:
    """One row a document: what it quantifies.

    ``n_mention`` all mentions; ``n_target`` … ``n_fact`` by kind; ``n_deadline`` targets with a
    year and ``share_deadline`` their share (missing without targets); ``n_aligned`` mentions led
    to an indicator, ``n_ambiguous`` claimed by two; then for each theme the number of indicators
    (targets, not incentives) that the document quantifies. 0 means that it says nothing there.
    """
    require(targets, TARGET_COLUMNS, "extract_targets")
    require(aligned, _NEEDED, "align_targets")
    goals = aligned[aligned["kind"] == "target"]
    lines = []
    for doc in documents_of(aligned):
        own = targets[targets["doc_id"] == doc]
        stated = own[own["kind"] == "target"]["deadline"].notna()
        line = {"doc_id": doc, "n_mention": len(own)}
        for kind in ("target", "incentive", "condition", "resource", "fact"):
            line[f"n_{kind}"] = int((own["kind"] == kind).sum())
        line |= {"n_deadline": int(stated.sum())}
        line["share_deadline"] = round(float(stated.mean()), 4) if len(stated) else None
        line["n_aligned"] = int((aligned["doc_id"] == doc).sum())
        line["n_ambiguous"] = int(own["target_id"].isin(aligned.attrs.get("ambiguous", {})).sum())
        mine = goals[goals["doc_id"] == doc]
        line |= {t: mine[mine["theme"] == t]["indicator"].nunique() for t in rules().themes}
        lines.append(line)
    return pd.DataFrame(lines)
