"""PDF with a text layer: paragraphs in reading order, tables as rows, running heads apart."""

import ctypes
import functools
import io
from collections.abc import Callable, Iterator
from typing import Any

from ipcompare.intake.aligned import WIDE, Aligned, Piece, Printed, aligned_tables
from ipcompare.intake.print_lines import Char, Row, by_height, page_lines, words_of
from ipcompare.intake.print_paragraphs import OPENS, paragraphs, text_rows
from ipcompare.intake.recognised import DOTS, characters
from ipcompare.intake.ruled import Grid, Ruling, grids
from ipcompare.intake.sources import LONGEST, Source, SourceError

MOST_PAGES = 2000
MOST_SHAPES = 20_000  # of a page; a drawing with more is no table


def read(data: bytes, name: str, ocr: bool = False) -> Source:
    """The text of a PDF; SourceError where its pages are pictures, or it is locked or broken.

    With ``ocr`` pages that are pictures are recognised, and a note says how sure that is.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        cure = (
            "is locked by a password; save it without" if locked else f"is a broken PDF ({error})"
        )
        raise SourceError(f"{name}: {cure}") from error
    try:
        if len(document) > MOST_PAGES:
            raise SourceError(f"{name}: has more than {MOST_PAGES} pages; split it")
        certainty: list[float] = []
        read_by_eye = functools.partial(_recognised, certainty) if ocr else None
        pages = [_page(document, n, name, read_by_eye) for n in range(len(document))]
    finally:
        document.close()
    pictures = [n for n, (_, rows, drawn) in enumerate(pages, 1) if not rows and drawn]
    if pictures and len(pictures) >= len(pages) / 2:
        cure = "no characters were recognised" if ocr else "add --ocr, or have it recognised first"
        raise SourceError(f"{name}: {_scanned(pictures, pages)}; {cure}")
    apart: list[tuple[str, str]] = []
    lines = list(paragraphs(text_rows([(h, rows) for h, rows, _ in pages], apart)))
    notes = [_scanned(pictures, pages)] if pictures else []
    notes += [_how_sure(certainty)] if certainty else []
    return Source("\n".join(lines) + "\n", "pdf", apart=apart, notes=notes)


def read_picture(data: bytes, name: str) -> Source:
    """The text of a picture (PNG, JPEG, TIFF) by OCR; SourceError where none is recognised."""
    import numpy as np
    from PIL import Image

    image = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))[:, :, ::-1]
    certainty: list[float] = []
    chars = _recognised(certainty, image)
    height, width = (size * 72 / DOTS for size in image.shape[:2])
    lines = list(paragraphs(list(_rows(chars, Ruling(), width)))) if chars else []
    if not lines:
        raise SourceError(f"{name}: is a picture in which no characters were recognised")
    return Source("\n".join(lines) + "\n", "image", notes=[_how_sure(certainty)])


def _recognised(certainty: list[float], image: Any) -> list["Char"]:
    """The characters of a picture, their certainties added to those so far."""
    chars = []
    for char, (left, top, right, bottom), sure in characters(image, DOTS / 72):
        certainty.append(sure)
        chars.append(Char(char, left, top, right, bottom))
    return chars


def _how_sure(certainty: list[float]) -> str:
    mean = sum(certainty) / len(certainty)
    return f"recognised from pictures (OCR, mean certainty {mean:.2f}): check its numbers"


def _scanned(pictures: list[int], pages: list) -> str:
    shown = ", ".join(map(str, pictures[:8])) + (" …" if len(pictures) > 8 else "")
    return f"{len(pictures)} of {len(pages)} pages are pictures without text (page {shown})"


# --- one page ---------------------------------------------------------------------------------


def _page(
    document: Any, n: int, name: str, read_by_eye: Callable[[Any], list[Char]] | None
) -> tuple[float, list[Row], bool]:
    """Height, lines in reading order with tables where they stand, whether it has pictures."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        page = document[n]
    except pypdfium2.PdfiumError as error:
        raise SourceError(f"{name}, page {n + 1}: cannot be read ({error})") from error
    width, height = page.get_size()
    chars, ruling, drawn = list(_chars(page, height)), Ruling(), False
    shapes = (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE)
    for count, shape in enumerate(page.get_objects(filter=shapes, max_depth=4)):
        if count > MOST_SHAPES:
            ruling = Ruling()
            break
        if shape.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            drawn = True
        else:
            left, bottom, right, top = shape.get_bounds()
            ruling.add((left, height - top, right, height - bottom))
    if drawn and not chars and read_by_eye:
        chars = read_by_eye(page.render(scale=DOTS / 72).to_numpy()[:, :, :3])
    rows = list(_rows(chars, ruling, width))
    page.close()
    return height, rows, drawn


def _chars(page: Any, height: float) -> Iterator[Char]:
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    box, edges = pdfium.FS_RECTF(), ctypes.byref
    if text.count_chars() > LONGEST:
        raise SourceError(f"a page of more than {LONGEST:,} characters; split it")
    for n in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, n)
        if code <= 32 or code == 0xFFFE or not pdfium.FPDFText_GetLooseCharBox(text, n, edges(box)):
            continue
        if 0xD800 <= code < 0xDC00:
            low = pdfium.FPDFText_GetUnicode(text, n + 1)
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
        elif 0xDC00 <= code < 0xE000:
            continue
        yield Char(chr(code), box.left, height - box.top, box.right, height - box.bottom)
    text.close()


def _rows(chars: list[Char], ruling: Ruling, width: float) -> Iterator[Row]:
    """The lines outside tables, and each table as rows where it stands."""
    tables = []
    for grid in grids(ruling):
        inside = {id(c) for c in chars if _within(grid, c)}
        if inside:
            tables.append((grid, [c for c in chars if id(c) in inside]))
            chars = [c for c in chars if id(c) not in inside]
    chars, unruled = _unruled(chars)
    found = list(page_lines(chars, width))
    for table in unruled:
        at = _place(table.box, found)
        left, _, right, _ = table.box
        found[at:at] = [
            Row("\t".join(cells), left, right, top, bottom, cells=True)
            for top, bottom, cells in table.rows
        ]
    for grid, own in sorted(tables, key=lambda item: item[0].box[1]):
        at = _place(grid.box, found)
        found[at:at] = _table(grid, own)
    yield from found


def _unruled(chars: list[Char]) -> tuple[list[Char], list[Aligned]]:
    """The characters outside tables that no line rules, and those tables."""
    lines = list(by_height(chars))
    printed = [_printed(line, n) for n, line in enumerate(lines)]
    tables = list(aligned_tables(printed))
    taken = {n for table in tables for n in range(table.first, table.last + 1)}
    return [c for n, line in enumerate(lines) if n not in taken for c in line], tables


def _printed(line: list[Char], n: int) -> Printed:
    """A line cut where its gaps are wide."""
    pieces = [[line[0]]]
    for before, char in zip(line, line[1:], strict=False):
        if char.left - before.right > WIDE * (before.size or 1):
            pieces.append([])
        pieces[-1].append(char)
    found = [Piece(words_of(own), own[0].left, own[-1].right, n) for own in pieces]
    top, bottom = min(c.top for c in line), max(c.bottom for c in line)
    return Printed(found, top, bottom, bool(OPENS.match(found[0].text)))


def _place(box: tuple[float, float, float, float], found: list[Row]) -> int:
    """Before which of the rows a table stands: the first beneath its top, in its own column."""
    left, top, right, _ = box
    beside = [n for n, row in enumerate(found) if row.right > left and row.left < right]
    below = next((n for n in beside if found[n].top >= top), None)
    return below if below is not None else beside[-1] + 1 if beside else len(found)


def _within(grid: Grid, char: Char) -> bool:
    return grid.cell((char.left + char.right) / 2, (char.top + char.bottom) / 2) is not None


def _table(grid: Grid, chars: list[Char]) -> Iterator[Row]:
    """The rows of a table, cells apart by tabs, the lines of a cell in one."""
    cells: dict[tuple[int, int], list[Char]] = {}
    for char in chars:
        place = grid.cell((char.left + char.right) / 2, (char.top + char.bottom) / 2)
        if place:
            cells.setdefault(place, []).append(char)
    left, _, right, _ = grid.box
    for n, (top, bottom) in enumerate(zip(grid.ys, grid.ys[1:], strict=False)):
        own = [cells.get((n, column), []) for column in range(len(grid.xs) - 1)]
        if any(own):
            words = ["".join(words_of(line) for line in by_height(cell)) for cell in own]
            yield Row("\t".join(words), left, right, top, bottom, cells=True)
