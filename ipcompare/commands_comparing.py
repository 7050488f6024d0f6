"""The commands that compare: all tables of a corpus, questions to them, two texts side by side."""

import gc
import sys
from enum import StrEnum
from importlib.util import LazyLoader, find_spec, module_from_spec
from pathlib import Path
from typing import Annotated

import typer

from ipcompare.terminal import Format, print_rows, refuse_plainly, with_progress

CorpusFolder = Annotated[Path, typer.Option("--corpus", help="Folder with documents.csv.")]
AsFormat = Annotated[Format, typer.Option("--format", help="table, csv or jsonl.")]


class TableFormat(StrEnum):
    """Of the files that compare writes."""

    csv = "csv"
    parquet = "parquet"


@refuse_plainly
def compare(
    corpus: CorpusFolder = Path("corpus"),
    out: Annotated[Path, typer.Option(help="Folder for the tables.")] = Path("comparison"),
    format: Annotated[
        TableFormat | None,
        typer.Option(
            help="csv, or parquet for many texts; else by their number.", show_default=False
        ),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes of this machine; else one a core.")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(help="Of a Dask cluster of yours: tcp://host:8786.")
    ] = None,
) -> None:
    """Write every comparison table of a corpus: CSV, or Parquet for many texts."""
    gc.set_threshold(100_000, 50, 50)  # tables are no garbage: a tenth of the time saved
    _import_late("numpy.f2py", "numpy.testing", "pydoc")
    from ipcompare.building.comparison import compare_corpus, in_memory

    if format is TableFormat.csv and (workers or scheduler):
        raise ValueError("--workers and --scheduler are for --format parquet")
    chosen = format or (TableFormat.parquet if workers or scheduler else None)
    if chosen is TableFormat.parquet or chosen is None and not in_memory(corpus, typer.echo):
        _compare_many(corpus, out, workers, scheduler)
        return
    rows = {}
    for path, rows[path.stem] in compare_corpus(corpus, out):
        typer.echo(f"{path}  {rows[path.stem]} rows")
    _say_unaligned(rows)


def _compare_many(corpus: Path, out: Path, workers: int | None, scheduler: str | None) -> None:
    from ipcompare.scale import compare_collection, recall_in_words

    made, recall = with_progress(
        lambda progress: compare_collection(
            corpus, out, workers=workers, scheduler=scheduler, progress=progress
        ),
        "record",
        rate=True,
    )
    for path, rows in made.items():
        typer.echo(f"{path}  {rows} rows")
    typer.echo(recall_in_words(recall))
    _say_unaligned({path.stem: rows for path, rows in made.items()})
    typer.echo(f'ask them with: ipcompare query --tables {out} "SELECT …"')


def _say_unaligned(rows: dict[str, int]) -> None:
    if rows["targets"] and not rows["aligned_targets"]:
        note = "no quantity matches an entry of data/indicators (intellectual property); "
        typer.echo(note + "all of them are in the table targets", err=True)


@refuse_plainly
def query(
    sql: Annotated[
        str | None, typer.Argument(help="SELECT …; without it the columns of all tables.")
    ] = None,
    tables: Annotated[
        Path, typer.Option("--tables", help="Folder of the tables that compare wrote.")
    ] = Path("comparison"),
    format: AsFormat = Format.table,
) -> None:
    """Ask the tables of a comparison in SQL (DuckDB); each file is a table of its name."""
    from ipcompare.scale import described_tables, query_tables

    found = described_tables(tables) if sql is None else query_tables(sql, tables)
    print_rows(found, format, list(found.columns), title=f"{len(found)} rows")


def _import_late(*names: str) -> None:
    """Import modules when something in them is used: scipy names many and uses few."""
    for name in names:
        package, _, own = name.rpartition(".")
        spec = find_spec(name)
        if name in sys.modules or spec is None or spec.loader is None:
            continue
        spec.loader = LazyLoader(spec.loader)
        sys.modules[name] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
        if package:
            setattr(sys.modules[package], own, sys.modules[name])


@refuse_plainly
def match(
    a: Annotated[str, typer.Argument(help="A document or clause id.", show_default=False)],
    b: Annotated[str, typer.Argument(help="Another document or clause id.", show_default=False)],
    corpus: CorpusFolder = Path("corpus"),
    format: AsFormat = Format.table,
) -> None:
    """Print the clauses of document A beside their counterparts in B, or two clauses in full."""
    from ipcompare import clause_table, counterparts, read_corpus, side_by_side

    if ("#" in a) != ("#" in b):
        clause, document = (a, b) if "#" in a else (b, a)
        text = f"{clause} names a clause, {document} a document; give two documents or two clauses"
        raise ValueError(text)
    texts = read_corpus(corpus)
    clauses = clause_table(texts)
    if "#" in a:
        from rich.console import Console

        Console().print(side_by_side(clauses, a, b, corpus=texts))
        return
    columns = ["pinpoint", "heading", "match_pinpoint", "match_heading", "score", "mutual"]
    print_rows(counterparts(clauses, a, b).round(2), format, columns, title=f"{a} → {b}")
