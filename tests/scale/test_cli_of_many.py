"""compare and query as commands."""

import pytest
from typer.testing import CliRunner

from ipcompare.cli import app

pytest.importorskip("pyarrow")  # make scale
pytest.importorskip("duckdb")

RUN = CliRunner()


def test_compare_writes_parquet_and_query_asks_it(corpus, tmp_path):
    out = str(tmp_path / "out")
    made = RUN.invoke(app, ["compare", "--corpus", str(corpus), "--out", out, "--workers", "1"])
    assert made.exit_code == 0, made.output
    assert "clause_matches.parquet" in made.output and "every pair" in made.output
    sql = "SELECT count(*) AS n FROM documents"
    asked = RUN.invoke(app, ["query", sql, "--tables", out, "--format", "csv"])
    assert asked.output.split() == ["\ufeffn", "20"] or asked.output.split() == ["n", "20"]
    listed = RUN.invoke(app, ["query", "--tables", out])
    assert "char_start" in listed.output


def test_workers_are_for_parquet(corpus):
    options = ["--corpus", str(corpus), "--format", "csv", "--workers", "2"]
    refused = RUN.invoke(app, ["compare", *options])
    assert refused.exit_code == 2 and "--format parquet" in refused.output
