"""Two tables of the same text side by side: which rows mean the same, and where they differ.

Every share comes with its count and its 95 % interval.
"""

import math
from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

import pandas as pd

from ipcompare.frames import columns_of
from ipcompare.text import fold_width

_Z = 1.959963984540054  # the normal quantile of a two-sided 95 % interval
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


def wilson(n_right: int, n: int) -> tuple[float, float]:
    """The 95 % interval of a share, after Wilson; both ends missing (nan) for ``n = 0``.

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


def score_table(counts: dict[str, tuple[int, int]]) -> pd.DataFrame:
    """Counts ``{check: (n_right, n)}`` as a table with share and Wilson interval."""
    rows = [
        (name, right, n, right / n if n else math.nan, *wilson(right, n))
        for name, (right, n) in counts.items()
    ]
    return pd.DataFrame(rows, columns=columns_of("score_table"))


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
    """Whether both sides have the same in these columns; missing equals missing."""
    return lambda ours, gold: all(plain_value(ours[c]) == plain_value(gold[c]) for c in columns)


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


def scores(pairs: list[Pair], checks: dict[str, Check]) -> pd.DataFrame:
    """Precision and recall of the rows, then each check over the rows found."""
    both = [(p.ours, p.gold) for p in pairs if p.ours and p.gold]
    counts = {
        "precision": (len(both), sum(p.ours is not None for p in pairs)),
        "recall": (len(both), sum(p.gold is not None for p in pairs)),
    }
    for name, check in checks.items():
        right = [verdict for rows in both if (verdict := check(*rows)) is not None]
        counts[name] = (sum(right), len(right))
    return score_table(counts)


def failed(pair: Pair, checks: dict[str, Check]) -> list[str]:
    """The checks that a pair fails; ``precision`` or ``recall`` where it is none."""
    if pair.ours is None or pair.gold is None:
        return ["recall" if pair.ours is None else "precision"]
    return [name for name, check in checks.items() if check(pair.ours, pair.gold) is False]
