"""Docstrings as Markdown: tests become code, columns that are aligned by spaces become a list."""

import re

import griffe

# char_start, char_end   code points into the raw text
_ITEM = re.compile(r"(?:``)?([a-z]\w*(?:, [a-z]\w*)*)(?:``)? {2,}(\S.*)")


class AsMarkdown(griffe.Extension):
    def on_object(self, *, obj, **_):
        if obj.docstring:
            blocks = re.split(r"\n{2,}", obj.docstring.value)
            obj.docstring.value = "\n\n".join(as_markdown(block) for block in blocks)


def as_markdown(block):
    """One paragraph, or what stands for one.

    >>> as_markdown(">>> 1 + 1\\n2")
    '```pycon\\n>>> 1 + 1\\n2\\n```'
    >>> as_markdown("unit     the department\\n         as written")
    '- `unit`: the department as written'
    """
    if block.startswith(">>>"):
        return f"```pycon\n{block}\n```"
    lines: list[str] = []
    for line in block.splitlines():
        if item := _ITEM.fullmatch(line):
            lines.append(f"- `{item[1].replace(', ', '`, `')}`: {item[2]}")
        elif lines and lines[-1].startswith("- ") and line.startswith(" "):
            lines[-1] += f" {line.strip()}"
        else:
            lines.append(line)
    return "\n".join(lines)
