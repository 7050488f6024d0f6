"""The manifest says what each output was made by, from what the writers themselves recorded."""

import importlib
import json
from pathlib import Path

import pandas as pd
import pytest
from files import ROOT

from ipcompare.building.manifest import parameters, recorded
from ipcompare.exports.declared import exhibits
from ipcompare.exports.saving import save_figure, save_table
from ipcompare.figures.style import new_figure

MANIFEST = json.loads((ROOT / "outputs/manifest.json").read_text("utf-8"))
MADE_BY = {name: about["made_by"] for name, about in MANIFEST["outputs"].items()}


def function(name):
    """The function of a dotted name below ipcompare."""
    module, _, name = name.rpartition(".")
    return getattr(importlib.import_module(f"ipcompare.{module}"), name)


@pytest.mark.parametrize("exhibit", exhibits().values(), ids=lambda exhibit: exhibit.id)
def test_each_exhibit_is_made_by_its_function_in_its_notebook(exhibit):
    by = f"notebooks/{exhibit.notebook}.ipynb {exhibit.by}"
    files = [file.as_posix() for file in exhibit.all_files(Path())]
    made = {file: MADE_BY[file] for file in files if file in MADE_BY}
    assert made == dict.fromkeys(files, by) or exhibit.optional and not made
    assert callable(function(exhibit.by))


def test_every_output_has_a_maker():
    published = {by for by in MADE_BY.values() if not by.startswith("notebooks/")}
    assert len(published) == 8 and all(callable(function(by)) for by in published)
    assert MADE_BY["report.html"] == "report.page.write_report"


def test_the_parameters_are_those_of_the_notebooks():
    assert MANIFEST["parameters"] == parameters(ROOT / "notebooks")
    settings = MANIFEST["parameters"]["notebooks"]["03-shared-wording.ipynb"]
    assert settings["threshold"] == MANIFEST["parameters"]["match_threshold"]


def test_what_is_saved_during_a_build_is_recorded(tmp_path, monkeypatch):
    monkeypatch.setenv("IPCOMPARE_SCRATCH", str(tmp_path))
    monkeypatch.setenv("IPCOMPARE_LANGS", "en")
    for notebook, save, what, id in (
        ("00-start", save_table, pd.DataFrame({"n": [1]}), "summary"),
        ("05-numeric-targets", save_figure, new_figure(1, 1), "target-kinds"),
    ):
        monkeypatch.setenv("IPCOMPARE_NOTEBOOK", notebook)
        save(what, id, folder=tmp_path / "o")
    figure = "notebooks/05-numeric-targets.ipynb figures.goals.plot_target_kinds"
    assert recorded(tmp_path) == {
        tmp_path / "o/tables/summary.csv": "notebooks/00-start.ipynb study.document_summary",
        tmp_path / "o/figures/target-kinds-en.png": figure,
        tmp_path / "o/figures/target-kinds-en.svg": figure,
        tmp_path / "o/figures/target-kinds-en.pdf": figure,
    }


def test_what_is_saved_by_hand_is_not(tmp_path):
    save_table(pd.DataFrame({"n": [1]}), "summary", folder=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["tables"]
