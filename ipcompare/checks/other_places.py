"""Scores on texts of other places, beside those on the texts at hand.

The texts themselves are other people's collections and no part of this project: only their names,
hashes and counts are, in ``benchmarks/other_places.csv``, which ``benchmarks/other_places.py``
writes. A group of texts (``texts``) is ``held_out`` only where nobody read one of them while the
rules were written; else it is ``other_places``.
"""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

import ipcompare
from ipcompare.checks.agreement import TALLY_COLUMNS, cohens_kappa, plain_value, score_table
from ipcompare.frames import columns_of, require

GROUPS = ("held_out", "other_places", "in_sample")
# What the codebook leaves to a coder of each field, and whether its values are categories.
DECIDED_BY = {
    "mention": "codebook", "value": "copied", "unit": "copied", "comparator": "listed",
    "per_year": "listed", "measure": "codebook", "deadline": "codebook", "kind": "codebook",
    "indicator": "own_words",
}  # fmt: skip
CATEGORIES = ("comparator", "per_year", "measure", "kind")
READERS = ("quantities", "clauses", "data/drafting")  # what the counts depend on


def read_other_places(path: Path | str) -> pd.DataFrame:
    """One row a text of another place and check: how many were right of how many.

    ``texts`` is the group, ``rules`` stands for the rules that read them (``rules_digest``).
    ValueError for a group that is none.
    """
    places = pd.read_csv(path, comment="#")
    require(places, columns_of("read_other_places"), "benchmarks/other_places.py")
    if unknown := set(places["texts"]) - set(GROUPS[:2]):
        raise ValueError(f"{path}: texts is held_out or other_places, not {', '.join(unknown)}")
    return places


def beside_other_places(scores: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """One row a group of texts and check, those of other places first.

    ``scores`` as from ``validate_targets`` or ``validate_clauses`` for the texts at hand, whose
    group is ``in_sample``; ``places`` as from ``read_other_places``. A check without a score in
    one of the groups has no row there.
    """
    require(scores, columns_of("score_table"), "validate_targets")
    known = places[places["check"].isin(scores["check"])]
    tables = {
        group: score_table(part[list(TALLY_COLUMNS)])
        for group, part in known.groupby("texts", sort=False)
    }
    tables["in_sample"] = scores
    ordered = [tables[group].assign(texts=group) for group in GROUPS if group in tables]
    both = pd.concat(ordered, ignore_index=True)
    return both[list(columns_of("beside_other_places"))]


def read_coder_agreement(path: Path | str) -> pd.DataFrame:
    """One row a group of texts and field: how often two coders wrote the same.

    ``decided_by`` is what the codebook leaves to a coder: "copied" from the text, "listed" words
    in the codebook, a rule of the "codebook", "own_words". ``kappa`` only of categories whose two
    codes are known. Both coders are language models of one family that read one codebook: that
    they agree says that it can be followed, not that people would agree or that it is right.
    """
    table = pd.read_csv(path, comment="#")
    require(table, columns_of("read_coder_agreement"), "benchmarks/other_places.py")
    return table


def agreement_row(field: str, pairs: Sequence[tuple[Any, Any]]) -> tuple:
    """``field, decided_by, n, n_same, share, kappa`` of the codes of two coders."""
    plain = [(plain_value(a), plain_value(b)) for a, b in pairs]
    n, n_same = len(plain), sum(a == b for a, b in plain)
    kappa = cohens_kappa(plain) if field in CATEGORIES else None
    return field, DECIDED_BY[field], n, n_same, n_same / n if n else None, kappa


def rules_digest() -> str:
    """What stands for the code and the data that read quantities and clauses, as they are."""
    root = Path(ipcompare.__file__).parent
    found = hashlib.sha256()
    for path in _files(root / part for part in READERS):
        found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:16]


def _files(folders: Iterable[Path]) -> list[Path]:
    """Code and data below the folders, in order."""
    endings = {".py", ".csv", ".toml", ".txt"}
    return sorted(p for folder in folders for p in folder.rglob("*") if p.suffix in endings)
