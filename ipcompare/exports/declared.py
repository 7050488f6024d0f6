"""The exhibits: every table and figure of the product, as ``data/exhibits.toml`` declares them."""

import functools
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any

from ipcompare.data import RuleError, data_text, line_of, read_toml
from ipcompare.words import LANGS, word

DECLARED_IN = "exhibits.toml"
FOLDERS = {"table": "tables", "figure": "figures"}
SUFFIXES = {"table": (".csv",), "figure": (".png", ".svg", ".pdf")}
_TUPLES = ("title", "sources", "note", "columns", "filter")


@dataclass(frozen=True)
class Exhibit:
    """One table or figure: its file name, number, captions and what it is made from.

    ``number`` counts tables and figures apart, in the order of ``exhibits.toml``. ``title`` and
    ``note`` are (Chinese, English). ``by`` is the function that makes it, named below
    ``ipcompare``. ``columns`` are those that are printed, all where empty;
    an ``optional`` one is not made of every corpus.
    """

    id: str
    number: int
    kind: str
    title: tuple[str, str]
    chapter: str
    notebook: str
    by: str
    sources: tuple[str, ...]
    note: tuple[str, str] = ("", "")
    bilingual: bool = False
    columns: tuple[str, ...] = ()
    filter: tuple[str, ...] = ()
    fold: int = 0
    optional: bool = False

    @property
    def name(self) -> str:
        """``table-3``, ``figure-2``: how the command line calls it by its number."""
        return f"{self.kind}-{self.number}"

    @property
    def langs(self) -> tuple[str, ...]:
        """The languages in which it has files: one where its cells are not words of ours."""
        return LANGS if self.kind == "figure" or self.bilingual else LANGS[:1]

    def files(self, folder: Path, lang: str = "zh") -> list[Path]:
        """Where the exhibit is saved below ``folder``: ``<id>.csv``, in English ``<id>-en.csv``."""
        stem = self.id + ("-en" if lang == "en" and "en" in self.langs else "")
        place = folder / FOLDERS[self.kind]
        return [place / (stem + suffix) for suffix in SUFFIXES[self.kind]]

    def all_files(self, folder: Path, langs: tuple[str, ...] = LANGS) -> list[Path]:
        """Its files in all the languages of ``langs``, each once."""
        return list(dict.fromkeys(path for lang in langs for path in self.files(folder, lang)))


@functools.cache
def exhibits() -> dict[str, Exhibit]:
    """The declared exhibits by id, in the order of ``exhibits.toml``."""
    declared: dict[str, Exhibit] = {}
    numbers = dict.fromkeys(FOLDERS, 0)
    for entry in read_toml(DECLARED_IN).get("exhibit", []):
        problem = _problem(entry, declared)
        if problem:
            line = line_of(data_text(DECLARED_IN), f'id = "{entry.get("id")}"')
            raise RuleError(DECLARED_IN, line, problem)
        numbers[entry["kind"]] += 1
        lists = {key: tuple(entry[key]) for key in _TUPLES if key in entry}
        declared[entry["id"]] = Exhibit(**{**entry, **lists, "number": numbers[entry["kind"]]})
    return declared


def _problem(entry: dict[str, Any], declared: dict[str, Exhibit]) -> str:
    """What is wrong with one entry of ``exhibits.toml``; empty when nothing is."""
    known = [field.name for field in fields(Exhibit) if field.name != "number"]
    needed = [f.name for f in fields(Exhibit) if f.default is MISSING and f.name != "number"]
    unknown, lacking = sorted(entry.keys() - set(known)), sorted(needed - entry.keys())
    if unknown or lacking:
        return f"an exhibit has the keys {', '.join(known)}; unknown: {unknown}, missing: {lacking}"
    if entry["kind"] not in FOLDERS:
        return f"kind is table or figure, not {entry['kind']!r}"
    if any(len(entry.get(key, LANGS)) != len(LANGS) for key in ("title", "note")):
        return "title and note are [Chinese, English]"
    return f"the id {entry['id']} is declared twice" if entry["id"] in declared else ""


def chosen_exhibits(names: tuple[str, ...] | list[str]) -> list[Exhibit]:
    """The exhibits of these ids, numbers (``table-3``) or notebooks (``02-similarity``).

    Raises ValueError naming what is not known.
    """
    found: dict[str, Exhibit] = {}
    for name in names:
        stem = name.removesuffix(".ipynb")
        these = [e for e in exhibits().values() if stem in (e.id, e.name, e.notebook)]
        if not these:
            raise ValueError(
                f"no exhibit or notebook {name!r}; index.csv lists them, e.g. "
                f"{', '.join(e.name + ' ' + e.id for e in list(exhibits().values())[:3])}"
            )
        found |= {exhibit.id: exhibit for exhibit in these}
    return list(found.values())


def exhibit_citation(exhibit: Exhibit, *, lang: str = "zh") -> str:
    """The citation line of a table (a dataset, ``[DS]``) or figure (``[Z]``) with the version."""
    from ipcompare import __version__

    kind = "[DS]" if exhibit.kind == "table" else "[Z]"
    who, title = word("captions.contributors", lang), exhibit.title[LANGS.index(lang)]
    return f"{who}. {title}: {exhibit.id}, ipcompare {__version__}{kind}."


def caption_line(key: str, text: str, lang: str) -> str:
    """A line below a table or a figure: ``资料来源：…``, ``Note: …``."""
    return word(f"captions.{key}", lang) + word("punctuation.colon", lang) + text
