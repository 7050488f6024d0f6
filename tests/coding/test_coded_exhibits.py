"""Each exhibit has the agreement beside it and says who decided; codebooks ask what it needs."""

import tomllib
from pathlib import Path

import pandas as pd
import pytest
from codes import answers, coding, documents, provisions

from ipcompare.coding.beside import AGREEMENT, reliability
from ipcompare.coding.coded_exhibits import pmc_exhibit, strength_exhibit, tool_exhibit
from ipcompare.coding.coding_files import read_fields
from ipcompare.coding.pmc import main_variables
from ipcompare.coding.ready_codebooks import codebook_text, write_codebook
from ipcompare.exports.presenting import presented

TOOLS = coding(provisions(1.0, 0.5), {"m": answers("i1", tools="tax", fields="use")},
               kinds={"m": "model"})  # fmt: skip
AGREED = pd.DataFrame([("tools", 50, 0.9, 0.8, 0.7, 0.9, "")], columns=list(AGREEMENT))


def test_the_agreement_stands_beside_and_what_two_did_not_code_says_so():
    table = reliability(AGREED, ("fields", "tools"), lang="en")
    assert table["field"].tolist() == ["fields", "tools"] and table["n"].tolist() == [0, 50]
    assert pd.isna(table["alpha"][0]) and table["alpha"][1] == 0.8
    assert table["note"].tolist() == ["coded by one only: no agreement can be computed", ""]
    assert reliability(None, ("tools",))["n"].tolist() == [0]


@pytest.mark.parametrize(
    ("agreement", "message"),
    [
        (pd.concat([AGREED, AGREED]), "tools stands twice"),
        (
            AGREED.drop(columns="alpha"),
            r"lacks the columns alpha; make it with agreement_table\(\)",
        ),
    ],
)
def test_a_table_of_agreement_that_does_not_fit_is_refused(agreement, message):
    with pytest.raises(ValueError, match=message):
        reliability(agreement, ("tools",))


def test_tools_of_a_model_say_so_in_every_note():
    exhibit = tool_exhibit(TOOLS, AGREED)
    assert exhibit.note["en"] == (
        "Coded by a language model (m); nobody adjudicated. Coded were 1 of 2 items drawn. "
        "The others have no code: the results hold only if they are like those coded."
    )
    assert exhibit.note["zh"].startswith("由语言模型编码（m），无人裁定。")
    assert exhibit.reliability["en"]["field"].tolist() == ["tools", "fields"]


def test_the_index_says_whence_its_levels_are_and_how_many_it_lacks():
    subs = [sub for variable in main_variables() for sub in variable.subs]
    codes = answers("i1", **dict.fromkeys(subs, "1")) + answers("i2", x1_1="1")
    exhibit = pmc_exhibit(coding(documents("d1", "d2"), {"a": codes}))
    assert exhibit.note["en"].startswith("Coded by one person (a), not adjudicated.")
    assert exhibit.note["en"].endswith(
        "Bounds of the levels: Ruiz Estrada (2011), as commonly cited. "
        "The index is missing where sub-variables have no code: 1."
    )
    assert exhibit.reliability["zh"]["field"].tolist() == subs
    assert len(exhibit.parts) == 20 and len(exhibit.table) == 2


def test_degenerate_strength_says_so_in_its_note():
    one = {"rank": "local_government", "form": "opinion"}
    codes = answers("i1", **one, measure="1") + answers("i2", **one, measure="4")
    exhibit = strength_exhibit(coding(documents("d1", "d2"), {"a": codes}))
    assert "故略去这一常数" in exhibit.note["zh"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_cell_and_head_of_the_tables_is_a_word(lang):
    tools = coding(provisions(1.0, 0.5), {"a": answers("i1", tools="tax", fields="use")})
    one = {"rank": "ministry", "form": "notice", "measure": "2"}
    strength = coding(documents("d1"), {"a": answers("i1", **one)})
    subs = [sub for variable in main_variables() for sub in variable.subs]
    index = coding(documents("d1"), {"a": answers("i1", **dict.fromkeys(subs, "1"))})
    ids = {"tax", "funds", "creation", "ministry", "notice", "perfect", "X1", "person"}
    for table in (
        tool_exhibit(tools).table, strength_exhibit(strength).table,
        pmc_exhibit(index).table, pmc_exhibit(index).parts,
    ):  # fmt: skip
        shown = presented(table, lang=lang)
        assert not {head for head in shown.reset_index().columns if "_" in str(head)}
        assert not set(shown.reset_index().astype(str).to_numpy().ravel()) & ids


def test_no_exhibit_without_codes():
    for make in (tool_exhibit, pmc_exhibit, strength_exhibit):
        with pytest.raises(ValueError, match="First run: ipcompare code DIR --coder a"):
            make(coding(documents("d1")))


@pytest.mark.parametrize("id", ["pmc", "strength"])
def test_a_codebook_asks_what_its_exhibit_needs(id, tmp_path):
    path = write_codebook(id, tmp_path / f"{id}.toml")
    assert path.read_text(encoding="utf-8") == codebook_text(id)
    said = tomllib.loads(codebook_text(id))
    assert said["unit"] == "document"
    fields = {field.id: field for field in read_fields(said["field"], Path(path))}
    if id == "pmc":
        assert list(fields) == [sub for v in main_variables() for sub in v.subs]
        assert {tuple(v.id for v in field.values) for field in fields.values()} == {("1", "0")}
        assert fields["x1_1"].en == "X1 Nature of the policy: Prediction"
    else:
        assert list(fields) == ["rank", "form", "measure"]
        assert [v.id for v in fields["measure"].values] == ["1", "2", "3", "4", "5"]


def test_another_codebook_is_refused():
    with pytest.raises(ValueError, match="no codebook 'pcm'; there are pmc, strength"):
        codebook_text("pcm")
