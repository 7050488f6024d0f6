"""DOCX: what a reader of the printed page sees, in its order, with the numbers of its lists."""

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from ipcompare.intake.list_labels import Lists
from ipcompare.intake.sources import LARGEST, Source, SourceError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARSER = {"resolve_entities": False, "no_network": True, "huge_tree": False, "load_dtd": False}
GONE = {W + "del", W + "moveFrom", W + "instrText", W + "delText", W + "fldData"}
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
BOX = W + "txbxContent"
NOTES = {"footnotes": "注", "endnotes": "尾注"}
SPACES = re.compile("[ \t]+")


def read(data: bytes, name: str, encoding: str | None = None) -> Source:
    """Paragraphs and rows of tables, a line each; boxes behind their paragraph, notes at the end.

    Tracked changes count as accepted, hidden text does not count. Headers, footers and what was
    deleted stand apart.
    """
    parts = _parts(data, name)
    body = parts["word/document.xml"].find(W + "body")
    if body is None:
        raise SourceError(f"{name}: is a Word file without a body; save it again")
    lists = Lists(parts.get("word/numbering.xml"), parts.get("word/styles.xml"))
    lines = list(_blocks(body, lists))
    lines += _notes(parts, lists)
    apart = list(_apart(parts))
    deleted = ["".join(e.itertext()) for e in body.iter(W + "del", W + "moveFrom")]
    apart += [("deleted", text) for text in deleted if text.strip()]
    notes = (
        ["tracked changes read as accepted"]
        if deleted or body.find(f".//{W}ins") is not None
        else []
    )
    return Source("\n".join(lines) + "\n", "docx", apart=apart, said=_said(parts), notes=notes)


# --- the package ------------------------------------------------------------------------------


def _parts(data: bytes, name: str) -> dict[str, etree._Element]:
    """The XML parts that hold words; SourceError for a broken or an endless package."""
    wanted = re.compile(
        r"word/(?:document|numbering|styles|footnotes|endnotes|header\d*|footer\d*)\.xml|docProps/core\.xml"
    )
    parts = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if wanted.fullmatch(info.filename)]
            if sum(info.file_size for info in infos) > LARGEST:
                raise SourceError(
                    f"{name}: unpacks to more than {LARGEST // 1_000_000} MB; refused"
                )
            for info in infos:
                with archive.open(info) as part:
                    raw = part.read(LARGEST + 1)
                if len(raw) > LARGEST:
                    raise SourceError(f"{name}: unpacks to more than it says; refused")
                parts[info.filename] = etree.fromstring(raw, etree.XMLParser(**PARSER))
    except (
        zipfile.BadZipFile,
        etree.XMLSyntaxError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
    ) as error:
        if isinstance(error, SourceError):
            raise
        raise SourceError(
            f"{name}: is a broken Word file ({error}); open and save it again"
        ) from error
    return parts


def _said(parts: dict[str, etree._Element]) -> dict[str, str]:
    core = parts.get("docProps/core.xml")
    fields = core if core is not None else ()
    return {
        etree.QName(e).localname: (e.text or "").strip() for e in fields if (e.text or "").strip()
    }


def _apart(parts: dict[str, etree._Element]) -> Iterator[tuple[str, str]]:
    for part, root in sorted(parts.items()):
        for kind in ("header", "footer"):
            if part.startswith(f"word/{kind}"):
                said = " ".join(filter(None, (_words(p) for p in root.iter(W + "p"))))
                if said:
                    yield kind, said


def _notes(parts: dict[str, etree._Element], lists: Lists) -> list[str]:
    """Footnotes and endnotes as lines of their own: 注1 …"""
    lines = []
    for part, sign in NOTES.items():
        root = parts.get(f"word/{part}.xml")
        own = [
            n for n in (root if root is not None else ()) if n.get(W + "type") in (None, "normal")
        ]
        for n, note in enumerate(own, 1):
            words = " ".join(filter(None, (_words(p) for p in note.iter(W + "p"))))
            lines += [f"{sign}{n} {words}"] if words else []
    return lines


# --- blocks -----------------------------------------------------------------------------------


def _blocks(parent: etree._Element, lists: Lists) -> Iterator[str]:
    """The lines of a body, a cell or a box."""
    for element in parent:
        if element.tag == W + "p":
            yield from _paragraph(element, lists)
        elif element.tag == W + "tbl":
            yield from _rows(element, lists)
        elif element.tag not in GONE and isinstance(element.tag, str):
            yield from _blocks(element, lists)  # content controls, insertions


def _paragraph(paragraph: etree._Element, lists: Lists) -> Iterator[str]:
    label, words = lists.label(paragraph), _words(paragraph)
    if words:
        yield from (label + words).splitlines()
    for box in paragraph.iter(BOX):
        if not any(up.tag == FALLBACK for up in box.iterancestors()):
            yield from _blocks(box, lists)


def _words(paragraph: etree._Element) -> str:
    """The words of a paragraph as they are printed, without those of boxes within it."""
    words: list[str] = []
    _gather(paragraph, words)
    return "\n".join(SPACES.sub(" ", line).strip(" ") for line in "".join(words).split("\n")).strip(
        "\n"
    )


def _gather(element: etree._Element, words: list[str]) -> None:
    for child in element:
        tag = child.tag
        if tag in GONE or tag in (BOX, FALLBACK) or not isinstance(tag, str):
            continue
        if tag == W + "r" and child.find(f"{W}rPr/{W}vanish") is not None:
            continue
        if tag == W + "t":
            words.append((child.text or "").replace("\n", " "))
        elif tag == W + "tab":
            words.append(" ")
        elif tag in (W + "br", W + "cr"):
            words.append("\n" if child.get(W + "type") != "page" else "")
        elif tag == W + "noBreakHyphen":
            words.append("-")
        else:
            _gather(child, words)


# --- tables -----------------------------------------------------------------------------------


def _rows(table: etree._Element, lists: Lists) -> Iterator[str]:
    """A line a row, cells apart by tabs; a cell over several columns has empty ones behind it."""
    for row in _within(table, W + "tr"):
        cells: list[str] = []
        for cell in _within(row, W + "tc"):
            merged = cell.find(f"{W}tcPr/{W}vMerge")
            goes_on = merged is not None and merged.get(W + "val") in (None, "continue")
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            words = (
                ""
                if goes_on
                else " ".join(line.replace("\t", " ") for line in _blocks(cell, lists))
            )
            wide = span.get(W + "val", "1") if span is not None else "1"
            cells += [words] + [""] * (min(int(wide), 64) - 1 if wide.isdigit() else 0)
        if any(cells):
            yield "\t".join(cells)


def _within(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows of a table, the cells of a row, also within content controls and insertions."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "customXml"):
            yield from _within(child, tag)
