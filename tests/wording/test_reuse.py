"""Shared passages: planted copies are found, offsets hold, set phrases are told apart."""

import random
import re

import numpy as np
import pandas as pd
import pytest
from files import CORPUS
from hypothesis import given, settings
from hypothesis import strategies as st

from ipcompare.clauses.departments import closing_departments
from ipcompare.clauses.table import clause_table
from ipcompare.corpus import Document
from ipcompare.data import read_rows
from ipcompare.frames import body_of
from ipcompare.text import Original, fold_width
from ipcompare.wording.passages import common_passages
from ipcompare.wording.reuse import PASSAGE_COLUMNS, reuse_shares, shared_passages
from ipcompare.wording.set_phrases import phrase_mask, without_set_phrases

SHARED = "建立健全知识产权海外预警机制，帮助和指导企业开展展会举办地知识产权预警研究与分析"
OTHER_A = "支持高校设立技术转移机构。"
OTHER_B = "每季度召开一次例会！"


LABEL = "（一）"  # a text is one provision


def pair(a, b):
    return [Document("a", LABEL + a), Document("b", LABEL + b)]


def only(table):
    assert len(table) == 1
    return table.iloc[0]


# By hand ---------------------------------------------------------------------------------------


def test_a_verbatim_passage_with_its_offsets():
    row = only(shared_passages(pair(OTHER_A + SHARED, OTHER_B + SHARED + "。")))
    assert (row.start_a, row.end_a) == (3 + 13, 3 + 13 + len(SHARED))
    assert (row.start_b, row.end_b) == (3 + 10, 3 + 10 + len(SHARED))
    assert row.text_a == row.text_b == SHARED
    assert (row.score, row.n_equal, row.formula) == (1.0, len(SHARED) - 1, False)  # the comma


def test_score_counts_a_substituted_a_deleted_and_an_inserted_character():
    copy = SHARED.replace("帮助", "帮忙").replace("健全", "全").replace("举办地", "举办的地")
    row = only(shared_passages(pair(OTHER_A + SHARED, OTHER_B + copy)))
    # 39 characters of which 助 and 健 find no equal: 37 in 40 columns (one more for 的)
    assert len(SHARED) - 1 == 39
    assert (row.n_equal, row.score) == (37, round(37 / 40, 4))


def test_wraps_spaces_and_punctuation_width_do_not_matter():
    copy = SHARED[:10] + "\n" + SHARED[10:20].replace("，", ", ") + "\r\n" + SHARED[20:]
    row = only(shared_passages(pair(OTHER_A + SHARED, OTHER_B + copy)))
    assert (row.score, row.text_b) == (1.0, copy)


def test_a_passage_shorter_than_asked_is_none():
    assert len(shared_passages(pair(OTHER_A + SHARED[:12], OTHER_B + SHARED[:12]))) == 0
    assert len(shared_passages(pair(OTHER_A + SHARED[:13], OTHER_B + SHARED[:13]))) == 1
    assert len(shared_passages(pair(SHARED[:6], SHARED[:6]), min_chars=5)) == 1


def test_a_copy_that_stands_twice_is_listed_twice():
    found = shared_passages(pair(SHARED, SHARED + "。" + OTHER_B + SHARED))
    assert found["text_b"].tolist() == [SHARED, SHARED]


def test_numbering_is_not_compared():
    texts = [Document("a", "（三）" + SHARED), Document("b", "二十一、" + SHARED)]
    row = only(shared_passages(texts))
    assert (row.start_a, row.start_b, row.score) == (3, 4, 1.0)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        # the heading of one provision and the body of the next
        ("（一）加强专利预警工作\n（二）支持骨干企业组建联盟。", "（一）加强专利预警工作\n（二）支持骨干企业组建联盟。"),
        # a heading and its body
        ("（一）加强专利预警工作。支持企业组建联盟。", "（一）加强专利预警工作。支持企业组建联盟。"),
    ],
)  # fmt: skip
def test_a_passage_lies_within_one_heading_or_body(a, b):
    texts = [Document("a", a), Document("b", b)]
    assert shared_passages(texts).empty
    assert len(shared_passages(texts, min_chars=8)) == 2  # each part by itself


@pytest.mark.parametrize(
    "name",
    [
        "《关于加强甲市知识产权运营服务体系建设的意见》",
        "国家级专利导航产业发展实验区",
        "市知识产权战略实施工作联席会议制度",
        "每万人口高价值发明专利拥有量",
    ],
)
def test_a_proper_name_is_no_passage_of_their_own(name):
    row = only(shared_passages(pair(OTHER_A + name + "要用好", OTHER_B + name + "能做到")))
    assert row.formula
    text = SHARED + name
    assert not only(shared_passages(pair(OTHER_A + text, OTHER_B + text))).formula


def test_the_title_of_a_text_is_not_compared():
    title = "关于新形势下建设知识产权强县的实施意见\n"
    texts = [
        Document(n, f"{n}县人民政府\n{title}一、总则\n（一）{o}")
        for n, o in (("a", OTHER_A), ("b", OTHER_B))
    ]
    assert shared_passages(texts).empty


def test_too_short_a_text_is_reported_not_silently_empty():
    documents = [
        *pair(OTHER_A + SHARED, SHARED),
        Document("c", "（一）强市。"),
        Document("d", " \n"),
    ]
    found = shared_passages(documents)
    assert {*found["doc_a"], *found["doc_b"]} == {"a", "b"}
    shares = reuse_shares(found, documents).set_index("doc_id")
    for doc_id in "cd":
        short = shares.loc[doc_id]
        assert short["too_short"].all() and short[["share", "share_own"]].isna().all(axis=None)
    two = reuse_shares(found, documents, min_chars=2).set_index(["doc_id", "other_id"])
    assert two.loc[("c", "a"), ["share", "too_short"]].tolist() == [0, False]
    with_b = shares.loc["a"].set_index("other_id")
    assert with_b.loc["b", "share"] == round(39 / 51, 4)
    assert with_b.loc["c", "too_short"] and np.isnan(with_b.loc["c", "share"])


def test_a_document_alone_is_compared_with_none():
    documents = [Document("a", SHARED)]
    row = only(reuse_shares(shared_passages(documents), documents))
    assert np.isnan(row.share) and not row.too_short


def test_texts_without_a_common_passage_have_share_0_not_missing():
    documents = pair(OTHER_A * 3, OTHER_B * 3)
    shares = reuse_shares(shared_passages(documents), documents)
    assert shares["share"].tolist() == [0, 0, 0, 0] and not shares["too_short"].any()


def test_shares_by_hand_with_and_without_set_phrases():
    formula = "以习近平新时代中国特色社会主义思想为指导"  # 20 characters
    documents = pair(formula + "，" + OTHER_A, OTHER_B + formula)
    found = shared_passages(documents)
    assert only(found).formula
    row = reuse_shares(found, documents).set_index(["doc_id", "other_id"]).loc[("a", "b")]
    assert (row.n_chars, row.n_shared, row.n_formula) == (32, 20, 20)
    assert (row.share, row.share_own) == (20 / 32, 0)


def test_a_long_passage_with_a_set_phrase_is_no_formula():
    text = SHARED + "，为经济发展提供有力支撑"
    assert not only(shared_passages(pair(OTHER_A + text, OTHER_B + text))).formula


def test_closing_lists_of_departments_are_flagged_and_do_not_count():
    units = "（责任单位：市知识产权局、市财政局、市科技局、市工信委、市商务局）"
    documents = pair("（一）" + OTHER_A + units, "（二）" + OTHER_B + units)
    found = shared_passages(documents)
    assert only(found).formula
    assert reuse_shares(found, documents)["n_shared"].tolist() == [0, 0, 0, 0]


def test_errors_say_what_is_right():
    with pytest.raises(ValueError, match="min_chars is 1; it must be a whole number from 2 on"):
        shared_passages(CORPUS, min_chars=1)
    with pytest.raises(ValueError, match="it must be a number from 0 to 1"):
        shared_passages(CORPUS, min_score=80)
    with pytest.raises(ValueError, match="shared_passages"):
        reuse_shares(pd.DataFrame({"doc_a": ["a"]}), CORPUS)


# Planted copies --------------------------------------------------------------------------------


def source_texts():
    """The bodies of the provisions of each document as one, in a line."""
    clauses = clause_table(CORPUS)
    own = clauses[clauses["role"] == "clause"]
    bodies = pd.Series([body_of(row) for row in own.itertuples()], index=own.index)
    joined = bodies.groupby(own["doc_id"].astype(str)).agg("".join)
    return {doc_id: "".join(text.split()) for doc_id, text in joined.items()}


def changed(rng, text, alphabet, rate):
    """The text with ``rate`` of its characters substituted, doubled by another or deleted."""
    hit = set(rng.sample(range(len(text)), round(rate * len(text))))
    out = []
    for i, char in enumerate(text):
        kind = rng.choice("sid") if i in hit else ""
        out.append({"s": "", "i": char, "d": "", "": char}[kind])
        out.append(rng.choice(alphabet) if kind in ("s", "i") else "")
    return "".join(out)


@pytest.mark.parametrize("length", [30, 120])
def test_planted_copies_with_5_percent_changed_are_found(length):
    texts, rng = source_texts(), random.Random(length)
    names, alphabet = sorted(texts), [c for t in texts.values() for c in t if c.isalnum()]
    covered = total = found_half = 0
    for _ in range(40):
        source, host = rng.sample(names, 2)
        at = rng.randrange(len(texts[source]) - length)
        plant = changed(rng, texts[source][at : at + length], alphabet, 0.05)
        to = rng.randrange(len(texts[host]))
        host_text = texts[host][:to] + plant + texts[host][to:]
        rows = shared_passages(pair(texts[source], host_text))
        hit = np.zeros(length, dtype=bool)
        for row in rows.itertuples():
            if min(row.end_b - 3, to + len(plant)) > max(row.start_b - 3, to):
                hit[max(row.start_a - 3 - at, 0) : max(row.end_a - 3 - at, 0)] = True
        covered, total, found_half = (
            covered + hit.sum(),
            total + length,
            found_half + (hit.mean() > 0.5),
        )
    assert covered / total >= 0.95
    assert found_half / 40 >= 0.95


# The corpus ------------------------------------------------------------------------------------


def test_every_row_is_a_span_of_the_raw_files(study):
    for row in study.passages.itertuples():
        assert CORPUS[row.doc_a].text[row.start_a : row.end_a] == row.text_a
        assert CORPUS[row.doc_b].text[row.start_b : row.end_b] == row.text_b
        assert 0.8 <= row.score <= 1 and row.n_equal >= 13


def test_a_provision_that_two_cities_share_word_for_word(study):
    passages = study.passages
    rows = passages[(passages["doc_a"] == "hebi-2017") & (passages["doc_b"] == "fuxin-2017")]
    longest = rows.loc[rows["n_equal"].idxmax()]
    assert longest.text_a.startswith("建立健全知识产权海外预警机制，帮助和指导企业")
    assert (longest.score, longest.n_equal, longest.formula) == (1.0, 58, False)
    assert pd.isna(longest.named) and pd.isna(longest.common_source)  # neither names the other


def test_the_order_of_the_documents_changes_nothing(study):
    back = shared_passages(CORPUS.documents[::-1])
    sides = ["doc_{0}", "start_{0}", "end_{0}", "text_{0}"]
    turn = {c.format(x): c.format(y) for c in sides for x, y in ("ab", "ba")}
    back = back.rename(columns=turn)[list(PASSAGE_COLUMNS)]
    order = ["doc_a", "doc_b", "start_a", "start_b", "end_b"]
    rows = [p.sort_values(order, ignore_index=True) for p in (study.passages, back)]
    pd.testing.assert_frame_equal(*rows)


@settings(max_examples=20)
@given(st.lists(st.integers(1, len(SHARED) - 1), max_size=5), st.booleans())
def test_no_wrap_and_no_width_changes_a_score(cuts, fold):
    copy = SHARED
    for cut in sorted(set(cuts), reverse=True):
        copy = copy[:cut] + "\n" + copy[cut:]
    copy = fold_width(copy) if fold else copy
    row = only(shared_passages(pair(OTHER_A + SHARED, OTHER_B + copy)))
    assert (row.score, re.sub(r"\s", "", fold_width(row.text_b))) == (1.0, fold_width(SHARED))


@settings(max_examples=50)
@given(st.text("甲乙丙", max_size=40), st.text("甲乙丙", max_size=40))
def test_any_two_strings_give_spans_within_them(a, b):
    ((_, _, found),) = common_passages([a, b], min_chars=6)
    for p in found:
        assert 0 <= p.start_a < p.end_a <= len(a) and 0 <= p.start_b < p.end_b <= len(b)
        assert 6 <= p.equal <= min(p.end_a - p.start_a, p.end_b - p.start_b) <= p.columns


def passages_of(texts, **options):
    return {(a, b): found for a, b, found in common_passages(texts, **options) if found}


@settings(max_examples=80)
@given(st.lists(st.text("甲乙丙丁", max_size=30), min_size=2, max_size=4))
def test_seeds_find_what_pairs_find_where_none_is_too_common(texts):
    every = passages_of(texts, min_chars=6)
    assert passages_of(texts, min_chars=6, most_holders=10_000) == every
    fewer = passages_of(texts, min_chars=6, most_holders=2)
    assert fewer.keys() <= every.keys()


def test_a_passage_that_begins_at_rare_wording_runs_on_over_common_wording():
    common, rare = "促进知识产权高质量发展", "集成电路布图设计登记"
    texts = [f"甲{common}", f"乙{common}", f"丙{rare}{common}", f"丁{rare}{common}"]
    ((pair, (found,)),) = passages_of(texts, min_chars=13, most_holders=3).items()
    assert pair == (2, 3) and found.equal == len(rare + common)


# Set phrases -----------------------------------------------------------------------------------

ROWS = read_rows("wording/set_phrases.csv", ("pattern", "kind", "example", "source"))


@pytest.mark.parametrize(("line", "row"), ROWS, ids=[str(line) for line, _ in ROWS])
def test_every_set_phrase_matches_its_example_and_has_a_source(line, row):
    assert re.compile(row["pattern"]).fullmatch(row["example"])
    assert row["source"] and row["kind"] in ("creed", "basis", "order", "frame", "slogan", "list")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("充分发挥司法保护的主导作用，健全机制", "司法保护，健全机制"),
        ("以习近平新时代中国特色社会主义思想为指导，推进改革", "，推进改革"),
        ("各有关部门要高度重视，制定台账", "，制定台账"),
        ("为产业转型提供有力支撑。", "为产业转型。"),
        ("设立知识产权质押融资风险补偿基金", "设立知识产权质押融资风险补偿基金"),
    ],
)
def test_slots_of_a_set_phrase_stay(text, left):
    gone = phrase_mask(fold_width(text))
    assert "".join(c for c, out in zip(text, gone, strict=True) if not out) == left


def test_clauses_without_set_phrases_keep_all_but_the_text(clauses):
    before = clauses.copy(deep=True)
    short = without_set_phrases(clauses)
    pd.testing.assert_frame_equal(clauses, before)
    changed = ["text", "body_end", "cuts"]
    pd.testing.assert_frame_equal(short.drop(columns=changed), clauses.drop(columns=changed))
    assert short["text"].str.len().sum() < clauses["text"].str.len().sum()
    assert not short["text"].str.contains("为指导").any()
    for row in short[short["role"] == "clause"].itertuples():  # label and heading as they were
        assert row.text.startswith(row.label)
        if isinstance(row.heading, str):
            assert row.heading in row.text
        assert list(closing_departments(row.text).units) == row.units
        assert row.body_end == closing_departments(row.text).start
    for row in short.itertuples():
        original = Original(row.text, row.cuts, row.char_start)
        assert original.whole == CORPUS[row.doc_id].text[row.char_start : row.char_end]
