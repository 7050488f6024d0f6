"""The words of the invented documents: our own tables, and jieba's dictionary for the long tail."""

import csv
import functools
import tomllib
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

HERE = Path(__file__).parent
MEASURES = 500
_WORLD = "the measures are the same in every corpus"  # seed of the catalogue
_SKIPPED = 250  # the commonest nouns say nothing of a measure: 问题, 时间
# Numerals and units would make quantities, words of payment, penalty and the past would change
# what a number is; the last row keeps the documents decent.
_NEVER = set(
    "一二三四五六七八九十百千万亿零两半双几〇壹贰首初第每各全年月日时件家个项倍成分名人次户"
    "奖补罚贴助贷税费款资金元钱财政付给予应须得不未无非已曾将从对凡经由于在和或及与达至到超满近约余左右上下内外前后"
    "尸奸淫妓嫖毒杀死血裸性屎尿屁鬼妖贼匪赌党军战敌枪炮弹刑囚狱乳阴奴娼丧葬棺墓癌痔瘟猪狗"
)

_ENDINGS = set(
    "业品器机技术料工艺药材法学库网线率度性化制策能源油钢电纸布茶果菜粮林牧渔港路桥车船仪表剂膜板管阀泵炉塔"
    "镜灯瓷漆胶具件箱池站房厂园区地土矿石砂煤气光热声磁波频码图谱册册数量值型式样本标准程序构架台系统链群流"
    "权约章规则策略计算体质液素酶菌苗种树竹木棉麻丝毛皮革羽绒饰玩食饮糖盐醋酱酒烟鱼虾蟹贝藻禽蛋奶肉花草"
)


class Indicator(NamedTuple):
    """A row of indicators.csv: what is counted, in which unit, between which values."""

    name: str
    unit: str
    form: str
    low: float
    high: float
    decimals: int
    entry: str


class Measure(NamedTuple):
    """What several documents do, each in its own words: what about, which side, topical words.

    ``skeletons`` are pairs of a sentence and six topical words to fill it with.
    """

    number: int
    theme: int
    about: str
    facet: str
    skeletons: tuple[tuple[str, tuple[str, ...]], ...]


@functools.cache
def tables() -> dict[str, Any]:
    """words.toml."""
    return tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))


@functools.cache
def indicators() -> dict[str, list[Indicator]]:
    """The indicators by form."""
    made: dict[str, list[Indicator]] = {}
    with (HERE / "indicators.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            low, high, decimals = float(row["low"]), float(row["high"]), int(row["decimals"])
            found = Indicator(row["name"], row["unit"], row["form"], low, high, decimals,
                              row["entry"])  # fmt: skip
            made.setdefault(found.form, []).append(found)
    return made


@functools.cache
def vocabulary() -> tuple[str, ...]:
    """Nouns of jieba's dictionary, the commonest first; without what a number could turn on."""
    found = []
    for line in files("jieba").joinpath("dict.txt").read_text(encoding="utf-8").splitlines():
        word, count, kind = line.split(" ")
        if kind in ("n", "vn") and 2 <= len(word) <= 4:
            if _is_technical(word, kind) and _is_plain(word):
                found.append((-int(count), word))
    return tuple(word for _, word in sorted(found))[_SKIPPED:]


def _is_technical(word: str, kind: str) -> bool:
    """Whether a word may name a field, a product or a way of work: 轴承, 检测, not 太太."""
    return kind == "vn" or word[-1] in _ENDINGS


def _is_plain(word: str) -> bool:
    """Whether a word has only common characters (level 1 of GB 2312) that mean no harm."""
    if not _NEVER.isdisjoint(word):
        return False
    code = word.encode("gb2312", "replace")
    return len(code) == 2 * len(word) and all(0xB0 <= byte < 0xD8 for byte in code[::2])


def zipf_word(rng: Random) -> str:
    """A word, common ones oftener: of rank r about as often as 1/r."""
    words = vocabulary()
    return words[int(len(words) ** rng.random()) - 1]


@functools.cache
def catalogue() -> tuple[Measure, ...]:
    """The measures; 42 or so of each theme."""
    rng, themes = Random(_WORLD), tables()["theme"]
    pairs = [
        (t, about, facet)
        for t, theme in enumerate(themes)
        for about in theme["objects"]
        for facet in tables()["facets"]
    ]
    chosen = sorted(rng.sample(range(len(pairs)), MEASURES))
    return tuple(_measure(rng, n, *pairs[k]) for n, k in enumerate(chosen))


def _measure(rng: Random, number: int, theme: int, about: str, facet: str) -> Measure:
    topical = [zipf_word(rng) for _ in range(14)]
    sentences = rng.sample(tables()["sentences"]["general"], 7)
    skeletons = tuple((sentence, tuple(rng.sample(topical, 6))) for sentence in sentences)
    return Measure(number, theme, about, facet, skeletons)


@functools.cache
def measures_of(theme: int) -> tuple[Measure, ...]:
    """The measures of one theme."""
    return tuple(measure for measure in catalogue() if measure.theme == theme)
