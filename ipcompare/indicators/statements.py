"""What each document says of each indicator and scheme: a number, words, or nothing found."""

from typing import Any

import pandas as pd

from ipcompare.frames import JOINT, checked, columns_of, documents_of, same_documents
from ipcompare.indicators.ordering import by_indicator, checked_aligned

STATES = ("number", "words", "none")
_NAMES = ("indicator", "indicator_zh", "indicator_en", "theme", "kind")
_NEEDED = (*_NAMES, "doc_id", "target_id", "clause_id", "headline")


def statements(aligned: pd.DataFrame, qualitative: pd.DataFrame) -> pd.DataFrame:
    """One row an indicator or scheme × document, with the ``state`` of what it says.

    ``number``: ``target_id`` is the headline target, ``clause_id`` its provision; ``words``:
    ``words`` speak of it without a number, first in ``clause_id``; ``none``: no statement found,
    which is not the same as none made. Rows are the indicators of which any document of the two
    tables speaks, in the order of the data files, for every document of ``aligned``.

    Where a document speaks of the thing under another row only, ``stated_as`` is that row's
    indicator: 省级以上优势企业10户 stands in the row of both grades and is what the text has for
    each; 国家级10家,省级20家 is what it has for both; 专利奖 without grade is said of every grade.
    It is ``indicator`` elsewhere, "" for none: numbers are alike where ``stated_as == indicator``.
    """
    aligned = checked_aligned(aligned, only=_NEEDED)
    said = checked(qualitative, "qualitative")
    rows = _indicators(aligned, said)
    numbers = _by_document(aligned[aligned["headline"]])
    words = _by_document(said)
    found = [
        (*names, doc_id, *_state(names[0], names[4], doc_id, numbers, words))
        for names in rows.itertuples(index=False, name=None)
        for doc_id in documents_of(aligned)
    ]
    table = pd.DataFrame(found, columns=list(columns_of("statements")))
    return same_documents(table, aligned)


def _indicators(aligned: pd.DataFrame, said: pd.DataFrame) -> pd.DataFrame:
    """The names of all rows, in the order of the data files, one a kind and indicator."""
    stated = aligned.loc[aligned["headline"], list(_NAMES)]
    spoken = said[list(_NAMES)].drop_duplicates()
    known = set(zip(stated["kind"], stated["indicator"], strict=True))
    new = [
        row
        for row in spoken.itertuples(index=False)
        if not any(k == row.kind and _covers(row.indicator, own) for k, own in known)
    ]
    names = pd.concat([stated, pd.DataFrame(new, columns=list(_NAMES))])
    return by_indicator(names.drop_duplicates(["kind", "indicator"])).reset_index(drop=True)


def _by_document(rows: pd.DataFrame) -> dict[tuple[str, str, str], list[Any]]:
    """The rows of each document and entry (the indicator without its part)."""
    found: dict[tuple[str, str, str], list[Any]] = {}
    for row in rows.itertuples():
        key = row.doc_id, row.kind, row.indicator.partition(".")[0]
        found.setdefault(key, []).append(row)
    return found


def _state(
    indicator: str, kind: str, doc_id: str, numbers: dict, words: dict
) -> tuple[str, str, str, str, str]:
    """State, target_id, clause_id, words and stated_as of one cell."""
    key = doc_id, kind, indicator.partition(".")[0]
    mine, spoken = stated_rows(indicator, numbers.get(key, [])), words.get(key, [])
    said = stated_rows(indicator, spoken)
    if said and (not mine or mine[0].indicator != indicator == said[0].indicator):
        words_said = JOINT.join(dict.fromkeys(row.words for row in said))
        return "words", "", said[0].clause_id, words_said, said[0].indicator
    if mine:
        return "number", mine[0].target_id, mine[0].clause_id, "", mine[0].indicator
    return "none", "", "", "", ""


def stated_rows(indicator: str, rows: list[Any]) -> list[Any]:
    """The rows of one entry that are said of an indicator: its own, else wider, else its parts."""
    tests = (
        lambda own: own == indicator,
        lambda own: _covers(own, indicator),
        lambda own: _covers(indicator, own),
    )
    found = ([row for row in rows if test(row.indicator)] for test in tests)
    return next(filter(None, found), [])


def _covers(wider: str, narrower: str) -> bool:
    """Whether what is said of one row of an entry is said of another: of more grades, of all.

    >>> _covers("firms.national+provincial", "firms.national"), _covers("award", "award.Gold")
    (True, True)
    >>> _covers("firms.national", "firms.national+provincial")
    False
    """
    (entry, _, parts), (other, _, wanted) = wider.partition("."), narrower.partition(".")
    if entry != other:
        return False
    return not parts or bool(wanted) and set(wanted.split("+")) <= set(parts.split("+"))
