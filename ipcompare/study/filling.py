"""What a correction leaves empty, read from the tables as they are: hash, place, old value."""

import re
from dataclasses import replace
from typing import Any

from ipcompare.clauses.table import clause_table
from ipcompare.corpus import Corpus
from ipcompare.corrections import Correction, cell_of, fields_of, text_hash
from ipcompare.frames import JOINT, unknown_id
from ipcompare.indicators.align import align_targets
from ipcompare.indicators.chosen_claims import NONE
from ipcompare.quantities.extract import extract_targets
from ipcompare.quantities.missed_mentions import place_of
from ipcompare.text import fold_width
from ipcompare.wording.themes import clause_themes

_FIGURE = re.compile(r"[\d.,]")


def filled(one: Correction, corpus: Corpus) -> Correction:
    """The correction with text_hash, place and old; ``corpus`` is that of its document alone.

    CorrectionError for an id or a number that is not there.
    """
    if one.field not in fields_of():
        raise one.refused(unknown_id(one.field, "field to correct", fields_of()))
    documents = tuple(replace(document, use=None) for document in corpus.documents)
    clauses = clause_table(replace(corpus, documents=documents))
    rows = {row.clause_id: row for row in clauses.itertuples()}
    if one.clause_id not in rows:
        raise one.refused(unknown_id(one.clause_id, "clause", rows))
    row = rows[one.clause_id]
    one = replace(one, text_hash=text_hash(row.text))
    if one.table == "clauses":
        return _with_old(one, getattr(row, one.field))
    if one.table == "clause_themes":
        themes = clause_themes(clauses)
        return _with_old(one, list(themes.loc[themes["clause_id"] == one.clause_id, "theme"]))
    targets = extract_targets(clauses)
    found = {target.target_id: target for target in targets.itertuples()}
    if one.field == "mention" and "@" not in one.id:
        own = [t for t in found.values() if t.clause_id == one.clause_id]
        return replace(one, place=_place(one, row.text, own))
    if one.id not in found:
        raise one.refused(unknown_id(one.id, "target", found))
    target = found[one.id]
    one = replace(one, place=place_of(target))
    if one.table == "aligned":
        aligned = align_targets(targets, indicators=corpus.indicators)
        names = dict(zip(aligned["target_id"], aligned["indicator"], strict=True))
        return _with_old(one, names.get(one.id, NONE))
    return _with_old(one, target.number if one.field == "mention" else getattr(target, one.field))


def _with_old(one: Correction, value: Any) -> Correction:
    """The correction with the old value; one that is written already stays."""
    old = JOINT.join(value) if isinstance(value, list) else cell_of(value)
    return replace(one, old=one.old or old)


def _place(one: Correction, text: str, known: list) -> int:
    """Where a missed number stands: the one place of it where no number is read."""
    folded, number = fold_width(text), fold_width(one.new)
    taken = [(place_of(t), place_of(t) + len(t.number)) for t in known]
    if not number:
        raise one.refused(
            "new is empty; write the missed number, or the target_id of one to strike"
        )
    places = [
        found.start() for found in re.finditer(re.escape(number), folded)
        if not _FIGURE.match(folded, found.end())
        and not _FIGURE.match(folded, found.start() - 1 if found.start() else len(folded))
        and not any(a < found.end() and found.start() < b for a, b in taken)
    ]  # fmt: skip
    if one.place in places:
        return places[places.index(one.place)]
    if len(places) != 1:
        where = ", ".join(map(str, places)) or "nowhere that is not read already"
        raise one.refused(
            f"{one.new!r} stands {'at ' if places else ''}{where} in the text; "
            "write the number as it stands there, and its place where there are several"
        )
    return places[0]
