"""What a coder sees of an item, and what the tool says of it, which a coder never sees."""

import hashlib
import random
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import pandas as pd

from ipcompare.coding.coding_files import LONG, MENTIONS
from ipcompare.coding.coding_units import study_correspondence
from ipcompare.frames import heading_of
from ipcompare.indicators.alike import unlike
from ipcompare.study import Study
from ipcompare.wording.themes import UNASSIGNED
from ipcompare.wording.tools import tool_guesses

# The columns of items.csv that a coder sees, in this order; on a sheet those that are in use.
SEEN = (
    "document", "above", "before", "text", "clause", "after",
    "asked", "other_document", "other_above", "other",
)  # fmt: skip
OPENED, CLOSED = "【", "】"  # around the number in question


class Shown:
    """The texts of a study, ready to be shown: by clause, what stands above and beside it."""

    def __init__(self, study: Study, seed: int):
        self.study, self.seed = study, seed
        self.rows = {row.clause_id: row for row in study.clauses.itertuples()}
        self.targets = {row.target_id: row for row in study.targets.itertuples()}
        self.names = study.zh
        main = [id for id, row in self.rows.items() if row.role != "residue"]
        self.places = {clause_id: n for n, clause_id in enumerate(main)}
        self.main = main

    def words(self, item: Any) -> dict[str, str]:
        """The columns SEEN of an item, and the number beside it (``other_id``, ``n_other``)."""
        said = {"document": self.names[item.doc_id]}
        if not item.clause_id:
            return said | {"text": self.study.corpus[item.doc_id].text}
        row = self.rows[item.clause_id]
        said |= self._around(row)
        if item.match_id:
            other = self.rows[item.match_id]
            said |= {
                "text": row.text, "other": other.text, "other_above": self._above(other),
                "other_document": self.names[other.doc_id],
            }  # fmt: skip
        elif item.target_id:
            said |= {"text": self._marked(item.target_id), "clause": row.text}
        elif item.end:
            said |= {"text": row.text[item.start : item.end], "clause": row.text}
        else:
            said["text"] = row.text
        return said | (self._asked(item) if item.indicator else {})

    def hash(self, item: Any) -> str:
        """The first 16 hex digits of the sha256 of its clause's text, else of the document's."""
        clause = self.rows.get(item.clause_id)
        text = clause.text if clause else self.study.corpus[item.doc_id].text
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def _around(self, row: Any) -> dict[str, str]:
        """Headings above, the rows before and after in the same text."""
        place = self.places.get(row.clause_id)
        beside = {}
        for name, step in (("before", -1), ("after", 1)):
            at = -1 if place is None else place + step
            other = self.rows[self.main[at]] if 0 <= at < len(self.main) else None
            beside[name] = other.text if other is not None and other.doc_id == row.doc_id else ""
        return {"above": self._above(row), **beside}

    def _above(self, row: Any) -> str:
        found, parent = [], row.parent_id
        while isinstance(parent, str) and parent in self.rows:
            above = self.rows[parent]
            found.append(f"{above.label or ''}{heading_of(above)}" or above.text)
            parent = above.parent_id
        return " › ".join(reversed(found))

    def _marked(self, target_id: str) -> str:
        """The sentence of a number with the number in 【】."""
        row = self.targets[target_id]
        start, end = row.number_start, row.number_end
        return f"{row.quote[:start]}{OPENED}{row.quote[start:end]}{CLOSED}{row.quote[end:]}"

    @cached_property
    def aligned(self) -> dict[str, list[Any]]:
        """The rows of each indicator."""
        found: dict[str, list[Any]] = {}
        for row in self.study.aligned.itertuples():
            found.setdefault(row.indicator, []).append(row)
        return found

    def _asked(self, item: Any) -> dict[str, str]:
        """The indicator asked about, and a number of it in another text, drawn by chance."""
        rows = self.aligned[item.indicator]
        said = {"asked": f"{rows[0].indicator_zh} / {rows[0].indicator_en} ({rows[0].unit})"}
        others = [row for row in rows if row.doc_id != item.doc_id]
        if not others:
            return said
        chance = random.Random(f"{self.seed}|{item.target_id}|{item.indicator}")
        other = chance.choice(others)
        return said | {
            "other_document": self.names[other.doc_id], "other": self._marked(other.target_id),
            "other_above": self._above(self.rows[other.clause_id]),
            "other_id": other.target_id, "n_other": str(len(others)),
        }  # fmt: skip


# --- what the tool says -----------------------------------------------------------------------


def machine_codes(study: Study, task: str, items: pd.DataFrame) -> pd.DataFrame:
    """item_id, part, field, value: what the tool says of each item; empty for one's own tasks."""
    said = _SAID.get(task)
    rows = said(study, items) if said else ()
    return pd.DataFrame(list(rows), columns=list(LONG)).astype(str)


def _mentions(study: Study, items: pd.DataFrame) -> Iterator[tuple]:
    """The numbers of each sentence by their place in it, and how many there are."""
    sentences = dict(list(study.targets.groupby(["clause_id", "quote_start"])))
    fields = ("number", "unit", "low", "high", "comparator", "indicator", "measure", "deadline",
              "kind", "target_id")  # fmt: skip
    for item in items.itertuples():
        found = sentences.get((item.clause_id, int(item.start)))
        rows = [] if found is None else list(found.itertuples())
        yield item.item_id, "", MENTIONS, len(rows)
        for row in rows:
            part = str(row.number_start)
            said = {name: getattr(row, name) for name in fields}
            said["per_year"] = "yes" if row.per_year else "no"
            for name, value in said.items():
                if pd.notna(value) and value != "":
                    yield item.item_id, part, name, plain_text(value)


def plain_text(value: Any) -> str:
    """A value as it stands in codes: 10.0 is 10."""
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def _alignment(study: Study, items: pd.DataFrame) -> Iterator[tuple]:
    laid = {(row.target_id, row.indicator): row for row in study.aligned.itertuples()}
    levels = study.corpus.table.set_index("doc_id")["level"]
    for item in items.itertuples():
        own = laid.get((item.target_id, item.indicator))
        yield item.item_id, "", "same", "yes" if own is not None else "no"
        other = laid.get((item.other_id, item.indicator))
        if own is not None and other is not None:
            level = levels[own.doc_id], levels[other.doc_id]
            apart = unlike(own, other) or level[0] != level[1] or pd.isna(level[0])
            yield item.item_id, "", "comparable", "no" if apart else "yes"


def _conditions(study: Study, items: pd.DataFrame) -> Iterator[tuple]:
    targets = {row.target_id: row for row in study.targets.itertuples()}
    for item in items.itertuples():
        row = targets[item.target_id]
        pays = row.kind == "incentive"
        yield item.item_id, "", "pays", "yes" if pays else "no"
        if pays:
            yield item.item_id, "", "conditional", "yes" if row.condition else "no"
            for name in ("each", "condition"):
                if value := getattr(row, name):
                    yield item.item_id, "", name, value


def _pairs(study: Study, items: pd.DataFrame) -> Iterator[tuple]:
    """same: laid side by side; related: among the first matches of either; else not."""
    found = study.matches
    ranks = dict(zip(zip(found["clause_id"], found["match_id"], strict=True), found["rank"],
                     strict=True))  # fmt: skip
    corresponding = study_correspondence(study)
    for item in items.itertuples():
        ways = ((item.clause_id, item.match_id), (item.match_id, item.clause_id))
        listed = [ranks[way] for way in ways if way in ranks]
        relation = "related" if listed else "not"
        relation = "same" if corresponding.intersection(ways) else relation
        yield item.item_id, "", "relation", relation
        if listed:
            yield item.item_id, "", "rank", min(listed)


def _themes(study: Study, items: pd.DataFrame) -> Iterator[tuple]:
    """The themes found; a provision without one has the reason where it is one of the codebook."""
    found = study.themes.groupby("clause_id")
    themes, reasons = found["theme"].agg(list), found["reason"].first()
    words = {"general": "general", "other subject": "other"}
    for item in items.itertuples():
        own = [theme for theme in themes[item.clause_id] if theme != UNASSIGNED]
        reason = words.get(reasons[item.clause_id], "")
        yield item.item_id, "", "themes", ";".join(sorted(own)) or reason


def _tools(study: Study, items: pd.DataFrame) -> Iterator[tuple]:
    """First guesses, and the themes as fields."""
    guesses = tool_guesses(study.clauses).groupby("clause_id")["tool"].agg(list)
    for item in items.itertuples():
        own = guesses.get(item.clause_id, [])
        yield item.item_id, "", "tools", ";".join(sorted(own)) or "none"
    for item_id, part, _, value in _themes(study, items):
        yield item_id, part, "fields", value


_SAID = {
    "mentions": _mentions, "alignment": _alignment, "conditions": _conditions, "pairs": _pairs,
    "themes": _themes, "tools": _tools,
}  # fmt: skip
