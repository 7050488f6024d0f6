"""How binding a number is in the words of its text (硬度): ensured, strived for, expected.

The cues are data (``drafting/hardness.csv``). 不低于 or 达到 say how a number compares, not how
binding it is; where no cue stands, nothing is said.
"""

import functools
import re

from ipcompare.data import RuleError, data_pattern, one_of, read_rows
from ipcompare.quantities.mentions import Mention

# a cue for all that follows, with the year behind it
_PLACED = re.compile(r"[^,;:。]{2,8}?(?=[到在至]?(?:19|20)\d\d年)")
HARDNESS = ("ensured", "strived_for", "expected")

_FILE = "drafting/hardness.csv"
_COLUMNS = ("hardness", "phrase", "example", "counter_example")


def hardness_of(words: str) -> str | None:
    """The hardness of a number by the width-folded words before it that govern it.

    >>> hardness_of("力争到2020年,确保专利达到"), hardness_of("到2020年,专利达到")
    ('ensured', None)
    """
    squeezed = "".join(words.split())
    found = [(m.start(), value) for value, cue, *_ in cues() for m in cue.finditer(squeezed)]
    return max(found)[1] if found else None


def governing(mention: Mention) -> str:
    """The words that say how hard a number is: of its comma segment, and a cue before a year.

    力争到2025年,… is said of all that follows; 力争5家通过认证,打造3家 not of the three.
    """
    head = mention.run[0]
    earlier = _PLACED.findall(mention.flat, head.part, head.segment)
    return "".join([*earlier, mention.flat[head.segment : head.start]])


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
