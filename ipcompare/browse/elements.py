"""Pieces of HTML that read well without any style: tables, bold, mark, details.

GitHub takes style and script out of a notebook's HTML. Everything that is not ``Markup`` is
escaped on the way in, so a text can never become an element.
"""

from collections.abc import Iterable, Mapping

from markupsafe import Markup, escape

from ipcompare.citations import DocumentNames
from ipcompare.text import fold_width


def left(cell: str) -> Markup:
    """A cell's content set left: notebooks set tables right, and no style outside reaches them."""
    return Markup('<div align="left">{}</div>').format(cell) if cell else Markup("")


def row(cells: Iterable[str], tag: str = "td", *, whole: int = 0) -> Markup:
    """A table row; the first ``whole`` cells are not broken into lines.

    >>> row(["a<b", Markup("<b>c</b>")], whole=1)
    Markup('<tr valign="top"><td nowrap>a&lt;b</td><td><b>c</b></td></tr>')
    """
    element, unbroken = Markup(f"<{tag}>{{}}</{tag}>"), Markup(f"<{tag} nowrap>{{}}</{tag}>")
    filled = ((unbroken if n < whole else element).format(cell) for n, cell in enumerate(cells))
    return Markup('<tr valign="top">{}</tr>').format(Markup("").join(filled))


def table(head: Iterable[str], rows: Iterable[Markup]) -> Markup:
    """A table with one row of headings, each row on a line of its own."""
    lines = [Markup('<table cellpadding="4">'), Markup("<thead>{}</thead>").format(row(head, "th"))]
    lines += [Markup("<tbody>"), *rows, Markup("</tbody>"), Markup("</table>")]
    return Markup("\n").join(lines)


def paragraph(text: str) -> Markup:
    return Markup("<p>{}</p>").format(text)


def bold(text: str) -> Markup:
    return Markup("<b>{}</b>").format(text) if text else Markup("")


def marked(text: str, spans: Iterable[tuple[int, int]]) -> Markup:
    """The text with its spans marked and its lines kept.

    >>> marked("12<件\\n", [(0, 2)])
    Markup('<mark>12</mark>&lt;件<br>')
    """
    parts, at = [], 0
    for start, end in spans:
        parts += [escape(text[at:start]), Markup("<mark>{}</mark>").format(text[start:end])]
        at = end
    return Markup("").join([*parts, escape(text[at:])]).replace("\n", Markup("<br>"))


def shared_spans(text: str, other: str, run: int) -> list[tuple[int, int]]:
    """Where ``text`` has ``run`` or more characters in a row that ``other`` has too.

    White space and the width of signs do not count.

    >>> shared_spans("甲：建立 专利库", "建立专利库;", 5)
    [(2, 8)]
    """
    places = [i for i, char in enumerate(text) if not char.isspace()]
    here = fold_width("".join(text[i] for i in places))
    there = fold_width("".join(other.split()))
    known = {there[i : i + run] for i in range(len(there) - run + 1)}
    spans: list[tuple[int, int]] = []
    for i in range(len(here) - run + 1):
        if here[i : i + run] in known:
            start, end = places[i], places[i + run - 1] + 1
            if spans and start <= spans[-1][1]:
                start = spans.pop()[0]
            spans.append((start, end))
    return spans


def labels(
    names: Mapping[str, str] | None, doc_ids: Iterable[str], lang: str = "zh"
) -> dict[str, str]:
    """The label of each document: its name, in ``lang`` if that is known, else its id."""
    names = names.in_language(lang) if isinstance(names, DocumentNames) else names
    return {doc_id: (names or {}).get(doc_id, doc_id) for doc_id in doc_ids}
