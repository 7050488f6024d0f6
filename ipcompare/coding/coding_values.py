"""What a coder answered, brought into one form; what cannot be an answer is refused."""

import math
import random
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from ipcompare.coding.coding_files import CODES, MENTIONS, Coding, Field
from ipcompare.data import PlainError
from ipcompare.numerals import value as number_value
from ipcompare.quantities.numbers import is_colon
from ipcompare.text import fold_width, printable
from ipcompare.words import word_table

NUMBER = "number"  # the field of a mention that says where it stands
LONGEST = 40  # characters of a number
RANGE = "-~至到"  # what stands between the ends of a range, folded
_CHOSEN = ("nominal", "ordinal")
_APART = re.compile(r"[;；、,，\n]+")
_NUMERALS = "〇零一二三四五六七八九十百千两半"


def clean_value(field: Field, said: Any) -> str:
    """An answer as it is stored: the id of a value, ids joined with ``;`` in the order of the
    values, a number in plain digits, words without white space at the ends; empty for none.

    A value may be given by its id, its Chinese or English name, or both names as the sheet shows
    them. PlainError says what is allowed.
    """
    text = plain_answer(said)
    if not text:
        return ""
    if field.scale == "interval":
        return _number(field, text)
    if field.scale == "set":
        parts = [text] if _known(field, text) else filter(str.strip, _APART.split(text))
        return joined_set(field, (_id(field, part) for part in parts))
    return _id(field, text) if field.scale in _CHOSEN else text


def plain_answer(said: Any) -> str:
    """A cell or an answer as text, without control characters: 10.0 is 10."""
    if said is None or said != said:
        return ""
    if isinstance(said, bool):
        return str(said)
    if isinstance(said, float):
        return f"{said:.12g}"
    return printable(str(said)).strip()


def joined_set(field: Field, ids: Iterable[str]) -> str:
    """Ids joined with ``;`` in the order of the field's values, each once."""
    chosen = set(ids)
    return ";".join(value.id for value in field.values if value.id in chosen)


def label_of(value: Any) -> str:
    """A value as a sheet shows it: both names, or one where they are the same."""
    return value.zh if value.zh == value.en else f"{value.zh} {value.en}"


def _known(field: Field, text: str) -> str | None:
    """The id that an answer stands for; None where it stands for none."""
    folded = _form(text)
    for value in field.values:
        if folded in map(_form, (value.id, value.zh, value.en, label_of(value))):
            return value.id
    return None


def _form(text: str) -> str:
    return " ".join(fold_width(text).casefold().split())


def _id(field: Field, text: str) -> str:
    found = _known(field, text)
    if found is None:
        allowed = "; ".join(label_of(value) for value in field.values)
        raise PlainError(f"{field.zh} {field.en} is {text!r}; it may be: {allowed}")
    return found


def _number(field: Field, text: str) -> str:
    try:
        number = float(fold_width(text).replace(",", ""))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise PlainError(
            f"{field.zh} {field.en} is {text!r}; it must be a number such as 10 or 2.5"
        )
    return f"{number:.12g}"


# --- the numbers of a sentence ----------------------------------------------------------------


def is_none(said: str) -> bool:
    """Whether the number of a mention says that there is none: 无, none."""
    return _form(said) in {_form(word) for pair in word_table("coding.no_number").values()
                           for word in pair}  # fmt: skip


def place_of(number: str, sentence: str, unit: str = "", taken: Iterable[int] = ()) -> int:
    """Where a number as typed begins in a sentence, in code points.

    Width, white space, the sign of a range and a garbled colon do not count: 1-2 is found in
    １～２个, 1:1 in 1暶1. Where it stands several times (2017年10月, 10件) it is the one before its
    unit, else the first, of those that are not ``taken`` by a row before. PlainError where it does
    not stand there, or not so often.

    >>> place_of("5", "建成15家，培育5家"), place_of("1-2", "培育１～２家")
    (8, 2)
    >>> place_of("10", "10月前建成10家", "家")
    6
    """
    if number.rstrip().endswith(("%", "％")):
        raise PlainError(f"number {number!r}: leave the % out and write it as the unit")
    folded = "".join(":" if is_colon(sign) else sign for sign in fold_width(sentence))
    found = list(_pattern(number).finditer(folded)) if _may_be_one(number) else []
    free = [match for match in found if match.start() not in set(taken)]
    if not free:
        said = f"stands {len(found)} times" if found else "does not stand"
        raise PlainError(f"number {number!r}: it {said} in the sentence; copy it as it is written")
    own = fold_width(unit).strip()
    for words in filter(None, (own, own[:1])):
        for match in free:
            if folded[match.end() :].lstrip().startswith(words):
                return match.start()
    return free[0].start()


def _may_be_one(number: str) -> bool:
    """No number is longer, and a range has one sign or two; others would be searched for long."""
    return len(number) <= LONGEST and sum(sign in RANGE for sign in fold_width(number)) <= 2


def _pattern(number: str) -> re.Pattern:
    """A number as typed, whatever white space stands in it, never a part of a longer one."""
    signs = [sign for sign in fold_width(number) if not sign.isspace()]
    parts = [rf"\D{{0,4}}?[{RANGE}]" if sign in RANGE else re.escape(sign) for sign in signs]
    before, after = (_border(sign) for sign in (signs[0], signs[-1]))
    ahead = before if before == f"[{_NUMERALS}]" else r"\d|\d[.,]"
    found = "".join(f"(?<!{one})" for one in ahead.split("|"))
    return re.compile(found + r"\s*".join(parts) + f"(?!{after})")


def _border(sign: str) -> str:
    """What would make the number a longer one."""
    return f"[{_NUMERALS}]" if sign in _NUMERALS else r"[.,]?\d"


def bounds(number: str) -> tuple[str, str]:
    """Lower and upper end of a number as written, empty where it has no plain value.

    >>> bounds("10"), bounds("1-2"), bounds("三百"), bounds("1:1")
    (('10', '10'), ('1', '2'), ('300', '300'), ('', ''))
    """
    ends = [number_value(part) for part in re.split(f"[{RANGE}]", fold_width(number))]
    if len(ends) > 2 or any(map(math.isnan, ends)):
        return "", ""
    low, high = (f"{end:.12g}" for end in (ends[0], ends[-1]))
    return low, high


# --- one item ---------------------------------------------------------------------------------


def mention_codes(coding: Coding, item: Mapping, rows: Sequence[Mapping[str, str]]) -> list[tuple]:
    """The codes (item_id, part, field, value, note) of the mentions of one sentence, one a row.

    Rows have clean values by field. Each gets its place as ``part``; where one number stands
    several times with its unit the order of the rows decides. Lower and upper end are filled in
    from a number where the coder left both empty.
    """
    found, taken = [], list[int]()
    for row in rows:
        taken.append(place_of(row[NUMBER], item["text"], row.get("unit", ""), taken))
        part, row = str(taken[-1]), _with_bounds(row)
        note = row.get("note", "")
        for field in coding.fields:
            if value := row.get(field.id, ""):
                own = note if field.id == NUMBER else ""
                found.append((item["item_id"], part, field.id, value, own))
    return found


def _with_bounds(row: Mapping[str, str]) -> dict[str, str]:
    if row.get("low") or row.get("high"):
        return dict(row)
    low, high = bounds(row[NUMBER])
    return {**row, "low": low, "high": high}


def count_code(item_id: str, n: int, note: str = "") -> tuple:
    """The code that says how many mentions a sentence has: it has been coded."""
    return item_id, "", MENTIONS, str(n), note


def codes_frame(rows: Iterable[tuple]) -> pd.DataFrame:
    """Codes as a table: item_id, part, field, value, note."""
    return pd.DataFrame(list(rows), columns=list(CODES), dtype=str)


def done_items(coding: Coding, codes: pd.DataFrame) -> set[str]:
    """The items that a coder has finished: every needed field answered; mentions counted, and
    every needed field of each answered."""
    needed = {field.id for field in coding.fields if field.needed}
    asked = codes[codes["field"].isin(needed)]
    parts = asked.groupby(["item_id", "part"])["field"].nunique() == len(needed)
    if coding.task != MENTIONS:
        return {item_id for (item_id, _), whole in parts.items() if whole}
    counted = codes.loc[codes["field"] == MENTIONS, ["item_id", "value"]].to_numpy().tolist()
    whole = parts[parts].groupby("item_id").size()
    return {item_id for item_id, n in counted if whole.get(item_id, 0) == int(n)}


def coding_progress(coding: Coding) -> pd.DataFrame:
    """One row a coder: ``coder, coder_kind, n_items, n_done``."""
    rows = []
    for coder in coding.coders:
        own = coding.codes[coding.codes["coder"] == coder.name]
        rows.append((coder.name, coder.kind, len(coding.items), len(done_items(coding, own))))
    return pd.DataFrame(rows, columns=["coder", "coder_kind", "n_items", "n_done"])


def in_order_of(coding: Coding, coder: str) -> list[dict[str, Any]]:
    """The items in the order in which one coder sees them: by chance, by seed and name."""
    items = coding.items.to_dict("records")
    random.Random(f"{coding.seed}|{coder}").shuffle(items)
    return items
