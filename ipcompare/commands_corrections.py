"""Commands for corrections by hand: put one on record, complete those written in Excel."""

from pathlib import Path
from typing import Annotated

import typer

from ipcompare.terminal import refuse_plainly

CorpusFolder = Annotated[Path, typer.Option("--corpus", help="Folder with documents.csv.")]


@refuse_plainly
def correct(
    id: Annotated[
        str | None, typer.Argument(help="A target_id, or a clause_id.", show_default=False)
    ] = None,
    field: Annotated[str, typer.Option(help="What is wrong: deadline, kind, aligned …")] = "",
    new: Annotated[str, typer.Option(help="What is right; empty strikes a mention out.")] = "",
    who: Annotated[str, typer.Option(help="Who corrects it.")] = "",
    why: Annotated[str, typer.Option(help="Why.")] = "",
    corpus: CorpusFolder = Path("corpus"),
) -> None:
    """Put a correction into corrections.csv; without ID fill in what its lines leave empty."""
    from ipcompare.study import add_correction, complete_corrections

    if id is None:
        made = complete_corrections(corpus)
    else:
        made = [add_correction(corpus, id, field, new, who=who, why=why)]
    for one in made:
        typer.echo(f"{one.where}: {one.id}, {one.field}: {one.old!r} → {one.new!r}")
    if not made:
        typer.echo(f"{corpus}: no line of corrections.csv leaves anything empty")
