"""How right ipcompare is on texts of other places, which are no part of this project.

    python benchmarks/other_places.py FOLDER [--readme]

FOLDER has ``texts/NAME.txt`` and ``gold/NAME.jsonl`` (first line: sha256 of the text; then a
quantity mention a line after ``corpus/codebook.md``, ``o`` where its number begins, ``alt`` and
``indicator_alt`` what the second coder says otherwise) and ``gold/NAME.labels.json`` (the paths of
the numbered provisions). ``other_texts.csv`` beside this script says of each text what it is, its
year of issue (for 今年), the public repository that holds it, and whether it was read while the
rules were written. Writes counts, and nothing of the texts: ``other_places.csv``, one row a text
and check, and ``coder_agreement.csv``. ``--readme`` (alone too) puts the scores into the READMEs.
The checks are those of ``validate_targets`` and ``validate_clauses``.
"""

import argparse
import hashlib
import json
from pathlib import Path

import pandas as pd

import ipcompare as ipc
from ipcompare.checks import other_places
from ipcompare.checks.validation import numbering_tallies, target_tallies
from ipcompare.corpus import Document
from ipcompare.frames import columns_of

HERE = Path(__file__).parent
ROOT = HERE.parent
TABLE, AGREEMENT = HERE / "other_places.csv", HERE / "coder_agreement.csv"
HEAD = (
    "# Counts of benchmarks/other_places.py. The texts were read while the rules were written\n"
    "# (texts = other_places), so these are no scores of a held-out sample.\n"
)
MARKS = ("<!-- scores: benchmarks/other_places.py --readme -->\n", "<!-- end -->")
FIELDS = ("value", "unit", "comparator", "per_year", "measure", "deadline", "kind", "indicator")


def gold_of(path: Path) -> pd.DataFrame:
    """The mentions of a text in the columns of ``corpus/gold/targets``; sha256 in ``attrs``."""
    first, *rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        start = row.pop("o")
        row |= {"doc_id": path.stem, "char_start": start}
        row |= {"char_end": start + len(row["number"])}
        row.setdefault("indicator_alt", row["indicator"])
    columns = ["doc_id", "char_start", "char_end", "number", "low", "high", "comparator", "unit",
               "indicator", "indicator_alt", "measure", "per_year", "deadline", "kind", "coders",
               "alt"]  # fmt: skip
    gold = pd.DataFrame(rows, columns=columns).astype({"deadline": "Int64"})
    gold.attrs["sha256"] = first["sha256"]
    return gold


def tallies_of(path: Path, gold: pd.DataFrame, year: int | None) -> pd.DataFrame:
    """The counts of every check of one text; ValueError where it is not the text coded."""
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != gold.attrs["sha256"]:
        raise ValueError(f"{path}: not the text that was coded")
    clauses = ipc.clause_table(Document(path.stem, content.decode("utf-8")))
    labels = json.loads((path.parents[1] / "gold" / f"{path.stem}.labels.json").read_text("utf-8"))
    paths = pd.DataFrame({"doc_id": path.stem, "path": labels}, dtype=object)
    targets = ipc.extract_targets(clauses, year=year)
    parts = [target_tallies(targets, gold), numbering_tallies(clauses, paths)]
    return pd.concat(parts, ignore_index=True)


def codes_of(gold: pd.DataFrame) -> dict[str, list[tuple]]:
    """What both coders wrote in each field of the mentions that both marked."""
    codes: dict[str, list[tuple]] = {"mention": [(True, n > 1) for n in gold["coders"]]}
    rows = [row for row in gold.to_dict("records") if row["coders"] > 1]
    for field in FIELDS:
        if field == "value":
            ends = ("low", "high")
            pairs = [([row[n] for n in ends], [_second(row, n) for n in ends]) for row in rows]
        else:
            pairs = [(row[field], _second(row, field)) for row in rows]
        codes[field] = pairs
    return codes


def _second(row: dict, field: str):
    """What the second coder wrote."""
    if field == "indicator":
        return row["indicator_alt"]
    return (row["alt"] if isinstance(row["alt"], dict) else {}).get(field, row[field])


def agreement(golds: dict[str, list[pd.DataFrame]]) -> pd.DataFrame:
    """How often the coders agree, in each group of texts and in the texts of ``corpus``."""
    rows = []
    for group, tables in golds.items():
        codes = codes_of(pd.concat(tables, ignore_index=True))
        rows += [(group, *other_places.agreement_row(name, pairs)) for name, pairs in codes.items()]
    for row in pd.read_csv(ROOT / "corpus/gold/agreement.csv").itertuples():
        share, by = row.n_same / row.n, other_places.DECIDED_BY[row.field]
        # all equal is kappa 1; else it needs both codes, which were not kept
        kappa = 1.0 if row.field in other_places.CATEGORIES and row.n_same == row.n else None
        rows.append(("in_sample", row.field, by, row.n, row.n_same, share, kappa))
    return pd.DataFrame(rows, columns=columns_of("read_coder_agreement"))


def measure(folder: Path) -> None:
    """Score every text of the folder and write both tables."""
    listed = pd.read_csv(HERE / "other_texts.csv").set_index("text")
    rows, golds = [], {}
    for path in sorted((folder / "gold").glob("*.jsonl")):
        gold, about = gold_of(path), listed.loc[path.stem]
        golds.setdefault(about["texts"], []).append(gold)
        year = None if pd.isna(about["year"]) else int(about["year"])
        tallies = tallies_of(folder / "texts" / f"{path.stem}.txt", gold, year)
        known = {"texts": about["texts"], "sha256": gold.attrs["sha256"]}
        rows.append(tallies.assign(**known, source=about["source"]))
    table = pd.concat(rows, ignore_index=True).assign(
        version=ipc.__version__, rules=other_places.rules_digest()
    )
    _write(table[list(columns_of("read_other_places"))], TABLE)
    _write(agreement(golds), AGREEMENT)


def _write(table: pd.DataFrame, path: Path) -> None:
    text = table.to_csv(index=False, lineterminator="\n", float_format="%.4f")
    path.write_text(HEAD + text, encoding="utf-8", newline="\n")


def scores() -> pd.DataFrame:
    """The scores of other places and of the five texts."""
    study = ipc.Study(ipc.read_corpus(ROOT / "corpus"))
    own = ipc.validate_targets(study.targets, ipc.read_gold(ROOT / "corpus/gold/targets"))
    return other_places.beside_other_places(own, other_places.read_other_places(TABLE))


def said():
    """The finding on accuracy. Whether the counts are of the present rules is left to the report:
    the READMEs need not change with every rule."""
    study = ipc.Study(ipc.read_corpus(ROOT / "corpus"))
    places = other_places.read_other_places(TABLE).assign(rules=other_places.rules_digest())
    return ipc.finding("accuracy", study, scores=scores(), places=places)


def blocks() -> dict[str, str]:
    """What each README says between its marks."""
    found = said()
    return {
        "README.md": f"{found.say.en} {found.more.en}\n",
        "README.zh-CN.md": f"{found.say.zh}{found.more.zh}\n",
    }


def write_readmes() -> None:
    """Put the blocks between the marks."""
    for name, text in blocks().items():
        path = ROOT / name
        before, rest = path.read_text(encoding="utf-8").split(MARKS[0])
        after = rest.split(MARKS[1], 1)[1]
        path.write_text(before + MARKS[0] + text + MARKS[1] + after, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--readme", action="store_true")
    options = parser.parse_args()
    if options.folder:
        measure(options.folder)
    if options.readme:
        write_readmes()
    print(scores().to_string())


if __name__ == "__main__":
    main()
