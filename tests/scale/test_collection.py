"""Many documents: the tables of ``compare``, in parts, resumed, the same wherever they are made."""

import os
import shutil

import pandas as pd
import pytest
from corpora import plan, plans, write_corpus

from ipcompare.corpus import CorpusError, read_corpus
from ipcompare.exports.saving import csv_text
from ipcompare.frames import columns_of
from ipcompare.indicators import matrix_cells
from ipcompare.scale import collection, compare_collection, parts, recall_in_words, stages
from ipcompare.study import Study, add_correction

pytest.importorskip("pyarrow")  # make scale

FRAMES = {
    "clauses": lambda made: made.clauses,
    "targets": lambda made: made.targets,
    "aligned_targets": lambda made: made.aligned,
    "unaligned_targets": lambda made: made.unaligned,
    "matrix_cells": lambda made: matrix_cells(made.aligned, made.qualitative),
}


def read(folder, name):
    frame = pd.read_parquet(folder / f"{name}.parquet")
    return frame.assign(units=frame["units"].map(list)) if "units" in frame else frame


def contents(folder):
    """The bytes of every table."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.parquet"))}


@pytest.mark.parametrize("name", FRAMES)
def test_tables_are_those_of_a_study(name, corpus, compared):
    expected = FRAMES[name](Study(read_corpus(corpus)))
    assert csv_text(read(compared, name)) == csv_text(expected)


def test_matches_of_different_wordings_are_those_of_match_clauses(tmp_path):
    folder = write_corpus(tmp_path / "corpus", plans(15, copies=False))
    study = Study(read_corpus(folder))
    compare_collection(folder, tmp_path / "out", workers=1)
    assert read(tmp_path / "out", "wording_places").empty
    found = read(tmp_path / "out", "clause_matches")[list(columns_of("matches"))]
    expected = study.matches.astype({"rank": "int64"})
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)


def test_nearest_documents_are_the_rows_of_document_similarity(corpus, compared):
    similarity = Study(read_corpus(corpus)).similarity
    for row in read(compared, "nearest_documents").itertuples():
        others = similarity.loc[row.doc_id].drop(row.doc_id)
        assert row.similarity == others[row.other_id]
        assert (others > row.similarity).sum() < row.rank


def test_a_provision_in_the_same_words_is_one_wording_and_three_places(compared):
    places = read(compared, "wording_places")
    first = places[places["wording_id"] == "d000#1.1"]
    assert list(first["clause_id"]) == ["d000#1.1", "d018#1.1", "d019#1.1"]
    matches = read(compared, "clause_matches")
    assert set(matches.loc[matches["clause_id"] == "d000#1.1", "n_places"]) == {3}
    copied = set(places["clause_id"]) - set(places["wording_id"])
    assert not copied & {*matches["clause_id"], *matches["match_id"]}


def test_nearly_the_same_wordings_are_pairs_of_different_documents(tmp_path):
    words = "围绕主导产业实施专利导航，编制导航报告，建立专题数据库，培育高价值专利组合。"
    texts = {
        "a": f"甲市方案\n一、任务\n（一）专利导航。{words}\n（二）人才。举办培训班。\n",
        "b": f"乙市方案\n一、任务\n（一）专利导航。{words}定期发布。\n（二）质押。扩大贷款。\n",
    }
    folder = write_corpus(tmp_path / "corpus", texts)
    compare_collection(folder, tmp_path / "out", workers=1)
    ((one, other, score),) = read(tmp_path / "out", "near_wordings").itertuples(index=False)
    assert (one, other) == ("a#1.1", "b#1.1") and 0.6 <= score < 1


def test_documents_that_are_nearly_one_text_are_a_group(compared):
    groups = read(compared, "document_groups")
    assert list(groups["doc_id"]) == ["d000", "d018", "d019"]
    assert set(groups["group"]) == {"d000"}
    assert groups["alike"].between(0.7, 1).all()


@pytest.mark.parametrize(
    "table",
    ["document_groups", "matching_recall", "near_wordings", "nearest_documents", "wording_places"],
)
def test_tables_have_the_columns_that_are_listed(table, compared):
    assert list(read(compared, table)) == list(columns_of(table))


def test_the_record_has_the_name_of_each_document(compared):
    assert list(read(compared, "documents")["document"])[:2] == ["东河 2015", "西山 2016"]


# --- interrupted, changed -----------------------------------------------------------------------


@pytest.fixture
def made(monkeypatch):
    """The doc_ids that were read, in order."""
    read_ids = []
    real = stages.make_part
    monkeypatch.setattr(parts, "DOCUMENTS", 4)
    monkeypatch.setattr(collection, "DOCUMENTS", 4)

    def noted(batch):
        read_ids.extend(row.cells["doc_id"] for row in batch.rows)
        return real(batch)

    monkeypatch.setattr(collection, "make_part", noted)
    return read_ids


def test_an_interrupted_comparison_goes_on_and_gives_the_same_bytes(
    corpus, compared, made, tmp_path
):
    def stop(done, total, said):
        if done >= 8:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compare_collection(corpus, tmp_path / "out", workers=1, progress=stop)
    assert len(made) == 8
    assert not list((tmp_path / "out").glob("*.parquet"))
    compare_collection(corpus, tmp_path / "out", workers=1)
    assert len(made) == 20 and len(set(made)) == 20  # no document was done twice
    assert contents(tmp_path / "out") == contents(compared)


def test_only_a_changed_document_is_read_again(made, tmp_path):
    texts = plans(10)
    folder = write_corpus(tmp_path / "corpus", texts)
    compare_collection(folder, tmp_path / "out", workers=1)
    made.clear()
    write_corpus(folder, texts | {"d003": plan(33)})
    compare_collection(folder, tmp_path / "out", workers=1)
    assert made == ["d003"]
    compare_collection(folder, tmp_path / "anew", workers=1)
    assert contents(tmp_path / "out") == contents(tmp_path / "anew")


def test_another_version_of_the_package_makes_everything_anew(made, tmp_path, monkeypatch):
    folder = write_corpus(tmp_path / "corpus", plans(4))
    compare_collection(folder, tmp_path / "out", workers=1)
    monkeypatch.setattr(parts, "made_with", lambda: "another version")
    compare_collection(folder, tmp_path / "out", workers=1)
    assert len(made) == 8
    assert len(list((tmp_path / "out" / collection.HIDDEN).glob("*"))) == 1  # the old part is gone


def test_an_interrupt_while_tables_are_written_leaves_the_old_ones(corpus, compared, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(compared, out)
    before = contents(out)

    def stop(done, total, said):
        if said == "matches":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compare_collection(corpus, out, workers=1, progress=stop)
    assert contents(out) == before
    assert not list((out / collection.HIDDEN).glob(".*"))


def test_corrections_are_carried_into_the_tables(tmp_path):
    folder = write_corpus(tmp_path / "corpus", plans(8))
    compare_collection(folder, tmp_path / "out", workers=1)
    target = read(tmp_path / "out", "targets").iloc[0]
    add_correction(folder, target["target_id"], "unit", "个", who="王", why="逐字核对")
    compare_collection(folder, tmp_path / "out", workers=1)
    found = read(tmp_path / "out", "targets").set_index("target_id").loc[target["target_id"]]
    assert (found["unit"], found["corrected"]) == ("个", "unit: 王")
    expected = Study(read_corpus(folder)).targets
    assert csv_text(read(tmp_path / "out", "targets")) == csv_text(expected)


def test_a_text_that_changes_under_way_is_refused(tmp_path, monkeypatch):
    folder = write_corpus(tmp_path / "corpus", plans(3))
    record = collection.record_rows(folder)
    (folder / "texts" / "d001.txt").write_text("别的", encoding="utf-8")
    monkeypatch.setattr(collection, "record_rows", lambda folder: record)
    with pytest.raises(CorpusError, match="d001.txt: the text has changed while"):
        compare_collection(folder, tmp_path / "out", workers=1)


# --- elsewhere ----------------------------------------------------------------------------------


def test_two_processes_give_the_same_bytes(corpus, compared, tmp_path):
    compare_collection(corpus, tmp_path / "out", workers=2)
    assert contents(tmp_path / "out") == contents(compared)


def test_a_cluster_that_loses_a_worker_gives_the_same_bytes(
    corpus, compared, tmp_path, monkeypatch
):
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(collection, "DOCUMENTS", 1)
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with distributed.LocalCluster(**options) as cluster, distributed.Client(cluster) as client:
        processes = list(client.run(os.getpid).values())

        def kill_one(done, total, said):
            if said == "reading" and done == 5:
                os.kill(processes.pop(), 9)

        compare_collection(
            corpus, tmp_path / "out", scheduler=cluster.scheduler_address, progress=kill_one
        )
        assert len(processes) == 1
    assert contents(tmp_path / "out") == contents(compared)


def test_candidates_are_measured_and_said(corpus, tmp_path, monkeypatch):
    monkeypatch.setattr("ipcompare.scale.blocks.EXACT", 10)
    _, recall = compare_collection(corpus, tmp_path / "out", workers=1)
    steps = recall[recall["method"] == "candidates"]
    assert set(steps["step"]) == {"counterparts", "matches", "similar_documents"}
    assert (steps["n_found"] <= steps["n_true"]).all() and (steps["n_true"] > 0).all()
    assert "found in a sample" in recall_in_words(recall)
