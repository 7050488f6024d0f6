"""Files into a corpus: what is written, what is refused, and that nothing is half-written."""

import io
import json
import os
import zipfile

import pytest

from ipcompare.collecting import add_files, adding
from ipcompare.corpus import CorpusError, read_corpus

PLAN = "鹤壁市知识产权工作方案\n鹤政〔2021〕3号\n一、主要目标\n到2025年，注册商标达到3000件，培育5家企业。\n"
OTHER = "新乡市专利资助办法\n第一条 为鼓励创新，制定本办法。\n第二条 每件奖励5000元，最高不超过10万元，每年安排一次。\n"


def outcomes(paths, into, **options):
    return [
        (one.name.rsplit("/", 1)[-1], one.outcome, one.doc_id)
        for one in add_files(paths, into, **options)
    ]


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "files"
    made.mkdir()
    (made / "a.txt").write_bytes(PLAN.encode("gb18030"))
    (made / "b.html").write_text(
        f"<html><body><p>{OTHER.replace(chr(10), '</p><p>')}</p></body></html>", "utf-8"
    )
    (made / "c.png").write_bytes(b"\x89PNG\r\n")
    return made


def test_a_folder_becomes_a_corpus_and_a_bad_file_stops_no_other(folder, tmp_path):
    mine = tmp_path / "mine"
    assert outcomes([folder], mine) == [
        ("a.txt", "added", "hebi-2021"),
        ("b.html", "added", "b"),
        ("c.png", "refused", ""),
    ]
    corpus = read_corpus(mine)
    assert corpus["hebi-2021"].text == PLAN and corpus["hebi-2021"].doc_number == "鹤政〔2021〕3号"
    assert corpus["b"].jurisdiction == "新乡市" and corpus["b"].adcode == "410700"
    assert (mine / corpus["hebi-2021"].original).read_bytes() == (folder / "a.txt").read_bytes()
    how = json.loads((mine / "originals/hebi-2021.read.json").read_text("utf-8"))
    assert how["encoding"] == "gb18030" and how["proposed"]["doc_number"] == [
        "鹤政〔2021〕3号",
        "line 2",
    ]
    assert not list(mine.rglob("*.part"))


def test_the_same_file_text_or_number_is_there_already(folder, tmp_path):
    mine = tmp_path / "mine"
    list(add_files([folder], mine))
    again = tmp_path / "again"
    again.mkdir()
    (again / "same.txt").write_bytes(PLAN.encode())  # other bytes, the same characters
    (again / "number.txt").write_text(PLAN.replace("5家企业", "6家企业，并举办两次活动"), "utf-8")
    assert outcomes([folder / "a.txt", again], mine) == [
        ("a.txt", "there", "hebi-2021"), ("number.txt", "duplicate", "hebi-2021"), ("same.txt", "duplicate", "hebi-2021"),
    ]  # fmt: skip
    assert [one.said for one in add_files([again], mine)] == [
        "the same number 鹤政〔2021〕3号",
        "the same text",
    ]
    assert [one[1:] for one in outcomes([again / "number.txt"], mine, keep_duplicates=True)] == [
        ("added", "hebi-2021-2")
    ]


def test_nearly_the_same_wording_is_one_text_but_not_of_another_place(tmp_path):
    words = [f"第{n}条 支持企业开展专利导航{n}项，加强知识产权保护和运用。\n" for n in range(40)]
    for name, place, last in (
        ("a", "新乡市", ""),
        ("b", "新乡市", "特此通知。"),
        ("c", "鹤壁市", ""),
    ):
        (tmp_path / f"{name}.txt").write_text(f"{place}专利办法\n{''.join(words)}{last}", "utf-8")
    found = list(add_files([tmp_path / f"{name}.txt" for name in "abc"], tmp_path / "mine"))
    assert [one.outcome for one in found] == ["added", "duplicate", "added"]
    assert "of the wording the same" in found[1].said


def test_members_of_an_archive_are_files_and_paths_in_it_lead_nowhere(tmp_path):
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../out.txt", PLAN)
        archive.writestr("dir/b.txt", OTHER)
        archive.writestr("__MACOSX/b.txt", "x")
        archive.writestr("inner.zip", zipped(PLAN))
    found = outcomes([path], tmp_path / "mine")
    assert found == [
        ("out.txt", "added", "hebi-2021"),
        ("b.txt", "added", "b"),
        ("inner.zip", "refused", ""),
    ]
    assert sorted(p.name for p in tmp_path.rglob("*.txt")) == [
        "b.txt",
        "b.txt",
        "hebi-2021.txt",
        "hebi-2021.txt",
    ]


def zipped(words):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", words)
    return data.getvalue()


def test_a_bomb_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("ipcompare.collecting.files.LARGEST", 100_000)
    (tmp_path / "bomb.zip").write_bytes(zipped("一" * 100_000))
    (one,) = add_files([tmp_path / "bomb.zip"], tmp_path / "mine")
    assert one.outcome == "refused" and "unpacks to more than" in one.said
    assert not (tmp_path / "mine").exists()


def test_lines_of_a_crawler_are_texts_each(tmp_path):
    rows = [{"text": PLAN}, {"text": OTHER, "标题": "新乡市专利资助办法"}, {"title": "无"}]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    (tmp_path / "all.jsonl").write_text("\n".join(lines), "utf-8")
    found = outcomes([tmp_path / "all.jsonl"], tmp_path / "mine")
    assert [one[:2] for one in found] == [
        ("all.jsonl, line 1", "added"),
        ("all.jsonl, line 2", "added"),
        ("all.jsonl, line 3", "refused"),
    ]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_out_of_a_folder_is_refused(tmp_path):
    (tmp_path / "secret.txt").write_text(PLAN, "utf-8")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "a.txt").symlink_to(tmp_path / "secret.txt")
    (one,) = add_files([inside], tmp_path / "mine")
    assert one.outcome == "refused" and "link out of its folder" in one.said


@pytest.mark.parametrize(
    "stop",
    ["originals/hebi-2021.txt", "originals/hebi-2021.read.json", "texts/hebi-2021.txt", "row"],
)
def test_an_interrupted_run_is_taken_up_by_the_next(folder, tmp_path, monkeypatch, stop):
    mine, write, append = tmp_path / "mine", adding.write_whole, adding.append_row

    def write_until(path, data):
        if str(path).endswith(stop):
            raise KeyboardInterrupt
        write(path, data)

    def never(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(adding, "write_whole", write_until)
    if stop == "row":
        monkeypatch.setattr(adding, "append_row", never)
    with pytest.raises(KeyboardInterrupt):
        list(add_files([folder], mine))
    monkeypatch.setattr(adding, "write_whole", write)
    monkeypatch.setattr(adding, "append_row", append)
    assert outcomes([folder], mine)[0] == ("a.txt", "added", "hebi-2021")
    assert read_corpus(mine)["hebi-2021"].text == PLAN


def test_a_text_of_the_same_name_that_nobody_listed_is_not_overwritten(folder, tmp_path):
    stray = tmp_path / "mine/texts/hebi-2021.txt"
    stray.parent.mkdir(parents=True)
    stray.write_text("我的文本", "utf-8")
    assert outcomes([folder / "a.txt"], tmp_path / "mine") == [("a.txt", "added", "hebi-2021-2")]
    assert stray.read_text("utf-8") == "我的文本"


def test_a_record_from_excel_is_kept_and_brought_into_form(folder, tmp_path):
    mine = tmp_path / "mine"
    list(add_files([folder / "b.html"], mine))
    record = mine / "documents.csv"
    text = record.read_text("utf-8").replace(",,,", ",2021/3/5,,", 0)
    record.write_bytes(text.replace("\n", "\r\n").encode("gb18030"))
    list(add_files([folder / "a.txt"], mine))
    assert [d.doc_id for d in read_corpus(mine).documents] == ["b", "hebi-2021"]
    assert record.read_bytes().decode("utf-8").count("\r") == 0


def test_a_record_that_is_wrong_is_mended_first(folder, tmp_path):
    mine = tmp_path / "mine"
    list(add_files([folder / "b.html"], mine))
    record = mine / "documents.csv"
    record.write_text(record.read_text("utf-8").replace("410700", "4107"), "utf-8")
    with pytest.raises(CorpusError, match="mend this first:\n.*line 2: adcode '4107'"):
        list(add_files([folder / "a.txt"], mine))
