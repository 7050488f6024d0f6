"""Which other documents a text names, what it says of them, and which of them the corpus holds."""

import functools
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pandas as pd

from ipcompare.corpus import Corpus, Document
from ipcompare.data import data_pattern, read_toml
from ipcompare.frames import CONTENT, checked, columns_of, order_documents
from ipcompare.record import csv_line, plain_number, write_whole
from ipcompare.text import Original, fold_width

RULES = "drafting/references.toml"
SENTENCE = "。;\n"  # where a sentence ends
FAR = 400  # characters of a sentence that are looked at on either side of a name
GRAPHML = "http://graphml.graphdrawing.org/xmlns"


class Named(NamedTuple):
    """One document named in a text: where, its title and number as written."""

    start: int
    end: int
    title: str
    number: str


@functools.cache
def _pattern(name: str) -> re.Pattern:
    return data_pattern(RULES, read_toml(RULES)[name]["pattern"])


@functools.cache
def _types() -> tuple[tuple[str, re.Pattern | None, re.Pattern | None], ...]:
    """Each type with what stands before the name and what behind it."""
    between = read_toml(RULES)["between"]["pattern"]
    return tuple(
        (
            rule["name"],
            data_pattern(RULES, f"(?=({rule['before']}){between}$)") if "before" in rule else None,
            data_pattern(RULES, f"(?:{rule['after']})") if "after" in rule else None,
        )
        for rule in read_toml(RULES)["type"]
    )


def references(clauses: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """One row a time that a text names another document, in reading order.

    ``doc_id, clause_id``, ``title`` and ``doc_number`` as written (either may be missing),
    ``type``: repeals, amends, issued, implements, based_on, or mentions where the wording says
    none of these; ``target_doc_id`` the document of the corpus that it is, found by its number,
    else by its whole title; missing where it is none of the corpus, or may be several.
    ``quote`` is the sentence, ``char_start, char_end`` the name in the raw text. What a text says
    of itself is left out.
    """
    clauses = checked(clauses, "clauses")
    known = _Known(corpus)
    rows = [
        found
        for row in clauses[clauses["role"].isin(CONTENT)].itertuples()
        if row.role != "title"
        for found in _rows(row, known)
    ]
    table = pd.DataFrame(rows, columns=list(columns_of("references")))
    return order_documents(table, corpus)


def _rows(row: Any, known: "_Known") -> Iterator[tuple]:
    folded = fold_width(row.text)
    original = Original(row.text, row.cuts, row.char_start)
    for named in _named(folded):
        title, number = (row.text[a:b] or None for a, b in _spans(folded, named))
        target = known.find(named)
        if target == row.doc_id:
            continue
        start, end = _sentence(folded, named)
        yield (
            row.doc_id, row.clause_id, title, number, _type_of(folded, named), target,
            row.text[start:end].strip(), original.place(named.start),
            original.place(named.end - 1) + 1,
        )  # fmt: skip


def _named(folded: str) -> Iterator[Named]:
    """The documents named in a text, a number with the title that it stands behind."""
    done = 0
    titles = [(m, True) for m in _pattern("title").finditer(folded)]
    numbers = [(m, False) for m in _pattern("number").finditer(folded)]
    for match, titled in sorted(titles + numbers, key=lambda pair: pair[0].start()):
        if match.start() < done:
            continue
        if titled:
            behind = re.compile(r"\s*\(" + _pattern("number").pattern).match(folded, match.end())
            end = behind.end() + (folded[behind.end() : behind.end() + 1] == ")") if behind else 0
            number = behind["number"] if behind else ""
            yield Named(match.start(), max(end, match.end()), match["title"], number)
            done = max(end, match.end())
        else:
            lead = _pattern("number_lead").match(match["number"])
            start = match.start() + (lead.end() if lead else 0)
            yield Named(start, match.end(), "", folded[start : match.end()])
            done = match.end()


def _spans(folded: str, named: Named) -> list[tuple[int, int]]:
    """Where title and number stand; empty spans for what is not there."""
    spans = []
    for words in (named.title, named.number):
        at = folded.find(words, named.start, named.end) if words else named.start
        spans.append((at, at + len(words)))
    return spans


def _sentence(folded: str, named: Named) -> tuple[int, int]:
    """Where the sentence around a name begins and ends; of an endless one what stands near."""
    near = max(0, named.start - FAR)
    start = max(folded.rfind(sign, near, named.start) + 1 for sign in SENTENCE)
    stops = (folded.find(sign, named.end, named.end + FAR) for sign in SENTENCE)
    stop = min((at + 1 for at in stops if at >= 0), default=named.end + FAR)
    return max(start, near), min(stop, len(folded))


def _type_of(folded: str, named: Named) -> str:
    """What the wording says of the document; mentions where it says nothing."""
    start, end = _sentence(folded, named)
    before, after = folded[max(start, named.start - 160) : named.start], folded[named.end : end]
    after = re.sub(r"^(?:[、和及与]?《[^《》]*》(?:\([^()]*\))?)*", "", after)
    said: list[tuple[tuple[int, int], str]] = []
    for name, lead, follows in _types():
        if follows and follows.match(after):
            return name
        said += [((m.end(1), -m.start()), name) for m in lead.finditer(before)] if lead else []
    return max(said)[1] if said else "mentions"  # the word nearest to the name, the longer one


# --- which of the corpus ------------------------------------------------------------------------


class _Known:
    """The documents of a corpus by their numbers and by the forms of their titles."""

    def __init__(self, corpus: Corpus):
        pairs = [(plain_number(d.doc_number or ""), d.doc_id) for d in corpus.documents]
        self.numbers = _single(pairs)
        self.titles = _single((form, d.doc_id) for d in corpus.documents for form in _forms(d))

    def find(self, named: Named) -> str | None:
        """The one document that a name is; None for none or several."""
        by_number = self.numbers.get(plain_number(named.number)) if named.number else None
        return by_number or self.titles.get(plain_title(named.title))


def _single(pairs: Any) -> dict[str, str]:
    """Keys that stand for one document only."""
    found: dict[str, set[str]] = {}
    for key, doc_id in pairs:
        if key:
            found.setdefault(key, set()).add(doc_id)
    return {key: next(iter(ids)) for key, ids in found.items() if len(ids) == 1}


def _forms(document: Document) -> Iterator[str]:
    """The title, and the name of what a notice sends out."""
    title = plain_title(document.title or "")
    yield title
    if sent := _pattern("wrapper").match(title):
        yield sent["inner"]


def plain_title(title: str) -> str:
    """A title in one form: no white space, one width, no 《》.

    >>> plain_title("《甲市 专利条例（试行）》")
    '甲市专利条例(试行)'
    """
    return re.sub(r"[\s《》〈〉]", "", fold_width(title))


# --- the graph -----------------------------------------------------------------------------------


def reference_edges(found: pd.DataFrame) -> pd.DataFrame:
    """One row a text, a document that it names and a type: ``doc_id, target, type, n``.

    ``target`` is a doc_id of the corpus, else the title, else the number; ``n`` how often. The
    rows that say more than that they mention it stand first in each text.
    """
    target = found["target_doc_id"].fillna(found["title"]).fillna(found["doc_number"])
    pairs = zip(found["doc_id"].astype(str), target, found["type"], strict=True)
    rows = [(*key, n) for key, n in Counter(pairs).items()]
    table = pd.DataFrame(rows, columns=["doc_id", "target", "type", "n"])
    order = {doc_id: n for n, doc_id in enumerate(found["doc_id"].cat.categories)}
    keys = table.assign(at=table["doc_id"].map(order), said=table["type"].eq("mentions"))
    return table.loc[keys.sort_values(["at", "said"], kind="stable").index].reset_index(drop=True)


def write_references(found: pd.DataFrame, corpus: Corpus, folder: Path | str) -> list[Path]:
    """Write ``nodes.csv``, ``edges.csv`` and ``references.graphml`` (Gephi, yEd, R read it).

    Nodes are the texts of the corpus and every other document that they name.
    """
    folder, edges = Path(folder), reference_edges(found)
    names = {d.doc_id: d.title or d.doc_id for d in corpus.documents}
    nodes = {**names, **{t: t for t in edges["target"] if t not in names}}
    rows = [(id, label, str(id in names).lower()) for id, label in nodes.items()]
    files = {
        "nodes.csv": [("id", "label", "in_corpus"), *rows],
        "edges.csv": [("source", "target", "type", "n"), *edges.itertuples(index=False)],
    }
    for name, lines in files.items():
        text = "".join(csv_line(map(str, line)) for line in lines)
        write_whole(folder / name, text.encode("utf-8-sig"))
    write_whole(folder / "references.graphml", _graphml(rows, edges))
    return [folder / name for name in (*files, "references.graphml")]


def _graphml(nodes: list[tuple[str, str, str]], edges: pd.DataFrame) -> bytes:
    root = ElementTree.Element("graphml", xmlns=GRAPHML)
    for id, of, kind in (
        ("label", "node", "string"), ("in_corpus", "node", "boolean"),
        ("type", "edge", "string"), ("n", "edge", "int"),
    ):  # fmt: skip
        about = {"id": id, "for": of, "attr.name": id, "attr.type": kind}
        ElementTree.SubElement(root, "key", about)
    graph = ElementTree.SubElement(root, "graph", edgedefault="directed")
    for id, label, inside in nodes:
        node = ElementTree.SubElement(graph, "node", id=id)
        _data(node, label=label, in_corpus=inside)
    for edge in edges.itertuples():
        line = ElementTree.SubElement(graph, "edge", source=edge.doc_id, target=edge.target)
        _data(line, type=edge.type, n=str(edge.n))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _data(element: ElementTree.Element, **values: str) -> None:
    for key, value in values.items():
        ElementTree.SubElement(element, "data", key=key).text = value
