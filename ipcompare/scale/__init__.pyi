from .collection import compare_collection as compare_collection
from .querying import described_tables as described_tables
from .querying import query_tables as query_tables
from .work import recall_in_words as recall_in_words
