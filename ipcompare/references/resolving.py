"""Which document of the corpus a reference is: by its number, else by its name, never a guess."""

import re
from dataclasses import dataclass

import pandas as pd

from ipcompare.corpus import Corpus, Document
from ipcompare.frames import PROVISIONS
from ipcompare.references.spotting import rule, rules
from ipcompare.text import fold_width

_OPEN = str.maketrans("[(【〈])】〉", "〔〔〔〔〕〕〕〕")
_OFFICE = re.compile(r"[\u4e00-\u9fffA-Z]{2,}")


@dataclass(frozen=True)
class Known:
    """How one document of the corpus may be named: its number, the office and name of its title."""

    doc_id: str
    number: str = ""
    office: str = ""
    name: str = ""


def known_documents(corpus: Corpus, clauses: pd.DataFrame) -> list[Known]:
    """One entry a document: as recorded, else as its own head says."""
    heads = {doc_id: _head(rows) for doc_id, rows in clauses.groupby("doc_id", observed=True)}
    return [_known(document, heads.get(document.doc_id, {})) for document in corpus.documents]


def _known(document: Document, head: dict[str, str]) -> Known:
    title = document.title or head.get("title", "")
    office, name = named(title)
    number = document.doc_number or head.get("doc_number", "")
    own = office or plain_office(document.issuer or "")
    return Known(document.doc_id, plain_number(number), own, name)


def _head(rows: pd.DataFrame) -> dict[str, str]:
    """Title and number that stand before the first provision."""
    body = rows["role"].isin(PROVISIONS).to_numpy()
    front = rows.iloc[: body.argmax()] if body.any() else rows
    first = front.drop_duplicates("role").set_index("role")["text"]
    return {role: first[role] for role in ("title", "doc_number") if role in first.index}


def resolve(
    known: list[Known], number: str, title: str, office: str, *, own: str
) -> tuple[list[str], str]:
    """The documents that a reference may be, and by what: ``doc_number``, ``title`` or nothing.

    ``number`` and ``title`` are as written, ``office`` the words before 《 that name one. A number
    that says another document than the name, or a name of a document that has another number:
    both are left unresolved. Where the name may be that of the document ``own``, it is.
    """
    said = plain_number(number)
    said = said if says_office(said) else ""  # 第290号 alone may be anybody's
    by_number = [one.doc_id for one in known if said and one.number == said]
    by_title = _by_title(known, title, office) if title else []
    if by_number:
        agree = not by_title or set(by_number) & {one.doc_id for one in by_title}
        return (by_number, "doc_number") if agree else ([], "")
    fits = [one.doc_id for one in by_title if not (said and one.number)]
    return ([own] if own in fits else fits), "title"


def _by_title(known: list[Known], title: str, office: str) -> list[Known]:
    """The documents of that name whose office is not another one."""
    said, name = named(title)
    said = said or plain_office(office)
    same = [one for one in known if name and one.name == name]
    return [one for one in same if not (said and one.office) or said == one.office]


def named(title: str) -> tuple[str, str]:
    """Office and name of a title, in the form in which they are compared.

    >>> named("某市人民政府关于印发某市专利资助办法（试行）的通知"), named("某市专利资助办法")
    (('某市政府', '某市专利资助办法'), ('', '某市专利资助办法'))
    """
    name = _omitted(fold_width(title))
    found = re.match(f"({rule('issuer').pattern})(?=关于)", name)
    office, name = (plain_office(found[0]), name[found.end() :]) if found else ("", name)
    for pattern in rules("wrapper"):
        if wrapped := pattern.fullmatch(name):
            return office, named(wrapped[1])[1]
    return office, name.removeprefix("关于")


def _omitted(name: str) -> str:
    """The name without what a citation may leave out."""
    for pattern in reversed(rules("omitted")):  # signs first, so that brackets stand last
        name = pattern.sub("", name)
    return name


def plain_office(words: str) -> str:
    """An office in one form: 某市人民政府 is 某市政府."""
    return rule("within_office").sub("", fold_width(words))


def says_office(number: str) -> bool:
    """Whether a number in its one form begins with the letters of an office."""
    return bool(_OFFICE.match(number))


def plain_number(number: str) -> str:
    """A number in one form.

    >>> plain_number("财办建[2017] 第35号"), plain_number("国务院令（第290号）")
    ('财办建〔2017〕35号', '国务院令290号')
    """
    folded = re.sub(r"[\s第]", "", fold_width(number))
    if not re.search(r"[\[(【〈〔]\d{4}[\])】〉〕]", folded):
        return re.sub(r"[()]", "", folded)
    return folded.translate(_OPEN)
