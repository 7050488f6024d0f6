"""All comparison tables of a corpus in one go."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from ipcompare.clauses.table import clause_table
from ipcompare.corpus import read_corpus
from ipcompare.exports.saving import write_csv
from ipcompare.indicators.align import align_targets, qualitative_mentions, unaligned_targets
from ipcompare.indicators.matrices import incentive_matrix, target_matrix
from ipcompare.quantities.extract import extract_targets
from ipcompare.wording.similarity import document_similarity, match_clauses


def compare_corpus(folder: Path | str, out: Path | str) -> Iterator[tuple[Path, int]]:
    """Write the tables of the corpus in ``folder`` into ``out``; yields each path and its rows."""
    for name, table in comparison_tables(folder):
        path = Path(out) / f"{name}.csv"
        write_csv(table, path)
        yield path, len(table)


def comparison_tables(folder: Path | str) -> Iterator[tuple[str, pd.DataFrame]]:
    """The name and the table of each comparison, in the order in which they are made."""
    corpus = read_corpus(folder)
    yield "documents", corpus.table
    clauses = clause_table(corpus)
    yield "clauses", clauses
    yield "document_similarity", document_similarity(clauses)
    yield "clause_matches", match_clauses(clauses)
    targets = extract_targets(clauses)
    yield "targets", targets
    aligned = align_targets(targets)
    yield "aligned_targets", aligned
    yield "unaligned_targets", unaligned_targets(targets, aligned)
    yield "target_matrix", target_matrix(aligned, qualitative=qualitative_mentions(clauses))
    yield "incentive_matrix", incentive_matrix(aligned)
