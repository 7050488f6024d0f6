"""The notebooks on other corpora: one text, two, three, many, and texts without anything in them."""

import nbformat
import pytest
from files import ROOT

from ipcompare.building.build import build, left_out
from ipcompare.collecting import add_files
from ipcompare.corpus import CorpusError

NOTEBOOKS = [path for path in sorted((ROOT / "notebooks").glob("0[0-5]*.ipynb"))]
TEXT = """某市知识产权工作方案
一、主要目标
到2025年，有效注册商标达到{n}件以上，{more}。
二、保障措施
（一）加强组织领导。建立知识产权工作领导小组，统筹推进第{n}项工作。（责任单位：市科技局）
（二）加大奖励。对获得中国专利金奖的给予{n}元奖励。
"""
BARE = "某市会议纪要\n会议听取了汇报。\n会议强调，要统一思想，提高认识，狠抓落实。\n"


def corpus_of(folder, texts):
    files = folder / "files"
    files.mkdir()
    for n, text in enumerate(texts):
        (files / f"t{n:02}.txt").write_text(text, "utf-8")
    assert all(
        one.outcome == "added" for one in add_files([files], folder / "mine", keep_duplicates=True)
    )
    return folder / "mine"


def texts(n):
    return [
        TEXT.format(n=3000 + 100 * k, more=f"专利导航项目达到{k + 10}项" * (k % 2))
        for k in range(n)
    ]


@pytest.mark.parametrize(
    "made, lang",
    [
        (texts(1), "zh"), (texts(2), "en"), ([*texts(2), BARE], "zh"), (texts(13), "zh"), ([BARE], "en"),
    ],
    ids=["one", "two", "three", "thirteen", "bare"],
)  # fmt: skip
def test_every_cell_runs_whatever_the_texts(made, lang, tmp_path, monkeypatch):
    corpus = corpus_of(tmp_path, made)
    monkeypatch.setenv("IPCOMPARE_OUTPUTS", str(tmp_path / "out"))
    monkeypatch.setenv("IPCOMPARE_ONLY", "none")  # drawn, not saved
    for path in NOTEBOOKS:
        names = {}
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                exec(compile(cell.source, f"{path.stem} {cell['id']}", "exec"), names)
            if cell["id"] == "settings":
                names |= {"corpus": str(corpus), "lang": lang}
                names |= {"reference": "t00"} if "reference" in names else {}


def test_one_exhibit_of_another_corpus_is_built(tmp_path):
    mine = corpus_of(tmp_path, texts(2))
    files = build(ROOT / "notebooks", tmp_path / "out", corpus=mine, only=["summary"], lang="zh")
    assert [path.name for path in files] == ["summary.tex", "summary.csv"]
    table = (tmp_path / "out/tables/summary.csv").read_text("utf-8-sig")
    assert [line.split(",")[0] for line in table.splitlines()] == ["doc_id", "t00", "t01"]


def test_outputs_of_the_shipped_texts_are_not_overwritten(tmp_path):
    mine = corpus_of(tmp_path, texts(1))
    with pytest.raises(ValueError, match="give another --out"):
        build(ROOT / "notebooks", ROOT / "outputs", corpus=mine)
    with pytest.raises(CorpusError, match="no such file"):
        build(ROOT / "notebooks", tmp_path / "out", corpus=tmp_path / "nowhere")


def test_what_needs_a_gold_standard_is_left_out():
    assert left_out(ROOT / "notebooks") == [
        "06-validation",
        "07-your-own-texts",
        "08-code-your-own",
    ]
