"""What can be drawn: every sentence, provision, number, cell or pair of provisions of a study.

One row an item that could be coded, with what the strata are made of: ``document``, ``kind``,
``theme`` and ``found``, whether the tool says anything of it. All of these come from the tool and
are never shown to a coder.
"""

from collections.abc import Callable
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from ipcompare.coding.coding_tasks import Task
from ipcompare.data import PlainError
from ipcompare.frames import leaf_provisions
from ipcompare.quantities.mentions import FULL_STOP, SENTENCE
from ipcompare.quantities.numbers import candidate
from ipcompare.study import Study
from ipcompare.text import fold_width
from ipcompare.wording.correspondence import corresponding_pairs
from ipcompare.wording.themes import UNASSIGNED
from ipcompare.wording.tools import tool_guesses

KEYS = ("doc_id", "clause_id", "match_id", "target_id", "indicator", "start", "end")
STRATA = ("document", "kind", "theme")
COLUMNS = (*KEYS, *STRATA, "found")
MOST_PAIRS = 3_000_000
_KIND_ORDER = ("target", "incentive", "condition", "resource", "fact", "unclear")


def population(study: Study, task: Task) -> pd.DataFrame:
    """Every item of a task that could be drawn, in the order of the texts.

    mentions    sentences of all parts of a text. kind: of the numbers read in it, in the order
                target, incentive, condition, resource, fact; "numeral" where a numeral stands in
                it and none was read, else "none". found: a number was read
    themes      provisions without numbered parts. kind: as above, of its numbers. found: a theme
    tools       the same. found: a cue of a tool stands in it
    conditions  numbers that were read. found: read as an incentive
    alignment   a number and an indicator of the matrix. found: the tool lays the number into that
                row. The others are numbers with each indicator of their kind whose Chinese name has
                two neighbouring characters in common with what is counted: recall is among these
    pairs       provisions of two documents. document: both. kind: "corresponding", "listed" (among
                the first matches of either), "none". found: one of the first two. theme: "same"
                where the strongest theme is one, else "other"
    own tasks   sentences, provisions, pairs or whole documents; found is true of all
    """
    frame = (_MADE.get(task.id) or _OWN[task.unit])(study)
    frame = pd.DataFrame(frame, columns=list(COLUMNS))
    return frame.assign(found=True) if task.own else frame


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a clause's text start and end, as numbers are looked for in it.

    >>> sentence_spans("培育5家企业。 给予补助")
    [(0, 7), (8, 12)]
    """
    folded = fold_width(text)
    found = []
    for match in SENTENCE.finditer(FULL_STOP.sub("。", folded) if "." in folded else folded):
        words = text[match.start() : match.end()]
        if any(map(str.isalnum, words)):
            start = match.start() + len(words) - len(words.lstrip())
            found.append((start, start + len(words.strip())))
    return found


def _row(row: Any, document: str, kind: str, theme: str, found: bool, **keys: Any) -> dict:
    usual: dict[str, Any] = dict.fromkeys(KEYS, "")
    own = {"doc_id": row.doc_id, "clause_id": row.clause_id, "document": document}
    return usual | own | {"kind": kind, "theme": theme, "found": bool(found)} | keys


def _sentences(study: Study) -> list[dict]:
    """One row a sentence."""
    kinds = _kinds(study.targets, ["clause_id", "quote_start"])
    themes, rows = _first_themes(study), []
    for row in study.clauses.itertuples():
        theme = themes.get(row.clause_id, UNASSIGNED)
        for start, end in sentence_spans(row.text):
            read = kinds.get((row.clause_id, start))
            numeral = candidate().search(fold_width(row.text[start:end]))
            kind = read or ("numeral" if numeral else "none")
            place = {"start": start, "end": end}
            rows.append(_row(row, row.doc_id, kind, theme, read is not None, **place))
    return rows


def _kinds(targets: pd.DataFrame, by: list[str]) -> dict[Any, str]:
    """The kind that comes first in our order among the numbers of a sentence or provision."""
    order = {kind: n for n, kind in enumerate(_KIND_ORDER)}
    ranks = targets["kind"].map(order).groupby([targets[name] for name in by]).min()
    return {key: _KIND_ORDER[int(rank)] for key, rank in ranks.items()}


def _first_themes(study: Study) -> dict[str, str]:
    """The strongest theme of each leaf provision."""
    return dict(study.themes.drop_duplicates("clause_id")[["clause_id", "theme"]].to_numpy())


def _provisions(study: Study, found: Callable[[str, str], bool] | None = None) -> list[dict]:
    """One row a provision without numbered parts; ``found`` of its id and its strongest theme."""
    kinds, themes = _kinds(study.targets, ["clause_id"]), _first_themes(study)
    rows = []
    for row in leaf_provisions(study.clauses).itertuples():
        theme = themes[row.clause_id]
        said = found is None or found(row.clause_id, theme)
        rows.append(_row(row, row.doc_id, kinds.get(row.clause_id, "none"), theme, said))
    return rows


def _with_theme(study: Study) -> list[dict]:
    return _provisions(study, lambda clause_id, theme: theme != UNASSIGNED)


def _with_tool(study: Study) -> list[dict]:
    guessed = set(tool_guesses(study.clauses)["clause_id"])
    return _provisions(study, lambda clause_id, theme: clause_id in guessed)


def _numbers(study: Study) -> list[dict]:
    """One row a number that was read."""
    themes = _first_themes(study)
    return [
        _row(
            row, row.doc_id, row.kind, themes.get(row.clause_id, UNASSIGNED),
            row.kind == "incentive", target_id=row.target_id,
        )
        for row in study.targets.itertuples()
    ]  # fmt: skip


def _cells(study: Study) -> list[dict]:
    """One row a number and an indicator that it states, or could be taken for."""
    aligned = study.aligned
    laid = set(zip(aligned["target_id"], aligned["indicator"], strict=True))
    named = [
        (row, _neighbours(row.indicator_zh))
        for row in aligned.drop_duplicates("indicator").itertuples()
    ]
    rows = []
    for row in study.targets.itertuples():
        own = _neighbours(row.indicator)
        for entry, pairs in named:
            found = (row.target_id, entry.indicator) in laid
            if found or (entry.kind == row.kind and pairs & own):
                keys = {"target_id": row.target_id, "indicator": entry.indicator}
                rows.append(_row(row, row.doc_id, row.kind, entry.theme, found, **keys))
    return rows


def _neighbours(name: str) -> set[str]:
    """Every two neighbouring characters of a name."""
    return {name[n : n + 2] for n in range(len(name) - 1)}


def _pairs(study: Study) -> pd.DataFrame:
    """One row two provisions of different documents, in the order of the texts."""
    leaves = leaf_provisions(study.clauses)[["doc_id", "clause_id"]].astype(str)
    by_document = dict(list(leaves.groupby("doc_id", sort=False)["clause_id"]))
    _check_size([len(ids) for ids in by_document.values()])
    themes, kinds = _first_themes(study), _pair_kinds(study)
    parts = []
    for first, second in combinations(by_document, 2):
        ways = pd.MultiIndex.from_product([by_document[first], by_document[second]])
        a, b = (ways.get_level_values(n) for n in (0, 1))
        kind = pd.Series("none", index=ways)
        kind.update(
            pd.Series({pair: said for pair, said in kinds.get((first, second), {}).items()})
        )
        rows = {"doc_id": first, "clause_id": a, "match_id": b, "kind": kind.to_numpy()}
        part = pd.DataFrame(rows | {"document": f"{first} {second}"})
        same = a.map(themes) == b.map(themes)
        parts.append(part.assign(theme=np.where(same, "same", "other")))
    frame = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(COLUMNS))
    unused = dict.fromkeys(("target_id", "indicator", "start", "end"), "")
    return frame.assign(found=frame["kind"] != "none", **unused)


def _pair_kinds(study: Study) -> dict[tuple[str, str], dict[tuple[str, str], str]]:
    """Of every two documents the pairs that are listed or laid side by side, both ways round."""
    listed = zip(study.matches["clause_id"], study.matches["match_id"], strict=True)
    found: dict[tuple[str, str], dict[tuple[str, str], str]] = {}
    for kind, pairs in (("listed", listed), ("corresponding", study_correspondence(study))):
        for pair in pairs:
            for a, b in (pair, pair[::-1]):
                documents = a.partition("#")[0], b.partition("#")[0]
                found.setdefault(documents, {})[a, b] = kind
    return found


def _documents(study: Study) -> list[dict]:
    """One row a document; it has no clause."""
    return [
        dict.fromkeys(KEYS, "")
        | {"doc_id": document.doc_id, "document": document.doc_id, "found": True}
        | {"kind": "document", "theme": document.level or ""}
        for document in study.corpus.documents
    ]


def study_correspondence(study: Study) -> set[tuple[str, str]]:
    """The pairs of provisions that the tool lays side by side."""
    return corresponding_pairs(study.clauses, matches=study.all_matches)


def _check_size(sizes: list[int]) -> None:
    n = (sum(sizes) ** 2 - sum(size**2 for size in sizes)) // 2
    if n > MOST_PAIRS:
        raise PlainError(
            f"{len(sizes)} texts have {n:,} pairs of provisions, more than {MOST_PAIRS:,}; draw "
            "from fewer texts: read_corpus(folder, only=[…])"
        )


_MADE: dict[str, Callable[[Study], Any]] = {
    "mentions": _sentences, "alignment": _cells, "conditions": _numbers, "pairs": _pairs,
    "themes": _with_theme, "tools": _with_tool,
}  # fmt: skip
_OWN: dict[str, Callable[[Study], Any]] = {
    "sentence": _sentences, "clause": _provisions, "pair": _pairs,
    "document": _documents,
}  # fmt: skip
