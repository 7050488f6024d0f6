"""Notebooks without what a widget leaves behind: random ids, and state that only a kernel reads."""

from typing import Any

from ipcompare.browse.browser import WIDGET_VIEW


def strip_widgets(notebook: dict[str, Any]) -> dict[str, Any]:
    """Take the widget views and the widget state out of a notebook, in place; returns it.

    What is left is what is shown without a kernel: HTML and plain text, the same at every run.
    """
    notebook.get("metadata", {}).pop("widgets", None)
    for cell in notebook.get("cells", []):
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET_VIEW, None)
    return notebook
