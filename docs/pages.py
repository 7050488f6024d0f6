"""What the site shows of the repository beside ``docs/``: made when ``mkdocs`` builds it."""

import ast
import importlib
import inspect
import pkgutil
import re
from pathlib import Path

from mkdocs.plugins import event_priority
from mkdocs.structure.files import File

from ipcompare.frames import TABLES, contracts

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "ipcompare"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
# The tasks in the order of the pages, and the rooms in which their names stand.
TASKS = {
    "Read your texts": ("corpus", "text", "citations"),
    "Clauses": ("clauses", "frames"),
    "Wording": ("wording",),
    "Quantities": ("quantities",),
    "Indicators": ("indicators",),
    "Checks": ("checks",),
    "Many texts": ("scale",),
    "All tables of a corpus, each made once": ("study",),
    "Code your own sample": ("coding",),
    "Say what the tables say": ("facts",),
    "Figures": ("figures",),
    "Save and show": ("exports", "report", "browse"),
}
FIGURE = re.compile(r'src="(outputs/figures/[^"]+)"')
GROUND = ("corpus", "record", "citations", "frames")  # modules that are rooms by themselves
ROOMS = sorted(path.parent.name for path in PACKAGE.glob("*/__init__.pyi"))
# Tables of columns.csv that are made by no name of a stub.
MADE_BY = {
    "documents": "corpus.Corpus.table",
    "document_table": "citations.document_table",
} | dict.fromkeys(
    (
        "document_groups",
        "matching_recall",
        "near_wordings",
        "nearest_documents",
        "wording_matches",
        "wording_places",
    ),
    "scale.compare_collection",
)


def on_config(config):
    """Every notebook and every room stands in the navigation."""
    for entry in config.nav:
        if "Notebooks" in entry:
            entry["Notebooks"] = [f"notebooks/{path.name}" for path in NOTEBOOKS]
        for part in entry.get("Reference", []):
            if "Rooms" in part:
                part["Rooms"] = [{room: f"api/{room}.md"} for room in (*GROUND, *ROOMS)]
    return config


@event_priority(100)  # before mkdocs-jupyter, which looks for notebooks
def on_files(files, config):
    made = {f"api/{room}.md": room_page(room) for room in (*GROUND, *ROOMS)}
    for name in ("CHANGELOG.md", "CONTRIBUTING.md"):
        made[name.lower()] = (ROOT / name).read_text(encoding="utf-8")
    for uri, text in made.items():
        files.append(File.generated(config, uri, content=text))
    for path in NOTEBOOKS + sorted((ROOT / "outputs/figures").glob("*.png")):
        uri = path.relative_to(ROOT).as_posix()
        files.append(File(uri, str(ROOT), config.site_dir, config.use_directory_urls))
    return files


def on_page_markdown(markdown, page, **_):
    """Two pages go on with a list; docs/ is the root of the site, outputs/ lies beside it."""
    made = {"api.md": api_by_task, "columns.md": data_dictionary}.get(page.file.src_uri, str)
    return markdown.replace("../outputs/", "outputs/") + made()


def on_page_content(html, page, **_):
    """Figures in the proportions of print; a notebook names another by its file."""
    html = FIGURE.sub(_sized, html)
    return html.replace('.ipynb"', '.html"') if page.file.src_uri.endswith(".ipynb") else html


def _sized(found):
    """A PNG of 300 dpi has its width in bytes 16 to 20; a column of a journal is 8.5 cm."""
    width = int.from_bytes((ROOT / found[1]).read_bytes()[16:20])
    return f'{found[0]} width="{round(width * 0.4)}"'


# --- the API --------------------------------------------------------------------------------------


def names(stub):
    """The public names of a stub with the place of each: counterparts → wording.coverage."""
    inside = stub.parent.relative_to(PACKAGE).parts
    for node in ast.parse(stub.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            for name in node.names:
                yield name.name, ".".join([*inside, node.module, name.name])


def first_line(place):
    """The first line of what is said about a name; of a constant its value."""
    value = pkgutil.resolve_name(f"ipcompare.{place}")
    if callable(value) or isinstance(value, property):
        return (inspect.getdoc(value) or "").partition("\n")[0]
    return f"`{value!r}`"


def link(place, title):
    """``wording.coverage.counterparts`` on the page of its room."""
    room = place.partition(".")[0]
    known = room in (*ROOMS, *GROUND)
    return f"[`{title}`](api/{room}.md#ipcompare.{place})" if known else f"`{title}`"


def api_by_task():
    rooms_of = {room: task for task, rooms in TASKS.items() for room in rooms}
    named = [(rooms_of[p.partition(".")[0]], n, p) for n, p in names(PACKAGE / "__init__.pyi")]
    tasks = {task: [(n, p) for t, n, p in named if t == task] for task in TASKS}
    lines = []
    for task, members in tasks.items():
        lines += ["", f"## {task}", "", "| name | what it is or does |", "|---|---|"]
        lines += [f"| {link(place, f'ipc.{n}')} | {first_line(place)} |" for n, place in members]
    return "\n".join(lines)


def room_page(room):
    module = importlib.import_module(f"ipcompare.{room}")
    stub = PACKAGE / (room if room in ROOMS else "") / "__init__.pyi"
    members = [place for _, place in names(stub) if place.startswith(f"{room}.")]
    members += [
        f"{room}.{name}"
        for name, value in vars(module).items()
        if getattr(value, "__module__", "") == module.__name__ and not name.startswith("_")
    ]
    directives = [f"::: ipcompare.{place}" for place in dict.fromkeys(members)]
    return "\n\n".join([f"# {room}", inspect.getdoc(module), *directives])


# --- the data dictionary --------------------------------------------------------------------------


def data_dictionary():
    stubs = [PACKAGE / room / "__init__.pyi" for room in ROOMS]
    places = {name: place for stub in stubs for name, place in names(stub)} | MADE_BY
    lines = []
    for table, columns in contracts().items():
        place = places[TABLES.get(table, (table,))[0]]
        made_by = link(place, place.rpartition(".")[2])
        lines += ["", f"## {table}", "", f"Made by {made_by}: {first_line(place)}", ""]
        lines += ["| column | type | unit | values | 含义 | meaning |", "|---|---|---|---|---|---|"]
        lines += [column_row(column) for column in columns.values()]
    return "\n".join(lines)


def column_row(column):
    values = " ".join(f"`{value}`" for value in column.allowed)
    cells = (f"`{column.name}`", column.type, column.unit, values, column.zh, column.en)
    return f"| {' | '.join(cells)} |"
