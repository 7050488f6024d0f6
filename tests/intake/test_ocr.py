"""Scanned pages, where the recogniser is installed; what is said where it is not."""

import importlib.util

import pytest
from test_pdf import FULL, lines, pdf

from ipcompare.intake import SourceError, read_bytes

INSTALLED = importlib.util.find_spec("rapidocr") is not None


@pytest.fixture
def scan():
    """A picture of a page of print, as PNG."""
    import io

    import pypdfium2

    document = pypdfium2.PdfDocument(pdf(lines("一、主要目标", FULL, "发展相适应的格局。")))
    data = io.BytesIO()
    document[0].render(scale=200 / 72).to_pil().save(data, "PNG")
    return data.getvalue()


@pytest.mark.skipif(not INSTALLED, reason="needs the extra ocr")
def test_a_picture_is_recognised_and_said_to_be(scan):
    source = read_bytes(scan, "a.png", ocr=True)
    assert "一、主要目标" in source.text and "注册商标达到" in source.text
    assert "check its numbers" in source.notes[0]


@pytest.mark.skipif(INSTALLED, reason="says how to install it")
def test_without_the_recogniser_the_extra_is_named(scan):
    with pytest.raises(ImportError, match=r"ipcompare\[ocr\]"):
        read_bytes(scan, "a.png", ocr=True)
    with pytest.raises(SourceError, match="is a picture; add --ocr"):
        read_bytes(scan, "a.png")
