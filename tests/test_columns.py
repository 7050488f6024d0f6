"""``columns.csv`` lists the columns that each public function returns, with their types."""

import functools
import inspect
import tempfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from codes import answers, coding, documents, provisions
from files import CORPUS, ROOT, STUDY

import ipcompare as ipc
from ipcompare import checks, clauses, indicators, quantities, references, wording
from ipcompare import coding as coded
from ipcompare.citations import document_table
from ipcompare.coding.coding_files import CODED_COLUMNS
from ipcompare.coding.sample_making import coding_of
from ipcompare.corpus import COLUMNS, Document
from ipcompare.frames import TABLES, checked, columns_of, contracts
from ipcompare.study import (
    document_pairs,
    document_summary,
    sample_table,
    weakest_matches,
)
from ipcompare.wording.tools import DECIDED

CLAUSES = STUDY.clauses
IDS = [document.doc_id for document in CORPUS.documents]
GOLD = checks.read_gold(ROOT / "corpus/gold/targets")
THEME_CODES = checks.read_theme_codes(ROOT / "corpus/gold/themes/codes.csv")
TOOL_CODES = pd.DataFrame([("a#1", "tax", "creation", "甲")], columns=DECIDED)
TOOLS_CODED = coding(
    provisions(1.0, 0.5),
    {"a": answers("i1", tools="tax", fields="use") + answers("i2", tools="none")},
)
PMC_CODED = coding(documents("jia"), {"a": answers("i1", x1_1="1")})
STRENGTH_CODED = coding(documents("jia"), {"a": answers("i1", rank="ministry", form="notice")})
JUDGEMENTS = checks.read_judgements(ROOT / "corpus/gold/matches.jsonl")


@functools.cache
def variants():
    """Of the judged texts only: matching in every way takes long."""
    judged = JUDGEMENTS["clause_id"].str.partition("#")[0]
    return checks.matching_variants(CLAUSES[CLAUSES["doc_id"].isin(judged)], JUDGEMENTS)


# No entry of the indicators speaks of air.
AIR = ipc.extract_targets(
    ipc.clause_table(
        [
            Document(name, f"一、目标\n到2025年，空气质量优良天数比率达到{n}%。")
            for name, n in (("jia", 85), ("yi", 90))
        ]
    )
)


def drawn_and_coded(task, n=60):
    """A sample of which the tool is the adjudicated code: b has nothing of the last items."""
    drawn = coded.draw_sample(STUDY, task, n=n)
    own = drawn.machine.merge(drawn.items[["item_id"]])
    codes = own.assign(coder="a", coder_kind="person", note="")
    other = codes.assign(coder="b", value=codes["value"].replace("target", "fact"))
    made = coding_of(drawn, ROOT)
    return replace(
        made,
        codes=pd.concat([codes, other[other["item_id"] < "i050"]])[list(CODED_COLUMNS)],
        adjudicated=own.assign(decided_by="a"),
        adjudicator="a",
    )


@functools.cache
def mentions_coded():
    return drawn_and_coded("mentions")


@functools.cache
def themes_coded():
    return drawn_and_coded("themes")


# Each table of columns.csv, made.
def confirmed(suggested):
    """What is confirmed of all that is suggested."""
    with tempfile.TemporaryDirectory() as folder:
        named = suggested.assign(name=suggested["proposed"])
        return indicators.confirm_indicators(named, Path(folder, "indicators.toml"))


def begun():
    """A coding that nobody has begun, and its first sheet."""
    with tempfile.TemporaryDirectory() as folder:
        coded.write_sample(coded.draw_sample(STUDY, "themes", n=5), folder)
        return coded.read_coding(folder), coded.read_sheet(Path(folder, "sheets/a.xlsx"))


MADE = {
    "read_sheet": lambda: begun()[1],
    "coding_progress": lambda: coded.coding_progress(begun()[0]),
    "clauses": lambda: CLAUSES,
    "targets": lambda: STUDY.targets,
    "aligned": lambda: STUDY.aligned,
    "qualitative": lambda: STUDY.qualitative,
    "matches": lambda: STUDY.matches,
    "passages": lambda: STUDY.passages,
    "documents": lambda: CORPUS.table,
    "document_table": lambda: document_table(CORPUS),
    "corpus_problems": lambda: STUDY.problems,
    "problems_in_words": lambda: checks.problems_in_words(STUDY.problems),
    "sample_table": lambda: sample_table(STUDY),
    "named_departments": lambda: clauses.named_departments(CLAUSES),
    "department_functions": lambda: ipc.department_functions(CLAUSES),
    "document_similarity": lambda: STUDY.similarity,
    "section_similarity": lambda: wording.section_similarity(CLAUSES),
    "best_scores": lambda: wording.best_scores(CLAUSES),
    "counterparts": lambda: ipc.counterparts(CLAUSES, *IDS[:2]),
    "coverage": lambda: wording.coverage(CLAUSES),
    "matrix_cells": lambda: indicators.matrix_cells(STUDY.aligned, STUDY.qualitative),
    "statements": lambda: indicators.statements(STUDY.aligned, STUDY.qualitative),
    "provision_types": lambda: wording.provision_types(CLAUSES),
    "yardsticks": lambda: checks.yardsticks(),
    "correspondence_table": lambda: wording.correspondence_table(
        CLAUSES, matches=STUDY.all_matches
    ),
    "explain_match": lambda: ipc.explain_match(
        CLAUSES, *STUDY.matches[["clause_id", "match_id"]].iloc[0]
    ),
    "kwic": lambda: ipc.kwic(CLAUSES, "质押融资"),
    "distinctive_terms": lambda: STUDY.terms,
    "prior_sensitivity": lambda: STUDY.terms_by_prior,
    "novelty": lambda: STUDY.novelty,
    "reproduction": lambda: STUDY.reproduction,
    "correction_table": lambda: STUDY.corrections,
    "clause_themes": lambda: STUDY.themes,
    "theme_profile": lambda: STUDY.theme_profile,
    "theme_scores": lambda: checks.theme_scores(THEME_CODES, STUDY.themes),
    "theme_summary": lambda: checks.theme_summary(THEME_CODES, STUDY.themes),
    "found_themes": lambda: checks.found_themes(STUDY.themes, ROOT / "benchmarks/themes.csv"),
    "read_theme_codes": lambda: THEME_CODES,
    "tool_guesses": lambda: wording.tool_guesses(CLAUSES),
    "tool_fields": lambda: wording.tool_fields(TOOL_CODES),
    "locate_passages": lambda: wording.locate_passages(STUDY.passages, CLAUSES),
    "reuse_shares": lambda: ipc.reuse_shares(STUDY.passages, CORPUS, clauses=CLAUSES),
    "unknown_units": lambda: quantities.unknown_units(STUDY.targets),
    "unaligned_targets": lambda: STUDY.unaligned,
    "suggest_indicators": lambda: indicators.suggest_indicators(AIR),
    "confirm_indicators": lambda: confirmed(indicators.suggest_indicators(AIR)),
    "target_coverage": lambda: STUDY.coverage,
    "shared_targets": lambda: STUDY.shared,
    "raised_targets": lambda: ipc.raised_targets(
        STUDY.aligned, CORPUS, targets=STUDY.targets, pairs=[(IDS[1], IDS[2])]
    ),
    "target_matrix": lambda: ipc.target_matrix(STUDY.aligned, lang="en"),
    "incentive_matrix": lambda: ipc.incentive_matrix(STUDY.aligned, lang="en"),
    "pair_robustness": lambda: ipc.pair_robustness(CLAUSES, draws=20),
    "similarity_robustness": lambda: checks.similarity_robustness(CLAUSES),
    "score_table": lambda: ipc.validate_targets(STUDY.targets, GOLD),
    "target_tallies": lambda: checks.target_tallies(STUDY.targets, GOLD),
    "read_other_places": lambda: checks.read_other_places(ROOT / "benchmarks/other_places.csv"),
    "beside_other_places": lambda: checks.beside_other_places(
        MADE["score_table"](), MADE["read_other_places"]()
    ),
    "read_coder_agreement": lambda: checks.read_coder_agreement(
        ROOT / "benchmarks/coder_agreement.csv"
    ),
    "target_disagreements": lambda: checks.target_disagreements(STUDY.targets, GOLD, CORPUS),
    "read_judgements": lambda: JUDGEMENTS,
    "match_quality": lambda: checks.match_quality(STUDY.all_matches, JUDGEMENTS),
    "judged_best": lambda: checks.judged_best(CLAUSES, JUDGEMENTS),
    "pairs_to_read": lambda: checks.pairs_to_read(checks.judged_best(CLAUSES, JUDGEMENTS)),
    "threshold_curve": lambda: checks.threshold_curve(checks.judged_best(CLAUSES, JUDGEMENTS)),
    "matching_scores": lambda: checks.matching_scores(CLAUSES, JUDGEMENTS),
    "matching_variants": lambda: variants(),
    "left_out": lambda: checks.left_out(variants()),
    "group_tests": lambda: checks.group_tests(STUDY.similarity, CORPUS.table),
    "without_phrases": lambda: checks.without_phrases(MADE["pair_robustness"](), CLAUSES),
    "with_headings": lambda: wording.with_headings(STUDY.matches, CLAUSES),
    "with_reasons": lambda: checks.with_reasons(
        MADE["target_disagreements"](), ROOT / "corpus/gold/reasons.csv"
    ),
    "read_recognizers": lambda: checks.read_recognizers(ROOT / "benchmarks/recognizers.csv"),
    "weakest_matches": lambda: weakest_matches(STUDY),
    "document_summary": lambda: document_summary(STUDY),
    "document_pairs": lambda: document_pairs(STUDY),
    "references": lambda: references.references(CLAUSES, CORPUS),
    "followed_documents": lambda: references.followed_documents(MADE["references"](), CLAUSES),
    "edges": lambda: references.edges(MADE["references"]()),
    "coded_tools": lambda: coded.coded_tools(TOOLS_CODED),
    "decided_codes": lambda: coded.decided_codes(TOOLS_CODED),
    "tool_codes": lambda: coded.tool_codes(MADE["decided_codes"](), TOOLS_CODED.items),
    "pmc_variables": lambda: coded.pmc_variables(PMC_CODED),
    "pmc_index": lambda: coded.pmc_index(MADE["pmc_variables"]()),
    "policy_strength": lambda: coded.policy_strength(STRENGTH_CODED),
    "reliability": lambda: coded.reliability(None, ("tools",)),
    "agreement_table": lambda: coded.agreement_table(mentions_coded()),
    "disagreements": lambda: coded.disagreements(mentions_coded()),
    "validate": lambda: coded.validate(mentions_coded()),
    "cell_accuracy": lambda: coded.cell_accuracy(mentions_coded(), STUDY.aligned),
    "error_rates": lambda: coded.error_rates(mentions_coded()),
    "error_carried": lambda: coded.error_carried(
        STUDY.aligned, coded.error_rates(mentions_coded())
    ),
    "design_based_shares": lambda: coded.design_based_shares(
        themes_coded(), STUDY.themes, STUDY.themes.rename(columns={"theme": "label"})
    ),
}
# Tables that add columns to those of another.
ADDS_TO = {
    "document_table": "documents", "locate_passages": "passages",
    "unaligned_targets": "targets", "pairs_to_read": "judged_best", "with_headings": "matches",
    "without_phrases": "pair_robustness", "with_reasons": "target_disagreements",
}  # fmt: skip
# Functions whose table is one of the above, any table, or no table of columns with names.
WITHOUT_COLUMNS = {
    "validate_targets", "validate_clauses", "clause_disagreements",
    "contradictions", "stated_by_several", "without_set_phrases",
    "adjudicate", "read_gold", "leaf_provisions", "order_documents", "clause_vectors", "presented",
    "read_table", "save_table", "show_table", "pmc_matrix", "strength_table",
}  # fmt: skip


def generic(columns):
    """The names of columns, those that bear a document's or a theme's name as ``<doc_id>``.

    >>> generic(["unit", "hebei-2016", "hebi-2017", "创造"])
    ['unit', '<doc_id>', '<theme>']
    """
    themes = STUDY.aligned["theme"].unique()
    named = dict.fromkeys(IDS, "<doc_id>") | dict.fromkeys(themes, "<theme>")
    return list(dict.fromkeys(named.get(column, column) for column in columns))


# Written by compare_collection: tests/scale holds them to their columns.
AT_SCALE = {
    "document_groups", "matching_recall", "near_wordings", "nearest_documents", "wording_matches", "wording_places",
}  # fmt: skip


@pytest.mark.parametrize("table", sorted(contracts().keys() - AT_SCALE))
def test_a_table_has_the_columns_that_are_listed(table):
    frame = MADE[table]()
    frame = frame.reset_index() if any(frame.index.names) else frame
    others = columns_of(ADDS_TO[table]) if table in ADDS_TO else ()
    own = [column for column in generic(frame.columns) if column not in others]
    assert own == list(columns_of(table))
    assert set(others) <= set(frame.columns)
    checked(frame, table, only=set(own) - {"<doc_id>", "<theme>"})


def test_every_table_is_made_by_a_public_function_and_none_is_forgotten():
    rooms = (ipc, checks, clauses, coded, indicators, quantities, references, wording)
    public = {name: getattr(room, name) for room in rooms for name in room.__all__}
    functions = {n: f for n, f in public.items() if inspect.isfunction(f)}
    returned = {name: str(f.__annotations__.get("return")) for name, f in functions.items()}
    tables = {name for name, kind in returned.items() if "DataFrame" in kind}
    listed = {TABLES.get(table, (table,))[0] for table in contracts().keys() - AT_SCALE}
    assert tables - listed == WITHOUT_COLUMNS
    assert listed - functions.keys() == {
        "documents", "document_table", "document_summary", "document_pairs",
        "weakest_matches", "sample_table", "correction_table",
    }  # fmt: skip


def test_the_record_of_a_corpus_has_the_columns_that_are_listed():
    assert columns_of("documents") == COLUMNS


def test_every_column_says_in_both_languages_what_it_holds():
    for columns in contracts().values():
        assert all(column.zh and column.en for column in columns.values())
