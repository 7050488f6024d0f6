"""Yardsticks: in the order in which they must be, and the finding that places the texts."""

import runpy

import pytest
from files import CORPUS, ROOT

import ipcompare as ipc
from ipcompare.checks.yardsticks import FILE, yardsticks
from ipcompare.data import read_rows


def test_what_has_more_in_common_scores_higher():
    found = yardsticks().set_index("kind")
    floor, half = found.loc["other_subject_other_government"], found.loc["halves_of_one_text"]
    same = found.loc["other_subject_same_government"]
    assert floor["n_pair"] == 20 and half["n_pair"] == 5
    assert floor["cosine_high"] < half["cosine_low"] and same["cosine_high"] < half["cosine_low"]
    assert floor["best_high"] < same["best_low"] < half["best_low"]


def test_the_texts_are_placed_between_them(study):
    said = ipc.finding("yardsticks", study)
    measured = yardsticks().set_index("kind").loc["other_subject_other_government"]
    assert f"{measured['cosine_low']:.2f}–{measured['cosine_high']:.2f}" in said.say.zh
    assert f"{study.pairs['score'].max():.2f}" in said.say.en


@pytest.mark.parametrize("name", ["fuxin-2017", "zhengzhou-2017"])
def test_the_scores_of_our_own_texts_are_those_of_today(name):
    script = runpy.run_path(str(ROOT / "benchmarks/yardsticks.py"))
    document = CORPUS[name]
    pairs = {(row["kind"], row["doc_a"]): row for _, row in read_rows(FILE, script["COLUMNS"])}
    again = {
        ("halves_of_one_text", f"{name}, odd"): script["halves"](document),
        ("same_measures_reworded", f"{name}, provisions"):
            script["pair_scores"](*script["reworded"](document)),
    }  # fmt: skip
    for kind, scores in again.items():
        measured = [float(pairs[kind][column]) for column in script["COLUMNS"][3:6]]
        assert list(scores) == pytest.approx(measured, abs=0.001)


def test_at_least_twelve_provisions_are_reworded():
    script = runpy.run_path(str(ROOT / "benchmarks/yardsticks.py"))
    for name in script["REWORDED"]:
        original, again = script["reworded"](CORPUS[name])
        assert len(original.text.splitlines()) == len(again.text.splitlines()) >= 12


def test_a_rewording_can_score_as_low_as_unrelated_texts(study):
    kinds = yardsticks().set_index("kind")
    floor, again = (
        kinds.loc[kind] for kind in ("other_subject_other_government", "same_measures_reworded")
    )
    assert again["cosine_low"] < floor["cosine_high"] < again["cosine_high"]
    said = ipc.finding("yardsticks", study)
    assert f"{again['cosine_low']:.2f}–{again['cosine_high']:.2f}" in said.more.zh
