from .followed import followed_documents as followed_documents
from .graph import edges as edges
from .graph import write_graph as write_graph
from .listing import references as references
