"""Corrections that do not fit stop a build before any notebook is run."""

import shutil

import pytest
from files import ROOT

from ipcompare.building.build import build
from ipcompare.corrections import CorrectionError


def test_all_are_listed_and_nothing_is_written(tmp_path):
    folder = tmp_path / "corpus"
    shutil.copytree(ROOT / "corpus", folder)
    (folder / "corrections.csv").write_text(
        "id,text_hash,place,field,old,new,who,why\n"
        "hebi-2017#1.2@1,0123456789abcdef,66,deadline,2020,2021,王,误\n"
        "hebi-2017#2.3,0123456789abcdef,,themes,creation,use,王,误\n",
        encoding="utf-8",
    )
    seen = []
    with pytest.raises(CorrectionError, match="2 corrections are refused") as error:
        build(ROOT / "notebooks", tmp_path / "out", corpus=folder,
              progress=lambda *step: seen.append(step))  # fmt: skip
    assert "line 3: hebi-2017#2.3, themes: the text of hebi-2017#2.3" in str(error.value)
    assert seen == [] and not (tmp_path / "out").exists()
