import csv
import io
import json

import pytest
from files import ROOT
from typer.testing import CliRunner

from ipcompare.cli import app
from ipcompare.frames import CLAUSE_COLUMNS, TARGET_COLUMNS

TEXT = "一、目标\r\n到2025年，新增就业5万人以上。今年培训300人次。\r\n"


def run(*args):
    return CliRunner().invoke(app, [str(a) for a in args])


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a b.txt"
    path.write_bytes(TEXT.encode())
    return path


def test_jsonl_has_exactly_the_columns(file):
    records = [
        json.loads(line) for line in run("clauses", file, "--format", "jsonl").stdout.splitlines()
    ]
    assert [tuple(r) for r in records] == [CLAUSE_COLUMNS]
    assert records[0]["clause_id"] == "a-b#1" and records[0]["units"] == []
    assert TEXT[records[0]["char_start"] : records[0]["char_end"]].endswith("300人次。")


def test_csv_has_exactly_the_columns(file):
    header = next(csv.reader(io.StringIO(run("targets", file, "--format", "csv").stdout)))
    assert tuple(header) == TARGET_COLUMNS


def test_targets_lead_back_into_the_file_as_given(file):
    result = run("targets", file, "--format", "jsonl", "--year", 2023)
    records = [json.loads(line) for line in result.stdout.splitlines()]
    spans = [TEXT[r["char_start"] : r["char_end"]] for r in records]
    assert spans == ["5万人", "300人次"]
    assert [r["deadline"] for r in records] == [2025, 2023]


def test_quantities_of_no_known_kind_are_listed(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("一、决定\n门户网站总字数12万字。", encoding="utf-8")
    result = run("targets", file)
    assert result.exit_code == 0
    assert "no rule decides the kind of 1 of 1 quantities" in result.stderr
    assert "a#1@1" in result.stderr and "unclear" in result.stdout


def test_why_explains_a_quantity_of_a_file_or_of_the_corpus(file):
    assert "comparator  >=, from 以上" in run("why", file, 1).stdout
    said = run("why", "zhengzhou-2017#3.5.10@1", "--corpus", ROOT / "corpus")
    assert "by the rule" in said.stdout and "pledge_interest_subsidy claims it" in said.stdout
    for number in ((), (3,)):
        result = run("why", file, *number)
        assert result.exit_code == 2 and "which of its 2 quantities" in result.stderr


def test_a_table_to_read(file):
    assert "目标" in run("clauses", file).stdout


def test_compare_writes_every_table(tmp_path):
    result = run("compare", "--corpus", ROOT / "corpus", "--out", tmp_path)
    assert result.exit_code == 0
    written = {p.name for p in tmp_path.iterdir()}
    assert {
        "clauses.csv",
        "document_similarity.csv",
        "clause_matches.csv",
        "targets.csv",
    } <= written


@pytest.mark.parametrize("data", [None, b"", b"PK\x00\x01", b"\xff\xfe\xfd"])
@pytest.mark.parametrize("command", ["clauses", "targets"])
def test_bad_files_end_in_one_line_and_status_2(tmp_path, data, command):
    path = tmp_path / "bad.txt"
    if data is not None:
        path.write_bytes(data)
    result = run(command, path)
    assert result.exit_code == 2
    assert "bad.txt" in result.stderr and len(result.stderr.splitlines()) <= 2


def test_a_missing_corpus_is_named(tmp_path):
    result = run("compare", "--corpus", tmp_path / "nowhere")
    assert result.exit_code == 2 and "nowhere" in result.stderr


@pytest.mark.parametrize(
    ("a", "b", "message"),
    [
        ("hebi-2017", "hebi-2017", "hebi-2017 is given twice"),
        ("hebi-217", "xinxiang-2024", "hebi-217 is no document; nearest are hebi-2017, "),
        ("hebi-2017#9.9", "hebi-2017#2.9", "hebi-2017#9.9 is no provision; nearest are hebi-2017#2.9"),
        ("xinxiang-2024", "hebi-2017#2.9", "hebi-2017#2.9 names a clause, xinxiang-2024 a document"),
    ],
)  # fmt: skip
def test_what_cannot_be_matched_is_refused_in_one_line(a, b, message):
    result = run("match", a, b, "--corpus", ROOT / "corpus")
    assert result.exit_code == 2 and not result.stdout
    assert message in result.stderr and len(result.stderr.splitlines()) == 1
