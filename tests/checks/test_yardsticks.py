"""Yardsticks: in the order in which they must be, and the finding that places the texts."""

import ipcompare as ipc
from ipcompare.checks.yardsticks import yardsticks


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
