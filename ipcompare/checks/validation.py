"""How right are we: targets and clauses against the gold standard, every score with its interval.

The gold standard of ``corpus/gold`` was coded by language models, not by people (two coders for
the quantity mentions, one for the clauses). A disagreement is a place to read, not yet an error.
"""

import json
from collections import Counter
from pathlib import Path

import pandas as pd

from ipcompare.checks.agreement import (
    TALLY_COLUMNS,
    Check,
    Pair,
    character_f1,
    failed,
    paired,
    plain_value,
    same,
    score_table,
    tally,
    verdicts,
    where,
)
from ipcompare.corpus import Corpus
from ipcompare.frames import PROVISIONS, checked, columns_of, require

GOLD_TARGET_COLUMNS = (
    "doc_id", "char_start", "char_end", "number", "low", "high", "comparator", "unit", "indicator",
    "indicator_alt", "measure", "per_year", "deadline", "kind", "coders",
)  # fmt: skip
GOLD_CLAUSE_COLUMNS = (
    "doc_id", "role", "path", "label", "heading", "char_start", "char_end", "units",
)  # fmt: skip
SAME_WORDING = 0.6  # character F1 from which two wordings of an indicator are the same
# The rows of clauses beside the mentions, in one file of scores.
ROWS = {"precision": "row_precision", "recall": "row_recall"}
UNJUDGED = "未判读 not judged yet"
_STOPS = "。；;\t"
# The columns that a score is about, and what stands between their values in a listing.
_SAID = {
    "value": (("low", "high"), "–"),
    "span": (("char_start", "char_end"), "–"),
    "indicator_overlap": (("indicator", "indicator_alt"), " | "),
}


def read_gold(folder: Path | str) -> pd.DataFrame:
    """Every line of the ``*.jsonl`` files of ``corpus/gold/targets`` or ``corpus/gold/clauses``.

    In the order of the file names, then of the text. ValueError names a line that is no object
    with ``doc_id``, ``char_start`` and ``char_end``.
    """
    paths = sorted(Path(folder).glob("*.jsonl"))
    if not paths:
        raise ValueError(f"{folder}: no *.jsonl files here; give corpus/gold/targets or …/clauses")
    rows = []
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            row = json.loads(line)
            if not isinstance(row, dict) or not {"doc_id", "char_start", "char_end"} <= set(row):
                raise ValueError(f"{path}, line {number}: needs doc_id, char_start and char_end")
            rows.append(row)
    table = pd.DataFrame(rows)
    if "deadline" in table:
        table["deadline"] = table["deadline"].astype("Int64")
    return table.sort_values(["doc_id", "char_start", "char_end"], ignore_index=True)


# --- quantity mentions --------------------------------------------------------------------------


def validate_targets(targets: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """One row a check: precision and recall of mentions, accuracy of each field of those found.

    ``targets`` as from ``extract_targets``, ``gold`` as from ``read_gold``. A mention is found
    when the characters overlap; each stands for one of the other side, the best overlap first. A
    mention that only one coder saw counts neither way. Where the coders differ, either is right.
    ``value`` is low and high. ``indicator_overlap``: a character F1 of at least 0.6 with the
    wording of either coder; ``indicator_verbatim``: the same characters as either. ``all_overlap``
    and ``all_verbatim``: every field is right under that rule for the indicator, of all mentions
    coded, so that one not found is wrong. Columns: ``check``, ``n_right``, ``n``, ``n_documents``,
    ``share`` and its 95 % interval ``low``, ``high`` (see ``clustered_wilson``).
    """
    return score_table(target_tallies(targets, gold))


def target_tallies(targets: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """The counts behind ``validate_targets``: one row a document and check."""
    checks = TARGET_CHECKS | {VERBATIM: _verbatim}
    found = []
    for pair in _target_pairs(targets, gold):
        own = dict(verdicts(pair, checks))
        if pair.gold:
            fields = all(own.get(name, False) for name in checks if name not in (OVERLAP, VERBATIM))
            own["all_overlap"] = fields and own[OVERLAP]
            own["all_verbatim"] = fields and own[VERBATIM]
        found += [(pair.row["doc_id"], name, right) for name, right in own.items()]
    return tally(found, ["precision", "recall", *checks, "all_overlap", "all_verbatim"])


def target_disagreements(targets: pd.DataFrame, gold: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """One row a disagreement with the gold standard, in the order of the text.

    An indicator in other words than the coders' is one only below the overlap of
    ``indicator_overlap``. ``check`` says in what: a field, ``precision`` (a mention the coders do
    not have) or ``recall`` (one we do not have). ``ours`` and ``gold`` are the two values (both
    wordings of an indicator where the coders differ), ``sentence`` the words (of a mention that we
    do not have, from the raw text in ``corpus``), ``id`` our target_id.
    """
    pairs = _target_pairs(targets, gold)
    return _listed(pairs, TARGET_CHECKS, "target_id", corpus)


def with_reasons(disagreements: pd.DataFrame, path: Path | str) -> pd.DataFrame:
    """The disagreements with the ``reason`` that a reader found for each in its sentence.

    ``path`` is a CSV with ``doc_id, char_start, ours, reason``. Another wording of ours at that
    place has another reason: one that the file does not have is ``UNJUDGED``.
    """
    place = ["doc_id", "char_start", "ours"]
    known = pd.read_csv(path, dtype=str, keep_default_na=False)
    require(known, (*place, "reason"), "a CSV file")
    reasons = known.set_index(place)["reason"]
    keys = pd.MultiIndex.from_frame(disagreements[place].fillna("").astype(str))
    return disagreements.assign(reason=reasons.reindex(keys).fillna(UNJUDGED).to_numpy())


def _target_pairs(targets: pd.DataFrame, gold: pd.DataFrame) -> list[Pair]:
    """Our mentions and the coders', paired; without those that a single coder saw."""
    targets = checked(targets, "targets")
    require(gold, GOLD_TARGET_COLUMNS, "read_gold")
    return [p for p in paired(targets, gold) if p.gold is None or p.gold["coders"] > 1]


def _overlap(ours: dict, gold: dict) -> bool:
    own, *wordings = _wordings(ours, gold)
    return any(character_f1(own, wording) >= SAME_WORDING for wording in wordings)


def _verbatim(ours: dict, gold: dict) -> bool:
    own, *wordings = _wordings(ours, gold)
    return own in wordings


def _wordings(ours: dict, gold: dict) -> list[str]:
    """The indicator in our words and in those of either coder."""
    said = ours["indicator"], gold["indicator"], gold["indicator_alt"]
    return [plain_value(words) or "" for words in said]


OVERLAP, VERBATIM = "indicator_overlap", "indicator_verbatim"
TARGET_CHECKS: dict[str, Check] = {
    "value": same("low", "high"), "comparator": same("comparator"), "unit": same("unit"),
    "measure": same("measure"), "per_year": same("per_year"), "deadline": same("deadline"),
    "kind": same("kind"), OVERLAP: _overlap,
}  # fmt: skip


# --- clauses ------------------------------------------------------------------------------------


def validate_clauses(clauses: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """One row a check of the structure, in the columns of ``validate_targets``.

    Precision and recall of the numbering alone (``numbering_tallies``), then of rows
    (``row_precision``, ``row_recall``); then of the rows found: ``role``; ``span`` (first and last
    character); of numbered provisions ``path``, ``label`` and ``heading`` (also that there is
    none); ``units``, the list of responsible departments, where either side names any.
    """
    found = [
        (pair.row["doc_id"], ROWS.get(name, name), right)
        for pair in _clause_pairs(clauses, gold)
        for name, right in verdicts(pair, CLAUSE_CHECKS)
    ]
    rows = tally(found, [*ROWS.values(), *CLAUSE_CHECKS])
    paths = gold.loc[gold["path"].notna(), ["doc_id", "path"]]
    return score_table(pd.concat([numbering_tallies(clauses, paths), rows], ignore_index=True))


def numbering_tallies(clauses: pd.DataFrame, paths: pd.DataFrame) -> pd.DataFrame:
    """How many of the numbers of provisions were read: one row a document and check.

    ``paths`` has a row a provision of the gold standard: ``doc_id``, ``path`` (二、（三） is 2.3).
    A path that a text uses several times has to be found as often; where it stands does not count.
    """
    sides = []
    for table in (clauses, paths):
        known = table[table["path"].map(bool) & table["path"].notna()]
        plain = known["path"].astype(str).str.replace(r"~\d+", "", regex=True)
        sides.append({doc_id: Counter(own) for doc_id, own in plain.groupby(known["doc_id"])})
    rows = []
    for name, n in (("numbering_precision", 0), ("numbering_recall", 1)):
        for doc_id in sorted(sides[0].keys() | sides[1].keys()):
            own, coded = (side.get(doc_id, Counter()) for side in sides)
            rows.append((doc_id, name, (own & coded).total(), (own, coded)[n].total()))
    return pd.DataFrame(rows, columns=list(TALLY_COLUMNS))


def clause_disagreements(clauses: pd.DataFrame, gold: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """One row a disagreement about the structure, as ``target_disagreements``."""
    pairs = _clause_pairs(clauses, gold)
    return _listed(pairs, CLAUSE_CHECKS, "clause_id", corpus)


def _clause_pairs(clauses: pd.DataFrame, gold: pd.DataFrame) -> list[Pair]:
    clauses = checked(clauses, "clauses")
    require(gold, GOLD_CLAUSE_COLUMNS, "read_gold")
    return paired(clauses, gold)


def _numbered(column: str) -> Check:
    return where(lambda row: row["role"] in PROVISIONS, same(column))


CLAUSE_CHECKS: dict[str, Check] = {
    "role": same("role"), "span": same("char_start", "char_end"), "path": _numbered("path"),
    "label": _numbered("label"), "heading": _numbered("heading"),
    "units": where(lambda row: bool(row["units"]), same("units")),
}  # fmt: skip


# --- both ---------------------------------------------------------------------------------------


def _listed(
    pairs: list[Pair], checks: dict[str, Check], id_column: str, corpus: Corpus
) -> pd.DataFrame:
    """Every pair that is none, and every check that fails, with the words of the text."""
    rows = []
    for pair in pairs:
        row, own_id = pair.row, pair.ours and pair.ours[id_column]
        for score in failed(pair, checks):
            said = [None if side is None else _said(side, score) for side in pair]
            place = own_id, row["char_start"], row["char_end"]
            rows.append((row["doc_id"], score, *said, _sentence(pair, corpus), *place))
    return pd.DataFrame(rows, columns=columns_of("target_disagreements"), dtype=object)


def _said(row: dict, score: str) -> str | None:
    """What one side says, as words: 300家 for a mention, 20–30 for a value."""
    if score in ("precision", "recall"):
        return f"{row['number']}{row['unit']}" if "number" in row else row["path"] or row["role"]
    columns, mark = _SAID.get(score, ((score,), ""))
    values = [row[c] for c in columns if c in row and plain_value(row[c]) not in (None, "")]
    words = ["、".join(v) if isinstance(v, list) else f"{v:.10g}" if score == "value" else str(v)
             for v in values]  # fmt: skip
    return mark.join(dict.fromkeys(words)) or None


def _sentence(pair: Pair, corpus: Corpus) -> str:
    """The sentence of a mention, the first words of a clause."""
    if pair.ours and "quote" in pair.ours:
        return pair.ours["quote"]
    row = pair.row
    raw, start, end = corpus[row["doc_id"]].text, row["char_start"], row["char_end"]
    if "number" not in row:
        return raw[start : min(end, start + 60)]
    first = max(raw.rfind(stop, 0, start) for stop in _STOPS) + 1
    last = min([at for stop in _STOPS if (at := raw.find(stop, end)) >= 0], default=len(raw))
    return raw[first:last].strip()
