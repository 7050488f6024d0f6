"""The commands of coding."""

import pytest
from files import ROOT
from typer.testing import CliRunner

from ipcompare.cli import app
from ipcompare.coding import read_coding


def run(*words):
    return CliRunner().invoke(app, list(map(str, words)))


def test_sample_says_how_many_of_how_many_in_each_stratum(tmp_path):
    out = tmp_path / "c"
    said = run(
        "sample", "--task", "themes", "--n", 20, "--coders", "a,gpt:model", "--corpus",
        ROOT / "corpus", "--out", out,
    )  # fmt: skip
    assert said.exit_code == 0, said.output
    assert "20 of 130 items drawn (asked for: 20)" in said.output
    assert "n_stratum" in said.output and "n_drawn" in said.output
    assert f"ipcompare code {out} --coder gpt" in said.output
    coding = read_coding(out)
    drawn = coding.items.groupby("stratum")["n_drawn"].first()
    assert len(coding.items) == 20 == drawn.sum()
    assert [coder.kind for coder in coding.coders] == ["person", "model"]
    assert len(coding.documents) == 5 and coding.seed == 1 and coding.n == 20
    again = run("sample", "--corpus", ROOT / "corpus", "--out", out)
    assert again.exit_code == 2 and "holds a coding already" in again.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["code", "nowhere", "--coder", "a"], "task.toml: no such file; ipcompare sample --out"),
        (["sample", "--task", "goals", "--out", "x"], "no task 'goals'; there are mentions"),
        (["sample", "--codebook", "no.toml", "--out", "x"], "no.toml: no such file"),
        (["sample", "--coders", "a,a", "--out", "x"], "give each coder a name of its own"),
    ],
)
def test_bad_input_is_a_line(words, said, tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    words = [tmp_path / word if word == "x" else word for word in words]
    found = run(*words)
    assert found.exit_code == 2 and said in found.output and "Traceback" not in found.output
    assert not (tmp_path / "x").exists()
