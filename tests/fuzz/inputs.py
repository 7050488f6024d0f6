"""Mutated and made-up inputs, and what must hold for each; ``python tests/fuzz/inputs.py 20000 7``.

A file that cannot be read is refused in a line (PlainError); a text that can be read loses no
character, every number is shown by its span, low never exceeds high, and nothing takes 5 seconds.
"""

import io
import random
import re
import sys
import time
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # files.py, when this is run by itself

import docx
from files import CORPUS

from ipcompare import align_targets, clause_table, extract_targets, qualitative_mentions
from ipcompare.collecting import propose
from ipcompare.corpus import Corpus, Document
from ipcompare.data import PlainError
from ipcompare.intake import Source, read_bytes
from ipcompare.references import references
from ipcompare.text import fold_width

SECONDS = 5
PIECES = [
    "一、", "（一）", "1.", "（1）", "①", "第三条 ", "第1 2条", "1.1 ", "附件1", "目录", "\t", "|", "\n", "\r", "\x0b", "\u2028",
    "\u200b", "\ufeff", "\ue5e5", "　", "**", "## ", "到2025年，", "达到", "不低于", "3000件", "1.2亿元", "5%", "３～５家", "1/10万",
    "两三家", "万分之五", "120", "2020", "单位：万元", "指标\t2020年\t2025年\n", "专利（件）\t5\t9\n", "孕产妇死亡率(1/10万)\t12\n",
    "（责任单位：市科技局、市财政局）", "《甲市条例》", "甲政〔2019〕7号", "奖励", "以上", "至", "-", "—3—\n", "。", "；", "：", "，", "(", "）",
    "5000至1万元", "100万元", "9" * 40, "每年增长", "自2021年1月1日起施行，有效期5年", "[bookmark: _GoBack]", "<p>", "&nbsp;",
]  # fmt: skip


def made_up(draw: random.Random) -> str:
    """A text of pieces that texts have, in any order."""
    return "".join(draw.choices(PIECES, k=draw.randint(1, 80)))


HEADS = [
    "指标", "指标名称", "序号", "单位", "2020年", "2025年", "2025年目标", "基期值", "完成时限", "属性", "责任单位",
    "任务", "年均增长", "累计", "孕产妇死亡率(1/10万)", "专利（件）", "产值（100万元）", "补助标准", "备注", "",
]  # fmt: skip
CELLS = [
    "专利授权量", "质押融资额", "建设机构", "万元", "%", "件", "1/10万", "市科技局", "2020", "2020年底", "12", "12.5", "≥95",
    "1.2亿", "5～10", "3-5家", "120", "12345", "0311-87654321", "[3.2]", "约束性", "预期性", "/", "—", "…", "完成", "",
    "2025年12月底前", "一等奖", "对企业给予5万元奖励", "9" * 25, "两三家", "（一）", "合计", "^", "\u2028", "5000至1万元",
]  # fmt: skip


def made_table(draw: random.Random) -> str:
    """A table as files have it: heads, a line of units above, cells of any kind, a row too short."""
    between, n = draw.choice(["\t", "|", " | ", "  "]), draw.randint(1, 7)
    rows = [draw.choices(HEADS, k=n)]
    rows += [
        draw.choices(CELLS, k=draw.randint(max(1, n - 1), n)) for _ in range(draw.randint(0, 8))
    ]
    lines = [between.join(row) for row in rows]
    above = draw.choice(
        ["", "附件1\n", "单位：万元\n", "一、主要目标\n到2025年：\n", "单位：100万元、件\n"]
    )
    return above + "\n".join(lines) + draw.choice(["", "\n二、其他\n建设机构5家。"])


def mutated(draw: random.Random, text: str) -> str:
    """A passage of a real text with pieces cut, doubled, moved and put in."""
    start = draw.randrange(len(text))
    text = text[start : start + draw.randint(50, 2500)]
    for _ in range(draw.randint(1, 8)):
        a, b = sorted(draw.randrange(len(text) + 1) for _ in range(2))
        b = min(b, a + 40)
        text = draw.choice([
            text[:a] + text[b:], text[:b] + text[a:b] + text[b:], text[:a] + draw.choice(PIECES) + text[a:],
            text[:a] + text[a:b][::-1] + text[b:], text.replace(text[a : a + 1] or "一", draw.choice(PIECES), 3),
        ]) or "一"  # fmt: skip
    return text


def damaged(draw: random.Random, data: bytes) -> bytes:
    """A file with bytes changed, cut or doubled."""
    data = bytearray(data)
    for _ in range(draw.randint(1, 12) if len(data) else 0):
        data = data or bytearray(b"0")
        at = draw.randrange(len(data))
        kind = draw.randrange(4)
        if kind == 0:
            data[at] = draw.randrange(256)
        elif kind == 1:
            del data[at : at + draw.randint(1, 200)]
        elif kind == 2:
            data[at:at] = data[at : at + draw.randint(1, 200)]
        else:
            data = data[: max(20, at)]
    return bytes(data)


def samples() -> list[bytes]:
    """A file of each kind that can be made here, of one small text."""
    text = CORPUS.documents[3].text[:3000]
    document, page = docx.Document(), io.BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.add_table(2, 2).cell(0, 0).text = "指标"
    document.save(page)
    html = "<html><meta charset=utf-8><body><div class=nav>首页</div>" + "".join(
        f"<p>{x}</p>" for x in text.splitlines()
    )
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a.txt", text)
    encoded = [text.encode(name) for name in ("utf-8", "gb18030", "utf-16", "utf-16-le")]
    return [
        page.getvalue(),
        html.encode(),
        archive.getvalue(),
        b'{"content": "' + text[:900].replace("\n", "\\n").encode() + b'"}',
        *encoded,
    ]


def check_text(text: str) -> None:
    """Everything that must hold for a text."""
    document = Document("d", text)
    clauses = clause_table(document)
    seats = [0] * len(text)
    for row in clauses.itertuples():
        if row.role != "residue" or not isinstance(row.parent_id, str):
            for place in range(row.char_start, row.char_end):
                seats[place] += 1
    lost = [text[n] for n, times in enumerate(seats) if times == 0 and not text[n].isspace()]
    assert not lost, f"lost {lost[:5]}"
    targets = extract_targets(clauses)
    for row in targets.itertuples():
        shown = fold_width(text[row.char_start : row.char_end])
        assert shown.strip(), "an empty span"
        places = iter(shown)  # a page number or an invisible sign may stand between two digits
        digits = re.findall(r"\d", fold_width(row.number))
        assert all(digit in places for digit in digits), f"{row.number} in {shown}"
        assert row.low <= row.high or row.low != row.low, f"{row.low} > {row.high}"
    qualitative_mentions(clauses)
    align_targets(targets)
    references(clauses, Corpus((document,)))
    propose(Source(text, "text"))


def check_file(data: bytes) -> None:
    """A file is read or refused in a line."""
    try:
        source = read_bytes(data, "a.json" if data[:1] == b"{" else "a.txt")
    except PlainError as error:
        assert "\n" not in str(error)
        return
    check_text(source.text[:3000])


def run(n: int, seed: int) -> list[tuple[int, str]]:
    """Try ``n`` inputs; the number and the problem of each that fails."""
    files, texts = samples(), [document.text for document in CORPUS.documents]
    failures = []
    for k in range(n):
        draw = random.Random(f"{seed} {k}")
        begin = time.process_time()
        try:
            if k % 5 == 4:
                check_text(made_table(draw))
            elif k % 5 == 3:
                check_file(damaged(draw, draw.choice(files)))
            else:
                check_text(made_up(draw) if k % 2 else mutated(draw, draw.choice(texts)))
        except PlainError:
            pass
        except Exception as error:
            failures.append((k, f"{type(error).__name__}: {error}"))
        if time.process_time() - begin > SECONDS:
            failures.append((k, f"took {time.process_time() - begin:.1f} s"))
    return failures


if __name__ == "__main__":
    found = run(int(sys.argv[1]), int(sys.argv[2]))
    for number, problem in found:
        print(number, problem)
    print(f"{sys.argv[1]} inputs, {len(found)} failures")
    sys.exit(bool(found))
