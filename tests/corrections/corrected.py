"""A corpus of one or two short texts in a folder, and its corrections written by hand."""

import csv
import hashlib

from ipcompare.corpus import read_corpus
from ipcompare.corrections import COLUMNS, text_hash
from ipcompare.study import Study

TEXT = "一、目标。到2020年，培育知识产权优势企业5家，注册商标达到300件。\n二、奖励。对发明专利每件给予2万元资助。\n"


def corpus_folder(folder, **texts):
    """A corpus folder of these texts by doc_id; TEXT as ``a`` where none is given."""
    rows = ["doc_id,file,sha256"]
    for doc_id, text in (texts or {"a": TEXT}).items():
        path = folder / f"{doc_id}.txt"
        path.write_text(text, encoding="utf-8")
        rows.append(f"{doc_id},{path.name},{hashlib.sha256(path.read_bytes()).hexdigest()}")
    (folder / "documents.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


def line(id, place, field, old, new, who="王", why="误", *, text=None):
    """The cells of a line; the hash is that of its clause in TEXT, or of ``text``."""
    if text is None:
        text = TEXT.splitlines()[0 if id.startswith("a#1") else 1]
    return dict(zip(COLUMNS, (id, text_hash(text), place, field, old, new, who, why), strict=True))


def write_lines(folder, *lines):
    """corrections.csv with these lines."""
    with (folder / "corrections.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(lines)


def study_of(folder):
    """The study of a corpus folder."""
    return Study(read_corpus(folder))
