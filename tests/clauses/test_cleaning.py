import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipcompare.clauses.cleaning import clean, paragraphs
from ipcompare.text import fold_width


def test_a_wrapped_paragraph_is_rejoined_and_traced():
    raw = (
        "一、要求\n\n为充分发挥知识产权在经济社会发展中的支撑\n\n和引领作用，助力建设，制定本实施方案，加快\n\n"
        * 4
        + "完成。"
    )
    assert "支撑和引领作用" in clean(raw).text and "加快\n" not in clean(raw).text[-8:]


def test_removed_says_what_and_why():
    removed = clean(
        "现将 《方案》印发\n\n—41—\n\n\u3000\u3000一、要求[bookmark: _GoBack]\n"
    ).removed
    reasons = dict(zip(removed["text"].str.strip(), removed["reason"], strict=True))
    assert reasons["—41—"] == "page number"
    assert reasons["[bookmark: _GoBack]"] == "Word field"
    assert "space" in set(removed["reason"])


def test_a_cut_sentence_goes_on_over_a_page_number():
    raw = "坚持创新引领，深入推进各项改革，全面加强知识产权保护运用，认真贯彻六中全\n\n— 3 —\n\n会精神。"
    assert (
        clean(raw).text
        == "坚持创新引领，深入推进各项改革，全面加强知识产权保护运用，认真贯彻六中全会精神。"
    )


def test_a_number_at_a_line_start_is_no_label():
    line = "推动服务业和制造业的深度融合发展，促进产业升级，一\n"
    parts, _ = paragraphs(line * 6 + "二、三产业协调发展，建设现代产业体系，加快形成新优\n势。")
    assert all(p.label is None for p in parts)


def test_spaces_between_latin_words_stay():
    assert clean("按照 GB/T 29490 标准 实施").text == "按照GB/T 29490标准实施"


@pytest.mark.parametrize(
    "wide, narrow", [("（％，：；）", "(%,:;)"), ("１２．５", "12.5"), ("—～∶", "-~:")]
)
def test_folding(wide, narrow):
    assert fold_width(wide) == narrow


@given(st.text(alphabet="一二、（）(1.条章第。；，：\n\t \u3000—甲乙国家2年%[]", max_size=200))
def test_cleaning_deletes_and_never_substitutes(raw):
    result = clean(raw)
    assert [raw[i] for i in result.offsets] == list(result.text)
    assert list(result.offsets) == sorted(set(result.offsets))
    kept = len(result.text) + sum(result.removed["char_end"] - result.removed["char_start"])
    assert kept == len(raw)
    lost = result.removed[~result.removed["text"].str.fullmatch(r"\s*")]
    assert set(lost["reason"]) <= {"page number", "Word field", "web page furniture"}


@given(st.text(max_size=300))
def test_folding_keeps_length(text):
    assert len(fold_width(text)) == len(text)
