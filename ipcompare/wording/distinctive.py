"""The terms that set each text apart from the others, and every place where a term stands.

Weighted log-odds with an informative Dirichlet prior: Monroe, Colaresi & Quinn (2008), Fightin'
Words, Political Analysis 16(4), 372-403, equations 16 (log-odds), 20 (variance) and 22 (z):

    delta(w) = ln[(y_i + a_w) / (n_i + a_0 - y_i - a_w)]
             - ln[(y_j + a_w) / (n_j + a_0 - y_j - a_w)]
    z(w)     = delta(w) / sqrt(1 / (y_i + a_w) + 1 / (y_j + a_w))

with y the count of term w, n of all terms, in text i and in all other texts j; the prior a_w is
the count of w in the whole corpus, a_0 its sum: a term must stand out against common use.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from ipcompare.frames import CONTENT, body_of, checked, columns_of, documents_in, heading_of
from ipcompare.text import Original
from ipcompare.wording.tokens import squeeze, tokenize

TERM_COLUMNS = columns_of("distinctive_terms")
KWIC_COLUMNS = columns_of("kwic")

# 鹤壁市 → 鹤壁, 广西壮族自治区 → 广西; 通县 stays
_SUFFIX = re.compile(
    r"(?<=..)(?:[\u4e00-\u9fff]{1,4}族)*(?:特别行政|自治)?(?:省|市|区|州|县|盟|旗|地区)$"
)


def distinctive_terms(
    clauses: pd.DataFrame, *, top_n: int | None = 15, own_names: bool = False
) -> pd.DataFrame:
    """The ``top_n`` terms of each document with the highest z, highest first.

    One row a document and term (``tokens.tokenize``, without closing lists of departments): ``n``
    counts in the document, ``n_rest`` in all others, ``log_odds`` and ``z`` as above. z above
    1.96 is unlikely to be chance for one term; with hundreds of terms some will be. A document
    alone in the table has nothing to stand out against and gets no row.

    ``own_names=False`` leaves out, in every document, terms that hold the name of one of the
    jurisdictions (鹤壁, 鹤壁市): they head every list and say nothing about the policy.
    ``top_n=None`` keeps every term of the document.
    """
    clauses = checked(clauses, "clauses")
    if top_n is not None and top_n < 1:
        raise ValueError(f"top_n is {top_n}; it must be at least 1, or None for all terms")
    counts = _counts(clauses, () if own_names else _place_names(clauses["jurisdiction"]))
    corpus = sum(counts.values(), Counter())
    tables = [_ranked(doc_id, own, corpus, top_n) for doc_id, own in counts.items()]
    tables = [t for t in tables if len(counts) > 1 and len(t)]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=TERM_COLUMNS)


def log_odds(n: np.ndarray, n_rest: np.ndarray, prior: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Log-odds and z of every term from its counts in text and rest and its prior (formula above).

    >>> [x.round(3).tolist() for x in log_odds(np.array([3, 1]), np.array([1, 3]), np.ones(2))]
    [[1.386, -1.386], [1.601, -1.601]]
    """
    own, rest = n + prior, n_rest + prior
    delta = np.log(own / (own.sum() - own)) - np.log(rest / (rest.sum() - rest))
    return delta, delta / np.sqrt(1 / own + 1 / rest)


def kwic(clauses: pd.DataFrame, term: str, *, width: int = 15) -> pd.DataFrame:
    """Every place where ``term`` stands, in reading order, with ``width`` characters around it.

    One row a place: left, keyword and right come from the clean text of the clause (without line
    breaks, never beyond the clause); char_start and char_end are code points into the raw text.
    Width of characters, case and white space do not matter: "ＰＣＴ" finds PCT.
    """
    clauses = checked(clauses, "clauses")
    if width < 0 or not squeeze(term):
        raise ValueError(f"term {term!r}, width {width}: needs a term and a width of 0 or more")
    rows: list[tuple] = []
    for row in clauses[clauses["role"] != "residue"].itertuples():
        rows += _lines(row, squeeze(term), width)
    table = pd.DataFrame(rows, columns=KWIC_COLUMNS)
    return table.astype({"char_start": int, "char_end": int})


# --- distinctive terms ----------------------------------------------------------------------


def _counts(clauses: pd.DataFrame, names: tuple[str, ...]) -> dict[str, Counter]:
    """How often each term stands in each document."""
    counts: dict[str, Counter[str]] = {doc_id: Counter() for doc_id in documents_in(clauses)}
    for row in clauses[clauses["role"].isin(CONTENT)].itertuples():
        counts[row.doc_id].update(tokenize(heading_of(row) + "。" + body_of(row)))
    for own in counts.values():
        for term in [t for t in own if any(name in t for name in names)]:
            del own[term]
    return counts


def _place_names(jurisdictions: pd.Series) -> tuple[str, ...]:
    """The names of the jurisdictions without 省, 市 or 县."""
    known = sorted({name for name in jurisdictions if isinstance(name, str) and name})
    return tuple(_SUFFIX.sub("", name) for name in known)


def _ranked(doc_id: str, own: Counter, corpus: Counter, top_n: int | None) -> pd.DataFrame:
    """The terms of one document by falling z, equal ones in the order of their characters."""
    terms = sorted(corpus)
    n = np.array([own[t] for t in terms], dtype=float)
    prior = np.array([corpus[t] for t in terms], dtype=float)
    delta, z = log_odds(n, prior - n, prior) if len(terms) > 1 else (n * np.nan, n * np.nan)
    table = pd.DataFrame(
        {"doc_id": doc_id, "term": terms, "n": n.astype(int), "n_rest": (prior - n).astype(int)}
    ).assign(log_odds=delta.round(12), z=z.round(12))
    table = table[(table["n"] > 0) & table["z"].notna()]
    return table.sort_values(["z", "term"], ascending=[False, True]).head(top_n or len(table))


# --- keyword in context ---------------------------------------------------------------------


def _lines(row: Any, term: str, width: int) -> Iterator[tuple]:
    """The KWIC lines of one row."""
    squeezed = squeeze(row.text)
    at = squeezed.find(term)
    if at < 0:
        return
    shown = [i for i, char in enumerate(row.text) if not char.isspace()]
    words = "".join(row.text[i] for i in shown)
    original = Original(row.text, row.cuts, row.char_start)
    while at >= 0:
        end = at + len(term)
        yield (
            row.clause_id, row.pinpoint, words[max(0, at - width) : at], words[at:end],
            words[end : end + width],
            original.place(shown[at]), original.place(shown[end - 1]) + 1,
        )  # fmt: skip
        at = squeezed.find(term, end)
