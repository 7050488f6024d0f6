"""The PMC index of a small invented table, worked by hand."""

import pandas as pd
import pytest
from codes import answers, coding, documents
from pandas.testing import assert_frame_equal

from ipcompare.coding.pmc import main_variables, pmc_index, pmc_matrix, pmc_variables
from ipcompare.data import read_toml

# Nine variables: A has two sub-variables, the others one each. All nine are summed and drawn.
IDS = "ABCDEFGHI"
OWN = {
    "sum": list(IDS),
    "surface": list(IDS),
    "levels": {"of": 9},
    "level": [{"id": "high", "least": 4.5}, {"id": "low", "least": 0}],
    "variable": [
        {"id": id, "name": [id, id], "sub": [{"id": s} for s in (("a1", "a2") if id == "A" else (id.lower(),))]}
        for id in IDS
    ],
}  # fmt: skip
ONES = dict.fromkeys(("a1", "a2", *"bcdefghi"), "1")
JIA = ONES | {"a2": "0", "c": "0", "d": "0"}  # A = 1/2, C = D = 0, six others: 6.5
YI = dict.fromkeys(ONES, "0") | {"a1": "1", "i": "1"}  # A = 1/2, I = 1: 1.5
BING = {key: value for key, value in ONES.items() if key != "a2"}  # A is not known


def variables(**codes):
    ids = {"jia": "i1", "yi": "i2", "bing": "i3"}
    rows = [row for doc_id, own in codes.items() for row in answers(ids[doc_id], **own)]
    return pmc_variables(coding(documents(*ids), {"a": rows}), definition=OWN)


ALL = variables(jia=JIA, yi=YI, bing=BING)


def test_a_variable_is_the_mean_of_its_sub_variables():
    jia = ALL[ALL["doc_id"] == "jia"].set_index("variable")["score"]
    assert jia.to_dict() == dict(zip(IDS, (0.5, 1, 0, 0, 1, 1, 1, 1, 1), strict=True))


def test_the_index_is_the_sum_and_has_a_level_and_a_rank():
    table = pmc_index(ALL, definition=OWN).set_index("doc_id")
    assert table.loc["jia", ["pmc", "consistency", "rank"]].tolist() == [6.5, "high", 1]
    assert table.loc["yi", ["pmc", "consistency", "rank"]].tolist() == [1.5, "low", 2]
    assert set(table["n_variable"]) == {9}


def test_a_missing_sub_variable_makes_the_index_missing_with_a_reason():
    a = ALL[(ALL["doc_id"] == "bing") & (ALL["variable"] == "A")].iloc[0]
    assert pd.isna(a["score"]) and a["reason"] == "a2" and (a["n_sub"], a["n_known"]) == (2, 1)
    bing = pmc_index(ALL, definition=OWN).set_index("doc_id").loc["bing"]
    assert pd.isna(bing["pmc"]) and pd.isna(bing["consistency"]) and pd.isna(bing["rank"])
    assert bing["reason"] == "a2"


def test_a_document_that_nobody_coded_is_missing_too():
    table = pmc_index(variables(jia=JIA), definition=OWN).set_index("doc_id")
    assert pd.isna(table.loc["yi", "pmc"]) and table.loc["yi", "reason"].startswith("a1, a2, b")


def test_an_empty_answer_is_no_zero():
    table = pmc_index(variables(jia=JIA | {"b": ""}), definition=OWN).set_index("doc_id")
    assert pd.isna(table.loc["jia", "pmc"]) and table.loc["jia", "reason"] == "b"


def test_equal_indices_share_a_rank_and_a_bound_belongs_to_the_higher_level():
    half = dict.fromkeys(ONES, "0") | dict.fromkeys(("a1", *"fghi"), "1")  # 4.5
    table = pmc_index(variables(jia=half, yi=half), definition=OWN)
    assert table["rank"].tolist()[:2] == [1, 1] and table["consistency"].tolist()[:2] == [
        "high",
        "high",
    ]


def test_the_matrix_has_three_rows_of_three():
    expected = pd.DataFrame([[0.5, 1, 0], [0, 1, 1], [1, 1, 1]], dtype=float)
    assert_frame_equal(pmc_matrix(ALL, "jia", definition=OWN), expected)
    assert pmc_matrix(ALL, "bing", definition=OWN).isna().sum().sum() == 1
    with pytest.raises(ValueError, match="ding has no PMC variables; there are jia, yi, bing"):
        pmc_matrix(ALL, "ding", definition=OWN)


def test_the_default_has_ten_variables_and_a_surface_of_nine():
    said = read_toml("coding/pmc.toml")
    names = {variable.id: variable.names["zh"] for variable in main_variables()}
    assert list(names) == [f"X{n}" for n in range(1, 11)]
    assert names["X1"] == "政策性质" and names["X10"] == "政策公开"
    assert said["sum"] == list(names) and said["surface"] == list(names)[:9]
    subs = [sub for one in said["variable"] for sub in one["sub"]]
    assert all(len(sub["name"]) == len(sub["one"]) == 2 for sub in subs)


def test_all_ones_are_ten_points():
    every = [sub for variable in main_variables() for sub in variable.subs]
    made = coding(documents("jia"), {"a": answers("i1", **dict.fromkeys(every, "1"))})
    row = pmc_index(pmc_variables(made)).iloc[0]
    assert (row["pmc"], row["consistency"]) == (10, "perfect")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"sum": list("ABCDEFGH")}, "levels fit a sum of 9 variables, but sum has 8"),
        ({"sum": list("AABCDEFGH")}, "sum has 8 different ones"),
        ({"surface": list("ABCDEFGH")}, "surface has nine different variables"),
        ({"sum": list("ABCDEFGHX")}, "no variable X; there are A, B"),
        ({"variable": [{"id": id, "name": [id, id], "sub": []} for id in IDS]}, "sub-variables"),
    ],
)
def test_a_definition_that_does_not_fit_is_refused(change, message):
    with pytest.raises(ValueError, match=message):
        pmc_index(ALL, definition=OWN | change)


@pytest.mark.parametrize(
    ("items", "codes", "message"),
    [
        (documents("jia"), answers("i1", a1="2"), "DIR: i1, a1: '2' is not 0 or 1"),
        (documents("jia"), answers("i1", a1="?"), "i1, a1: '\\?' is not 0 or 1"),
        (documents("jia", "jia"), answers("i1", a1="1"), "items.csv: jia has two items"),
        (documents("jia"), answers("i1", tools="tax"), "DIR: no codes of PMC sub-variables"),
        (documents("jia"), [], "ipcompare code DIR --coder a"),
    ],
)
def test_bad_codes_of_an_index_are_refused(items, codes, message):
    with pytest.raises(ValueError, match=message):
        pmc_variables(coding(items, {"a": codes}), definition=OWN)
