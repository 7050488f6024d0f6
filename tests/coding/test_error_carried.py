"""Error carried into tables: by hand where nothing is left to chance, and in 100 simulations."""

import math

import numpy as np
import pandas as pd
import pytest
from made_up import answers, coding
from simulated import N_DOCUMENTS, PRECISION, RECALL, printed, sampled, world

from ipcompare.coding.design_based import design_based_shares
from ipcompare.coding.error_ranges import error_carried, error_rates, true_counts
from ipcompare.coding.weighted_shares import dsl_mean
from ipcompare.coding.words_of_caution import cautions
from ipcompare.data import PlainError
from ipcompare.frames import columns_of

SEEDS = range(100)


def rates(precision, recall, effective=1e9):
    rows = [("all", "precision", 99, precision, 0, 1, effective, False),
            ("all", "recall", 99, recall, 0, 1, effective, False)]  # fmt: skip
    return pd.DataFrame(rows, columns=columns_of("error_rates"))


ALIGNED = pd.DataFrame(
    [("a", "x", "target")] * 40 + [("a", "y", "target")] * 40 + [("b", "x", "target")] * 20,
    columns=["doc_id", "indicator", "kind"],
)


def rows(table):
    return {(r.statistic, r.doc_id, r.other): r for r in table.itertuples()}


def test_without_error_nothing_has_a_range():
    found = rows(error_carried(ALIGNED, rates(1, 1), draws=200, documents=["a", "b"]))
    count = found["count", "a", ""]
    assert (count.printed, count.low, count.high) == (80, 80, 80)
    assert (found["coverage_share", "b", ""].low, found["coverage_share", "b", ""].high) == (
        0.5,
        0.5,
    )
    assert (found["rank", "a", ""].printed, found["rank", "a", ""].kept) == (1, 1)
    assert found["ratio", "a", "b"].printed == found["ratio", "a", "b"].low == 4


def test_means_are_those_of_the_model():
    """Of 100 printed 80 % are right: 80; of recall 0.5 as many again are missed: 160 in all."""
    certain = {"precision": (0.8e9, 0.2e9), "recall": (0.5e9, 0.5e9)}
    drawn = true_counts(np.array([[60, 40]]), certain, draws=4000, seed=1)
    assert drawn.sum(2).mean() == pytest.approx(160, abs=1.5)  # standard error 0.22
    assert drawn[:, 0, 0].mean() == pytest.approx(160 * 60 / 100, abs=1.5)


def test_an_empty_cell_can_be_a_missed_one_and_ranks_then_change():
    found = rows(error_carried(ALIGNED, rates(1, 0.9), draws=500, documents=["a", "b"]))
    assert found["covered", "b", ""].low == 1
    assert found["covered", "b", ""].high == 2
    assert 0 < found["rank", "b", ""].kept < 1


def test_a_document_without_any_number_has_no_ratio():
    found = rows(error_carried(ALIGNED, rates(1, 1), documents=["a", "c"], draws=50))
    assert math.isnan(found["ratio", "a", "c"].printed)
    assert found["count", "c", ""].printed == 0


def test_the_same_seed_gives_the_same_table():
    one, again, other = (
        error_carried(ALIGNED, rates(0.8, 0.8, 50), documents=["a", "b"], seed=n) for n in (1, 1, 2)
    )
    assert one.equals(again)
    assert not one.equals(other)


def test_a_kind_that_is_not_there_is_refused():
    with pytest.raises(PlainError, match="no row of kind 'fact'; there are target"):
        error_carried(ALIGNED, rates(1, 1), documents=["a", "b"], kind="fact")


def test_rates_of_kinds_by_hand_and_pooled_where_there_are_few():
    """Printed: target target fact; true: target fact (nothing): precision of target 1/2, all 1/3."""
    machine = [
        (f"i00{k}", "0", "kind", kind) for k, kind in ((1, "target"), (2, "target"), (3, "fact"))
    ]
    gold = [("i001", "0", "kind", "target"), ("i002", "0", "kind", "fact"), ("i003", "", "mentions", "0"),
            ("i004", "0", "kind", "target")]  # fmt: skip
    made = coding({"p": []}, task="mentions", gold=gold, machine=machine)
    found = {(r.kind, r.check): r for r in error_rates(made, least=1).itertuples()}
    assert found["target", "precision"].share == 0.5
    assert found["target", "recall"].share == 0.5
    assert found["all", "precision"].share == pytest.approx(1 / 3)
    pooled = {(r.kind, r.check): r for r in error_rates(made, least=3).itertuples()}
    assert pooled["target", "precision"].share == pytest.approx(1 / 3)
    assert (pooled["target", "precision"].n, pooled["target", "precision"].pooled) == (2, True)


def test_alignment_has_rates_of_its_own():
    gold, said = answers(["yes", "no", "yes", "unclear"], "same"), answers(["yes"] * 4, "same")
    own = error_rates(coding({"p": []}, task="alignment", gold=gold, machine=said))
    assert list(own["share"]) == [pytest.approx(2 / 3), 1]
    assert list(own["kind"]) == ["all", "all"]


def test_pairs_have_no_rates():
    made = coding({"p": []}, task="pairs", gold=answers(["same"], "relation"))
    with pytest.raises(PlainError, match="task pairs has no numbers"):
        error_rates(made)


# --- simulations ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def simulated():
    """Of 100 simulations: the share of true values that lie in their interval or range."""
    within = {}
    for seed in SEEDS:
        for name, low, value, high in _found(world(seed), seed):
            within.setdefault(name, []).append(low <= value <= high)
    return {name: np.mean(one) for name, one in within.items()}


def _found(population, seed):
    """Each estimate: its name, lower end, true value, upper end."""
    own = error_rates(sampled(population, seed))
    for row in own[own["kind"] == "all"].itertuples():
        true = PRECISION if row.check == "precision" else RECALL
        yield row.check, row.low, true, row.high
    names = [f"d{d:02d}" for d in range(N_DOCUMENTS)]
    table = error_carried(printed(population), own, documents=names, draws=400, seed=seed)
    true = population[population["true"]].groupby("doc_id")["indicator"]
    counts, covered = true.size(), true.nunique()
    n_all = population.loc[population["said"], "indicator"].nunique()
    values = {"count": counts, "covered": covered, "coverage_share": covered / n_all,
              "rank": covered.rank(ascending=False, method="min")}  # fmt: skip
    for row in table.itertuples():
        d = row.doc_id
        value = counts[d] / counts[row.other] if row.other else values[row.statistic][d]
        yield row.statistic, row.low, value, row.high


@pytest.mark.parametrize(
    "name",
    ["precision", "recall", "count", "covered", "coverage_share", "rank", "ratio"],
)
def test_known_error_rates_are_recovered_in_95_of_100_simulations(simulated, name):
    """Statistics of tables: on average over the documents and pairs of documents."""
    assert simulated[name] >= 0.95


def test_the_design_based_share_is_recovered_in_95_of_100_simulations():
    assert sum(_share_is_within(world(seed), seed) for seed in SEEDS) >= 95


def _share_is_within(population, seed):
    chance = np.random.default_rng([seed, 2])
    p = np.where(population["said"], 0.5, 0.2)
    coded = np.where(chance.random(len(p)) < p, population["true"].astype(float), math.nan)
    found = dsl_mean(population["said"].astype(float), coded, p, population["doc_id"])
    return found.low <= population["true"].mean() <= found.high


# --- shares of provisions -------------------------------------------------------------------------

PROVISIONS = pd.DataFrame(
    [(d, f"{d}#{k}") for d in "ab" for k in (1, 2)], columns=["doc_id", "clause_id"]
)


def test_a_share_of_provisions_by_hand():
    """Tool: use in a#1, a#2; coded with p = 1/2: a#1 is not, b#1 is: 1 - 2, 1, 2, 0 over 4."""
    labels = pd.DataFrame([("a#1", "use"), ("a#2", "use")], columns=["clause_id", "label"])
    made = coding({"p": []}, docs="ab", task="themes", gold=answers(["general", "use"], "themes"),
                  clause_id=["a#1", "b#1"], p=0.5)  # fmt: skip
    (row,) = design_based_shares(made, PROVISIONS, labels).itertuples()
    assert (row.value, row.n, row.n_coded, row.printed, row.share) == ("use", 4, 2, 0.5, 0.5)
    assert row.se == pytest.approx(math.sqrt(2 * (1 + 1)) / 4)
    assert (row.low, row.high, row.by) == (0, 1, "document")


def test_an_item_of_another_corpus_is_refused():
    made = coding({"p": []}, docs="c", task="themes", gold=answers(["use"], "themes"))
    with pytest.raises(PlainError, match="c#1 is no provision of the corpus"):
        design_based_shares(made, PROVISIONS, pd.DataFrame(columns=["clause_id", "label"]))


# --- words of caution -----------------------------------------------------------------------------


def test_cautions_say_what_holds_and_nothing_else():
    made = coding({"a": answers("xx"), "b": answers("xx")}, docs=[f"d{n}" for n in range(100)],
                  gold=answers("x" * 100))  # fmt: skip
    plain = cautions(made, "en")
    assert len(plain) == 3
    few = coding({"gpt": answers("xx")}, kinds={"gpt": "model"}, gold=answers("xx"))
    said = cautions(few, "en")
    assert said[:3] == plain
    assert "There are 1 texts only" in said[3]
    assert any("language model (gpt)" in one for one in said)
    assert len(cautions(few, "zh")) == len(said) == 9
