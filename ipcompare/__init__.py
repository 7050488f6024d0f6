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
    "cleaning": ("clean",),
    "clauses": ("clause_table",),
    "tokens": ("tokenize",),
    "similarity": ("document_similarity", "match_clauses", "section_similarity"),
    "matching.explain": ("explain_match", "side_by_side"),
    "matching.coverage": ("counterparts", "coverage_curve", "pairs_to_read", "threshold_curve"),
    "matching.judgements": ("match_quality", "read_judgements"),
    "matching.variants": ("left_out", "matching_variants"),
    "matching.robustness": ("group_test", "pair_robustness", "similarity_robustness"),
    "matching.correspondence": ("correspondence_table", "locate_passages"),
    "reuse": ("reuse_shares", "shared_passages"),
    "copying.set_phrases": ("without_set_phrases",),
    "distinctive": ("distinctive_terms", "kwic"),
    "themes": ("clause_themes", "theme_profile"),
    "targets": ("extract_targets",),
    "alignment": ("align_targets", "qualitative_mentions", "unaligned_targets"),
    "matrices": ("incentive_matrix", "target_coverage", "target_matrix"),
    "reference": ("compare_to",),
    "summaries": (
        "department_table",
        "document_summary",
        "document_table",
        "incentive_themes",
        "shared_targets",
        "unsaid_targets",
    ),
    "quoting": ("evidence",),
    "validation": (
        "clause_disagreements",
        "read_gold",
        "target_disagreements",
        "validate_clauses",
        "validate_targets",
    ),
    "agreement": ("score_table",),
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
    "plots.overview": (
        "closest_pairs",
        "plot_clause_matches",
        "plot_corpus_overview",
        "plot_document_similarity",
    ),
    "plots.certainty": (
        "plot_coverage_curve",
        "plot_similarity_intervals",
        "plot_similarity_robustness",
    ),
    "plots.similarity": (
        "plot_clause_correspondence",
        "plot_distinctive_terms",
        "plot_theme_profile",
    ),
    "plots.targets": (
        "plot_scores",
        "plot_target_coverage",
        "plot_target_kinds",
        "plot_target_ladder",
    ),
    "plots.departments": ("plot_department_themes",),
    "plots.incentives": ("plot_incentives",),
    "display.clause_browser": ("browse_clauses",),
    "display.table_browser": ("browse_table",),
    "display.target_browser": ("browse_targets",),
    "report.page": ("write_report",),
    "report.document": ("write_report_document",),
    "exports.declared": ("exhibit_citation", "exhibits"),
    "exports.outputs": ("save_figure", "save_table"),
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
