"""The files of a coding come back as they were written, and say what is wrong with them."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipcompare.coding import Coder, Coding, Field, Value, read_coding
from ipcompare.coding.coding_files import (
    CODED_COLUMNS,
    CODES,
    LONG,
    empty,
    read_task,
    read_text_table,
    task_text,
    write_text_table,
)
from ipcompare.coding.coding_values import done_items, plain_answer
from ipcompare.data import PlainError

words = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
# What csv_cell writes with the signs of print, 3–5, comes back with those of the keyboard: 3-5.
answers = words.map(plain_answer).filter(lambda text: not set(text) & set("–⁄∶"))


def coding(folder=Path(), **more):
    about = {"task": "t", "fields": (), "coders": (Coder("a"),)}
    tables = {"items": empty(("item_id",)), "machine": empty(LONG), "codes": empty(CODED_COLUMNS)}
    return Coding(folder, **(about | tables | more))


@given(st.lists(st.tuples(*[answers] * 5), max_size=4))
def test_codes_come_back_as_they_were(tmp_path_factory, rows):
    frame = pd.DataFrame(rows, columns=list(CODES), dtype=str)
    path = write_text_table(frame, tmp_path_factory.mktemp("codes") / "a.csv")
    again = read_text_table(path, CODES)
    assert again.to_numpy().tolist() == frame.to_numpy().tolist()


@pytest.mark.parametrize(
    "value", ["=1+1", "10-20", "1:1", "1.10", "007", "@x", "a,b", '"', "甲\n乙", "'=1"]
)
def test_what_a_spreadsheet_would_change_comes_back(tmp_path, value):
    frame = pd.DataFrame([[value]], columns=["value"])
    path = write_text_table(frame, tmp_path / "a.csv")
    assert read_text_table(path, ["value"])["value"].tolist() == [value]
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_probability_keeps_all_its_digits(tmp_path):
    path = write_text_table(pd.DataFrame({"p": [1 / 3, 2 / 29]}), tmp_path / "a.csv")
    assert read_text_table(path, ["p"])["p"].astype(float).tolist() == [1 / 3, 2 / 29]


@given(words, words, words)
def test_the_task_comes_back_as_it_was(tmp_path_factory, zh, definition, name):
    field = Field("f", zh, "en", "nominal", (Value("x", zh, "y", definition),), definition, False)
    folder = tmp_path_factory.mktemp("task")
    own = coding(
        folder, fields=(field, Field("g", "z", "e", "text")), coders=(Coder(name, "model"),),
        zh=zh, instructions=definition, seed=7, n=3, documents=(("d", "0f"),),
    )  # fmt: skip
    (folder / "task.toml").write_text(task_text(own), encoding="utf-8")
    said = read_task(folder)
    assert all(getattr(own, key) == value for key, value in said.items())
    assert {"fields", "coders", "documents", "zh", "instructions", "seed", "n"} <= said.keys()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("task = ", "task.toml: Invalid value"),
        ('task = "t"\n[[field]]\nid = "f"', "task.toml: field f: missing 3 required"),
        ('task = "t"\n[[coder]]\nname = "a"\nage = 3', "coder a: got an unexpected keyword"),
        ('task = "t"\n[[field]]\nid = "f"\nzh = "f"\nen = "f"\nscale = "odd"', "scale is 'odd'"),
    ],
)
def test_a_task_that_cannot_be_read_names_its_file(tmp_path, text, said):
    (tmp_path / "task.toml").write_text(text, encoding="utf-8")
    with pytest.raises(PlainError) as error:
        read_coding(tmp_path)
    assert said in str(error.value) and "task.toml" in str(error.value)


def test_what_is_missing_is_named(tmp_path):
    with pytest.raises(PlainError, match="task.toml: no such file; ipcompare sample"):
        read_coding(tmp_path)
    (tmp_path / "task.toml").write_text('task = "t"', encoding="utf-8")
    with pytest.raises(PlainError, match="items.csv: no such file"):
        read_coding(tmp_path)
    (tmp_path / "items.csv").write_text("item_id,p\n", encoding="utf-8")
    with pytest.raises(PlainError, match="items.csv, line 1: lacks the column stratum"):
        read_coding(tmp_path)
    with pytest.raises(PlainError, match="no field 'x'; there are f"):
        coding(fields=(Field("f", "f", "f", "text"),)).field("x")


def test_an_item_is_done_when_what_is_needed_is_answered():
    fields = (Field("f", "f", "f", "text"), Field("g", "g", "g", "text", needed=False))
    codes = pd.DataFrame([("i1", "", "f", "x", ""), ("i2", "", "g", "x", "")], columns=CODES)
    assert done_items(coding(fields=fields), codes) == {"i1"}
    fields = (Field("number", "f", "f", "text"), Field("kind", "k", "k", "text"))
    rows = [
        ("i1", "3", "number"),
        ("i1", "3", "kind"),
        ("i1", "9", "number"),
        ("i2", "5", "number"),
    ]
    codes = pd.DataFrame([(*row, "x", "") for row in rows], columns=CODES)
    counts = pd.DataFrame([(f"i{n}", "", "mentions", str(k), "") for n, k in ((1, 2), (2, 1), (3, 0))],
                          columns=CODES)  # fmt: skip
    own = coding(task="mentions", fields=fields)
    assert done_items(own, codes) == set()  # nobody said that there are no more
    assert done_items(own, pd.concat([codes, counts])) == {"i3"}
    kind = pd.DataFrame([("i1", "9", "kind", "x", ""), ("i2", "5", "kind", "x", "")], columns=CODES)
    assert done_items(own, pd.concat([codes, counts, kind])) == {"i1", "i2", "i3"}
