"""The invented documents: the same from the same seed, read as a corpus, true to what they plant."""

import csv
import re

import pandas as pd
import planted
import pytest
from invented import doc_id_of, invent, provisions, write_corpus
from invented.layouts import numeral

import ipcompare as ipc

N = 40


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("invented") / "corpus"
    write_corpus(made, N, seed=1)
    return made


@pytest.fixture(scope="module")
def tables(folder):
    return planted.planted_tables(folder)


@pytest.fixture(scope="module")
def rows(folder):
    return ipc.clause_table(ipc.read_corpus(folder))


@pytest.fixture(scope="module")
def found(rows):
    return ipc.extract_targets(rows)


def content(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def lines(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(folder, tmp_path):
    write_corpus(tmp_path / "same", N, seed=1)
    assert content(tmp_path / "same") == content(folder)
    assert invent(0, seed=2).text != invent(0, seed=1).text


def test_ten_documents_are_the_first_ten_of_forty(folder, tmp_path):
    write_corpus(tmp_path / "ten", 10, seed=1)
    ids = {doc_id_of(n) for n in range(10)}
    for path in (tmp_path / "ten").glob("*.csv"):
        assert lines(path) == [r for r in lines(folder / path.name) if r["doc_id"] in ids]
    texts = content(tmp_path / "ten" / "texts")
    assert len(texts) == 10
    assert texts.items() <= content(folder / "texts").items()


def test_documents_from_a_later_one_on_are_the_same(folder, tmp_path):
    write_corpus(tmp_path / "later", 5, seed=1, start=30)
    assert content(tmp_path / "later" / "texts").items() <= content(folder / "texts").items()


def test_a_folder_that_holds_a_corpus_is_refused(folder):
    with pytest.raises(FileExistsError, match="holds a corpus already"):
        write_corpus(folder, 1)


def test_progress_is_told_document_by_document(tmp_path):
    told = []
    write_corpus(tmp_path, 3, progress=told.append)
    assert told == [1, 2, 3]


def test_each_has_the_size_of_a_real_plan(tables):
    provisions = tables["structure"].query("leaf").groupby("doc_id").size()
    assert provisions.between(18, 50).all()
    lengths = [len("".join(invent(n, seed=1).text.split())) for n in range(N)]
    assert min(lengths) > 1000 and max(lengths) < 5500


# --- what is planted -------------------------------------------------------------------------


def test_quotes_stand_in_the_text_and_numbers_at_their_place(folder, tables):
    texts = {p.stem: p.read_text(encoding="utf-8") for p in (folder / "texts").glob("*.txt")}
    for row in tables["targets"].itertuples():
        text = texts[row.doc_id]
        written = bare(text[row.char_start : row.char_end])
        assert written in (row.number, row.number + row.unit, row.number + "％")
        assert bare(row.quote) in bare(text)
        assert written in bare(row.quote)


def bare(text):
    """Without white space, table bars and numbers of pages."""
    return re.sub(r"\s+|\|", "", re.sub(r"\n\s*[—-] ?\d+ ?[—-]\s*\n", "\n", text))


def test_what_is_planted_is_varied(tables):
    targets = tables["targets"]
    assert set(targets["kind"]) == {"target", "incentive", "condition", "resource", "fact"}
    assert set(targets["comparator"]) == {"=", ">=", ">", "<=", "~", "range"}
    assert targets["entry"].nunique() > 40
    assert targets["unit"].nunique() > 12


def test_planted_targets_are_found(tables, found):
    scores = planted.target_scores(tables["targets"], found)
    assert scores["planted"] > 500
    assert scores["recall"] >= 0.99
    assert scores["precision"] >= 0.99


def test_planted_provisions_are_found(tables, rows):
    scores = planted.structure_scores(tables["structure"], rows)
    assert scores["recall"] >= 0.98
    assert scores["precision"] >= 0.98


def test_a_missed_target_and_a_strange_one_lower_the_scores(tables, found):
    found = found.copy()
    found.loc[found.index[:100], "low"] += 1
    scores = planted.target_scores(tables["targets"], found)
    assert scores["recall"] < 0.9
    assert scores["precision"] < 0.9


# --- copies ----------------------------------------------------------------------------------


def words_at(clause_id):
    """The words of a provision before the text was set."""
    doc_id, path = clause_id.split("#")
    return provisions(int(doc_id[-6:]), seed=1)[path]


def test_copies_point_to_earlier_provisions_and_are_what_they_say():
    copies = pd.DataFrame([row for n in range(100) for row in invent(n, seed=1).copies])
    chosen = copies.groupby("form").head(40)
    assert set(chosen["form"]) == {"document", "verbatim", "edited"}
    for row in chosen.itertuples():
        copy, source = words_at(row.clause_id), words_at(row.source_clause_id)
        assert row.source_doc_id < row.doc_id
        assert (copy == source) == (row.changed == 0)
        if row.form == "document":
            changed = sum(a != b for a, b in zip(copy, source, strict=True))
            assert row.changed == pytest.approx(changed / len(copy), abs=1e-4)
        else:
            assert (row.form == "edited") == (row.changed > 0)


def test_a_run_copies_one_plan_and_names_another_place():
    documents = [invent(n, seed=0) for n in range(4, 200)]
    whole = [d for d in documents if d.copies and d.copies[0]["form"] == "document"]
    sources = pd.Series([d.copies[0]["source_doc_id"] for d in whole])
    assert 0.005 < len(whole) / len(documents) < 0.08
    assert sources.value_counts().iloc[0] > 2
    for document in whole:
        source = invent(int(document.copies[0]["source_doc_id"][-6:]), seed=0)
        assert document.record["jurisdiction"] != source.record["jurisdiction"]


def test_recall_of_copies_counts_a_pair_either_way():
    copies = pd.DataFrame(
        [("b#1", "a#1", "verbatim"), ("b#2", "a#2", "verbatim"), ("c#1", "a#1", "edited")],
        columns=["clause_id", "source_clause_id", "form"],
    )
    pairs = pd.DataFrame([("a#1", "b#1"), ("c#1", "a#1")], columns=["clause_id", "match_id"])
    assert planted.copies_found(copies, pairs) == {"verbatim": 0.5, "edited": 1.0}


def test_numerals():
    assert [numeral(n) for n in (1, 10, 11, 20, 35)] == ["一", "十", "十一", "二十", "三十五"]
