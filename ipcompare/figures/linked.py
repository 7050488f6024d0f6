"""Figures inside the report's page: their text is text, their numbers lead to the evidence."""

import io
import warnings
from urllib.parse import quote

import matplotlib
from matplotlib.figure import Figure
from matplotlib.text import Text

from ipcompare.figures.style import print_style

_MARK = "e:"


def evidence_gid(*ids: str) -> str:
    """The gid of a text that the page shall link: to one target, or to two provisions.

    >>> evidence_gid("fuxin-2017#2.1@7")
    'e:fuxin-2017%232.1%407'
    """
    return _MARK + quote(" ".join(ids), safe="")


def svg_for_page(fig: Figure) -> str:
    """The figure as SVG with text as text, each text with an ``evidence_gid`` a link to it."""
    gids = {text: text.get_gid() or "" for text in fig.findobj(Text)}
    marked = {text: gid for text, gid in gids.items() if gid.startswith(_MARK)}
    for text, gid in marked.items():
        text.set(url=f"#{gid}", gid=None)
    file = io.StringIO()
    with print_style(), matplotlib.rc_context({"svg.fonttype": "none"}), warnings.catch_warnings():
        # The browser has other fonts; names too long for the figure may cross its edge.
        warnings.filterwarnings("ignore", message="Glyph .* missing|constrained_layout not applied")
        fig.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    for text, gid in marked.items():
        text.set(url=None, gid=gid)
    return file.getvalue()
