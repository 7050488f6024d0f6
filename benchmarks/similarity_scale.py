"""Matching clauses at scale, side by side with the bare tools it is built on.

    python benchmarks/similarity_scale.py [--sizes 1000 10000 50000] [--seed 0]

Clauses are made by drawing 2 to 5 sentences of the corpus and changing 5% of the characters;
26 make a document. Each row of the output is one step of this package, its time and peak memory,
those of the bare tool on the same input in the same run, and the ratio of the times:

terms      words, stop words left out, TF-IDF         rjieba + TfidfVectorizer on the same texts
matching   match table from own words (feedback=0)    sp_matmul_topn(X, X.T) on the same matrix
matching+  match table from clause_vectors()          sp_matmul_topn(Y, Y.T) on the same matrix
feedback   Y from X: what counterparts lend           sp_matmul_topn(X, X.T)
"""

import argparse
import ctypes
import gc
import itertools
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import rjieba
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sparse_dot_topn import sp_matmul_topn

from ipcompare import clause_table, read_corpus
from ipcompare.frames import CLAUSE_COLUMNS, leaf_provisions
from ipcompare.wording.nearest import lent
from ipcompare.wording.similarity import FEEDBACK, rank_matches
from ipcompare.wording.tokens import terms, tokenize
from ipcompare.wording.vectors import provision_bags, tfidf

CORPUS = Path(__file__).parents[1] / "corpus"
CLAUSES_A_DOCUMENT = 26
TOP_N = 3


def synthetic_clauses(n: int, *, seed: int) -> pd.DataFrame:
    """A clause table of n leaf provisions made of sentences of the corpus, with noise."""
    rng = np.random.default_rng(seed)
    texts = leaf_provisions(clause_table(read_corpus(CORPUS)))["text"]
    sentences = [s + "。" for text in texts for s in text.split("。") if len(s) > 8]
    signs = np.array(sorted(set("".join(sentences))))
    rows = []
    for i in range(n):
        drawn = rng.integers(0, len(sentences), rng.integers(2, 6))
        text = np.array(list("".join(sentences[k] for k in drawn)))
        noisy = rng.random(len(text)) < 0.05
        text[noisy] = rng.choice(signs, noisy.sum())
        doc_id = f"d{i // CLAUSES_A_DOCUMENT:05}"
        row = {"clause_id": f"{doc_id}#{i % CLAUSES_A_DOCUMENT + 1}", "doc_id": doc_id}
        rows.append(row | {"role": "clause", "text": "".join(text), "units": []})
    return pd.DataFrame(rows).reindex(columns=list(CLAUSE_COLUMNS))


def peak(reset: bool = False) -> float:
    """Peak resident memory in MB since the last reset (Linux; elsewhere not a number)."""
    try:
        if reset:
            ctypes.CDLL(None).malloc_trim(0)  # else freed memory is used again unseen
            Path("/proc/self/clear_refs").write_text("5")
        status = Path("/proc/self/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) / 1024
    except (OSError, AttributeError):
        return float("nan")


def measure(runs: tuple[Callable[[], object], ...], repeats: int) -> list[float]:
    """Best time in seconds and highest peak of memory in MB above the start, of each in turn."""
    times: list[list[float]] = [[] for _ in runs]
    memory: list[list[float]] = [[] for _ in runs]
    for _, (i, run) in itertools.product(range(repeats), enumerate(runs)):
        gc.collect()
        before = peak(reset=True)
        start = time.perf_counter()
        run()
        times[i].append(time.perf_counter() - start)
        memory[i].append(peak() - before)
    return [value for i in range(len(runs)) for value in (min(times[i]), max(memory[i]))]


def rows(n: int, *, seed: int) -> list[tuple]:
    """The measurements of one size."""
    clauses = synthetic_clauses(n, seed=seed)
    texts = list(clauses["text"])
    cut = rjieba.Jieba().cut
    repeats = 1 if n > 20_000 else 3 if n > 2_000 else 15
    leaves, bags = provision_bags(clauses, terms)
    own = tfidf(bags)[0]
    documents = pd.factorize(leaves["doc_id"])[0]
    read = unit(own + FEEDBACK * lent(own, documents))
    bare = lambda x: sp_matmul_topn(x, x.T.tocsr(), top_n=TOP_N, threshold=0.0, sort=True)  # noqa: E731
    steps = {
        "terms": (
            lambda: tfidf(tokenize(text) for text in texts),
            lambda: TfidfVectorizer(analyzer=cut, sublinear_tf=True).fit_transform(texts),
        ),
        "matching": (lambda: rank_matches(leaves, own, top_n=TOP_N), lambda: bare(own)),
        "matching+": (lambda: rank_matches(leaves, read, top_n=TOP_N), lambda: bare(read)),
        "feedback": (
            lambda: unit(own + FEEDBACK * lent(own, documents)),
            lambda: bare(own),
        ),
    }
    return [(n, name, *measure(both, repeats)) for name, both in steps.items()]


def unit(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    length = np.sqrt(np.asarray(matrix.power(2).sum(axis=1)))
    return sparse.csr_matrix(matrix.multiply(1 / np.maximum(length, 1e-300)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 2000])
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    print(f"{'clauses':>8}  {'step':<10}{'s':>9}{'MB':>8}{'bare s':>9}{'bare MB':>9}{'ratio':>7}")
    for n in options.sizes:
        for size, name, seconds, mb, bare_seconds, bare_mb in rows(n, seed=options.seed):
            values = f"{seconds:9.3f}{mb:8.0f}{bare_seconds:9.3f}{bare_mb:9.0f}"
            print(f"{size:>8}  {name:<10}{values}{seconds / bare_seconds:7.2f}", flush=True)


if __name__ == "__main__":
    main()
