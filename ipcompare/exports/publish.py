"""What is made from the notebooks' exhibits: workbook, Word and LaTeX tables, database, report."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from ipcompare.citations import document_names, write_bibliography
from ipcompare.comparison import comparison_tables
from ipcompare.corpus import read_corpus
from ipcompare.exports.database import write_database
from ipcompare.exports.latex import to_latex
from ipcompare.exports.outputs import exhibits
from ipcompare.exports.word_tables import write_tables_document
from ipcompare.exports.workbook import write_workbook
from ipcompare.report.document import PRINTED, write_report_document
from ipcompare.report.page import write_report

_LEGEND = (
    "括号内为完成年份及限定；“未提及”指文本没有给出数字，“定性”为原文用语；"
    "* 表示口径、范围或表述有差别，见 aligned-targets 的 flag 列；每格只列一项，其余见该表。"
)
NOTES = {"target-matrix": _LEGEND, "incentive-matrix": "“未提及”指文本没有给出金额或比例。"}


def publish(corpus_folder: Path | str, outputs: Path | str) -> Iterator[tuple[Path, str]]:
    """Write everything that stands beside ``tables/`` and ``figures/``; yields path and maker."""
    corpus, outputs = read_corpus(corpus_folder), Path(outputs)
    tables = saved_tables(outputs)
    yield write_workbook(tables, outputs / "ipcompare.xlsx"), "write_workbook"
    printed = {i: _named(tables[i], document_names(corpus)) for i in PRINTED if i in tables}
    yield (
        write_tables_document(printed, outputs / "tables.docx", notes=NOTES),
        "write_tables_document",
    )
    for path in _write_latex(printed, outputs / "latex"):
        yield path, "to_latex"
    for path in write_bibliography(corpus, outputs):
        yield path, "write_bibliography"
    made = dict(comparison_tables(corpus_folder))
    path = outputs / "ipcompare.sqlite"
    write_database(
        path, corpus=corpus, clauses=made["clauses"], targets=made["targets"],
        aligned=made["aligned_targets"], matches=made["clause_matches"],
    )  # fmt: skip
    yield path, "write_database"
    write_report(corpus, outputs / "report.html", folder=outputs)
    yield outputs / "report.html", "write_report"
    path = write_report_document(corpus, outputs / "report.docx", folder=outputs)
    yield path, "write_report_document"


def saved_tables(outputs: Path) -> dict[str, pd.DataFrame]:
    """The tables that the notebooks saved, by exhibit id in the order of ``exhibits.toml``."""
    found = {}
    for exhibit in exhibits().values():
        path = outputs / "tables" / f"{exhibit.id}.csv"
        if exhibit.kind == "table" and path.is_file():
            frame = pd.read_csv(path, encoding="utf-8-sig", keep_default_na=False, na_values=[""])
            found[exhibit.id] = frame.convert_dtypes()
    return found


def _named(frame: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """The frame with documents called by their names, in columns and first cells."""
    frame = frame.rename(columns=names)
    if "doc_id" in frame:
        frame = frame.assign(doc_id=frame["doc_id"].replace(names))
    return frame


def _write_latex(tables: dict[str, pd.DataFrame], folder: Path) -> Iterator[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in tables.items():
        exhibit, path = exhibits()[name], folder / f"{name}.tex"
        text = to_latex(
            frame,
            id=name,
            title=exhibit.title_zh,
            note=NOTES.get(name, ""),
            source="、".join(exhibit.sources),
        )
        path.write_text(text, encoding="utf-8", newline="\n")
        yield path
