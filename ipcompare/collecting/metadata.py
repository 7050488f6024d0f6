"""What a text says of itself: title, number, issuer, place, date, each with where it is read."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ipcompare import numerals
from ipcompare.clauses import match_label
from ipcompare.collecting.places import place_of
from ipcompare.data import data_pattern, read_toml
from ipcompare.intake import Source
from ipcompare.record import iso_date
from ipcompare.text import fold_width

RULES = "intake/metadata.toml"
HEAD = 25  # lines above the first numbered one in which a text says what it is
TITLE_LINES = 5
WRAPPED = 8  # lines over which a sentence of a PDF may go on
DOCUMENT = re.compile(r"《[^《》]{2,80}》(?:\([^()]{2,24}号\))?")


class Found(NamedTuple):
    """A proposed value and where it was read: ``line 3``, ``page: 发文字号``."""

    value: str
    place: str


class Line(NamedTuple):
    """A line that holds words: its number, its words without spaces, the same in one width."""

    number: int
    words: str
    folded: str

    def found(self, span: tuple[int, int] | None = None) -> Found:
        """The words of the line, or some of them."""
        start, end = span or (0, len(self.words))
        return Found(self.words[start:end], f"line {self.number}")


@dataclass
class Front:
    """The lines of a text: all of them, and those above its first provision."""

    lines: list[Line]
    head: list[Line]


@functools.cache
def _pattern(name: str) -> re.Pattern:
    return data_pattern(RULES, read_toml(RULES)[name]["pattern"])


def propose(source: Source) -> dict[str, Found]:
    """The columns of documents.csv that a file lets one fill in; what it does not say is absent.

    ``title``, ``doc_number``, ``issuer``, ``jurisdiction``, ``level``, ``province``, ``adcode``,
    ``date_issued``, ``horizon_year``, ``validity``, ``implements``, ``url``.

    >>> text = "关于加快发展的意见\\n鹤政〔2021〕3号\\n一、目标\\n鹤壁市人民政府\\n2021年3月5日"
    >>> found = propose(Source(text, "text"))
    >>> found["doc_number"], found["date_issued"].value, found["adcode"].value
    (Found(value='鹤政〔2021〕3号', place='line 2'), '2021-03-05', '410600')
    """
    front = _front(source.text)
    found: dict[str, Found] = {}
    readers = (_title, _number, _signed, _adopted, _issued_in_head, _dated_in_head)
    for reader in readers:  # the first that says a thing is believed
        for column, value in reader(front, found):
            found.setdefault(column, value)
    for column, value in _said(source.said):
        found.setdefault(column, value)
    for reader in (_horizon, _validity, _implements, _place):
        found |= dict(reader(front, found))
    if "issuer" in found:
        found["issuer"] = Found(_apart(found["issuer"].value), found["issuer"].place)
    return found


def _apart(issuer: str) -> str:
    """Several issuers in a row with 、 between them.

    >>> _apart("鹤壁市科学技术局鹤壁市财政局"), _apart("鹤壁市人民政府办公室")
    ('鹤壁市科学技术局、鹤壁市财政局', '鹤壁市人民政府办公室')
    """
    for end in re.finditer(r"(?<=[局厅委部院办室])(?![、和及])", issuer):
        rest = issuer[end.end() :]
        if len(rest) > 3 and place_of(rest) is not None:
            return issuer[: end.end()] + "、" + _apart(rest)
    return issuer


def _front(text: str) -> Front:
    lines = []
    for number, raw in enumerate(text.splitlines(), 1):
        words = re.sub(r"[\s\ufeff\u200b]", "", raw.lstrip("#"))
        if words:
            lines.append(Line(number, words, fold_width(words)))
    first = next((n for n, line in enumerate(lines) if match_label(line.folded)), len(lines))
    return Front(lines, lines[: min(first, HEAD)])


# --- title ------------------------------------------------------------------------------------


def _title(front: Front, found: dict[str, Found]) -> Iterator[tuple[str, Found]]:
    """The first lines of the head that read as a title; one that names its issuer goes before."""
    titles = [_joined(lines) for lines in _titles(front.head)]
    issued = (t for t in titles if _pattern("issuer_in_title").match(fold_width(t.value)))
    if title := next(issued, titles[0] if titles else None):
        yield "title", title


def _titles(head: list[Line]) -> Iterator[list[Line]]:
    """The lines of each title in the head, with the issuer above them."""
    done = 0
    for n in range(len(head)):
        for last in range(n + 1, min(n + TITLE_LINES, len(head)) + 1):
            if n >= done and _is_title(head[n:last]):
                yield _with_issuer(head, n, head[n:last])
                done = last


def _is_title(lines: list[Line]) -> bool:
    folded = "".join(line.folded for line in lines)
    apart = any(
        _pattern(name).fullmatch(line.folded)
        for line in lines
        for name in ("no_title", "number", "date", "issuer_in_letterhead")
    )
    issuer_only = len(lines) == 1 and _pattern("title_issuer").fullmatch(folded)
    return bool(_pattern("title").fullmatch(folded)) and not apart and not issuer_only


def _with_issuer(head: list[Line], n: int, lines: list[Line]) -> list[Line]:
    """关于… goes on from the name of the issuer on the line above it."""
    goes_on = lines[0].folded.startswith(("关于", "印发", "转发")) and n > 0
    above = goes_on and _pattern("title_issuer").fullmatch(head[n - 1].folded)
    return [head[n - 1], *lines] if above else lines


def _joined(lines: list[Line]) -> Found:
    first, last = lines[0].number, lines[-1].number
    place = f"line {first}" if first == last else f"lines {first}–{last}"
    return Found("".join(line.words for line in lines), place)


# --- number, issuer, date ---------------------------------------------------------------------


def _number(front: Front, found: dict[str, Found]) -> Iterator[tuple[str, Found]]:
    for line in front.head:
        if match := _pattern("number").fullmatch(line.folded):
            group = "number" if match["number"] else "order"
            yield "doc_number", line.found(match.span(group))
            return


def _signed(front: Front, found: dict[str, Found]) -> Iterator[tuple[str, Found]]:
    """The first line that is an issuer with a date behind it, or above one."""
    for n, line in enumerate(front.lines):
        match = _pattern("issuer_signs").fullmatch(line.folded)
        if not match:
            continue
        below = front.lines[n + 1] if n + 1 < len(front.lines) else None
        dated = _pattern("date").fullmatch(below.folded) if below else None
        if match["date"] or dated:
            yield "issuer", line.found(match.span("issuer"))
        if match["date"]:
            yield from _dated(match["date"], line)
            return
        if dated and below:
            yield from _dated(dated["date"], below)
            return


def _adopted(front: Front, found: dict[str, Found]) -> Iterator[tuple[str, Found]]:
    """A regulation says under its title which people's congress adopted it, and when."""
    for line in front.head:
        if match := _pattern("adopted").fullmatch(line.folded):
            name = match["issuer"] + "人民代表大会" + (match["standing"] or "")
            yield "issuer", Found(name, f"line {line.number}")
            yield from _dated(match["date"], line)
            return


def _issued_in_head(front: Front, found: dict[str, Found]) -> Iterator[tuple[str, Found]]:
    """The issuer with which the title begins, or that of the letterhead."""
    title, place = found.get("title", Found("", ""))
    if match := _pattern("issuer_in_title").match(fold_width(title)):
        yield "issuer", Found(title[slice(*match.span("issuer"))], place)
    for line in front.head:
        if match := _pattern("issuer_in_letterhead").fullmatch(line.folded):
            yield "issuer", line.found(match.span("issuer"))


def _dated_in_head(front: Front, found: dict[str, Found]) -> Iterator[tuple[str, Found]]:
    for line in front.head:
        if match := _pattern("date").fullmatch(line.folded):
            yield from _dated(match["date"], line)
            return


def _dated(said: str, line: Line) -> Iterator[tuple[str, Found]]:
    """A date as proposed; nothing for one that no calendar has."""
    if date := _iso(said):
        yield "date_issued", Found(date, f"line {line.number}")


def _iso(said: str) -> str:
    """A date as written in ISO 8601; empty for one that no calendar has.

    >>> _iso("2021年3月5日"), _iso("二〇一七年九月三十日"), _iso("2021年13月5日")
    ('2021-03-05', '2017-09-30', '')
    """
    parts = re.findall(r"\d+|[〇零一二三四五六七八九十]+", said)
    return iso_date("-".join(str(int(numerals.value(part))) for part in parts[:3])) or ""


# --- what else the words say ---------------------------------------------------------------------


def _horizon(front: Front, found: dict[str, Found]) -> Iterator[tuple[str, Found]]:
    """The last year of a plan by its title, else the one year that its goals are set for."""
    title, place = found.get("title", Found("", ""))
    folded = fold_width(title)
    if years := re.search(r"(?:19|20)\d\d年?(?:[-~至到]{1,2})((?:19|20)\d\d)", folded):
        yield "horizon_year", Found(years[1], place)
        return
    plans = read_toml(RULES)["plan_years"]
    if plan := re.search("|".join(sorted(plans, key=len, reverse=True)), folded):
        yield "horizon_year", Found(str(plans[plan[0]]), f"{place}: {plan[0]}")
        return
    heading = next((n for n, x in enumerate(front.lines) if _of_goals(x.folded)), None)
    goals = front.lines[heading : heading + 6] if heading is not None else []
    due = re.compile(r"到(20\d\d)年")
    years_due = {(year, line.number) for line in goals for year in due.findall(line.folded)}
    if len({year for year, _ in years_due}) == 1:
        year, number = min(years_due, key=lambda pair: pair[1])
        yield "horizon_year", Found(year, f"line {number}")


def _of_goals(folded: str) -> bool:
    return bool(match_label(folded) and re.search("目标", folded[:20]))


def _validity(front: Front, found: dict[str, Found]) -> Iterator[tuple[str, Found]]:
    """The last words of a text on how long it is in force."""
    for line in reversed(front.lines):
        if match := _pattern("validity").search(line.folded):
            yield "validity", line.found(match.span())
            return


def _implements(front: Front, found: dict[str, Found]) -> Iterator[tuple[str, Found]]:
    """The documents that the opening words say it is made after, as written."""
    title = found.get("title", Found("", "")).value
    below_title = (n for n, line in enumerate(front.head) if line.words not in title)
    for n in below_title:
        line = front.head[n]
        words = "".join(below.words for below in front.head[n : n + WRAPPED])
        match = _pattern("implements").search(fold_width(words))
        if match and match.start() < len(line.words):
            stop = fold_width(words).find("。", match.end())
            sentence = fold_width(words)[: stop if stop > 0 else None]
            spans = (m.span() for m in DOCUMENT.finditer(sentence, match.start()))
            own = {f"《{title}》", f"《{title.partition('关于印发')[2].removesuffix('的通知')}》"}
            named = "；".join(w for span in spans if (w := words[slice(*span)]) not in own)
            if named:
                yield "implements", Found(named, f"line {line.number}")
                return


def _said(said: dict[str, str]) -> Iterator[tuple[str, Found]]:
    """What the page or the file says in fields of its own."""
    names = read_toml("intake/web.toml")["fields"]
    for column in ("title", "doc_number", "issuer", "date_issued", "url", "validity"):
        for name in names[column]:
            value = _cleaned(column, said.get(name, ""))
            if value:
                yield column, Found(value, f"page: {name}")
                break


def _cleaned(column: str, value: str) -> str:
    """A field's value in our form; empty where it has none."""
    value = " ".join(value.split())
    if column == "title":
        return re.split(r"\s*[_|]\s*|\s+[-—]\s+", value)[0]
    if column == "date_issued":
        date = re.match(r"\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}", value)
        return _iso(date[0]) if date else ""
    if column == "url":
        return value if value.startswith(("http://", "https://")) else ""
    return value


def _place(front: Front, found: dict[str, Found]) -> Iterator[tuple[str, Found]]:
    """The place of the issuer, else the place with which the title begins."""
    near = "".join(line.words for line in front.head)
    for column in ("issuer", "title"):
        if column in found and (place := place_of(found[column].value, near)):
            where = f"{column}, {found[column].place}"
            values = (
                ("jurisdiction", place.name), ("level", place.level),
                ("province", place.province), ("adcode", place.adcode),
            )  # fmt: skip
            yield from ((name, Found(value, where)) for name, value in values if value)
            return
