"""What limits a number: how it is counted, to what it is confined.

The words are those of ``limits.toml``, each with an example and a counter-example.
"""

import functools
import re
from dataclasses import dataclass

from ipcompare.data import data_pattern, data_patterns, read_toml
from ipcompare.quantities.cues import HANZI, cues
from ipcompare.quantities.mentions import Mention, earlier

LIMITS = "drafting/limits.toml"
COUNTED = ("count", "money")  # classes of units of which a level is a total or an addition
_LISTED = "、,和及与以"


@dataclass(frozen=True)
class Proviso:
    """One kind of limit: its words, how far they reach, of which kinds of number."""

    pattern: re.Pattern
    reach: str
    kinds: tuple[str, ...]


@functools.cache
def _provisos() -> tuple[Proviso, ...]:
    return tuple(
        Proviso(data_pattern(LIMITS, entry["pattern"]), entry["reach"], tuple(entry["kinds"]))
        for entry in read_toml(LIMITS)["proviso"]
    )


@functools.cache
def cue_patterns(table: str) -> tuple[tuple[str, re.Pattern], ...]:
    """The named patterns of one table of ``limits.toml``."""
    found = data_patterns(LIMITS, table)
    return tuple((name, re.compile(p.pattern.replace("[一-龥]", HANZI))) for name, p in found)


# --- how it is counted --------------------------------------------------------------------------


def counting_of(mention: Mention) -> str:
    """total, added, selected … of a level; per_year or yearly_average; "" where nothing says."""
    if mention.kind != "target":
        return ""
    if mention.per_year:
        words = mention.flat[mention.run[0].segment : mention.part_end] + mention.indicator
        return "yearly_average" if cues()["per_year.average"].search(words) else "per_year"
    if mention.measure != "level" or mention.quantity.unit_class not in COUNTED:
        return ""
    ahead = next((one for one in earlier(mention.run[0]) if one.kind != "condition"), None)
    start = max(mention.run[0].segment, ahead.right if ahead else 0)
    said = _nearest(mention.flat[start : mention.run[0].left]) or _behind(mention.rest)
    if said or ahead is None or ahead.part != mention.run[0].part:
        return said
    alike = ahead.kind == mention.kind and ahead.quantity.unit == mention.quantity.unit
    return counting_of(ahead) if alike and not ahead.rest.strip(_LISTED) else ""


def _nearest(words: str) -> str:
    """The way of counting whose cue stands last in the words before a number."""
    cue_ends = [
        (match.end(), match.start(), name)
        for name, pattern in cue_patterns("counting")
        for match in pattern.finditer(words)
    ]
    return max(cue_ends)[2] if cue_ends else ""


def _behind(words: str) -> str:
    """What the words behind a number say of it: 300家企业|通过标准认证."""
    pattern = dict(cue_patterns("counting"))["recognised"]
    return "recognised" if pattern.search(words) else ""


# --- to what it is confined ---------------------------------------------------------------------


def proviso_of(mention: Mention) -> str:
    """The words that confine a number, in the order of the text, joined with ；."""
    flat, found = mention.flat, []
    for proviso in _provisos():
        if mention.kind not in proviso.kinds:
            continue
        start, stop = _reach(mention, proviso.reach)
        match = proviso.pattern.search(flat, start, stop)
        found += [(match.start(), match[0])] if match else []
    return "；".join(dict.fromkeys(words for _, words in sorted(found)))


def _reach(mention: Mention, reach: str) -> tuple[int, int]:
    """[start, stop) in the sentence where words of this reach may stand."""
    head, last = mention.run[0], mention.run[-1]
    start = max(head.segment, head.before.right if head.before else 0)
    if reach == "segment":
        return start, last.segment_end
    start = start if reach == "onward" else _beneficiary(mention)
    if reach == "before":
        return start, head.start
    after = last.after
    return start, min(last.part_end, after.segment) if after else last.part_end


def _beneficiary(mention: Mention) -> int:
    """Where the words about who is paid begin: the last 对 before the number, else its part."""
    head, pattern = mention.run[0], cues()["kind.beneficiary"]
    named = [found.start() for found in pattern.finditer(mention.flat, head.part, head.start)]
    return named[-1] if named else head.part
