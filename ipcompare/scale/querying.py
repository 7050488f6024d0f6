"""SQL over the tables of a comparison, without a server: DuckDB on Parquet or CSV files."""

from pathlib import Path
from typing import Any

import pandas as pd

from ipcompare.data import PlainError
from ipcompare.extras import need


def query_tables(sql: str, folder: Path | str) -> pd.DataFrame:
    """The rows of a query over the tables in ``folder``: each file is a table of its name.

    ``SELECT doc_id, count(*) FROM targets GROUP BY doc_id``. Parquet files are read by the columns
    and rows that are needed, so tables larger than memory can be asked, too; of CSV files every
    column is text where its values do not tell. ValueError with what DuckDB says of a query that
    it cannot run, and the tables there are.
    """
    need("duckdb")
    import duckdb

    files = table_files(folder)
    with duckdb.connect() as connection:
        for name, path in files.items():
            connection.execute(f"CREATE VIEW {_quoted(name)} AS {_reader(path)}")
        try:
            found = connection.execute(sql)
            return found.df() if found.description else pd.DataFrame()
        except duckdb.Error as error:
            raise ValueError(f"{error}\nTables of {folder}: {', '.join(files)}") from None


def described_tables(folder: Path | str) -> pd.DataFrame:
    """One row a column of the tables in ``folder``: ``table, column, type, rows``."""
    need("duckdb")
    import duckdb

    rows: list[tuple[Any, ...]] = []
    with duckdb.connect() as connection:
        for name, path in table_files(folder).items():
            count = connection.execute(f"SELECT count(*) FROM ({_reader(path)})").fetchone()
            columns = connection.execute(f"DESCRIBE {_reader(path)}").fetchall()
            rows += [(name, column, kind, count[0]) for column, kind, *_ in columns]
    return pd.DataFrame(rows, columns=["table", "column", "type", "rows"])


def table_files(folder: Path | str) -> dict[str, Path]:
    """The files of the tables in a folder by name: Parquet before CSV."""
    folder = Path(folder)
    found = {path.stem: path for kind in ("csv", "parquet") for path in folder.glob(f"*.{kind}")}
    if not found:
        cure = f"make them with: ipcompare compare --out {folder}"
        raise PlainError(f"{folder}: there are no tables (*.parquet, *.csv) here; {cure}")
    return dict(sorted(found.items()))


def _reader(path: Path) -> str:
    read = "read_parquet" if path.suffix == ".parquet" else "read_csv"
    name = str(path).replace("'", "''")
    return f"SELECT * FROM {read}('{name}')"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
