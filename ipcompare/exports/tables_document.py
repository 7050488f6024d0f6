"""All tables in one Word document, chapter by chapter, with headings to find them by."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from ipcompare.exports.declared import (
    APPENDIX,
    Exhibit,
    caption_line,
    exhibit_citation,
    exhibits,
)
from ipcompare.exports.presenting import source_line
from ipcompare.exports.word_document import add_paragraph, add_run, save_document, set_styles
from ipcompare.exports.word_tables import (
    SIZE,
    add_three_line_table,
    add_title,
    is_wide,
    turn_page,
)
from ipcompare.extras import need
from ipcompare.words import LANGS, word

if TYPE_CHECKING:
    from docx.document import Document


def write_tables_document(
    tables: Mapping[str, pd.DataFrame],
    path: Path | str,
    *,
    lang: str = "zh",
    names: Mapping[str, str] | None = None,
    notes: Mapping[str, str] | None = None,
    sources: Mapping[str, str] | None = None,
    rows: int | None = None,
) -> Path:
    """Write a Word document with one three-line table after another, and return its path.

    ``tables`` maps exhibit ids to frames. They are counted from 1, those of the appendix from A1,
    and stand under the headings of their chapters and titles. Title and note are the exhibit's in
    ``lang`` (else the name is the title), the source line is ``sources[id]``, else what the
    exhibit is declared to be made from (``names``: the documents), with its citation. A table of
    more than ``rows`` rows has its place, and a line that says where it stands. A table too wide
    for a portrait page gets a landscape one. Same tables, same bytes.
    """
    need("docx")
    from docx import Document

    document, chapter, counted = Document(), "", Counter[bool]()
    set_styles(document)
    for name, frame in tables.items():
        exhibit, long = exhibits().get(name), rows is not None and len(frame) > rows
        if not long or not counted:  # one line needs no page of its own
            turn_page(document, wide=is_wide(frame) and not long, first=not counted)
        if exhibit is not None and exhibit.chapter != chapter:
            chapter = exhibit.chapter
            document.add_heading(word(f"chapters.{chapter}", lang), 1)
        apart = chapter == APPENDIX
        counted[apart] += 1
        number = "A" * apart + str(counted[apart])
        title, note, made_from = _about(exhibit, names or {}, lang) if exhibit else (name, "", "")
        document.add_heading(title, 2)
        if long:
            _add_place(document, name, len(frame), number=number, title=title, lang=lang)
            continue
        add_three_line_table(
            document, frame, number=number, title=title, note=(notes or {}).get(name, note),
            source=(sources or {}).get(name, made_from), lang=lang,
        )  # fmt: skip
    return save_document(document, path, title=word("captions.tables", lang))


def _add_place(
    document: "Document", name: str, rows: int, *, number: str, title: str, lang: str
) -> None:
    """The number and title of a table too long for paper, and where it stands."""
    add_title(document, "table", number, title, lang=lang)
    said = word("captions.too_long", lang, n=rows, sheet=name)
    add_run(add_paragraph(document, 0, 6), said, SIZE)


def _about(exhibit: Exhibit, names: Mapping[str, str], lang: str) -> tuple[str, str, str]:
    """Title, note and source line, with the citation."""
    n = LANGS.index(lang)
    cite = caption_line("cite_as", exhibit_citation(exhibit, lang=lang), lang)
    return exhibit.title[n], exhibit.note[n], f"{source_line(exhibit, names, lang)}\n{cite}"
