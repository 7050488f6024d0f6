"""Pages that are pictures, recognised by RapidOCR (PP-OCR models, which come with the package)."""

import functools
import logging
from collections.abc import Iterator
from typing import Any

DOTS = 200  # an inch, at which a page is drawn to be read
SURE = 0.5  # lines less sure than this are not taken


@functools.cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    engine = RapidOCR()
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return engine


def recognised(image: Any) -> Iterator[tuple[str, tuple[float, float, float, float], float]]:
    """The lines of a picture (an array of rows, columns, colours): words, box in dots, certainty.

    A box is left, top, right, bottom.
    """
    found = _engine()(image)
    if found.txts is None:
        return
    for corners, words, sure in zip(found.boxes, found.txts, found.scores, strict=True):
        if sure >= SURE and words.strip():
            xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
            yield words, (min(xs), min(ys), max(xs), max(ys)), float(sure)


def characters(
    image: Any, scale: float
) -> Iterator[tuple[str, tuple[float, float, float, float], float]]:
    """Each character with the part of its line's box that it takes, in points of the page."""
    for words, (left, top, right, bottom), sure in recognised(image):
        wide = [1.0 if char > "\u2e7f" else 0.55 for char in words]
        step, at = (right - left) / sum(wide), left
        for char, width in zip(words, wide, strict=True):
            box = (at / scale, top / scale, (at + step * width) / scale, bottom / scale)
            at += step * width
            if not char.isspace():
                yield char, box, sure
