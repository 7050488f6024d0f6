"""Citation lines: what the record says, in the order of GB/T 7714, and nothing it does not say."""

import pytest

from ipcompare.citations import citation, cite, document_names
from ipcompare.clauses import clause_table
from ipcompare.corpus import Corpus, Document

TEXT = "一、总体要求\n（一）目标。到2020年，有效发明专利达到100件。\n"
FULL = Document(
    "jia-2017", TEXT, title="关于甲的意见", doc_number="甲政〔2017〕1号", issuer="甲市人民政府",
    jurisdiction="甲县市", jurisdiction_en="Jia City", date_issued="2017-05-02",
)  # fmt: skip
BARE = Document("yi", TEXT, jurisdiction="乙", doc_number="乙政〔2018〕3号")


@pytest.mark.parametrize(
    ("document", "pinpoint", "line"),
    [
        (FULL, "", "甲市人民政府. 关于甲的意见: 甲政〔2017〕1号[Z]. 2017-05-02."),
        (
            FULL,
            "三、（二）4.",
            "甲市人民政府. 关于甲的意见: 甲政〔2017〕1号[Z]. 2017-05-02: 三、（二）4.",
        ),
        (BARE, "一、", "乙政〔2018〕3号[Z]. 一、."),
        (Document("bing", ""), "", "[Z]."),
    ],
)
def test_citation(document, pinpoint, line):
    assert citation(document, pinpoint) == line


def test_cite_takes_the_pinpoint_from_the_clause_table():
    corpus = Corpus((FULL, BARE))
    expected = "甲市人民政府. 关于甲的意见: 甲政〔2017〕1号[Z]. 2017-05-02: 一、（一）."
    assert cite(corpus, "jia-2017#1.1") == expected
    assert cite(corpus, "jia-2017#1.1", clauses=clause_table(corpus)) == expected
    assert cite(corpus, "jia-2017") == citation(FULL)


@pytest.mark.parametrize("id", ["jia-2017#9.9", "nobody#1", "nobody"])
def test_unknown_id_is_an_error(id):
    with pytest.raises(KeyError, match="no (provision|document)"):
        cite(Corpus((FULL, BARE)), id)


def test_document_names_are_short_and_in_record_order():
    corpus = Corpus((FULL, BARE, Document("bing", "")))
    assert document_names(corpus) == {"jia-2017": "甲县 2017", "yi": "乙 2018", "bing": "bing"}
    assert document_names(corpus, lang="en") == {"jia-2017": "Jia 2017", "yi": "yi", "bing": "bing"}
