"""Corrections put on record: what is filled in, what is refused, how the file is left."""

import csv

import pytest
from corrected import TEXT, corpus_folder, line, study_of, write_lines

from ipcompare.corpus import CorpusError
from ipcompare.corrections import CorrectionError, text_hash
from ipcompare.study import add_correction, complete_corrections

WHO = {"who": "王", "why": "核对原文"}
FIRST = text_hash(TEXT.splitlines()[0])


@pytest.fixture
def folder(tmp_path):
    return corpus_folder(tmp_path)


def lines(folder):
    with (folder / "corrections.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    "id, field, new, place, old",
    [
        ("a#1@1", "deadline", "2021", "22", "2020"),
        ("a#1@2", "mention", "", "31", "300"),
        ("a#1", "mention", "2020", "6", ""),
        ("a#1@1", "aligned", "none", "22", "strong_firms"),
        ("a#1", "heading", "", "", "目标"),
        ("a#1", "themes", "creation", "", "unassigned"),
        ("a#1@1", "comparator", ">=", "22", "="),
    ],
)
def test_hash_place_and_old_value_are_filled_in(folder, id, field, new, place, old):
    made = add_correction(folder, id, field, new, **WHO)
    wanted = {"id": id, "text_hash": FIRST, "place": place, "field": field, "old": old}
    assert lines(folder) == [{**wanted, "new": new, **WHO}] and made.line == 2
    study = study_of(folder)  # and it can be applied
    assert len(study.corrections) == 1 and len(study.aligned) + len(study.themes) > 2


def test_one_after_the_other_and_a_second_of_the_same_field(folder):
    add_correction(folder, "a#1", "mention", "2020", **WHO)
    add_correction(folder, "a#1@3", "kind", "fact", **WHO)  # of the one that was just added
    assert [row["old"] for row in lines(folder)] == ["", "unclear"]
    with pytest.raises(CorrectionError, match="line 3 corrects the same; change that line"):
        add_correction(folder, "a#1@3", "kind", "target", **WHO)
    assert len(lines(folder)) == 2


@pytest.mark.parametrize(
    "id, field, new, said",
    [
        ("a#1@1", "deadline", "soon", "deadline cannot be 'soon'"),
        ("a#1@9", "deadline", "2021", "a#1@9 is no target"),
        ("a#9", "themes", "use", "a#9 is no clause"),
        ("z#1", "themes", "use", "z is no document"),
        ("a#1", "themes", "uses", "uses is no theme; nearest is use"),
        ("a#1", "mention", "5", "'5' stands nowhere that is not read already"),
        ("a#1", "mention", "", "new is empty"),
        ("a#1@1", "colour", "red", "colour is no field to correct"),
        ("a#1@1", "deadline", "2020", "old and new are both '2020'"),
    ],
)
def test_what_is_refused_is_not_written(folder, id, field, new, said):
    with pytest.raises(CorrectionError, match=said):
        add_correction(folder, id, field, new, **WHO)
    assert not (folder / "corrections.csv").exists()


def test_a_number_that_stands_twice_needs_its_place(tmp_path):
    folder = corpus_folder(tmp_path, a="一、目标。2020年起，到2020年，培育企业5家。\n")
    with pytest.raises(CorrectionError, match="'2020' stands at 5, 13 in the text"):
        add_correction(folder, "a#1", "mention", "2020", **WHO)
    write_lines(folder, line("a#1", 13, "mention", "", "2020") | {"text_hash": ""})
    assert [one.place for one in complete_corrections(folder)] == [13]


def test_lines_written_in_excel_are_completed(folder):
    """In UTF-16 with capital TRUE, hash, place and old left empty; the others stay as they are."""
    write_lines(folder, line("a#2", "", "themes", "unassigned", "use"),
                line("a#1@1", "", "per_year", "", "TRUE") | {"text_hash": ""})  # fmt: skip
    path = folder / "corrections.csv"
    path.write_text(path.read_text("utf-8-sig"), encoding="utf-16")
    assert [one.field for one in complete_corrections(folder)] == ["per_year"]
    assert path.read_bytes().startswith(b"\xef\xbb\xbfid,") and b"\r" not in path.read_bytes()
    assert [row["text_hash"] for row in lines(folder)][1] == FIRST
    assert study_of(folder).target["a#1@1"].per_year
    assert complete_corrections(folder) == []


def test_what_a_spreadsheet_would_change_is_guarded(folder):
    add_correction(folder, "a#1@1", "indicator", "=1+1", **WHO)
    assert ",'=1+1," in (folder / "corrections.csv").read_text("utf-8-sig")
    assert study_of(folder).target["a#1@1"].indicator == "=1+1"


def test_a_sheet_is_not_written(folder):
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["id", "text_hash", "place", "field", "old", "new", "who", "why"])
    book.save(folder / "corrections.xlsx")
    with pytest.raises(CorpusError, match=r"is read but not written; save it as corrections\.csv"):
        add_correction(folder, "a#1@1", "deadline", "2021", **WHO)
