"""Where words reach a terminal: rows, progress, and errors in a line."""

import functools
import json
import os
import sys
from collections.abc import Callable
from enum import StrEnum
from typing import Any

import typer


class Format(StrEnum):
    """How rows are written: a table to read, or one record a row."""

    table = "table"
    csv = "csv"
    jsonl = "jsonl"


def refuse_plainly(command: Callable) -> Callable:
    """Bad input ends in a line or two that name the file and the cure, exit status 2.

    What is a fault of the program ends in a line, too, exit status 1; with IPCOMPARE_TRACE set
    Python says where.
    """

    @functools.wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        _let_every_sign_pass()
        try:
            return command(*args, **kwargs)
        except BrokenPipeError:
            sys.stderr.close()
        except (typer.Exit, typer.Abort):
            raise
        except (ValueError, KeyError, OSError, ImportError) as error:
            message = error.args[0] if isinstance(error, KeyError) and error.args else error
            _say(f"ipcompare: {message}")
            raise typer.Exit(2) from None
        except Exception as error:
            if os.environ.get("IPCOMPARE_TRACE"):
                raise
            _say(f"ipcompare: a fault of the program: {type(error).__name__}: {error}")
            _say("Please report it with the text; IPCOMPARE_TRACE=1 shows where it is.")
            raise typer.Exit(1) from None

    return run


def _let_every_sign_pass() -> None:
    """A terminal in GBK has no ²: it is shown as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _say(line: str) -> None:
    """A line to the terminal, without what would control it."""
    from ipcompare.text import printable

    typer.echo(printable(line), err=True)


def with_progress(work: Callable, things: str = "notebooks", *, rate: bool = False) -> Any:
    """Run ``work(progress)`` under a bar that names what is at work.

    ``work`` calls ``progress(done, total, name)``; another name begins the bar anew. ``rate``
    shows how many are done a second and the time left.
    """
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    told = (MofNCompleteColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
    columns = (TextColumn("{task.description}"), BarColumn(), *(told if rate else ()))
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task(things, total=None, rate="")
        stage = [things]

        def progress(done: int, total: int, name: str) -> None:
            if rate and name != stage[0]:  # what was done before is no speed
                bar.reset(task, total=total, completed=done, description=name, rate="")
                stage[0] = name
            speed = next(one.speed for one in bar.tasks if one.id == task)
            said = f"{speed:.1f}/s" if speed else ""
            bar.update(task, completed=done, total=total, description=name, rate=said)

        return work(progress)


def print_rows(frame: Any, format: Format, columns: list[str], *, title: str) -> None:
    if format is Format.jsonl:
        _print_jsonl(frame)
    elif format is Format.csv:
        from ipcompare.exports.saving import csv_text

        typer.echo(csv_text(frame), nl=False)
    else:
        print_table(frame[columns], title)


def _print_jsonl(frame: Any) -> None:
    """One JSON object a row; a missing value is null, whole numbers stay whole."""
    for record in frame.astype(object).where(frame.notna(), None).to_dict("records"):
        typer.echo(json.dumps(record, ensure_ascii=False))


def print_table(frame: Any, title: str) -> None:
    """As text, never as markup: words and file names may hold what looks like it."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from ipcompare.text import printable

    table = Table(title=Text(printable(title)), title_justify="left")
    for column in frame.columns:
        table.add_column(column, overflow="fold")
    for row in frame.astype(object).where(frame.notna(), "").itertuples(index=False):
        cells = ("、".join(v) if isinstance(v, list) else str(v) for v in row)
        table.add_row(*(Text(printable(cell)) for cell in cells))
    width = None if sys.stdout.isatty() else 160  # a pipe has no width of its own
    Console(width=width).print(table)
