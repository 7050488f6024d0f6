"""What the readers of files get right, on files made of a known text, and how fast they are.

    python benchmarks/readers.py    (needs LibreOffice, Chromium and a Chinese font; pdfplumber,
                                     pypdf, trafilatura, resiliparse are run where installed)

The text: a made-up plan with numbered provisions and an indicator table, the 河北省 text within it,
so that it runs over several pages; of ``scan.pdf``, pictures read by OCR, the first two pages, so
that only ``precision`` says something of it. Written is ``readers.csv``: ``file``, ``reader``, the
share of its ``characters`` (in one width) that come out in their order, the ``precision`` (of what
comes out, what stands in the text), the share of the ``cells`` of its table that come out as cells
of their rows, of the ``labels`` that come out at the start of a line, and
``characters_per_second`` (processor time).
"""

import csv
import difflib
import importlib.util
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from ipcompare import read_corpus
from ipcompare.intake import read_source
from ipcompare.text import fold_width

ROOT = Path(__file__).parent.parent
TABLE = [
    ["指标名称", "2020年", "2025年", "属性"],
    ["有效发明专利拥有量（件）", "1250", "3000", "预期性"],
    ["注册商标（件）", "9000", "20000", "预期性"],
    ["技术合同成交额（亿元）", "12.5", "40", "约束性"],
    ["知识产权质押融资额（亿元）", "3", "10", "预期性"],
]
PLAN = [
    ("", "甲市“十四五”知识产权发展规划"),
    ("一、", "发展基础"),
    ("", "“十三五”以来，全市有效发明专利拥有量年均增长18.6%，质押融资额累计达到3亿元，"
         "为今后五年的发展打下了良好基础，"
         "但仍存在高价值专利不多、转化运用不足、服务机构偏少等问题，需要在今后的工作中着力加以解决。"),
    ("二、", "主要目标"),
    ("（一）", "到2025年，有效发明专利拥有量达到3000件，注册商标达到2万件。"),
    ("（二）", "技术合同成交额达到40亿元，年均增长不低于20%。"),
    ("三、", "重点任务"),
    ("（一）", "加大资助力度。对获得国内发明专利授权的，每件资助5000元；"
               "对获得中国专利金奖的，一次性奖励50万元。"),
    ("（二）", "强化保护。建立快速维权机制，行政执法案件年结案率达到95%以上。"),
    ("四、", "主要指标"),
]  # fmt: skip


def known() -> tuple[list[tuple[str, str]], list[list[str]]]:
    """The paragraphs (label, words), and the rows of the table behind them."""
    hebei = read_corpus(ROOT / "corpus", only=["hebei-2016"]).documents[0].text
    lines = [("", line.strip("\u3000 ")) for line in hebei.splitlines() if line.strip("\u3000 ")]
    return [*PLAN[:-1], *lines, PLAN[-1]], TABLE


# --- files ------------------------------------------------------------------------------------


def word(path: Path) -> None:
    """A DOCX whose labels are automatic numbers."""
    from docx import Document
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document, (paragraphs, table) = Document(), known()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, text in enumerate(("%1、", "（%2）"))
    )
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'
    numbering.insert(0, parse_xml(abstract))
    number = f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'
    numbering.append(parse_xml(number))
    for label, words in paragraphs:
        properties = document.add_paragraph(words)._p.get_or_add_pPr()
        if label:
            level = 0 if label.endswith("、") else 1
            own = (
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
            )
            properties.append(parse_xml(own))
    grid = document.add_table(len(table), len(table[0]), style="Table Grid")
    for row, cells in zip(grid.rows, table, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    document.sections[0].header.paragraphs[0].text = "甲市人民政府文件"
    document.save(str(path))


def page(columns: int = 1) -> str:
    """A page of a government's site."""
    paragraphs, table = known()
    words = "".join(f"<p>{label}{words}</p>" for label, words in paragraphs)
    rows = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in table)
    style = (
        "body{font-family:'Noto Sans SC';font-size:12pt} table,td{border:1px solid;"
        "border-collapse:collapse} p{text-indent:2em;margin:4pt 0} "
        "@media print{.site{display:none}}"
        f" .text{{column-count:{columns};column-gap:2em}} table{{break-inside:avoid}}"
    )
    title, seen = PLAN[0][1], "发布日期：2021-03-05 浏览次数：1234次"
    return f"""<!doctype html><html><head><meta charset=utf-8>
        <title>{title}</title><style>{style}</style></head><body>
        <div class='site nav'><a>首页</a> <a>政务公开</a></div>
        <div class=site>当前位置：<a>首页</a> &gt; <a>规划</a></div><div class=site>{seen}</div>
        <div class='text'>{words}<table>{rows}</table></div>
        <div class='site share'>分享到：微信</div>
        <div class='site footer'>主办：甲市人民政府 网站标识码：1234567</div></body></html>"""


def files(folder: Path) -> list[Path]:
    """The files of all kinds, made of the one text."""
    paragraphs, table = known()
    plain = "\n".join([f"{a}{b}" for a, b in paragraphs] + ["\t".join(row) for row in table])
    made = []
    for name, encoding in (("utf8.txt", "utf-8"), ("gbk.txt", "gb18030"), ("utf16.txt", "utf-16")):
        made.append(folder / name)
        made[-1].write_bytes(plain.encode(encoding))
    word(folder / "plan.docx")
    made.append(folder / "plan.docx")
    for kind in ("doc", "odt", "pdf"):  # LibreOffice loses 、 of automatic numbers in RTF
        made.append(_converted(folder / "plan.docx", kind))
    (folder / "page.html").write_text(page(), encoding="utf-8")
    made.append(folder / "page.html")
    for columns in (1, 2):
        source = folder / f"columns-{columns}.html"
        source.write_text(page(columns), encoding="utf-8")
        made.append(_printed(source))
    if importlib.util.find_spec("rapidocr"):
        made.append(_scanned(folder / "plan.pdf"))
    return made


def _scanned(pdf: Path) -> Path:
    """Pictures of the first two pages, a little askew, as a scanner would make them."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        drawn = [document[n].render(scale=150 / 72).to_pil() for n in range(2)]
    pages = [page.convert("L").rotate(0.3, fillcolor=255) for page in drawn]
    path = pdf.with_name("scan.pdf")
    more = {"save_all": True, "append_images": pages[1:], "resolution": 150, "quality": 60}
    pages[0].save(path, **more)
    return path


def _converted(path: Path, kind: str) -> Path:
    command = [
        "soffice",
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(path.parent),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True)
    return path.with_suffix(f".{kind}")


def _printed(page: Path) -> Path:
    pdf = page.with_suffix(".pdf")
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))))
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={pdf}",
               "--disable-background-networking", "--no-first-run", page.as_uri()]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    return pdf


# --- scores -----------------------------------------------------------------------------------


def scores(text: str) -> list[float]:
    """Characters and precision in order, cells within their rows, labels at the start of lines."""
    paragraphs, table = known()
    whole = "".join(a + b for a, b in paragraphs) + "".join(map("".join, table))
    want, got = ("".join(fold_width(t).split()) for t in (whole, text))
    pairs = difflib.SequenceMatcher(None, want, got, autojunk=False).get_matching_blocks()
    same = sum(pair.size for pair in pairs)
    text = fold_width(text)
    table = [[fold_width(cell) for cell in row] for row in table]
    rows = [[c.strip() for c in line.split("\t")] for line in text.splitlines()]
    cells = sum(row in rows for row in table) * len(table[0])
    lines = [re.sub(r"\s", "", line) for line in text.splitlines()]
    labels = [(fold_width(a), fold_width(re.sub(r"\s", "", b))) for a, b in paragraphs if a]
    placed = sum(any(line.startswith(a + b[:6]) for line in lines) for a, b in labels)
    return [same / len(want), same / len(got), cells / sum(map(len, table)), placed / len(labels)]


def readers(path: Path) -> dict:
    """Our reader, and the packages that could stand in its place."""
    others = {".pdf": {"pypdfium2": _pdfium, "pdfplumber": _plumber, "pypdf": _pypdf},
              ".html": {"trafilatura": _trafilatura, "resiliparse": _resiliparse}}  # fmt: skip
    if path.name == "scan.pdf":
        return {"ipcompare": lambda path: read_source(path, ocr=True).text}
    found = {"ipcompare": lambda path: read_source(path).text, **others.get(path.suffix, {})}
    return {name: read for name, read in found.items() if importlib.util.find_spec(name)}


def _pdfium(path: Path) -> str:
    import pypdfium2

    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))


def _plumber(path: Path) -> str:
    import pdfplumber

    with pdfplumber.open(path) as document:
        return "\n".join(page.extract_text() or "" for page in document.pages)


def _pypdf(path: Path) -> str:
    import pypdf

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def _trafilatura(path: Path) -> str:
    import trafilatura

    text = trafilatura.extract(path.read_bytes(), include_tables=True, include_comments=False) or ""
    return "\n".join(_cells(line) for line in text.splitlines())


def _cells(line: str) -> str:
    """A row of Markdown, | a | b |, as cells."""
    line = line.strip()
    return "\t".join(c.strip() for c in line.strip("|").split("|")) if line[:1] == "|" else line


def _resiliparse(path: Path) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return extract_plain_text(path.read_text(encoding="utf-8"), main_content=True)


def main() -> None:
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for path in files(Path(folder)):
            for name, read in readers(path).items():
                start = time.process_time()
                text = read(path)
                speed = len(text) / max(time.process_time() - start, 1e-6)
                rows.append(
                    [path.name, name, *(round(x, 4) for x in scores(text)), round(speed, -2)]
                )
                print(*rows[-1])
    with (ROOT / "benchmarks/readers.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        head = ("file", "reader", "characters", "precision", "cells", "labels")
        writer.writerows([(*head, "characters_per_second"), *rows])


if __name__ == "__main__":
    main()
