"""HTML: the text of a government's page without menus, counters and buttons; tables as rows."""

import functools
import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree, html

from ipcompare.data import read_toml
from ipcompare.intake.plain import decoded
from ipcompare.intake.sources import Source, SourceError
from ipcompare.text import fold_width

RULES = "intake/web.toml"
BLOCKS = frozenset(
    "address article blockquote body center dd div dl dt fieldset figcaption figure h1 h2 h3 h4 h5"
    " h6 hr html li main ol p pre section table tbody td tfoot th thead tr ul".split()
)
CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.I)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
SENTENCE = re.compile("[。；，]")
MOST = 0.85  # of the words of a page that its text holds
DEEPEST = 200  # levels of elements within each other that are read


def read(data: bytes, name: str, encoding: str | None = None) -> Source:
    """The main text of a page: the smallest element with nearly all sentences of the page.

    What is left out stands apart with the reason; fields of the page (发文字号, PubDate) are said.
    """
    text, used = decoded(data, name, encoding or _declared(data))
    root = _tree(text, name)
    said = dict(_meta(root))
    apart = list(_strip(root))
    main = _main(root)
    said |= _table_fields(root, main)
    lines: list[str] = []
    apart += [("outside", line) for line in _outside(root, main)]
    for line in _lines(main):
        kind = _residue(line)
        if kind:
            apart.append((kind, line))
            said |= _fields_in(line)
        elif lines[-1:] == [line]:
            apart.append(("repeated", line))  # the title above the text and within it
        else:
            lines.append(line)
    return Source("\n".join(lines) + "\n", "html", used, apart=apart, said=said)


# --- the tree ---------------------------------------------------------------------------------


def _declared(data: bytes) -> str | None:
    """The encoding a page declares; gb2312 and gbk are read as their superset."""
    found = CHARSET.search(data[:4096])
    if not found or data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return None
    said = found[1].decode("ascii").lower()
    if said in ("utf-8", "utf8"):
        return None
    return {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}.get(said, said)


def _tree(text: str, name: str) -> etree._Element:
    parser = html.HTMLParser(no_network=True, huge_tree=True, recover=True, remove_comments=True)
    try:
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", text), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(f"{name}: is no readable HTML ({error}); save the page again") from error
    if any("depth" in error.message for error in parser.error_log):
        raise SourceError(f"{name}: its elements are nested too deep to be read; copy its text")
    return root


def _strip(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Take out what holds no text of the document; each with its words."""
    rules = read_toml(RULES)
    tags = set(rules["tags"])
    for element in list(root.iter(etree.Element)):
        kind = "hidden" if HIDDEN.search(element.get("style", "")) else ""
        kind = kind or (element.tag if element.tag in tags else "")
        marks = f"{element.get('class', '')} {element.get('id', '')}".lower()
        kind = kind or next(
            (b["name"] for b in rules["block"] if re.search(b["pattern"], marks)), ""
        )
        if not kind or element.getparent() is None or element.tag in ("body", "html"):
            continue
        words = " ".join(element.text_content().split())
        if kind not in tags and len(SENTENCE.findall(words)) > 20:
            continue  # a class by chance: it holds the text itself
        if words and element.tag not in ("script", "style", "noscript", "template"):
            yield kind if kind not in tags else "menu", words
        element.drop_tree()


def _main(root: etree._Element) -> etree._Element:
    """The smallest element that holds nearly all words of the page that stand in sentences."""
    body = root.find(".//body")
    element = body if body is not None else root
    weights = _weights(element)
    whole = weights[element]
    while whole:
        nearer = max(element, key=lambda child: weights.get(child, 0), default=None)
        if nearer is None or weights.get(nearer, 0) < MOST * whole or nearer.tag in ("p", "span"):
            return element
        element = nearer
    return element


def _weights(root: etree._Element) -> dict[etree._Element, int]:
    """Of each element how many characters stand in it in sentences outside links."""
    weights: dict[etree._Element, int] = {}
    for element in reversed(list(root.iter(etree.Element))):
        own = 0 if element.tag == "a" else _weight(element.text)
        own += sum(weights[child] + _weight(child.tail) for child in element if child in weights)
        weights[element] = 0 if element.tag == "a" else own
    return weights


def _weight(words: str | None) -> int:
    return len(words) if words and SENTENCE.search(words) else 0


def _outside(root: etree._Element, main: etree._Element) -> list[str]:
    """The lines of a page that do not stand in its text."""
    body = root.find(".//body")
    inside = Counter(_lines(main))
    lines = []
    for line in _lines(body if body is not None else root):
        if inside[line]:
            inside[line] -= 1
        else:
            lines.append(line)
    return lines


# --- lines ------------------------------------------------------------------------------------


def _lines(main: etree._Element) -> list[str]:
    """The lines that a reader sees, without empty ones."""
    pieces: list[str] = []
    _walk(main, pieces, 0)
    lines = (re.sub(r"[ \xa0]+", " ", line).strip(" ") for line in "".join(pieces).split("\n"))
    return [line for line in lines if line.strip()]


def _walk(element: etree._Element, pieces: list[str], depth: int) -> None:
    if depth > DEEPEST:
        pieces.append(" ".join(element.text_content().split()))
        return
    block = element.tag in BLOCKS
    if element.tag == "table" and _has_data(element):
        pieces += ["\n", *(f"{row}\n" for row in _rows(element))]
        return
    pieces.append("\n" if block or element.tag == "br" else "")
    pieces.append(_plain(element.text, element))
    for child in element:
        if isinstance(child.tag, str):
            _walk(child, pieces, depth + 1)
        pieces.append(_plain(child.tail, element))
    pieces.append("\n" if block else "")


def _plain(words: str | None, element: etree._Element) -> str:
    if not words:
        return ""
    return words if element.tag == "pre" else re.sub(r"[ \t\r\n\xa0]+", " ", words)


def _has_data(table: etree._Element) -> bool:
    """Whether a table holds cells, not the layout of a page: short cells, no table in it."""
    if table.find(".//table") is not None:
        return False
    cells = [len(cell.text_content()) for cell in table.iter("td", "th")]
    rows = [row for row in table.iter("tr") if len(row) > 1]
    return bool(rows) and max(cells, default=0) <= 1500


def _rows(table: etree._Element) -> Iterator[str]:
    """A line a row, cells apart by tabs; a cell over several rows or columns has empty ones."""
    below: dict[int, int] = {}  # column: rows that a cell above still covers
    for row in table.iter("tr"):
        cells: list[str] = []
        for cell in (c for c in row if c.tag in ("td", "th")):
            _covered(cells, below)
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            words = " ".join(" ".join(cell.itertext()).split()) if len(cell) else cell.text or ""
            words = re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", " ".join(words.split()))
            for n in range(wide):
                if high > 1:
                    below[len(cells)] = high - 1
                cells.append("" if n else words)
        _covered(cells, below)
        if any(cells):
            yield "\t".join(cells)


def _covered(cells: list[str], below: dict[int, int]) -> None:
    while below.get(len(cells), 0) > 0:
        below[len(cells)] -= 1
        cells.append("")


def _span(cell: etree._Element, name: str) -> int:
    said = (cell.get(name) or "1").strip()
    return min(int(said), 64) if said.isdigit() and said.isascii() and int(said) else 1


# --- what a page says of itself ------------------------------------------------------------------


@functools.cache
def _line_rules() -> tuple[tuple[str, re.Pattern, re.Pattern | None], ...]:
    rules = read_toml(RULES)["line"]
    return tuple(
        (r["name"], re.compile(r["pattern"]), re.compile(r["needs"]) if "needs" in r else None)
        for r in rules
    )


def _residue(line: str) -> str:
    """What a line of a page is that is none of the document; empty for its text."""
    folded = fold_width(line).strip()
    for name, pattern, needs in _line_rules():
        if pattern.fullmatch(folded) and (needs is None or needs.search(folded)):
            return name
    return ""


def _meta(root: etree._Element) -> Iterator[tuple[str, str]]:
    for element in root.iter("meta"):
        name = element.get("name") or element.get("property") or ""
        if name and (element.get("content") or "").strip():
            yield name.lower(), element.get("content").strip()
    for element in root.iter("link"):
        if element.get("rel") == "canonical" and element.get("href"):
            yield "canonical", element.get("href").strip()
    for title in root.iter("title"):
        if (title.text or "").strip():
            yield "title", " ".join(title.text.split())


def _table_fields(root: etree._Element, main: etree._Element) -> dict[str, str]:
    """发文字号: 某政发〔2020〕12号 in the cells of a table that is no part of the text."""
    said: dict[str, str] = {}
    inside = set(main.iter("td", "th"))
    for table in root.iter("table"):
        cells = [
            " ".join(c.text_content().split()) for c in table.iter("td", "th") if c not in inside
        ]
        for name, value in zip(cells, cells[1:], strict=False):
            key = re.sub(r"[\s:：]", "", name)
            if key in _names() and value and len(value) < 120:
                said.setdefault(key, value)
    return said


def _fields_in(line: str) -> dict[str, str]:
    """发布日期：2020-06-05　来源：办公室 → each field of such a line."""
    found = re.findall(r"([\u4e00-\u9fff]{2,6})[:：]\s*([^\s:：]{2,40}(?: \d{1,2}:\d{2})?)", line)
    return {name: value for name, value in found if name in _names()}


@functools.cache
def _names() -> frozenset[str]:
    return frozenset(name for names in read_toml(RULES)["fields"].values() for name in names)
