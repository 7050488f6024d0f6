"""What a document has from earlier ones: the whole of it, or some of its provisions."""

import re
from dataclasses import replace
from random import Random
from typing import NamedTuple

from invented.drafting import draft
from invented.parts import Draft, Part
from invented.vocabulary import zipf_word
from invented.wording import GUARD, MARKS, OPEN, Pen, plain

_BLOCK = 1000  # documents among which one plan is copied by many
_FIRST = 4
_SINGLE, _MOST = 0.01, 0.04  # shares of whole copies: of any document, at most of the one plan
_PIECE = re.compile(f"({GUARD}[^{OPEN}]*{OPEN})")
_PAIR = re.compile("[\u4e00-\u9fff]{2}")


class Source(NamedTuple):
    """Whence a provision was copied: the number of its document and which of its leaves."""

    document: int
    leaf: int
    form: str
    changed: float


def source_of(seed: int, number: int) -> int | None:
    """The earlier document of which this one is a copy as a whole, or None."""
    how = _copies(seed, number)
    if how == "run":
        return _model(seed, number)
    return _original(seed, Random(f"{seed}/{number}/of").randrange(number)) if how else None


def _copies(seed: int, number: int) -> str:
    """Whether a document is a copy of any one, or of the plan that many of its block copy.

    The first of each block are no copies, so that there is one to copy.
    """
    if number % _BLOCK < _FIRST:
        return ""
    chance = Random(f"{seed}/{number}/whole").random()
    if chance < _SINGLE:
        return "single"
    share = Random(f"{seed}/{number // _BLOCK}/share").random() * _MOST
    return "run" if chance < _SINGLE + share else ""


def _model(seed: int, number: int) -> int:
    block = number // _BLOCK
    return block * _BLOCK + Random(f"{seed}/{block}/model").randrange(_FIRST)


def _original(seed: int, number: int) -> int:
    """The nearest document, this one or before it, that copies nothing."""
    while _copies(seed, number) or _takes(seed, number):
        number -= 1
    return number


def _takes(seed: int, number: int) -> bool:
    """Whether single provisions of a document are copies."""
    return number % _BLOCK >= _FIRST and Random(f"{seed}/{number}/takes").random() < 0.5


def finished(seed: int, number: int) -> Draft:
    """The document with what it copies."""
    rng = Random(f"{seed}/{number}/copies")
    model = source_of(seed, number)
    own = draft(seed, number)
    if model is not None:
        return _whole_copy(rng, draft(seed, model), own, model)
    made = own
    if _takes(seed, number):
        made = _twin(own)
        source = _original(seed, rng.randrange(number))
        for form in ("verbatim", "edited"):
            _take(rng, seed, made, source, form)
    return made


def _take(rng: Random, seed: int, made: Draft, number: int, form: str) -> None:
    """Put one to four provisions of another document in the place of own ones."""
    source = draft(seed, number)
    headed = made.scheme != "chapters"  # where provisions have headings, none may lack its own
    offered = [
        (k, leaf)
        for k, leaf in enumerate(source.leaves())
        if leaf.movable
        and source.place not in leaf.text
        and (leaf.heading or not headed)
        and _fits(leaf, made)
        and (form == "verbatim" or _is_free(leaf.text))
    ]
    places = [leaf for leaf in made.leaves() if leaf.movable and not leaf.copied]
    count = min(rng.randint(1, 4), len(offered), len(places))
    for (k, leaf), place in zip(rng.sample(offered, count), rng.sample(places, count), strict=True):
        changed = 0.0
        place.text, place.plants, place.topic = leaf.text, leaf.plants, leaf.topic
        place.heading = leaf.heading if headed else ""
        if form == "edited":
            place.text, changed = _edited(rng, leaf.text)
        place.copied = Source(number, k, form, changed)


def _is_free(text: str) -> bool:
    """Whether half of the words may be edited: no sentence that is all number and payment."""
    return 2 * len(_PIECE.sub("", text)) > len(text)


def _fits(leaf: Part, made: Draft) -> bool:
    """Whether a provision means the same here: no goal past, none among the thresholds of rules."""
    goals = [plant for plant in leaf.plants if plant.kind == "target"]
    past = any(goal.deadline and goal.deadline <= made.year for goal in goals)
    return not past and not (goals and made.scheme == "chapters")


def _edited(rng: Random, text: str) -> tuple[str, float]:
    """The words with 5 to 15 % of the characters changed, or a sentence more or less."""
    sentences = [s for s in re.split("(?<=。)", text) if s]
    free = [s for s in sentences if not MARKS.search(s)]
    chance, size = rng.random(), len(plain(text))
    if chance < 0.25 and len(sentences) > 2 and free:
        gone = rng.choice(free)
        return text.replace(gone, "", 1), round(len(gone) / size, 4)
    if chance < 0.5:
        pen = Pen(rng, {})
        added = pen.fill("{加强}{w}与{w}的{合作}，{推进}{w}{发展}。")
        return text + added, round(len(added) / (size + len(added)), 4)
    return changed_words(rng, text, rng.uniform(0.05, 0.15))


def changed_words(rng: Random, text: str, share: float) -> tuple[str, float]:
    """The words with about this share of the characters changed; never in what is guarded."""
    pieces = _PIECE.split(text)
    pairs = [(k, m.start()) for k, piece in enumerate(pieces) if not piece.startswith(GUARD)
             for m in _PAIR.finditer(piece)]  # fmt: skip
    size = len(plain(text))
    count = min(max(1, round(size * share / 2)), len(pairs))
    before = "".join(pieces)
    for k, at in rng.sample(pairs, count):
        word = next(w for w in iter(lambda: zipf_word(rng), None) if len(w) == 2)
        pieces[k] = pieces[k][:at] + word + pieces[k][at + 2 :]
    after = "".join(pieces)
    return after, round(_differ(before, after) / size, 4)


def _differ(a: str, b: str) -> int:
    """At how many places two strings of one length differ."""
    return sum(x != y for x, y in zip(a, b, strict=True))


# --- whole copies -------------------------------------------------------------------------------


def _whole_copy(rng: Random, source: Draft, own: Draft, number: int) -> Draft:
    """The source with another place and few changes; what is new in it is no copy."""
    made = _twin(source)
    made.copy_of, made.serial = number, own.serial
    made.place = _other_place(source, own)
    leaves = made.leaves()
    edits = set(rng.sample(range(len(leaves)), rng.randint(0, 3)))
    for k, leaf in enumerate(leaves):
        before = plain(leaf.text)
        if k in edits and leaf.movable:
            leaf.text, _ = changed_words(rng, leaf.text, 0.05)
        leaf.text = leaf.text.replace(source.place, made.place)
        after = plain(leaf.text)
        leaf.copied = Source(number, k, "document", round(_differ(before, after) / len(before), 4))
    for part in _all_parts(made.parts):
        if part.parts:
            part.text = part.text.replace(source.place, made.place)
    made.title = made.title.replace(source.place, made.place)
    made.preamble = made.preamble.replace(source.place, made.place)
    made.addressee = made.addressee.replace(source.place, made.place)
    return made


def _other_place(source: Draft, own: Draft) -> str:
    """A place of the source's level and of as many characters."""
    if len(own.place) == len(source.place):
        return own.place[:-1] + source.place[-1]
    rng = Random(own.place + source.place)
    return "".join(rng.sample("澜岚岱栖芷沅泓砚碧苍朔霁", len(source.place) - 1)) + source.place[-1]


def _twin(source: Draft) -> Draft:
    """The same document, to be changed."""
    return replace(source, parts=[_twin_part(part) for part in source.parts])


def _twin_part(part: Part) -> Part:
    return replace(part, parts=[_twin_part(below) for below in part.parts])


def _all_parts(parts: list[Part]) -> list[Part]:
    return [found for part in parts for found in (part, *_all_parts(part.parts))]
