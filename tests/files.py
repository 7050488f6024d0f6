"""What tests read: the repository, its corpus with all tables, the cases for parametrize."""

import csv
from pathlib import Path

from ipcompare.corpus import read_corpus
from ipcompare.study import Study

ROOT = Path(__file__).parents[1]
CORPUS = read_corpus(ROOT / "corpus")
STUDY = Study(CORPUS)  # every table is made when first asked for; no test may change one


def cases(name):
    """The rows of a file in ``cases``."""
    with (ROOT / "tests" / "cases" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
