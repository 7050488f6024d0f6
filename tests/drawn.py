"""The words of a figure as they are drawn."""

from ipcompare.figures.style import print_style


def shown(fig):
    """The visible texts of a figure in the order in which they were made; every glyph is there."""
    with print_style():
        fig.draw_without_rendering()
    texts = fig.findobj(lambda artist: hasattr(artist, "get_fontsize"))
    return [text.get_text() for text in texts if text.get_visible() and text.get_text().strip()]
