"""What may be given for the arguments that many functions share, and what is said of others."""

import math
import numbers
from typing import Any

_SHARE = "a number from 0 to 1"
_COUNT = "a whole number from 1 on"
_RIGHT = {
    "threshold": _SHARE,
    "mutual": _SHARE,
    "min_score": f"{_SHARE}, or None",
    "max_q": f"{_SHARE}, or None for all",
    "top": _COUNT,
    "top_n": f"{_COUNT}, or None for all",
    "draws": _COUNT,
    "min_chars": "a whole number from 2 on",
    "most_holders": "a whole number from 2 on, or None",
    "width": "a whole number from 0 on",
    "strength": "a number above 0",
    "year": "a year of four digits, or None",
}  # fmt: skip
_LEAST = {
    "top": 1,
    "top_n": 1,
    "draws": 1,
    "min_chars": 2,
    "most_holders": 2,
    "width": 0,
    "year": 1900,
}
_OPTIONAL = {"top_n", "most_holders", "max_q", "min_score", "year"}


def check_arguments(**given: Any) -> None:
    """Refuse a value that its argument cannot have: ``check_arguments(threshold=threshold)``.

    ValueError names the argument, the value and what it may be. 28 is no threshold, 2.5 no
    ``top_n``, 18 no year, and nan nothing.

    >>> check_arguments(top_n=None, threshold=0.3)
    >>> check_arguments(threshold=28)
    Traceback (most recent call last):
        ...
    ValueError: threshold is 28; it must be a number from 0 to 1
    """
    for name, value in given.items():
        if not _fits(name, value):
            raise ValueError(f"{name} is {value!r}; it must be {_RIGHT[name]}")


def _fits(name: str, value: Any) -> bool:
    if value is None:
        return name in _OPTIONAL
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        return False
    number = float(value)
    if name in _LEAST:
        whole = isinstance(value, numbers.Integral)
        return whole and _LEAST[name] <= number <= (2999 if name == "year" else math.inf)
    return 0 < number < math.inf if name == "strength" else 0 <= number <= 1
