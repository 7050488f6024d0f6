"""What is made from the notebooks' exhibits: workbook, Word and LaTeX tables, database, report."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from ipcompare.building.manifest import dotted_name, recorded, write_manifest
from ipcompare.building.nursery import side_by_side
from ipcompare.citations import document_names, write_bibliography
from ipcompare.corpus import Corpus, read_corpus
from ipcompare.exports.corrected_notes import corrected_exhibit
from ipcompare.exports.database import write_database
from ipcompare.exports.declared import Exhibit, exhibits, made_exhibits
from ipcompare.exports.latex import to_latex
from ipcompare.exports.presenting import printed_table, source_line
from ipcompare.exports.request import PAGE
from ipcompare.exports.saving import read_table, saved_tables, write_index
from ipcompare.exports.tables_document import write_tables_document
from ipcompare.exports.workbook import write_workbook
from ipcompare.placing import write_whole
from ipcompare.report.document import write_report_document
from ipcompare.report.page import write_report
from ipcompare.study import Study
from ipcompare.words import LANGS

PRINTED_ROWS = 100  # longer tables are for the workbook, the database and the page
SUFFIX = {"zh": "", "en": "-en"}


def publish_exhibits(
    corpus: Path, notebooks: Path, scratch: Path, langs: tuple[str, ...], chosen: list[Exhibit]
) -> None:
    """Add to the exhibits in ``scratch`` what is made from them; of chosen ones the LaTeX."""
    made = scratch / "outputs"
    if chosen:
        publish_chosen(corpus, made, langs, chosen)
    else:
        publish_all(corpus, notebooks, made, scratch, langs)


def publish_all(
    corpus: Path, notebooks: Path, made: Path, scratch: Path, langs: tuple[str, ...]
) -> None:
    """Beside the exhibits in ``made``: index, all that is published, manifest.

    Every declared exhibit must be there, but for those of another corpus than the notebooks' own.
    Reports are made beside tables: to be called in a process without threads.
    """
    write_index(made, langs=langs, whole=corpus == notebooks.parent / "corpus")
    made_by = recorded(scratch) | {made / "index.csv": dotted_name(write_index)}
    study = Study(read_corpus(corpus))
    # Made before the two halves part. Not the matches: of many clauses they are made on threads
    # (OpenMP), and a process forked behind these waits for them for ever.
    for name in ("clauses", "aligned"):
        getattr(study, name)
    reports, tables = side_by_side(
        lambda: dict(_reports(study, made, langs, scratch / PAGE)),
        lambda: dict(_tables(study, made, langs)),
    )
    made_by |= reports | tables
    write_manifest(corpus, notebooks, made, made_by=made_by)


def publish_chosen(corpus: Path, made: Path, langs: tuple[str, ...], chosen: list[Exhibit]) -> None:
    """The LaTeX of the chosen tables."""
    study = Study(read_corpus(corpus))
    for lang in langs:
        for exhibit in chosen:
            frame = printed_tables(study, made, lang).get(exhibit.id)
            if frame is not None and len(frame) <= PRINTED_ROWS:
                noted = corrected_exhibit(exhibit, study.corrections["field"])
                write_latex(frame, noted, made, study.corpus, lang)


def publish(
    study: Study, outputs: Path | str, *, langs: tuple[str, ...] = LANGS,
    drawn: Path | None = None,
) -> Iterator[tuple[Path, str]]:  # fmt: skip
    """Write everything that stands beside ``tables/`` and ``figures/``; yields path and maker.

    What is printed is written in each of ``langs``, in English as ``*-en.*``; the workbook and
    the page hold both, and the page opens in the first. ``drawn``: see ``write_report``.
    """
    outputs = Path(outputs)
    yield from _reports(study, outputs, langs, drawn)
    yield from _tables(study, outputs, langs)


def _reports(
    study: Study, outputs: Path, langs: tuple[str, ...], drawn: Path | None
) -> Iterator[tuple[Path, str]]:
    """The page and the Word reports, which say the same."""
    path = outputs / "report.html"
    yield _made(write_report, study, path, folder=outputs, lang=langs[0], drawn=drawn)
    for lang in langs:
        path = outputs / f"report{SUFFIX[lang]}.docx"
        yield _made(write_report_document, study, path, folder=outputs, lang=lang)


def _tables(study: Study, outputs: Path, langs: tuple[str, ...]) -> Iterator[tuple[Path, str]]:
    """The tables as workbook, database, Word and LaTeX, and the bibliography."""
    fields = list(study.corrections["field"])
    made = {id: corrected_exhibit(e, fields) for id, e in made_exhibits(outputs, langs).items()}
    notes = {id: exhibit.note for id, exhibit in made.items()}
    tables, path = _workbook_tables(outputs), outputs / "ipcompare.xlsx"
    yield _made(write_workbook, tables, path, names=document_names(study.corpus), notes=notes)
    for lang in langs:
        printed, names = printed_tables(study, outputs, lang), getattr(study, lang)
        path = outputs / f"tables{SUFFIX[lang]}.docx"
        about = {"lang": lang, "names": names, "rows": PRINTED_ROWS}
        about["notes"] = {id: note[LANGS.index(lang)] for id, note in notes.items()}
        yield _made(write_tables_document, printed, path, **about)
        for id, frame in printed.items():
            if len(frame) <= PRINTED_ROWS:
                yield _made(write_latex, frame, made[id], outputs, study.corpus, lang)
    for path in write_bibliography(study.corpus, outputs):
        yield path, dotted_name(write_bibliography)
    yield _made(
        write_database, outputs / "ipcompare.sqlite", corpus=study.corpus, clauses=study.clauses,
        targets=study.targets, aligned=study.aligned, matches=study.matches,
    )  # fmt: skip


def _made(writer: Callable[..., Path], *args: Any, **options: Any) -> tuple[Path, str]:
    """What a writer wrote, and its name."""
    return writer(*args, **options), dotted_name(writer)


def _workbook_tables(outputs: Path) -> dict[str, pd.DataFrame]:
    """All saved tables, those in words of ours in both languages."""
    tables = {}
    for exhibit in exhibits().values():
        for lang in exhibit.langs if exhibit.kind == "table" else ():
            path = exhibit.files(outputs, lang)[0]
            if path.is_file():
                tables[path.stem] = read_table(path)
    return tables


def printed_tables(study: Study, outputs: Path, lang: str) -> dict[str, pd.DataFrame]:
    """The saved tables as readers see them, by exhibit id."""
    about = {
        "names": getattr(study, lang),
        "pinpoints": {clause_id: row.pinpoint for clause_id, row in study.clause.items()},
    }
    return {
        id: printed_table(frame, id, lang=lang, **about)
        for id, frame in saved_tables(outputs, lang).items()
    }


def write_latex(
    frame: pd.DataFrame, exhibit: Exhibit, outputs: Path, corpus: Corpus, lang: str
) -> Path:
    """Write ``latex/<id>.tex``, in English ``<id>-en.tex``, and return the path."""
    at, path = LANGS.index(lang), outputs / "latex" / f"{exhibit.id}{SUFFIX[lang]}.tex"
    text = to_latex(
        frame, id=exhibit.id + SUFFIX[lang], title=exhibit.title[at], number=exhibit.number,
        note=exhibit.note[at], lang=lang,
        source=source_line(exhibit, document_names(corpus, lang=lang), lang),
    )  # fmt: skip
    return write_whole(path, text)
