"""The report: one page with the evidence behind each number, and its Word twin."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
