"""The plain script a user would otherwise write: the yardstick for ``ipcompare compare``.

    python benchmarks/plain_script.py corpus/texts OUT

Reads every .txt of a folder, segments with jieba, writes the TF-IDF cosine of every two texts and
every number with a unit. No clauses, no labels, no departments, no offsets, no indicators.
"""

import csv
import re
import sys
from pathlib import Path

import jieba
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import cosine_similarity

NUMBER = re.compile(r"(\d+(?:\.\d+)?)\s*(万亿元|亿元|万元|元|万件|件|家|个|项|%|％|人|名|次|年)")


def main(folder: Path, out: Path) -> None:
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}
    out.mkdir(parents=True, exist_ok=True)
    matrix = TfidfVectorizer(tokenizer=jieba.lcut, token_pattern=None).fit_transform(texts.values())
    with open(out / "similarity.csv", "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["doc_id", *texts])
        for name, row in zip(texts, cosine_similarity(matrix), strict=True):
            writer.writerow([name, *row])
    with open(out / "numbers.csv", "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["doc_id", "number", "unit"])
        for name, text in texts.items():
            writer.writerows([name, *match] for match in NUMBER.findall(text))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
