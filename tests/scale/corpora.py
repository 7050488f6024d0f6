"""Corpora on disk for the tests of many documents: made-up plans, some of them copied."""

import csv
import hashlib

PLACES = "东河 西山 南林 北港 中原 新泉 旧城 长桥 高岭 平沙 大湾 小溪".split()
TASKS = (
    ("加强专利保护", "建立专利保护中心，查处假冒专利行为，专利案件结案率达到{n}%以上"),
    ("开展质押融资", "鼓励银行开展知识产权质押融资，到2020年，质押融资额达到{n}亿元"),
    ("培育优势企业", "培育知识产权优势企业{n}家，对每家企业给予{n}万元奖励"),
    ("推进专利导航", "围绕主导产业实施专利导航项目{n}项，编制导航报告"),
    ("壮大人才队伍", "引进和培养知识产权人才{n}名，开设知识产权课程"),
    ("实施商标战略", "有效注册商标达到{n}万件，支持企业申请马德里商标国际注册"),
)
RECORD = ("doc_id", "title", "jurisdiction", "level", "date_issued", "file", "sha256")


def plan(n):
    """The text of the n-th plan: four of the tasks, in its own numbers and with words of its own."""
    place = PLACES[n % len(PLACES)]
    lines = [f"{place}市知识产权强市建设方案", "", "一、主要任务"]
    for at in range(4):
        heading, words = TASKS[(n + at * (1 + n % 2)) % len(TASKS)]
        own = f"由{place}市有关部门负责，第{n}年度考核" if (n + at) % 3 else "各部门要密切配合"
        body = words.format(n=3 + (n * 7 + at) % 40)
        lines.append(f"（{'一二三四'[at]}）{heading}。{body}。{own}。{_own_words(4 * n + at)}。")
    return "\n".join(lines) + "\n"


def _own_words(n):
    """Thirty characters that no other provision has in this order; they say nothing."""
    return "".join(chr(ord("一") + (n * 97 + k * (n + 3) * 31) % 9973) for k in range(30))


def copy_of(n, place):
    """The n-th plan as another place copied it."""
    return plan(n).replace(PLACES[n % len(PLACES)], place)


def write_corpus(folder, texts):
    """A corpus of these texts by doc_id."""
    (folder / "texts").mkdir(parents=True, exist_ok=True)
    rows = []
    for n, (doc_id, text) in enumerate(texts.items()):
        path = folder / "texts" / f"{doc_id}.txt"
        path.write_text(text, encoding="utf-8")
        place = text.partition("市")[0] + "市"
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        about = (f"方案{n}", place, "city", f"{2015 + n % 8}-05-01")
        rows.append((doc_id, *about, f"texts/{doc_id}.txt", digest))
    with (folder / "documents.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([RECORD, *rows])
    return folder


def plans(n, *, copies=True):
    """The texts of n plans by doc_id; the last two are copies of the first where asked for."""
    texts = {f"d{at:03}": plan(at) for at in range(n)}
    if copies:
        texts |= {f"d{n - 1 - at:03}": copy_of(0, place) for at, place in enumerate(("丙", "丁"))}
    return texts
