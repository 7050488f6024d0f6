"""The terms that set each text apart from the others, and every place where a term stands.

Weighted log-odds with an informative Dirichlet prior: Monroe, Colaresi & Quinn (2008), Fightin'
Words, Political Analysis 16(4), 372-403, equations 16 (log-odds), 20 (variance) and 22 (z):

    delta(w) = ln[(y_i + a_w) / (n_i + a_0 - y_i - a_w)]
             - ln[(y_j + a_w) / (n_j + a_0 - y_j - a_w)]
    z(w)     = delta(w) / sqrt(1 / (y_i + a_w) + 1 / (y_j + a_w))

with y the count of term w, n of all terms, in text i and in all other texts j. The prior is
informative: a_w is the mean count of w in a text of the table, times ``strength``, and a_0 the sum
of all a_w: at a strength of 1 it weighs as much as one text of average length. It pulls every text
towards the words that all have in common. ``STRENGTH`` and ``LEAST`` are judgements, made after the
lists of the shipped texts were seen; ``prior_sensitivity`` says what depends on the strength.

z is tested on both sides, all terms of a text together that stand ``LEAST`` times in all texts (a
rarer one cannot stand out: independent filtering after Bourgon et al. 2010, PNAS 107, 9546-9551),
and terms are listed up to a false-discovery rate (Benjamini & Hochberg 1995, J. R. Statist. Soc. B
57, 289-300). Words are no independent draws: a term that one provision repeats counts each time.
The list is for reading, not a test of a theory.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd

from ipcompare.arguments import check_arguments
from ipcompare.frames import CONTENT, body_of, checked, columns_of, documents_in, heading_of
from ipcompare.text import Original
from ipcompare.wording.proper_names import names_place
from ipcompare.wording.tokens import squeeze, tokenize

TERM_COLUMNS = columns_of("distinctive_terms")
KWIC_COLUMNS = columns_of("kwic")

STRENGTH = 0.1  # of the prior, in texts of average length
TIMES = (0.1, 1.0, 10.0)  # that strength, in prior_sensitivity
LEAST = 5  # times in all texts together; a rarer term is not tested
MAX_Q = 0.05  # the false-discovery rate up to which a term is listed


def distinctive_terms(
    clauses: pd.DataFrame,
    *,
    top_n: int | None = 10,
    max_q: float | None = MAX_Q,
    strength: float = STRENGTH,
    place_names: bool = False,
) -> pd.DataFrame:
    """The ``top_n`` terms of each document that stand out against the others, highest z first.

    One row a document and term (``tokens.tokenize`` without single characters, without closing
    lists of departments): ``n`` counts in the document, ``n_rest`` in all others, ``log_odds`` and
    ``z`` as above, ``q`` the p of z adjusted for all terms of the document that stand at least
    ``LEAST`` times in all texts; missing for rarer ones. Listed are terms that
    the document has more of, with a q up to ``max_q``; it may have none. A document alone in the
    table has nothing to stand out against and gets no row.

    ``top_n=None, max_q=None`` keeps every term of the document. ``strength`` is that of the prior.
    ``place_names=False`` leaves out terms that hold the name of a place or region, of whatever
    text (``intake/places.csv``): they head every list and say nothing about the policy.
    """
    check_arguments(max_q=max_q, top_n=top_n, strength=strength)
    clauses = checked(clauses, "clauses")
    counts = _counts(clauses, place_names)
    tables = []
    for table in _ranked(counts, strength) if len(counts) > 1 else ():
        if max_q is not None:
            table = table[(table["q"] <= max_q) & (table["z"] > 0)]
        tables += [table.head(top_n or len(table))] if len(table) else []
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=TERM_COLUMNS)


def prior_sensitivity(
    clauses: pd.DataFrame,
    *,
    times: Iterable[float] = TIMES,
    top_n: int | None = 10,
    max_q: float = MAX_Q,
) -> pd.DataFrame:
    """What another strength of the prior changes: one row a document and ``times`` ``STRENGTH``.

    ``strength``; ``n_listed`` terms that ``distinctive_terms`` lists with it, ``n_kept`` of these
    that it lists with ``STRENGTH``, too, ``rank_correlation`` of the z of all terms of the document
    with those (Spearman; missing for fewer than three).
    """
    check_arguments(max_q=max_q, top_n=top_n)
    counts = _counts(checked(clauses, "clauses"), place_names=False)
    base, rows = _ranked(counts, STRENGTH) if len(counts) > 1 else [], []
    listed = {table["doc_id"].iloc[0]: _listed(table, top_n, max_q) for table in base if len(table)}
    for strength in (round(time * STRENGTH, 12) for time in times):
        for own, table in zip(base, _ranked(counts, strength) if base else (), strict=True):
            if own.empty:
                continue
            doc_id = own["doc_id"].iloc[0]
            now = _listed(table, top_n, max_q)
            both = own.set_index("term")["z"], table.set_index("term")["z"]
            rows.append((doc_id, strength, len(now), len(now & listed[doc_id]), _rank_corr(*both)))
    table = pd.DataFrame(rows, columns=columns_of("prior_sensitivity"))
    order = {doc_id: n for n, doc_id in enumerate(counts)}
    return table.sort_values("doc_id", key=lambda ids: ids.map(order), kind="stable").reset_index(
        drop=True
    )


def _listed(table: pd.DataFrame, top_n: int | None, max_q: float) -> set[str]:
    """The terms of a document that are listed."""
    kept = table[(table["q"] <= max_q) & (table["z"] > 0)]
    return set(kept["term"].head(top_n or len(kept)))


def _rank_corr(a: pd.Series, b: pd.Series) -> float:
    some = len(a) > 2 and a.nunique() > 1 and b.nunique() > 1
    return round(float(a.corr(b.reindex(a.index), method="spearman")), 4) if some else np.nan


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
    check_arguments(width=width)
    clauses = checked(clauses, "clauses")
    if not squeeze(term):
        raise ValueError(f"term is {term!r}; it must hold a character")
    rows: list[tuple] = []
    for row in clauses[clauses["role"] != "residue"].itertuples():
        rows += _lines(row, squeeze(term), width)
    table = pd.DataFrame(rows, columns=KWIC_COLUMNS)
    return table.astype({"char_start": int, "char_end": int})


# --- distinctive terms ----------------------------------------------------------------------


def _counts(clauses: pd.DataFrame, place_names: bool) -> dict[str, Counter]:
    """How often each term of two characters or more stands in each document."""
    counts: dict[str, Counter[str]] = {doc_id: Counter() for doc_id in documents_in(clauses)}
    for row in clauses[clauses["role"].isin(CONTENT)].itertuples():
        counts[row.doc_id].update(tokenize(heading_of(row) + "。" + body_of(row)))
    every = {term for own in counts.values() for term in own}
    gone = {t for t in every if len(t) < 2 or not place_names and names_place(t)}
    return {
        doc_id: Counter({t: own[t] for t in own if t not in gone}) for doc_id, own in counts.items()
    }


def _ranked(counts: dict[str, Counter], strength: float) -> list[pd.DataFrame]:
    """The terms of each document by falling z, equal ones in the order of their characters."""
    corpus = sum(counts.values(), Counter())
    terms = sorted(corpus)
    total = np.array([corpus[t] for t in terms], dtype=float)
    prior = strength * total / max(sum(bool(own) for own in counts.values()), 1)
    return [_ranked_one(doc_id, own, terms, total, prior) for doc_id, own in counts.items()]


def _ranked_one(
    doc_id: str, own: Counter, terms: list[str], total: np.ndarray, prior: np.ndarray
) -> pd.DataFrame:
    from scipy.stats import false_discovery_control, norm  # slow: a comparison need not wait

    n = np.array([own[t] for t in terms], dtype=float)
    delta, z = log_odds(n, total - n, prior) if len(terms) > 1 else (n * np.nan, n * np.nan)
    table = pd.DataFrame(
        {"doc_id": doc_id, "term": terms, "n": n.astype(int), "n_rest": (total - n).astype(int)}
    ).assign(log_odds=delta.round(12), z=z.round(12), q=np.nan)
    table = table[(table["n"] > 0) & table["z"].notna()]
    tested = table["n"] + table["n_rest"] >= LEAST
    p = 2 * norm.sf(table.loc[tested, "z"].abs())
    table.loc[tested, "q"] = false_discovery_control(p).round(12) if len(p) else p
    return table.sort_values(["z", "term"], ascending=[False, True], ignore_index=True)


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
