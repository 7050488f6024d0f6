"""The heading of a provision: the short words after its label."""

import functools
import re

from ipcompare.clauses.numbering import Label
from ipcompare.data import data_pattern, read_toml
from ipcompare.text import fold_width, skipped

_RULES = "drafting/levels.toml"
_LONGEST = {False: "longest", True: "longest_article"}  # settings, of any provision and an article

# A full stop may be half-width: 加强领导.各县 — but not the point of 2.5.
_END = re.compile(r"[。;!?]|(?<=[\u4e00-\u9fff)\"])\.(?!\d)")
_BRACKETED = re.compile(r"【([^】]{2,20})】|\(([^)]{2,15})\)(?=[^,。;])")
_LEADING = re.compile(r"[\s.。,;:]*")  # what stands between a heading and the words after it


@functools.cache
def _settings() -> dict:
    settings = dict(read_toml(_RULES)["heading"])
    for name in ("never", "article_opens"):
        settings[name] = data_pattern(_RULES, settings[name])
    return settings


def heading_span(label: Label, paragraphs: list[str], *, leaf: bool) -> tuple[int, int] | None:
    """Where the heading stands, or None when the provision begins with a rule of its own.

    ``paragraphs`` are the provision's clean paragraphs, the first one with its label, which the
    span is counted from; ``leaf`` says that no numbered provision stands below it.

    >>> from ipcompare.clauses.numbering import match_label
    >>> text = "（一）主要目标。到2020年，建成一批强县。"
    >>> text[slice(*heading_span(match_label("(一)"), [text], leaf=True))]
    '主要目标'
    """
    folded = fold_width(paragraphs[0][label.length :])
    bracketed = _BRACKETED.match(folded)
    if bracketed and (_is_article(label) or folded[0] == "【"):
        start, end = bracketed.span(bracketed.lastindex or 0)
        return label.length + start, label.length + end
    below = len(paragraphs) > 1
    length = _length(label, folded, below=below, alone=not below and leaf)
    return (label.length, label.length + length) if length else None


def _length(label: Label, folded: str, *, below: bool, alone: bool) -> int:
    """How many characters after the label are its heading; 0 where it has none."""
    end = _END.search(folded)
    if end is None:
        longer = _is_article(label) and below and _is_heading(folded, "longest_article_open")
        return len(folded) if longer else _own_line(folded, article=_is_article(label))
    words = folded[: end.start()]
    if before := _before_colon(words):
        return before
    alone = alone and end.end() == len(folded)
    if alone or end[0] == ";" or not _is_first_sentence(words, article=_is_article(label)):
        return 0
    return end.start()


def _is_first_sentence(words: str, *, article: bool) -> bool:
    """Whether a first sentence is a heading: a longer one of an article says what is done."""
    if article and _settings()["article_opens"].match(words):
        return _is_heading(words, "longest_article_open")
    return _is_heading(words, _LONGEST[article])


def _is_article(label: Label) -> bool:
    return label.level == "条"


def _own_line(folded: str, *, article: bool) -> int:
    """Words without a full stop are a heading of their own line, unless they open a list."""
    bare = folded.rstrip(":,")
    if colon := _before_colon(folded):
        return colon
    opens = len(bare) < len(folded) or article
    if not 0 < len(bare) <= _settings()["longest"] * 1.5:
        return 0
    return len(bare) if not opens or _is_heading(bare, _LONGEST[article]) else 0


def _before_colon(folded: str) -> int:
    """(一)支持范围:本市企业 has the heading 支持范围."""
    at = folded.find(":")
    if not 0 < at <= _settings()["longest_before_colon"] or at == len(folded) - 1:
        return 0
    return at if _is_heading(folded[:at]) and "," not in folded[:at] else 0


def _is_heading(folded: str, longest: str = "longest") -> bool:
    """Whether words are no longer than that setting and lay down nothing themselves."""
    return 0 < len(folded) <= _settings()[longest] and not _settings()["never"].search(folded)


def body_start(text: str, label: str | None, heading: tuple[int, int] | None) -> int:
    """Behind label and heading (and its closing bracket) and the stops that follow them."""
    at = heading[1] if heading else len(label or "")
    if heading and heading[0] > len(label or ""):  # 第三条 【支持范围】
        at += 1
    return at + skipped(_LEADING, fold_width(text[at : at + 16])) if at else 0
