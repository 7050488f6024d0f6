from .build import build as build
from .build import verify as verify
from .comparison import compare_corpus as compare_corpus
from .comparison import comparison_tables as comparison_tables
from .execution import BuildError as BuildError
from .publish import publish as publish
