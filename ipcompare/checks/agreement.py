"""Two tables of the same text side by side: which rows mean the same, and where they differ.

Every share comes with its count and with a 95 % interval that takes a document, not a mention, for
what was drawn: mentions of one text resemble each other.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import pandas as pd
from scipy.special import stdtrit

from ipcompare.frames import columns_of, require
from ipcompare.text import fold_width

_Z = 1.959963984540054  # the normal quantile of a two-sided 95 % interval
TALLY_COLUMNS = ("doc_id", "check", "n_right", "n")
_PLACE = ("doc_id", "char_start", "char_end")


class Pair(NamedTuple):
    """A row of ours and the row of the gold standard for the same characters, or None."""

    ours: dict | None
    gold: dict | None

    @property
    def row(self) -> dict:
        """The row of ours, else that of the gold standard."""
        return self.ours or self.gold or {}


# Of a row of ours and its row of the gold standard; None: the score does not apply to them.
Check = Callable[[dict, dict], bool | None]


def wilson(n_right: float, n: float) -> tuple[float, float]:
    """The 95 % interval of a share, after Wilson; both ends missing (nan) for ``n = 0``.

    Of independent cases; ``clustered_wilson`` of those that come in documents.

    With p = n_right / n and z = 1.96: (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n).
    E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", Journal
    of the American Statistical Association 22 (1927), 209-212, doi:10.1080/01621459.1927.10502953;
    recommended for small n and shares near 1 by Brown, Cai and DasGupta, Statistical Science 16
    (2001), 101-133, doi:10.1214/ss/1009213286.

    >>> [round(x, 4) for x in wilson(81, 263)]
    [0.2553, 0.3662]
    """
    if n == 0:
        return math.nan, math.nan
    p, zz = n_right / n, _Z * _Z
    middle = (p + zz / (2 * n)) / (1 + zz / n)
    half = _Z * math.sqrt(p * (1 - p) / n + zz / (4 * n * n)) / (1 + zz / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def clustered_wilson(counts: Iterable[tuple[int, int]]) -> tuple[float, float]:
    """The 95 % interval of a share whose cases come in documents: ``(n_right, n)`` of each.

    Wilson with n / deff × (z / t)² for the number of cases, where deff = max(1, v / (p(1-p)/n))
    and v = k/(k-1) Σ (n_right - p n_i)² / n² is the variance between the k documents (Rao and
    Scott, Biometrics 48 (1992), 577-585) and t the 97.5 % quantile with k - 1 degrees of freedom
    (Korn and Graubard, Survey Methodology 24 (1998), 193-201). Franco, Little, Louis and Slud
    recommend the form and find it still rather too narrow (Journal of Survey Statistics and
    Methodology 7 (2019), 334-364). Missing (nan) for fewer than two documents.

    >>> [round(float(x), 2) for x in clustered_wilson([(9, 10), (8, 10), (10, 10)])]
    [0.49, 0.99]
    """
    counts = [(right, n) for right, n in counts if n]
    k, n_right, n = len(counts), sum(c[0] for c in counts), sum(c[1] for c in counts)
    if k < 2:
        return math.nan, math.nan
    p = n_right / n
    between = k / (k - 1) * sum((right - p * own) ** 2 for right, own in counts) / n**2
    deff = max(1.0, between * n / (p * (1 - p))) if 0 < p < 1 else 1.0
    effective = n / deff * (_Z / stdtrit(k - 1, 0.975)) ** 2
    return wilson(p * effective, effective)


def score_table(tallies: pd.DataFrame) -> pd.DataFrame:
    """One row a check: its share over all documents, with the interval of ``clustered_wilson``.

    ``tallies``: ``doc_id, check, n_right, n``, one row a document and check.
    """
    require(tallies, TALLY_COLUMNS, "target_tallies")
    rows = []
    for check, part in tallies.groupby("check", sort=False):
        right, n = int(part["n_right"].sum()), int(part["n"].sum())
        interval = clustered_wilson(zip(part["n_right"], part["n"], strict=True))
        documents = int((part["n"] > 0).sum())
        rows.append((check, right, n, documents, right / n if n else math.nan, *interval))
    return pd.DataFrame(rows, columns=columns_of("score_table"))


def tally(verdicts: Iterable[tuple[str, str, bool]], checks: Iterable[str]) -> pd.DataFrame:
    """The counts of ``score_table`` from ``(doc_id, check, right)``, in the order of ``checks``."""
    counts = Counter(verdicts)
    documents = sorted({doc_id for doc_id, _, _ in counts})
    rows = [
        (doc_id, check, right, right + counts[doc_id, check, False])
        for check in checks
        for doc_id in documents
        for right in [counts[doc_id, check, True]]
    ]
    return pd.DataFrame(rows, columns=list(TALLY_COLUMNS))


def cohens_kappa(pairs: Sequence[tuple[Any, Any]]) -> float | None:
    """(p - e) / (1 - e) with the share p of equal codes and e expected by chance; None for e = 1.

    J. Cohen, "A Coefficient of Agreement for Nominal Scales", Educational and Psychological
    Measurement 20 (1960), 37-46.

    >>> cohens_kappa([("a", "a"), ("a", "b"), ("b", "b"), ("b", "b")])
    0.5
    """
    n = len(pairs)
    first, second = (Counter(codes) for codes in zip(*pairs, strict=True)) if n else ({}, {})
    chance = sum(first[code] * second[code] for code in first) / n**2 if n else 1.0
    if chance == 1:
        return None
    return (sum(a == b for a, b in pairs) / n - chance) / (1 - chance)


def character_f1(a: str, b: str) -> float:
    """Harmonic mean of precision and recall of the characters of two wordings, in any order.

    Width and white space do not count: 2 × common / (characters of a + characters of b).

    >>> character_f1("注册商标", "有效注册商标")
    0.8
    """
    bags = [Counter("".join(fold_width(words).split())) for words in (a, b)]
    total = sum(map(Counter.total, bags))
    return 2 * (bags[0] & bags[1]).total() / total if total else 1.0


def same(*columns: str) -> Check:
    """Whether both sides have the same in these columns; missing equals missing.

    ``alt`` of the gold standard is what its second coder says otherwise: either will do.
    """
    return lambda ours, gold: any(
        all(plain_value(ours[c]) == plain_value(coder[c]) for c in columns)
        for coder in _coders(gold)
    )


def _coders(gold: dict) -> Iterator[dict]:
    yield gold
    if isinstance(gold.get("alt"), dict):
        yield gold | gold["alt"]


def plain_value(value: Any) -> Any:
    """One form of a value: missing is None, a number is a float, words have one width."""
    if isinstance(value, list | tuple):
        return [plain_value(v) for v in value]
    if isinstance(value, str):
        return "".join(fold_width(value).split())
    return None if pd.isna(value) else round(float(value), 9)


def where(applies: Callable[[dict], bool], check: Check) -> Check:
    """A check that counts only where it applies to one of the two sides."""
    return lambda ours, gold: check(ours, gold) if applies(ours) or applies(gold) else None


def paired(ours: pd.DataFrame, gold: pd.DataFrame) -> list[Pair]:
    """Rows that stand for the same characters, in the order of the text.

    Overlapping rows are paired one to one, those with the largest share of common characters
    first: a provision and the residue that interrupts it each find their own.
    """
    left, right = ours.to_dict("records"), gold.to_dict("records")
    shares = [(_common(a, b), i, j) for i, a in enumerate(left) for j, b in enumerate(right)]
    partners: dict[int, int] = {}
    taken: set[int] = set()
    for share, i, j in sorted(shares, key=lambda s: (-s[0], s[1:])):
        if share and i not in partners and j not in taken:
            partners[i] = j
            taken.add(j)
    pairs = [Pair(a, right[partners[i]] if i in partners else None) for i, a in enumerate(left)]
    pairs += [Pair(None, b) for j, b in enumerate(right) if j not in taken]
    return sorted(pairs, key=lambda pair: [pair.row[c] for c in _PLACE])


def _common(a: dict, b: dict) -> float:
    """The characters of both rows over those of either."""
    both = min(a["char_end"], b["char_end"]) - max(a["char_start"], b["char_start"])
    if both <= 0 or a["doc_id"] != b["doc_id"]:
        return 0.0
    return both / (a["char_end"] - a["char_start"] + b["char_end"] - b["char_start"] - both)


def verdicts(pair: Pair, checks: dict[str, Check]) -> Iterator[tuple[str, bool]]:
    """Precision and recall of a row, and each check that applies to a row found."""
    found = pair.ours is not None and pair.gold is not None
    if pair.ours is not None:
        yield "precision", found
    if pair.gold is not None:
        yield "recall", found
    if pair.ours is not None and pair.gold is not None:
        for name, check in checks.items():
            if (right := check(pair.ours, pair.gold)) is not None:
                yield name, right


def failed(pair: Pair, checks: dict[str, Check]) -> list[str]:
    """The checks that a pair fails; ``precision`` or ``recall`` where it is none."""
    if pair.ours is None or pair.gold is None:
        return ["recall" if pair.ours is None else "precision"]
    return [name for name, check in checks.items() if check(pair.ours, pair.gold) is False]
