"""The database: keys that hold, Chinese text that is found, example queries that run."""

import sqlite3

import pandas as pd
import pytest
from tables import aligned, aligned_rows, clause, clause_rows, match_rows, target, target_rows

from ipcompare.corpus import COLUMNS, Corpus, Document
from ipcompare.exports import database
from ipcompare.exports.database import content_digest, example_queries, write_database
from ipcompare.frames import CLAUSE_COLUMNS, MATCH_COLUMNS, TARGET_COLUMNS
from ipcompare.indicators.align import ALIGNED_COLUMNS

RAW = "一、总体要求\n（一）目标。专利权质押融资达到12亿元。"


TARGET = target("专利权质押融资", 12, "亿元", clause_id="a#1.1", quote="专利权质押融资达到12亿元。",
                char_start=RAW.index("12"), char_end=RAW.index("12") + 4)  # fmt: skip


def tables(**changed):
    made = {
        "corpus": Corpus((Document("a", RAW, title="'; DROP TABLE clauses; --"), Document("b", "二"))),
        "clauses": clause_rows(
            clause(label="一、", body="总体要求", role="section"),
            clause("a", "1.1", "专利权质押融资达到12亿元。", label="（一）", heading="目标",
                   parent_id="a#1", units=["市科技局", "市财政局"]),
            clause("b", body="质押融资=1+1", units=None),
        ),
        "targets": target_rows(TARGET),
        "aligned": aligned_rows(aligned("pledge_financing", clause_id="a#1.1")),
        "matches": match_rows(("a#1.1", "b#1", 0.123456)),
    }  # fmt: skip
    return {**made, **changed}


@pytest.fixture
def connection(tmp_path):
    connection = sqlite3.connect(write_database(tmp_path / "new" / "t.sqlite", **tables()))
    yield connection
    connection.close()


def test_schema_has_every_column_of_the_tables(connection):
    def columns(table):
        return {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}

    assert columns("documents") == {*COLUMNS, "text"}
    assert columns("clauses") == {*CLAUSE_COLUMNS, "reading_order"} - {"units"}
    assert columns("targets") == set(TARGET_COLUMNS)
    assert columns("aligned") == set(ALIGNED_COLUMNS)
    assert columns("matches") == set(MATCH_COLUMNS)


def test_rows_by_hand(connection):
    def rows(query):
        return connection.execute(query).fetchall()

    assert rows("SELECT doc_id, title FROM documents") == [
        ("a", "'; DROP TABLE clauses; --"),
        ("b", None),
    ]
    assert rows("SELECT clause_id, parent_id FROM clauses ORDER BY reading_order")[1] == (
        "a#1.1",
        "a#1",
    )
    assert rows("SELECT * FROM clause_units") == [
        ("a#1.1", 1, "市科技局"),
        ("a#1.1", 2, "市财政局"),
    ]
    assert rows("SELECT low, per_year, deadline FROM targets") == [(12.0, 0, None)]
    assert rows("SELECT headline FROM aligned") == [(1,)]
    assert rows("SELECT score, rank FROM matches") == [(0.1235, 1)]


def test_span_leads_to_the_raw_text(connection):
    query = """SELECT substr(d.text, t.char_start + 1, t.char_end - t.char_start)
               FROM targets AS t JOIN documents AS d USING (doc_id)"""
    assert connection.execute(query).fetchall() == [("12亿元",)]


def test_full_text_search_in_chinese(connection):
    query = """SELECT clause_id FROM clauses_fts JOIN clauses ON reading_order = clauses_fts.rowid
               WHERE clauses_fts MATCH ? ORDER BY reading_order"""
    assert connection.execute(query, ['"质押融资"']).fetchall() == [("a#1.1",), ("b#1",)]
    assert connection.execute(query, ['"专利导航"']).fetchall() == []
    two = "SELECT clause_id FROM clauses WHERE text LIKE '%专利%'"
    assert connection.execute(two).fetchall() == [("a#1.1",)]


def test_keys_are_enforced_for_later_writers(connection):
    connection.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute("DELETE FROM documents WHERE doc_id = 'a'")
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_example_queries_run(connection):
    queries = example_queries()
    assert len(queries) == 5 and all(
        q.startswith("SELECT") and q.endswith(";") for q in queries.values()
    )
    found = [connection.execute(query).fetchall() for query in queries.values()]
    assert found[1] == [
        (
            "a#1.1",
            "（一）",
            "目标",
            "市科技局；市财政局",
            "（一）目标。专利权【质押融资】达到12亿元。",
        ),
        ("b#1", "1", None, None, "【质押融资】=1+1"),
    ]


def test_same_bytes_and_same_digest(tmp_path):
    one, two = (write_database(tmp_path / name, **tables()) for name in "ab")
    assert one.read_bytes() == two.read_bytes()
    assert content_digest(one) == content_digest(two)
    fewer = tables(matches=match_rows())
    assert content_digest(write_database(two, **fewer)) != content_digest(one)


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        (
            {"corpus": Corpus((Document("a", RAW),))},
            "clauses, row 3: doc_id 'b' is not in documents",
        ),
        (
            {"targets": target_rows()},
            "aligned, row 1: target_id 'a#1.1@1' is not in targets",
        ),
        ({"matches": pd.DataFrame({"a": [1]})}, "lacks the columns clause_id"),
    ],
)
def test_tables_that_do_not_fit_are_refused(tmp_path, changed, problem):
    with pytest.raises(ValueError, match=problem):
        write_database(tmp_path / "t.sqlite", **tables(**changed))
    assert not (tmp_path / "t.sqlite").exists()


def test_sqlite_without_trigrams_is_named(monkeypatch, tmp_path):
    class Old:
        def execute(self, query):
            raise sqlite3.OperationalError("no such tokenizer: trigram")

        def close(self):
            pass

    monkeypatch.setattr(database.sqlite3, "connect", lambda *_, **__: Old())
    with pytest.raises(
        RuntimeError, match=r"cannot index Chinese text \(no such tokenizer.*3\.34\.0"
    ):
        write_database(tmp_path / "t.sqlite", **tables())
