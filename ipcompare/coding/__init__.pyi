from .coding_files import Coder as Coder
from .coding_files import Coding as Coding
from .coding_files import Field as Field
from .coding_files import Value as Value
from .coding_files import read_coding as read_coding
