# The names that a notebook needs, by task; what a room has beside them is reached by its name:
# ipc.wording.coverage(…). ``lazy_loader`` imports each when it is first used.

from . import browse as browse
from . import building as building
from . import checks as checks
from . import citations as citations
from . import clauses as clauses
from . import cli as cli
from . import coding as coding
from . import collecting as collecting
from . import corpus as corpus
from . import exports as exports
from . import facts as facts
from . import figures as figures
from . import indicators as indicators
from . import intake as intake
from . import quantities as quantities
from . import record as record
from . import references as references
from . import report as report
from . import study as study
from . import wording as wording
from .browse.clause_browser import browse_clauses as browse_clauses
from .browse.table_browser import browse_table as browse_table
from .browse.target_browser import browse_targets as browse_targets
from .checks.decisions import why as why
from .checks.robustness import pair_robustness as pair_robustness

# Checks
from .checks.validation import read_gold as read_gold
from .checks.validation import validate_targets as validate_targets
from .citations import cite as cite
from .citations import document_names as document_names
from .clauses.functions import department_functions as department_functions

# Clauses
from .clauses.table import clause_table as clause_table

# Read
from .corpus import Corpus as Corpus
from .corpus import CorpusError as CorpusError
from .corpus import Document as Document
from .corpus import read_corpus as read_corpus
from .corpus import read_document as read_document
from .exports.presenting import presented as presented
from .exports.presenting import show_figure as show_figure
from .exports.presenting import show_table as show_table

# Save and show
from .exports.saving import read_table as read_table
from .exports.saving import save_figure as save_figure
from .exports.saving import save_table as save_table

# Say
from .facts.sentences import answer as answer
from .facts.sentences import finding as finding
from .figures.goals import plot_target_ladder as plot_target_ladder

# Figures
from .figures.overview import plot_clause_matches as plot_clause_matches
from .figures.overview import plot_corpus_overview as plot_corpus_overview
from .figures.overview import plot_document_similarity as plot_document_similarity
from .frames import PROVISIONS as PROVISIONS
from .frames import leaf_provisions as leaf_provisions
from .frames import order_documents as order_documents

# Indicators
from .indicators.align import align_targets as align_targets
from .indicators.align import unaligned_targets as unaligned_targets
from .indicators.in_words import qualitative_mentions as qualitative_mentions
from .indicators.matrices import incentive_matrix as incentive_matrix
from .indicators.matrices import target_coverage as target_coverage
from .indicators.matrices import target_matrix as target_matrix
from .indicators.raising import raised_targets as raised_targets
from .indicators.shared import shared_targets as shared_targets
from .quantities.evidence import evidence as evidence

# Quantities
from .quantities.extract import extract_targets as extract_targets
from .report.page import write_report as write_report
from .study import Study as Study
from .text import TextError as TextError
from .wording.coverage import counterparts as counterparts
from .wording.distinctive import distinctive_terms as distinctive_terms
from .wording.distinctive import kwic as kwic
from .wording.explain import explain_match as explain_match
from .wording.explain import side_by_side as side_by_side
from .wording.reuse import reuse_shares as reuse_shares
from .wording.reuse import shared_passages as shared_passages

# Wording
from .wording.similarity import document_similarity as document_similarity
from .wording.similarity import match_clauses as match_clauses
from .wording.themes import clause_themes as clause_themes
from .wording.themes import theme_profile as theme_profile

__version__: str
