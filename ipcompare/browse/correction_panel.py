"""Below the evidence of an indicator: choose a number and a field, write what is right, save."""

from pathlib import Path
from typing import Any

import pandas as pd

from ipcompare.browse.elements import paragraph
from ipcompare.corrections import cell_of, fields_of
from ipcompare.data import PlainError
from ipcompare.exports.corrected_notes import correction_in_words
from ipcompare.quantities.printed import printed_quantity
from ipcompare.study import add_correction
from ipcompare.words import value_word, word

_TABLES = ("targets", "aligned")


def correction_panel(
    folder: Path, aligned: pd.DataFrame, targets: pd.DataFrame, indicator: Any,
    names: dict[str, str], lang: str,
) -> Any:  # fmt: skip
    """The panel as a widget, closed at first; ``indicator`` is the control that chooses one.

    Saving calls ``add_correction``: the line goes into corrections.csv of ``folder`` after the
    checks that every line must pass; what is refused is said, and nothing is written.
    """
    import ipywidgets

    wide = {"layout": {"width": "auto"}, "style": {"description_width": "initial"}}
    fields = [name for name, table in fields_of().items() if table in _TABLES]
    options = [(value_word("field", name, lang), name) for name in fields]
    statement = ipywidgets.Dropdown(description=word("corrections.statement", lang), **wide)
    field = ipywidgets.Dropdown(
        description=word("columns.corrections.field", lang), options=options, **wide
    )
    old = ipywidgets.Text(description=word("columns.old", lang), disabled=True, **wide)
    new, who, why = (
        ipywidgets.Text(description=word(f"columns.{name}", lang), **wide)
        for name in ("new", "who", "why")
    )
    button = ipywidgets.Button(description=word("corrections.save", lang), layout=wide["layout"])
    said = ipywidgets.HTML()

    def choose(change: Any = None) -> None:
        rows = aligned[aligned["indicator"] == indicator.value].itertuples()
        statement.options = [(_label(row, names, lang), row.target_id) for row in rows]
        statement.index = 0 if statement.options else None

    def show(change: Any = None) -> None:
        old.value = _old(targets, aligned, statement.value, field.value)

    def save(clicked: Any) -> None:
        given = statement.value, field.value, new.value.strip()
        said.value = str(paragraph(saved(folder, *given, who=who.value, why=why.value, lang=lang)))

    indicator.observe(choose, "value")
    for control in (statement, field):
        control.observe(show, "value")
    button.on_click(save)
    choose()
    show()
    box = ipywidgets.VBox([statement, field, old, new, who, why, button, said])
    return ipywidgets.Accordion([box], titles=(word("corrections.title", lang),))


def saved(
    folder: Path, id: str, field: str, new: str, *, who: str, why: str, lang: str
) -> str:  # fmt: skip
    """Put the correction on record; what became of it, in words."""
    try:
        one = add_correction(folder, id, field, new, who=who, why=why)
    except (PlainError, OSError) as error:
        return word("corrections.refused", lang, why=str(error))
    return word("corrections.saved", lang, line=one.line, made=correction_in_words(one, lang))


def _label(row: Any, names: dict[str, str], lang: str) -> str:
    return f"{names.get(row.doc_id, row.doc_id)} {printed_quantity(row, lang)} · {row.target_id}"


def _old(targets: pd.DataFrame, aligned: pd.DataFrame, id: str | None, field: str) -> str:
    """What the tool says of a field now."""
    own = targets[targets["target_id"] == id]
    if own.empty:
        return ""
    row, column = own.iloc[0], "number" if field == "mention" else field
    if field == "aligned":
        return cell_of(aligned.loc[aligned["target_id"] == id, "indicator"].iloc[0])
    return cell_of(row[column])
