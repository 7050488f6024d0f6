"""Explanations: the terms add up to the score, and the view shows them where they stand."""

import html
import re

import pandas as pd
import pytest
from files import CORPUS
from hypothesis import given, settings
from hypothesis import strategies as st
from tables import clause, clause_rows
from test_similarity import TEXTS, _documents

from ipcompare.wording.explain import explain_match, side_by_side
from ipcompare.wording.similarity import match_clauses

PAIR = "hebi-2017#6.23", "fuxin-2017#8.24"
TWO = clause_rows(
    clause("a", "1", "<b>贯标&。\n专利池，12家。", label="（一）", pinpoint="一、"),
    clause("b", "1", "专利池", closing="（市贯标局）", pinpoint="一、", units=["市贯标局"]),
)


@pytest.mark.parametrize("idf", ["background", "corpus"])
def test_contributions_sum_to_the_score(idf, clauses):
    matches = match_clauses(clauses, idf=idf)
    for row in matches.sample(12, random_state=1).itertuples():
        terms = explain_match(clauses, row.clause_id, row.match_id, idf=idf)
        assert terms["contribution"].sum() == pytest.approx(row.score, abs=1e-9)
        assert terms["contribution"].is_monotonic_decreasing
        assert (terms["contribution"] > 0).all()


@given(TEXTS, st.sampled_from(["words", "words+bigrams", "characters"]))
@settings(max_examples=30)
def test_contributions_sum_to_the_score_of_any_table(texts, analyzer):
    clauses = _documents(texts)
    for row in match_clauses(clauses, top_n=2, analyzer=analyzer).itertuples():
        terms = explain_match(clauses, row.clause_id, row.match_id, analyzer=analyzer)
        assert terms["contribution"].sum() == pytest.approx(row.score, abs=1e-9)


def test_explanation_is_symmetric_and_knows_its_clauses(clauses):
    a, b = PAIR
    pd.testing.assert_frame_equal(explain_match(clauses, a, b), explain_match(clauses, b, a))


@pytest.mark.parametrize(
    ("id", "message"),
    [
        ("hebi-2017#6", "no provision without parts; its parts are hebi-2017#6.20, "),
        ("hebi-2017#6.2", "no provision; nearest are .*hebi-2017#6.2[0-3]"),
        ("hebi-217#6.23", "hebi-217 is no document; nearest are hebi-2017, "),
        ("nowhere#1", "nowhere is no document; there are hebei-2016, hebi-2017, "),
        (PAIR[1], "fuxin-2017#8.24 is given twice"),
    ],
)
def test_a_clause_that_cannot_be_compared_is_refused_with_the_nearest(id, message, clauses):
    with pytest.raises((KeyError, ValueError), match=message):
        side_by_side(clauses, id, PAIR[1])


def test_clauses_without_a_common_term_have_no_terms():
    clauses = clause_rows(clause("a", "1", ""), clause("b", "1", "的"))
    assert explain_match(clauses, "a#1", "b#1").empty
    assert side_by_side(clauses, "a#1", "b#1").score == 0


def test_only_what_is_compared_is_shaded():
    sides = side_by_side(TWO, "a#1", "b#1").sides
    marked = ["".join(text for shade, text in side.marked() if shade) for side in sides]
    assert marked == ["专利池", "专利池"]  # not the departments
    assert ["".join(t for _, t in side.marked()) for side in sides] == list(TWO["text"])


def test_html_is_escaped_and_keeps_every_character():
    shown = side_by_side(TWO, "a#1", "b#1")._repr_html_()
    tags = set(re.findall(r"<[^>]*>", shown))
    assert {tag.split()[0].strip("</>") for tag in tags} <= {
        "div", "p", "b", "br", "small", "table", "tr", "td", "mark",
    }  # fmt: skip
    words = html.unescape(re.sub(r"<[^>]+>", "", shown))
    assert all(text in words for text in TWO["text"])


def test_views_carry_citation_pinpoint_and_score(clauses):
    view = side_by_side(clauses, *PAIR, corpus=CORPUS)
    score = match_clauses(clauses, top_n=None).set_index(["clause_id", "match_id"])["score"][PAIR]
    for shown in (view._repr_html_(), str(view)):
        assert "鹤政〔2017〕21号[Z]. 2017-09-30: 六、（二十三）." in shown
        assert f"{score:.3f} = " in shown
    assert "fuxin-2017 八、（二十四）" in str(side_by_side(clauses, *PAIR))
    assert "【" in str(view)


def test_terminal_view_holds_both_texts(clauses):
    from rich.console import Console

    console = Console(width=160, record=True, file=open("/dev/null", "w"))
    console.print(side_by_side(clauses, *PAIR))
    shown = console.export_text()
    assert "营造浓厚氛围" in shown and "加强宣传引导" in shown
