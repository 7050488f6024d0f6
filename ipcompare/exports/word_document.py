"""What every Word document of ours shares: two fonts, plain paragraphs, borders, stable bytes.

Chinese is set in 宋体, Latin letters and digits in Times New Roman.
"""

import io
import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ipcompare.exports.zips import stable_zip
from ipcompare.placing import write_whole
from ipcompare.text import printable

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.text.run import CT_R
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

CHINESE = "宋体"
LATIN = "Times New Roman"
BODY = 10.5  # 五号
HEADING_FONT, HEADINGS = "黑体", {"Title": 16.0, "Heading 1": 14.0, "Heading 2": 12.0}
_DATE = datetime(2000, 1, 1)
_CJK = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


def save_document(document: "Document", path: Path | str, *, title: str) -> Path:
    """Save a python-docx document so that the same content gives the same bytes."""
    about, data = document.core_properties, io.BytesIO()
    about.title, about.author, about.last_modified_by = title, "ipcompare", "ipcompare"
    about.comments, about.created, about.modified, about.revision = "", _DATE, _DATE, 1
    document.save(data)
    return write_whole(path, stable_zip(data.getvalue()))


def set_styles(document: "Document") -> None:
    """Black headings in 黑体, text in 宋体, Times New Roman for Latin letters, Chinese as such."""
    from docx.shared import Pt, RGBColor

    for name, size in {"Normal": BODY, "Caption": BODY, **HEADINGS}.items():
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = LATIN, Pt(size), RGBColor(0, 0, 0)
        fonts = style.element.rPr.rFonts
        for theme in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[theme]
        fonts.set(_qualified("w:eastAsia"), HEADING_FONT if name in HEADINGS else CHINESE)
    for rule in list(document.styles["Title"].element.iter(_qualified("w:pBdr"))):
        rule.getparent().remove(rule)  # the blue line of the template
    for lang in document.styles.element.iter(_qualified("w:lang")):
        lang.set(_qualified("w:eastAsia"), "zh-CN")
    document.styles["Normal"].element.rPr.append(
        new_element("w:lang", val="en-US", eastAsia="zh-CN")
    )


def add_paragraph(
    document: "Document", above: float, below: float, *, style: str | None = None
) -> "Paragraph":
    """A new paragraph with so many points above and below; without ``style`` a normal one."""
    paragraph = document.add_paragraph(style=style)
    set_space(paragraph, above, below)
    return paragraph


def set_space(paragraph: "Paragraph", above: float, below: float) -> None:
    """So many points above and below a paragraph, and no space between its lines."""
    from docx.shared import Pt

    layout = paragraph.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(above), Pt(below), 1.0


def add_run(paragraph: "Paragraph", text: str, size: float, *, bold: bool = False) -> None:
    """Append words to a paragraph; see ``set_run``."""
    set_run(paragraph.add_run(), text, size, bold=bold)


def set_run(run: "Run", text: str, size: float, *, bold: bool) -> None:
    """Words in both fonts; see ``set_words``."""
    from docx.shared import Pt, RGBColor

    run.font.name, run.font.size, run.font.bold = LATIN, Pt(size), bold
    run.font.color.rgb = RGBColor(0, 0, 0)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(_qualified("w:eastAsia"), CHINESE)
    set_words(run._r, text)


def set_words(run: "CT_R", text: str) -> None:
    """The words of a run with fonts; signs that both have (“ ” …) are Chinese beside Chinese."""
    run.text = printable(text)
    if _CJK.search(text):
        run.get_or_add_rPr().get_or_add_rFonts().set(_qualified("w:hint"), "eastAsia")


def size_empty(paragraph: "Paragraph", size: float) -> None:
    """The size of a paragraph without words: an empty cell is as high as the others."""
    mark, points = new_element("w:rPr"), new_element("w:sz", val=str(round(2 * size)))
    mark.append(points)
    paragraph._p.get_or_add_pPr().append(mark)


def new_element(tag: str, **attributes: str) -> "BaseOxmlElement":
    """An element of WordprocessingML with attributes of its own namespace."""
    from docx.oxml import OxmlElement

    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(_qualified(f"w:{name}"), value)
    return made


def rules(tag: str, sizes: dict[str, int]) -> "BaseOxmlElement":
    """Borders by side, in eighths of a point; 0 is no border."""
    made = new_element(tag)
    for side, size in sizes.items():
        line = {"val": "single", "sz": str(size), "space": "0", "color": "000000"}
        made.append(new_element(f"w:{side}", **(line if size else {"val": "nil"})))
    return made


def _qualified(tag: str) -> str:
    from docx.oxml.ns import qn

    return qn(tag)
