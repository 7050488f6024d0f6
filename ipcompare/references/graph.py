"""Who names what: one edge a text, document and type, and files that network programs open."""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pandas as pd

from ipcompare.corpus import Corpus
from ipcompare.frames import checked, columns_of, order_documents, same_documents
from ipcompare.placing import write_whole
from ipcompare.references.resolving import named, plain_number, says_office
from ipcompare.text import printable

EDGE_COLUMNS = columns_of("edges")
_XMLNS = "http://graphml.graphdrawing.org/xmlns"
# The fields of nodes and edges in GraphML, with their types. A column "type" would be taken by
# Gephi for directed or undirected.
_FIELDS = {
    "node": {"label": "string", "doc_number": "string", "in_corpus": "boolean", "n_texts": "int"},
    "edge": {"relation": "string", "n": "int"},
}


def edges(references: pd.DataFrame) -> pd.DataFrame:
    """One row a text, a document that it names and a type: ``n`` says how often.

    A document outside the corpus is told by its number, else by office and name without brackets,
    quotation marks and （试行）. A name without number is the document of the one number that the
    table has with this name; where it has two, it stands for itself. ``title`` and ``doc_number``
    are those of the first reference that has them. Rows by text, in the order of first mention.
    """
    references = checked(references, "references")
    documents = _documents(references)
    about = _about(references, documents)
    counted: dict[tuple, int] = {}
    for edge in zip(references["doc_id"], documents, references["type"], strict=True):
        counted[edge] = counted.get(edge, 0) + 1
    rows = [(doc_id, *about[name], kind, n) for (doc_id, name, kind), n in counted.items()]
    frame = pd.DataFrame(rows, columns=list(EDGE_COLUMNS))
    texts = ("target_doc_id", "title", "doc_number", "type")
    frame = frame.astype(dict.fromkeys(texts, "str") | {"n": int})
    return same_documents(frame, references)


def _documents(references: pd.DataFrame) -> list[str]:
    """The document of each row, in a form that is equal where the document is the same."""
    plain = [_plain(row) for row in references.itertuples(index=False)]
    numbers: dict[str, set[str]] = {}
    for _, number, name in plain:
        if number and name:
            numbers.setdefault(name, set()).add(number)
    found = []
    for target, number, name in plain:
        one = numbers.get(name, set())
        number = number or (next(iter(one)) if len(one) == 1 else "")
        found.append(target and f"corpus {target}" or number or name)
    return found


def _plain(row: Any) -> tuple[str, str, str]:
    """Target, number and name of a row as they are compared; empty where there is none."""
    target, number, title = (
        value if isinstance(value, str) else ""
        for value in (row.target_doc_id, row.doc_number, row.title)
    )
    number = plain_number(number)
    if title and not says_office(number):
        number = ""  # 第3号 beside a name may be anybody's
    return target, number, "《" + " ".join(named(title)) if title else ""


def _about(references: pd.DataFrame, documents: list[str]) -> dict[str, tuple]:
    """The id in the corpus, title and number of each document; None for what no row has."""
    first = references[["target_doc_id", "title", "doc_number"]].groupby(documents).first()
    values = first.astype(object).where(first.notna(), None)
    return dict(zip(values.index, values.itertuples(index=False, name=None), strict=True))


# --- files --------------------------------------------------------------------------------------


def write_graph(references: pd.DataFrame, corpus: Corpus, folder: Path | str) -> tuple[Path, ...]:
    """Write ``nodes.csv``, ``edges.csv`` and ``references.graphml``; return their paths.

    A node is a text of the corpus (its id is the doc_id), whether it names another or not, or a
    document that one names; ``n_texts`` says how many texts name it. An edge leads from the text
    to the document it names, with the type as ``relation``. Gephi, Cytoscape and igraph read all
    three; the CSV files are UTF-8 with BOM, so that Excel shows Chinese. ValueError for a text that
    is not in the corpus.
    """
    folder = Path(folder)
    links = edges(order_documents(references, corpus))
    links = links.assign(target=[_node_id(row) for row in links.itertuples(index=False)])
    nodes = _nodes(links, corpus)
    named_edges = links.rename(columns={"doc_id": "source", "type": "relation"})
    named_edges = named_edges[["source", "target", "relation", "n"]]
    paths = tuple(folder / name for name in ("nodes.csv", "edges.csv", "references.graphml"))
    for frame, path in zip((nodes, named_edges), paths, strict=False):
        text = frame.to_csv(index=False, lineterminator="\n")
        write_whole(path, text.encode("utf-8-sig"))
    write_whole(paths[2], _graphml(nodes, named_edges))
    return paths


def _node_id(row: Any) -> str:
    """The doc_id of a text of the corpus, else name and number of a document."""
    if isinstance(row.target_doc_id, str):
        return row.target_doc_id
    return printable(" ".join(filter(None, [_label(row.title), _known(row.doc_number)])))


def _label(title: object) -> str:
    """A name in 《》; so it is never taken for a formula either."""
    return f"《{printable(title)}》" if isinstance(title, str) and title else ""


def _known(value: object) -> str:
    return value if isinstance(value, str) else ""


def _nodes(links: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """One row a node: the texts in the order of the corpus, then documents as first named."""
    texts = links.groupby("target")["doc_id"].nunique()
    rows = {d.doc_id: (_label(d.title) or d.doc_id, d.doc_number) for d in corpus.documents}
    own = len(rows)
    for row in links.itertuples(index=False):
        number = _known(row.doc_number)
        rows.setdefault(row.target, (_label(row.title) or number, number))
    frame = pd.DataFrame(
        [(id, label, _known(number)) for id, (label, number) in rows.items()],
        columns=["id", "label", "doc_number"],
    )
    named_by = [int(texts.get(id, 0)) for id in rows]
    return frame.assign(in_corpus=[n < own for n in range(len(rows))], n_texts=named_by)


def _graphml(nodes: pd.DataFrame, named_edges: pd.DataFrame) -> bytes:
    """The graph as GraphML, directed, one element a row."""
    root = ET.Element("graphml", {"xmlns": _XMLNS})
    for kind, fields in _FIELDS.items():
        for name, type in fields.items():
            about = {"id": name, "for": kind, "attr.name": name, "attr.type": type}
            ET.SubElement(root, "key", about)
    graph = ET.SubElement(root, "graph", {"id": "references", "edgedefault": "directed"})
    for row in nodes.to_dict("records"):
        _element(graph, "node", {"id": row["id"]}, row)
    for row in named_edges.to_dict("records"):
        _element(graph, "edge", {"source": row["source"], "target": row["target"]}, row)
    ET.indent(root)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _element(graph: ET.Element, kind: str, attributes: dict[str, str], row: dict) -> None:
    """A node or an edge with its fields; an empty one is left out."""
    element = ET.SubElement(graph, kind, attributes)
    for name, type in _FIELDS[kind].items():
        text = str(row[name]).lower() if type == "boolean" else printable(str(row[name]))
        if text:
            ET.SubElement(element, "data", {"key": name}).text = text
