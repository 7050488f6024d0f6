"""The report: one HTML page with the findings, every exhibit and the evidence behind each number.

The page needs no network and, for reading, no script. Template, style and script are files in
``data/style``; its words are in ``words.toml``, its sentences in ``findings.toml``.
"""

import functools
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

import ipcompare
from ipcompare.clauses.functions import department_functions
from ipcompare.data import data_text
from ipcompare.exports.corrected_notes import corrected_exhibit
from ipcompare.exports.declared import Exhibit, exhibit_citation, exhibits, numbered
from ipcompare.exports.presenting import source_line
from ipcompare.exports.saving import read_table
from ipcompare.facts.sentences import Finding
from ipcompare.figures.of_study import FIGURES, drawn_documents
from ipcompare.figures.style import bar_styles
from ipcompare.placing import write_whole
from ipcompare.report.both import both, doc_name, words
from ipcompare.report.drawn import figure_svg, page_svg
from ipcompare.report.findings import findings
from ipcompare.report.fonts import font_face
from ipcompare.report.matrix_views import matrix_view
from ipcompare.report.panel import evidence_data
from ipcompare.report.table_views import TableView, table_view
from ipcompare.study import Study, document_summary, weakest_matches
from ipcompare.words import LANGS, check_lang, word, word_table

MATRICES = {"target-matrix": "target", "incentive-matrix": "incentive"}
TABLES = {
    "summary": document_summary,
    "documents": lambda made: made.corpus.table,
    "clauses": lambda made: made.clauses,
    "departments": lambda made: department_functions(made.clauses),
    "document-similarity": lambda made: made.similarity,
    "clause-matches": lambda made: made.matches,
    "distinctive-clauses": weakest_matches,
    "targets": lambda made: made.targets,
    "aligned-targets": lambda made: made.aligned,
    "target-coverage": lambda made: made.coverage,
    "comparable-targets": lambda made: made.shared,
    "raised-targets": lambda made: made.raised,
    "goals-in-words": lambda made: made.qualitative,
    "unaligned-targets": lambda made: made.unaligned,
    "theme-profile": lambda made: made.theme_profile,
    "clause-themes": lambda made: made.themes,
    "corrections": lambda made: made.corrections,
}


@dataclass(frozen=True)
class View:
    """One exhibit as the page shows it: a table or a figure in both languages."""

    exhibit: Exhibit
    note: Markup
    source: Markup
    cite: Markup
    table: TableView | None = None
    svg: dict[str, Markup] | None = None


def write_report(
    study: Study, path: Path | str, *, title: tuple[str, str] | None = None, lang: str = "zh",
    folder: Path | str | None = None, drawn: Path | str | None = None,
) -> Path:  # fmt: skip
    """Write the report of a study (``Study(corpus)``) as one HTML page and return its path.

    ``title`` is (Chinese, English); ``lang`` the language in which the page opens. Exhibits that
    the report cannot make itself are taken from ``folder``, where ``build`` has saved them.
    ``drawn`` is the folder of the figures that ``build`` has drawn for the page; those that are
    not there are drawn. The same input gives the same bytes.
    """
    check_lang(lang)
    page = report_page(study, title=title, lang=lang, folder=folder, drawn=drawn)
    return write_whole(path, page)


def report_page(
    made: Study, *, title: tuple[str, str] | None = None, lang: str = "zh",
    folder: Path | str | None = None, drawn: Path | str | None = None,
) -> str:  # fmt: skip
    """The page of ``write_report`` as a string."""
    views = _views(made, *(Path(place) if place else None for place in (folder, drawn)))
    chapters = _chapters(views, findings(made))
    page = _template().render(
        title=title or page_title(made), lang=lang, made=made, chapters=chapters,
        names=list(made.zh), colours=_colours(made), version=ipcompare.__version__,
        font=Markup(font_face(svg for view in views for svg in (view.svg or {}).values())),
        style=Markup(data_text("style/report.css")), script=Markup(data_text("style/report.js")),
        data=json_data(evidence_data(made)),
    )  # fmt: skip
    return page.strip() + "\n"


def json_data(value: Any) -> Markup:
    """JSON for a script element: no text in it can close the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)


@functools.cache
def _template() -> jinja2.Template:
    env = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    env.globals |= {"both": both, "words": words, "doc_name": doc_name}
    env.globals["report"] = word_table("report")
    return env.from_string(data_text("style/report.html"))


def page_title(made: Study) -> tuple[str, str]:
    n = len(made.zh)
    key = "report.title" if n > 1 else "report.title_of_one"
    return word(key, "zh", n=n), word(key, "en", n=n)


def _colours(made: Study) -> dict[str, str]:
    """The colour of each document, the same as in the figures."""
    styles = bar_styles(made.zh)
    return {doc_id: look["color"] for doc_id, look in zip(made.zh, styles, strict=True)}


# --- exhibits -------------------------------------------------------------------------------------


def _views(made: Study, folder: Path | None, drawn: Path | None) -> list[View]:
    """The exhibits that this corpus has, numbered without a gap."""
    views = []
    fields = list(made.corrections["field"])
    for declared in exhibits().values():
        exhibit = corrected_exhibit(declared, fields)
        table = _table(made, exhibit, folder) if exhibit.kind == "table" else None
        svg = _svg(made, exhibit, folder, drawn) if exhibit.kind == "figure" else None
        if svg is None and (table is None or not table.rows):
            continue
        cite = both(*(exhibit_citation(exhibit, lang=lang) for lang in LANGS))
        source = both(*(source_line(exhibit, getattr(made, lang), lang) for lang in LANGS))
        views.append(View(exhibit, _note(made, exhibit), source, cite, table, svg))
    numbers = numbered(view.exhibit for view in views)
    return [replace(view, exhibit=numbers[view.exhibit.id]) for view in views]


def _table(made: Study, exhibit: Exhibit, folder: Path | None) -> TableView | None:
    if exhibit.id in MATRICES:
        return matrix_view(made, MATRICES[exhibit.id])
    if exhibit.id in TABLES:
        return table_view(made, exhibit.id, TABLES[exhibit.id](made))
    saved = exhibit.files(folder)[0] if folder else None
    if saved is None or not saved.is_file():
        return None
    return table_view(made, exhibit.id, read_table(saved))


def _svg(
    made: Study, exhibit: Exhibit, folder: Path | None, drawn: Path | None
) -> dict[str, Markup] | None:
    """The figure in both languages, drawn by ``build`` or now; a saved one where neither can be."""
    ready = {lang: drawn / f"{exhibit.id}-{lang}.svg" for lang in LANGS} if drawn else {}
    if ready and all(path.is_file() for path in ready.values()):
        return _read(exhibit, ready)
    if exhibit.id in FIGURES:
        new = {n: svg for n in LANGS if (svg := figure_svg(made, exhibit.id, n)) is not None}
        return new if len(new) == len(LANGS) else None
    saved = {lang: exhibit.files(folder, lang)[1] for lang in LANGS} if folder else {}
    return _read(exhibit, saved)


def _read(exhibit: Exhibit, paths: dict[str, Path]) -> dict[str, Markup] | None:
    """The files as parts of the page; one without its twin stands for both languages."""
    there = [path for path in paths.values() if path.is_file()]
    paths = {lang: path if path in there else there[0] for lang, path in paths.items() if there}
    svgs = {lang: path.read_text(encoding="utf-8") for lang, path in paths.items()}
    return {lang: page_svg(svg, f"{exhibit.id}-{lang}") for lang, svg in svgs.items()} or None


def _note(made: Study, exhibit: Exhibit) -> Markup:
    """What a reader must know; the exhibit's own note where it is declared with one."""
    zh, en = exhibit.note
    drawn = len(drawn_documents(made, exhibit.id))
    if drawn < len(made.zh):
        zh += word("report.some_drawn", "zh", n=drawn)
        en += " " + word("report.some_drawn", "en", n=drawn)
    return both(zh, en)


def _chapters(views: list[View], found: list[Finding]) -> list[dict[str, Any]]:
    """The chapters that have something to show, in the order of ``words.toml``."""
    chapters = [
        {
            "id": id,
            "findings": [finding for finding in found if finding.chapter == id],
            "views": [view for view in views if view.exhibit.chapter == id],
        }
        for id in word_table("chapters")
    ]
    return [chapter for chapter in chapters if chapter["findings"] or chapter["views"]]
