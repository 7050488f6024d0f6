"""What is a low and what a high similarity? Measured on pairs of texts of which that is known.

    python benchmarks/yardsticks.py FOLDER      # writes ipcompare/data/wording/yardsticks.csv

FOLDER holds texts of other places by name (``PAIRS``), as public collections have them: official
documents, which are not copied here. The five texts and ``reworded.csv`` are. Scores alone are
written, with the sha256 of each text.
"""

import csv
import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

import ipcompare as ipc
from ipcompare.checks.yardsticks import FILE
from ipcompare.corpus import Corpus, Document, read_document
from ipcompare.frames import PROVISIONS, body_of, heading_of, leaf_provisions

HERE = Path(__file__).parent
TABLE = HERE.parent / "ipcompare" / "data" / FILE
FIVE = ("hebei-2016", "hebi-2017", "fuxin-2017", "zhengzhou-2017", "xinxiang-2024")
OTHER_SUBJECTS = ("p1-9", "lg-rent", "liuhe-lvyou", "gwy-hb135")
PAIRS = {
    "other_subject_other_government": [(a, b) for a in FIVE for b in OTHER_SUBJECTS],
    "other_subject_same_government": [("lg-rent", "lg-zhizao"), ("lg-rent", "lg-action")],
    "overlapping_subject_same_government": [("liuhe-2023", "liuhe-lvyou")],
    "parent_and_child": [("sh-kc22", "lg-zhizao"), ("sh-kc22", "lg-action")],
}
REWORDED = ("fuxin-2017", "zhengzhou-2017")
HEAD = """\
# Made by benchmarks/yardsticks.py. Texts by the names that they have there: county policies
# (liuhe-*: Vnissun/LiuheSWJ), Shanghai and Lingang (lg-*, sh-*: luojialun/LinGang0318), national
# documents (p1-*: ZhouYNF/platform-1; gwy-hb135: HuangFaShengH/ZhengCeWenBenWaJue); public
# repositories of official documents. cosine: document_similarity; median and upper quartile of the
# best own-word score of the leaf provisions of either text in the other.
"""
COLUMNS = ("kind", "doc_a", "doc_b", "cosine", "median_best", "upper_best", "sha256_a", "sha256_b")


def main(folder: Path) -> None:
    corpus = ipc.read_corpus(HERE.parent / "corpus")
    texts = {document.doc_id: document for document in corpus.documents}
    for pairs in PAIRS.values():
        for name in {name for pair in pairs for name in pair} - texts.keys():
            texts[name] = read_document(folder / f"{name}.txt")
    rows = [(kind, a, b, *pair_scores(texts[a], texts[b]), _sha(texts[a]), _sha(texts[b]))
            for kind, pairs in PAIRS.items() for a, b in pairs]  # fmt: skip
    for document in corpus.documents:
        name, sha = document.doc_id, _sha(document)
        scores = halves(document)
        rows.append(("halves_of_one_text", f"{name}, odd", f"{name}, even", *scores, sha, sha))
    for name in REWORDED:
        original, again = reworded(texts[name])
        rows.append(("same_measures_reworded", f"{name}, provisions", "in other words",
                     *pair_scores(original, again), _sha(original), _sha(again)))  # fmt: skip
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        file.write(HEAD)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([COLUMNS, *rows])
    print(pd.DataFrame(rows, columns=COLUMNS).drop(columns=["sha256_a", "sha256_b"]).to_string())


def pair_scores(a: Document, b: Document) -> tuple[float, float, float]:
    """Cosine of two texts, median and upper quartile of the best scores of their provisions."""
    clauses = ipc.clause_table(Corpus((a, b)))
    cosine = ipc.document_similarity(clauses).iloc[0, 1]
    matches = ipc.match_clauses(clauses, top_n=None)
    leaves = leaf_provisions(clauses)["clause_id"]
    best = matches.groupby("clause_id")["score"].max().reindex(leaves, fill_value=0.0)
    return round(float(cosine), 3), round(best.median(), 3), round(best.quantile(0.75), 3)


def halves(document: Document) -> tuple[float, float, float]:
    """The scores of the odd and the even leaf provisions of one text."""
    leaves = leaf_provisions(ipc.clause_table(Corpus((document,))))
    odd, even = (_text(leaves.iloc[start::2].itertuples()) for start in (0, 1))
    return pair_scores(Document("odd", odd), Document("even", even))


def reworded(document: Document) -> tuple[Document, Document]:
    """Provisions of a text, and the same in other words."""
    lines = (HERE / "reworded.csv").read_text(encoding="utf-8").splitlines()
    every = csv.DictReader(line for line in lines if not line.startswith("#"))
    rows = [row for row in every if row["clause_id"].startswith(f"{document.doc_id}#")]
    clauses = ipc.clause_table(Corpus((document,))).set_index("clause_id", drop=False)
    own = clauses.loc[[row["clause_id"] for row in rows]]
    assert own["role"].isin(PROVISIONS).all()
    again = "\n".join(_line(n, row["heading"], row["text"]) for n, row in enumerate(rows, 1))
    return Document("original", _text(own.itertuples())), Document("again", again)


def _text(rows: Iterator) -> str:
    """Provisions as a text of their own, numbered anew."""
    return "\n".join(
        _line(n, heading_of(row), "".join(body_of(row).split())) for n, row in enumerate(rows, 1)
    )


def _line(n: int, heading: str, text: str) -> str:
    return f"{n}. {heading}。{text}" if heading else f"{n}. {text}"


def _sha(document: Document) -> str:
    return hashlib.sha256(document.text.encode()).hexdigest()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
