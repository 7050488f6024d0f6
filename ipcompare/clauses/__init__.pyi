from .cleaning import clean as clean
from .cleaning import paragraphs as paragraphs
from .departments import closing_departments as closing_departments
from .functions import department_functions as department_functions
from .functions import named_departments as named_departments
from .numbering import match_label as match_label
from .table import clause_table as clause_table
