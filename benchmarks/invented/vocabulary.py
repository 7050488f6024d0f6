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
_FLAT = 50  # the first words are not much oftener than the fiftieth
_COMPOUNDS = 0.2  # share of the words that are put together: 轴承检测
# Numerals and units would make quantities, words of payment, penalty and the past would change
# what a number is; the last row keeps the documents decent.
_NEVER = set(
    "一二三四五六七八九十百千万亿零两半双几〇壹贰首初第每各全年月日时件家个项倍成分名人次户"
    "有革炸奖补罚贴助贷税费款资金元钱财政付给予应须得不未无非已曾将从对凡经由于在和或及与达至到超满近约余左右上下内外前后"
    "尸奸淫妓嫖毒杀死血裸性屎尿屁鬼妖贼匪赌党军战敌枪炮弹刑囚狱乳阴奴娼丧葬棺墓癌痔瘟猪狗"
)

_ENDINGS = set(
    "业品器机料工艺药材库网油钢电纸布茶果菜粮林港桥仪表剂膜板管阀泵炉塔瓷漆胶箱矿石煤型链质素酶菌苗种竹木棉麻丝革绒"
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
    """Our own words, then nouns of jieba's dictionary, the commonest first.

    None has a sign on which the meaning of a number could turn.
    """
    found = []
    for line in files("jieba").joinpath("dict.txt").read_text(encoding="utf-8").splitlines():
        word, count, kind = line.split(" ")
        if kind == "n" and 2 <= len(word) <= 4 and word[-1] in _ENDINGS and _is_plain(word):
            found.append((-int(count), word))
    return tuple(dict.fromkeys([*_things(), *_works(), *(word for _, word in sorted(found))]))


@functools.cache
def _things() -> tuple[str, ...]:
    return tuple(tables()["words"]["things"].split())


@functools.cache
def _works() -> tuple[str, ...]:
    return tuple(tables()["words"]["works"].split())


def _is_plain(word: str) -> bool:
    """Whether a word has only common characters (level 1 of GB 2312) that mean no harm."""
    if not _NEVER.isdisjoint(word):
        return False
    code = word.encode("gb2312", "replace")
    return len(code) == 2 * len(word) and all(0xB0 <= byte < 0xD8 for byte in code[::2])


def thing(rng: Random) -> str:
    """A product or a trade of our own list."""
    return rng.choice(_things())


def zipf_word(rng: Random) -> str:
    """A word, common ones oftener: of rank r about as often as 1/(r + 50) (Zipf, Mandelbrot)."""
    if rng.random() < _COMPOUNDS:
        return rng.choice(_things()) + rng.choice(_works())
    words = vocabulary()
    return words[int(_FLAT * (len(words) / _FLAT + 1) ** rng.random() - _FLAT)]


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
