"""One word for one thing: the file of words is complete, and no word stands in code beside it."""

import ast
import re
from pathlib import Path

import pytest

from ipcompare import words
from ipcompare.words import LANGS, check_lang, value_word, word, word_table

PACKAGE = Path(words.__file__).parent
ALL = words._words()
CHINESE, SIGNS = re.compile("[一-鿿]"), re.compile("[一-鿿，。：；（）、“”]")


def test_words_by_their_key():
    assert word("values.kind.target", "zh") == "目标"
    assert word("columns.clause-matches.score", "en") == "Cosine of own words"
    assert word("browsers.rows", "zh", n=12) == "共 12 行"
    assert word_table("chapters")["texts"] == ("文本", "The texts")
    with pytest.raises(KeyError, match="words.toml has no word 'values.kind.goal'"):
        word("values.kind.goal", "zh")
    with pytest.raises(KeyError, match="'n'"):  # never a brace instead of its value
        word("browsers.rows", "zh")


def test_codes_in_words_and_all_else_as_it_is():
    assert [value_word("comparator", sign, "en") for sign in ("~", ">=", ">")] == [
        "about",
        "≥",
        ">",
    ]
    assert value_word("parent_comparator", "~", "zh") == "约"
    assert value_word("kind", 3, "zh") == "3" and value_word("nothing", "x", "en") == "x"


@pytest.mark.parametrize("lang", ["EN", "fr", "", None])
def test_another_language_is_refused(lang):
    for asked in (check_lang, lambda x: word("captions.table", x), lambda x: value_word("a", 1, x)):
        with pytest.raises(ValueError, match=f"lang is zh or en, not {lang!r}"):
            asked(lang)


@pytest.mark.parametrize("leaf", [["表"], ["表", ""], ["表", 1], ["表", "Table", "Tafel"], "表表"])
def test_a_word_without_its_twin_is_refused(leaf):
    with pytest.raises(ValueError, match=r"captions.table is \[Chinese, English\], not"):
        dict(words._leaves("", {"captions": {"table": leaf}}))


def test_both_languages_say_the_same():
    """English is English, and what Chinese fills in English fills in, too."""
    assert len(ALL) > 400
    for key, (zh, en) in ALL.items():
        assert not CHINESE.search(en), key
        filled = [set(re.findall(r"{(\w+)", text)) for text in (zh, en)]
        assert filled[1] <= filled[0], key


def test_one_thing_has_one_word():
    """What a column is called, a check of it and a remark on it are called."""
    columns = {key: zh for key, (zh, _) in word_table("columns").items()}
    for table in ("values.check", "values.flag"):
        for key, (zh, _) in word_table(table).items():
            column = columns.get(key.replace(" ", "_"))
            apart = ("indicator", "unit", "variant", "wording", "scope", "condition")
            assert column in (None, zh) or key in apart, (table, key)
    assert word("columns.measure", "zh") == word("values.check.measure", "zh") == "度量类型"
    assert word("columns.kind", "zh") == word("values.check.kind", "zh") == "类别"


# --- no words in code -------------------------------------------------------------------------


def text_of(node):
    """The words of a string or an f-string, else an empty text."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    found = (p.value for p in parts if isinstance(p, ast.Constant) and isinstance(p.value, str))
    return "".join(found)


def is_pair(one, other):
    """Whether two strings are words in Chinese and in English, or signs of both."""
    zh, en = sorted((text_of(one), text_of(other)), key=lambda text: not SIGNS.search(text))
    apart = SIGNS.search(zh) and en and not SIGNS.search(en)
    return bool(apart) and bool(CHINESE.search(zh)) == bool(re.search("[A-Za-z]", en))


def pairs(tree):
    """The lines on which something is said in Chinese and in English."""
    for node in ast.walk(tree):
        found = False
        if isinstance(node, ast.Tuple | ast.List) and len(node.elts) == 2:
            found = is_pair(*node.elts)
        elif isinstance(node, ast.IfExp):
            found = is_pair(node.body, node.orelse)
        elif isinstance(node, ast.Dict) and {text_of(k) for k in node.keys if k} == set(LANGS):
            said = (text_of(part) for value in node.values for part in ast.walk(value))
            found = any(map(SIGNS.search, said))
        if found:
            yield node.lineno


def test_pairs_are_found():
    code = """
a = {"x": ("表", "Table"), "y": ("甲", "乙")}
b = "注" if lang == "zh" else "Note"
c = {"zh": ("注：", "图"), "en": ("Note: ", "Figure")}
d = [f"{n} 份", f"{n} texts"]
g = (", ", "、")
e = {"zh": "", "en": "-en"}
"""
    assert sorted(pairs(ast.parse(code))) == [2, 3, 4, 5, 6]


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.stem)
def test_no_words_in_code(path):
    assert list(pairs(ast.parse(path.read_text(encoding="utf-8")))) == []


def test_no_words_in_the_page():
    script, page = (
        (PACKAGE / "data/style" / f"report.{x}").read_text("utf-8") for x in ("js", "html")
    )
    assert CHINESE.findall(script) == [] and CHINESE.findall(page) == ["中", "文"]
