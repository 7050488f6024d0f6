"""documents.csv where it is no CSV that can be read."""

from ipcompare.record import read_record


def test_a_cell_longer_than_a_csv_may_have_is_named(tmp_path):
    path = tmp_path / "documents.csv"
    path.write_text("doc_id,title\na,甲\nb," + "长" * 140_000 + "\n", encoding="utf-8")
    rows, problems = read_record(path, ("doc_id", "title"), ())
    assert rows == []
    assert problems == [f"{path}, line 3: a cell of over 131,072 characters; shorten it"]
