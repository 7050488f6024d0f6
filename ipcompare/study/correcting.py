"""Corrections of a corpus: what was corrected, what is refused, and a new one put on record."""

import csv
import io
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path

import pandas as pd

from ipcompare.clauses.table import clause_table
from ipcompare.corpus import Corpus, CorpusError, read_corpus
from ipcompare.corrections import (
    COLUMNS,
    FILE,
    Correction,
    CorrectionError,
    apply_all,
    correction_of,
    correction_problems,
    read_lines,
    unpacked,
)
from ipcompare.csv_cells import csv_cell
from ipcompare.frames import columns_of, unknown_id
from ipcompare.indicators.align import align_targets
from ipcompare.placing import write_whole
from ipcompare.quantities.extract import extract_targets
from ipcompare.study.filling import filled
from ipcompare.wording.themes import clause_themes


def correction_table(clauses: pd.DataFrame, corrections: Iterable[Correction]) -> pd.DataFrame:
    """One row a correction that ``clauses`` carries, in the order of the text.

    ``place`` is the code point of the number in the text of its clause, missing for a field of a
    clause; ``moved_from`` the id that the file has, where the clause has another one now; ``line``
    that of the file. ``corrections`` are those of the corpus.
    """
    written = {one.line: one.clause_id for one in corrections}
    rows = []
    for cell in clauses["corrections"] if "corrections" in clauses else ():
        for one in unpacked(cell):
            before = written.get(one.line, one.clause_id)
            moved = before if before != one.clause_id else None
            about = one.doc_id, one.clause_id, one.place, one.field, one.old, one.new
            rows.append((*about, one.who, one.why, moved, one.line))
    table = pd.DataFrame(rows, columns=list(columns_of("correction_table")))
    return table.astype({"place": "Int64", "line": "int64", "moved_from": object})


def make_tables(corpus: Corpus) -> None:
    """Make every table that corrections are applied to; CorrectionError with those refused.

    Reference texts are read like the others.
    """
    documents = tuple(replace(document, use=None) for document in corpus.documents)
    clauses = clause_table(replace(corpus, documents=documents))
    make = (
        lambda: align_targets(extract_targets(clauses), indicators=corpus.indicators),
        lambda: clause_themes(clauses),
    )
    apply_all(make, lambda made: made())


def refused_corrections(corpus: Corpus) -> tuple[Corpus, list[tuple[Correction, str]]]:
    """The corpus with the corrections that can be applied, and the others with their reasons."""
    refused: list[tuple[Correction, str]] = []
    while corpus.corrections:
        try:
            make_tables(corpus)
            break
        except CorrectionError as error:
            refused += error.refused
            lines = {one.line for one, _ in error.refused}
            kept = tuple(one for one in corpus.corrections if one.line not in lines)
            corpus = replace(corpus, corrections=kept)
    return corpus, refused


def check_corrections(corpus: Corpus) -> None:
    """CorrectionError that lists every correction of the corpus that cannot be applied."""
    if refused := refused_corrections(corpus)[1]:
        raise CorrectionError(refused)


# --- writing --------------------------------------------------------------------------------------


def add_correction(
    folder: Path | str, id: str, field: str, new: str, *, who: str, why: str
) -> Correction:
    """Put one correction on record: a line more in ``corrections.csv`` of the corpus ``folder``.

    ``id`` is a target_id, or a clause_id for a field of a clause and for a missed mention (field
    ``mention``, ``new`` the number as it stands in the text). Hash, place and old value are filled
    in. It is checked like every other; CorrectionError or CorpusError where it is refused, and
    nothing is written.
    """
    cells = dict.fromkeys(COLUMNS, "") | {"id": id, "field": field, "new": new}
    return complete_corrections(folder, [cells | {"who": who.strip(), "why": why.strip()}])[-1]


def complete_corrections(
    folder: Path | str, more: Iterable[dict[str, str]] = ()
) -> list[Correction]:
    """Fill in what lines of ``corrections.csv`` leave empty; those that were changed.

    A line written by hand needs id, field, new, who and why; text_hash, place and old are read
    from the tables as they are now. ``more`` are lines to add. Nothing is written where one is
    refused.
    """
    folder = Path(folder)
    path, lines, problems = read_lines(folder)
    if not problems and path.name != FILE:
        problems = [f"{path}: is read but not written; save it as {FILE} and remove it"]
    if problems:
        raise CorpusError("\n  ".join(problems))
    corpus = read_corpus(folder, corrections=False)
    rows = [cells for _, cells in lines] + list(more)
    done: list[Correction] = []
    changed: list[Correction] = []
    for line, cells in enumerate(rows, 2):
        one = correction_of(line, cells)
        if not one.text_hash:
            one = filled(one, _of_one(corpus, one, done))
            changed.append(one)
        _refuse(one, [document.doc_id for document in corpus.documents], done)
        done.append(one)
    for doc_id in {one.doc_id for one in changed}:
        make_tables(_of_one(corpus, next(c for c in changed if c.doc_id == doc_id), done))
    if changed:
        write_whole(path, _text(done))
    return changed


def _of_one(corpus: Corpus, one: Correction, others: list[Correction]) -> Corpus:
    """The corpus of the document that a correction speaks of, with the others of it."""
    documents = tuple(d for d in corpus.documents if d.doc_id == one.doc_id)
    if not documents:
        known = [document.doc_id for document in corpus.documents]
        raise one.refused(unknown_id(one.doc_id, "document", known))
    own = tuple(other for other in others if other.doc_id == one.doc_id)
    return replace(corpus, documents=documents, corrections=own)


def _refuse(one: Correction, doc_ids: list[str], others: list[Correction]) -> None:
    """CorrectionError with what is wrong with a line by itself and beside those before it."""
    said = list(correction_problems(one, doc_ids))
    if first := next((other for other in others if other.key == one.key), None):
        said.append(f"line {first.line} corrects the same; change that line")
    if said:
        raise CorrectionError((one, reason) for reason in said)


def _text(corrections: Iterable[Correction]) -> bytes:
    """The file: UTF-8 with BOM, so that Excel shows Chinese."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in corrections:
        cells = asdict(one)
        writer.writerow(csv_cell(cells[column]) for column in COLUMNS)
    return text.getvalue().encode("utf-8-sig")
