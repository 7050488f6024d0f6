"""A correction from the evidence panel of the notebook: chosen, saved, refused."""

import shutil

import pytest
from files import ROOT

import ipcompare as ipc
from ipcompare.browse.correction_panel import saved


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """A corpus of one text, the browser of its targets."""
    folder = tmp_path_factory.mktemp("own") / "corpus"
    shutil.copytree(ROOT / "corpus", folder)
    study = ipc.Study(ipc.read_corpus(folder, only=["hebi-2017"]))
    browser = ipc.browse_targets(
        study.aligned, study.targets, study.clauses, corpus=study.corpus,
        indicator="invention_patents_per_10k", lang="en",
    )  # fmt: skip
    return folder, browser


def test_choose_write_save(shown):
    folder, browser = shown
    (controls, _, panel) = browser.widget.children
    statement, field, old, new, who, why, button, said = panel.children[0].children
    assert statement.value == "hebi-2017#1.2@1" and "10 per 10k people" in statement.label
    field.value = "deadline"
    assert old.value == "2020" and old.disabled
    new.value = "2019"
    button.click()
    assert "Not saved" in said.value and "who is empty" in said.value
    assert not (folder / "corrections.csv").exists()
    who.value, why.value = "Wang", "<b>read again</b>"
    button.click()
    assert "Saved (line 2): year due: 2020 → 2019" in said.value and "<b>" not in said.value
    study = ipc.Study(ipc.read_corpus(folder))
    assert study.target["hebi-2017#1.2@1"].deadline == 2019
    controls.children[0].value = "trademarks"
    assert statement.value == "hebi-2017#1.2@3"


def test_what_was_corrected_stands_in_the_evidence(shown):
    folder, _ = shown
    saved(folder, "hebi-2017#1.2@4", "low", "6", who="王", why="误", lang="zh")
    study = ipc.Study(ipc.read_corpus(folder, only=["hebi-2017"]))
    indicator = study.aligned.set_index("target_id").at["hebi-2017#1.2@4", "indicator"]
    page = ipc.browse_targets(study.aligned, study.targets, study.clauses, indicator=indicator)
    assert "6 件†" in page.html and "更正：数值（低）：5 → 6（王：误）" in page.html


def test_without_a_folder_there_is_no_panel(study):
    browser = ipc.browse_targets(study.aligned, study.targets, study.clauses)
    assert len(browser.widget.children) == 2
