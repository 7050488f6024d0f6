"""Corrections by hand: which are refused, and what each does to its table. Worked out by hand."""

import pandas as pd
import pytest
from corrected import TEXT, corpus_folder, line, study_of, write_lines
from files import cases
from hypothesis import given, settings
from hypothesis import strategies as st

import ipcompare as ipc
from ipcompare.corpus import Corpus, CorpusError, Document
from ipcompare.corrections import COLUMNS, Correction, CorrectionError, packed, text_hash, unpacked
from ipcompare.study import make_tables, refused_corrections

DEADLINE = line("a#1@1", 22, "deadline", "2020", "2021")
STRUCK = line("a#1@2", 31, "mention", "300", "")
NONE = line("a#1@1", 22, "aligned", "strong_firms", "none")
THEMES = line("a#2", "", "themes", "unassigned", "creation；use")


@pytest.fixture
def folder(tmp_path):
    return corpus_folder(tmp_path)


# --- reading --------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", cases("corrections.csv"), ids=lambda case: case["said"][:30])
def test_a_bad_line_is_refused_with_its_place(folder, case):
    cells = [case[c] for c in ("id", "place", "field", "old", "new", "who", "why")]
    write_lines(folder, line(*cells))
    with pytest.raises(CorpusError) as error:
        ipc.read_corpus(folder)
    assert f"corrections.csv, line 2: {case['said']}" in str(error.value)


def test_a_bad_header_two_of_one_field_and_two_files_are_refused(folder):
    write_lines(folder, DEADLINE, DEADLINE | {"new": "2022"})
    with pytest.raises(CorpusError, match="line 3: a#1@1, deadline is corrected on line 2, too"):
        ipc.read_corpus(folder)
    (folder / "corrections.csv").write_text("id,new\na#1,x\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="line 1: the columns must be id,text_hash,place,field"):
        ipc.read_corpus(folder)
    (folder / "corrections.xlsx").write_bytes(b"")
    with pytest.raises(CorpusError, match=r"there is corrections\.xlsx, too; keep one"):
        ipc.read_corpus(folder)


def test_a_sheet_of_excel_is_read_like_the_csv(folder):
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(COLUMNS)
    book.active.append([*DEADLINE.values()][:2] + [22.0, "deadline", 2020, 2021, "王", "误"])
    book.save(folder / "corrections.xlsx")
    assert list(study_of(folder).targets["deadline"].dropna()) == [2021, 2020]


# --- each table -----------------------------------------------------------------------------------


def test_a_field_of_a_mention_and_its_mark(folder):
    write_lines(folder, DEADLINE, line("a#1@1", 22, "low", "5", "6"))
    study = study_of(folder)
    first, second = study.targets.iloc[0], study.targets.iloc[1]
    assert (first["deadline"], first["low"], first["high"], first["number"]) == (2021, 6, 6, "5")
    assert first["corrected"] == "low: 王; deadline: 王" and second["corrected"] == ""
    matrix = ipc.target_matrix(study.aligned)
    assert [*matrix["a"]] == ["300 件 (2020)", "6 家*† (2021；优势；培育)"]


def test_what_is_made_step_by_step_is_corrected_too(folder):
    """Without a study, and from rows that were filtered and put together with others."""
    write_lines(folder, DEADLINE, NONE)
    clauses = ipc.clause_table(ipc.read_corpus(folder))
    other = ipc.clause_table(Document("b", TEXT))
    both = pd.concat([frame.astype({"doc_id": str}) for frame in (other, clauses[clauses["leaf"]])])
    targets = ipc.extract_targets(both)
    assert [*targets["deadline"].dropna()] == [2020, 2020, 2021, 2020]
    aligned = ipc.align_targets(targets[targets["doc_id"] == "a"])
    assert [*aligned["target_id"]] == ["a#1@2", "a#2@1"]


def test_a_mention_struck_out_and_a_missed_one(folder):
    missed = line("a#1", 6, "mention", "", "2020")
    write_lines(folder, STRUCK, missed, line("a#1@3", 6, "kind", "unclear", "fact"))
    targets = study_of(folder).targets
    assert [*targets["target_id"]] == ["a#1@3", "a#1@1", "a#2@1"]  # ids of the others stay
    added = targets.iloc[0]
    assert (added["number"], added["low"], added["kind"], added["unit"]) == (
        "2020",
        2020,
        "fact",
        "",
    )
    assert added["quote"][added["number_start"] : added["number_end"]] == "2020"
    assert TEXT[added["char_start"] : added["char_end"]] == "2020"


def test_the_unit_of_a_missed_number_is_part_of_its_place(folder):
    missed = line("a#1", 6, "mention", "", "2020")
    write_lines(folder, missed, line("a#1@3", 6, "unit", "", "年"))
    added = study_of(folder).targets.iloc[0]
    assert added["quote"][added["number_start"] : added["number_end"]] == "2020年"


def test_why_explains_the_tool_and_lists_what_was_corrected(folder):
    write_lines(folder, DEADLINE, STRUCK, line("a#1", 6, "mention", "", "2020"))
    clauses = study_of(folder).clauses
    said = str(ipc.why("a#1@1", clauses))
    assert said.endswith("corrected   deadline: '2020' → '2021' (王: 误)") and "2020, " in said
    assert "corrected   mention: '300' → ''" in str(ipc.why("a#1@2", clauses))
    with pytest.raises(ValueError, match="a#1@3 was not read but added by hand"):
        ipc.why("a#1@3", clauses)


def test_an_indicator_chosen_or_none(folder):
    write_lines(folder, NONE)
    study = study_of(folder)
    assert "strong_firms" not in set(study.aligned["indicator"])
    assert [*study.unaligned["reason"]] == ["corrected: 王"]
    write_lines(folder, line("a#1@1", 22, "aligned", "strong_firms", "demonstration_firms"))
    with pytest.raises(
        CorrectionError, match="demonstration_firms is no indicator, nor is it none"
    ):
        _ = study_of(folder).aligned
    write_lines(folder, line("a#1@1", 22, "aligned", "strong_firms", "pledge_financing"))
    with pytest.raises(
        CorrectionError, match="pledge_financing is counted in .*元.*, the mention in 家"
    ):
        _ = study_of(folder).aligned


def test_a_kind_that_changes_leads_to_another_table(folder):
    write_lines(folder, line("a#1@1", 22, "kind", "target", "fact"))
    study = study_of(folder)
    assert [*study.unaligned["reason"]] == ["kind: fact"]
    assert study.targets.iloc[0]["rule"] == "correction"


def test_themes(folder):
    write_lines(folder, THEMES)
    themes = study_of(folder).themes
    own = themes[themes["clause_id"] == "a#2"]
    assert [*own["theme"]] == ["creation", "use"] and own["reason"].isna().all()
    assert [*own["corrected"]] == ["themes: 王"] * 2
    write_lines(folder, THEMES | {"new": "creation；unassigned"})
    with pytest.raises(CorrectionError, match="unassigned beside another"):
        _ = study_of(folder).themes


def test_heading_and_departments(folder):
    write_lines(folder, line("a#1", "", "heading", "目标", "目标。到2020年"),
                line("a#2", "", "units", "", "市科技局；市财政局"))  # fmt: skip
    clauses = study_of(folder).clauses
    first, second = clauses.iloc[0], clauses.iloc[1]
    assert first["heading"] == "目标。到2020年"
    assert first["text"][first["body_start"] :].startswith("培育")
    assert second["units"] == ["市科技局", "市财政局"] and second["corrected"] == "units: 王"
    write_lines(folder, line("a#1", "", "heading", "目标", "宗旨"))
    with pytest.raises(CorrectionError, match="'宗旨' does not stand in the text"):
        _ = study_of(folder).clauses


@pytest.mark.parametrize(
    "cells, said",
    [
        (("a#1@1", 22, "deadline", "2019", "2021"), "old is '2019', but the tool says '2020'"),
        (("a#1@1", 23, "deadline", "2020", "2021"), "no number is read at place 23; there are 22 (5)"),
        (("a#1@1", 22, "number", "5", "6"), "the text has '5家，注册商标达到300' at place 22, not '6'"),
        (("a#1@1", 22, "mention", "5", "6"), "'5' is read here already"),
        (("a#1", 18, "mention", "", "优势"), "'优势' is no number"),
        (("a#1", 0, "mention", "", "7"), "at place 0, not '7'"),
        (("a#9", "", "themes", "", "use"), "write the id of the one"),
    ],
)  # fmt: skip
def test_what_only_the_text_can_tell(tmp_path, cells, said):
    folder = corpus_folder(tmp_path, a=TEXT + "二、奖励。对发明专利每件给予2万元资助。\n")
    write_lines(folder, line(*cells))
    with pytest.raises(CorrectionError) as error:
        make_tables(ipc.read_corpus(folder))
    assert said in str(error.value) and "corrections.csv, line 2: a#" in str(error.value)


def test_both_ends_and_a_struck_mention(folder):
    write_lines(folder, line("a#1@1", 22, "low", "5", "9"), line("a#1@1", 22, "high", "5", "8"))
    with pytest.raises(CorrectionError, match="low 9 is above high 8 now; correct both"):
        _ = study_of(folder).targets
    write_lines(folder, STRUCK, line("a#1@2", 31, "unit", "件", "个"))
    with pytest.raises(CorrectionError, match="line 3 corrects what is struck out"):
        _ = study_of(folder).targets


# --- edits of the text ----------------------------------------------------------------------------


def test_an_edit_elsewhere_moves_the_correction_with_its_clause(tmp_path):
    write_lines(tmp_path, line("a#1@1", 22, "deadline", "2020", "2021"))
    before = "三、序言。本意见共两条。\n"
    study = study_of(corpus_folder(tmp_path, a="一、总则。统筹推进。\n" + TEXT + before))
    moved = study.corrections.iloc[0]
    assert moved["moved_from"] == "a#1" and moved["clause_id"] == "a#1~2"
    assert study.target["a#1~2@1"].deadline == 2021


def test_an_edit_of_the_clause_is_refused_and_the_rest_is_kept(tmp_path):
    write_lines(tmp_path, DEADLINE, THEMES)
    folder = corpus_folder(tmp_path, a=TEXT.replace("培育", "新培育"))
    with pytest.raises(CorrectionError, match="line 2: .* it has changed; read it again"):
        _ = study_of(folder).clauses
    corpus, refused = refused_corrections(ipc.read_corpus(folder))
    assert [one.line for one, _ in refused] == [2]
    assert [one.field for one in corpus.corrections] == ["themes"]
    make_tables(corpus)


def test_all_refusals_are_listed_at_once(folder):
    write_lines(folder, *(line(f"a#{n}@1", 0, "unit", "", "家", text="x") for n in (1, 2, 7)))
    with pytest.raises(CorrectionError) as error:
        _ = study_of(folder).clauses
    assert str(error.value).startswith(
        "3 corrections are refused:\n  corrections.csv, line 2: a#1@1"
    )
    assert "no clause has this id or this text" in str(error.value)


# --- what always holds ----------------------------------------------------------------------------

FIELDS = {
    "deadline": st.integers(1990, 2050).map(str), "low": st.integers(6, 99).map(str),
    "kind": st.sampled_from(["fact", "condition", "resource"]), "unit": st.just("户"),
    "measure": st.sampled_from(["share", "growth"]), "per_year": st.just("True"),
    "indicator": st.text(st.characters(categories=["Lo"]), min_size=1, max_size=6),
}  # fmt: skip
OLD = {"deadline": "2020", "low": "5", "kind": "target", "unit": "家", "measure": "level",
       "per_year": "False", "indicator": "知识产权优势企业"}  # fmt: skip
OTHER = Correction("b#1@1", "0" * 16, 22, "unit", "家", "户", "王", "误", 99)


def tables_of(corrections, *doc_ids):
    """The tables of texts that read alike, without the column that names lines."""
    documents = tuple(Document(doc_id, TEXT) for doc_id in doc_ids or ("a", "b"))
    corpus = Corpus(documents, None, tuple(corrections))
    clauses = ipc.clause_table(corpus)
    targets = ipc.extract_targets(clauses)
    made = clauses, targets, ipc.align_targets(targets), ipc.clause_themes(clauses)
    return [frame.drop(columns="corrections", errors="ignore") for frame in made]


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_order_and_other_documents_change_nothing(data):
    """And what was corrected once is not corrected again by making the table again."""
    new = {name: data.draw(FIELDS[name]) for name in data.draw(st.sets(st.sampled_from([*FIELDS])))}
    hashed = text_hash(TEXT.splitlines()[0])
    own = [
        Correction("a#1@1", hashed, 22, name, OLD[name], value, "王", "误", n)
        for n, (name, value) in enumerate(new.items(), 2)
    ]
    plain, made = tables_of(own), tables_of(data.draw(st.permutations(own)))
    for one, other in zip(plain, made, strict=True):
        pd.testing.assert_frame_equal(one, other)
    for one, other in zip(tables_of([]), plain, strict=True):  # b is as it was
        rest = [frame[frame["doc_id"] == "b"].reset_index(drop=True) for frame in (one, other)]
        pd.testing.assert_frame_equal(rest[0], rest[1][rest[0].columns])
    alone = tables_of([*own, OTHER], "a")  # the other text is not there
    for one, other in zip(alone, tables_of(own, "a"), strict=True):
        pd.testing.assert_frame_equal(one, other)


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_corrections_come_back_from_a_column(data):
    words = st.text(max_size=8)
    made = st.builds(Correction, words, words, st.none() | st.integers(0), words, words, words,
                     words, words, st.integers(1))  # fmt: skip
    some = tuple(data.draw(st.lists(made, max_size=3)))
    assert unpacked(packed(some)) == some
    assert unpacked(float("nan")) == unpacked(None) == unpacked("") == ()


def test_without_corrections_no_table_has_another_column(folder):
    for frame, name in zip(tables_of([]), ("clauses", "targets", "aligned", "clause_themes"),
                           strict=True):  # fmt: skip
        assert [*frame.columns] == [*ipc.frames.columns_of(name)]
