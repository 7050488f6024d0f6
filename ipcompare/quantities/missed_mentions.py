"""A number that was not read, added by a person: its row, and where number and unit end."""

import re
from typing import Any

from ipcompare.corrections import Correction
from ipcompare.numerals import value
from ipcompare.quantities.hardness import hardness_of
from ipcompare.quantities.mentions import SENTENCE, flatten
from ipcompare.text import Original, fold_width

BY_HAND = "correction"  # the rule of a kind that a person gave
_TO = re.compile("[-–—~～至到]+")


def place_of(row: Any) -> int:
    """Where the number of a target stands in the text of its clause."""
    return int(row.quote_start + row.number_start)


def missed_mention(one: Correction, id: str, clause: Any, make: Any) -> Any:
    """The row of a missed number: its value and sentence; nothing that is not told is filled in.

    Its kind is unclear and its unit empty until these are corrected, too. ``make`` makes a row.
    """
    check_written(one, clause.text)
    folded, start, ends = fold_width(clause.text), one.place or 0, _ends(one)
    sentence = next(s for s in SENTENCE.finditer(folded) if s.start() <= start < s.end())
    quote = clause.text[sentence.start() : sentence.end()]
    at = sentence.start() + len(quote) - len(quote.lstrip())
    place, end = Original(clause.text, clause.cuts, clause.char_start).place, start + len(one.new)
    known = {
        "target_id": id, "clause_id": clause.clause_id, "doc_id": clause.doc_id,
        "number": one.new, "low": ends[0], "high": ends[-1],
        "comparator": "range" if len(ends) > 1 else "=", "unit": "", "indicator": "",
        "measure": "level", "per_year": False, "kind": "unclear", "quote": quote.strip(),
        "char_start": place(start), "char_end": place(end - 1) + 1,
        "quote_start": at, "quote_end": at + len(quote.strip()),
        "number_start": start - at, "number_end": end - at, "rule": BY_HAND, "horizon_note": "",
        "hardness": hardness_of(flatten(folded[sentence.start() : start])),
    }  # fmt: skip
    return make(**{name: known.get(name) for name in make._fields})


def check_written(one: Correction, text: str) -> None:
    """CorrectionError for a number that does not stand at its place."""
    if not one.new or not fold_width(text).startswith(fold_width(one.new), one.place):
        there = text[one.place :][:12]
        raise one.refused(
            f"the text has {there!r} at place {one.place}, not {one.new!r}; "
            "write the number as it stands there, without its unit"
        )


def with_end(row: Any, clause: Any) -> Any:
    """The row with the end of its number, or of its unit where that stands behind the number."""
    start = place_of(row)
    end = start + len(row.number)
    if row.unit and clause.text.startswith(row.unit, end):
        end += len(row.unit)
    place = Original(clause.text, clause.cuts, clause.char_start).place(end - 1) + 1
    return row._replace(number_end=row.number_start + end - start, char_end=place)


def _ends(one: Correction) -> list[float]:
    """The values of a number as written: 300, 三百, 1-2."""
    ends = [value(part) for part in _TO.split(fold_width(one.new))]
    if any(end != end for end in ends):
        raise one.refused(f"{one.new!r} is no number; write it as it stands in the text")
    return ends
