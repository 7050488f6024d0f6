"""How a raw text becomes paragraphs, labels, headings and departments."""
