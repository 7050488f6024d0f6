from .sentences import Answer as Answer
from .sentences import Finding as Finding
from .sentences import answer as answer
from .sentences import finding as finding
