"""Our extraction beside JioNLP and Microsoft Recognizers-Text, on the same five texts, in one run.

    pip install --group recognizers && python benchmarks/recognizers.py [--runs 5]

Writes ``benchmarks/recognizers.csv``, one row a tool and kind of unit, which notebook 04 reads.

All three get the same strings: the clean text of every provision, preamble and table row. A
mention of the gold standard is found by *value* when results that overlap it give its number (or
both ends of its range), after 万 and 亿 are counted out; by *value and unit* when such a result
also has its unit (yuan, %). The comparator is judged on the mentions found by value and unit; it is
the opposite where a cap is read as a floor. ``time_ratio`` is a tool's time over ours.
JioNLP extracts money only (``ner.extract_money``); its ``blur+`` counts as right for > and >=,
``blur-`` for < and <=, ``blur`` for ~. Recognizers-Text runs number, percentage, currency and
dimension; its Python package has no ranges and no comparators. Neither is asked for durations.
Both were made for other questions: neither claims to say what is counted or by when.

Licences: JioNLP Apache-2.0, Recognizers-Text MIT.
"""

import argparse
import csv
import platform
import re
import statistics
import time
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import pandas as pd

import ipcompare as ipc
from ipcompare.checks.validation import read_gold
from ipcompare.quantities.reading import ROLES
from ipcompare.quantities.units import unit_of
from ipcompare.text import trace

ROOT = Path(__file__).parents[1]
COLUMNS = (
    "tool", "version", "units", "n", "n_value", "n_value_unit", "n_comparator",
    "n_comparator_right", "n_opposite", "characters", "seconds", "characters_per_second",
    "time_ratio", "runs", "machine",
)  # fmt: skip
SCALES = {"万亿": 1e12, "亿": 1e8, "万": 1e4}
UP, DOWN = {">", ">="}, {"<", "<="}
BLUR = {"blur+": UP, "blur-": DOWN, "blur": {"~"}, "accurate": {"="}}


class Found(NamedTuple):
    """One result: where it stands, its values, its unit and the comparators it may mean."""

    start: int
    end: int
    values: tuple[float, ...]
    unit: str | None
    comparators: frozenset[str] | None


class Text(NamedTuple):
    """One string to read, with the place of each of its characters in the raw file."""

    doc_id: str
    text: str
    offsets: list[int]


Reader = Callable[[str], Iterator[Found]]


def texts_of(clauses: pd.DataFrame) -> list[Text]:
    """The clean texts that all tools read."""
    gaps: dict[str, list[tuple[int, int]]] = {}
    for row in clauses[clauses["role"].isin(["residue", "table_row"])].itertuples():
        gaps.setdefault(row.parent_id, []).append((row.char_start, row.char_end))
    texts = []
    for row in clauses[clauses["role"].isin(ROLES)].itertuples():
        raw = clauses.attrs["documents"][row.doc_id]["text"]
        offsets = trace(row.text, raw, row.char_start, gaps.get(row.clause_id, []))
        texts.append(Text(row.doc_id, row.text, offsets))
    return texts


def jionlp_reader() -> Reader:
    """Money by JioNLP."""
    import jionlp

    def read(text: str) -> Iterator[Found]:
        for hit in jionlp.ner.extract_money(text, with_parsing=True):
            detail = hit["detail"]
            nums = detail["num"] if isinstance(detail["num"], list) else [detail["num"]]
            sign = {"range"} if "span" in detail["definition"] else BLUR[detail["definition"]]
            yield Found(*hit["offset"], tuple(map(float, nums)), detail["case"], frozenset(sign))

    return read


def recognizers_reader() -> Reader:
    """Numbers, percentages, currencies and dimensions by Microsoft Recognizers-Text."""
    import recognizers_number as number
    import recognizers_number_with_unit as with_unit
    from recognizers_text import Culture

    models = (
        number.recognize_number, number.recognize_percentage,
        with_unit.recognize_currency, with_unit.recognize_dimension,
    )  # fmt: skip

    def read(text: str) -> Iterator[Found]:
        for model in models:
            for hit in model(text, Culture.Chinese):
                value, unit = hit.resolution["value"], hit.resolution.get("unit")
                if value is None:
                    continue
                unit = "%" if value.endswith("%") else "元" if unit == "Chinese yuan" else unit
                values = (float(value.removesuffix("%").replace(",", "")),)
                yield Found(hit.start, hit.end + 1, values, unit, None)

    return read


def read_all(reader: Reader, texts: list[Text]) -> list[tuple[Text, list[Found]]]:
    return [(text, list(reader(text.text))) for text in texts]


def placed(results: list[tuple[Text, list[Found]]]) -> dict[str, list[Found]]:
    """The results by document, at their places in the raw file."""
    by_document: dict[str, list[Found]] = {}
    for text, hits in results:
        for hit in hits:
            span = {"start": text.offsets[hit.start], "end": text.offsets[hit.end - 1] + 1}
            by_document.setdefault(text.doc_id, []).append(hit._replace(**span))
    return by_document


def ours_placed(targets: pd.DataFrame) -> dict[str, list[Found]]:
    """Our targets in the same form, values counted out in the same way."""
    by_document: dict[str, list[Found]] = {}
    for row in targets.itertuples():
        unit, scale = basic(row.unit)
        values = (row.low * scale, row.high * scale)
        found = Found(row.char_start, row.char_end, values, unit, frozenset({row.comparator}))
        by_document.setdefault(row.doc_id, []).append(found)
    return by_document


def basic(unit: str) -> tuple[str, float]:
    """A unit without its magnitude, and the magnitude: 万元 -> (元, 10000), 万件 -> (件, 10000)."""
    known = unit_of(unit)
    if known is not None and known.dimension == "money":
        return "元", float(known.factor)
    scale = re.match("万亿|[亿万]", unit)
    return (unit[scale.end() :], SCALES[scale[0]]) if scale else (unit, 1.0)


def kind_of(unit: str) -> str:
    """Money, percent or other: what a recognizer can be expected to know."""
    return {"元": "money", "%": "percent", "百分点": "percent"}.get(basic(unit)[0], "other")


def judged(gold: pd.DataFrame, by_document: dict[str, list[Found]]) -> pd.DataFrame:
    """One row a mention of the gold standard: value found, value and unit found, comparator."""
    rows = []
    for row in gold.itertuples():
        hits = by_document.get(row.doc_id, [])
        hits = [h for h in hits if h.start < row.char_end and row.char_start < h.end]
        unit, scale = basic(row.unit)
        wanted = {row.low * scale, row.high * scale}
        same = [h for h in hits if h.unit == unit]
        full = has(same, wanted)
        signs = [h.comparators for h in same if h.comparators and wanted & set(h.values)]
        sign = any(row.comparator in s for s in signs) if full and signs else None
        turned = sign is False and any(opposite(row.comparator, s) for s in signs)
        rows.append((kind_of(row.unit), has(hits, wanted), full, sign, turned))
    return pd.DataFrame(rows, columns=["units", "value", "value_unit", "comparator", "opposite"])


def opposite(comparator: str, found: frozenset[str]) -> bool:
    """Whether a cap is read as a floor, or a floor as a cap."""
    return any(comparator in a and found <= b for a, b in ((UP, DOWN), (DOWN, UP)))


def has(hits: list[Found], wanted: set[float]) -> bool:
    """Whether the results together give every wanted value, to a billionth."""
    values = [value for hit in hits for value in hit.values]
    return all(any(abs(v - w) <= 1e-9 * abs(w) for v in values) for w in wanted)


def timed(jobs: dict[str, Callable[[], object]], runs: int) -> dict[str, float]:
    """Median seconds of each job, the jobs taking turns; the first round warms up."""
    seconds: dict[str, list[float]] = {name: [] for name in jobs}
    for run in range(runs + 1):
        for name, job in jobs.items():
            start = time.perf_counter()
            job()
            if run:
                seconds[name].append(time.perf_counter() - start)
    return {name: statistics.median(values) for name, values in seconds.items()}


def machine() -> str:
    """The processor and the Python version: speeds hold for these only."""
    names = re.findall(r"model name\s*:\s*(.+)", _read("/proc/cpuinfo"))
    name = names[0] if names else platform.processor() or platform.machine()
    return f"{name}, one core, Python {platform.python_version()}"


def _read(path: str) -> str:
    return Path(path).read_text(encoding="utf-8") if Path(path).exists() else ""


def measure(runs: int) -> list[dict[str, object]]:
    """The rows of the table; a tool that cannot be imported is reported and left out."""
    clauses = ipc.clause_table(ipc.read_corpus(ROOT / "corpus"))
    gold = read_gold(ROOT / "corpus" / "gold" / "targets")
    gold, texts = gold[gold["coders"] > 1], texts_of(clauses)
    jobs = {("ipcompare", ipc.__version__): lambda: ipc.extract_targets(clauses)}
    found = {("ipcompare", ipc.__version__): ours_placed(ipc.extract_targets(clauses))}
    tools = {"jionlp": jionlp_reader, "recognizers-text-suite": recognizers_reader}
    for name, make in tools.items():
        try:
            reader, key = make(), (name, metadata.version(name))
        except ImportError as error:
            print(f"{name} left out, it cannot be imported: {error}")
            continue
        jobs[key] = lambda reader=reader: read_all(reader, texts)
        found[key] = placed(read_all(reader, texts))
    seconds, characters = timed(jobs, runs), sum(len(text.text) for text in texts)
    rows = []
    for key in jobs:
        speed = {
            "characters": characters, "seconds": round(seconds[key], 4), "runs": runs,
            "characters_per_second": round(characters / seconds[key]),
            "time_ratio": round(seconds[key] / seconds[next(iter(jobs))], 1),
            "machine": machine(),
        }  # fmt: skip
        rows += [
            {"tool": key[0], "version": key[1]} | row | speed for row in counts(gold, found[key])
        ]
    return rows


def counts(gold: pd.DataFrame, by_document: dict[str, list[Found]]) -> Iterator[dict[str, object]]:
    """The counts over all mentions, then for each kind of unit."""
    table = judged(gold, by_document)
    for units in ("all", "money", "percent", "other"):
        own = table if units == "all" else table[table["units"] == units]
        signs = own["comparator"].dropna()
        yield {
            "units": units, "n": len(own), "n_value": int(own["value"].sum()),
            "n_value_unit": int(own["value_unit"].sum()), "n_comparator": len(signs),
            "n_comparator_right": int(signs.sum()), "n_opposite": int(own["opposite"].sum()),
        }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    rows = measure(parser.parse_args().runs)
    with (ROOT / "benchmarks" / "recognizers.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(pd.DataFrame(rows).drop(columns=["machine"]).to_string(index=False))


if __name__ == "__main__":
    main()
