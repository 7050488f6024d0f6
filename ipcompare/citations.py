"""Citations after GB/T 7714-2015, and the short names of documents for tables and figures."""

import re

import pandas as pd

from ipcompare.clauses import clause_table
from ipcompare.corpus import Corpus, Document

# Government documents are "others" in GB/T 7714-2015, appendix B.
TYPE = "[Z]"


def cite(corpus: Corpus, id: str, *, clauses: pd.DataFrame | None = None) -> str:
    """The citation of a document (``fuxin-2017``) or of a clause in it (``fuxin-2017#1.2``).

    ``发文机关. 题名: 发文字号[Z]. 发布日期: 条款.`` What the record does not say stays out.
    ``clauses`` (the clause table) saves parsing when many clauses are cited. Raises KeyError for
    a document or clause that does not exist.
    """
    doc_id, _, path = id.partition("#")
    pinpoint = ""
    if path:
        table = clause_table(corpus) if clauses is None else clauses
        found = table.loc[table["clause_id"] == id, "pinpoint"]
        if found.empty or not isinstance(found.iloc[0], str):
            known = ", ".join(table.loc[table["doc_id"] == doc_id, "clause_id"].head(5))
            raise KeyError(f"no provision {id!r}; ids look like {known}")
        pinpoint = found.iloc[0]
    return citation(corpus[doc_id], pinpoint)


def citation(document: Document, pinpoint: str = "") -> str:
    """The citation line of one document.

    >>> citation(Document("a", "", title="关于甲的意见", issuer="某市人民政府",
    ...     doc_number="某政〔2017〕1号", date_issued="2017-05-02"), "二、（三）")
    '某市人民政府. 关于甲的意见: 某政〔2017〕1号[Z]. 2017-05-02: 二、（三）.'
    """
    title = ": ".join(filter(None, [document.title, document.doc_number]))
    when = ": ".join(filter(None, [document.date_issued, pinpoint.rstrip(".")]))
    parts = [document.issuer, title + TYPE if title else TYPE, when]
    return ". ".join(part for part in parts if part) + "."


def document_names(corpus: Corpus, *, lang: str = "zh") -> dict[str, str]:
    """``{"hebei-2016": "河北 2016"}``: the label of each document in figures, in record order.

    Jurisdiction without 省, 市, 县 or 区, and the year of issue, which the document number gives
    where the date is not known; the id where no jurisdiction is recorded.
    """
    return {document.doc_id: _name(document, lang) for document in corpus.documents}


def _name(document: Document, lang: str) -> str:
    """``河北 2016`` or ``Hebei 2016``."""
    place = document.jurisdiction_en if lang == "en" else document.jurisdiction
    if not place:
        return document.doc_id
    place = re.sub(r"(?<=..)[省市县区]$| (Province|City|County|District)$", "", place)
    year = re.search(r"\d{4}", document.date_issued or document.doc_number or "")
    return f"{place} {year[0]}" if year else place
