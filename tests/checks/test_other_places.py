"""Scores on texts of other places: joined with our own, those of others first; the coders."""

import json
import sys

import pandas as pd
import pytest
from files import ROOT

import ipcompare as ipc
from ipcompare.checks.agreement import TALLY_COLUMNS, cohens_kappa, score_table
from ipcompare.checks.other_places import agreement_row, rules_digest
from ipcompare.frames import columns_of

sys.path.insert(0, str(ROOT / "benchmarks"))
import other_places as benchmark  # noqa: E402

OWN = score_table(
    pd.DataFrame(
        [("a", "recall", 4, 4), ("a", "unit", 4, 4), ("b", "recall", 1, 2), ("b", "unit", 1, 1)],
        columns=TALLY_COLUMNS,
    )
)


def places(*rows):
    """Texts of other places: (group, name, check, n_right, n)."""
    frame = pd.DataFrame(rows, columns=["texts", "doc_id", "check", "n_right", "n"])
    return frame.reindex(columns=columns_of("read_other_places"), fill_value="x")


def test_other_places_come_first_and_what_is_not_scored_there_has_no_row():
    other = places(("other_places", "p", "recall", 1, 4), ("other_places", "q", "recall", 3, 4),
                   ("other_places", "p", "numbering_recall", 2, 2))  # fmt: skip
    both = ipc.checks.beside_other_places(OWN, other)
    assert both[["texts", "check", "n_documents", "n_right", "n"]].values.tolist() == [
        ["other_places", "recall", 2, 4, 8],
        ["in_sample", "recall", 2, 5, 6],
        ["in_sample", "unit", 2, 5, 5],
    ]


def test_texts_that_nobody_read_come_before_those_that_were_read():
    other = places(("other_places", "p", "unit", 1, 1), ("held_out", "q", "unit", 0, 1))
    both = ipc.checks.beside_other_places(OWN, other)
    assert list(dict.fromkeys(both["texts"])) == ["held_out", "other_places", "in_sample"]


def test_a_group_that_is_none_is_refused(tmp_path):
    path = tmp_path / "other.csv"
    places(("unseen", "p", "unit", 1, 1)).to_csv(path, index=False)
    with pytest.raises(ValueError, match="texts is held_out or other_places, not unseen"):
        ipc.checks.read_other_places(path)


def test_kappa_by_hand():
    # equal in 3 of 4; expected by chance 1/4 * 2/4 + 2/4 * 2/4 + 1/4 * 0 = .375
    pairs = [("x", "x"), ("y", "y"), ("y", "y"), ("z", "x")]
    assert cohens_kappa(pairs) == pytest.approx((0.75 - 0.375) / 0.625)
    assert cohens_kappa([("x", "x")] * 3) is None and cohens_kappa([]) is None


def test_a_field_in_own_words_has_no_kappa():
    row = agreement_row("indicator", [("商标", "商 标"), ("商标", "商标数")])
    assert row == ("indicator", "own_words", 2, 1, 0.5, None)
    assert agreement_row("kind", [("target", "target"), ("fact", "target")])[5] == 0


# ------------------------------------------------------------------ the published tables


def test_counts_alone_are_kept_of_texts_of_other_places():
    table = ipc.checks.read_other_places(ROOT / "benchmarks/other_places.csv")
    assert table["doc_id"].nunique() == 15 and table["source"].str.fullmatch(r"[\w-]+/[\w-]+").all()
    assert table["sha256"].str.fullmatch("[0-9a-f]{64}").all()
    assert (table["n_right"] <= table["n"]).all()
    assert (
        not table.astype(str)
        .map(lambda cell: any("\u4e00" <= c <= "\u9fff" for c in cell))
        .any(axis=None)
    )


def test_of_the_structure_of_other_places_the_numbering_alone_is_scored(study):
    own = ipc.checks.validate_clauses(study.clauses, ipc.read_gold(ROOT / "corpus/gold/clauses"))
    table = ipc.checks.read_other_places(ROOT / "benchmarks/other_places.csv")
    both = ipc.checks.beside_other_places(own, table)
    assert both.loc[both["texts"] == "other_places", "check"].tolist() == [
        "numbering_precision", "numbering_recall",
    ]  # fmt: skip


def test_no_text_that_was_read_is_called_held_out():
    listed = pd.read_csv(ROOT / "benchmarks/other_texts.csv")
    assert set(listed["texts"]) == {"other_places"}


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_scores_in_the_readme_are_those_of_the_tables(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    said = text.split(benchmark.MARKS[0])[1].split(benchmark.MARKS[1])[0]
    assert said == benchmark.blocks()[name]


# ------------------------------------------------------------------ the script


def test_a_folder_of_texts_is_scored(tmp_path):
    text = "一、目标\n到2025年，培育企业20家。\n二、保障\n（一）奖励。给予3万元奖励。\n"
    (tmp_path / "texts").mkdir()
    (tmp_path / "gold").mkdir()
    path = tmp_path / "texts/yi.txt"
    path.write_bytes(text.encode())
    mention = {"o": text.index("20家"), "number": "20", "low": 20, "high": 20, "comparator": "=",
               "unit": "家", "indicator": "培育企业", "measure": "level", "per_year": False,
               "deadline": 2024, "kind": "target", "coders": 2, "alt": {"deadline": 2025}}  # fmt: skip
    digest = benchmark.hashlib.sha256(text.encode()).hexdigest()
    lines = [json.dumps({"sha256": digest}), json.dumps(mention)]
    (tmp_path / "gold/yi.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "gold/yi.labels.json").write_text('["1", "2", "2.1", "2.2"]', encoding="utf-8")
    gold = benchmark.gold_of(tmp_path / "gold/yi.jsonl")
    found = benchmark.tallies_of(path, gold, 2024).set_index("check")[["n_right", "n"]]
    found = {check: tuple(counts) for check, counts in found.iterrows()}
    assert found["precision"] == (1, 2)  # 3万元 is in no coding
    assert found["recall"] == found["deadline"] == found["all_verbatim"] == (1, 1)
    assert (found["numbering_recall"], found["numbering_precision"]) == ((3, 4), (3, 3))
    path.write_bytes(text.replace("20", "30").encode())
    with pytest.raises(ValueError, match="not the text that was coded"):
        benchmark.tallies_of(path, gold, 2024)


def test_the_digest_stands_for_the_rules():
    assert rules_digest() == rules_digest() and len(rules_digest()) == 16
