"""How far the results hold: gold standard, judgements, thresholds, other specifications."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
