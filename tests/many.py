"""An invented corpus of many texts: made-up places, the same goals in varied numbers."""

from ipcompare.corpus import Corpus, Document
from ipcompare.study import Study

PLACES = "甲乙丙丁戊"
LEVELS = ("province", "city", "city", "city", "county", None)
TEXT = """{place}知识产权强市建设方案
一、主要目标
（一）到{due}年，有效注册商标达到{marks}件，每万人口发明专利拥有量达到{patents}件。
（二）到{due}年，专利导航项目达到{projects}项，知识产权质押融资额达到{loans}亿元。
二、主要任务
（一）加强{topic}。完善{topic}机制，推动{topic}与产业融合发展，支持企业开展{topic}。
（二）加强组织领导。建立知识产权工作领导小组，统筹推进各项工作。（责任单位：市科技局）
"""
TOPICS = ("专利运营", "商标品牌", "行政执法", "人才培养", "质押融资", "海外维权")


def invented(n=30):
    """A study of so many texts in five provinces; every seventh has no year, every tenth no place."""
    return Study(Corpus(tuple(map(_document, range(n)))))


def _document(k):
    place, level, year = PLACES[(k * 3 + k // 7) % 5], LEVELS[k % 6], 2014 + k % 11
    numbers = {"marks": 1000 + 170 * (k * 7 % 13), "patents": 2 + k * 3 % 17,
               "projects": 5 + 4 * (k % 9), "loans": 1 + k * 5 % 12}  # fmt: skip
    text = TEXT.format(place=place, due=year // 5 * 5 + 5, topic=TOPICS[k % 6], **numbers)
    if k % 4 == 1:  # two goals fewer
        text = "\n".join(line for line in text.split("\n") if "专利导航" not in line)
    if k % 7 == 6:
        text = text.replace(f"到{year // 5 * 5 + 5}年，", "")
    about = {"level": level, "province": None if k % 10 == 9 else f"{place}省"}
    about |= {"jurisdiction": f"{place}{k}市", "jurisdiction_en": f"Place {k} City"}
    return Document(f"d{k:02}", text, date_issued=f"{year}-03-01", **about)
