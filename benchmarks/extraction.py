"""`extract_targets` against bare segmentation, and how its time grows. Processor time, one run.

    python benchmarks/extraction.py

Writes ``extraction.csv``: ``case``, ``characters``, ``seconds`` (processor, the fastest run) and
``ratio``: for the corpus how fast the quantities are read seen from ``rjieba.cut`` of the same
characters; for the others how many times longer a character takes than in the same text a tenth
as long (1 is linear).
"""

import csv
import time
from collections.abc import Callable
from pathlib import Path

import rjieba

from ipcompare import clause_table, extract_targets, read_corpus
from ipcompare.corpus import Document

ROOT = Path(__file__).parent.parent
LARGE = {
    "a line of a million characters": "完善服务，到2025年培育企业20家，增长10%以上；" * 40_000,
    "100,000 brackets": "（" * 100_000,
    "a number of 100,000 digits": "7" * 100_000,
    "100,000 Chinese numerals": "三" * 100_000,
    "50,000 numbers in a list": "20家、" * 50_000,
}


def seconds(work: Callable[[], object], runs: int = 5) -> float:
    """Processor seconds of the fastest of some runs."""
    best = float("inf")
    for _ in range(runs):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def reading(text: str) -> float:
    """Processor seconds of reading the quantities of one paragraph."""
    clauses = clause_table(Document("a", f"一、目标\n{text}\n"))
    return seconds(lambda: extract_targets(clauses), runs=2)


def main() -> None:
    corpus = read_corpus(ROOT / "corpus")
    clauses, length = clause_table(corpus), sum(len(d.text) for d in corpus.documents)
    extract_targets(clauses)
    rjieba.cut("目标")
    ours = seconds(lambda: extract_targets(clauses))
    bare = seconds(lambda: [rjieba.cut(d.text) for d in corpus.documents])
    rows = [("the five texts", length, ours, bare / ours)]
    for name, text in LARGE.items():
        whole, tenth = reading(text), reading(text[: len(text) // 10])
        rows.append((name, len(text), whole, whole / tenth / 10))
    with (ROOT / "benchmarks/extraction.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("case", "characters", "seconds", "ratio"))
        for name, characters, spent, ratio in rows:
            print(f"{name:34}{characters:>10,}{spent:9.3f} s  {ratio:.3f}")
            writer.writerow((name, characters, round(spent, 3), round(ratio, 3)))


if __name__ == "__main__":
    main()
