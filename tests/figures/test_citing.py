"""The figure of references, on texts made for it."""

import pytest
from drawn import shown
from matplotlib.patches import PathPatch
from test_layout import faults

from ipcompare.clauses.table import clause_table
from ipcompare.corpus import Corpus, Document
from ipcompare.figures.citing import plot_references
from ipcompare.references import references

NOTE = "《关于加快发展第{n}号产业、促进区域经济高质量协调发展的若干指导意见》（国产〔2015〕{n}号）"


def drawn(*texts, **options):
    """The figure of texts that are called a, b, c …"""
    documents = [Document(doc_id, f"一、总则\n{text}", **about) for doc_id, text, about in texts]
    corpus = Corpus(tuple(documents))
    return plot_references(references(clause_table(corpus), corpus), corpus, **options)


THREE = (
    ("jia", "根据《种子法》，落实《甲规划》，执行《乙办法》。", {}),
    (
        "yi",
        "依照《种子法》，修订《乙条例》，废止《丙办法》。",
        {"title": "乙办法", "issuer": "乙市"},
    ),
    ("bing", "贯彻会议精神，发展茶叶。", {}),
)


def test_documents_that_two_texts_name_or_that_are_in_the_corpus_are_drawn():
    fig = drawn(*THREE, names={"jia": "甲 2017", "yi": "乙 2018", "bing": "丙 2019"})
    texts = shown(fig)
    assert texts[:3] == ["甲 2017", "乙 2018", "丙 2019"]
    assert set(texts[3:5]) == {"《种子法》", "乙 2018"}  # 乙办法 is the text yi
    assert texts[5:] == ["贯彻落实", "依据", "只有一份文本提及、未画出的文件：3 份。"]
    lines = [p for p in fig.axes[0].patches if isinstance(p, PathPatch)]
    assert len(lines) == 3  # 种子法 twice, 乙办法 once


def test_the_words_are_those_of_the_language():
    texts = shown(drawn(*THREE, lang="en"))
    assert texts[-3:] == [
        "implements",
        "rests on",
        "Named by one text only and not drawn: 3 documents.",
    ]


def test_two_types_of_one_pair_are_two_lines():
    fig = drawn(("jia", "根据《甲法》，落实《甲法》。", {}), ("yi", "根据《甲法》。", {}))
    ends = [tuple(p.get_path().vertices[-1]) for p in fig.axes[0].patches]
    assert len(set(ends)) == 2 and len(ends) == 3


def test_where_nothing_is_shared_the_figure_says_so():
    texts = shown(drawn(("jia", "根据《甲法》。", {}), ("yi", "发展茶叶。", {})))
    assert texts == [
        "jia", "yi", "没有两份以上文本提及、或属于语料的文件。", "只有一份文本提及、未画出的文件：1 份。",
    ]  # fmt: skip


def many(n):
    """Texts each of which names five of thirty documents, but every tenth, which names none."""
    for at in range(n):
        cited = [NOTE.format(n=10 + (at * 7 + k * k) % 30) for k in range(5)]
        words = f"根据{cited[0]}、{cited[1]}，落实{cited[2]}，修订{cited[3]}，宣传{cited[4]}。"
        name = f"text-{at}"
        yield name, "发展茶叶。" if at % 10 == 9 else words, {}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("n", [5, 12, 40])
def test_many_texts_stay_legible(n, lang):
    texts = list(many(n))
    names = {doc_id: f"Zhengzhou Binhai {2000 + at}" for at, (doc_id, *_) in enumerate(texts)}
    fig = drawn(*texts, names=names, lang=lang)
    assert faults(fig) == []
    assert fig.get_figheight() * 2.54 < 24  # a page


def test_of_many_only_the_first_are_drawn_and_the_note_says_so():
    fig = drawn(*many(40), top=8)
    texts = shown(fig)
    assert sum(text.startswith("《") for text in texts) == 8
    assert texts[-2:] == [
        "只画出提及最多的 8 份文件，另有 22 份未画出。",
        f"没有提及图中文件、未列出的文本：{40 - sum(t.startswith('text-') for t in texts)} 份。",
    ]
    with pytest.raises(ValueError, match="top is 0; it must be a whole number from 1 on"):
        drawn(*many(2), top=0)


def test_colours_are_those_of_the_documents_in_every_figure():
    fig = drawn(*THREE, names={"yi": "乙", "jia": "甲"})
    assert shown(fig)[:2] == ["乙", "甲"]
