"""Distinctive terms worked by hand, and keywords in context with their places in the raw file."""

from math import log, sqrt

import numpy as np
import pandas as pd
import pytest
from files import CORPUS
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm
from tables import clause, clause_rows

from ipcompare.clauses.table import clause_table
from ipcompare.corpus import Document
from ipcompare.wording.distinctive import (
    KWIC_COLUMNS,
    TERM_COLUMNS,
    distinctive_terms,
    kwic,
    log_odds,
    prior_sensitivity,
)
from ipcompare.wording.set_phrases import without_set_phrases
from ipcompare.wording.tokens import squeeze

# Distinctive terms -----------------------------------------------------------------------------


EVERY = {"top_n": None, "max_q": None}


def test_log_odds_and_z_by_hand():
    # a: 贯标 3, 专利池 1; b: 贯标 1, 专利池 3. Prior of strength 2: the counts in the corpus, 4 and 4.
    # 贯标: a 3 + 4 = 7 of 12, b 1 + 4 = 5 of 12
    clauses = clause_rows(
        clause("a", "1", "贯标，贯标，贯标，专利池"),
        clause("b", "1", "贯标，专利池，专利池、专利池"),
    )
    found = distinctive_terms(clauses, top_n=1, max_q=None, strength=2)
    delta = log(7 / 5) - log(5 / 7)
    z = delta / sqrt(1 / 7 + 1 / 5)
    assert (delta, z) == (pytest.approx(0.6729, abs=1e-4), pytest.approx(1.1493, abs=1e-4))
    assert found[["doc_id", "term", "n", "n_rest"]].values.tolist() == [
        ["a", "贯标", 3, 1],
        ["b", "专利池", 3, 1],
    ]
    assert found["log_odds"].tolist() == pytest.approx([delta, delta])
    assert found["z"].tolist() == pytest.approx([z, z])
    assert tuple(found.columns) == TERM_COLUMNS


def test_a_term_is_listed_up_to_the_false_discovery_rate():
    # 贯标 20 to 2, 专利池 2 to 20, 融资 5 to 5; rare words stand fewer than five times
    clauses = clause_rows(
        clause("a", "1", "，".join(["贯标"] * 20 + ["专利池"] * 2 + ["融资"] * 5 + ["托管"])),
        clause("b", "1", "，".join(["贯标"] * 2 + ["专利池"] * 20 + ["融资"] * 5)),
    )
    assert distinctive_terms(clauses)[["doc_id", "term"]].values.tolist() == [
        ["a", "贯标"],
        ["b", "专利池"],
    ]
    every = distinctive_terms(clauses, **EVERY).set_index(["doc_id", "term"])
    own = every.loc["a"]
    # of all three that stand five times, by rank: 3 p, 3/2 p, p, and none above the next
    p = sorted(2 * norm.sf(own.loc[["贯标", "专利池", "融资"], "z"].abs()))
    q = min(3 * p[0], 3 / 2 * p[1]), min(3 / 2 * p[1], p[2]), p[2]
    assert sorted(own["q"].dropna()) == pytest.approx(q, abs=1e-11)
    assert own.loc["贯标", "q"] < 1e-5 and pd.isna(own.loc["托管", "q"])
    assert distinctive_terms(clauses, max_q=1e-12).empty


def test_single_characters_are_no_terms():
    clauses = clause_rows(clause("a", "1", "镁，镁，镁，贯标"), clause("b", "1", "专利池，铝"))
    assert not {"镁", "铝"} & set(distinctive_terms(clauses, **EVERY)["term"])


def test_all_terms_of_a_document_from_the_most_to_the_least_its_own():
    clauses = clause_rows(
        clause("a", "1", "贯标，贯标，专利池"), clause("b", "1", "专利池，专利池")
    )
    found = distinctive_terms(clauses, **EVERY)
    assert found.loc[found["doc_id"] == "a", "term"].tolist() == ["贯标", "专利池"]
    assert found.loc[found["doc_id"] == "b", "term"].tolist() == ["专利池"]  # only what it says
    assert (found["z"].groupby(found["doc_id"]).diff().dropna() <= 0).all()


def test_names_of_places_are_left_out_unless_asked_for():
    clauses = clause_rows(
        clause("a", "1", "鹤壁市贯标，鹤壁，廊坊，广西，京津冀", jurisdiction="鹤壁市"),
        clause("b", "1", "新乡市专利池，学习鹤壁", jurisdiction="新乡市"),
    )
    names = {"鹤壁", "鹤壁市", "新乡", "新乡市", "廊坊", "广西", "京津冀"}
    assert not names & set(distinctive_terms(clauses, **EVERY)["term"])
    assert "廊坊" in set(distinctive_terms(clauses, **EVERY, place_names=True)["term"])


def test_another_prior_and_what_of_the_list_stays():
    a = ["贯标"] * 20 + ["专利池"] * 2 + ["融资"] * 5
    b = ["贯标"] * 2 + ["专利池"] * 20 + ["融资"] * 5
    clauses = clause_rows(clause("a", "1", "，".join(a)), clause("b", "1", "，".join(b)))
    table = prior_sensitivity(clauses).set_index(["doc_id", "strength"])
    assert table.loc[("a", 0.1)].tolist() == [1, 1, 1.0]
    assert table.index.get_level_values("strength").unique().tolist() == [0.01, 0.1, 1.0]
    drowned = prior_sensitivity(clauses, times=[1000]).set_index("doc_id")
    assert drowned.loc["a", ["n_listed", "n_kept"]].tolist() == [0, 0]
    alone = prior_sensitivity(clause_rows(clause("a", "1", "贯标")))
    assert alone.empty


def test_labels_departments_and_letterheads_are_no_terms():
    clauses = clause_rows(
        clause("a", "letterhead-1", "河北省人民政府文件", role="letterhead"),
        clause("a", "1", "贯标。", label="（一）", closing="（责任单位：市财政局、市商务局）"),
        clause("a", "t", "1\t开展质押融资", role="table_row", closing="\t市政府办、市科技局"),
        clause("b", "1", "专利池"),
    )
    assert set(distinctive_terms(clauses, **EVERY)["term"]) == {
        "贯标",
        "开展",
        "质押融资",
        "专利池",
    }


def test_a_document_alone_or_empty_has_no_rows_and_no_nan():
    assert len(distinctive_terms(clause_rows(clause("a", "1", "贯标")))) == 0
    found = distinctive_terms(
        clause_rows(clause("a", "1", "贯标，专利池"), clause("b", "1", "的"), clause("c", "1")),
        **EVERY,
    )
    assert found["doc_id"].unique().tolist() == ["a"] and found["z"].notna().all()
    assert tuple(distinctive_terms(clause_rows()).columns) == TERM_COLUMNS


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=2, max_size=20))
def test_text_and_rest_swapped_turn_the_sign(counts):
    n, rest = np.array(counts, dtype=float).T
    delta, z = log_odds(n, rest, n + rest + 1)
    back, turned = log_odds(rest, n, n + rest + 1)
    assert np.allclose(delta, -back) and np.allclose(z, -turned)


def test_few_terms_set_five_texts_on_one_subject_apart(clauses):
    found = distinctive_terms(clauses)
    assert (found["q"] <= 0.05).all() and found.groupby("doc_id").size().max() <= 10
    assert found.loc[found["z"].idxmax(), ["doc_id", "term"]].tolist() == ["zhengzhou-2017", "运营"]
    assert not set(found["term"]) & {"京津冀", "保定", "石家庄", "廊坊", "镁", "户", "强"}


def test_errors_say_what_is_right(clauses):
    with pytest.raises(ValueError, match="top_n is 0; it must be a whole number from 1 on"):
        distinctive_terms(clauses, top_n=0)
    with pytest.raises(ValueError, match="strength is 0; it must be a number above 0"):
        distinctive_terms(clauses, strength=0)
    with pytest.raises(ValueError, match="make it with clause_table"):
        distinctive_terms(clauses.drop(columns="units"))
    with pytest.raises(ValueError, match="it must hold a character"):
        kwic(clauses, " ")


# Keyword in context ----------------------------------------------------------------------------


def test_a_line_by_hand():
    text = "一、总则\n（一）贯标。支持企业贯\n标，每年10家。\n"
    found = kwic(clause_table(Document("d", text)), "贯标", width=4)
    assert tuple(found.columns) == KWIC_COLUMNS
    assert found[["clause_id", "pinpoint", "left", "keyword", "right"]].values.tolist() == [
        ["d#1.1", "一、（一）", "（一）", "贯标", "。支持企"],
        ["d#1.1", "一、（一）", "支持企业", "贯标", "，每年1"],
    ]
    spans = zip(found["char_start"], found["char_end"], strict=True)
    assert [text[a:b] for a, b in spans] == ["贯标", "贯\n标"]


def test_width_and_case_do_not_matter_and_no_hit_is_an_empty_table(clauses):
    assert (
        len(kwic(clauses, "ＰＣＴ")) == len(kwic(clauses, "pct")) == len(kwic(clauses, "PCT")) > 0
    )
    assert kwic(clauses, "区块链存证").shape == (0, 7)


@pytest.mark.parametrize(
    "term", ["知识产权", "质押融资", "（责任单位", "2020", "万人", "国家级", "。"]
)
def test_every_place_is_led_back_to_the_raw_file(clauses, term):
    found = kwic(clauses, term)
    for row in found.itertuples():
        raw = CORPUS[row.clause_id.split("#")[0]].text
        assert squeeze(raw[row.char_start : row.char_end]) == squeeze(row.keyword) == squeeze(term)
    whole = sum(
        squeeze(t).count(squeeze(term)) for t in clauses.loc[clauses["role"] != "residue", "text"]
    )
    assert len(found) == whole > 0


def test_places_hold_without_set_phrases_too(clauses):
    found = kwic(without_set_phrases(clauses), "战略")
    assert 0 < len(found) <= len(kwic(clauses, "战略"))
    for row in found.itertuples():
        raw = CORPUS[row.clause_id.split("#")[0]].text
        assert (raw[row.char_start], raw[row.char_end - 1]) == ("战", "略")
