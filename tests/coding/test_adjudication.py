"""From codes that differ to codes that a person has decided."""

import pytest
from made_up import KIND, answers, coded, coding
from openpyxl import load_workbook

from ipcompare.coding.adjudication import adjudicate, check_gold
from ipcompare.coding.adjudication_sheet import write_adjudication
from ipcompare.coding.coding_files import (
    CODES,
    Field,
    codes_path,
    read_task,
    task_text,
    write_text_table,
)
from ipcompare.coding.reading_codes import read_coding
from ipcompare.data import PlainError

SET = Field("set", "集", "set", "set", KIND.values)


def folder_of(tmp_path, codes, **more):
    """A folder of a coding as the other commands write it."""
    made = coding(codes, folder=tmp_path, **more)
    (tmp_path / "task.toml").write_text(task_text(made), encoding="utf-8")
    write_text_table(made.items, tmp_path / "items.csv")
    write_text_table(made.machine, tmp_path / "machine.csv")
    for name in codes:
        own = coded({name: codes[name]})[list(CODES)]
        write_text_table(own, codes_path(tmp_path, name))
    return read_coding(tmp_path)


def decide(path, *values):
    """A person types into the last column, row after row."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for row, value in enumerate(values, 2):
        sheet.cell(row, sheet.max_column, value)
    book.save(path)


def gold(made):
    return {tuple(row[:4]): row[4] for row in made.itertuples(index=False)}


def test_only_what_differs_is_on_the_sheet_without_names(tmp_path):
    made = folder_of(tmp_path, {"anna": answers("xxyy"), "bert": answers("xyyx")})
    lines = list(load_workbook(write_adjudication(made)).worksheets[0].iter_rows(values_only=True))
    assert [line[0] for line in lines[1:]] == ["i002", "i004"]
    assert {line[6] for line in lines[1:]} | {line[7] for line in lines[1:]} == {"甲 x", "乙 y"}
    assert not [cell for line in lines for cell in line if cell in ("anna", "bert")]


def test_the_order_of_the_answers_is_by_chance_and_the_same_every_time(tmp_path):
    made = folder_of(tmp_path, {"a": answers("x" * 40), "b": answers("y" * 40)}, docs="a" * 40)
    path = write_adjudication(made)
    first = [line[6] for line in load_workbook(path).worksheets[0].iter_rows(2, values_only=True)]
    assert 8 < first.count("甲 x") < 32
    before = path.read_bytes()
    assert write_adjudication(made).read_bytes() == before


def test_what_is_agreed_is_taken_and_the_rest_as_decided(tmp_path):
    made = folder_of(tmp_path, {"a": answers("xxyy"), "b": answers("xyyx")})
    decide(write_adjudication(made), "乙 y", "x")
    found = gold(adjudicate(tmp_path, by="carla"))
    assert found == {
        ("i001", "", "kind", "x"): "agreed: a, b", ("i002", "", "kind", "y"): "carla",
        ("i003", "", "kind", "y"): "agreed: a, b", ("i004", "", "kind", "x"): "carla",
    }  # fmt: skip
    again = read_coding(tmp_path)
    assert gold(check_gold(again)) == found
    assert read_task(tmp_path)["adjudicator"] == "carla"


def test_nothing_is_gold_before_anybody_has_coded(tmp_path):
    folder_of(tmp_path, {"a": answers(""), "b": answers("")}, docs="")
    with pytest.raises(PlainError, match="nobody has coded yet; ipcompare code .* --coder a, or"):
        adjudicate(tmp_path, by="carla")
    assert not (tmp_path / "adjudicated.csv").exists()


def test_codes_that_changed_since_are_no_longer_gold(tmp_path):
    made = folder_of(tmp_path, {"a": answers("xx"), "b": answers("xx")})
    write_adjudication(made)
    adjudicate(tmp_path, by="carla")
    own = coded({"b": answers("xy")})[list(CODES)]
    write_text_table(own, codes_path(tmp_path, "b"))
    with pytest.raises(PlainError, match="codes have changed since it was made"):
        check_gold(read_coding(tmp_path))


def test_a_row_not_decided_or_not_allowed_is_named_and_nothing_is_written(tmp_path):
    made = folder_of(tmp_path, {"a": answers("xxyy"), "b": answers("xyyx")})
    decide(write_adjudication(made), "z")
    with pytest.raises(PlainError) as caught:
        adjudicate(tmp_path, by="a")
    assert "row 2: 类别 kind is 'z'; it may be: 甲 x; 乙 y" in str(caught.value)
    assert "row 3: nothing is decided" in str(caught.value)
    assert not (tmp_path / "adjudicated.csv").exists()


@pytest.mark.parametrize("by", ["gpt", "llama:model"])
def test_a_language_model_does_not_decide(tmp_path, by):
    folder_of(tmp_path, {"a": answers("xx"), "gpt": answers("xx")}, kinds={"gpt": "model"})
    with pytest.raises(PlainError, match="is a language model"):
        adjudicate(tmp_path, by=by)


def test_what_only_models_have_coded_is_decided_by_a_person(tmp_path):
    codes = {"gpt": answers("xxy"), "llama": answers("xxy")}
    made = folder_of(tmp_path, codes, docs="aab", kinds=dict.fromkeys(codes, "model"))
    decide(write_adjudication(made), "x", "y", "y")
    found = gold(adjudicate(tmp_path, by="carla"))
    assert set(found.values()) == {"carla"}
    assert ("i002", "", "kind", "y") in found


def test_decisions_are_not_written_over(tmp_path):
    made = folder_of(tmp_path, {"a": answers("xx"), "b": answers("xy")}, docs="aa")
    decide(write_adjudication(made), "x")
    with pytest.raises(PlainError, match="holds decisions already"):
        write_adjudication(made)


def test_codes_that_changed_after_the_sheet_was_made_are_named(tmp_path):
    made = folder_of(tmp_path, {"a": answers("xx"), "b": answers("xy")}, docs="aa")
    decide(write_adjudication(made), "x")
    write_text_table(coded({"b": answers("yx")})[list(CODES)], codes_path(tmp_path, "b"))
    with pytest.raises(PlainError, match="row 2: the codes of i002  kind have changed"):
        adjudicate(tmp_path, by="a")


def test_an_empty_answer_and_a_set_can_be_decided(tmp_path):
    fields = (KIND, SET)
    a = [*answers("xx"), *answers(["x", "x;y"], "set")]
    b = [*answers("xx"), *answers(["x;y"], "set")]
    made = folder_of(tmp_path, {"a": a, "b": b}, docs="aa", fields=fields)
    decide(write_adjudication(made), "y; x", "∅")
    found = gold(adjudicate(tmp_path, by="a"))
    assert ("i001", "", "set", "x;y") in found
    assert not [key for key in found if key[0] == "i002" and key[2] == "set"]


def test_numbers_that_one_coder_alone_has(tmp_path):
    """Two numbers that b does not have: the first is decided to be one, the second not."""
    a = [("i001", "", "mentions", "2"), ("i001", "2", "number", "5"), ("i001", "2", "kind", "fact"),
         ("i001", "4", "number", "企"), ("i001", "4", "kind", "fact"), ("i002", "", "mentions", "0")]  # fmt: skip
    b = [("i001", "", "mentions", "0"), ("i002", "", "mentions", "0")]
    made = folder_of(tmp_path, {"a": a, "b": b}, docs="aa", task="mentions")
    path = write_adjudication(made)
    row = next(load_workbook(path).worksheets[0].iter_rows(2, 2, values_only=True))
    assert row[4] == "培育【】5家企业"
    decide(path, "是数量 a quantity", "no")
    found = gold(adjudicate(tmp_path, by="carla"))
    assert found == {
        ("i001", "2", "number", "5"): "carla", ("i001", "2", "kind", "fact"): "carla",
        ("i001", "", "mentions", "1"): "carla", ("i002", "", "mentions", "0"): "carla",
    }  # fmt: skip


def test_codes_without_an_adjudicating_person_are_no_gold():
    made = coding({"a": answers("xx")}, gold=[("i001", "", "kind", "x")])
    assert len(check_gold(made)) == 1
    none = coding({"a": answers("xx")})
    with pytest.raises(PlainError, match=r"has no adjudicated\.csv"):
        check_gold(none)
    model = coding({"p": answers("xx")}, kinds={"p": "model"}, gold=[("i001", "", "kind", "x")])
    with pytest.raises(PlainError, match="is a language model"):
        check_gold(model)
