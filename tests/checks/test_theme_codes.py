"""How right the themes are: by hand, and of the codes that are published."""

from math import isnan

import pandas as pd
import pytest
from files import ROOT

from ipcompare.checks.theme_codes import (
    found_themes,
    read_theme_codes,
    theme_alpha,
    theme_scores,
    theme_summary,
)
from ipcompare.wording.themes import themes

CODES = ROOT / "corpus/gold/themes/codes.csv"
FOUND = ROOT / "benchmarks/themes.csv"


def coded(*rows):
    rows = [("held_out", f"a#{n}", "", a.split(), b.split()) for n, (a, b) in enumerate(rows, 1)]
    return pd.DataFrame(rows, columns=["sample", "clause_id", "sha256", "coder_a", "coder_b"])


def found(*themes_of):
    rows = [(f"a#{n}", one) for n, own in enumerate(themes_of, 1) for one in own.split()]
    return pd.DataFrame(rows, columns=["clause_id", "theme"])


FIVE = coded(
    ("use", "use"),  # found
    ("use talent", "use"),  # talent: one pass, counts neither way
    ("use", "use"),  # missed
    ("talent", "talent"),  # use is wrong
    ("other", "other"),  # another subject: left out, use would be wrong
)
OURS = found("use", "use talent", "unassigned", "use talent", "use")


def test_scores_by_hand():
    table = theme_scores(FIVE, OURS).set_index("theme")
    use, talent, every = (table.loc[name] for name in ("use", "talent", "all"))
    assert use[["n_gold", "n_found", "n_right"]].tolist() == [3, 3, 2]
    assert use[["precision", "recall", "f1"]].tolist() == pytest.approx([2 / 3, 2 / 3, 2 / 3])
    assert talent[["n_gold", "n_found", "n_right"]].tolist() == [1, 1, 1]
    assert every[["n_gold", "n_found", "n_right"]].tolist() == [4, 4, 3]
    # talent: alike in 3 of 4; by chance 2/4 x 1/4 + 2/4 x 3/4 = 1/2
    assert (use["kappa"], talent["kappa"]) == pytest.approx((1, (3 / 4 - 1 / 2) / (1 / 2)))
    assert table.loc["culture", ["precision", "recall", "f1", "kappa"]].isna().all()


def test_what_is_left_without_a_theme_and_what_is_given_one_too_many():
    (row,) = theme_summary(FIVE, OURS).values.tolist()
    assert row == ["held_out", 5, 4, 1, 1, 1]  # a#3 missed, a#5 taken


def test_only_provisions_with_a_result_count():
    assert theme_scores(FIVE, OURS[:1]).set_index("theme").loc["all", "n_gold"] == 1


def test_alpha_by_hand():
    # {use, talent} and {use} are 1 - 1/2 x 2/3 = 2/3 apart, {use} and {talent} 1
    pairs = coded(("use talent", "use"), ("use", "use"), ("talent", "talent"))
    both, lone = 2 / 3, 1.0
    # {use, talent} stands once, {use} three times, {talent} twice
    expected = 2 * (1 * 3 * both + 1 * 2 * both + 3 * 2 * lone) / (6 * 5)
    assert theme_alpha(pairs) == pytest.approx(1 - (both / 3) / expected)
    assert isnan(theme_alpha(coded(("use", "use"))))


def test_a_code_that_is_no_theme_is_refused(tmp_path):
    path = tmp_path / "codes.csv"
    path.write_text("sample,clause_id,sha256,coder_a,coder_b\nfive,a#1,,usage,use\n")
    with pytest.raises(ValueError, match="column coder_a: no such theme: usage"):
        read_theme_codes(path)


# What is published ------------------------------------------------------------------------------

LEAST = 5  # provisions held out from which their F1 decides


@pytest.fixture(scope="module")
def scores(study):
    codes, ours = read_theme_codes(CODES), found_themes(study.themes, FOUND)
    other = codes[codes["sample"] != "five"]
    every = theme_scores(other.assign(sample="other"), ours)
    return pd.concat([theme_scores(codes, ours), every]).set_index(["sample", "theme"])


def test_every_leaf_provision_of_the_five_texts_and_enough_of_others_are_coded(study):
    codes = read_theme_codes(CODES)
    own = codes.loc[codes["sample"] == "five", "clause_id"]
    assert own.tolist() == study.themes["clause_id"].drop_duplicates().tolist()
    assert (codes["sample"] != "five").sum() >= 120
    assert set(codes.loc[codes["sample"] != "five", "clause_id"]) == set(
        pd.read_csv(FOUND)["clause_id"]
    )


def test_the_bar_of_each_theme_is_that_of_the_scores(scores):
    for theme, f1 in themes().f1.items():
        held = scores.loc[("held_out", theme)]
        decides = held if held["n_gold"] >= LEAST else scores.loc[("other", theme)]
        assert f1 == pytest.approx(round(decides["f1"], 2)), theme


def test_few_provisions_of_the_field_are_left_without_a_theme(study):
    codes, ours = read_theme_codes(CODES), found_themes(study.themes, FOUND)
    table = theme_summary(codes, ours).set_index("sample")
    assert (table["n_missed"] <= 0.1 * table["n_served"]).all()
