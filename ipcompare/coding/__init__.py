"""Coding by the researcher: a sample, blind sheets, a page to code on, the codes of several."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
