"""Raw text as evidence: one width for all signs, and where each clean character stands in a file.

Nothing here changes a character. Matching is done on ``fold_width(text)``, which has the same
length as its input, so that one offset serves both.
"""

import functools
import json
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from ipcompare.data import PlainError, read_words

# Full-width ASCII, plus the signs that OCR, Word and web pages write in several ways.
_VARIANTS = {"\u3000\xa0": " ", "“”„‟＂": '"', "‘’＇": "'", "—–―－‐‑−─": "-", "～〜∼": "~"}
_VARIANTS |= {"∶︰": ":", "｡": "。", "､": "、", "○": "〇", "﹪": "%", "•・": "·"}
_VARIANTS |= {"﹝": "〔", "﹞": "〕"}
# Radicals that PDF fonts put in place of the character, where Unicode gives no equivalent.
_RADICALS = "⺁厂⺈刀⺊卜⺌小⺒巳⺓幺⺝月⺠民⺩王⺫目⺬示⺮竹⻁虎⻄西⻅见⻆角⻉贝⻋车"
_RADICALS += "⻑長⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙"
_COMPATIBLE = ((0x2E80, 0x2FD6), (0xF900, 0xFB00), (0xFE30, 0xFE70))


def _folded_forms() -> dict[str, str]:
    """Each character that is folded, and the one that stands for it."""
    forms = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    forms |= {c: to for variants, to in _VARIANTS.items() for c in variants}
    forms |= dict(zip(_RADICALS[::2], _RADICALS[1::2], strict=True))
    (_, traditional), (_, simplified) = read_words("drafting/traditional.txt")
    forms |= dict(zip(traditional, simplified, strict=True))
    for char in (chr(code) for block in _COMPATIBLE for code in range(*block)):
        usual = unicodedata.normalize("NFKC", char)  # ⼀ is 一, ︵ is (
        if len(usual) == 1 and usual != char and char not in forms:
            forms[char] = forms.get(usual, usual)
    return forms


_FOLD = _folded_forms()
_FOLDED = re.compile(f"[{re.escape(''.join(_FOLD))}]")


def fold_width(text: str) -> str:
    """A copy of the same length with one width and one form for each sign, simplified ones.

    >>> fold_width("（１０％以上），１—２个"), fold_width("⼆〇⼆五年⻋辆"), fold_width("萬畝")
    ('(10%以上),1-2个', '二〇二五年车辆', '万亩')
    """
    found = _FOLDED.search(text)
    while found:  # a dozen times in most texts
        text = text.replace(found[0], _FOLD[found[0]])
        found = _FOLDED.search(text, found.end())
    return text


# --- what is kept of a file -------------------------------------------------------------------


class Kept(NamedTuple):
    """Words kept of a raw text: ``runs`` are (offset in ``text``, place in the raw text).

    From each offset to the next the characters stand in the raw text one beside the other.
    """

    text: str
    runs: tuple[tuple[int, int], ...]

    def pick(self, spans: Iterable[tuple[int, int]]) -> "Kept":
        """Only the characters of these spans of ``text``."""
        words, runs, length = [], [], 0
        for start, end in spans:
            n = max(bisect_right(self.runs, start, key=lambda run: run[0]) - 1, 0)
            while n < len(self.runs) and self.runs[n][0] < end:
                at, place = self.runs[n]
                begin, n = max(at, start), n + 1
                runs.append((length + begin - start, place + begin - at))
            words.append(self.text[start:end])
            length += end - start
        return Kept("".join(words), tuple(runs))

    def place(self, at: int) -> int:
        """Where one of its characters stands in the raw text."""
        offset, place = self.runs[bisect_right(self.runs, at, key=lambda run: run[0]) - 1]
        return place + at - offset

    def without(self, gone: re.Pattern) -> "Kept":
        """All but what the pattern finds."""
        cuts = [match.span() for match in gone.finditer(self.text)]
        if not cuts:
            return self
        edges = [0, *(edge for span in cuts for edge in span), len(self.text)]
        spans = zip(edges[::2], edges[1::2], strict=True)
        return self.pick((a, b) for a, b in spans if b > a)


def skipped(pattern: re.Pattern, text: str, at: int = 0, end: int | None = None) -> int:
    """Where the pattern ends that may stand at a place; the place itself where it does not.

    >>> skipped(re.compile("[、,]+"), "专利、商标", 2), skipped(re.compile("[、,]+"), "专利", 2)
    (3, 2)
    """
    found = pattern.match(text, at, len(text) if end is None else end)
    return found.end() if found else at


def join_kept(parts: Iterable[Kept], between: str = "") -> Kept:
    """The parts in one; ``between`` stands between them without a run of its own."""
    words, length = [], 0
    runs: list[tuple[int, int]] = []
    for text, own in parts:
        runs += [(length + at, place) for at, place in own] if length else own
        words.append(text)
        length += len(text) + len(between)
    return Kept(between.join(words), tuple(runs))


def cuts_of(kept: Kept, raw: str, start: int, end: int) -> str:
    r"""What ``raw[start:end]`` has beside the words kept, as JSON: ``[[offset, characters], …]``.

    The characters stand before that offset of the words. The separators that ``join_kept`` has
    put between two parts are looked for between them; where the file has none, null stands for it.

    >>> cuts_of(join_kept([Kept("甲", ((0, 0),)), Kept("乙", ((0, 4),))], "\n"), "甲 \n\t乙", 0, 5)
    '[[1," "],[2,"\\t"]]'
    >>> cuts_of(Kept("甲\t", ((0, 0),)), "甲\t", 0, 1)
    '[[1,null]]'
    """
    cuts: list[list] = []
    text, at, done = kept.text, start, 0
    for (first, place), (stop, _) in pairwise([*kept.runs, (len(text), end)]):
        at = _cut_separators(text, cuts, raw, (done, first), (at, place))
        if place > at:
            cuts.append([first, raw[at:place]])
        done = first + _length_alike(text[first:stop], raw, place, end)
        at = place + done - first
    at = _cut_separators(text, cuts, raw, (done, len(text)), (at, end))
    if at < end:
        cuts.append([len(text), raw[at:end]])
    return json.dumps(cuts, ensure_ascii=False, separators=(",", ":")) if cuts else ""


def _cut_separators(
    text: str, cuts: list, raw: str, span: tuple[int, int], places: tuple[int, int]
) -> int:
    """Look for the separators ``text[span]`` between two places of the file; where they end."""
    at, following = places
    for offset in range(*span):
        found = raw.find(text[offset], at, following)
        if found != at:
            cuts.append([offset, raw[at:found] if found > at else None])
        at = max(at, found + 1)
    return at


def _length_alike(words: str, raw: str, place: int, end: int) -> int:
    """How many of the words' first characters stand in the file from there to ``end``."""
    if raw.startswith(words, place, end):
        return len(words)
    low, high = 0, len(words) - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (
            (middle, high) if raw.startswith(words[:middle], place, end) else (low, middle - 1)
        )
    return low


class Original:
    r"""The raw words behind a text with its ``cuts``, and where its characters stand in the file.

    >>> one = Original("甲乙", '[[1,"-9-"]]', 10)
    >>> one.place(0), one.place(1), one.raw(10, 15)
    (10, 14, '甲-9-乙')
    """

    def __init__(self, text: str, cuts: str, start: int):
        self.text, self.start = text, start
        self.cuts = json.loads(cuts) if isinstance(cuts, str) and cuts else []
        self._at, self._place, shift = [0], [start], start
        for offset, gone in self.cuts:
            shift += -1 if gone is None else len(gone)
            own = offset + (gone is None)  # a separator of ours stands where the next word does
            self._at.append(own)
            self._place.append(shift + own)

    def place(self, at: int) -> int:
        """The place in the file of one character of the text."""
        n = bisect_right(self._at, at) - 1
        return self._place[n] + at - self._at[n]

    @functools.cached_property
    def whole(self) -> str:
        """All the raw words, from ``start``."""
        words, done = [], 0
        for offset, gone in self.cuts:
            words += [self.text[done:offset], gone or ""]
            done = offset + (gone is None)
        return "".join([*words, self.text[done:]])

    def raw(self, start: int, end: int) -> str:
        """The file from one place to another; ValueError where that is not within these words."""
        first, last = start - self.start, end - self.start
        if not 0 <= first <= last <= len(self.whole):
            raise ValueError(
                f"the characters {start}–{end} do not lie in the words at {self.start}–"
                f"{self.start + len(self.whole)}; make both tables of the same text"
            )
        return self.whole[first:last]


# --- files ------------------------------------------------------------------------------------


class TextError(PlainError):
    """A file that cannot be read as text; the message names the file and the cure."""


def read_text(path: str | Path) -> str:
    """A file's characters, decoded as UTF-8, newlines untouched; TextError when it has none."""
    path = Path(path)
    if not path.exists():
        raise TextError(f"{path}: no such file; check the path")
    if path.is_dir():
        raise TextError(f"{path}: is a folder; give a text file")
    data = path.read_bytes()
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise TextError(f"{path}: is UTF-16 (Windows Unicode text); save it as UTF-8")
    if b"\0" in data[:8192]:
        raise TextError(f"{path}: is binary (Word, PDF?); save it as plain text in UTF-8")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise TextError(
            f"{path}: not UTF-8 at byte {error.start}; convert it, "
            f"for example: iconv -f GB18030 -t UTF-8 {path.name} > utf8-{path.name}"
        ) from error
    if not text.strip("\ufeff \t\r\n\u3000"):
        raise TextError(f"{path}: is empty; nothing to analyse")
    return text


# --- text for other formats ---------------------------------------------------------------------

_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", '"': r"\textquotedbl{}",
    "'": r"\textquotesingle{}", "`": r"\textasciigrave{}", "<": r"\textless{}",
    ">": r"\textgreater{}", "|": r"\textbar{}", "-": "-{}",
    # The fonts of LaTeX have these in mathematics only.
    "≥": r"\ensuremath{\geq}", "≤": r"\ensuremath{\leq}", "≈": r"\ensuremath{\approx}",
    "−": r"\ensuremath{-}", "✓": r"\ensuremath{\surd}",
    "ρ": r"\ensuremath{\rho}", "τ": r"\ensuremath{\tau}",
} | {char: "\\" + char for char in "&%$#_"}  # fmt: skip
# A hyphen needs help only before another one: -- would be printed as a dash.
_LATEX_ESCAPED = re.compile("-(?=-)|[" + re.escape("".join(_LATEX.keys() - {"-"})) + "]")

# What XML 1.0 does not allow, and TeX stops at.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text without control characters, which no office program opens; newlines as ``\\n``."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def latex_escape(text: str) -> str:
    """Text that LaTeX prints as it stands, on one line; braces stay balanced, for BibTeX too.

    >>> print(latex_escape("R&D 50% {a_b} -- C:\\\\"))
    R\\&D 50\\% \\textbraceleft{}a\\_b\\textbraceright{} -{}- C:\\textbackslash{}
    """
    line = " ".join(printable(text).split())
    return _LATEX_ESCAPED.sub(lambda match: _LATEX[match[0]], line)
