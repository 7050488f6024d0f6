"""SQL over the tables of a comparison: Parquet and CSV alike."""

import pytest

from ipcompare.data import PlainError
from ipcompare.study import Study

pytest.importorskip("duckdb")  # make scale

from files import CORPUS

from ipcompare.exports.saving import write_csv
from ipcompare.scale import described_tables, query_tables

COUNTED = "SELECT doc_id, count(*) AS n FROM targets GROUP BY doc_id ORDER BY doc_id"


def test_a_query_counts_what_pandas_counts(compared, corpus):
    from ipcompare.corpus import read_corpus

    expected = Study(read_corpus(corpus)).targets["doc_id"].value_counts()
    found = query_tables(COUNTED, compared)
    assert dict(zip(found["doc_id"], found["n"], strict=True)) == expected[expected > 0].to_dict()


def test_tables_are_joined_by_their_ids(compared):
    found = query_tables(
        "SELECT m.clause_id, c.heading FROM clause_matches m "
        "JOIN clauses c ON c.clause_id = m.match_id WHERE m.rank = 1",
        compared,
    )
    assert found["heading"].notna().all() and len(found) > 10


def test_csv_tables_can_be_asked_too(tmp_path):
    write_csv(Study(CORPUS).targets, tmp_path / "targets.csv")
    found = query_tables(COUNTED, tmp_path)
    assert found["n"].sum() == len(Study(CORPUS).targets)


def test_a_query_that_cannot_be_run_says_why_and_which_tables_there_are(compared):
    with pytest.raises(ValueError, match="no_such_column.*") as error:
        query_tables("SELECT no_such_column FROM targets", compared)
    assert "Tables of" in str(error.value) and "clause_matches" in str(error.value)


def test_a_folder_without_tables_says_how_to_make_them(tmp_path):
    with pytest.raises(PlainError, match="ipcompare compare --out"):
        query_tables("SELECT 1", tmp_path)


def test_every_column_is_described(compared):
    found = described_tables(compared)
    assert {"targets", "wording_places", "matching_recall"} <= set(found["table"])
    own = found[found["table"] == "wording_places"]
    assert list(own["column"]) == ["wording_id", "clause_id", "doc_id"]
