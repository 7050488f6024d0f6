"""How much do texts on unrelated subjects share word for word? Measured once, on known pairs.

    python benchmarks/reuse_floor.py FOLDER     # writes ipcompare/data/wording/reuse_floor.csv

FOLDER holds texts of other places and other subjects (``OTHER_SUBJECTS``), as for yardsticks.py.
Shares alone are written, with the sha256 of each text.
"""

import csv
import sys
from pathlib import Path

from yardsticks import FIVE, OTHER_SUBJECTS, _sha

import ipcompare as ipc
from ipcompare.corpus import Corpus, read_document
from ipcompare.wording.novelty import FLOOR_FILE

HERE = Path(__file__).parent
TABLE = HERE.parent / "ipcompare" / "data" / FLOOR_FILE
HEAD = """\
# Made by benchmarks/reuse_floor.py: share_own of reuse_shares between one of the five texts and one
# of another government on another subject. Sources of the texts as in yardsticks.csv.
"""
COLUMNS = ("doc_a", "doc_b", "share_a", "share_b", "sha256_a", "sha256_b")


def main(folder: Path) -> None:
    corpus = ipc.read_corpus(HERE.parent / "corpus")
    rows = []
    for name in FIVE:
        for other in OTHER_SUBJECTS:
            pair = corpus[name], read_document(folder / f"{other}.txt")
            passages = ipc.shared_passages(Corpus(pair))
            shares = ipc.reuse_shares(passages, Corpus(pair)).dropna(subset="other_id")
            rows.append((name, other, *shares["share_own"], *map(_sha, pair)))
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        file.write(HEAD)
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *rows])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
