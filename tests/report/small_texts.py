"""Texts of four provisions, and one that would harm a page that does not escape it."""

from ipcompare.corpus import Corpus, Document
from ipcompare.study import Study

SMALL = """某市关于知识产权的意见

一、主要目标
到2020年，有效注册商标达到{n}件以上，专利导航项目达到20项。
二、保障措施
（一）加强组织领导。建立知识产权工作领导小组，统筹推进各项工作。（责任单位：市科技局、市财政局）
（二）加大奖励。对获得中国专利金奖的给予50万元奖励。
"""
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}\"'&amp;$x^2$"


def small(*numbers, text=SMALL, **about):
    return Corpus(
        tuple(Document(f"d{k}", text.format(n=n), **about) for k, n in enumerate(numbers))
    )


def small_study(*numbers):
    return Study(small(*numbers))
