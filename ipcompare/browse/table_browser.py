"""Any table to sort, filter and search; on paper its first rows."""

from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from markupsafe import Markup

from ipcompare.browse.browser import Browser
from ipcompare.browse.elements import bold, paragraph, row, table
from ipcompare.exports.presenting import Note
from ipcompare.words import word

_LONG = 40  # characters of a cell on paper
# itables 2.9.1 escapes headings and cells but not the names in the footer.
_NO_ELEMENTS = str.maketrans("<>", "＜＞")
_CSS = (
    ".itables_anywidget tfoot input { width: 100%; min-width: 3em; box-sizing: border-box; }"
    ".itables_anywidget td { vertical-align: top; }"
)


def browse_table(
    frame: pd.DataFrame | Note, *, rows: int = 10, caption: str = "", lang: str = "zh"
) -> Browser | Note:
    """Sort a table by its headings, filter it by column, search it; ``rows`` rows a page.

    The line that stands for a table which is not made is returned as it is.
    """
    if isinstance(frame, Note):
        return frame
    page = partial(table_page, frame, caption=caption, lang=lang)
    title = caption or word("browsers.table", lang, n=len(frame))
    return Browser(title, page(rows=rows), page, partial(_live, frame, rows, caption, lang))


def table_page(
    frame: pd.DataFrame, *, rows: int = 10, caption: str = "", lang: str = "zh"
) -> Markup:
    """The first rows as plain HTML, and how many there are; long cells are cut."""
    shown = as_text(frame.head(rows))
    lines = [row(map(_cut, cells), whole=len(cells)) for cells in shown.itertuples(index=False)]
    more = "… " if len(frame) > rows else ""
    head = paragraph(bold(caption)) if caption else Markup("")
    return (
        head
        + table(shown.columns, lines)
        + paragraph(more + word("browsers.rows", lang, n=len(frame)))
    )


def as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Every cell as the text that is shown, the index as columns unless it only counts rows."""
    counts = isinstance(frame.index, pd.RangeIndex) and frame.index.name is None
    labels = [] if counts else [frame.index.get_level_values(n) for n in range(frame.index.nlevels)]
    names = [] if counts else [_name(name) for name in frame.index.names]
    columns = [*labels, *(frame.iloc[:, n] for n in range(frame.shape[1]))]
    cells = [[cell_text(value) for value in column] for column in columns]
    names += [_name(name) for name in frame.columns]
    return pd.DataFrame(list(zip(*cells, strict=True)), columns=names, dtype=object)


def _name(name: Any) -> str:
    parts = name if isinstance(name, tuple) else (name,)
    return " / ".join(str(part) for part in parts if part is not None and part != "")


def cell_text(value: Any) -> str:
    """
    >>> [cell_text(v) for v in (0.28000001, 12.0, None, ["甲", "乙"], "a\\nb", True)]
    ['0.28', '12', '', '甲、乙', 'a b', 'True']
    """
    if isinstance(value, (list, tuple)):
        return "、".join(cell_text(part) for part in value)
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return ""
    if isinstance(value, (float, np.floating)):
        return f"{round(value, 4):.15g}"
    return " ".join(str(value).splitlines())


def _cut(text: str) -> str:
    return text if len(text) <= _LONG else text[:_LONG] + "…"


def _live(frame: pd.DataFrame, rows: int, caption: str, lang: str) -> Any:
    import ipywidgets
    from itables.widget import ITable

    words = {
        "search": word("tables.search", lang), "lengthMenu": word("browsers.page_length", lang),
        "info": word("browsers.page", lang), "infoFiltered": word("browsers.filtered", lang),
    }  # fmt: skip
    empty = ("infoEmpty", "zeroRecords", "emptyTable")
    words |= dict.fromkeys(empty, word("tables.nothing", lang))
    # Text only, so that DataTables is given nothing to evaluate; the whole table, nothing sampled.
    cells = as_text(frame).rename(columns=lambda name: name.translate(_NO_ELEMENTS))
    view = ITable(
        cells, language=words, pageLength=rows, lengthMenu=sorted({rows, 10, 25, 50, 100}),
        maxBytes=0, maxColumns=0, allow_html=False, showIndex=False, column_filters="footer",
        classes="display compact", style="width:100%", css=_CSS,
    )  # fmt: skip
    return ipywidgets.VBox([ipywidgets.HTML(bold(caption)), view]) if caption else view
