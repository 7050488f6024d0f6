"""How much of what is planted in invented documents the toolkit finds.

    python benchmarks/invented FOLDER --n 300
    python benchmarks/planted.py FOLDER

Prints a small table in Markdown. A target is found where the toolkit has a number at the same
place of the file with the same value and unit; its fields are scored on those found. A provision
is found where the clause table has its path at the same place of the file.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

import ipcompare as ipc

FIELDS = ("number", "comparator", "deadline", "kind", "measure", "per_year")
_KEY = ["doc_id", "char_start", "low", "high", "unit"]


def planted_tables(folder: str | Path) -> dict[str, pd.DataFrame]:
    """The planted tables ``targets``, ``copies`` and ``structure`` of a corpus folder."""
    types = {"deadline": "Int64", "topic": "Int64", "path": str, "label": str}
    return {
        name: pd.read_csv(Path(folder) / f"planted_{name}.csv", dtype=types, keep_default_na=False,
                          na_values={"deadline": [""], "topic": [""]})
        for name in ("targets", "copies", "structure")
    }  # fmt: skip


def target_scores(planted: pd.DataFrame, found: pd.DataFrame) -> dict[str, float]:
    """Recall and precision of place, value and unit, and the share of right fields among these."""
    both = planted.merge(_plain(found), on=_KEY, suffixes=("", "_found"))
    scores = {"planted": len(planted), "found": len(found)}
    scores |= {
        "recall": _share(len(both), len(planted)),
        "precision": _share(len(both), len(found)),
    }
    for name in FIELDS:
        same = both[name].eq(both[f"{name}_found"])
        same = same.fillna(False) | (both[name].isna() & both[f"{name}_found"].isna())
        scores[name] = _share(int(same.sum()), len(both))
    return scores


def _plain(found: pd.DataFrame) -> pd.DataFrame:
    """The columns of a target table that are compared."""
    return found.assign(doc_id=found["doc_id"].astype(str))[[*_KEY, *FIELDS, "clause_id"]]


def structure_scores(planted: pd.DataFrame, clauses: pd.DataFrame) -> dict[str, float]:
    """Recall and precision of the numbered provisions, and of the heading, role and leaf of these.

    ``around`` is the share of the other rows (title, signature, rows of tables) found.
    """
    rows = clauses.assign(path=clauses["path"].fillna(""), heading=clauses["heading"].fillna(""))
    numbered, real = planted[planted["path"].ne("")], rows[rows["path"].ne("")]
    columns = ["clause_id", "heading", "role", "leaf"]
    both = numbered.merge(real[columns], on="clause_id", suffixes=("", "_found"))
    others = planted[planted["path"].eq("")]
    scores = {
        "planted": len(numbered),
        "recall": _share(len(both), len(numbered)),
        "precision": _share(len(both), len(real)),
    }
    for name in columns[1:]:
        scores[name] = _share(int(both[name].eq(both[f"{name}_found"]).sum()), len(both))
    scores["around"] = _share(int(others["clause_id"].isin(rows["clause_id"]).sum()), len(others))
    return scores


def copies_found(planted: pd.DataFrame, pairs: pd.DataFrame) -> dict[str, float]:
    """Recall by form: the share of planted copies whose clause and source are a pair, either way.

    ``pairs`` has the columns clause_id and match_id.
    """
    known = set(zip(pairs["clause_id"], pairs["match_id"], strict=True))
    sought = zip(planted["clause_id"], planted["source_clause_id"], strict=True)
    hits = [(a, b) in known or (b, a) in known for a, b in sought]
    return planted.assign(hit=hits).groupby("form")["hit"].mean().to_dict()


def scores_of(folder: str | Path) -> dict[str, dict[str, float]]:
    """The scores of a corpus folder: of its targets and of its structure."""
    planted = planted_tables(folder)
    clauses = ipc.clause_table(ipc.read_corpus(folder))
    return {
        "targets": target_scores(planted["targets"], ipc.extract_targets(clauses)),
        "structure": structure_scores(planted["structure"], clauses),
    }


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def as_markdown(scores: dict[str, dict[str, float]]) -> str:
    """The scores as a table."""
    lines = ["| | | |", "|---|---|---|"]
    for table, values in scores.items():
        for name, value in values.items():
            shown = f"{value:,}" if isinstance(value, int) else f"{value:.4f}"
            lines.append(f"| {table} | {name} | {shown} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the scores of a folder."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    given = parser.parse_args(arguments)
    scores = scores_of(given.folder)
    print(json.dumps(scores) if given.json else as_markdown(scores))


if __name__ == "__main__":
    main()
