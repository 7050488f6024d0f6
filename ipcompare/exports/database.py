"""All tables in one SQLite file, for Datasette, DB Browser, R or Python.

    import sqlite3
    connection = sqlite3.connect("outputs/ipcompare.sqlite")
    for title, query in ipc.example_queries().items():
        print(title, connection.execute(query).fetchall())

``data/sql/database.sql`` declares the tables and says what each column is; the file keeps those
comments. ``data/sql/queries.sql`` has three example queries: one indicator in every text with the
characters of the raw text, full-text search with the responsible departments, the closest clauses
of two texts.
"""

import hashlib
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from ipcompare.corpus import Corpus
from ipcompare.data import data_text
from ipcompare.exports.table_cells import DIGITS
from ipcompare.frames import checked, require
from ipcompare.indicators.ordering import checked_aligned
from ipcompare.placing import write_whole

_TRIGRAM = (3, 34, 0)  # the version that brought the trigram tokenizer
# Bytes 96 to 99 of a SQLite file name the version that wrote it; nothing reads them but `file`.
_WRITER = slice(96, 100)


def write_database(
    path: Path | str,
    *,
    corpus: Corpus,
    clauses: pd.DataFrame,
    targets: pd.DataFrame,
    aligned: pd.DataFrame,
    matches: pd.DataFrame,
) -> Path:
    """Write documents, clauses, clause_units, targets, aligned, matches and clauses_fts.

    Keys and foreign keys are declared and checked; ``units`` of a clause become rows of
    clause_units; True is 1; scores are rounded as in the CSV files. Columns that
    ``data/sql/database.sql`` does not declare stay out. The same tables give the same bytes under
    the same version of SQLite; versions place pages differently, for which ``content_digest`` is.
    Raises ValueError when a row refers to one that is not there, RuntimeError when Python's
    SQLite has no FTS5 with trigrams.
    """
    clauses, targets = checked(clauses, "clauses"), checked(targets, "targets")
    aligned, matches = checked_aligned(aligned), checked(matches, "matches")
    tables = {
        "documents": corpus.table.assign(text=[d.text for d in corpus.documents]),
        "clauses": clauses.assign(reading_order=range(1, len(clauses) + 1)),
        "clause_units": _units(clauses),
        "targets": targets,
        "aligned": aligned,
        "matches": matches.assign(score=matches["score"].round(DIGITS)),
    }
    connection = sqlite3.connect(":memory:")
    try:
        _check_search(connection)
        _fill(connection, tables)
        return _save(connection, Path(path))
    finally:
        connection.close()


def example_queries() -> dict[str, str]:
    """The queries of ``data/sql/queries.sql`` by their English titles."""
    queries = {}
    for block in data_text("sql/queries.sql").strip().split("\n\n")[1:]:
        _, title, query = block.split("\n", 2)
        queries[title.removeprefix("-- ")] = query
    return queries


def content_digest(path: Path | str) -> str:
    """The sha256 of tables and rows: the same on every machine, whatever wrote the file."""
    digest = hashlib.sha256()
    connection = sqlite3.connect(f"{Path(path).resolve().as_uri()}?mode=ro", uri=True)
    try:
        tables = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'table' "
            "AND name NOT GLOB 'clauses_fts_*' ORDER BY name"
        ).fetchall()
        for name, declaration in tables:
            rows = connection.execute(f"SELECT * FROM {name} ORDER BY rowid").fetchall()
            digest.update(repr((name, declaration, rows)).encode())
    finally:
        connection.close()
    return digest.hexdigest()


def _check_search(connection: sqlite3.Connection) -> None:
    """Raise RuntimeError where the full-text index cannot be made."""
    try:
        connection.execute("CREATE VIRTUAL TABLE temp.probe USING fts5 (a, tokenize='trigram')")
        connection.execute("DROP TABLE temp.probe")
    except sqlite3.OperationalError as error:
        raise RuntimeError(
            f"the SQLite {sqlite3.sqlite_version} of this Python cannot index Chinese text "
            f"({error}); FTS5 and version {'.'.join(map(str, _TRIGRAM))} or newer are needed, "
            "which Python from python.org, conda-forge and current Linux systems has"
        ) from error


def _fill(connection: sqlite3.Connection, tables: dict[str, pd.DataFrame]) -> None:
    """Make the tables, insert their rows in order, check the references, index the text."""
    connection.executescript("PRAGMA page_size = 4096;" + data_text("sql/database.sql"))
    for name, frame in tables.items():
        declared = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
        require(frame, tuple(declared), f"the functions named in write_database ({name})")
        marks = ", ".join("?" * len(declared))
        insert = f"INSERT INTO {name} ({', '.join(declared)}) VALUES ({marks})"
        connection.executemany(insert, _rows(frame, declared))
    _check_references(connection)
    connection.execute("INSERT INTO clauses_fts (clauses_fts) VALUES ('rebuild')")
    connection.execute("INSERT INTO clauses_fts (clauses_fts) VALUES ('optimize')")
    connection.execute("PRAGMA user_version = 1")
    connection.commit()


def _rows(frame: pd.DataFrame, columns: list[str]) -> Iterator[tuple]:
    return zip(*(map(_value, frame[name].tolist()) for name in columns), strict=True)


def _value(value: Any) -> Any:
    """A value as SQLite keeps it; what is missing is NULL."""
    missing = value is None or value is pd.NA or value is pd.NaT or value != value
    return None if missing else int(value) if isinstance(value, bool) else value


def _units(clauses: pd.DataFrame) -> pd.DataFrame:
    """One row a clause and department."""
    rows = [
        (clause_id, n, unit)
        for clause_id, units in zip(clauses["clause_id"], clauses["units"], strict=True)
        for n, unit in enumerate(units if isinstance(units, Iterable) else (), 1)
    ]
    return pd.DataFrame(rows, columns=["clause_id", "position", "unit"])


def _check_references(connection: sqlite3.Connection) -> None:
    """Raise ValueError naming the first row that refers to nothing."""
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken is None:
        return
    table, row, parent, key = broken
    keys = connection.execute(f"PRAGMA foreign_key_list({table})").fetchall()
    column = next(k[3] for k in keys if k[0] == key)
    value = connection.execute(f"SELECT {column} FROM {table} WHERE rowid = {row}").fetchone()[0]
    raise ValueError(
        f"{table}, row {row}: {column} {value!r} is not in {parent}; "
        "make all tables from the same corpus"
    )


def _save(connection: sqlite3.Connection, path: Path) -> Path:
    """Write a compact copy without a trace of the SQLite that wrote it."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "copy.sqlite"
        connection.execute("VACUUM INTO ?", (str(copy),))
        data = bytearray(copy.read_bytes())
    data[_WRITER] = (1_000_000 * _TRIGRAM[0] + 1000 * _TRIGRAM[1]).to_bytes(4, "big")
    return write_whole(path, bytes(data))
