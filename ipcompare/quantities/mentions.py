"""The surroundings of a quantity: sentence, comma segment, semicolon part, neighbours."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ipcompare.quantities.finding import Quantity, find_quantities

# One longer than two thousand characters ends at a semicolon, else at a comma, at the latest there.
SENTENCE = re.compile(
    r"[^。!?\n\t]{1,2000}+(?=[。!?\n\t]|\Z)[。!?]*"
    r"|[^。!?\n\t]{1000,2000}(?<=;)|[^。!?\n\t]{1000,2000}(?<=[,、:)])(?!\d)|[^。!?\n\t]{1,2000}"
)
# a half-width full stop between Chinese words: 给予补贴.补贴标准为
FULL_STOP = re.compile("(?<=[\u4e00-\u9fff)])(?<![一二三四五六七八九十])\\.(?=\\s*[\u4e00-\u9fff])")
TITLE = re.compile(r"《[^《》]*》")
BRACKET = re.compile(r"\([^()]*\)")
HIDDEN = "\x01"
LIST_GAPS = frozenset(("、", "和", "或", "或者", "及", "与", "、和", "以及"))
_HIDE = {ord(c): HIDDEN for c in ",;:、"}


@dataclass(slots=True, eq=False)
class Mention:
    """One quantity within its sentence; every offset is into ``flat``.

    ``flat`` is the sentence, same length, with titles 《…》 blanked and the separators inside
    brackets hidden, so that 强企(优势、示范)10家 is one segment.
    """

    quantity: Quantity
    flat: str
    sentence: str
    paragraph: int  # which paragraph of the text
    opening: str  # the first sentence of the paragraph; empty where this is it
    offset: int  # where the sentence starts in the text
    start: int
    end: int
    left: int  # start of the comparator before, = start where none stands
    right: int  # end of the comparator after
    segment: int = 0  # after the last comma (or bracket)
    segment_end: int = 0
    part: int = 0  # after the last semicolon
    part_end: int = 0
    bracket: bool = False  # stands inside brackets
    before: "Mention | None" = field(default=None, repr=False)
    after: "Mention | None" = field(default=None, repr=False)
    run: list["Mention"] = field(default_factory=list, repr=False)  # 60万元、40万元、20万元
    section: frozenset[str] = frozenset()  # what kind of section it stands in: review, goal …
    tense: str = ""  # past or future, where the sentence says
    kind: str = ""
    rule: str = ""  # id of the rule that gave the kind
    tried: list[tuple[str, str]] = field(default_factory=list, repr=False)  # others: id, wanted
    binding: str = ""  # of a row of an indicator table: binding or expected
    measure: str = ""
    indicator: str = ""
    name_source: str = ""  # where the indicator was found: own, sentence, tier, heading …
    subject: str = ""  # what a following segment without subject of its own speaks of
    deadline: int | None = None
    horizon: tuple[str, int | None] = ("", None)  # 三年左右, and the year that it comes to
    per_year: bool = False
    counting: str | None = None  # total, added, selected …

    @property
    def lead_start(self) -> int:
        """Where the words before the number (before the list it stands in) begin."""
        head = self.run[0]
        return max(head.segment, head.before.right if head.before else 0)

    @property
    def lead(self) -> str:
        """The segment before the number, from the mention (or list) before it on."""
        return self.flat[self.lead_start : self.run[0].left]

    @property
    def rest(self) -> str:
        """The segment after the number and its comparator (after the list it stands in)."""
        return self.flat[self.run[-1].right : self.run[-1].segment_end]

    @property
    def rest_of_part(self) -> str:
        """All that follows up to the semicolon."""
        return self.flat[self.run[-1].right : self.run[-1].part_end]


def earlier(mention: Mention) -> Iterator[Mention]:
    """The mentions before one in its sentence, the nearest first."""
    one = mention.before
    while one:
        yield one
        one = one.before


def flatten(sentence: str) -> str:
    """The sentence, same length, without the words of titles and separators in brackets."""
    if "《" in sentence:
        sentence = TITLE.sub(lambda m: "《" + HIDDEN * (len(m[0]) - 2) + "》", sentence)
    if "(" in sentence:
        sentence = BRACKET.sub(lambda m: m[0].translate(_HIDE), sentence)
    return sentence


def _bounds(mention: Mention, text: str) -> None:
    """Set segment, part and bracket, seen from inside the bracket the number stands in."""
    low, high = 0, len(text.rstrip("。!?"))
    opened = text.rfind("(", 0, mention.start)
    if opened > text.rfind(")", 0, mention.start):
        closed = text.find(")", mention.end)
        low, high = opened + 1, closed if closed > 0 else high
        mention.bracket, text = True, mention.sentence
    for name, signs in (("part", ";"), ("segment", ",;:")):
        start = max([low] + [text.rfind(s, low, mention.left) + 1 for s in signs])
        ends = [e for s in signs if (e := text.find(s, mention.right, high)) >= 0]
        setattr(mention, name, start)
        setattr(mention, f"{name}_end", min(ends, default=high))


def find_mentions(folded: str) -> list[list[Mention]]:
    """The quantity mentions of one width-folded text, grouped by sentence, in order."""
    folded = FULL_STOP.sub("。", folded) if "." in folded else folded
    quantities = find_quantities(folded)
    if not quantities:
        return []
    groups, at, opening, paragraph, counted = [], 0, "", 0, 0
    for found in SENTENCE.finditer(folded):
        inside = []
        opens = found.start() == 0 or folded[found.start() - 1] == "\n"
        opening = found[0] if opens else opening
        while at < len(quantities) and quantities[at].start < found.end():
            inside.append(quantities[at])
            at += 1
        if inside:
            paragraph += folded.count("\n", counted, found.start())
            counted = found.start()
            place = found.start(), paragraph, "" if opens else opening
            groups.append(_sentence_mentions(inside, found[0], *place))
    return groups


def _one_list(first: Quantity, second: Quantity, gap: str) -> bool:
    """60万元、1亿元 are one list; 企业10家、30件企业20家 are not."""
    alike = first.unit == second.unit or first.unit_class == second.unit_class != "count"
    return alike and gap in LIST_GAPS


def _sentence_mentions(
    quantities: list[Quantity], sentence: str, offset: int, paragraph: int, opening: str
) -> list[Mention]:
    flat = flatten(sentence)
    mentions: list[Mention] = []
    for q in quantities:
        spans = (max(q.left - offset, 0), min(q.right - offset, len(flat)))
        start, end = q.start - offset, q.end - offset
        mention = Mention(q, flat, sentence, paragraph, opening, offset, start, end, *spans)
        mention.run = [mention]
        _bounds(mention, flat)
        if mentions:
            mention.before, mentions[-1].after = mentions[-1], mention
            if _one_list(mentions[-1].quantity, q, flat[mentions[-1].right : mention.left]):
                mention.run = mentions[-1].run
                mention.run.append(mention)
        mentions.append(mention)
    return mentions
