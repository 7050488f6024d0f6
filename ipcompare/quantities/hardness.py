"""How binding a number is in the words of its text (硬度): ensured, strived for, expected.

The cues are data (``drafting/hardness.csv``). 不低于 or 达到 say how a number compares, not how
binding it is; where no cue stands, nothing is said.
"""

import functools
import re

from ipcompare.data import RuleError, data_pattern, one_of, read_rows

HARDNESS = ("ensured", "strived_for", "expected")

_NUMBER = re.compile(r"\d+(?:\.\d+)?(?![\d.]|年|月)")
_STOP = re.compile("[;。:]")
_DATE = re.compile(
    "(?:到|至|在|用|经过)?[0-9一二两三四五六七八九十~至-]{1,9}年?(?:底|末|内|左右)?"
    "(?:的?时间|的?努力)?(?:之?前)?"
)
_FILE = "drafting/hardness.csv"
_COLUMNS = ("hardness", "phrase", "example", "counter_example")


def hardness_of(words: str) -> str | None:
    """The hardness of a number by the width-folded words of its sentence before it.

    Only what stands behind the number before counts (years aside), up to the last comma or
    semicolon; before a comma only where nothing but a date follows the word (力争到2020年，…).
    力争居全国前列，床位达到 says nothing of the number of beds.

    >>> hardness_of("力争到2020年,确保专利达到"), hardness_of("到2020年,专利达到")
    ('ensured', None)
    """
    *_, part = _STOP.split(_NUMBER.split("".join(words.split()))[-1])
    *before, own = part.split(",")
    found = [(m.start(), value) for value, cue, *_ in cues() for m in cue.finditer(own)]
    if found or not before:
        return max(found)[1] if found else None
    dated = [
        (m.start(), value)
        for value, cue, *_ in cues()
        for m in cue.finditer(before[-1])
        if _DATE.fullmatch(before[-1], m.end())
    ]
    return max(dated)[1] if dated else None


@functools.cache
def cues() -> tuple[tuple[str, re.Pattern, str, str], ...]:
    """``(hardness, pattern, example, counter_example)`` of every row of the data file."""
    rows = []
    for line, row in read_rows(_FILE, _COLUMNS):
        one_of(_FILE, line, "hardness", row["hardness"], HARDNESS)
        if not row["example"] or not row["counter_example"]:
            raise RuleError(_FILE, line, "needs an example and a counter_example")
        pattern = data_pattern(_FILE, row["phrase"])
        rows.append((row["hardness"], pattern, row["example"], row["counter_example"]))
    return tuple(rows)
