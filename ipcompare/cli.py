"""The command line: look at one text, compare a corpus, build the outputs."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ipcompare import commands_agreement, commands_coding
from ipcompare.commands_comparing import AsFormat, CorpusFolder, compare, match, query
from ipcompare.commands_corrections import correct
from ipcompare.extras import need
from ipcompare.terminal import Format, print_rows, print_table, refuse_plainly, with_progress

if TYPE_CHECKING:
    from ipcompare.corrections import Correction
    from ipcompare.study import Study

BUILD = ("nbformat", "nbclient", "ipywidgets", "itables", "docx", "xlsxwriter")

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Compare Chinese policy texts: clauses, similarity and numeric targets.",
)


class Language(StrEnum):
    """Of captions, labels and heads."""

    zh = "zh"
    en = "en"


TextFile = Annotated[
    Path, typer.Argument(help="A text: TXT, DOCX, DOC, PDF, HTML, Markdown.", show_default=False)
]
AsEncoding = Annotated[
    str | None, typer.Option("--encoding", help="Of plain text, where it cannot be told: gb18030.")
]
AsYear = Annotated[
    int | None, typer.Option("--year", min=1949, max=2100, help="Year of issue, for 今年 and 年内.")
]
NotebookFolder = Annotated[Path, typer.Option(help="Folder of the notebooks.")]


@app.command()
@refuse_plainly
def add(
    files: Annotated[
        list[Path],
        typer.Argument(help="Files, folders, archives, JSON lines.", show_default=False),
    ],
    into: Annotated[Path, typer.Option("--into", help="Folder of the corpus.")] = Path("my-corpus"),
    encoding: AsEncoding = None,
    ocr: Annotated[
        bool, typer.Option("--ocr", help="Recognise scanned pages; minutes a file.")
    ] = False,
    keep_duplicates: Annotated[
        bool, typer.Option("--keep-duplicates", help="Add texts that are there already.")
    ] = False,
) -> None:
    """Read files of any kind into a corpus: text, original and a row of documents.csv each."""
    from ipcompare.collecting import add_files
    from ipcompare.collecting.telling import told, totals

    found = with_progress(
        lambda progress: list(
            add_files(
                files,
                into,
                encoding=encoding,
                ocr=ocr,
                keep_duplicates=keep_duplicates,
                progress=progress,
            )
        ),
        "files",
    )
    for title, table in told(found):
        print_table(table, title)
    typer.echo(f"{into}: {totals(found)}")
    if not any(one.outcome in ("added", "there") for one in found):
        raise typer.Exit(2)


@app.command()
@refuse_plainly
def clauses(file: TextFile, format: AsFormat = Format.table, encoding: AsEncoding = None) -> None:
    """Print the clause table of one text."""
    from ipcompare import clause_table, read_document

    columns = ["pinpoint", "role", "heading", "units", "char_start", "char_end"]
    document = read_document(file, encoding=encoding)
    print_rows(clause_table(document), format, columns, title=file.name)


@app.command()
@refuse_plainly
def targets(
    file: TextFile,
    year: AsYear = None,
    format: AsFormat = Format.table,
    encoding: AsEncoding = None,
) -> None:
    """Print every quantity of one text: comparator, value, unit, indicator, deadline, kind."""
    from ipcompare import clause_table, extract_targets, read_document

    document = read_document(file, encoding=encoding)
    found = extract_targets(clause_table(document), year=year)
    columns = ["target_id", "kind", "indicator", "comparator", "number", "unit", "measure"]
    print_rows(found, format, [*columns, "per_year", "deadline"], title=file.name)
    if unclear := list(found.loc[found["kind"] == "unclear", "target_id"]):
        said = (
            f"no rule decides the kind of {len(unclear)} of {len(found)} quantities, which count "
        )
        note = f"as no target: {', '.join(unclear)}; see ipcompare why {file} N"
        typer.echo(f"ipcompare: {said}{note}", err=True)


@app.command()
@refuse_plainly
def why(
    of: Annotated[str, typer.Argument(help="A target id of the corpus, or a text file.")],
    n: Annotated[int | None, typer.Argument(min=1, help="Which quantity of the file.")] = None,
    corpus: CorpusFolder = Path("corpus"),
    year: AsYear = None,
) -> None:
    """Explain why a quantity was read so: ZHENGZHOU-2017#3.5.10@1, or FILE and its N-th."""
    from ipcompare import clause_table, extract_targets, read_corpus, read_document
    from ipcompare import why as explained

    if "@" in of and n is None:
        doc_id = of.rpartition("#")[0]
        texts = read_corpus(corpus, only=[doc_id])
        typer.echo(explained(of, clause_table(texts), year=year, indicators=texts.indicators))
        return
    clauses = clause_table(read_document(Path(of)))
    found = extract_targets(clauses, year=year)["target_id"]
    if n is None or n > len(found):
        some = f"say which of its {len(found)} quantities: ipcompare why {of} 1"
        raise ValueError(f"{of}: {some if len(found) else 'no quantity was found in it'}")
    typer.echo(explained(found.iloc[n - 1], clauses, year=year))


@app.command()
@refuse_plainly
def check(corpus: CorpusFolder = Path("corpus"), format: AsFormat = Format.table) -> None:
    """Print the sample of texts and everything suspicious in them, worst first, with the cure.

    Corrections that are refused come first, with the reason; the rest is checked without them.
    """
    from ipcompare import Study, read_corpus
    from ipcompare.checks import problems_in_words
    from ipcompare.study import refused_corrections, sample_table

    texts, refused = refused_corrections(read_corpus(corpus))
    study = Study(texts)
    _say_corrections(study, refused)
    if format is Format.table:
        sample = sample_table(study)
        print_rows(sample, format, list(sample.columns), title=f"{len(sample)} texts")
    found = problems_in_words(study.problems)
    columns = ["severity", "doc_id", "said_en", "cure_en", "place"]
    print_rows(found, format, columns, title=f"{len(found)} things to look at, worst first")


app.command()(correct)


def _say_corrections(study: "Study", refused: list[tuple["Correction", str]]) -> None:
    """Which corrections are refused and why, and which speak of a clause with another id now."""
    for one, reason in refused:
        typer.echo(f"refused: {one.where}: {one.id}, {one.field}: {reason}", err=True)
    for row in study.corrections.dropna(subset="moved_from").itertuples():
        said = f"corrections.csv, line {row.line}: {row.moved_from} is {row.clause_id} now"
        typer.echo(f"{said}; its text is the same, so the correction holds", err=True)


@app.command()
@refuse_plainly
def references(
    corpus: CorpusFolder = Path("corpus"),
    out: Annotated[
        Path | None, typer.Option(help="Write nodes.csv, edges.csv and references.graphml here.")
    ] = None,
    format: AsFormat = Format.table,
) -> None:
    """Print the documents that the texts name, and which of them the corpus holds."""
    from ipcompare import Study, read_corpus
    from ipcompare.references import write_graph

    texts = read_corpus(corpus)
    found = Study(texts).references
    if out is None:
        columns = ["doc_id", "clause_id", "type", "cue", "reference", "doc_number", "target_doc_id"]
        print_rows(found, format, columns, title=f"{len(found)} references")
    for path in write_graph(found, texts, out) if out else ():
        typer.echo(path)


@app.command()
@refuse_plainly
def suggest(
    corpus: CorpusFolder = Path("corpus"),
    threshold: Annotated[float, typer.Option(help="Likeness at which names are of one.")] = 0.45,
    format: AsFormat = Format.table,
) -> None:
    """Print families of targets and incentives that no indicator knows, to be read and named."""
    from ipcompare import clause_table, extract_targets, read_corpus
    from ipcompare.indicators import suggest_indicators

    texts = read_corpus(corpus)
    targets = extract_targets(clause_table(texts))
    found = suggest_indicators(targets, threshold=threshold, indicators=texts.indicators)
    columns = ["family", "proposed", "score", "doc_id", "indicator", "value", "target_id"]
    print_rows(found, format, columns, title=f"{found['family'].nunique()} families")


@app.command()
@refuse_plainly
def confirm(file: TextFile, corpus: CorpusFolder = Path("corpus")) -> None:
    """Make indicators of the corpus from FILE, which is suggest --format csv with names added."""
    from ipcompare import read_table
    from ipcompare.indicators import confirm_indicators

    own = corpus / "indicators.toml"
    added = confirm_indicators(read_table(file), own)
    print_rows(added, Format.table, list(added.columns), title=str(own))


for command in (compare, query, match):
    app.command()(command)


@app.command()
@refuse_plainly
def build(
    notebooks: NotebookFolder = Path("notebooks"),
    out: Annotated[Path, typer.Option(help="Folder for tables and figures.")] = Path("outputs"),
    corpus: Annotated[
        Path | None,
        typer.Option(help="Folder of your texts; else the one beside the notebooks."),
    ] = None,
    lang: Annotated[
        Language | None, typer.Option(help="Exhibits in one language only; else in both.")
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(help="An exhibit (table-3, target-ladder) or notebook; may be repeated."),
    ] = None,
) -> None:
    """Run the notebooks on a corpus: tables, figures, workbook, report and database of it."""
    need(*BUILD)
    from ipcompare.building.build import build as run_notebooks
    from ipcompare.building.build import left_out

    files = with_progress(
        lambda progress: run_notebooks(
            notebooks, out, corpus=corpus, only=only, lang=lang, progress=progress
        )
    )
    if corpus is not None and not only:
        skipped = ", ".join(left_out(notebooks))
        typer.echo(f"left out: {skipped}; they need texts with a gold standard or of their own")
    if only:
        typer.echo("\n".join(map(str, files)))
    else:
        typer.echo(f"{out}: {len(files)} files, the exhibits are listed in {out / 'index.csv'}")


@app.command()
@refuse_plainly
def verify(
    notebooks: NotebookFolder = Path("notebooks"),
    out: Annotated[Path, typer.Option(help="Folder of the outputs.")] = Path("outputs"),
) -> None:
    """Make everything again in a temporary folder and report every file that differs."""
    need(*BUILD)
    from ipcompare.building.build import verify as made_again

    lines = with_progress(lambda progress: made_again(notebooks, out, progress=progress))
    for line in lines:
        typer.echo(line)
    said = f"{len(lines)} files differ" if lines else "made again, no file differs"
    typer.echo(f"{out}: {said}")
    raise typer.Exit(1 if lines else 0)


commands_coding.register(app)
commands_agreement.register(app)
