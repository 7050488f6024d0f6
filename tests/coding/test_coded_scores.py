"""Scores on texts of one's own, worked out by hand; shipped scores beside them."""

import csv
import math

import pandas as pd
import pytest
from files import ROOT
from made_up import answers, coding

from ipcompare.coding.cells_right import cell_accuracy
from ipcompare.coding.coded_scores import validate
from ipcompare.coding.weighted_shares import weighted_share
from ipcompare.data import PlainError


def scores(made):
    return {(r.field, r.value, r.check): r for r in validate(made).itertuples()}


def mention(item, part, **fields):
    return [(item, part, name, value) for name, value in fields.items()]


SAME = {"unit": "家", "low": "5", "high": "5", "comparator": "=", "indicator": "企业", "kind": "target",
        "measure": "level", "per_year": "no"}  # fmt: skip
GOLD = [
    *mention("i001", "2", **SAME, number="5"), *mention("i002", "2", **SAME, number="5"),
    *mention("i003", "2", **SAME | {"kind": "fact", "indicator": "企业家数"}),
    ("i001", "", "mentions", "1"), ("i002", "", "mentions", "1"), ("i003", "", "mentions", "1"),
    ("i004", "", "mentions", "0"),
]  # fmt: skip
MACHINE = [
    *mention("i001", "2", **SAME, target_id="a@1"), *mention("i003", "2", **SAME, target_id="b@1"),
    *mention("i004", "0", **SAME, target_id="b@2"), ("i002", "", "mentions", "0"),
]  # fmt: skip


def test_mentions_by_hand():
    """Found: i001, i003 and i004 (wrong); i002 is missed. i003 has the wrong kind."""
    found = scores(coding({"p": []}, task="mentions", gold=GOLD, machine=MACHINE))
    assert found["mention", "", "precision"].share == pytest.approx(2 / 3)
    assert found["mention", "", "recall"].share == pytest.approx(2 / 3)
    assert found["kind", "", "accuracy"].share == 0.5
    assert found["value", "", "accuracy"].share == 1
    assert found["deadline", "", "accuracy"].share == 1  # neither states one
    assert found["indicator", "", "overlap"].share == 1  # 2 × 2 / 6 characters are common
    assert found["indicator", "", "verbatim"].share == 0.5
    assert found["all", "", "overlap"].share == pytest.approx(1 / 3)  # i001 of three there are


def test_shares_are_weighted_and_clustered_by_document():
    made = coding({"p": []}, task="mentions", gold=GOLD, machine=MACHINE, p=[0.5, 0.5, 0.25, 1])
    one = scores(made)["mention", "", "precision"]
    expected = weighted_share([True, True, False], [0.5, 0.25, 1], "abb")
    assert (one.share, one.low, one.high) == (6 / 7, expected.low, expected.high)
    assert (one.by, one.clusters) == ("document", 2)


def test_in_one_document_intervals_go_by_clause():
    made = coding({"p": []}, docs="aaaa", task="mentions", gold=GOLD, machine=MACHINE)
    one = scores(made)["mention", "", "precision"]
    assert (one.by, one.clusters) == ("clause", 3)


def test_what_nobody_adjudicated_is_left_out_and_said():
    made = coding({"p": []}, task="mentions", gold=GOLD[:8], machine=MACHINE)
    one = scores(made)["mention", "", "precision"]
    assert (one.n, one.share, one.note) == (1, 1, "few;part")


def test_sets_are_scored_by_label_and_reasons_are_none():
    gold = answers(["use", "use;service", "general", "creation"], "themes")
    said = answers(["use", "use;creation", "", "creation"], "themes")
    found = scores(coding({"p": []}, task="themes", gold=gold, machine=said))
    assert found["themes", "", "accuracy"].share == 0.75
    assert found["themes", "all", "precision"].share == 0.75
    assert found["themes", "all", "recall"].share == 0.75
    assert found["themes", "creation", "precision"].share == 0.5
    assert found["themes", "service", "recall"].share == 0
    assert not [key for key in found if key[1] == "general"]


def test_pairs_have_the_precision_of_those_laid_side_by_side():
    gold = answers(["same", "related", "not", "same"], "relation")
    said = answers(["same", "same", "not", "related"], "relation")
    found = scores(coding({"p": []}, task="pairs", gold=gold, machine=said))
    assert found["relation", "same", "precision"].share == 0.5
    assert found["relation", "same", "precision"].shipped == 0.9038
    assert found["relation", "same", "precision"].shipped_texts == "five"
    assert found["relation", "", "accuracy"].share == 0.5


def test_unclear_counts_neither_way_and_what_depends_is_compared_where_it_applies():
    gold = [*answers(["yes", "no", "unclear", "yes"], "same"), ("i001", "", "comparable", "no"),
            ("i004", "", "comparable", "unclear")]  # fmt: skip
    said = [*answers(["yes", "yes", "yes", "yes"], "same"), ("i001", "", "comparable", "yes"),
            ("i002", "", "comparable", "yes"), ("i004", "", "comparable", "yes")]  # fmt: skip
    found = scores(coding({"p": []}, task="alignment", gold=gold, machine=said))
    assert (found["same", "", "accuracy"].n, found["same", "", "accuracy"].share) == (3, 2 / 3)
    assert (found["comparable", "", "accuracy"].n, found["comparable", "", "accuracy"].share) == (
        1,
        0,
    )


def test_conditions_are_compared_as_words():
    gold = [*answers(["yes", "no"], "pays"), ("i001", "", "condition", "通过认定"),
            ("i001", "", "conditional", "yes")]  # fmt: skip
    said = [*answers(["yes", "yes"], "pays"), ("i001", "", "condition", "通过省级认定"),
            ("i001", "", "conditional", "yes")]  # fmt: skip
    found = scores(coding({"p": []}, docs="ab", task="conditions", gold=gold, machine=said))
    assert found["pays", "yes", "precision"].share == 0.5
    assert found["conditional", "", "accuracy"].share == 1
    assert found["condition", "", "overlap"].share == 1
    assert found["condition", "", "verbatim"].share == 0


def test_a_task_of_ones_own_has_no_scores_of_the_tool():
    with pytest.raises(PlainError, match="the tool says nothing of task own"):
        validate(coding({"p": []}, gold=answers("xx")))


def test_codes_of_models_without_an_adjudicator_are_refused():
    made = coding({"m": answers("xx")}, kinds={"m": "model"})
    with pytest.raises(PlainError, match=r"has no adjudicated\.csv"):
        validate(made)


# --- cells ----------------------------------------------------------------------------------------

CELLS = pd.DataFrame(
    [("a", "firms", "a@1", "target"), ("b", "firms", "b@1", "target"), ("b", "trade", "b@2", "target"),
     ("b", "trade", "b@9", "target"), ("c", "firms", "c@1", "target"), ("a", "pay", "a@2", "incentive")],
    columns=["doc_id", "indicator", "target_id", "kind"],
)  # fmt: skip


def test_a_cell_is_right_when_every_adjudicated_number_in_it_is():
    """a firms is right, b firms has the wrong kind, b trade is wrong and only half adjudicated."""
    made = coding({"p": []}, task="mentions", gold=GOLD, machine=MACHINE)
    whole, touched = cell_accuracy(made, CELLS).itertuples()
    assert (whole.n_printed, whole.n, whole.n_right, whole.share) == (4, 2, 1, 0.5)
    assert (touched.n, touched.n_right) == (3, 1)


def test_cells_are_weighted_by_the_chance_that_all_their_items_are_drawn():
    """firms of a: two items of a stratum of 4 of which 2 are drawn, 2/4 × 1/3; b: one, 2/4."""
    cells = pd.DataFrame(
        [("a", "firms", "t1", "target"), ("a", "firms", "t2", "target"), ("b", "firms", "t3", "target")],
        columns=["doc_id", "indicator", "target_id", "kind"],
    )  # fmt: skip
    made = coding(
        {"p": []}, docs="aab", task="alignment", gold=answers(["yes", "yes", "no"], "same"),
        machine=answers(["yes"] * 3, "same"), target_id=["t1", "t2", "t3"],
        indicator=["firms"] * 3, stratum=["s", "s", "u"], n_stratum=[4, 4, 4], n_drawn=[2, 2, 2],
    )  # fmt: skip
    whole = cell_accuracy(made, cells).iloc[0]
    assert whole["share"] == pytest.approx(6 / (6 + 2))


def test_cells_of_another_corpus_or_task_are_refused():
    made = coding({"p": []}, task="mentions", gold=GOLD, machine=MACHINE)
    with pytest.raises(PlainError, match="give the corpus drawn from"):
        cell_accuracy(made, CELLS.assign(target_id="z"))
    other = coding({"p": []}, task="themes", gold=answers(["use"], "themes"))
    with pytest.raises(PlainError, match="says nothing of cells"):
        cell_accuracy(other, CELLS)


def test_the_shipped_scores_are_those_of_the_outputs():
    tables = ROOT / "outputs/tables"
    read = {
        name: list(csv.DictReader((tables / f"{name}.csv").open(encoding="utf-8-sig")))
        for name in ("target-scores", "theme-scores")
    }
    lines = (ROOT / "ipcompare/data/coding/shipped_scores.csv").read_text(encoding="utf-8")
    shipped = {
        (r["task"], r["field"], r["value"], r["check"]): r
        for r in csv.DictReader(line for line in lines.splitlines() if line[0] != "#")
    }
    others = {r["check"]: r for r in read["target-scores"] if r["texts"] == "other_places"}
    for check, key in (("precision", ("mention", "", "precision")),
                       ("kind", ("kind", "", "accuracy")),
                       ("all_verbatim", ("all", "", "verbatim"))):  # fmt: skip
        own = shipped["mentions", *key]
        assert [own[k] for k in ("share", "low", "high")] == [
            others[check][k] for k in ("share", "low", "high")
        ]
    for row in read["theme-scores"]:
        if row["sample"] == "held_out":
            assert shipped["themes", "themes", row["theme"], "recall"]["share"] == row["recall"]
    assert not math.isnan(float(shipped["pairs", "relation", "same", "recall"]["share"]))
