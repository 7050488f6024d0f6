from .crawled import records as records
from .plain import decoded as decoded
from .sources import Source as Source
from .sources import SourceError as SourceError
from .sources import kind_of as kind_of
from .sources import read_bytes as read_bytes
from .sources import read_source as read_source
