from .adding import Added as Added
from .adding import add_files as add_files
from .metadata import Found as Found
from .metadata import propose as propose
from .places import Place as Place
from .places import place_of as place_of
from .telling import added_table as added_table
from .telling import proposals as proposals
