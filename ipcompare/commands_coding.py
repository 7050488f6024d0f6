"""The commands of coding: draw a sample, code it on a page."""

from pathlib import Path
from typing import Annotated

import typer

from ipcompare.terminal import print_table, refuse_plainly

CodingFolder = Annotated[Path, typer.Argument(help="Folder that ipcompare sample made.")]


@refuse_plainly
def sample(
    out: Annotated[Path, typer.Option("--out", help="Folder of the coding, made anew.")],
    task: Annotated[
        str,
        typer.Option(help="mentions, alignment, conditions, pairs, themes or tools."),
    ] = "mentions",
    n: Annotated[int, typer.Option("--n", min=1, help="How many items are drawn.")] = 200,
    seed: Annotated[int, typer.Option(help="The same seed draws the same items.")] = 1,
    coders: Annotated[
        str, typer.Option(help="Names, separated by commas; gpt:model for a language model.")
    ] = "a,b",
    corpus: Annotated[Path, typer.Option("--corpus", help="Folder with documents.csv.")] = Path(
        "corpus"
    ),
    codebook: Annotated[
        Path | None, typer.Option(help="A TOML file with a task of your own, in place of --task.")
    ] = None,
) -> None:
    """Draw items of a corpus to be coded: a blind sheet a coder, and a page (ipcompare code)."""
    from ipcompare import Study, read_corpus
    from ipcompare.coding import draw_sample, write_sample
    from ipcompare.placing import check_folder

    check_folder(out)
    study = Study(read_corpus(corpus))
    drawn = draw_sample(study, task, n=n, seed=seed, coders=coders.split(","), codebook=codebook)
    write_sample(drawn, out)
    strata = drawn.strata.assign(p=drawn.strata["p"].map("{:.4f}".format)).astype(str)
    print_table(strata, f"{len(strata)} strata")
    total = int(drawn.strata["n_stratum"].sum())
    typer.echo(f"{out}: {len(drawn.items)} of {total} items drawn (asked for: {n})")
    for coder in drawn.coders:
        typer.echo(
            f"{out / 'sheets' / coder.name}.xlsx, or: ipcompare code {out} --coder {coder.name}"
        )


@refuse_plainly
def code(
    folder: CodingFolder,
    coder: Annotated[str, typer.Option("--coder", help="Who codes, as in task.toml.")],
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 0,
    show: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
) -> None:
    """Code on a page of this machine, saved after each answer; Ctrl-C ends it."""
    from ipcompare.coding import serve_page

    serve_page(folder, coder, port, show=show, tell=typer.echo)


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (sample, code):
        app.command()(command)
