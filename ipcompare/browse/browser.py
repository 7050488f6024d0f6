"""What a browser shows: a widget where widgets are alive, its first view as HTML elsewhere."""

import functools
from collections.abc import Callable
from typing import Any

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
# For the live view only: what is committed must read well without it.
_STYLE = """<style>
.ipcompare-view { line-height: 1.5; max-height: 75vh; overflow: auto; }
.ipcompare-view table { border-collapse: collapse; width: 100%; }
.ipcompare-view th, .ipcompare-view td { padding: 4px 10px; text-align: left;
  vertical-align: top; border-bottom: 1px solid var(--jp-border-color2, #ccc); }
.ipcompare-view tr:has(+ tr > td > details) > td { border: 0; padding-bottom: 0; }
.ipcompare-view details td { width: 50%; border: 0; }
.ipcompare-view summary { cursor: pointer; color: var(--jp-ui-font-color2, #666); }
.ipcompare-view mark { background: #ffe58a; color: #000; }
</style>"""


class Browser:
    """One view with its controls.

    ``html`` is the view of the first choice, ``page(**choice)`` that of any other. ``widget`` is
    made when first shown; without ipywidgets the HTML is shown.
    """

    def __init__(
        self, title: str, html: str, page: Callable[..., str], live: Callable[[], Any]
    ) -> None:
        self.title, self.html, self.page, self._live = title, str(html), page, live

    @functools.cached_property
    def widget(self) -> Any:
        return self._live()

    def __repr__(self) -> str:
        return self.title

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        bundle: dict[str, Any] = {"text/plain": self.title, "text/html": self.html}
        try:
            model = self.widget.model_id
        except ImportError:
            return bundle
        view = {"version_major": 2, "version_minor": 0, "model_id": model}
        return {WIDGET_VIEW: view, **bundle}


def controlled(page: Callable[..., str], controls: dict[str, Any]) -> Any:
    """The controls above the view; each change of a control shows ``page`` of all their values."""
    import ipywidgets

    view = ipywidgets.HTML(layout={"width": "auto"})

    def show(change: Any = None) -> None:
        html = page(**{name: control.value for name, control in controls.items()})
        view.value = f'{_STYLE}<div class="ipcompare-view">{html}</div>'

    for control in controls.values():
        control.observe(show, "value")
    show()
    box = ipywidgets.HBox(list(controls.values()), layout={"flex_flow": "row wrap"})
    return ipywidgets.VBox([box, view])


def dropdown(label: str, options: list[tuple[str, str]], value: str) -> Any:
    """A dropdown as wide as its longest option; options are (label, value)."""
    import ipywidgets

    return ipywidgets.Dropdown(
        description=label, options=options, value=value,
        layout={"width": "auto"}, style={"description_width": "initial"},
    )  # fmt: skip
