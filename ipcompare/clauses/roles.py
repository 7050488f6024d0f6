"""What each paragraph is: front matter, a provision or its continuation, back matter, a table."""

import functools
import re
from dataclasses import dataclass

from ipcompare.clauses.layout import Paragraph
from ipcompare.clauses.numbering import Label
from ipcompare.data import data_pattern, data_patterns, read_toml
from ipcompare.text import fold_width

_RULES = "drafting/roles.toml"

_UNFINISHED = re.compile(r"[^。!?;:,]$")
_LIST = re.compile(r"(?:附件?|注)[:、]1[.、]")


@dataclass
class Block:
    """Consecutive paragraphs under one role; a provision has its label."""

    role: str
    paragraphs: list[Paragraph]
    label: Label | None = None


@functools.cache
def _table(name: str) -> tuple[tuple[str, re.Pattern, re.Pattern | None], ...]:
    entries = read_toml(_RULES)[name]
    compiled = []
    for entry in entries:
        unless = data_pattern(_RULES, entry["unless"]) if "unless" in entry else None
        compiled.append((entry["name"], data_pattern(_RULES, entry["pattern"]), unless))
    return tuple(compiled)


@functools.cache
def _single(name: str) -> re.Pattern:
    return data_pattern(_RULES, read_toml(_RULES)[name]["pattern"])


def _is_title(folded: str) -> bool:
    return any(p.fullmatch(folded) for _, p in data_patterns(_RULES, "kinds"))


def _named(table: str, folded: str) -> str | None:
    for name, pattern, unless in _table(table):
        if pattern.fullmatch(folded) and not (unless and unless.search(folded)):
            return name
    return None


class _Reader:
    """Walks the paragraphs once; `state` is front, body, annex or imprint."""

    def __init__(self, paragraphs: list[Paragraph]) -> None:
        self.folded = [fold_width(p.text) for p in paragraphs]
        self.paragraphs = paragraphs
        self.state = "front"
        self.listed = 0  # the last number of a list behind 附件: or 注:
        self.blocks: list[Block] = []
        self.provision: Block | None = None  # to which unnumbered paragraphs belong

    def run(self) -> list[Block]:
        for i, paragraph in enumerate(self.paragraphs):
            listed = self._lists_on(i, paragraph.label)
            if paragraph.contents:
                self._add("contents", paragraph, join=True)
            elif paragraph.cells:
                self._add("table_row", paragraph)
            elif paragraph.label and not listed:
                self._add("provision", paragraph)
                self.state = "body"
            else:
                self._unlabelled(i, paragraph)
        return self.blocks

    def _add(self, role: str, paragraph: Paragraph, *, join: bool = False) -> None:
        if join and self.blocks and self.blocks[-1].role == role:
            self.blocks[-1].paragraphs.append(paragraph)
        else:
            self.blocks.append(Block(role, [paragraph], paragraph.label))
        if role != "table_row":
            self.provision = self.blocks[-1] if role == "provision" else None

    def _lists_on(self, i: int, label: Label | None) -> bool:
        """附件:1.甲表｜2.乙表 and 注:1.…｜2.…: the second line is no provision."""
        follows = label and label.level == "1." and int(label.number) == self.listed + 1 > 1
        if _LIST.match(self.folded[i]):
            self.listed = 1
        else:
            self.listed = self.listed + 1 if follows else 0
        return bool(follows)

    def _unlabelled(self, i: int, paragraph: Paragraph) -> None:
        back = self._back_role(i)
        if back:
            join = back == "imprint" and self._issued_by(i - 1)
            self._add(back, paragraph, join=join)
            self.state = self._after(back, i)
        elif self.state == "imprint":
            self._add("imprint", paragraph, join=True)
        elif self.state == "annex":
            self._annex(i, paragraph)
        elif self.state == "front" or not self._continue_provision(paragraph):
            self._front(i, paragraph)

    def _after(self, back: str, i: int) -> str:
        """A text may follow a signature or (此件公开发布); after 抄送: the imprint goes on."""
        if back == "annex_title":
            return "annex"
        front = back in ("signature", "title") or self.folded[i][0] == "("
        return "front" if front else "imprint"

    def _back_role(self, i: int) -> str | None:
        role = _named("back", self.folded[i])
        if role is None and _single("issuer").fullmatch(self.folded[i]):
            for following in self.folded[i + 1 : i + 4]:
                role = _named("back", following)
                if role or not _single("issuer").fullmatch(following):
                    break
        return role if role != "annex_title" or _named("back", self.folded[i]) else None

    def _issued_by(self, i: int) -> bool:
        """Whether paragraph i is the issuing office above a date of printing."""
        return i >= 0 and bool(_single("issuer").fullmatch(self.folded[i]))

    def _annex(self, i: int, paragraph: Paragraph) -> None:
        if _is_title(self.folded[i]) and not paragraph.label:
            self.state = "front"
            self._add("title", paragraph)
        elif _UNFINISHED.search(self.folded[i]) or paragraph.label:
            self._add("annex_title", paragraph, join=True)
        else:
            self._add("preamble", paragraph)

    def _continue_provision(self, paragraph: Paragraph) -> bool:
        """A provision's own unnumbered paragraphs belong to it, also after a table inside it."""
        if self.provision:
            self.provision.paragraphs.append(paragraph)
        return bool(self.provision)

    def _front(self, i: int, paragraph: Paragraph) -> None:
        role = _named("front", self.folded[i])
        if role is None and self._signs_title(i):
            role = "signature"
        if role is None:
            titled = _UNFINISHED.search(self.folded[i]) and "," not in self.folded[i]
            role = "title" if titled else "preamble"
        self._add(role, paragraph, join=role == "title")

    def _signs_title(self, i: int) -> bool:
        """An issuer alone on the line below a complete title or the line of its meeting."""
        if not self.blocks or not _single("issuer").fullmatch(self.folded[i]):
            return False
        if i + 1 < len(self.folded) and self.folded[i + 1].startswith("关于"):
            return False  # the first line of a title: 某省人民政府｜关于印发某方案的通知
        above = self.blocks[-1]
        title = fold_width("".join(p.text for p in above.paragraphs))
        return above.role in ("imprint", "signature") or (
            above.role == "title" and _is_title(title)
        )


def blocks(paragraphs: list[Paragraph]) -> list[Block]:
    """Group the paragraphs of one text into rows: one block a row, in reading order."""
    return _Reader(paragraphs).run()
