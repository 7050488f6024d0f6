"""Scores worked out by hand, on tables small enough to count."""

import json
import math

import pandas as pd
import pytest
from files import ROOT
from tables import clause, clause_rows, target, target_rows

from ipcompare.checks.agreement import character_f1, clustered_wilson, score_table, tally, wilson
from ipcompare.checks.validation import (
    clause_disagreements,
    numbering_tallies,
    read_gold,
    target_disagreements,
    validate_clauses,
    validate_targets,
)
from ipcompare.clauses.table import clause_table
from ipcompare.corpus import Corpus, Document
from ipcompare.frames import TARGET_COLUMNS

RAW = "到2020年，注册商标达到3000件，企业增长10%。培育2—3个平台。"
MENTION = {
    "doc_id": "d", "number": "3000", "low": 3000, "high": 3000, "comparator": "=", "unit": "件",
    "indicator": "注册商标", "indicator_alt": "注册商标", "measure": "level", "per_year": False,
    "deadline": 2020, "kind": "target", "coders": 2, "char_start": 13, "char_end": 18,
}  # fmt: skip
CORPUS = Corpus((Document("d", RAW),))
GROWTH = MENTION | {
    "number": "10", "low": 10, "high": 10, "unit": "%", "indicator": "企业", "measure": "growth",
    "indicator_alt": "企业数量", "char_start": 23, "char_end": 26,
}  # fmt: skip
RANGE = MENTION | {
    "number": "2-3", "low": 2, "high": 3, "comparator": "range", "unit": "个", "indicator": "平台",
    "indicator_alt": "平台", "deadline": None, "char_start": 29, "char_end": 33,
}  # fmt: skip


def gold(*rows):
    frame = pd.DataFrame(rows, columns=list(MENTION))
    return frame.astype({"deadline": "Int64"})


def ours(*rows):
    """The rows as we found them, in the sentences of the text."""
    found = []
    for row in rows:
        start = RAW.rfind("。", 0, row["char_start"]) + 1
        quote = RAW[start : RAW.index("。", row["char_end"]) + 1]
        at = {f"number_{end}": row[f"char_{end}"] - start for end in ("start", "end")}
        own = {name: value for name, value in row.items() if name in TARGET_COLUMNS}
        found.append(target(**own | at | {"quote": quote, "clause_id": "d#1"}))
    return target_rows(*found)


def counts(scores):
    return {r.check: (r.n_right, r.n) for r in scores.itertuples()}


def listed(frame):
    return list(frame[["check", "ours", "gold"]].itertuples(index=False, name=None))


# ------------------------------------------------------------------ the interval


@pytest.mark.parametrize(
    ("n_right", "n", "low", "high"),
    [  # the score method without continuity correction in Newcombe (1998), table I
        (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718), (29, 29, 0.8830, 1),
    ],
)  # fmt: skip
def test_wilson_is_as_published(n_right, n, low, high):
    assert wilson(n_right, n) == pytest.approx((low, high), abs=5e-5)


def test_wilson_by_hand():
    # 5 of 10: middle .5; half = 1.96/(1+.38415) * sqrt(.025 + .0096037) = 1.416 * .18602 = .2634
    assert wilson(5, 10) == pytest.approx((0.2366, 0.7634), abs=5e-5)


def test_wilson_holds_the_share_and_narrows_with_n():
    for n_right, n in ((0, 1), (1, 1), (3, 7), (181, 181)):
        low, high = wilson(n_right, n)
        assert 0 <= low <= n_right / n <= high + 1e-12 <= 1 + 1e-12
    assert wilson(18, 20)[0] < wilson(180, 200)[0]


def test_an_interval_over_documents_by_hand():
    # all alike: deff 1, so 30 cases count as 30 * (1.96 / 4.3027)² = 6.225; Wilson of 3.11 of these
    assert clustered_wilson([(5, 10)] * 3) == pytest.approx((0.1911, 0.8089), abs=5e-4)
    # p .5, v = 2 * (25 + 25) / 400 = .25 is 20 times .0125: one case a document, of those .024
    assert clustered_wilson([(10, 10), (0, 10)]) == pytest.approx((0.0015, 0.9985), abs=5e-3)
    # all right: nothing differs between documents, and still it is wider than of 181 draws
    low, high = clustered_wilson([(40, 40), (141, 141), (0, 0)])
    assert high == 1 and low < wilson(181, 181)[0]


@pytest.mark.parametrize("counts", [[], [(3, 4)], [(3, 4), (0, 0)]])
def test_one_document_says_nothing_of_others(counts):
    assert all(map(math.isnan, clustered_wilson(counts)))


def test_scores_are_summed_over_documents_in_the_order_of_the_checks():
    verdicts = [("d", "unit", True), ("e", "unit", False), ("e", "unit", True), ("e", "kind", True)]
    tallies = tally(verdicts, ["kind", "unit"])
    assert tallies.values.tolist() == [
        ["d", "kind", 0, 0], ["e", "kind", 1, 1], ["d", "unit", 1, 1], ["e", "unit", 1, 2],
    ]  # fmt: skip
    scores = score_table(tallies)
    assert scores[["check", "n_right", "n", "n_documents"]].values.tolist() == [
        ["kind", 1, 1, 1], ["unit", 2, 3, 2],
    ]  # fmt: skip
    assert math.isnan(scores["low"][0]) and scores["low"][1] < 2 / 3 < scores["high"][1]


@pytest.mark.parametrize(
    ("a", "b", "f1"),
    [("注册商标", "注册商标", 1), ("商标", "注册商标", 4 / 6), ("专利", "商标", 0), ("", "", 1),
     ("PCT 申请", "ＰＣＴ申请", 1), ("件件", "件", 2 / 3), ("", "商标", 0)],
)  # fmt: skip
def test_character_f1(a, b, f1):
    assert character_f1(a, b) == pytest.approx(f1)


# ------------------------------------------------------------------ quantity mentions


def test_the_same_is_right_in_everything():
    scores = validate_targets(ours(MENTION, GROWTH, RANGE), gold(MENTION, GROWTH, RANGE))
    assert set(counts(scores).values()) == {(3, 3)}
    assert target_disagreements(ours(MENTION), gold(MENTION), CORPUS).empty


def test_a_missed_and_an_invented_mention():
    invented = MENTION | {"number": "2020", "unit": "年", "char_start": 1, "char_end": 6}
    found, coded = ours(invented, MENTION), gold(MENTION, RANGE)
    scores = counts(validate_targets(found, coded))
    assert (scores["precision"], scores["recall"]) == ((1, 2), (1, 2))
    assert scores["unit"] == (1, 1)
    assert listed(target_disagreements(found, coded, CORPUS)) == [
        ("precision", "2020年", None), ("recall", None, "2-3个"),
    ]  # fmt: skip
    assert list(target_disagreements(found, coded, CORPUS)["sentence"]) == [
        RAW[:27],
        "培育2—3个平台",
    ]


@pytest.mark.parametrize(
    ("wrong", "score", "said"),
    [
        ({"low": 1.0}, "value", ("1–3", "2–3")),
        ({"comparator": ">="}, "comparator", (">=", "range")),
        ({"unit": "家"}, "unit", ("家", "个")),
        ({"measure": "share"}, "measure", ("share", "level")),
        ({"per_year": True}, "per_year", ("True", "False")),
        ({"deadline": 2020}, "deadline", ("2020", None)),
        ({"kind": "fact"}, "kind", ("fact", "target")),
        ({"indicator": "企业"}, "indicator_overlap", ("企业", "平台")),
    ],
)
def test_each_field_is_counted_and_listed_alone(wrong, score, said):
    found, coded = ours(MENTION, RANGE | wrong), gold(MENTION, RANGE)
    scores = counts(validate_targets(found, coded))
    wrong = {"all_overlap", "all_verbatim", score}
    wrong |= {"indicator_verbatim"} if score == "indicator_overlap" else set()
    assert {name for name, count in scores.items() if count != (2, 2)} == wrong
    assert scores[score] == (1, 2)
    assert listed(target_disagreements(found, coded, CORPUS)) == [(score, *said)]
    assert list(target_disagreements(found, coded, CORPUS)["id"]) == ["d#1@2"]


@pytest.mark.parametrize(
    ("wording", "right"),
    [("企业", True), ("企业数量", True), ("数量", True), ("企业产值数", True), ("专利", False), ("", False)],
)  # fmt: skip
def test_the_wording_of_either_coder_will_do(wording, right):
    # 数量 against 企业数量: 2*2/6 = .67; 企业产值数 against 企业数量: 2*3/9 = .67
    scores = counts(validate_targets(ours(GROWTH | {"indicator": wording}), gold(GROWTH)))
    assert scores["indicator_overlap"] == scores["all_overlap"] == (int(right), 1)


@pytest.mark.parametrize(
    ("wording", "right"), [("企业", 1), ("企业 数量", 1), ("数量", 0), ("企业产值数", 0)]
)
def test_verbatim_is_the_wording_of_either_coder_and_nothing_near(wording, right):
    scores = counts(validate_targets(ours(GROWTH | {"indicator": wording}), gold(GROWTH)))
    assert scores["indicator_verbatim"] == scores["all_verbatim"] == (right, 1)
    assert scores["indicator_overlap"] == (1, 1)


def test_all_fields_are_of_all_mentions_coded():
    # one found and right, one found with a wrong unit, one not found: one of three
    found = ours(MENTION, GROWTH | {"unit": "家"})
    scores = counts(validate_targets(found, gold(MENTION, GROWTH, RANGE)))
    assert scores["all_overlap"] == scores["all_verbatim"] == (1, 3)
    assert scores["unit"] == (1, 2)


def test_where_the_coders_differ_either_is_right():
    coded = gold(MENTION).assign(alt=[{"measure": "growth"}])
    for measure, right in (("level", 1), ("growth", 1), ("share", 0)):
        scores = counts(validate_targets(ours(MENTION | {"measure": measure}), coded))
        assert scores["measure"] == scores["all_verbatim"] == (right, 1)


@pytest.mark.parametrize("seen", [True, False])
def test_a_mention_of_a_single_coder_counts_neither_way(seen):
    found = ours(MENTION, *[RANGE | {"unit": "家"}] * seen)
    coded = gold(MENTION, RANGE | {"coders": 1})
    assert set(counts(validate_targets(found, coded)).values()) == {(1, 1)}
    assert target_disagreements(found, coded, CORPUS).empty


def test_spans_need_only_overlap_and_each_counts_once():
    halves = [RANGE | {"number": "2", "char_end": 30}, RANGE | {"number": "3", "char_start": 31}]
    scores = counts(validate_targets(ours(*halves), gold(RANGE)))
    assert (scores["precision"], scores["recall"]) == ((1, 2), (1, 1))


def test_another_document_is_no_match():
    scores = counts(validate_targets(ours(MENTION), gold(MENTION | {"doc_id": "e"})))
    assert (scores["precision"], scores["recall"]) == ((0, 1), (0, 1))


def test_tables_of_another_make_are_refused():
    with pytest.raises(ValueError, match="lacks the columns char_start.*extract_targets"):
        validate_targets(ours(MENTION).drop(columns="char_start"), gold(MENTION))
    with pytest.raises(ValueError, match="lacks the columns coders.*read_gold"):
        validate_targets(ours(MENTION), gold(MENTION).drop(columns="coders"))


# ------------------------------------------------------------------ clauses

TEXT = "一、目标\n（一）创造。支持创新。（市科技局、市财政局）\n（二）保护。严格保护。\n"
PLAN = Corpus((Document("d", TEXT),))


@pytest.fixture
def plan():
    return clause_table(PLAN)


def coded(clauses, **changes):
    """The table as its own gold standard, with changes to its last row."""
    rows = clauses[
        ["doc_id", "role", "path", "label", "heading", "char_start", "char_end", "units"]
    ]
    rows = rows.astype(object).where(rows.notna(), None).to_dict("records")
    return pd.DataFrame([*rows[:-1], rows[-1] | changes])


def test_clauses_as_coded(plan):
    assert len(plan) == 3
    scores = counts(validate_clauses(plan, coded(plan)))
    assert scores.pop("units") == (1, 1)  # only one provision names departments
    assert set(scores.values()) == {(3, 3)}
    assert clause_disagreements(plan, coded(plan), PLAN).empty


@pytest.mark.parametrize(
    ("changes", "score", "said"),
    [
        ({"path": "1.3"}, "path", ("1.2", "1.3")),
        ({"heading": None}, "heading", ("保护", None)),
        ({"units": ["市公安局"]}, "units", (None, "市公安局")),
        ({"role": "section"}, "role", ("clause", "section")),
        ({"char_end": 40}, "span", ("28–39", "28–40")),
    ],
)
def test_each_part_of_the_structure_alone(plan, changes, score, said):
    gold_rows = coded(plan, **changes)
    wrong = {k for k, (right, n) in counts(validate_clauses(plan, gold_rows)).items() if right < n}
    numbering = {"numbering_precision", "numbering_recall"} if score == "path" else set()
    assert wrong == {score} | numbering
    assert listed(clause_disagreements(plan, gold_rows, PLAN)) == [(score, *said)]


def test_a_provision_and_the_residue_inside_it_each_find_their_own():
    spans = {"clause": (0, 100), "residue": (40, 45)}
    rows = [clause("d", role, role=role) for role in spans]
    frame = clause_rows(*rows).assign(
        char_start=[start for start, _ in spans.values()],
        char_end=[end for _, end in spans.values()],
    )
    scores = counts(validate_clauses(frame, frame.iloc[::-1]))
    assert scores["role"] == scores["span"] == scores["row_recall"] == (2, 2)


def test_numbering_counts_each_path_as_often_as_it_stands():
    read = pd.DataFrame({"doc_id": "d", "path": ["1", "1.1", "1~2", None, "2"]})
    coded_paths = pd.DataFrame({"doc_id": "d", "path": ["1", "1.1", "1.2", "1~2", "1~3"]})
    assert numbering_tallies(read, coded_paths).values.tolist() == [
        ["d", "numbering_precision", 3, 4], ["d", "numbering_recall", 3, 5],
    ]  # fmt: skip


# ------------------------------------------------------------------ the gold standard


def test_gold_lines_without_a_place_are_refused(tmp_path):
    lines = [json.dumps(MENTION), json.dumps({"doc_id": "d"})]
    (tmp_path / "d.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(ValueError, match=r"d\.jsonl, line 2: needs doc_id, char_start"):
        read_gold(tmp_path)
    with pytest.raises(ValueError, match="no .* files here"):
        read_gold(tmp_path / "nowhere")


def test_the_five_texts(study):
    """Bounds of the issue; a coder may be wrong, so not every disagreement is an error."""
    mentions = read_gold(ROOT / "corpus/gold/targets")
    assert (len(mentions), int((mentions["coders"] > 1).sum())) == (182, 181)
    shares = validate_targets(study.targets, mentions).set_index("check")["share"]
    exact = ["precision", "recall", "value", "comparator", "unit"]
    assert (shares[exact] == 1).all()
    assert (shares[["measure", "per_year", "deadline", "kind"]] >= 0.98).all()
    assert shares["indicator_overlap"] >= 0.97 > 0.8 > shares["indicator_verbatim"]
    structure = validate_clauses(study.clauses, read_gold(ROOT / "corpus/gold/clauses"))
    assert (structure["share"] == 1).all()
