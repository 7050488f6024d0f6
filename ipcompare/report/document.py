"""The report as a Word document to go on writing in: findings, figures and three-line tables.

The findings are those of the page (``findings.toml``), the figures and tables those that ``build``
has saved. Headings, captions and lists are Word's own styles; the numbers of figures and tables
are SEQ fields, which Word counts anew (Ctrl+A, F9).
"""

import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from markupsafe import Markup

from ipcompare.exports.corrected_notes import corrected_exhibit
from ipcompare.exports.declared import (
    FOLDERS,
    Exhibit,
    caption_line,
    exhibit_citation,
    made_exhibits,
)
from ipcompare.exports.presenting import printed_table, source_line
from ipcompare.exports.saving import read_table
from ipcompare.exports.word_document import (
    BODY,
    add_paragraph,
    add_run,
    new_element,
    save_document,
    set_styles,
)
from ipcompare.exports.word_tables import (
    SIZE,
    add_lines_below,
    add_three_line_table,
    add_title,
    is_wide,
    turn_page,
)
from ipcompare.extras import need
from ipcompare.facts.sentences import Finding
from ipcompare.figures.of_study import FIGURES, drawn_documents
from ipcompare.figures.style import print_style
from ipcompare.indicators.matrices import incentive_matrix, target_matrix
from ipcompare.report.findings import findings
from ipcompare.report.page import page_title
from ipcompare.study import Study
from ipcompare.text import printable
from ipcompare.words import LANGS, check_lang, word, word_table

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

# The tables that are printed; the others are for the workbook and the database.
PRINTED = ("document-similarity", "target-matrix", "incentive-matrix", "target-coverage")
_MARGIN, _A4 = 72.0, (595.3, 841.9)  # points


def write_report_document(
    study: Study, path: Path | str, *, folder: Path | str, lang: str = "zh",
    title: str | None = None,
) -> Path:  # fmt: skip
    """Write the report of a study as a Word document and return its path.

    Figures and tables are those saved in ``folder`` (``figures/<id>.png``, ``tables/<id>.csv``);
    what is not there is left out; numbers are those of ``index.csv``, and each chapter says which
    of its tables stand in the document of all tables. In English, what the report can make anew is
    made in English. The same input gives the same bytes. Raises ValueError for another language.
    """
    need("docx")
    from docx import Document

    check_lang(lang)
    title = printable(title or page_title(study)[LANGS.index(lang)])
    document = Document()
    set_styles(document)
    _set_page(document)
    document.add_paragraph(title, style="Title")
    _Writer(document, study, Path(folder), lang).write()
    return save_document(document, path, title=title)


class _Writer:
    """What every part of one document needs: the study, the saved files, language, numbers."""

    def __init__(self, document: "Document", made: Study, folder: Path, lang: str):
        self.document, self.made, self.folder = document, made, folder
        self.lang, self.n = lang, LANGS.index(lang)
        fields = list(made.corrections["field"])
        self.exhibits = [corrected_exhibit(e, fields) for e in made_exhibits(folder).values()]
        self.last = dict.fromkeys(((kind, apart) for kind in FOLDERS for apart in ("", "A")), 0)

    def write(self) -> None:
        """The findings in short, then chapter by chapter with exhibits."""
        found = findings(self.made)
        self.document.add_heading(word("report.findings", self.lang), 1)
        for finding in found:
            paragraph = add_paragraph(self.document, 0, 3, style="List Number")
            add_run(paragraph, self.text(finding.say), BODY)
        for id, name in word_table("chapters").items():
            inside = [finding for finding in found if finding.chapter == id]
            made = [exhibit for exhibit in self.exhibits if exhibit.chapter == id]
            if inside or made:
                self.document.add_heading(name[self.n], 1)
            for finding in inside:
                self.finding(finding)
            for exhibit in filter(self.exists, made):
                self.exhibit(exhibit)
            self.elsewhere([exhibit for exhibit in made if not self.exists(exhibit)])

    def text(self, said: tuple[Markup, Markup]) -> str:
        """A sentence without its links."""
        return said[self.n].striptags()

    def finding(self, finding: Finding) -> None:
        """The finding in bold, and after it what supports it."""
        paragraph = add_paragraph(self.document, 6, 4)
        add_run(paragraph, self.text(finding.say), BODY, bold=True)
        add_run(paragraph, " " * self.n + self.text(finding.more), BODY)

    def exists(self, exhibit: Exhibit) -> bool:
        """Whether the document shows the exhibit: every saved figure, of the tables the printed."""
        printed = exhibit.kind == "figure" or exhibit.id in PRINTED
        return printed and exhibit.files(self.folder)[0].is_file()

    def exhibit(self, exhibit: Exhibit) -> None:
        """A figure or a table under its number, the same in every output."""
        count = exhibit.number.lstrip("A")
        key = exhibit.kind, exhibit.number.removesuffix(count)
        restart = int(count) != self.last[key] + 1
        self.last[key] = int(count)
        if exhibit.kind == "figure":
            return self.figure(exhibit, restart)
        frame = self.frame(exhibit)
        turn_page(self.document, wide=is_wide(frame))
        add_three_line_table(
            self.document, frame, number=exhibit.number, title=self.title(exhibit),
            note=self.note(exhibit), source=self.source(exhibit), lang=self.lang, restart=restart,
        )  # fmt: skip
        turn_page(self.document, wide=False)

    def figure(self, exhibit: Exhibit, restart: bool) -> None:
        """The picture, centred, with caption, note and source below."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        paragraph = add_paragraph(self.document, 8, 0)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = True
        _add_picture(paragraph, self.picture(exhibit), self.title(exhibit))
        add_title(
            self.document, "figure", exhibit.number, self.title(exhibit), lang=self.lang,
            restart=restart,
        )  # fmt: skip
        below = {"note": self.note(exhibit), "source": self.source(exhibit)}
        add_lines_below(self.document, below, self.lang)

    def elsewhere(self, tables: list[Exhibit]) -> None:
        """The tables of a chapter that stand in the document of all tables, with their numbers."""
        if not tables:
            return
        name = word("captions.table", self.lang) + " " * self.n
        file = "tables.docx" if self.lang == "zh" else "tables-en.docx"
        listed = word("punctuation.semicolon", self.lang).join(
            f"{name}{exhibit.number} {self.title(exhibit)}" for exhibit in tables
        )
        said = word("captions.elsewhere", self.lang, file=file, tables=listed)
        add_run(add_paragraph(self.document, 8, 4), said, SIZE)

    def picture(self, exhibit: Exhibit) -> Path | io.BytesIO:
        """The saved figure in the language of the document, else a new one, else what there is."""
        saved, zh = (exhibit.files(self.folder, lang)[0] for lang in (self.lang, "zh"))
        draw = FIGURES.get(exhibit.id, lambda made, lang: None)
        if saved.is_file() or (fig := draw(self.made, self.lang)) is None:
            return saved if saved.is_file() else zh
        file = io.BytesIO()
        with print_style():
            fig.savefig(file, format="png", metadata={"Software": None})
        return file

    def frame(self, exhibit: Exhibit) -> pd.DataFrame:
        """The saved table as readers of the language see it."""
        path = exhibit.files(self.folder, self.lang)[0]
        if path.is_file():
            frame = read_table(path)
        else:
            frame = ENGLISH[exhibit.id](self.made)
        names = getattr(self.made, self.lang)
        return printed_table(frame, exhibit.id, lang=self.lang, names=names)

    def title(self, exhibit: Exhibit) -> str:
        """The title in the language of the document."""
        return exhibit.title[self.n]

    def note(self, exhibit: Exhibit) -> str:
        """What a reader must know."""
        about = exhibit.note[self.n]
        drawn = len(drawn_documents(self.made, exhibit.id))
        if drawn < len(self.made.zh):
            between = " " if self.lang == "en" else ""
            about += between + word("report.some_drawn", self.lang, n=drawn)
        return about

    def source(self, exhibit: Exhibit) -> str:
        """What the exhibit is made from and with, and in a line of its own how to cite it."""
        sources = source_line(exhibit, getattr(self.made, self.lang), self.lang)
        cite = caption_line("cite_as", exhibit_citation(exhibit, lang=self.lang), self.lang)
        return f"{sources}\n{cite}"


ENGLISH: dict[str, Callable[[Study], pd.DataFrame]] = {
    "target-matrix": lambda m: target_matrix(m.aligned, lang="en", qualitative=m.qualitative),
    "incentive-matrix": lambda m: incentive_matrix(m.aligned, lang="en", qualitative=m.qualitative),
}


def _set_page(document: "Document") -> None:
    """A4 with the number of the page at its foot."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    section = document.sections[0]
    section.page_width, section.page_height = map(Pt, _A4)
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Pt(_MARGIN))
    (foot,) = section.footer.paragraphs
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot._p.append(new_element("w:fldSimple", instr=" PAGE "))


def _add_picture(paragraph: "Paragraph", file: Path | io.BytesIO, about: str) -> None:
    """A picture in its own size, at most as wide as the line; ``about`` is its alternative text."""
    from docx.shared import Emu

    line = Emu(round((_A4[0] - 2 * _MARGIN) * 12700))
    shape = paragraph.add_run().add_picture(str(file) if isinstance(file, Path) else file)
    if shape.width > line:
        shape.width, shape.height = line, Emu(round(shape.height * line / shape.width))
    shape._inline.docPr.set("descr", about)
