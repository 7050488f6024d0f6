from .clause_browser import browse_clauses as browse_clauses
from .table_browser import browse_table as browse_table
from .target_browser import browse_targets as browse_targets
