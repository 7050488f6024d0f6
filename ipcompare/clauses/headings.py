"""The heading of a provision: the short words after its label."""

import functools
import re

from ipcompare.clauses.numbering import Label
from ipcompare.data import data_pattern, read_toml
from ipcompare.text import fold_width

_RULES = "drafting/levels.toml"

# A full stop may be half-width: 加强领导.各县 — but not the point of 2.5.
_END = re.compile(r"[。;!?]|(?<=[\u4e00-\u9fff)\"])\.(?!\d)")
_BRACKETED = re.compile(r"【([^】]{2,20})】|\(([^)]{2,15})\)(?=[^,。;])")


@functools.cache
def _settings() -> dict:
    settings = dict(read_toml(_RULES)["heading"])
    settings["never"] = data_pattern(_RULES, settings["never"])
    return settings


def heading_of(label: Label, paragraphs: list[str], *, leaf: bool) -> str | None:
    """The heading as written, or None when the provision begins with a rule of its own.

    ``paragraphs`` are the provision's clean paragraphs, the first one with its label; ``leaf``
    says that no numbered provision stands below it.

    >>> from ipcompare.clauses.numbering import match_label
    >>> text = "（一）主要目标。到2020年，建成一批强县。"
    >>> heading_of(match_label("(一)"), [text], leaf=True)
    '主要目标'
    """
    text = paragraphs[0][label.length :]
    folded = fold_width(text)
    bracketed = _BRACKETED.match(folded)
    if bracketed and (_is_article(label) or folded[0] == "【"):
        return text[bracketed.start(bracketed.lastindex) : bracketed.end(bracketed.lastindex)]
    end = _END.search(folded)
    if end is None:
        return _own_line(text, folded, article=_is_article(label))
    before = _before_colon(text, folded[: end.start()])
    if before:
        return before
    alone = end.end() == len(folded) and len(paragraphs) == 1 and leaf
    if alone or end[0] == ";" or not _is_heading(folded[: end.start()], article=_is_article(label)):
        return None
    return text[: end.start()]


def _is_article(label: Label) -> bool:
    return label.level == "条"


def _own_line(text: str, folded: str, *, article: bool) -> str | None:
    """Words without a full stop are a heading of their own line, unless they open a list."""
    bare = folded.rstrip(":,")
    colon = _before_colon(text, folded)
    if colon:
        return colon
    opens = len(bare) < len(folded) or article
    if not 0 < len(bare) <= _settings()["longest"] * 1.5:
        return None
    return text[: len(bare)] if not opens or _is_heading(bare, article=article) else None


def _before_colon(text: str, folded: str) -> str | None:
    """(一)支持范围:本市企业 has the heading 支持范围."""
    at = folded.find(":")
    if not 0 < at <= _settings()["longest_before_colon"] or at == len(folded) - 1:
        return None
    return text[:at] if _is_heading(folded[:at], article=False) and "," not in folded[:at] else None


def _is_heading(folded: str, *, article: bool) -> bool:
    longest = _settings()["longest_article" if article else "longest"]
    return 0 < len(folded) <= longest and not _settings()["never"].search(folded)
