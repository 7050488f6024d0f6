"""The clause table: every provision of a text with its number, heading, departments and span."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from ipcompare.clauses.cleaning import paragraphs
from ipcompare.clauses.departments import Closing, closing_departments, table_departments
from ipcompare.clauses.headings import heading_span
from ipcompare.clauses.layout import Paragraph
from ipcompare.clauses.lines import Span
from ipcompare.clauses.numbering import Label
from ipcompare.clauses.roles import Block, blocks
from ipcompare.corpus import Corpus, Document
from ipcompare.data import read_toml
from ipcompare.frames import CLAUSE_COLUMNS, order_documents
from ipcompare.text import Kept, cuts_of, fold_width, join_kept, skipped

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|[〕\])）】])")
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_POINT = re.compile("[。;:,]")
_LEADING = re.compile(r"[\s.。,;:]*")  # what stands between a heading and the words after it
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")


@dataclass
class _Node:
    """One row in the making; residue has no paragraphs."""

    role: str
    start: int
    end: int
    paragraphs: list[Paragraph]
    parent: "_Node | None" = None
    leaf: bool = False
    clause_id: str = ""
    path: str | None = None
    depth: int | None = None

    @cached_property
    def kept(self) -> Kept:
        """The clean words, paragraphs separated by a line break."""
        return join_kept([p.kept for p in self.paragraphs], "\n")

    @property
    def label(self) -> str | None:
        label = self.paragraphs[0].label if self.paragraphs else None
        return self.paragraphs[0].text[: label.length] if label else None


@dataclass
class _Provision(_Node):
    """The row of a numbered provision; its first paragraph opens with the label read."""

    numbering: Label = field(kw_only=True)
    leaf: bool = True
    path: str = ""
    depth: int = 1
    pinpoint: str = ""

    @property
    def label(self) -> str:
        return self.paragraphs[0].text[: self.numbering.length]

    def place_below(self, parent: "_Provision | None") -> None:
        """Set what a provision has of the one above it: role, path, depth and pinpoint."""
        label, divides = self.numbering, parent is None or parent.role == "section"
        self.role = "section" if label.section and divides else "clause"
        self.parent = parent
        self.path = f"{parent.path}.{label.number}" if parent else label.number
        self.depth = parent.depth + 1 if parent else 1
        self.pinpoint = (parent.pinpoint if parent and not label.alone else "") + self.label
        if parent:
            parent.leaf = False


def clause_table(corpus: Corpus | Document | Iterable[Document]) -> pd.DataFrame:
    """Turn each text into its provisions and the matter around them.

    One row a structural node, in reading order:

    clause_id    ``doc_id#path``, or ``doc_id#role-n``; a path that a text uses twice gets ~2
    doc_id       an ordered categorical: its categories are the documents in their order
    role         letterhead, doc_number, title, contents, addressee, preamble, section,
                 clause, annex_title, table_row, signature, imprint or residue
    path, label  二、（三） has the path 2.3 and the label （三）; missing for other roles
    depth        number of levels of the path
    heading      the short words after the label, missing where a provision has none
    pinpoint     how the row is cited in Chinese: 二、（三）
    text         the clean text with label, paragraphs separated by a line break; a parent holds
                 only its own lead-in; cells of a table row are separated by a tab
    units        list of the responsible departments in the closing bracket, as written
    parent_id    the provision above; for residue the provision it interrupts
    char_start, char_end   code points into the raw text, end exclusive
    body_start, body_end   code points into ``text``: the row's own words, without label, heading
                 and the departments that close it
    leaf         true for a numbered provision without numbered parts
    year         the document's own year: as recorded, else as signed, else as in its number
    cuts         what the raw text has beside ``text``, as JSON (``text.cuts_of``), so that every
                 character leads back to the file

    Every character of the raw text that is not white space lies in exactly one row, but for
    residue and tables, which lie inside the span of the provision that they interrupt.
    """
    if isinstance(corpus, Document):
        corpus = [corpus]
    documents = tuple(corpus.documents if isinstance(corpus, Corpus) else corpus)
    rows: list[tuple] = []
    for document in documents:
        nodes = _nodes(document)
        year = _year(document, nodes)
        rows += [_row(document, year, node, about) for node, about in _numbered(nodes)]
    table = pd.DataFrame(rows, columns=list(CLAUSE_COLUMNS))
    table = table.astype({"depth": "Int64", "year": "Int64", "leaf": bool})
    return order_documents(table, [document.doc_id for document in documents])


# --- the tree -------------------------------------------------------------------------------


def _nodes(document: Document) -> list[_Node]:
    """The rows of one text in reading order, ids and parents set."""
    parts, residue = paragraphs(document.text)
    nodes: list[_Node] = []
    open_provisions: list[_Provision] = []
    ranks: dict[int, float] = {}
    last: dict[int, str] = {}
    for block in blocks(parts):
        node = _node(block)
        if isinstance(node, _Provision):
            _nest(node, open_provisions, ranks, last)
        elif block.role == "table_row" and open_provisions and _interrupts(node, open_provisions):
            node.parent = open_provisions[-1]
        elif block.role in ("title", "annex_title"):
            open_provisions.clear()
        nodes.append(node)
    nodes += _residue_nodes(residue, nodes)
    nodes.sort(key=lambda n: (n.start, -n.end))
    _name(document.doc_id, nodes)
    return nodes


def _node(block: Block) -> _Node:
    paragraphs = block.paragraphs
    place = paragraphs[0].start, paragraphs[-1].end
    if block.role == "provision" and block.label:
        return _Provision(block.role, *place, paragraphs, numbering=block.label)
    return _Node(block.role, *place, paragraphs)


def _nest(
    node: _Provision,
    open_provisions: list[_Provision],
    ranks: dict[int, float],
    last: dict[int, str],
) -> None:
    """Put a provision under the nearest open one of a higher level.

    Where a text first uses a level below one that usually stands under it (一、above 第一条),
    that order holds for the whole text; and where articles go on below headings of such a level
    (（一）固定资产投资｜第二条), from there on. ``last`` are the numbers so far.
    """
    label = node.numbering
    above = open_provisions[-1] if open_provisions else None
    first = label.rank not in ranks
    ranks.setdefault(label.rank, label.rank)
    if above and above.numbering.number == "1" and label.rank < _rank(above, ranks):
        goes_on = label.alone and str(int(last.get(label.rank, "0")) + 1) == label.number
        if (label.number == "1") if first else (goes_on and _is_bare(above)):
            ranks[label.rank] = _rank(above, ranks) + 0.5
    last[label.rank] = label.number.split("-")[0]
    while open_provisions and _rank(open_provisions[-1], ranks) >= ranks[label.rank]:
        open_provisions.pop()
    node.place_below(open_provisions[-1] if open_provisions else None)
    open_provisions.append(node)


def _is_bare(node: _Provision) -> bool:
    """Whether a provision is a heading and nothing else."""
    return len(node.paragraphs) == 1 and not _POINT.search(fold_width(node.paragraphs[0].text))


def _rank(node: _Provision, ranks: dict[int, float]) -> float:
    return ranks[node.numbering.rank]


def _interrupts(node: _Node, open_provisions: list[_Provision]) -> bool:
    return node.start < open_provisions[-1].end


def _residue_nodes(residue: list[Span], nodes: list[_Node]) -> Iterator[_Node]:
    """A node for each piece of residue, under the provision that it interrupts."""
    around: list[_Node] = []
    following = 0
    for span in residue:
        while following < len(nodes) and nodes[following].start <= span.start:
            around.append(nodes[following])
            following += 1
        while around and around[-1].end < span.end:
            around.pop()
        yield _Node("residue", span.start, span.end, [], parent=around[-1] if around else None)


def _name(doc_id: str, nodes: list[_Node]) -> None:
    used: dict[str, int] = {}
    for node in nodes:
        base = node.path or node.role
        used[base] = used.get(base, 0) + 1
        if node.path is None:
            node.clause_id = f"{doc_id}#{base}-{used[base]}"
        else:
            node.clause_id = f"{doc_id}#{base}" + (f"~{used[base]}" if used[base] > 1 else "")


# --- the columns ----------------------------------------------------------------------------


def _numbered(nodes: list[_Node]) -> Iterable[tuple[_Node, dict]]:
    """Each node with what its row needs of the rows before: the table header and its count."""
    header: tuple[str, ...] = ()
    counts: dict[str, int] = {}
    for node in nodes:
        counts[node.role] = counts.get(node.role, 0) + 1
        cells = node.paragraphs[0].cells if node.paragraphs else ()
        if len(cells) > 1 and (not header or len(cells) != len(header)):
            header = cells
        elif not cells and node.role != "residue":
            header = ()
        yield node, {"header": header, "cells": cells, "n": counts[node.role]}


def _row(document: Document, year: int | None, node: _Node, about: dict) -> tuple:
    serial = about["cells"][0] if about["cells"] and about["cells"][0].isdigit() else None
    text = node.kept.text or document.text[node.start : node.end]
    heading = _heading_span(node) if isinstance(node, _Provision) else None
    closing = _departments(node, text, about)
    return (
        node.clause_id,
        document.doc_id,
        document.jurisdiction,
        document.level,
        node.role,
        node.path,
        node.label or serial,
        node.depth,
        text[slice(*heading)] if heading else None,
        _pinpoint(node, about["n"], serial),
        text,
        list(closing.units),
        node.parent.clause_id if node.parent else None,
        node.start,
        node.end,
        min(_body_start(text, node.label or serial, heading), closing.start),
        closing.start,
        node.leaf,
        year,
        cuts_of(node.kept, document.text, node.start, node.end) if node.paragraphs else "",
    )


def _heading_span(node: _Provision) -> tuple[int, int] | None:
    own = [p.text for p in node.paragraphs if not p.cells]
    return heading_span(node.numbering, own, leaf=node.leaf)


def _body_start(text: str, label: str | None, heading: tuple[int, int] | None) -> int:
    """Behind label and heading (and its closing bracket) and the stops that follow them."""
    at = heading[1] if heading else len(label or "")
    if heading and heading[0] > len(label or ""):  # 第三条 【支持范围】
        at += 1
    return at + skipped(_LEADING, fold_width(text[at : at + 16])) if at else 0


def _departments(node: _Node, text: str, about: dict) -> Closing:
    """The responsible departments of a row, and where its own words end before them."""
    if node.role == "table_row":
        return table_departments(about["cells"], about["header"])
    return closing_departments(text) if node.path else Closing(len(text))


def _pinpoint(node: _Node, n: int, serial: str | None) -> str:
    if isinstance(node, _Provision):
        return node.pinpoint
    words = read_toml("drafting/roles.toml")["pinpoint"]
    return words["serial"].format(n=serial) if serial else words[node.role].format(n=n)


def _year(document: Document, nodes: list[_Node]) -> int | None:
    """The document's own year: as recorded, else as signed, else as in its number."""
    if document.year:
        return document.year
    for role, pattern in (("signature", _DATE), ("imprint", _DATE), ("doc_number", _YEAR)):
        for node in nodes:
            if node.role != role:
                continue
            found = pattern.search(fold_width(node.kept.text).translate(_DIGITS))
            if found:
                return int(found[1])
    return None
