"""The clause table: every provision of a text with its number, heading, departments and span."""

import re
from collections import Counter
from collections.abc import Iterable

import pandas as pd

from ipcompare.clauses.corrected_clauses import corrected_clauses
from ipcompare.clauses.departments import Closing, closing_departments, table_departments
from ipcompare.clauses.headings import body_start, heading_span
from ipcompare.clauses.numbering import Label
from ipcompare.clauses.tree import Node, Provision, nodes_of
from ipcompare.corpus import Corpus, Document
from ipcompare.data import read_toml
from ipcompare.frames import CLAUSE_COLUMNS, order_documents
from ipcompare.text import cuts_of, fold_width

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|[〕\])）】])")
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
NO_LABEL = Label(0, 0, "", "", False, False)
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")


def clause_table(corpus: Corpus | Document | Iterable[Document]) -> pd.DataFrame:
    """Turn each text into its provisions and the matter around them.

    One row a structural node, in reading order:

    clause_id    ``doc_id#path``, or ``doc_id#role-n``; a path that a text uses twice gets ~2
    doc_id       an ordered categorical: its categories are the documents in their order
    role         letterhead, doc_number, title, contents, addressee, preamble, section,
                 clause, paragraph (a provision of a text without any number), annex_title,
                 table_row, signature, imprint or residue
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

    Where the corpus has corrections the table has two columns more: ``corrections``, those that
    speak of the row, its mentions or its themes, as JSON, from which every table made of this one
    takes them; ``corrected``, which fields of the row were corrected and by whom. CorrectionError
    for those that find no clause or do not fit it.
    """
    if isinstance(corpus, Document):
        corpus = [corpus]
    documents = tuple(corpus.documents if isinstance(corpus, Corpus) else corpus)
    counts = Counter(document.doc_id for document in documents)
    if twice := [doc_id for doc_id, n in counts.items() if n > 1]:
        raise ValueError(f"two documents are called {', '.join(twice)}; give each its own doc_id")
    rows: list[tuple] = []
    for document in documents:
        nodes = nodes_of(document)
        year = _year(document, nodes)
        rows += [_row(document, year, node, about) for node, about in _numbered(nodes)]
    table = pd.DataFrame(rows, columns=list(CLAUSE_COLUMNS))
    table = table.astype({"depth": "Int64", "year": "Int64", "leaf": bool})
    table = order_documents(table, list(counts))
    known = corpus.corrections if isinstance(corpus, Corpus) else ()
    return corrected_clauses(table, [one for one in known if one.doc_id in counts])


def _numbered(nodes: list[Node]) -> Iterable[tuple[Node, dict]]:
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


def _row(document: Document, year: int | None, node: Node, about: dict) -> tuple:
    serial = about["cells"][0] if about["cells"] and about["cells"][0].isdigit() else None
    text = node.kept.text or document.text[node.start : node.end]
    heading = _heading_span(node)
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
        min(body_start(text, node.label or serial, heading), closing.start),
        closing.start,
        node.leaf,
        year,
        cuts_of(node.kept, document.text, node.start, node.end) if node.paragraphs else "",
    )


def _heading_span(node: Node) -> tuple[int, int] | None:
    own = [p.text for p in node.paragraphs if not p.cells]
    if isinstance(node, Provision):
        return heading_span(node.numbering, own, leaf=node.leaf)
    if node.role != "paragraph":
        return None
    span = heading_span(NO_LABEL, own, leaf=True)
    return span if span and span[1] < len(own[0]) else None  # words follow it


def _departments(node: Node, text: str, about: dict) -> Closing:
    """The responsible departments of a row, and where its own words end before them."""
    if node.role == "table_row":
        return table_departments(about["cells"], about["header"])
    counted = node.path or node.role == "paragraph"
    return closing_departments(text) if counted else Closing(len(text))


def _pinpoint(node: Node, n: int, serial: str | None) -> str:
    if node.pinpoint:
        return node.pinpoint
    words = read_toml("drafting/roles.toml")["pinpoint"]
    return words["serial"].format(n=serial) if serial else words[node.role].format(n=n)


def _year(document: Document, nodes: list[Node]) -> int | None:
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
