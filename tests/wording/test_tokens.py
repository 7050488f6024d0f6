"""Words and terms: what counts as one, and that both engines agree."""

import functools

import pytest
from files import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from ipcompare import data
from ipcompare.data import RuleError, read_words
from ipcompare.wording import tokens
from ipcompare.wording.tokens import squeeze, terms, tokenize

TEXTS = sorted((ROOT / "corpus" / "texts").glob("*.txt"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("推广专利导航和质押融资", ["推广", "专利导航", "质押融资"]),  # user dictionary, 和 dropped
        ("建设地理标志专利池", ["建设", "地理标志", "专利池"]),
        ("企业贯标１００家、50%以上", ["企业", "贯标"]),  # digits, measure words
        ("建设\nTISC中心", ["建设", "tisc", "中心"]),
        ("知识\n产权", ["知识产权"]),  # a wrap inside a word
        ("知识，产权", ["知识", "产权"]),  # punctuation does cut
        ("进一步积极地", []),
        ("", []),
    ],
)
def test_words(text, words):
    assert tokenize(text) == words


def test_terms_are_words_and_bigrams_without_those_inside_stop_words():
    # 进一步/推广/贯标，以及: 进一步 and 以及 are stop words; 步推 touches a kept word.
    assert terms("进一步推广贯标，以及") == ["推广", "贯标", "~步推", "~推广", "~广贯", "~贯标"]
    assert terms("贯标。专利池") == ["贯标", "~贯标", "专利池", "~专利", "~利池"]
    assert terms("进一步积极地") == []


def test_stop_words_are_a_parameter():
    assert tokenize("推广贯标", stop_words=["推广"]) == ["贯标"]
    assert tokenize("进一步推广", stop_words=()) == ["进一步", "推广"]


@functools.cache
def reference():
    """jieba itself with our dictionary."""
    import jieba

    segmenter = jieba.Tokenizer()
    for word, frequency in tokens.user_words():
        segmenter.add_word(word, frequency)
    return segmenter


def by_jieba(text):
    words = reference().lcut("\n".join(tokens.letters(text)))
    return [word for word in words if word != "\n"]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_rjieba_equals_jieba_word_for_word(path):
    text = path.read_text(encoding="utf-8")
    for part in (text, *text.splitlines()):
        words = tokenize(part, stop_words=())
        assert words == by_jieba(part)


_CHARACTERS = sorted(set("".join(p.read_text(encoding="utf-8") for p in TEXTS)))


# No character twice: 卡卡|卡 and 卡|卡卡 are equally probable, and there rounding decides.
@given(st.lists(st.sampled_from(_CHARACTERS), max_size=40, unique=True).map("".join))
@settings(max_examples=300)
def test_rjieba_equals_jieba_on_scrambled_text(text):
    assert tokenize(text, stop_words=()) == by_jieba(text)


def test_jieba_is_left_as_it_is():
    import jieba

    tokenize("贯标")
    jieba.initialize()
    assert "专利导航" not in jieba.dt.FREQ


@given(st.text(st.sampled_from("知识产权贯标专利池的和，。（）：；10A \n"), max_size=30))
def test_width_and_white_space_change_no_term(text):
    full = text.translate({n: n + 0xFEE0 for n in range(0x21, 0x7F)})
    half = text.translate({0xFF01 + n: 0x21 + n for n in range(94)})
    wrapped = "\n　".join(text)
    assert terms(full) == terms(half) == terms(wrapped) == terms(text)
    assert squeeze(full) == squeeze(half) == squeeze(wrapped)


def test_word_lists_are_clean():
    stops = [word for _, word in read_words("wording/stopwords.txt")]
    words = [word for word, _ in tokens.user_words()]
    assert len(stops) == len(set(stops)) and len(words) == len(set(words))
    assert not set(stops) & set(words)
    assert all(tokenize(word, stop_words=()) == [word] for word in words)


def test_bad_dictionary_entry_is_refused_with_its_line(monkeypatch):
    monkeypatch.setattr(data, "data_text", lambda file: "# terms\n贯标 1000\n专利池 often\n")
    tokens.user_words.cache_clear()
    with pytest.raises(RuleError, match=r"userdict.txt, line 3: '专利池 often'"):
        tokens.user_words()
    tokens.user_words.cache_clear()
