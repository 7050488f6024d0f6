"""How a number is counted in the words of its text (数法): in total, added, selected, recognised.

The cues are data (``drafting/counting.csv``). 新增10家 and 达到10家 are two things, and so are
firms chosen for training and firms that were recognised; where no cue stands, nothing is said.
"""

import functools
import re

from ipcompare.data import RuleError, data_pattern, one_of, read_rows
from ipcompare.quantities.mentions import Mention, earlier

COUNTING = ("total", "added", "selected", "cultivated", "recognised", "established")
AVERAGE = "yearly_average"
APART = COUNTING[1:]  # what is no total; a number of which nothing is said is taken for one

_COUNTED = ("count", "money")  # classes of units of which a level is a total or an addition
_LISTED = re.compile("[^,;。]*[、和及与][^,;。]*")  # a list goes on: 10家|、30件企业|20家
_NEAR = 60  # characters in which words around a number are looked for
_FILE = "drafting/counting.csv"
_COLUMNS = ("counting", "phrase", "example", "counter_example")


def counting_of(mention: Mention) -> str | None:
    """How a target is counted by the words before it; of yearly growth whether it is a mean.

    The mentions before it in its sentence have their ``counting`` already.
    """
    if mention.kind != "target":
        return None
    if mention.per_year:
        return _average(mention)
    if mention.measure != "level" or mention.quantity.unit_class not in _COUNTED:
        return None
    head = mention.run[0]
    ahead = next((one for one in earlier(head) if one.kind != "condition"), None)
    start = max(head.segment, ahead.right if ahead else 0)
    said = _nearest(mention.flat[start : head.left]) or _behind(mention)
    if said or ahead is None or ahead.part != head.part:
        return said
    alike = ahead.kind == mention.kind and ahead.quantity.unit == mention.quantity.unit
    listed = _LISTED.fullmatch(mention.flat[ahead.right : head.left]) or not ahead.rest.strip("、,")
    return ahead.counting if alike and listed else None


def _average(mention: Mention) -> str | None:
    """Whether the words around a yearly figure, or its name, say that it is a mean of years."""
    start = max(mention.run[0].segment, mention.start - _NEAR)
    words = mention.flat[start : min(mention.part_end, mention.end + _NEAR)] + mention.indicator
    (pattern,) = (pattern for value, pattern, *_ in cues() if value == AVERAGE)
    return AVERAGE if pattern.search(words) else None


def _nearest(words: str) -> str | None:
    """The way of counting whose cue ends last in the words before a number."""
    said = [
        (match.end(), -match.start(), value)
        for value, pattern, *_ in cues()
        if value != AVERAGE
        for match in pattern.finditer(words)
    ]
    return max(said)[2] if said else None


def _behind(mention: Mention) -> str | None:
    """Recognised, where the words behind a number say so: 300家企业通过标准认证."""
    known = (pattern for value, pattern, *_ in cues() if value == "recognised")
    return "recognised" if any(pattern.search(mention.rest[:_NEAR]) for pattern in known) else None


@functools.cache
def cues() -> tuple[tuple[str, re.Pattern, str, str], ...]:
    """``(counting, pattern, example, counter_example)`` of every row of the data file."""
    rows = []
    for line, row in read_rows(_FILE, _COLUMNS):
        one_of(_FILE, line, "counting", row["counting"], (*COUNTING, AVERAGE))
        if not row["example"] or not row["counter_example"]:
            raise RuleError(_FILE, line, "needs an example and a counter_example")
        pattern = data_pattern(_FILE, row["phrase"])
        rows.append((row["counting"], pattern, row["example"], row["counter_example"]))
    return tuple(rows)
