"""Words of a Chinese text, and the terms on which clauses are compared.

Everything runs on the width-folded text without white space, cut at every sign that is neither a
Chinese character nor a Latin letter. So neither the width of punctuation nor a line wrap can
change a word. Digits are left out: quantities are compared as targets, and a shared 2020 or
12330 does not make two measures alike.
"""

import functools
import re
from collections.abc import Callable, Collection
from itertools import filterfalse

from ipcompare.data import RuleError, read_words, stop_words
from ipcompare.text import fold_width

ANALYZERS = ("words", "words+bigrams", "characters")
Analyzer = str | Callable[[str], list[str]]
BIGRAM = "~"  # opens every character bigram among the terms: ~质押 is no word

_RUN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+|[a-z]+")
_WIDE = re.compile(r"[Ａ-Ｚａ-ｚ]")
_SPACE = re.compile(r"\s+")
_USER_DICTIONARY = "wording/userdict.txt"


def squeeze(text: str) -> str:
    """The width-folded text without white space, in lower case.

    >>> squeeze("ＰＣＴ专利\\n　申请（１０件）")
    'pct专利申请(10件)'
    """
    return _SPACE.sub("", fold_width(text)).lower()


def tokenize(text: str, *, stop_words: Collection[str] | None = None) -> list[str]:
    """The words of a text in order, without punctuation, digits and stop words.

    The segmenter is rjieba (jieba in Rust; a test holds the two equal word for word on the corpus;
    of equally probable cuts of a repeated character they may take different ones) with
    ``userdict.txt``; unknown words are found with jieba's hidden Markov model.
    ``stop_words=None`` drops the words of ``stopwords.txt``, ``stop_words=()`` none.

    >>> tokenize("（三）实施专利导航，\\n建成１０个专利池。")
    ['实施', '专利导航', '建成', '专利池']
    """
    dropped = _dropped(stop_words)
    words = _segmenter()("\n".join(letters(text)))
    return list(filterfalse(dropped.__contains__, words))


def terms(text: str, *, stop_words: Collection[str] | None = None) -> list[str]:
    """The words of ``tokenize`` and, after each stretch of text, its character bigrams.

    Bigrams find what the segmenter cuts differently (专利权质押 and 专利质押). A bigram within
    stop words is dropped as they are.

    >>> terms("进一步开展贯标")
    ['开展', '贯标', '~步开', '~开展', '~展贯', '~贯标']
    """
    dropped = _dropped(stop_words)
    found = []
    for words in _segment(text):
        found += [word for word in words if word not in dropped]
        found += _bigrams(words, dropped)
    return found


def characters(
    text: str,
    *,
    n: Collection[int] = (2,),
    stop_words: Collection[str] | None = (),
) -> list[str]:
    """The character n-grams of a text, within stretches of characters without other signs.

    No segmenter takes part unless stop words are left out; a stretch then ends at each of them.

    >>> characters("开展贯标，建池", n=(2, 3))
    ['~开展', '~展贯', '~贯标', '~开展贯', '~展贯标', '~建池']
    """
    if stop_words is not None and not stop_words:
        runs = letters(text)
    else:
        runs = ["".join(words) for words in stretches(text, stop_words=stop_words)]
    return [BIGRAM + r[i : i + k] for r in runs for k in n for i in range(len(r) - k + 1)]


def stretches(text: str, *, stop_words: Collection[str] | None = None) -> list[list[str]]:
    """The words of a text, divided wherever another sign or a stop word stands between them.

    >>> stretches("推广贯标和专利导航，建设专利池")
    [['推广', '贯标'], ['专利导航'], ['建设', '专利池']]
    """
    dropped = _dropped(stop_words)
    found: list[list[str]] = [[]]
    for words in _segment(text):
        for word in words:
            if word in dropped:
                found.append([])
            else:
                found[-1].append(word)
        found.append([])
    return [words for words in found if words]


def analyzer_of(analyzer: Analyzer) -> Callable[[str], list[str]]:
    """What turns a text into its terms.

    ``"words"`` is ``tokenize``, ``"words+bigrams"`` ``terms``, ``"characters"`` ``characters``;
    a callable from a text to a list of terms is taken as it is.
    """
    if callable(analyzer):
        return analyzer
    if analyzer not in ANALYZERS:
        raise ValueError(
            f"unknown analyzer {analyzer!r}; choose one of {', '.join(ANALYZERS)} or a function"
        )
    return {"words": tokenize, "words+bigrams": terms, "characters": characters}[analyzer]


def _bigrams(words: list[str], dropped: frozenset[str]) -> list[str]:
    run = "".join(words)
    kept = [word not in dropped for word in words for _ in word]
    return [BIGRAM + run[i : i + 2] for i in range(len(run) - 1) if kept[i] or kept[i + 1]]


def _dropped(stop_words: Collection[str] | None) -> frozenset[str]:
    """Stop words, and the line feed that stands between runs."""
    return _default_dropped() if stop_words is None else frozenset((*stop_words, "\n"))


@functools.cache
def _default_dropped() -> frozenset[str]:
    return stop_words() | {"\n"}


def letters(text: str) -> list[str]:
    """The runs of Chinese characters or Latin letters, as ``squeeze`` would leave them."""
    squeezed = "".join(text.split())
    # Folding every sign takes as long as segmenting; it changes nothing but wide letters here.
    return _RUN.findall((fold_width(squeezed) if _WIDE.search(squeezed) else squeezed).lower())


def _segment(text: str) -> list[list[str]]:
    """The words of each run."""
    # One call a text; the line feeds keep words from crossing the ends of runs.
    segmented: list[list[str]] = [[]]
    for word in _segmenter()("\n".join(letters(text))):
        if word == "\n":
            segmented.append([])
        else:
            segmented[-1].append(word)
    return segmented


@functools.cache
def user_words() -> tuple[tuple[str, int], ...]:
    """``(word, frequency)`` of every entry of the user dictionary."""
    entries = []
    for line, entry in read_words(_USER_DICTIONARY):
        word, _, frequency = entry.partition(" ")
        if not frequency.strip().isdecimal():
            problem = f"{entry!r} must be a word, a space and a frequency"
            raise RuleError(_USER_DICTIONARY, line, problem)
        entries.append((word, int(frequency)))
    return tuple(entries)


@functools.cache
def _segmenter() -> Callable[[str], list[str]]:
    """rjieba with the user dictionary loaded; made at first use, once a process."""
    import rjieba

    # Its own instance: to load the dictionary again would take as long as all of the corpus.
    for word, frequency in user_words():
        rjieba.add_word(word, frequency, None)
    return rjieba.cut
