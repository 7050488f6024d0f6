"""From a raw text to the clause table: lines, paragraphs, numbering, headings, departments."""
