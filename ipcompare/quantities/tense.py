"""Whether the words before a number speak of what was or of what is to be."""

from collections.abc import Iterator

from ipcompare.quantities.cue_table import cue_spans
from ipcompare.quantities.fields import outside_brackets, told_years
from ipcompare.quantities.mentions import Mention


def set_tenses(group: list[Mention], own: int | None) -> None:
    """Give each mention of a sentence the tense of the last word of time before its list.

    Words of time are the cues ``past`` and ``future`` and years, which are past where they are
    before the document's ``own``. A word of ``since`` (以来, 同比) counts only where there is none.
    """
    flat = group[0].flat
    told = sorted(_words_of_time(flat, own))
    since = [end for _, end in cue_spans(flat).get("since", ())]
    at = 0
    for mention in group:
        left = mention.run[0].left
        while at < len(told) and told[at][0] <= left:
            at += 1
        if at:
            mention.tense = told[at - 1][1]
        elif since and since[0] <= left:
            mention.tense = "since"


def _words_of_time(flat: str, own: int | None) -> Iterator[tuple[int, str]]:
    found = cue_spans(flat)
    for tense in ("past", "future"):
        for _, end in found.get(tense, ()):
            yield end, tense
    if own:
        for end, year in told_years(outside_brackets(flat), own):
            yield end, "past" if year < own else "future"
