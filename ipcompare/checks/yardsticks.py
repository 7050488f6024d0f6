"""What is a low and what a high similarity: scores of pairs of texts of which that is known."""

import pandas as pd

from ipcompare.data import read_rows
from ipcompare.frames import columns_of

FILE = "wording/yardsticks.csv"
_COLUMNS = ("kind", "doc_a", "doc_b", "cosine", "median_best", "upper_best", "sha256_a", "sha256_b")


def yardsticks() -> pd.DataFrame:
    """One row a kind of pair, from texts that have nothing in common up to one text reworded.

    ``kind``, ``n_pair`` pairs measured, ``cosine_low, cosine_high`` the range of their
    ``document_similarity``, ``best_low, best_high`` that of the median best ``score`` of a
    provision of either text in the other. They belong to the method, not to the corpus, and were
    measured once (benchmarks/yardsticks.py, which names the texts; the reworded one is by a
    language model).
    """
    pairs = pd.DataFrame([row for _, row in read_rows(FILE, _COLUMNS)])
    pairs = pairs.astype({"cosine": float, "median_best": float})
    grouped = pairs.groupby("kind", sort=False)
    ends = {
        "n_pair": grouped.size(), "cosine_low": grouped["cosine"].min(),
        "cosine_high": grouped["cosine"].max(), "best_low": grouped["median_best"].min(),
        "best_high": grouped["median_best"].max(),
    }  # fmt: skip
    return pd.DataFrame(ends).reset_index()[list(columns_of("yardsticks"))]
