import hashlib

import pytest
from files import ROOT

from ipcompare.corpus import CorpusError, read_corpus, read_document
from ipcompare.text import TextError, read_text


def corpus_of(folder, rows, header="doc_id,file,sha256"):
    (folder / "documents.csv").write_text("\n".join([header, *rows]), encoding="utf-8")
    return folder


def text_file(folder, name="a.txt", text="一、要求\n"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path, hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_five_texts_are_byte_for_byte_and_in_order():
    corpus = read_corpus(ROOT / "corpus")
    assert [d.doc_id for d in corpus.documents] == [
        "hebei-2016", "hebi-2017", "fuxin-2017", "zhengzhou-2017", "xinxiang-2024",
    ]  # fmt: skip
    sums = {d.doc_id: hashlib.sha256(d.text.encode()).hexdigest() for d in corpus.documents}
    assert sums == {d.doc_id: d.sha256 for d in corpus.documents}
    assert corpus["fuxin-2017"].date_issued is None and corpus["hebei-2016"].title is None


def test_a_changed_byte_is_refused(tmp_path):
    path, sha = text_file(tmp_path)
    corpus_of(tmp_path, [f"a,a.txt,{sha}"])
    path.write_text("一、要求！\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"a\.txt: the text has changed.*line 2"):
        read_corpus(tmp_path)


@pytest.mark.parametrize(
    "rows, header, problem",
    [
        (["a,b.txt,x"], "doc_id,file,sha256", "line 2: a: no file"),
        (["A B,a.txt,{sha}"], "doc_id,file,sha256", "doc_id 'A B': use lower-case"),
        (["a,a.txt,{sha}", "a,a.txt,{sha}"], "doc_id,file,sha256", "a stands twice"),
        (["a,a.txt"], "doc_id,file", "lacks sha256"),
        (["a,a.txt,{sha},x"], "doc_id,file,sha256,colour", "unknown: colour"),
        (["a,a.txt,{sha},3月"], "doc_id,file,sha256,date_issued", "date_issued '3月'"),
        (["a,a.txt"], "doc_id,file,sha256", "2 cells, needs 3"),
        ([], "doc_id,file,sha256", "lists no document"),
        (["a;a.txt;{sha}"], "doc_id;file;sha256", "by semicolons, they must be by commas"),
        (["a\ta.txt\t{sha}"], "doc_id\tfile\tsha256", "by tabs, they must be by commas"),
    ],
)
def test_a_bad_record_is_refused_with_its_place(tmp_path, rows, header, problem):
    _, sha = text_file(tmp_path)
    corpus_of(tmp_path, [r.format(sha=sha) for r in rows], header)
    with pytest.raises(CorpusError) as error:
        read_corpus(tmp_path)
    assert problem in str(error.value) and "documents.csv" in str(error.value)


def test_a_hash_may_be_in_capitals(tmp_path):
    _, sha = text_file(tmp_path)
    corpus = read_corpus(corpus_of(tmp_path, [f"a,a.txt,{sha.upper()}"]))
    assert corpus["a"].sha256 == sha


def test_a_text_names_those_it_carries_out(tmp_path):
    _, sha = text_file(tmp_path)
    rows = [f"a,a.txt,{sha},,参照", f"b,a.txt,{sha},a; c,report", f"c,a.txt,{sha},,"]
    corpus = read_corpus(corpus_of(tmp_path, rows, header="doc_id,file,sha256,parent,use"))
    assert corpus["b"].parents == ("a", "c")
    assert [document.use for document in corpus.documents] == ["reference", None, None]


@pytest.mark.parametrize(
    "parent, problem", [("x", "parent: x is no document"), ("a", "parent 'a' is the text itself")]
)
def test_a_parent_must_be_another_text_of_the_corpus(tmp_path, parent, problem):
    _, sha = text_file(tmp_path)
    header = "doc_id,file,sha256,parent"
    with pytest.raises(CorpusError, match=problem):
        read_corpus(corpus_of(tmp_path, [f"a,a.txt,{sha},{parent}"], header=header))


def test_a_text_that_nobody_listed_is_refused(tmp_path):
    _, sha = text_file(tmp_path)
    (tmp_path / "texts").mkdir()
    text_file(tmp_path / "texts", "stray.txt")
    with pytest.raises(CorpusError, match=r"stray\.txt: not listed"):
        read_corpus(corpus_of(tmp_path, [f"a,a.txt,{sha}"]))


@pytest.mark.parametrize(
    "data, problem",
    [
        (b"", "is empty"),
        (b" \n\xe3\x80\x80\n", "is empty"),
        (b"PK\x03\x04\x00\x00", "is binary"),
        ("一、要求".encode("gb18030"), "not UTF-8 at byte.*GB18030"),
        (None, "no such file"),
    ],
)
def test_a_file_that_is_no_text_is_refused_with_the_cure(tmp_path, data, problem):
    path = tmp_path / "x.txt"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(TextError, match=problem):
        read_text(path)


def test_newlines_stay_as_they_are(tmp_path):
    (tmp_path / "a.txt").write_bytes("甲\r\n乙".encode())
    assert read_document(tmp_path / "a.txt").text == "甲\r\n乙"


def test_a_notebook_shows_what_is_wrong_in_a_line():
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    shell = InteractiveShell.instance()
    with capture_output() as said:
        shell.run_cell(
            f"import ipcompare as ipc\nipc.read_corpus({str(ROOT / 'corpus')!r}, only=['nowhere'])"
        )
    lines = [line for line in said.stdout.splitlines() if line.strip()]
    assert (
        len(lines) == 1
        and lines[0].startswith("CorpusError: ")
        and "no document nowhere" in lines[0]
    )
    shell.clear_instance()
