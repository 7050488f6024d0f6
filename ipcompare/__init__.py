"""Compare Chinese policy texts: clauses, similarity, numeric targets, each with its evidence.

    import ipcompare as ipc
    clauses = ipc.clause_table(ipc.read_corpus("corpus"))
    targets = ipc.extract_targets(clauses)

The names stand in ``__init__.pyi`` and are imported when first used, so that reading clauses need
not wait for scikit-learn.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
__version__ = "0.2.0"
