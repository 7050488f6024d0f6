"""Compare Chinese policy texts: clauses, similarity, numeric targets, each with its evidence.

    import ipcompare as ipc
    clauses = ipc.clause_table(ipc.read_corpus("corpus"))
    targets = ipc.extract_targets(clauses)

Names are imported when first used, so that reading clauses need not wait for scikit-learn.
"""

import importlib

_HOMES = {
    "frames": ("PROVISIONS", "leaf_provisions"),
    "text": ("TextError", "fold_width"),
    "corpus": ("Corpus", "CorpusError", "Document", "read_corpus", "read_document"),
    "clauses.cleaning": ("clean",),
    "clauses.table": ("clause_table",),
    "wording.tokens": ("tokenize",),
    "wording.similarity": ("document_similarity", "match_clauses", "section_similarity"),
    "wording.explain": ("explain_match", "side_by_side"),
    "wording.coverage": ("counterparts", "coverage_curve"),
    "checks.thresholds": ("pairs_to_read", "threshold_curve"),
    "checks.judgements": ("match_quality", "read_judgements"),
    "checks.variants": ("left_out", "matching_variants"),
    "checks.robustness": ("group_test", "pair_robustness", "similarity_robustness"),
    "wording.correspondence": ("correspondence_table", "locate_passages"),
    "wording.reuse": ("reuse_shares", "shared_passages"),
    "wording.set_phrases": ("without_set_phrases",),
    "wording.distinctive": ("distinctive_terms", "kwic"),
    "wording.themes": ("clause_themes", "theme_profile"),
    "quantities.extract": ("extract_targets",),
    "indicators.align": ("align_targets", "qualitative_mentions", "unaligned_targets"),
    "indicators.matrices": ("incentive_matrix", "target_coverage", "target_matrix"),
    "indicators.compare": ("compare_to",),
    "indicators.summaries": (
        "department_table",
        "document_summary",
        "document_table",
        "incentive_themes",
        "shared_targets",
        "unsaid_targets",
    ),
    "quantities.evidence": ("evidence",),
    "checks.validation": (
        "clause_disagreements",
        "read_gold",
        "target_disagreements",
        "validate_clauses",
        "validate_targets",
    ),
    "checks.agreement": ("score_table",),
    "citations": (
        "citation",
        "cite",
        "document_names",
        "write_bibliography",
    ),
    "exports.workbook": ("write_workbook",),
    "exports.latex": ("to_latex",),
    "exports.word_tables": ("add_three_line_table", "write_tables_document"),
    "exports.database": ("example_queries", "write_database"),
    "figures.overview": (
        "closest_pairs",
        "plot_clause_matches",
        "plot_corpus_overview",
        "plot_document_similarity",
    ),
    "figures.certainty": (
        "plot_coverage_curve",
        "plot_similarity_intervals",
        "plot_similarity_robustness",
    ),
    "figures.profiles": (
        "plot_clause_correspondence",
        "plot_distinctive_terms",
        "plot_theme_profile",
    ),
    "figures.goals": (
        "plot_scores",
        "plot_target_coverage",
        "plot_target_kinds",
        "plot_target_ladder",
    ),
    "figures.duties": ("plot_department_themes",),
    "figures.incentives": ("plot_incentives",),
    "browse.clause_browser": ("browse_clauses",),
    "browse.table_browser": ("browse_table",),
    "browse.target_browser": ("browse_targets",),
    "report.page": ("write_report",),
    "report.document": ("write_report_document",),
    "exports.declared": ("exhibit_citation", "exhibits"),
    "exports.saving": ("save_figure", "save_table"),
    "exports.presenting": ("presented",),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = sorted(_HOME_OF)
__version__ = "0.1.0"


def __getattr__(name: str):
    if name not in _HOME_OF:
        raise AttributeError(f"module 'ipcompare' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"ipcompare.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
