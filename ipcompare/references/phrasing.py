"""What a text does with the documents it names, by the words before and behind them."""

import functools
import re
from typing import NamedTuple

from ipcompare.data import RuleError, data_pattern, data_text, line_of, read_toml
from ipcompare.references.spotting import FILE, Spotted, rule

SIDES = ("before", "after", "list")
TYPES = ("issued", "based_on", "implements", "repeals", "amends", "mentions")
_BREAK = re.compile(r"[,;:。!?\n\t]")  # what a cue before a document does not reach over
_ANY = re.compile(r"《((?:[^《》\n]|《[^《》\n]*》)*)》")
_FAR = 60  # characters between a cue and the document
_BEHIND = 120  # characters that are read behind it
_GONE = "□"


class Cue(NamedTuple):
    """One entry of ``[[cue]]``: words before, behind or above the document that decide."""

    n: int
    type: str
    side: str
    pattern: re.Pattern


class Said(NamedTuple):
    """What the wording says: the type, the words that decide and their entry, if any do."""

    type: str = "mentions"
    cue: str = ""
    entry: int | None = None
    cue_end: int | None = None  # offset behind a cue before the document


def phrased(text: str, references: list[Spotted], lead: str = "") -> list[Said]:
    """What the folded text does with each of its references.

    Those that are named together (《甲》、《乙》和《丙》) have one cue: before the first, or behind
    the last. ``lead`` is what stands above the text: 决定废止下列文件: before a list.
    """
    plain, said = _without_names(text, references), []
    for group in _groups(plain, references):
        found = _before(plain, group[0]) or Said()
        if found.type == "mentions":
            found = _behind(plain, group[-1]) or _listed(plain, group[0], lead) or found
        said += [found] * len(group)
    return said


def _without_names(text: str, references: list[Spotted]) -> str:
    """A copy of the same length that has neither the words of names nor those of their brackets."""
    spans = [match.span() for match in _ANY.finditer(text)]
    spans += [(one.start, one.outer) for one in references]
    for start, end in spans:
        text = text[:start] + _GONE * (end - start) + text[end:]
    return text


def _groups(plain: str, references: list[Spotted]) -> list[list[Spotted]]:
    """The references, those together that are named together."""
    groups: list[list[Spotted]] = []
    for one in references:
        gap = plain[groups[-1][-1].outer : one.start] if groups else ""
        together = groups and rule("joint").fullmatch(gap) and not _cue_before(gap)
        if together:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _before(plain: str, one: Spotted) -> Said | None:
    """The cue before a document, in the words since the last comma or the document before."""
    first = start = max(one.start - _FAR, 0)
    for mark in re.finditer(f"{_BREAK.pattern}|{_GONE}+", plain[first : one.start]):
        start = first + mark.end()
    found = _cue_before(plain[start : one.start])
    if found is None:
        return None
    cue, match = found
    return Said(cue.type, match[0], cue.n, start + match.end())


def _cue_before(words: str) -> tuple[Cue, re.Match] | None:
    """The cue that ends nearest to the end of the words; of two the longer, then the first."""
    found = [(cue, m) for cue in cues("before") for m in cue.pattern.finditer(words)]
    return max(found, key=lambda f: (f[1].end(), -f[1].start(), -f[0].n), default=None)


def _behind(plain: str, one: Spotted) -> Said | None:
    """The first entry whose words stand behind a document, in the same paragraph."""
    words = plain[one.outer : one.outer + _BEHIND].partition("\n")[0].partition("\t")[0]
    for cue in cues("after"):
        if match := cue.pattern.match(words):
            return Said(cue.type, match["cue"], cue.n)
    return None


def _listed(plain: str, one: Spotted, lead: str) -> Said | None:
    """The cue of the words above a list, for a document with which one of its items begins."""
    *above, own = plain[: one.start].split("\n")
    words, colon, rest = own.rpartition(":")
    if not rule("numbering").fullmatch(rest):
        return None
    items = [line for line in reversed(above) if not _is_item(line)]
    words = words if colon else (items[0] if items else lead)
    for cue in cues("list"):
        if match := cue.pattern.search(words.rstrip(": ")):
            return Said(cue.type, match["cue"], cue.n)
    return None


def _is_item(line: str) -> bool:
    """Whether a line begins with a document."""
    return bool(rule("numbering").fullmatch(line.partition(_GONE)[0])) and _GONE in line


@functools.cache
def cues(side: str) -> tuple[Cue, ...]:
    """The entries of one side in the order of the file."""
    entries = enumerate(read_toml(FILE)["cue"])
    found = [Cue(n, e["type"], e["side"], data_pattern(FILE, e["pattern"])) for n, e in entries]
    for cue in found:
        if cue.type not in TYPES or cue.side not in SIDES:
            line = line_of(data_text(FILE), cue.pattern.pattern)
            raise RuleError(FILE, line, f"type {cue.type!r} or side {cue.side!r} is not known")
        if cue.side != "before" and "cue" not in cue.pattern.groupindex:
            raise RuleError(FILE, line_of(data_text(FILE), cue.pattern.pattern), "no (?P<cue>…)")
    return tuple(cue for cue in found if cue.side == side)
