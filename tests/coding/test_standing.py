"""Who decided a code, what is said of it, and what to do where nobody has."""

import pytest
from codes import answers, coding, provisions

from ipcompare.coding.standing import decided_codes, what_first, who_decided

ITEMS = provisions(1.0, 1.0)
A = answers("i1", tools="tax") + answers("i2", tools="none")
B = answers("i1", tools="funds") + answers("i2", tools="none")
BY_WANG = [("i1", "", "tools", "tax", "Wang"), ("i2", "", "tools", "none", "agreed: a, b")]


def said(made, **options):
    rows = decided_codes(made, **options)
    return rows[["item_id", "value", "decided_by", "standing"]].values.tolist()


def test_the_adjudicated_codes_are_taken_where_there_are_any():
    made = coding(ITEMS, {"a": A, "b": B}, adjudicated=BY_WANG, adjudicator="Wang")
    assert said(made) == [
        ["i1", "tax", "Wang", "adjudicated"],
        ["i2", "none", "agreed: a, b", "adjudicated"],
    ]
    assert who_decided(decided_codes(made), "en") == "Codes adjudicated by a person (Wang, a, b)."


def test_one_coder_is_taken_alone_or_by_name_and_marked():
    assert said(coding(ITEMS, {"a": A}))[0] == ["i1", "tax", "a", "person"]
    two = coding(ITEMS, {"a": A, "b": B}, adjudicated=BY_WANG, adjudicator="Wang")
    assert said(two, coder="b")[0] == ["i1", "funds", "b", "person"]
    alone = who_decided(decided_codes(two, coder="b"), "en")
    assert alone == "Coded by one person (b), not adjudicated."


def test_a_model_is_a_coder_and_never_more():
    made = coding(ITEMS, {"m": A}, kinds={"m": "model"})
    assert {row[-1] for row in said(made)} == {"model"}
    note = who_decided(decided_codes(made), "en")
    assert note == "Coded by a language model (m); nobody adjudicated."
    assert who_decided(decided_codes(made), "zh") == "由语言模型编码（m），无人裁定。"


def test_what_only_models_agreed_on_is_not_made_gold_by_the_adjudicator_of_the_rest():
    models = {"a": "model", "b": "model"}
    made = coding(ITEMS, {"a": A, "b": B}, kinds=models, adjudicated=BY_WANG, adjudicator="Wang")
    assert [row[-1] for row in said(made)] == ["adjudicated", "model"]
    note = who_decided(decided_codes(made), "en")
    assert note.startswith("Of 2 codes 1 were decided by language models alone")


def test_what_a_person_and_a_model_agreed_on_counts_as_adjudicated_with_the_rest():
    made = coding(
        ITEMS, {"a": A, "b": B}, kinds={"b": "model"}, adjudicated=BY_WANG, adjudicator="Wang"
    )
    assert [row[-1] for row in said(made)] == ["adjudicated", "adjudicated"]


def test_a_model_that_adjudicates_makes_nothing_gold():
    rows = [("i1", "", "tools", "tax", "m"), ("i2", "", "tools", "none", "agreed: a, b")]
    codes = {"a": A, "b": B, "m": []}
    made = coding(ITEMS, codes, kinds={"m": "model"}, adjudicated=rows, adjudicator="m")
    assert [row[-1] for row in said(made)] == ["model", "model"]


@pytest.mark.parametrize(
    ("made", "options", "message"),
    [
        (coding(ITEMS), {}, "DIR has none yet. First run: ipcompare code DIR --coder a"),
        (coding(ITEMS, {"a": answers("i1", tools="")}), {}, "ipcompare code DIR --coder a"),
        (coding(ITEMS, {"a": A, "b": B}), {}, r"\(a, b\) and nobody .*ipcompare agreement DIR"),
        (coding(ITEMS, {"a": A}), {"coder": "x"}, "DIR: no coder 'x'; there are a"),
        (coding(ITEMS, {"a": A, "b": []}), {"coder": "b"}, "b has no answers"),
        (coding(ITEMS, {"a": A}, adjudicated=BY_WANG), {}, "task.toml names no adjudicator"),
        (
            coding(ITEMS, {"a": A}, adjudicated=[("i1", "", "x", "1", " ")], adjudicator="W"),
            {},
            "adjudicated.csv: i1 says not who decided it",
        ),
    ],
)  # fmt: skip
def test_without_decided_codes_the_error_says_what_to_do(made, options, message):
    with pytest.raises(ValueError, match=message):
        decided_codes(made, **options)


def test_the_notebook_says_what_to_do_first():
    first = what_first(None, task="tools", lang="en")
    assert first.endswith("First run: ipcompare sample --task tools --out DIR, then code it.")
    assert "--codebook pmc.toml" in what_first(None, task="pmc")
    assert "ipcompare code DIR --coder a" in what_first(coding(ITEMS))
    assert "ipcompare agreement DIR" in what_first(coding(ITEMS, {"a": A, "b": B}))
    assert what_first(coding(ITEMS, {"a": A})) == ""
    made = coding(ITEMS, {"a": A, "b": B}, adjudicated=BY_WANG, adjudicator="Wang")
    assert what_first(made) == ""
