"""The three commands after coding, on a folder made up by hand."""

import pytest
from files import ROOT
from made_up import answers
from test_adjudication import decide, folder_of
from typer.testing import CliRunner

from ipcompare.cli import app
from ipcompare.coding.own_study import tables_of_study
from ipcompare.coding.reading_codes import read_coding
from ipcompare.data import PlainError


def run(*arguments, status=0):
    result = CliRunner().invoke(app, [str(one) for one in arguments])
    assert result.exit_code == status, result.output
    return result.output


def test_from_codes_to_scores(tmp_path):
    a, b = (answers(values, "relation") for values in (["same", "not"], ["same", "related"]))
    folder_of(tmp_path, {"a": a, "b": b}, docs="ab", task="pairs", machine=a)
    assert "answers to decide: 1" in run("agreement", tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    assert {"agreement.csv", "disagreements.csv", "adjudication.xlsx"} <= names
    assert "nothing is decided" in run("adjudicate", tmp_path, "--by", "c", status=2)
    decide(tmp_path / "adjudication.xlsx", "not")
    assert "kept as it is" in run("agreement", tmp_path)
    assert "2 codes, 1 decided by c" in run("adjudicate", tmp_path, "--by", "c")
    said = run("validate", tmp_path)
    assert "Only 2 items are adjudicated" in said
    assert (tmp_path / "validation.csv").is_file()
    assert "只裁定了 2 项" in run("validate", tmp_path, "--lang", "zh")


def test_without_adjudicated_codes_the_error_says_what_to_do(tmp_path):
    folder_of(tmp_path, {"a": answers("xx")}, docs="ab")
    assert "writes adjudication.xlsx" in run("validate", tmp_path, status=2).replace("\n", " ")


@pytest.mark.parametrize(
    ("doc_id", "said"), [("jia", "is not in the corpus"), ("hebei-2016", "has changed since")]
)
def test_texts_that_are_not_those_drawn_from_are_named(tmp_path, doc_id, said):
    folder_of(tmp_path, {"a": answers("xx")}, docs="ab", documents=((doc_id, "0" * 64),))
    with pytest.raises(PlainError, match=f"{doc_id} {said}"):
        tables_of_study(read_coding(tmp_path), ROOT / "corpus")
