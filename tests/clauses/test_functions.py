"""What the departments are for: coded by hand, the examples of the data, counts worked out."""

import pandas as pd
import pytest
from files import cases
from tables import clause, clause_rows

from ipcompare.clauses import department_functions, named_departments
from ipcompare.clauses import functions as room
from ipcompare.clauses.functions import known_functions, read_department
from ipcompare.data import RuleError
from ipcompare.frames import documents_of


@pytest.mark.parametrize("case", cases("department_functions.csv"), ids=lambda c: c["unit"])
def test_function_level_and_successor_as_coded(case):
    coded = case["function"], case["level"], case["successor"]
    assert tuple(read_department(case["unit"])) == coded


@pytest.mark.parametrize("one", known_functions().values(), ids=lambda one: one.id)
def test_the_examples_of_the_data_are_of_their_function_and_the_others_are_not(one):
    assert one.examples and one.counter_examples
    assert {read_department(unit).function for unit in one.examples} == {one.id}
    assert one.id not in {read_department(unit).function for unit in one.counter_examples}


def test_a_successor_goes_on_itself():
    after = {one.successor for one in known_functions().values() if one.successor}
    known = known_functions()
    assert {id for id in after if known[id].successor != id} == set()


# a: two texts of 2017 and 2024, and one that names nobody
def naming(doc_id, path, *units, **fields):
    about = {"clause_id": f"{doc_id}{path}", "units": list(units)}
    return clause(doc_id, path, "推进工作。", **about | fields)


NAMING = clause_rows(
    naming("a", "1", "市工商局", "市知识产权局", "市科技局"),
    naming("a", "2", "市工商局", "市工商局", "保定"),
    naming("a", "3", "市经信委", "市工信局"),  # two names, one function, one provision
    naming("b", "1", "市市场监管局", "市知识产权局"),
    naming("b", "2", "市工业和信息化局", "市文广新局"),
    naming("b", "3", "市财政局", role="table_row"),
    documents=["b", "a", "c"],
)


def test_a_row_a_department_that_a_provision_names():
    table = named_departments(NAMING)
    assert table.fillna("").astype(str).values.tolist() == [
        ["b", "b1", "市市场监管局", "市", "market_supervision", "market_supervision"],
        ["b", "b1", "市知识产权局", "市", "intellectual_property", "market_supervision"],
        ["b", "b2", "市工业和信息化局", "市", "industry", "industry"],
        ["b", "b2", "市文广新局", "市", "culture_press", ""],
        ["a", "a1", "市工商局", "市", "industry_commerce", "market_supervision"],
        ["a", "a1", "市知识产权局", "市", "intellectual_property", "market_supervision"],
        ["a", "a1", "市科技局", "市", "science_technology", "science_technology"],
        ["a", "a2", "市工商局", "市", "industry_commerce", "market_supervision"],
        ["a", "a2", "保定", "", "", ""],
        ["a", "a3", "市经信委", "市", "industry", "industry"],
        ["a", "a3", "市工信局", "市", "industry", "industry"],
    ]
    assert documents_of(table) == ["b", "a", "c"]
    missing = table[table["function"].isna()]
    assert missing["unit"].tolist() == ["保定"]


def test_a_row_a_function():
    table = department_functions(NAMING)
    assert list(table.columns) == [
        "function", "zh", "en", "known", "n_text", "written", "b", "a",
    ]  # fmt: skip
    counts = table[["zh", "known", "n_text", "b", "a"]].values.tolist()
    assert counts == [
        ["工业和信息化", True, 2, 1, 1],
        ["知识产权", True, 2, 1, 1],
        ["工商", True, 1, 0, 2],  # two provisions of a; the bureaus of two cities are never added
        ["文广新", True, 1, 1, 0],
        ["市场监管", True, 1, 1, 0],
        ["科技", True, 1, 0, 1],
        ["保定", False, 1, 0, 1],
    ]
    written = table.set_index("zh")["written"]
    assert written["工业和信息化"] == ["市工业和信息化局", "市经信委", "市工信局"]
    unknown = table[~table["known"]].iloc[0]
    assert pd.isna(unknown["function"]) and unknown["en"] == "保定"


def test_departments_before_a_reform_as_what_they_have_become():
    table = department_functions(NAMING, reformed=True)
    rows = table[["zh", "known", "n_text", "b", "a"]].values.tolist()
    assert rows == [
        ["市场监管", True, 2, 1, 2],  # b1; a1 and a2
        ["工业和信息化", True, 2, 1, 1],
        ["文广新", True, 1, 1, 0],  # divided: under its own name
        ["科技", True, 1, 0, 1],
        ["保定", False, 1, 0, 1],
    ]


def test_texts_that_name_nobody():
    silent = clause_rows(naming("a", "1"))
    assert named_departments(silent).empty and department_functions(silent).empty
    assert list(department_functions(silent).columns) == [
        "function", "zh", "en", "known", "n_text", "written", "a",
    ]  # fmt: skip


def test_most_departments_of_the_five_texts_have_a_function(clauses):
    named = named_departments(clauses)
    unknown = named.loc[named["function"].isna(), "unit"].value_counts()
    assert unknown.to_dict() == {"石家庄": 2, "保定": 2, "廊坊": 1}  # cities, no governments
    assert len(named) == 575


GOOD = {"function": "a", "zh": "甲", "en": "A", "names": "甲", "ending": "", "reform": "",
        "successor": "a", "lasting": "", "example": "", "counter_example": ""}  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([GOOD, GOOD], "line 2: 'a' has no names or stands twice"),
        ([GOOD | {"names": ""}], "line 1: 'a' has no names or stands twice"),
        ([GOOD | {"names": "甲("}], "line 1: bad pattern of 'a'"),
        ([GOOD | {"successor": "b"}], "line 1: the successor 'b' is no function"),
        ([GOOD, GOOD | {"function": "b"}], "line 2: 'b' has a successor but no year"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused(monkeypatch, rows, problem):
    monkeypatch.setattr(room, "read_rows", lambda *_: list(enumerate(rows, 1)))
    with pytest.raises(RuleError, match=problem):
        known_functions.__wrapped__()


def test_a_name_that_two_functions_claim_has_none(monkeypatch):
    monkeypatch.setattr(
        room, "read_rows", lambda *_: [(1, GOOD), (2, GOOD | {"function": "b", "successor": "b"})]
    )
    two = known_functions.__wrapped__()
    monkeypatch.setattr(room, "known_functions", lambda: two)
    assert read_department.__wrapped__("市甲局") == ("", "市", "")
