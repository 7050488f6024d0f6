"""The findings of the report: the sentences of ``findings.toml`` with values from the tables."""

import string
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd
from markupsafe import Markup

from ipcompare.clauses.counts import department_table
from ipcompare.data import read_toml
from ipcompare.exports.presenting import theme_name
from ipcompare.figures.overview import closest_pairs
from ipcompare.indicators.entries import rules
from ipcompare.quantities.printed import printed_quantity
from ipcompare.report.cells import clause_link, pair_link, target_link
from ipcompare.study import Study, document_pairs, weakest_matches
from ipcompare.words import LANGS, word, word_table

SENTENCES = "words/findings.toml"


class Both(NamedTuple):
    """A value that differs between the languages."""

    zh: Any
    en: Any


Values = dict[str, Any]


@dataclass(frozen=True)
class Finding:
    """One finding: its chapter, the sentence and what supports it, as (Chinese, English)."""

    id: str
    chapter: str
    say: Both
    more: Both


def findings(made: Study) -> list[Finding]:
    """What the tables say, in the order of ``findings.toml``; what does not apply is left out."""
    found = []
    for entry in read_toml(SENTENCES)["finding"]:
        values = VALUES[entry["id"]](made)
        said, more = (
            [_sentence(pair, values) for pair in entry[key] if _complete(pair, values)]
            for key in ("say", "more")
        )
        if said:
            joined = Both(Markup("").join(m.zh for m in more), Markup(" ").join(m.en for m in more))
            found.append(Finding(entry["id"], entry["chapter"], said[0], joined))
    return found


def _complete(pair: list[str], values: Values | None) -> bool:
    """Whether every value of a sentence exists; None for all values drops even a plain one."""
    if values is None:
        return False
    names = {name for _, name, _, _ in string.Formatter().parse(pair[0]) if name}
    return all(values.get(name) is not None for name in names)


def _sentence(pair: Sequence[str], values: Values) -> Both:
    """The sentence in both languages, its values escaped."""
    own = [
        {key: value[n] if isinstance(value, Both) else value for key, value in values.items()}
        for n in (0, 1)
    ]
    return Both(*(Markup(text).format(**said) for text, said in zip(pair, own, strict=True)))


# --- values ---------------------------------------------------------------------------------------


def _doc(made: Study, doc_id: str) -> Both:
    return Both(made.zh[doc_id], made.en[doc_id])


def _docs(made: Study, doc_ids: Iterable[str]) -> Both | None:
    """The names of documents; None where there are none."""
    ids = list(doc_ids)
    return _joined([made.zh[i] for i in ids], [made.en[i] for i in ids]) if ids else None


def _joined(zh: Iterable[Any], en: Iterable[Any], sign: str = "joint") -> Both:
    """Several things as one value."""
    signs = (Markup(word(f"punctuation.{sign}", lang)) for lang in LANGS)
    return Both(*(between.join(parts) for between, parts in zip(signs, (zh, en), strict=True)))


def _theme(name: str) -> Both:
    return Both(*(theme_name(name, lang) for lang in LANGS))


def _number(made: Study, row: Any) -> Both:
    """The number of an aligned row as a link to its evidence, in a sentence without star."""
    texts = (printed_quantity(row, lang, star=False) for lang in LANGS)
    return Both(*(target_link(row.target_id, row.clause_id, text) for text in texts))


def _provision(made: Study, clause_id: str) -> Both:
    """A provision in a sentence: document, pinpoint and heading."""
    row = made.clause[clause_id]
    heading = row.heading if isinstance(row.heading, str) and row.heading else ""
    values = {"document": _doc(made, row.doc_id), "heading": heading}
    values |= {"pinpoint": clause_link(clause_id, row.pinpoint)}
    return _sentence(word_table("report")["provision" if heading else "plain_provision"], values)


def _provisions(made: Study) -> Values:
    counts = made.provisions.groupby("doc_id").size().reindex(list(made.zh), fill_value=0)
    record = made.corpus.table.set_index("doc_id").isna()
    several = len(counts) > 1
    return {
        "n": len(counts) if several else None, "all": counts.sum(), "low": counts.min(),
        "high": counts.max(), "untitled": _docs(made, record.index[record["title"]]),
        "unnumbered": _docs(made, record.index[record["doc_number"]]),
        "undated": _docs(made, record.index[record["date_issued"]]),
    }  # fmt: skip


def _departments(made: Study) -> Values | None:
    table = department_table(made.clauses)
    if table.empty:
        return None
    named, total = table[list(made.zh)].sum() > 0, table["n_provision"].sum()
    share = table["n_provision"].head(10).sum() / total if len(table) > 10 else None
    return {
        "k": named.sum(), "n": len(named), "all": len(table), "unit": table.iloc[0]["unit"],
        "top": table.iloc[0]["n_provision"], "silent": _docs(made, named.index[~named]),
        "share": f"{share:.0%}" if share else None,
    }  # fmt: skip


def _wording(made: Study) -> Values | None:
    pairs = document_pairs(made)
    if pairs.empty:
        return None
    near, far = pairs.loc[pairs["score"].idxmax()], pairs.loc[pairs["score"].idxmin()]
    mean = pairs.groupby("a", sort=False)["score"].mean()
    values = {"a": _doc(made, near["a"]), "b": _doc(made, near["b"])}
    values |= {"near": f"{near['score']:.2f}", **_interval(made)}
    if len(mean) < 3:  # nothing to rank
        return values
    values |= {"c": _doc(made, far["a"]), "d": _doc(made, far["b"]), "far": f"{far['score']:.2f}"}
    values |= {"x": _doc(made, mean.idxmax()), "high": f"{mean.max():.2f}"}
    return values | {"y": _doc(made, mean.idxmin()), "low": f"{mean.min():.2f}"}


def _interval(made: Study) -> Values:
    """How sure the first pair is: its interval, and that of its rank."""
    if made.pairs is None:
        return {}
    first = made.pairs.iloc[0]
    return {
        "lower": f"{first.low:.2f}", "upper": f"{first.high:.2f}", "first": int(first.rank_low),
        "last": int(first.rank_high),
    }  # fmt: skip


def _closest(made: Study) -> Values | None:
    best = closest_pairs(made.matches, made.clauses, top=1)
    if best.empty:
        return None
    near, weak = best.iloc[0], weakest_matches(made, top=1).iloc[0]
    firsts = made.matches.loc[made.matches["rank"] == 1, "score"]
    return {
        "a": _provision(made, near["clause_id"]), "b": _provision(made, near["match_id"]),
        "score": pair_link(near["clause_id"], near["match_id"], near["score"]),
        "c": _provision(made, weak["clause_id"]), "median": f"{firsts.median():.2f}",
        "low": pair_link(weak["clause_id"], weak["match_id"], weak["score"]),
    }  # fmt: skip


def _targets(made: Study) -> Values:
    if made.targets.empty:
        return {}
    table = made.coverage.set_index("doc_id")
    goals, dated = table["n_target"], table["share_deadline"].dropna().astype(float)
    values = {"all": len(made.targets), "goal": goals.sum(), "dated": table["n_deadline"].sum()}
    if len(dated) < 2:
        return values
    values |= {"most": _doc(made, goals.idxmax()), "m": goals.max()}
    values |= {"x": _doc(made, dated.idxmin()), "y": _doc(made, dated.idxmax())}
    return values | {"low": f"{dated.min():.0%}", "high": f"{dated.max():.0%}"}


def _goals(made: Study) -> pd.DataFrame:
    return made.aligned[(made.aligned["kind"] == "target") & made.aligned["headline"]]


def _shared(made: Study) -> Values | None:
    """The commonest indicator from its lowest to its highest value."""
    goals = _goals(made)
    counts = goals.groupby("indicator", sort=False)["doc_id"].nunique()
    if counts.empty or counts.max() < 2:
        return None
    rows = goals[goals["indicator"] == counts.idxmax()].sort_values("low", kind="stable")
    low, high, years = rows.iloc[0], rows.iloc[-1], sorted(rows["deadline"].dropna().unique())
    return {
        "n": len(counts), "k": (counts > 1).sum(), "j": counts.max(),
        "top": Both(low["indicator_zh"], low["indicator_en"]),
        "x": _doc(made, low["doc_id"]), "y": _doc(made, high["doc_id"]),
        "a": _number(made, low), "b": _number(made, high),
        "years": _joined(map(str, years), map(str, years)) if years else None,
        "silent": _docs(made, rows.loc[rows["deadline"].isna(), "doc_id"]),
    }  # fmt: skip


def _contradictions(made: Study) -> Values | None:
    """Statements of one text that cannot both be its figure for one date."""
    rows = {row.target_id: row for row in made.aligned.itertuples()}
    order, pairs = list(rows), set()
    for row in rows.values():
        for name, _, said in (flag.partition(": ") for flag in row.flag.split("; ")):
            if name == "contradiction" and said in rows:
                pairs.add(tuple(sorted((row.target_id, said), key=order.index)))
    if not pairs:
        return None
    lines = [_contradiction(made, rows[a], rows[b]) for a, b in sorted(pairs)]
    said = _joined((line.zh for line in lines), (line.en for line in lines), "semicolon")
    return {"n": len(pairs), "pairs": said}


def _contradiction(made: Study, one: Any, other: Any) -> Both:
    """``郑州 2017“强企”：30 家与 50 家``, both numbers linked."""
    values = {"document": _doc(made, one.doc_id), "a": _number(made, one)}
    values |= {"indicator": Both(one.indicator_zh, one.indicator_en), "b": _number(made, other)}
    return _sentence(word_table("report")["contradiction"], values)


def _incentives(made: Study) -> Values | None:
    rows = made.aligned[(made.aligned["kind"] == "incentive") & made.aligned["headline"]]
    if rows.empty:
        return None
    by_scheme = rows.groupby("indicator", sort=False)["doc_id"].nunique()
    by_text = rows.groupby("doc_id")["indicator"].nunique().reindex(list(made.zh), fill_value=0)
    return {
        "n": len(by_scheme), "k": (by_scheme > 1).sum(), "p": (by_text > 0).sum(),
        "all": len(by_text), "m": by_text.max(), "x": _doc(made, by_text.idxmax()),
    }  # fmt: skip


def _themes(made: Study) -> Values | None:
    goals, names = _goals(made), list(rules().themes)
    if goals.empty:
        return None
    counts = goals.groupby("theme")["indicator"].nunique().reindex(names, fill_value=0)
    covered = goals.groupby("doc_id")["theme"].nunique().reindex(list(made.zh), fill_value=0)
    return {
        "x": _theme(counts.idxmax()), "n": counts.max(), "y": _theme(counts.idxmin()),
        "m": counts.min(), "t": len(names), "c": covered.min(),
        "whole": _docs(made, covered.index[covered == len(names)]),
        "few": _doc(made, covered.idxmin()) if len(covered) > 1 else None,
    }  # fmt: skip


VALUES: dict[str, Callable[[Study], Values | None]] = {
    "provisions": _provisions, "departments": _departments, "wording": _wording,
    "closest": _closest, "targets": _targets, "shared": _shared,
    "contradictions": _contradictions, "incentives": _incentives, "themes": _themes,
}  # fmt: skip
