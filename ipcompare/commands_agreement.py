"""The commands after coding: how well coders agree, who decides, how right the tool is."""

from pathlib import Path
from typing import Annotated, Any

import typer

from ipcompare.terminal import print_table, refuse_plainly

CodingFolder = Annotated[Path, typer.Argument(help="Folder that ipcompare sample made.")]


@refuse_plainly
def agreement(folder: CodingFolder) -> None:
    """Print how well coders agree; write agreement.csv, disagreements.csv, adjudication.xlsx."""
    from ipcompare.coding import agreement_table, disagreements, read_coding, write_adjudication
    from ipcompare.coding.adjudication_sheet import FILE, has_decisions, to_decide
    from ipcompare.coding.coding_files import check_begun, write_text_table

    coding = read_coding(folder)
    check_begun(coding)
    found = agreement_table(coding)
    written = []  # before anything is printed: a closed pipe must not keep a file from being made
    for name, table in (("agreement", found), ("disagreements", disagreements(coding))):
        path = write_text_table(table, folder / f"{name}.csv")
        written.append(f"{path}  {len(table)} rows")
    n = len(to_decide(coding))
    if has_decisions(coding):
        written.append(f"{folder / FILE}  kept as it is, for it holds decisions")
    elif n:
        written.append(f"{write_adjudication(coding)}  answers to decide: {n}")
    print_table(_rounded(found), f"{folder}: {_coders(coding)}")
    typer.echo("\n".join([*written, f"then: ipcompare adjudicate {folder} --by NAME"]))


@refuse_plainly
def adjudicate(
    folder: CodingFolder,
    by: Annotated[str, typer.Option("--by", help="The person who decided.")],
) -> None:
    """Make adjudicated.csv from what coders agree on and what a person decided in the sheet."""
    from ipcompare.coding import adjudicate as decided

    made = decided(folder, by)
    own = int((made["decided_by"] == by).sum())
    typer.echo(f"{folder / 'adjudicated.csv'}  {len(made)} codes, {own} decided by {by}")


@refuse_plainly
def validate(
    folder: CodingFolder,
    corpus: Annotated[
        Path | None,
        typer.Option("--corpus", help="The corpus drawn from: adds cells, ranges and shares."),
    ] = None,
    lang: Annotated[str, typer.Option("--lang", help="Of the words of caution: zh or en.")] = "en",
) -> None:
    """Print how right the tool is by the adjudicated codes; write validation.csv and more."""
    from ipcompare.coding import cautions, read_coding, validate
    from ipcompare.coding.coding_files import write_text_table

    coding = read_coding(folder)
    tables = {"validation": validate(coding)}
    if corpus is not None:
        from ipcompare.coding.own_study import tables_of_study

        tables |= tables_of_study(coding, corpus)
    written = [
        f"{write_text_table(table, folder / f'{name}.csv')}  {len(table)} rows"
        for name, table in tables.items()
    ]
    for name, table in tables.items():
        print_table(_rounded(table), name)
    typer.echo("\n".join(written))
    for line in cautions(coding, lang):
        typer.echo(f"- {line}")


def _coders(coding: Any) -> str:
    return ", ".join(
        coder.name + (" (language model)" if coder.kind == "model" else "")
        for coder in coding.coders
    )


def _rounded(table: Any) -> Any:
    """Numbers with three digits, a missing one as a blank."""
    return table.map(lambda v: ("" if v != v else f"{v:.3f}") if isinstance(v, float) else str(v))


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (agreement, adjudicate, validate):
        app.command()(command)
