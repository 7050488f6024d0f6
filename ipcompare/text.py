"""Raw text as evidence: width folding, cleaning that only deletes, offsets back to the file.

Nothing here changes a character. Matching is done on ``fold_width(text)``, which has the same
length as its input, so that one offset serves both.
"""

import re
from pathlib import Path

# Full-width ASCII, plus the signs that OCR, Word and web pages write in several ways.
_VARIANTS = {"\u3000\xa0": " ", "“”„‟＂": '"', "‘’＇": "'", "—–―－‐‑−─": "-", "～〜∼": "~"}
_VARIANTS |= {"∶︰": ":", "｡": "。", "､": "、", "○": "〇", "﹪": "%", "•・": "·"}
_VARIANTS |= {"﹝": "〔", "﹞": "〕"}
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLD |= {ord(c): ord(to) for variants, to in _VARIANTS.items() for c in variants}


def fold_width(text: str) -> str:
    """A copy of the same length with one width and one form for each sign.

    >>> fold_width("（１０％以上），１—２个")
    '(10%以上),1-2个'
    """
    return text.translate(_FOLD)


def trace(text: str, raw: str, start: int, gaps: list[tuple[int, int]] = ()) -> list[int]:
    """The position in ``raw`` of every character of ``text``, a clean copy of ``raw[start:]``.

    ``text`` must come from ``raw[start:]`` by deleting white space and the spans in ``gaps``
    (residue). White space kept in ``text`` is led to the first raw white space after the
    character before it.
    """
    offsets, at, gaps = [], start, dict(gaps)
    for char in text:
        while at in gaps or raw[at] != char:
            at = gaps.get(at, at + 1)
        offsets.append(at)
        at += 1
    return offsets


class TextError(ValueError):
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
