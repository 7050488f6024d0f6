"""Citations in the forms that journals and reference managers take, and short document names.

GB/T 7714-2015 has no form of its own for government documents. They are set here as ``[Z]``
(others, appendix B), with the address of the page as ``[Z/OL]``: ``[A]`` is for what an archive
holds under its number, ``[EB/OL]`` for what exists on the web alone. The document number
(发文字号) stands after the title and a colon, as the standard has it for numbers of reports,
patents and standards; the date of issue stands for the year, the pinpoint for the page, the day
of access in brackets behind them, the address last.

APA gives the issuer with the English name of the jurisdiction and the Chinese title: a
translation that nobody has published is not made up. What the record does not say stays out; only
for a title stands a description in brackets.
"""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from ipcompare.clauses.table import clause_table
from ipcompare.corpus import REFERENCE, Corpus, Document
from ipcompare.frames import unknown_id
from ipcompare.placing import write_whole
from ipcompare.text import latex_escape
from ipcompare.words import LANGS, check_lang, word

TYPE, ONLINE = "[Z]", "[Z/OL]"
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def cite(
    corpus: Corpus, id: str, *, style: str = "gbt7714", clauses: pd.DataFrame | None = None
) -> str:
    """The citation of a document (``fuxin-2017``) or of a clause in it (``fuxin-2017#1.2``).

    ``style`` is ``gbt7714`` (``发文机关. 题名: 发文字号[Z/OL]. 发布日期: 条款[访问日期]. 网址.``),
    ``apa``, ``bibtex`` or ``csl-json`` (a list with one item, as Zotero imports it). ``clauses``
    (the clause table) saves parsing when many clauses are cited. Raises KeyError for a document or
    clause that does not exist, ValueError for another style.
    """
    if style not in STYLES:
        raise ValueError(f"style is {', '.join(STYLES)}, not {style!r}")
    doc_id, _, path = id.partition("#")
    document, pinpoint = corpus[doc_id], ""
    if path:
        table = clause_table(corpus) if clauses is None else clauses
        found = table.loc[table["clause_id"] == id, "pinpoint"]
        if found.empty or not isinstance(found.iloc[0], str):
            known = table.loc[(table["doc_id"] == doc_id) & table["pinpoint"].notna(), "clause_id"]
            raise KeyError(unknown_id(id, "provision", known))
        pinpoint = found.iloc[0]
    return STYLES[style](document, pinpoint, path)


def write_bibliography(corpus: Corpus, folder: Path | str) -> tuple[Path, Path]:
    """Write ``corpus.bib`` and ``corpus.csl.json``, one entry a document in record order.

    Both import into Zotero (File, Import); the key of an entry is the doc_id. Returns the paths.
    """
    folder = Path(folder)
    entries = "\n".join(_bibtex(document) for document in corpus.documents)
    items = [_csl_item(document) for document in corpus.documents]
    bib, csl = folder / "corpus.bib", folder / "corpus.csl.json"
    return write_whole(bib, entries), write_whole(csl, _json(items))


def citation(document: Document, pinpoint: str = "") -> str:
    """The citation line of one document after GB/T 7714-2015.

    >>> citation(Document("a", "", title="关于甲的意见", issuer="某市人民政府",
    ...     doc_number="某政〔2017〕1号", date_issued="2017-05-02"), "二、（三）")
    '某市人民政府. 关于甲的意见: 某政〔2017〕1号[Z]. 2017-05-02: 二、（三）.'
    """
    title = ": ".join(filter(None, [_title(document, "zh"), document.doc_number]))
    kind = ONLINE if document.url else TYPE
    when = ": ".join(filter(None, [document.date_issued, pinpoint.rstrip(".")]))
    read = f"[{document.accessed}]" if document.url and document.accessed else ""
    parts = [document.issuer, title + kind, when + read, document.url]
    return ". ".join(part for part in parts if part) + "."


def document_table(corpus: Corpus) -> pd.DataFrame:
    """One row a document: the columns of documents.csv and its ``citation`` (GB/T 7714-2015)."""
    cited = [citation(document) for document in corpus.documents]
    return corpus.table.assign(citation=cited)


def _title(document: Document, lang: str) -> str:
    """The title; every style wants one, and a description stands for one that is not known."""
    return document.title or word("captions.untitled", lang)


# --- the other styles -----------------------------------------------------------------------


def _apa(document: Document, pinpoint: str) -> str:
    """``发文机关 [Hebi City]. (2017, September 30). 题名 (发文字号, 条款). https://…``"""
    place = f"[{document.jurisdiction_en}]" if document.jurisdiction_en else ""
    who = " ".join(filter(None, [document.issuer, place]))
    about = ", ".join(filter(None, [document.doc_number, pinpoint]))
    what = " ".join(filter(None, [_title(document, "en"), f"({about})" if about else ""]))
    when = f"({_apa_date(document.date_issued or _year(document))})"
    parts = [who, when, what] if who else [what, when]
    return ". ".join([*parts, document.url] if document.url else [*parts, ""]).rstrip()


def _apa_date(date: str | None) -> str:
    """``2017, September 30``; ``n.d.`` where the record has no date."""
    if not date:
        return "n.d."
    year, *rest = date.split("-")
    words = [_MONTHS[int(rest[0]) - 1], *(str(int(day)) for day in rest[1:])] if rest else []
    return ", ".join(filter(None, [year, " ".join(words)]))


def _bibtex(document: Document, pinpoint: str = "", path: str = "") -> str:
    """An entry of type misc, which both Chinese packages (gbt7714, biblatex-gb7714) print as [Z].

    The double braces keep an office from being taken for a first and a last name.
    """
    values = {
        "author": document.issuer and f"{{{latex_escape(document.issuer)}}}",
        "title": latex_escape(_title(document, "zh")),
        "howpublished": document.doc_number and latex_escape(document.doc_number),
        "date": document.date_issued,
        "year": _year(document),
        "note": latex_escape(pinpoint),
        "url": document.url and _url(document.url),
        "urldate": document.url and document.accessed,
        "langid": "chinese",
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in values.items() if value)
    return f"@misc{{{_key(document, path)},\n{lines}}}\n"


def _url(url: str) -> str:
    """An address for BibTeX, which prints it as it is: no brace may close the field."""
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _key(document: Document, path: str) -> str:
    """``hebi-2017`` or ``hebi-2017:2.3``: # and ~ mean something else to TeX."""
    return ":".join(filter(None, [document.doc_id, path.replace("~", "-")]))


def _csl_item(document: Document, pinpoint: str = "", path: str = "") -> dict[str, Any]:
    """One item of CSL-JSON.

    Type document, which the Chinese styles of Zotero print as [Z] (legislation would be [A]).
    Zotero's documents have no field for a number; the line in ``note`` (Extra) keeps it there.
    """
    number, date = document.doc_number, document.date_issued or _year(document)
    item = {
        "id": _key(document, path),
        "type": "document",
        "title": _title(document, "zh"),
        "author": document.issuer and [{"literal": document.issuer}],
        "issued": date and _date_parts(date),
        "number": number,
        "section": pinpoint,
        "note": number and f"number: {number}",
        "jurisdiction": document.jurisdiction,
        "URL": document.url,
        "accessed": document.url and document.accessed and _date_parts(document.accessed),
        "language": "zh-CN",
    }
    return {name: value for name, value in item.items() if value}


def _date_parts(date: str) -> dict[str, list[list[int]]]:
    """``{"date-parts": [[2017, 9, 30]]}``"""
    return {"date-parts": [[int(part) for part in date.split("-")]]}


def _json(items: list[dict[str, Any]]) -> str:
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


STYLES = {
    "gbt7714": lambda document, pinpoint, path: citation(document, pinpoint),
    "apa": lambda document, pinpoint, path: _apa(document, pinpoint),
    "bibtex": _bibtex,
    "csl-json": lambda *about: _json([_csl_item(*about)]),
}


# --- short names ----------------------------------------------------------------------------


class DocumentNames(dict[str, str]):
    """Labels of documents by doc_id in one language, which knows those of the other.

    Those ``beside`` are no part of it but can be looked up: texts for reference, which a table of
    the others may name.

    >>> names = DocumentNames({"yi": ("乙 2018", "Yi 2018"), "jia": ("甲 2017", "Jia 2017")})
    >>> names, names.in_language("en"), names.only(["jia"]).in_language("en")
    ({'yi': '乙 2018', 'jia': '甲 2017'}, {'yi': 'Yi 2018', 'jia': 'Jia 2017'}, {'jia': 'Jia 2017'})
    """

    def __init__(
        self, both: dict[str, tuple[str, str]], lang: str = "zh", *, beside: Collection[str] = ()
    ):
        check_lang(lang)
        n, self.beside = LANGS.index(lang), frozenset(beside)
        super().__init__({id: names[n] for id, names in both.items() if id not in self.beside})
        self.both, self.lang = both, lang

    def __getitem__(self, doc_id: str) -> str:
        return self.both[doc_id][LANGS.index(self.lang)]

    def get(self, doc_id: Any, default: Any = None) -> Any:
        return self[doc_id] if doc_id in self.both else default

    def in_language(self, lang: str) -> "DocumentNames":
        """The same documents, named in ``lang``."""
        return DocumentNames(self.both, lang, beside=self.beside)

    def only(self, doc_ids: Iterable[str]) -> "DocumentNames":
        """Some of the documents, in the order given. Raises KeyError for one that is not here."""
        return DocumentNames({doc_id: self.both[doc_id] for doc_id in doc_ids}, self.lang)


def document_names(corpus: Corpus, *, lang: str = "zh") -> DocumentNames:
    """``{"hebei-2016": "河北 2016"}``: the label of each document in figures, in record order.

    Jurisdiction without 省, 市, 县 or 区, and the year of issue, which the document number gives
    where the date is not known; the id where no jurisdiction is recorded. Names that would be the
    same have a letter behind them (2017a, 2017b). Figures and tables that
    are asked for in English find the English names in it. Reference texts are ``beside``.
    """
    zh, en = (_distinct([_name(d, lang) for d in corpus.documents]) for lang in LANGS)
    ids = (document.doc_id for document in corpus.documents)
    beside = {document.doc_id for document in corpus.documents if document.use == REFERENCE}
    names = dict(zip(ids, zip(zh, en, strict=True), strict=True))
    return DocumentNames(names, lang, beside=beside)


def _distinct(names: list[str]) -> list[str]:
    """Names that several documents have, with a letter each, as citations have it.

    >>> _distinct(["甲 2017", "乙 2018", "甲 2017"])
    ['甲 2017a', '乙 2018', '甲 2017b']
    """
    times, seen, distinct = Counter(names), Counter[str](), []
    for name in names:
        seen[name] += 1
        distinct.append(name + _letters(seen[name]) if times[name] > 1 else name)
    return distinct


def _letters(n: int) -> str:
    """1 is a, 26 z, 27 aa."""
    letters = ""
    while n:
        n, rest = divmod(n - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _name(document: Document, lang: str) -> str:
    """``河北 2016`` or ``Hebei 2016``."""
    place = document.jurisdiction_en if lang == "en" else document.jurisdiction
    if not place:
        return document.doc_id
    place = re.sub(r"(?<=..)[省市县区]$| (Province|City|County|District)$", "", place)
    year = _year(document)
    return f"{place} {year}" if year else place


def _year(document: Document) -> str | None:
    """The year of issue, which the document number gives where the date is not known."""
    found = re.search(r"\d{4}", document.date_issued or document.doc_number or "")
    return found[0] if found else None
