"""Everything suspicious in a corpus, worst first, each with file, line and cure."""

import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

import pandas as pd

from ipcompare.clauses import match_label, named_departments, paragraphs
from ipcompare.corpus import REFERENCE, Corpus, Document
from ipcompare.data import read_toml
from ipcompare.frames import PROVISIONS, checked
from ipcompare.quantities import unknown_units
from ipcompare.text import fold_width

WORDS = "words/problems.toml"
SHORT = 300  # characters; no policy text of ours is half as short
LONG = 800  # characters without a full stop
RUN = 3  # lines of one number each
SHOWN = 3  # examples quoted
LONE = re.compile(r"[-+]?[\d,.]+%?")
GARBLED = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f\x7f]|锟斤拷|烫烫|屯屯|Ã|â€")
ENDS = re.compile("[。！？；.!?;：:]")
ASKED = ("title", "doc_number", "issuer", "jurisdiction", "adcode", "date_issued")
COLUMNS = ("severity", "doc_id", "problem", "n", "file", "line", "words")


class Problem(NamedTuple):
    """One kind of thing in one document: how often, where first, its words."""

    code: str
    n: int
    at: int | None
    words: str


def corpus_problems(
    corpus: Corpus, clauses: pd.DataFrame, targets: pd.DataFrame, unaligned: pd.DataFrame
) -> pd.DataFrame:
    """One row a document and kind of problem: ``severity, doc_id, problem, n, file, line, words``.

    ``severity`` 1: results are missing or wrong, 2: to be looked at, 3: to be known; the worst
    first. ``n`` counts, ``line`` is where it first stands in ``file``, ``words`` are examples.
    ``problems_in_words`` says each with its cure.
    """
    clauses, targets = checked(clauses, "clauses"), checked(targets, "targets")
    codes = list(read_toml(WORDS))
    severity = {code: read_toml(WORDS)[code]["severity"] for code in codes}
    rows = []
    for n, document in enumerate(corpus.documents):
        own = [frame[frame["doc_id"] == document.doc_id] for frame in (clauses, targets, unaligned)]
        for found in _problems(corpus, document, *own):
            line = None if found.at is None else document.text.count("\n", 0, found.at) + 1
            row = (severity[found.code], document.doc_id, found.code, found.n, document.file)
            rows.append(((row[0], codes.index(found.code), n), (*row, line, found.words)))
    ordered = [row for _, row in sorted(rows, key=lambda pair: pair[0])]
    return pd.DataFrame(ordered, columns=list(COLUMNS)).astype({"line": "Int64"})


def problems_in_words(problems: pd.DataFrame) -> pd.DataFrame:
    """Each problem as a sentence with its cure, in both languages, and its place: file and line.

    ``severity, doc_id, said, said_en, cure, cure_en, place``, rows as in ``corpus_problems``.
    """
    words = read_toml(WORDS)
    rows = []
    for row in problems.itertuples():
        said = [text.format(n=row.n, words=row.words) for text in words[row.problem]["said"]]
        place = row.file if pd.isna(row.line) else f"{row.file}:{row.line}"
        rows.append((row.severity, row.doc_id, *said, *words[row.problem]["cure"], place))
    columns = ["severity", "doc_id", "said", "said_en", "cure", "cure_en", "place"]
    return pd.DataFrame(rows, columns=columns)


def _problems(
    corpus: Corpus,
    document: Document,
    clauses: pd.DataFrame,
    targets: pd.DataFrame,
    unaligned: pd.DataFrame,
) -> Iterator[Problem]:
    provisions = clauses[clauses["role"].isin(PROVISIONS)]
    if provisions.empty:
        yield Problem("no_provisions", 1, None, "")
    yield from _of_record(document)
    yield from _of_characters(document)
    yield from _gaps(provisions)
    yield from _endless(clauses)
    yield from _departments(clauses)
    yield from _of_targets(targets, unaligned)
    yield from _unread_cells(clauses, targets)
    yield from _cut_out(document)
    yield from _left_out(corpus, document)


# --- the record and the characters -----------------------------------------------------------


def _of_record(document: Document) -> Iterator[Problem]:
    empty = [column for column in ASKED if not getattr(document, column)]
    if empty:
        yield Problem("no_metadata", len(empty), None, ", ".join(empty))
    number = document.doc_number or ""
    if document.year is None and not re.search(r"(?:19|20)\d\d", number):
        yield Problem("no_year", 1, None, "")
    if document.use == REFERENCE:
        yield Problem("reference", 1, None, "")
        if document.date_issued is None:
            yield Problem("undated_reference", 1, None, "")


def _of_characters(document: Document) -> Iterator[Problem]:
    words = "".join(document.text.split())
    if len(words) < SHORT:
        yield Problem("short", len(words), 0, words[:20])
    if found := list(GARBLED.finditer(document.text)):
        shown = _shown(document.text[max(0, m.start() - 6) : m.end() + 6] for m in found)
        yield Problem("garbled", len(found), found[0].start(), shown)
    at, runs = 0, []
    for lone, lines in groupby(document.text.splitlines(True), key=_is_lone):
        own = list(lines)
        if lone and len(own) >= RUN:
            runs.append((at, own))
        at += sum(map(len, own))
    for begin, own in runs[:1]:
        longest = max(len(other) for _, other in runs)
        yield Problem("lone_numbers", longest, begin, _shown(x.strip() for x in own))


def _is_lone(line: str) -> bool:
    return bool(LONE.fullmatch(fold_width(line).strip()))


# --- the clauses ------------------------------------------------------------------------------


def _gaps(provisions: pd.DataFrame) -> Iterator[Problem]:
    """Labels of one form, beside each other under one provision, that do not count on."""
    last: dict[tuple[str, str], int] = {}
    found = []
    for row in provisions.itertuples():
        label = match_label(fold_width(row.label)) if isinstance(row.label, str) else None
        if label is None or not str(label.number).isdigit():
            continue
        key = (row.parent_id if isinstance(row.parent_id, str) else "", label.level)
        number, before = int(label.number), last.get(key)
        if before is not None and number != before + 1 and number != 1:
            found.append((row.char_start, f"{row.label.strip()} after {before}"))
        last[key] = number
    if found:
        yield Problem("gap", len(found), found[0][0], _shown(said for _, said in found))


def _endless(clauses: pd.DataFrame) -> Iterator[Problem]:
    found = []
    for row in clauses[clauses["role"] != "table_row"].itertuples():
        longest = max((len(part) for part in ENDS.split(row.text)), default=0)
        if longest > LONG:
            found.append((row.char_start, row.text[:20]))
    if found:
        yield Problem("endless", len(found), found[0][0], _shown(words for _, words in found))


def _departments(clauses: pd.DataFrame) -> Iterator[Problem]:
    named = named_departments(clauses)
    unknown = named[named["function"].isna()]
    if len(unknown):
        first = clauses.loc[clauses["clause_id"] == unknown["clause_id"].iloc[0], "char_start"]
        yield Problem(
            "unknown_department", len(unknown), int(first.iloc[0]), _shown(unknown["unit"])
        )


def _cut_out(document: Document) -> Iterator[Problem]:
    """What cleaning took out of the text: page numbers, furniture of pages, marks."""
    _, residue = paragraphs(document.text)
    if residue:
        counts = Counter(span.reason for span in residue)
        said = ", ".join(f"{kind} {n}" for kind, n in counts.most_common())
        yield Problem("cut_out", len(residue), residue[0].start, said)


def _left_out(corpus: Corpus, document: Document) -> Iterator[Problem]:
    """What the reader of the original file put apart or noted, as read.json says."""
    name = f"originals/{document.doc_id}.read.json"
    path = corpus.folder / name if corpus.folder else None
    if path is None or not path.is_file():
        return
    read = json.loads(path.read_text(encoding="utf-8"))
    for code, sign in (("pages_missing", "are pictures"), ("recognised", "recognised from")):
        said = [note for note in read.get("notes", []) if sign in note]
        if said:
            yield Problem(code, 1, None, "; ".join(said))
    if apart := read.get("apart", []):
        counts = Counter(kind for kind, _ in apart)
        shown = ", ".join(f"{kind} {n}" for kind, n in counts.most_common())
        yield Problem("left_out", len(apart), None, shown)


# --- the quantities ---------------------------------------------------------------------------


def _of_targets(targets: pd.DataFrame, unaligned: pd.DataFrame) -> Iterator[Problem]:
    strange = unknown_units(targets)
    if len(strange):
        ids = [id for own in strange["target_ids"] for id in own]
        first = targets.loc[targets["target_id"] == ids[0], "char_start"].iloc[0]
        yield Problem("unknown_unit", len(ids), int(first), _shown(strange["unit"]))
    of_kind = targets[targets["kind"].isin(["target", "incentive"])]
    for code, rows in (
        ("unclear", targets[targets["kind"] == "unclear"]),
        ("unnamed", of_kind[of_kind["indicator"].isna() | of_kind["indicator"].eq("")]),
        ("no_family", unaligned[unaligned["kind"].isin(["target", "incentive"])]),
    ):
        if len(rows):
            said = rows["quote"] if code == "unnamed" else rows["target_id"]
            yield Problem(code, len(rows), int(rows["char_start"].iloc[0]), _shown(said))


def _unread_cells(clauses: pd.DataFrame, targets: pd.DataFrame) -> Iterator[Problem]:
    """Cells that hold one number and nothing else, and no quantity was read from them."""
    found = []
    starts = sorted(map(int, targets["char_start"].dropna()))
    for row in clauses[clauses["role"] == "table_row"].itertuples():
        read = bisect_right(starts, row.char_end) - bisect_right(starts, row.char_start - 1)
        cells = [cell.strip() for cell in fold_width(row.text).split("\t")[1:]]
        numbers = [cell for cell in cells if LONE.fullmatch(cell) and not _is_year(cell)]
        if numbers and not read:
            found.append((row.char_start, row.text.replace("\t", " | ")[:40]))
    if found:
        yield Problem("number_unread", len(found), found[0][0], _shown(words for _, words in found))


def _is_year(cell: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", cell))


def _shown(words: Any) -> str:
    """The first few examples, each once, on one line."""
    once = list(dict.fromkeys(" ".join(str(one).split()) for one in words))
    return "、".join(one[:40] for one in once[:SHOWN]) + (" …" if len(once) > SHOWN else "")
