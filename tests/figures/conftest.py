"""Every plot function of the package, and what each takes of the five texts."""

import pytest
from codes import answers, coding, documents, provisions
from files import CORPUS, ROOT

import ipcompare as ipc
from ipcompare.checks.robustness import pair_robustness
from ipcompare.coding.coded_tools import coded_tools
from ipcompare.coding.pmc import main_variables, pmc_variables
from ipcompare.references import references
from ipcompare.wording.coverage import MATCH_THRESHOLD, coverage
from ipcompare.wording.themes import themes
from ipcompare.wording.tools import policy_tools


def made_up_tools(kind="person"):
    """Tools by fields of 60 provisions, each with made-up codes of its own."""
    items, tools, fields = provisions(*[0.2, 0.5, 1.0] * 20), policy_tools(), list(themes().names)
    rows = []
    for n, item_id in enumerate(items["item_id"]):
        pair = f"{tools[n % 13].id};{tools[n * n % 13].id}"
        rows += answers(item_id, tools=pair, fields=f"{fields[n % 10]};{fields[n * 3 % 10]}")
    return coded_tools(coding(items, {"a": rows}, kinds={"a": kind}))


def made_up_surfaces(doc_ids, kind="person"):
    """The main variables of documents, made up."""
    subs = [sub for variable in main_variables() for sub in variable.subs]
    rows = []
    for n, _ in enumerate(doc_ids, 1):
        values = {sub: str(int((k * n + k // 4) % 3 > 0)) for k, sub in enumerate(subs)}
        rows += answers(f"i{n}", **values)
    return pmc_variables(coding(documents(*doc_ids), {"a": rows}, kinds={"a": kind}))


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
        "plot_coded_tools": ((made_up_tools(),), {}),
        "plot_corpus_overview": ((study.clauses,), {}),
        "plot_coverage": (
            (coverage(study.clauses, judged=study.judged),),
            {},
        ),
        "plot_coverage_by_province": ((study.coverage, CORPUS.table), {}),
        "plot_department_functions": ((study.clauses,), {}),
        "plot_distinctive_terms": ((study.terms,), {}),
        "plot_document_similarity": ((study.similarity,), {}),
        "plot_pmc_surface": ((made_up_surfaces(CORPUS.table["doc_id"]),), {}),
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
