"""All comparison tables of a corpus in one go."""

import tempfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pandas as pd

from ipcompare.corpus import RECORD, read_corpus
from ipcompare.exports.saving import write_csv
from ipcompare.indicators.matrices import incentive_matrix, target_matrix
from ipcompare.placing import check_folder, put_in_place
from ipcompare.study import Study, check_corrections

MOST_IN_MEMORY = 200  # documents; more are compared in parts, to Parquet


def in_memory(folder: Path | str, say: Callable[[str], object] = lambda said: None) -> bool:
    """Whether a corpus is compared in memory, to CSV; ``say`` is told what many would need."""
    record = Path(folder) / RECORD
    lines = record.read_bytes().count(b"\n") if record.is_file() else 0
    if lines <= MOST_IN_MEMORY:
        return True
    if missing := [name for name in ("pyarrow", "datasketch") if not find_spec(name)]:
        say(
            f"more than {MOST_IN_MEMORY} texts go quicker, over all cores and to Parquet, with "
            f'{", ".join(missing)}: pip install "ipcompare[scale]"'
        )
    return bool(missing)


def compare_corpus(folder: Path | str, out: Path | str) -> Iterator[tuple[Path, int]]:
    """Write the tables of the corpus in ``folder`` into ``out``; yields each path and its rows.

    Beside each id of a document or provision stands what it is called. All tables take their
    places at the end: an error or a stop leaves what stood there. CorrectionError with all
    corrections of the corpus that do not fit its texts.
    """
    out, rows = check_folder(out), {}
    study = Study(read_corpus(folder))
    check_corrections(study.whole)
    with tempfile.TemporaryDirectory() as scratch:
        files = {}
        for name, table in comparison_tables(study):
            made = Path(scratch) / f"{name}.csv"
            write_csv(with_names(table, study), made)
            files[made], rows[name] = out / made.name, len(table)
        for path in put_in_place(files):
            yield path, rows[path.stem]


def comparison_tables(study: Study) -> Iterator[tuple[str, pd.DataFrame]]:
    """The name and the table of each comparison, in the order in which they are made."""
    yield "documents", study.corpus.table
    yield "clauses", study.clauses
    yield "document_similarity", study.similarity
    yield "clause_matches", study.matches
    yield "targets", study.targets
    yield "aligned_targets", study.aligned
    yield "unaligned_targets", study.unaligned
    yield "target_matrix", target_matrix(study.aligned, qualitative=study.qualitative)
    yield "incentive_matrix", incentive_matrix(study.aligned, qualitative=study.qualitative)


def with_names(table: pd.DataFrame, study: Study) -> pd.DataFrame:
    """The table with ``document`` beside doc_id, ``place`` and ``match_place`` beside the others.

    ``place``: 鹤壁 2017 二、（九）. Nothing is added where no provision or document is named.
    """
    named = table.reset_index() if table.index.name == "doc_id" else table.copy()
    places = _places(study) if {"clause_id", "match_id"} & set(named) else {}
    for column, called, beside in (
        ("doc_id", study.zh, "document"),
        ("clause_id", places, "place"),
        ("match_id", places, "match_place"),
    ):
        if column in named and (beside != "place" or "pinpoint" not in named):
            values = named[column].astype(object).map(called)
            named.insert(list(named.columns).index(column) + 1, beside, values)
    return named


def _places(study: Study) -> dict[str, str]:
    rows = study.clauses[["clause_id", "doc_id", "pinpoint"]].itertuples(index=False)
    return {id: f"{study.zh.get(doc_id, doc_id)} {pinpoint}" for id, doc_id, pinpoint in rows}
