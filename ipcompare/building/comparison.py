"""All comparison tables of a corpus in one go."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from ipcompare.corpus import read_corpus
from ipcompare.exports.saving import write_csv
from ipcompare.indicators.matrices import incentive_matrix, target_matrix
from ipcompare.study import Study


def compare_corpus(folder: Path | str, out: Path | str) -> Iterator[tuple[Path, int]]:
    """Write the tables of the corpus in ``folder`` into ``out``; yields each path and its rows."""
    for name, table in comparison_tables(Study(read_corpus(folder))):
        path = Path(out) / f"{name}.csv"
        write_csv(table, path)
        yield path, len(table)


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
    yield "incentive_matrix", incentive_matrix(study.aligned)
