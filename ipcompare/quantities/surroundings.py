"""What holds around a number: the conditions that the rules of ``kinds.toml`` are made of.

A condition is ``name:value|value``. The name is a place of the sentence (then the values are cues
of ``cues.csv``, and one of them must stand there) or one of the questions below.
"""

import re
from collections.abc import Callable

from ipcompare.quantities.cue_table import cue_spans, spans_within
from ipcompare.quantities.cues import HANZI
from ipcompare.quantities.mentions import Mention
from ipcompare.text import skipped

NEAR, SOON = 14, 20  # characters: how far "near", "next" and "soon" reach
OPENING = 5  # characters: where the subject of a part stands (对申报单位)
COMMAS = re.compile(",*")
BRACKET = re.compile(r"\([^()]*\)")
HANZI_ONLY = re.compile(f"{HANZI}+")
AMOUNTS = ("money", "percent", "points", "times")

# --- places -----------------------------------------------------------------------------------


def _rest(mention: Mention) -> tuple[int, int]:
    stop, after = mention.segment_end, mention.after
    return mention.right, max(min(stop, after.left) if after else stop, mention.right)


def _lead(mention: Mention) -> tuple[int, int]:
    return mention.lead_start, mention.run[0].start


def _near(mention: Mention) -> tuple[int, int]:
    return max(mention.lead_start, mention.run[0].left - NEAR), mention.run[0].start


def _next(mention: Mention) -> tuple[int, int]:
    start, stop = _rest(mention)
    return start, min(stop, start + NEAR)


def _part_opens(mention: Mention) -> tuple[int, int]:
    """Where the subject of a part stands, behind the commas that a label was made to."""
    start = skipped(COMMAS, mention.flat, mention.run[0].part)
    return start, start + OPENING


# of the last mention of a list: [start, stop) in the sentence
PLACES: dict[str, Callable[[Mention], tuple[int, int]]] = {
    "sentence": lambda m: (0, len(m.flat)),
    "earlier": lambda m: (0, m.run[0].start),
    "sooner": lambda m: (0, m.run[0].segment),
    "part": lambda m: (m.run[0].part, m.part_end),
    "part_opens": _part_opens,
    "part_earlier": lambda m: (m.run[0].part, m.run[0].start),
    "segment": lambda m: (m.run[0].segment, m.segment_end),
    "segment_earlier": lambda m: (m.run[0].segment, m.run[0].start),
    "lead": _lead,
    "near": _near,
    "next": _next,
    "rest": _rest,
    "soon": lambda m: (m.right, min(m.part_end, m.right + SOON)),
    "then": lambda m: (m.right, m.part_end),
}


def stands(mention: Mention, place: str, cues: tuple[str, ...]) -> tuple[str, int, int] | None:
    """The first cue that stands in a place, with its span; None where none does."""
    found = cue_spans(mention.flat)
    here = [cue for cue in cues if cue in found]
    if not here:
        return None
    start, stop = PLACES[place](mention)
    spans = ((cue, *span) for cue in here for span in spans_within(found, cue, start, stop))
    return next(spans, None)


def _spans(mention: Mention, cues: tuple[str, ...], start: int, stop: int) -> list:
    """All spans of some cues within [start, stop)."""
    found = cue_spans(mention.flat)
    here = [cue for cue in cues if cue in found]
    return [span for cue in here for span in spans_within(found, cue, start, stop)]


def _at(mention: Mention, cues: tuple[str, ...]) -> bool:
    """The cue ends where the number, or its comparator, begins."""
    head = mention.run[0]
    spans = _spans(mention, cues, mention.lead_start, head.start)
    return any(end in (head.left, head.start) for _, end in spans)


def _on(mention: Mention, cues: tuple[str, ...]) -> bool:
    """The cue begins where the number, its comparator, or a bracket behind them ends."""
    right = mention.right
    ends = right, skipped(BRACKET, mention.flat, right)
    return any(start in ends for start, _ in _spans(mention, cues, right, ends[1] + SOON))


def _opens(mention: Mention, cues: tuple[str, ...]) -> bool:
    """The cue opens the words before the number."""
    begin, stop = _lead(mention)
    return any(start == begin for start, _ in _spans(mention, cues, begin, stop))


def _lead_only(mention: Mention, cues: tuple[str, ...]) -> bool:
    """The cues are all that stands before the number: 比上年|增长."""
    at, stop = _lead(mention)
    spans = sorted(_spans(mention, cues, at, stop))
    for start, end in spans:
        if start > at:
            return False
        at = max(at, end)
    return bool(spans) and at >= mention.run[0].left


# --- questions --------------------------------------------------------------------------------


def _unit(mention: Mention, values: tuple[str, ...]) -> bool:
    quantity = mention.quantity
    amount = quantity.unit_class in AMOUNTS or quantity.unit in ("万", "亿")
    named = quantity.unit_class in values or quantity.unit in values
    return named or (amount and "amount" in values)


def _sign(mention: Mention, values: tuple[str, ...]) -> bool:
    """The comparator; ``any``: the number is compared at all."""
    sign = mention.quantity.comparator
    return sign in values or ("any" in values and sign != "=")


def _section(mention: Mention, values: tuple[str, ...]) -> bool:
    return not mention.section.isdisjoint(values)


def _tense(mention: Mention, values: tuple[str, ...]) -> bool:
    return mention.tense in values


def _after(mention: Mention, values: tuple[str, ...]) -> bool:
    """The kind, or the comparator, of the next number of the part."""
    after = mention.after
    if after is None or after.start >= mention.part_end:
        return False
    return after.run[-1].kind in values or after.run[-1].quantity.comparator in values


def _beside(mention: Mention, values: tuple[str, ...]) -> bool:
    """The kind of the next number of the segment."""
    after = mention.after
    if after is None or after.start >= mention.segment_end:
        return False
    return after.run[-1].kind in values


def _previous(mention: Mention, values: tuple[str, ...]) -> bool:
    """The number before stands in this segment, in the one before, in the part at all."""
    head, before = mention.run[0], mention.run[0].before
    if before is None:
        return False
    here = before.segment == head.segment
    places = {
        "segment": here,
        "beside": not here and before.segment_end >= head.segment - 1,
        "part": before.start >= head.part,
        "any": True,
        "alike": before.quantity.unit == mention.quantity.unit,
    }
    return any(places[value] for value in values)


def _next_number(mention: Mention, values: tuple[str, ...]) -> bool:
    """What leads from this number to the next of the segment: a noun, a cue that touches it."""
    after = mention.after
    if after is None or after.start >= mention.segment_end:
        return False
    for value in values:
        if value == "noun":
            between = mention.flat[mention.right : after.left]
            if 2 <= len(between) <= 12 and HANZI_ONLY.fullmatch(between):
                return True
        elif value == "alternates":
            before = mention.run[0].before
            ago = before and before.run[0].before
            if before and ago and ago.quantity.unit == mention.quantity.unit:
                return before.quantity.unit == after.quantity.unit
        elif _at(after.run[-1], (value,)):
            return True
    return False


def _position(mention: Mention, values: tuple[str, ...]) -> bool:
    """bracket: inside brackets; first: of the sentence; closes: nothing follows in its segment."""
    places = {
        "bracket": mention.bracket,
        "later": mention.run[0].segment > 0,
        "closes": mention.right >= mention.segment_end,
        "opens": mention.lead_start >= mention.run[0].left,
    }
    return any(places[value] for value in values)


QUESTIONS: dict[str, Callable[[Mention, tuple[str, ...]], bool]] = {
    "at": _at,
    "on": _on,
    "opens": _opens,
    "lead_only": _lead_only,
    "unit": _unit,
    "sign": _sign,
    "section": _section,
    "tense": _tense,
    "after": _after,
    "beside": _beside,
    "previous": _previous,
    "next_number": _next_number,
    "position": _position,
}

OF_CUES = (*PLACES, "at", "on", "opens", "lead_only")  # conditions whose values are cues


def question(name: str) -> Callable[[Mention, tuple[str, ...]], object]:
    """What asks a condition of this name."""
    return QUESTIONS.get(name) or (lambda mention, cues: stands(mention, name, cues))
