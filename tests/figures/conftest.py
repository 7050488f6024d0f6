"""Every plot function of the package, and what each takes of the five texts."""

import pytest
from files import CORPUS, ROOT

import ipcompare as ipc
from ipcompare.checks.robustness import pair_robustness
from ipcompare.references import references
from ipcompare.wording.coverage import MATCH_THRESHOLD, coverage


@pytest.fixture(scope="session")
def tables(study):
    """The tables and options of each plot function."""
    pairs = pair_robustness(study.clauses, draws=20, scores=study.specified)
    gold = ipc.read_gold(ROOT / "corpus/gold/targets")
    own = ipc.validate_targets(study.targets, gold)
    places = ipc.checks.read_other_places(ROOT / "benchmarks/other_places.csv")
    at = {"threshold": MATCH_THRESHOLD}
    return {
        "plot_clause_correspondence": ((study.all_matches, study.clauses), at),
        "plot_clause_matches": ((study.matches, study.clauses), {}),
        "plot_corpus_overview": ((study.clauses,), {}),
        "plot_coverage": (
            (coverage(study.clauses, judged=study.judged),),
            {},
        ),
        "plot_coverage_by_province": ((study.coverage, CORPUS.table), {}),
        "plot_department_functions": ((study.clauses,), {}),
        "plot_distinctive_terms": ((study.terms,), {}),
        "plot_document_similarity": ((study.similarity,), {}),
        "plot_references": ((references(study.clauses, CORPUS), CORPUS), {}),
        "plot_reproduction": ((study.reproduction,), {}),
        "plot_scores": ((ipc.checks.beside_other_places(own, places),), {}),
        "plot_similarity_range": ((pairs,), {}),
        "plot_similarity_robustness": ((pairs, study.specified), {}),
        "plot_target_kinds": ((study.targets,), {}),
        "plot_target_ladder": ((study.shared,), {}),
        "plot_target_trend": ((study.aligned, CORPUS.table), {}),
        "plot_theme_profile": ((study.theme_profile,), {}),
    }
