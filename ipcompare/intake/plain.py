"""Plain text in any of the encodings that Chinese texts come in, and Markdown."""

import codecs
import re

from ipcompare.intake.sources import Source, SourceError

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
GUESSED = ("gb18030", "big5hkscs")
# characters of which every policy text has some, simplified and traditional
COMMON = re.compile(
    "[的一和是在有人为為中大国國企业業市发發展项項资資金专專利知识識产產权權政府与與及年、。，]"
)
COMMON_SHARE = 25  # at least one of so many
ODD = re.compile("[\ue000-\uf8ff\u3400-\u4dbf\ufffd]|[\x00-\x08\x0e-\x1f\x7f]")


def read(data: bytes, name: str, encoding: str | None = None) -> Source:
    """The characters of a text file; newlines as they are."""
    text, used = decoded(data, name, encoding)
    notes = [] if used.startswith("utf-8") else [f"read as {used}"]
    return Source(text, "text", used, notes=notes)


def decoded(data: bytes, name: str, encoding: str | None = None) -> tuple[str, str]:
    """The characters of some bytes and the encoding they are in; SourceError where it is unclear.

    A mark at the start decides, then valid UTF-8, then UTF-16 without a mark, then
    charset-normalizer between GB18030 and Big5; the encoding found is said, never kept silent.
    """
    if encoding:
        return _strict(data, name, encoding), encoding
    for mark, known in BOMS:
        if data.startswith(mark):
            return _strict(data, name, known).lstrip("\ufeff"), known
    wide = _wide(data) if b"\0" in data[:4096] else ""
    if wide and _is_chinese(text := data.decode(wide, "replace")):
        return text, wide
    if b"\0" in data:
        raise SourceError(f"{name}: is binary, no text; save it as DOCX, PDF or plain text")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        return _legacy(data, name, error.start)


def _strict(data: bytes, name: str, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise SourceError(f"{name}: cannot be read as {encoding}: {error}") from error


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: of its ASCII signs every second byte is 0."""
    head = data[:4096]
    even, odd = head[::2].count(0), head[1::2].count(0)
    return "utf-16-le" if odd > 2 * even else "utf-16-be" if even > 2 * odd else ""


def _legacy(data: bytes, name: str, at: int) -> tuple[str, str]:
    """GB18030 or Big5, by charset-normalizer; refused where no common characters come out."""
    from charset_normalizer import from_bytes

    broken = data.decode("utf-8", "replace")
    if broken.count("\ufffd") <= len(broken) / 200 and COMMON.search(broken):
        raise SourceError(
            f"{name}: is UTF-8, but broken at byte {at} ({broken.count(chr(0xFFFD))} characters "
            "cannot be read); get the file again, or give --encoding utf-8 after mending it"
        )
    best = from_bytes(data, cp_isolation=list(GUESSED)).best()
    if best is None or not _is_chinese(str(best)):
        said = f"byte {at} is no UTF-8, and neither GB18030 nor Big5 gives readable Chinese"
        raise SourceError(f"{name}: {said}; give its encoding: --encoding NAME")
    return str(best), best.encoding


def _is_chinese(text: str) -> bool:
    """Whether characters of every policy text stand among those beyond ASCII, and no odd ones."""
    wide = sum(char > "\x7f" for char in text)
    return not ODD.search(text) and len(COMMON.findall(text)) * COMMON_SHARE >= wide > 0
