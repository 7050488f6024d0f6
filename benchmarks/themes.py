"""The themes that we find in the coded provisions of other places, whose texts we do not ship.

    python benchmarks/themes.py FOLDER     # FOLDER holds NAME.txt for each NAME#path of the codes

Writes ``benchmarks/themes.csv``: one row a coded provision and theme (``clause_id``, ``theme``,
``evidence``), which notebook 06 lays beside the codes; ``rules`` stands for the cues in use. A
provision whose text is not that which was coded (``sha256``) is an error.
"""

import argparse
import hashlib
from pathlib import Path

import pandas as pd

import ipcompare as ipc
from ipcompare.checks.theme_codes import read_theme_codes, theme_rules_digest
from ipcompare.corpus import Corpus, Document

ROOT = Path(__file__).parents[1]


def found_in(path: Path, coded: pd.DataFrame) -> pd.DataFrame:
    """The rows of ``clause_themes`` of the coded provisions of one text."""
    document = Document(path.stem, path.read_text(encoding="utf-8"))
    clauses = ipc.clause_table(Corpus((document,)))
    texts = dict(zip(clauses["clause_id"], clauses["text"], strict=True))
    for row in coded.itertuples():
        if hashlib.sha256(texts[row.clause_id].encode()).hexdigest()[:16] != row.sha256:
            raise SystemExit(f"{row.clause_id}: not the text that was coded")
    found = ipc.clause_themes(clauses)
    return found[found["clause_id"].isin(coded["clause_id"])]


def main() -> None:
    """Write the table for every text of the codes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    codes = read_theme_codes(ROOT / "corpus/gold/themes/codes.csv")
    codes = codes[codes["sha256"] != ""]
    by_text = codes.groupby(codes["clause_id"].str.partition("#")[0])
    found = pd.concat(found_in(folder / f"{name}.txt", coded) for name, coded in by_text)
    found["evidence"] = found["evidence"].map(" ".join)
    found = found[["clause_id", "theme", "evidence"]].assign(rules=theme_rules_digest())
    found.to_csv(ROOT / "benchmarks/themes.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
