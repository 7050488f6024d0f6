"""Similarity: worked by hand on tiny tables, and what must not move a score."""

import json
from math import log, log2, sqrt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipcompare.clauses import clause_table
from ipcompare.corpus import read_corpus
from ipcompare.frames import CLAUSE_COLUMNS, MATCH_COLUMNS
from ipcompare.similarity import body, clause_vectors, document_similarity, match_clauses

CORPUS = Path(__file__).parents[1] / "corpus"


def clause(doc_id, path, text, *, role="clause", **columns):
    row = dict.fromkeys(CLAUSE_COLUMNS) | {"doc_id": doc_id, "path": path, "role": role}
    row |= {"clause_id": f"{doc_id}#{path}", "text": text, "units": []}
    return row | columns


def table(*rows):
    return pd.DataFrame(rows, columns=list(CLAUSE_COLUMNS))


def scores(clauses):
    matches = match_clauses(clauses, top_n=None)
    return {(m.clause_id, m.match_id): m.score for m in matches.itertuples()}


# By hand ---------------------------------------------------------------------------------------

RARE = log(3 / 2) + 1  # idf of a term in one of two texts; of a term in both: log(3 / 3) + 1 = 1


def test_cosine_of_two_clauses_by_hand():
    # a: 贯标 ~贯标                       weights 1 1            length sqrt(2)
    # b: 贯标 ~贯标 专利池 ~专利 ~利池    weights 1 1 and 3 RARE length sqrt(2 + 3 RARE²)
    clauses = table(clause("a", "1", "贯标。"), clause("b", "1", "贯标，专利池。"))
    expected = 2 / (sqrt(2) * sqrt(2 + 3 * RARE**2))
    assert expected == pytest.approx(0.5023, abs=1e-4)
    assert scores(clauses) == pytest.approx({("a#1", "b#1"): expected, ("b#1", "a#1"): expected})


def test_heading_counts_three_times_and_the_one_above_twice():
    # a: body 专利池; heading 贯标, so tf(贯标) = 3 and its weight 1 + ln 3; parent 高校, tf 2
    clauses = table(
        clause("a", "1", "一、高校", role="section", label="一、", heading="高校"),
        clause("a", "1.1", "（一）贯标。专利池。", label="（一）", heading="贯标", parent_id="a#1"),
        clause("b", "1", "贯标。"),
    )
    heading, parent = 1 + log(3), (1 + log(2)) * RARE
    length = sqrt(2 * heading**2 + 2 * parent**2 + 3 * RARE**2)  # 高校 ~高校; 专利池 ~专利 ~利池
    assert scores(clauses)["a#1.1", "b#1"] == pytest.approx(2 * heading / (sqrt(2) * length))


def test_cosine_of_two_documents_by_hand():
    # a: 贯标 twice, 专利池 once; b: 贯标. No bigrams at this level.
    clauses = table(clause("a", "1", "贯标，贯标，专利池"), clause("b", "1", "贯标"))
    weight = 1 + log(2)
    expected = weight / sqrt(weight**2 + RARE**2)
    similarity = document_similarity(clauses)
    assert similarity.to_numpy() == pytest.approx(np.array([[1, expected], [expected, 1]]))
    assert list(similarity.index) == list(similarity.columns) == ["a", "b"]
    assert np.diag(similarity).tolist() == [1.0, 1.0]


def test_documents_are_compared_on_what_they_say():
    clauses = table(
        clause("a", "letterhead-1", "河北省人民政府文件", role="letterhead"),
        clause("a", "1", "贯标"),
        clause("a", "imprint-1", "河北省人民政府办公厅印发", role="imprint"),
        clause("b", "1", "贯标"),
    )
    assert document_similarity(clauses).loc["a", "b"] == pytest.approx(1)


# Shape -----------------------------------------------------------------------------------------

SIX = table(
    clause("a", "1", "一、总则", role="section", label="一、", heading="总则"),
    clause("a", "1.1", "推广企业贯标。", parent_id="a#1"),
    clause("a", "1.2", "建设专利池。", parent_id="a#1"),
    clause("b", "1", "推广贯标。"),
    clause("b", "2", "推广贯标。"),
    clause("c", "1", "专利池运营。"),
)


def test_only_leaf_provisions_of_other_documents():
    matches = match_clauses(SIX, top_n=None)
    assert tuple(matches.columns) == MATCH_COLUMNS
    pairs = set(zip(matches["clause_id"], matches["match_id"], strict=True))
    assert pairs == {(x, y) for pair in [
        ("a#1.1", "b#1"), ("a#1.1", "b#2"), ("a#1.2", "c#1"),
    ] for x, y in (pair, pair[::-1])}  # fmt: skip


def test_rank_is_in_order_of_score_and_ties_in_reading_order():
    of_a = match_clauses(SIX).query("clause_id == 'a#1.1'")
    assert of_a["match_id"].tolist() == ["b#1", "b#2"]
    assert of_a["rank"].tolist() == [1, 2]
    assert of_a["score"].nunique() == 1


def test_top_n_keeps_the_first_ranks():
    everything = match_clauses(SIX, top_n=None)
    expected = everything[everything["rank"] <= 1].reset_index(drop=True)
    pd.testing.assert_frame_equal(match_clauses(SIX, top_n=1), expected)
    with pytest.raises(ValueError, match="top_n is 0"):
        match_clauses(SIX, top_n=0)


def test_blocks_of_rows_give_the_same(monkeypatch):
    whole = match_clauses(SIX)
    monkeypatch.setattr("ipcompare.similarity._BLOCK", 1)
    pd.testing.assert_frame_equal(match_clauses(SIX), whole)


@pytest.mark.parametrize("units", [None, np.nan])
def test_missing_departments_are_none(units):
    clauses = table(clause("a", "1", "贯标（试点）", units=units), clause("b", "1", "贯标，试点"))
    assert scores(clauses)["a#1", "b#1"] == 1


def test_departments_of_a_table_row_are_a_cell():
    row = clause("a", "table_row-1", "贯标\t市科技局\t专利池", role="table_row", units=["市科技局"])
    plain = clause("a", "1", "贯标，市科技局，专利池")
    other = clause("b", "1", "贯标，专利池")
    assert document_similarity(table(row, other)).equals(document_similarity(table(plain, other)))


@pytest.mark.parametrize("text", ["", "进一步积极地", "2020年100%", None, np.nan])
def test_nothing_to_compare_is_zero(text):
    clauses = table(clause("a", "1", text), clause("a", "2", "贯标"), clause("b", "1", "贯标"))
    assert set(scores(clauses)) == {("a#2", "b#1"), ("b#1", "a#2")}
    alone = table(clause("a", "1", text), clause("b", "1", text))
    assert match_clauses(alone).empty
    assert document_similarity(alone).to_numpy().tolist() == [[1, 0], [0, 1]]


def test_empty_table_and_single_document():
    assert tuple(match_clauses(table()).columns) == MATCH_COLUMNS
    assert document_similarity(table()).shape == (0, 0)
    assert match_clauses(table(clause("a", "1", "贯标"))).empty


def test_missing_columns_are_named():
    with pytest.raises(ValueError, match="units.*clause_table"):
        match_clauses(SIX.drop(columns="units"))


# What takes no part ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "columns", "wording"),
    [
        ("（三）推广贯标。扶持企业。", {"label": "（三）", "heading": "推广贯标"}, "扶持企业。"),
        ("(三)推广贯标\n扶持企业。", {"label": "（三）", "heading": "推广贯标"}, "扶持企业。"),
        ("扶持企业。（责任单位：市科技局）", {"units": ["市科技局"]}, "扶持企业。"),
        ("扶持企业。(市科技局、市法院等按职责分工负责)。", {"units": ["市科技局"]}, "扶持企业。"),
        (
            "扶持企业（责任单位：市商务局，中国郑州（创意产业）中心）",
            {"units": ["市商务局"]},
            "扶持企业",
        ),
        ("扶持企业。(各县〔市、区〕政府)", {"units": ["各县〔市、区〕政府"]}, "扶持企业。"),
        ("扶持企业（含示范企业）", {"units": []}, "扶持企业(含示范企业)"),
        ("扶持企业，责任单位：市科技局", {"units": ["市科技局"]}, "扶持企业,"),
        ("扶持企业。\n责任单位：市政府、市政府办", {"units": ["市政府", "市政府办"]}, "扶持企业。"),
        ("市科技局扶持企业（市科技局）", {"units": ["市科技局"]}, "市科技局扶持企业"),
        ("扶持企业（市科技局）", {"units": ["市财政局"]}, "扶持企业(市科技局)"),
    ],
)
def test_body(text, columns, wording):
    assert body(text, **columns) == wording


WORDS = st.lists(
    st.sampled_from(
        ["推广", "贯标", "专利池", "的", "，", "。", "100", "（", "）", "质押融资", "A"]
    ),
    max_size=8,
).map("".join)
TEXTS = st.lists(WORDS, min_size=2, max_size=6)


def _documents(texts, **columns):
    return table(*(clause(f"d{i % 3}", str(i), text, **columns) for i, text in enumerate(texts)))


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_scores_are_symmetric_in_range_and_sum_their_terms(texts):
    clauses = _documents(texts)
    found = scores(clauses)
    leaves, matrix, _ = clause_vectors(clauses)
    at = {clause_id: i for i, clause_id in enumerate(leaves["clause_id"])}
    for (a, b), score in found.items():
        assert 0 < score <= 1
        assert found[b, a] == score
        contributions = matrix[[at[a]]].multiply(matrix[[at[b]]])
        assert contributions.sum() == pytest.approx(score, abs=1e-9)
    similarity = document_similarity(clauses).to_numpy()
    assert (similarity == similarity.T).all() and (np.diag(similarity) == 1).all()
    assert ((similarity >= 0) & (similarity <= 1)).all()


@given(TEXTS)
@settings(max_examples=30, deadline=None)
def test_the_same_wording_scores_one(texts):
    text = "贯标" + texts[0]
    clauses = table(clause("a", "1", text), clause("b", "1", text), clause("c", "1", texts[1]))
    assert scores(clauses)["a#1", "b#1"] == 1
    assert document_similarity(clauses).loc["a", "b"] == 1


@given(TEXTS, st.randoms())
@settings(max_examples=30, deadline=None)
def test_order_of_documents_changes_no_score(texts, random):
    clauses = _documents(texts)
    order = sorted(clauses["doc_id"].unique())
    random.shuffle(order)
    shuffled = pd.concat([clauses[clauses["doc_id"] == doc_id] for doc_id in order])
    assert scores(shuffled) == scores(clauses)
    similarity = document_similarity(clauses)
    pd.testing.assert_frame_equal(
        document_similarity(shuffled).loc[similarity.index, similarity.columns], similarity
    )


@given(TEXTS)
@settings(max_examples=30, deadline=None)
def test_width_wraps_labels_and_departments_change_no_score(texts):
    plain = _documents(texts, heading="推广")
    dressed = _documents(
        ["（十）推广。" + t + "。（责任单位：市科技局，市专利（商标）中心）" for t in texts],
        heading="推广", label="（十）", units=["市科技局"],
    )  # fmt: skip
    full = {n: n + 0xFEE0 for n in range(0x21, 0x7F)}
    half = {full[n]: n for n in full} | {ord("。"): "."}
    plain["text"] = ["推广。" + text for text in plain["text"]]
    for change in (
        lambda s: s.translate(full),
        lambda s: s.translate(half),
        lambda s: "\n".join(s),
    ):
        changed = dressed.assign(text=dressed["text"].map(change))
        assert scores(changed) == scores(plain)
        pd.testing.assert_frame_equal(document_similarity(changed), document_similarity(plain))


# Against a reader's judgement --------------------------------------------------------------------


def _gains():
    """The mean grade of every judged pair, both ways round."""
    gains = {}
    for line in (CORPUS / "gold" / "matches.jsonl").read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        gains[pair["a"], pair["b"]] = (pair["grade_1"] + pair["grade_2"]) / 2
        gains[pair["b"], pair["a"]] = gains[pair["a"], pair["b"]]
    return gains


def _dcg(gains):
    return sum(gain / log2(place + 1) for place, gain in enumerate(gains[:5], 1))


def test_matches_agree_with_the_judgements():
    """nDCG@5 and P@1 per clause with a counterpart, over the provisions of the judged texts."""
    judged, gains = ("hebei-2016", "hebi-2017", "fuxin-2017"), _gains()
    clauses = clause_table(read_corpus(CORPUS))
    matches = match_clauses(clauses, top_n=None)
    matches = matches[matches["match_id"].str.split("#").str[0].isin(judged)]
    ndcg, first = [], []
    for clause_id in sorted({a for a, _ in gains}):
        ranked = matches.loc[matches["clause_id"] == clause_id, "match_id"]
        found = [gains.get((clause_id, match_id), 0) for match_id in ranked]
        ideal = sorted((g for (a, _), g in gains.items() if a == clause_id), reverse=True)
        ndcg.append(_dcg(found) / _dcg(ideal))
        first.append(found[0] > 0)
    # Measured 0.921 and 0.974 on 76 clauses; a plain TF-IDF of the raw texts has 0.835 and 0.882.
    assert len(ndcg) == 76
    assert np.mean(ndcg) > 0.91
    assert np.mean(first) > 0.95
