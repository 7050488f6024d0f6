"""The figures of the report: SVG inside the page, with real text and links to the evidence."""

import re

from markupsafe import Markup

from ipcompare.figures.linked import svg_for_page
from ipcompare.figures.of_study import figure_of
from ipcompare.figures.style import ONE_COLUMN
from ipcompare.study import Study

# Names of things in an SVG, and what refers to them. Every figure of a page needs its own.
_IDS = re.compile(r"""((?:\bid=|xlink:href=)"#?|url\(#)(?!e:)(?=[\w.-])""")
_WIDTH = re.compile(r'<svg [^>]*width="([\d.]+)pt"')
_HEAD = re.compile(r"^.*?(?=<svg)|\s*<metadata>.*?</metadata>| target=\"_blank\"", re.DOTALL)


def figure_svg(made: Study, id: str, lang: str) -> Markup | None:
    """One figure as SVG for the inside of a page; None where the corpus has nothing to draw."""
    fig = figure_of(made, id, lang=lang)
    return None if fig is None else page_svg(svg_for_page(fig), f"{id}-{lang}")


def page_svg(source: str, prefix: str) -> Markup:
    """An SVG file as part of a page: without XML prolog and metadata, its ids made unique."""
    svg = _IDS.sub(rf"\g<1>{prefix}-", _HEAD.sub("", source))
    width = float(_WIDTH.findall(svg)[0])
    size = "one" if width < ONE_COLUMN * 72 / 2.54 + 1 else "two"
    return Markup(svg.replace("<svg ", f'<svg class="{size}" ', 1))
