"""The tree of a text's provisions: which stands under which, with path, id and pinpoint."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from ipcompare.clauses.cleaning import paragraphs
from ipcompare.clauses.layout import Paragraph
from ipcompare.clauses.lines import Span
from ipcompare.clauses.numbering import Label
from ipcompare.clauses.roles import Block, blocks
from ipcompare.corpus import Document
from ipcompare.data import data_pattern, read_toml
from ipcompare.text import Kept, fold_width, join_kept

_RULES = "drafting/roles.toml"
_ANNEX = re.compile(r"附(?:件|表|录)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})?")
_POINT = re.compile("[。;:,]")


@dataclass
class Node:
    """One row in the making; residue has no paragraphs."""

    role: str
    start: int
    end: int
    paragraphs: list[Paragraph]
    parent: "Node | None" = None
    leaf: bool = False
    clause_id: str = ""
    path: str | None = None
    depth: int | None = None
    pinpoint: str = ""

    @cached_property
    def kept(self) -> Kept:
        """The clean words, paragraphs separated by a line break."""
        return join_kept([p.kept for p in self.paragraphs], "\n")

    @property
    def label(self) -> str | None:
        label = self.paragraphs[0].label if self.paragraphs else None
        return self.paragraphs[0].text[: label.length] if label else None


@dataclass
class Provision(Node):
    """The row of a numbered provision; its first paragraph opens with the label read."""

    numbering: Label = field(kw_only=True)
    leaf: bool = True
    path: str = ""
    depth: int = 1

    @property
    def label(self) -> str:
        return self.paragraphs[0].text[: self.numbering.length]

    def place_below(self, parent: "Provision | None") -> None:
        """Set what a provision has of the one above it: role, path, depth and pinpoint."""
        label, divides = self.numbering, parent is None or parent.role == "section"
        self.role = "section" if label.section and divides else "clause"
        self.parent = parent
        self.path = f"{parent.path}.{label.number}" if parent else label.number
        self.depth = parent.depth + 1 if parent else 1
        self.pinpoint = (parent.pinpoint if parent and not label.alone else "") + self.label
        if parent:
            parent.leaf = False


def nodes_of(document: Document) -> list[Node]:
    """The rows of one text in reading order, ids and parents set."""
    parts, residue = paragraphs(document.text)
    nodes: list[Node] = []
    open_provisions: list[Provision] = []
    ranks: dict[int, float] = {}
    last: dict[int, str] = {}
    for block in blocks(parts):
        node = _node(block)
        if isinstance(node, Provision):
            _nest(node, open_provisions, ranks, last)
        elif block.role == "table_row" and open_provisions and _interrupts(node, open_provisions):
            node.parent = open_provisions[-1]
        elif block.role in ("title", "annex_title"):
            open_provisions.clear()
        nodes.append(node)
    if not any(isinstance(node, Provision) for node in nodes):
        _unnumbered(nodes)
    nodes += _after_lists(nodes)
    nodes += _residue_nodes(residue, nodes)
    nodes.sort(key=lambda n: (n.start, -n.end))
    _tell_apart(nodes)
    _name(document.doc_id, nodes)
    return nodes


def _unnumbered(nodes: list[Node]) -> None:
    """In a text without any number each paragraph is a provision, but for those that open it."""
    rule = read_toml(_RULES)["unnumbered"]
    opening = data_pattern(_RULES, rule["opening"])
    body = [node for node in nodes if node.role == "preamble"]
    while body and opening.fullmatch(fold_width(body[0].kept.text)):
        body.pop(0)
    if len(body) >= rule["least"]:
        for node in body:
            node.role, node.leaf = "paragraph", True


def _after_lists(nodes: list[Node]) -> list[Node]:
    """What follows a list and belongs to the provision above it, taken from the last item.

    第三条 …应当：｜（一）甲；｜（二）乙。｜符合前款规定的，… is the second paragraph of 第三条.
    """
    lists: dict[int, list[Provision]] = {}
    for node in nodes:
        if isinstance(node, Provision) and isinstance(node.parent, Provision):
            lists.setdefault(id(node.parent), []).append(node)
    return [_taken(items) for items in lists.values() if _ends_before(items)]


def _ends_before(items: list[Provision]) -> bool:
    """Whether items of one sentence, apart by semicolons, are over before their last words."""
    *others, last = items
    ends = [fold_width(item.paragraphs[-1].text)[-1:] for item in others]
    opened = last.parent is not None and fold_width(last.parent.kept.text).endswith(":")
    closed = fold_width(last.paragraphs[0].text).endswith("。") and last.leaf
    return bool(others) and opened and closed and len(last.paragraphs) > 1 and set(ends) <= {";"}


def _taken(items: list[Provision]) -> Node:
    last = items[-1]
    above, rest = last.parent, last.paragraphs[1:]
    last.paragraphs, last.end = last.paragraphs[:1], last.paragraphs[0].end
    node = Node("paragraph", rest[0].start, rest[-1].end, rest, parent=above, leaf=True)
    if isinstance(above, Provision):
        word = read_toml(_RULES)["pinpoint"]["below" if above.numbering.alone else "paragraph"]
        node.pinpoint = above.pinpoint + word.format(n=len(above.paragraphs) + 1)
    return node


def _node(block: Block) -> Node:
    paragraphs = block.paragraphs
    place = paragraphs[0].start, paragraphs[-1].end
    if block.role == "provision" and block.label:
        return Provision(block.role, *place, paragraphs, numbering=block.label)
    return Node(block.role, *place, paragraphs)


def _nest(
    node: Provision,
    open_provisions: list[Provision],
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


def _is_bare(node: Provision) -> bool:
    """Whether a provision is a heading and nothing else."""
    return len(node.paragraphs) == 1 and not _POINT.search(fold_width(node.paragraphs[0].text))


def _rank(node: Provision, ranks: dict[int, float]) -> float:
    return ranks[node.numbering.rank]


def _interrupts(node: Node, open_provisions: list[Provision]) -> bool:
    return node.start < open_provisions[-1].end


def _residue_nodes(residue: list[Span], nodes: list[Node]) -> Iterator[Node]:
    """A node for each piece of residue, under the provision that it interrupts."""
    around: list[Node] = []
    following = 0
    for span in residue:
        while following < len(nodes) and nodes[following].start <= span.start:
            around.append(nodes[following])
            following += 1
        while around and around[-1].end < span.end:
            around.pop()
        yield Node("residue", span.start, span.end, [], parent=around[-1] if around else None)


def _tell_apart(nodes: list[Node]) -> None:
    """A pinpoint that stands twice says which: 附件1 一、 behind an annex title, else （第2处）."""
    word, used, annex = read_toml(_RULES)["pinpoint"]["again"], Counter[str](), ""
    for node in nodes:
        if node.role == "annex_title":
            found = _ANNEX.match(fold_width(node.kept.text))
            annex = node.kept.text[: found.end()] if found else ""
        if not node.pinpoint:
            continue
        own = node.pinpoint
        if annex and used[own]:
            node.pinpoint = f"{annex} {own}"
        used[own] += 1
        if node.pinpoint != own:
            used[node.pinpoint] += 1
        if used[node.pinpoint] > 1:
            node.pinpoint += word.format(n=used[node.pinpoint])


def _name(doc_id: str, nodes: list[Node]) -> None:
    used: dict[str, int] = {}
    for node in nodes:
        base = node.path or node.role
        used[base] = used.get(base, 0) + 1
        if node.path is None:
            node.clause_id = f"{doc_id}#{base}-{used[base]}"
        else:
            node.clause_id = f"{doc_id}#{base}" + (f"~{used[base]}" if used[base] > 1 else "")
