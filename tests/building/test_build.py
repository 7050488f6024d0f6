"""The notebooks run in clean kernels, each alone, and give the committed bytes again."""

import re
import shutil

import nbformat
import pytest
from files import ROOT

from ipcompare.building.build import build, verify
from ipcompare.building.execution import BuildError
from ipcompare.exports.declared import exhibits
from ipcompare.facts.sentences import FACTS

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def code_cells(path):
    cells = nbformat.read(path, as_version=4).cells
    return [cell.source for cell in cells if cell.cell_type == "code"]


def copied(tmp_path):
    """A folder with the notebooks beside the corpus, as in the repository."""
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks", ignore=shutil.ignore_patterns(".*"))
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    shutil.copytree(ROOT / "benchmarks", tmp_path / "benchmarks")
    return tmp_path / "notebooks"


def test_committed_outputs_and_notebooks_are_current():
    """What ``ipcompare verify`` does: everything is made again, in a folder of its own."""
    seen = []
    found = verify(ROOT / "notebooks", ROOT / "outputs", progress=lambda *step: seen.append(step))
    assert found == [], "run `make outputs` and commit"
    assert [done for done, _, _ in seen] == list(range(1, seen[0][1] + 1))


def test_one_exhibit_in_one_language(tmp_path):
    folder = copied(tmp_path)
    before = (folder / "05-numeric-targets.ipynb").read_bytes()
    table = exhibits()["target-matrix"]
    files = build(folder, tmp_path / "outputs", only=[table.name], lang="en")
    made = [p for p in (tmp_path / "outputs").rglob("*") if p.is_file()]
    assert sorted(made) == sorted(files)
    names = {p.relative_to(tmp_path).as_posix() for p in files}
    assert names == {
        f"outputs/{place}"
        for place in ("tables/target-matrix-en.csv", "latex/target-matrix-en.tex")
    }
    assert "no statement found" in files[0].read_text("utf-8-sig")
    assert (folder / "05-numeric-targets.ipynb").read_bytes() == before
    with pytest.raises(ValueError, match="lang is zh or en, not 'fr'"):
        build(folder, tmp_path / "outputs", lang="fr")


def test_the_line_of_the_language_is_in_every_notebook_that_draws():
    for path in NOTEBOOKS:
        cells = nbformat.read(path, as_version=4).cells
        if any("lang=lang" in cell.source for cell in cells):
            (settings,) = [cell for cell in cells if cell.get("id") == "settings"]
            assert re.search(r'^lang = "zh"', settings.source, re.M), path.stem


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_cells_are_short_and_hold_no_logic(path):
    for source in code_cells(path):
        assert len(source.splitlines()) <= 8, source
        assert not re.search(
            r"\b(def|class|for|while|if|try|lambda)\b", re.sub(r'"[^"\n]*"', "", source)
        )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_names_of_ours_are_reached_through_ipc(path):
    ours = [source for source in code_cells(path) if re.search(r"^(from|import) ipcompare", source)]
    assert [re.findall(r".*ipcompare.*", source) for source in ours] == [
        ["import ipcompare as ipc"]
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_sentences_with_numbers_come_from_the_facts(path):
    sources = "\n".join(code_cells(path))
    assert "Markdown" not in sources and not re.search(r'\bf"(?!indicator_)', sources)
    asked = re.findall(r'ipc\.finding\("([a-z-]+)"', sources)
    assert asked and set(asked) <= FACTS.keys()


def written(folder, **sources):
    folder.mkdir(exist_ok=True)
    for name, source in sources.items():
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source, id="only")])
        nbformat.write(notebook, folder / f"{name}.ipynb")
    return folder


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_failure_is_reported_and_everything_left_alone(tmp_path):
    folder = written(tmp_path / "n", a="1/0", b="print('fine')", c="import nothing_of_the_kind")
    before = contents(tmp_path)
    with pytest.raises(BuildError) as caught:
        build(folder, tmp_path / "outputs")
    message = str(caught.value)
    assert "a.ipynb, cell 1 (only): ZeroDivisionError: division by zero\n    1/0" in message
    assert "c.ipynb, cell 1 (only): ModuleNotFoundError" in message and "b.ipynb" not in message
    assert contents(tmp_path) == before


def test_a_figure_that_no_exhibit_has_is_named_before_anything_runs(tmp_path):
    folder, stray = written(tmp_path / "n", a="1/0"), tmp_path / "outputs/figures/old.png"
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"")
    with pytest.raises(ValueError, match=f"remove: {stray}"):
        build(folder, tmp_path / "outputs")


@pytest.mark.parametrize(
    ("only", "message"),
    [(["nine"], "no exhibit or notebook 'nine'.*table-1 summary"), (None, "no notebooks here")],
)
def test_unknown_or_missing_notebooks_are_refused(tmp_path, only, message):
    folder = written(tmp_path / "n", a="1") if only else tmp_path
    with pytest.raises(ValueError, match=message):
        build(folder, tmp_path / "outputs", only=only)
