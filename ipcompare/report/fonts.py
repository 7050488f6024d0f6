"""The font of the figures inside the page: their text stays text, and looks as it is printed."""

import base64
import html
import io
import re
from collections.abc import Iterable

from fontTools import subset
from fontTools.ttLib import TTFont

from ipcompare.figures.style import register_font

FAMILY = "ipcompare figures"
_TEXT = re.compile(r"<text[^>]*>([^<]*)</text>")


def font_face(svgs: Iterable[str]) -> str:
    """A CSS rule with the characters of these figures (Noto Sans SC, OFL), or an empty string."""
    found = {char for svg in svgs for text in _TEXT.findall(svg) for char in html.unescape(text)}
    if not found:
        return ""
    data = base64.b64encode(_subset("".join(sorted(found)))).decode()
    return f'@font-face {{ font-family: "{FAMILY}"; src: url(data:font/ttf;base64,{data}); }}'


def _subset(characters: str) -> bytes:
    """The regular weight with these characters only, as TrueType."""
    font = TTFont(register_font(), recalcTimestamp=False)
    cut = subset.Subsetter(subset.Options(layout_features=[], hinting=False, notdef_outline=True))
    cut.populate(text=characters)
    cut.subset(font)
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()
