"""The command line: a correction put on record, completed, listed by check, in the way of compare."""

from corrected import TEXT, corpus_folder, line, write_lines
from typer.testing import CliRunner

from ipcompare.cli import app


def run(*args):
    return CliRunner().invoke(app, [str(arg) for arg in args])


def correct(folder, *more, who="王"):
    return run("correct", *more, "--who", who, "--why", "核对原文", "--corpus", folder)


def test_a_correction_is_put_on_record_and_stands_in_the_tables(tmp_path):
    folder, out = corpus_folder(tmp_path), tmp_path / "out"
    made = correct(folder, "a#1@1", "--field", "deadline", "--new", "2021")
    assert made.exit_code == 0
    assert made.stdout == "corrections.csv, line 2: a#1@1, deadline: '2020' → '2021'\n"
    assert run("compare", "--corpus", folder, "--out", out).exit_code == 0
    for name in ("targets", "aligned_targets"):
        assert "deadline: 王" in (out / f"{name}.csv").read_text("utf-8-sig")
    assert "†" in (out / "target_matrix.csv").read_text("utf-8-sig")


def test_one_without_a_name_is_refused(tmp_path):
    made = correct(corpus_folder(tmp_path), "a#1@1", "--field", "kind", "--new", "fact", who="")
    assert made.exit_code == 2 and "who is empty; say who corrects it" in made.stderr


def test_lines_are_completed(tmp_path):
    folder = corpus_folder(tmp_path)
    write_lines(folder, line("a#1@1", "", "kind", "", "fact") | {"text_hash": ""})
    assert "line 2: a#1@1, kind: 'target' → 'fact'" in run("correct", "--corpus", folder).stdout
    assert "leaves anything empty" in run("correct", "--corpus", folder).stdout


def test_check_lists_what_compare_stops_at(tmp_path):
    write_lines(tmp_path, line("a#1@1", 22, "deadline", "2020", "2021"),
                line("a#2@1", 9, "kind", "incentive", "fact"))  # fmt: skip
    folder = corpus_folder(tmp_path, a=TEXT.replace("培育", "新培育"))
    checked = run("check", "--corpus", folder)
    assert checked.exit_code == 0 and checked.stderr.count("refused: ") == 2
    assert "line 2: a#1@1, deadline: the text of a#1 is not the one" in checked.stderr
    assert "line 3: a#2@1, kind: no number is read at place 9; there are 14 (2)" in checked.stderr
    stopped = run("compare", "--corpus", folder, "--out", tmp_path / "out")
    assert stopped.exit_code == 2 and "2 corrections are refused:" in stopped.stderr
    assert "line 2: a#1@1, deadline: the text" in stopped.stderr and "line 3: a#2" in stopped.stderr
    assert not (tmp_path / "out").exists()


def test_check_says_where_a_clause_is_now(tmp_path):
    write_lines(tmp_path, line("a#1@1", 22, "deadline", "2020", "2021"))
    folder = corpus_folder(tmp_path, a="一、总则。统筹推进。\n" + TEXT)
    said = run("check", "--corpus", folder).stderr
    assert said == (
        "corrections.csv, line 2: a#1 is a#1~2 now; its text is the same, so the correction holds\n"
    )
