"""Words that limit a payment beside its conditions: 一次性, 经评审认定, 同一单位每年."""

import re
from collections.abc import Iterator

import pandas as pd

from ipcompare.indicators.entries import rules
from ipcompare.quantities.units import plain

_ENDS = ("。", "；", ";")
_PART_END = re.compile("[，,。；;]")
_AMOUNT = re.compile(r"(?<!\d)\d+(?:\.\d+)?\s{0,3}(?:[万亿]?元|[%％])")


def provisos_of(row: dict) -> str:
    """Words that limit a payment, from the part of its sentence that has the number; ``、``-joined.

    Those before the first amount of the part hold for all of its amounts (经评审认定，给予50%、最高
    30万元), those between two for the second (每起50万元，同一单位每年100万元), those behind the
    last for it (按70%的比例，一次性奖励).

    >>> quote = "对企业给予奖励；对园区经评审认定，一次性给予50万元"
    >>> provisos_of({"kind": "incentive", "quote": quote, "number_start": 20})
    '经评审认定、一次性'
    """
    if row["kind"] != "incentive" or pd.isna(row["quote"]):
        return ""
    patterns = [proviso.pattern for proviso in rules().provisos]
    found = []
    for words in _governing(row["quote"], int(row["number_start"])):
        said = plain(words)
        found += sorted((m.start(), m[0]) for pattern in patterns for m in pattern.finditer(said))
    return "、".join(dict.fromkeys(words for _, words in found))


def _governing(quote: str, at: int) -> Iterator[str]:
    """The words of a sentence that may limit the amount that begins at ``at``."""
    start = max(quote.rfind(sign, 0, at) for sign in _ENDS) + 1
    amounts = [found.span() for found in _AMOUNT.finditer(quote, start, at)]
    if amounts:
        yield quote[start : amounts[0][0]]
    yield quote[amounts[-1][1] if amounts else start : at]
    stop = min((end for sign in _ENDS if (end := quote.find(sign, at)) >= 0), default=len(quote))
    more = _AMOUNT.search(quote, _amount_end(quote, at), stop)
    yield _PART_END.split(quote[at:])[0] if more else quote[at:stop]


def _amount_end(quote: str, at: int) -> int:
    """The end of the amount that begins at ``at``."""
    own = _AMOUNT.match(quote, at)
    return own.end() if own else at + 1
