"""Families that a researcher has confirmed, as entries of her own file of indicators."""

import itertools
import json
import re
from pathlib import Path

import pandas as pd

from ipcompare.frames import require
from ipcompare.indicators.entries import NOTHING, TABLES, Own, parse_own, read_own
from ipcompare.indicators.families import CONFIRMED
from ipcompare.placing import write_whole
from ipcompare.quantities.units import plain, unit_of

OTHER = "其他"  # the theme of an entry that is given none
NEEDED = (*CONFIRMED, "indicator", "unit", "kind", "measure")
ENTRIES = ("id", "name", "kind", "measure", "unit", "phrases")


def confirm_indicators(suggested: pd.DataFrame, file: str | Path) -> pd.DataFrame:
    """Add what ``name`` says in a table of ``suggest_indicators`` to one's own file of entries.

    Every row with a ``name`` gives its words as a phrase; rows of one name, kind and measure are
    one entry. Returned is one row an entry added: ``id``, ``name``, ``kind``, ``measure``,
    ``unit`` and ``phrases``. ``file``, made where it is not there, is plain TOML to be corrected
    by hand (``indicators.toml`` in the folder of a corpus is used by all its tables); an entry
    that is in it already is refused, and nothing is written. ValueError for a table without a
    name, or a unit that ``units.csv`` has no factor for.
    """
    require(suggested, NEEDED, "suggest_indicators")
    filled = {key: suggested[key].astype(object).fillna("").map(str) for key in CONFIRMED}
    table = suggested.assign(**{key: words.str.strip() for key, words in filled.items()})
    table = table[table["name"].ne("")]
    if table.empty:
        raise ValueError("no row has a name; write one into the column name of each row to confirm")
    path = Path(file)
    old = read_own(path) if path.is_file() else NOTHING
    taken = {(entry.zh, entry.kind, entry.measure): entry.id for entry in parse_own(old)}
    ids = (f"own_{n}" for n in itertools.count(1) if f"own_{n}" not in set(taken.values()))
    keys = [table["name"], table["kind"], table["measure"].where(table["kind"].eq("target"), "")]
    added = []
    for key, rows in table.groupby(keys, sort=False):
        if key in taken:
            raise ValueError(
                f"{path}: {key[0]} is there already as {taken[key]}; add to it by hand"
            )
        added.append(_entry(next(ids), key, rows))
    text = old.text + "".join(f"\n{_toml(entry)}" for entry in added)
    parse_own(Own(str(path), text))
    write_whole(path, text.lstrip("\n"))
    return pd.DataFrame(added)[list(ENTRIES)]


def _entry(id: str, key: tuple, rows: pd.DataFrame) -> dict:
    """What the file says of the rows of one name, kind and measure."""
    name, kind, measure = key
    unit = rows["unit"].iloc[0]
    if unit_of(unit) is None:
        raise ValueError(f"{name}: the unit {unit} has no factor in units.csv, so nothing aligns")
    names = sorted({plain(words) for words in rows["indicator"]}, key=lambda n: (-len(n), n))
    phrases = [re.escape(words) for words in names]  # the first that fits is taken: longest first
    english, themes = [words for words in rows["name_en"] if words], [t for t in rows["theme"] if t]
    return {
        "id": id, "name": name, "name_en": (*english, name)[0], "theme": (*themes, OTHER)[0],
        "kind": kind, "measure": measure or None, "unit": unit, "phrases": phrases,
    }  # fmt: skip


def _toml(entry: dict) -> str:
    """One entry as it is written; a JSON text is a TOML one too."""
    keys = {"id": "id", "zh": "name", "en": "name_en", "theme": "theme", "measure": "measure"}
    lines = [f"[[{TABLES[entry['kind']]}]]"]
    for key, field in (keys | {"unit": "unit", "phrases": "phrases"}).items():
        if entry[field]:
            lines.append(f"{key} = {json.dumps(entry[field], ensure_ascii=False)}")
    return "\n".join(lines) + "\n"
