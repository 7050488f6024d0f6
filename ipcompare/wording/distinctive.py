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

import numpy as np
import pandas as pd

from ipcompare.clauses.departments import closing_departments
from ipcompare.frames import CLAUSE_COLUMNS, PROVISIONS, require, source_documents
from ipcompare.text import trace
from ipcompare.wording.tokens import squeeze, tokenize

TERM_COLUMNS = ("doc_id", "term", "n", "n_rest", "log_odds", "z")
KWIC_COLUMNS = (
    "clause_id", "pinpoint", "left", "keyword", "right", "char_start", "char_end"
)  # fmt: skip

# What a document says; letterhead, addressee, signature and imprint are left out.
_CONTENT = ("title", "preamble", "section", "clause", "table_row")
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
    require(clauses, CLAUSE_COLUMNS, "clause_table")
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
    require(clauses, CLAUSE_COLUMNS, "clause_table")
    if width < 0 or not squeeze(term):
        raise ValueError(f"term {term!r}, width {width}: needs a term and a width of 0 or more")
    documents, gaps = source_documents(clauses), _gaps(clauses)
    rows = []
    for row in clauses[clauses["role"] != "residue"].itertuples():
        raw = documents[row.doc_id]["text"]
        rows += _lines(row, raw, gaps.get(row.clause_id, []), squeeze(term), width)
    table = pd.DataFrame(rows, columns=list(KWIC_COLUMNS))
    return table.astype({"char_start": int, "char_end": int})


# --- distinctive terms ----------------------------------------------------------------------


def _counts(clauses: pd.DataFrame, names: tuple[str, ...]) -> dict[str, Counter]:
    """How often each term stands in each document."""
    counts = {doc_id: Counter() for doc_id in clauses["doc_id"]}
    for row in clauses[clauses["role"].isin(_CONTENT)].itertuples():
        counts[row.doc_id].update(tokenize(_wording(row)))
    for own in counts.values():
        for term in [t for t in own if any(name in t for name in names)]:
            del own[term]
    return counts


def _wording(row) -> str:
    """The text of a row without its label and its departments."""
    if not isinstance(row.text, str):
        return ""
    if row.role in PROVISIONS:
        label = row.label if isinstance(row.label, str) else ""
        return row.text[: closing_departments(row.text).start].removeprefix(label)
    units = row.units if isinstance(row.units, list | tuple) else ()
    cells = row.text.split("\t")
    return "\t".join(cell for cell in cells if not (units and cell.startswith(tuple(units))))


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


def _gaps(clauses: pd.DataFrame) -> dict[str, list[tuple[int, int]]]:
    """The raw spans of residue and tables that interrupt each provision."""
    gaps: dict[str, list[tuple[int, int]]] = {}
    for row in clauses[clauses["role"].isin(("residue", "table_row"))].itertuples():
        gaps.setdefault(row.parent_id, []).append((row.char_start, row.char_end))
    return gaps


def _lines(row, raw: str, gaps: list[tuple[int, int]], term: str, width: int) -> Iterator[tuple]:
    """The KWIC lines of one row; raw offsets are only traced where the term stands."""
    squeezed = squeeze(row.text)
    at = squeezed.find(term)
    if at < 0:
        return
    shown = [i for i, char in enumerate(row.text) if not char.isspace()]
    words = "".join(row.text[i] for i in shown)
    # Words that are not all of the raw span (set phrases deleted) would be led to a wrong place.
    between = sum(_size(raw[a:b]) for a, b in gaps)
    if len(words) != _size(raw[row.char_start : row.char_end]) - between:
        problem = "not the text of the raw file; make the table with clause_table()"
        raise ValueError(f"{row.clause_id}: {problem}")
    offsets = trace(row.text, raw, row.char_start, gaps)
    while at >= 0:
        end = at + len(term)
        yield (
            row.clause_id, row.pinpoint, words[max(0, at - width) : at], words[at:end],
            words[end : end + width], offsets[shown[at]], offsets[shown[end - 1]] + 1,
        )  # fmt: skip
        at = squeezed.find(term, end)


def _size(text: str) -> int:
    """How many characters are not white space."""
    return sum(map(len, text.split()))
