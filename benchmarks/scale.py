"""Many documents, measured: growth, cores, matching, planted truth, kill and resume.

    python benchmarks/scale.py growth --sizes 100 1000 10000
    python benchmarks/scale.py cores matching planted resume

Needs ``pip install "ipcompare[scale]"``. The documents are invented (``benchmarks/invented``). Each
part writes its section of ``benchmarks/results.md``. Seconds are of the wall unless said otherwise;
memory is the highest sum of the resident memory of all processes, looked at four times a second.
"""

import argparse
import math
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
from measuring import RESULTS, Peak, Stages, table, timed, write_section
from planted import as_markdown, copies_found, scores_of
from sparse_dot_topn import sp_matmul_topn

from ipcompare import clause_table, extract_targets
from ipcompare.scale import compare_collection
from ipcompare.scale.collection import HIDDEN
from ipcompare.scale.engines import Processes, engine
from ipcompare.scale.matching import write_weighted
from ipcompare.scale.rows_on_disk import RowsOnDisk, Writer
from ipcompare.scale.work import Work
from ipcompare.wording.tokens import tokenize
from ipcompare.wording.vectors import idf_from

WORKERS = 2
SQUARE = 50_000  # clauses up to which what grows with their square is measured whole


def corpus_of(n: int, folder: Path) -> Path:
    """An invented corpus of n documents, written once."""
    from invented import write_corpus

    place = folder / f"corpus-{n}"
    if not (place / "documents.csv").is_file():
        write_corpus(place, n)
    return place


# --- growth -------------------------------------------------------------------------------------


def growth(sizes: list[int], folder: Path) -> None:
    """Whole ``compare`` at several sizes: seconds of each stage, memory, slopes."""
    rows, recalls = [], []
    for n in sizes:
        row, recall = one_size(n, folder)
        rows.append(row)
        recalls.append(recall.assign(documents=n))
        print(row, flush=True)
    frame = pd.DataFrame(rows)
    said = frame.round(1).astype({"documents": int, "rows": int, "peak MB": int})
    text = (
        "## Growth\n\n`ipcompare compare` on two workers: wall seconds of the whole, processor "
        "seconds of each stage.\n\n" + table(said)
    )
    text += "\nLog-log slopes of the processor seconds:\n\n" + table(slopes(frame))
    text += "\nHow pairs were found, and what share of the true ones in a sample of rows:\n\n"
    write_section("growth", text + table(pd.concat(recalls).round(4)))


def one_size(n: int, folder: Path) -> tuple[dict, pd.DataFrame]:
    """What ``compare`` of n documents takes, and how pairs were found."""
    corpus, out = corpus_of(n, folder), folder / f"out-{n}"
    shutil.rmtree(out, ignore_errors=True)
    stages, start = Stages(), time.perf_counter()
    with Peak() as peak:
        made, recall = compare_collection(corpus, out, workers=WORKERS, progress=stages)
    stages.end()
    clauses = next(rows for path, rows in made.items() if path.stem == "clauses")
    row = {"documents": n, "rows": clauses, "whole (wall)": time.perf_counter() - start}
    return row | {"peak MB": peak.mb} | stages.processor, recall


def slopes(frame: pd.DataFrame) -> pd.DataFrame:
    """The slope of each stage between one size and the next."""
    stages = [c for c in frame if c not in ("documents", "rows", "peak MB")]
    rows = []
    for a, b in zip(frame.index, frame.index[1:], strict=False):
        step = math.log(frame.at[b, "documents"] / frame.at[a, "documents"])
        row = {"from": frame.at[a, "documents"], "to": frame.at[b, "documents"]}
        for stage in stages:
            ends = frame.at[a, stage], frame.at[b, stage]
            row[stage] = round(math.log(ends[1] / ends[0]) / step, 2) if min(ends) > 0 else None
        rows.append(row)
    return pd.DataFrame(rows)


def million() -> None:
    """What a million clauses take by the growth that was measured, from ``results.md``."""
    section = RESULTS.read_text(encoding="utf-8").split("<!-- growth -->")[1]
    measured = section.split("Log-log")[0].splitlines()
    lines = [line.strip("| ") for line in measured if line.startswith("|")]
    cells = [[cell.strip() for cell in line.split("|")] for line in lines]
    frame = pd.DataFrame(cells[2:])
    frame = frame.set_axis(cells[0], axis=1).astype(float)
    last, before = frame.iloc[-1], frame.iloc[-2]
    more = math.log(1_000_000 / last["rows"]) / math.log(last["rows"] / before["rows"])
    stages = list(frame)[4:]
    seconds = {stage: last[stage] * (last[stage] / before[stage]) ** more for stage in stages}
    text = (
        "## A million clauses\n\nProcessor seconds expected for a million rows of the clause "
        f"table, by the growth from {before['rows']:,.0f} to {last['rows']:,.0f} rows: "
        f"{sum(seconds.values()):,.0f} in all; "
        + ", ".join(f"{stage} {value:,.0f}" for stage, value in seconds.items())
        + ". Extrapolated, not measured.\n"
    )
    write_section("million", text)


# --- cores --------------------------------------------------------------------------------------


def clauses_and_targets(job: tuple[Path, tuple[str, ...]]) -> int:
    """The clause table and the targets of some documents; the number of rows."""
    folder, ids = job
    clauses = clause_table(read_corpus_of(folder, ids))
    return len(clauses) + len(extract_targets(clauses))


def read_corpus_of(folder: Path, ids: tuple[str, ...]) -> list:
    from ipcompare.corpus import Document

    return [
        Document(id, (folder / "texts" / f"{id}.txt").read_text(encoding="utf-8")) for id in ids
    ]


def cores(folder: Path, n: int = 400) -> None:
    """Clause table and targets on one process and on two, and beside bare segmentation."""
    from ipcompare.scale.engines import run

    corpus = corpus_of(n, folder)
    ids = [path.stem for path in sorted((corpus / "texts").glob("*.txt"))]
    jobs = [(corpus, tuple(ids[k : k + 16])) for k in range(0, len(ids), 16)]
    seconds: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(3):  # turn about
        for workers in (1, 2):
            processes = Processes(workers)
            list(run(processes, clauses_and_targets, jobs[:2]))  # imports and data files
            start = time.perf_counter()
            list(run(processes, clauses_and_targets, jobs))
            seconds[workers].append(time.perf_counter() - start)
            processes.close(now=False)
    one, two = min(seconds[1]), min(seconds[2])
    texts = [(corpus / "texts" / f"{id}.txt").read_text(encoding="utf-8") for id in ids]
    chars = sum(map(len, texts))
    start = time.process_time()
    for text in texts:
        tokenize(text)
    bare = time.process_time() - start
    text = (
        "## Cores\n\n"
        f"Clause table and targets of {n} documents ({chars:,} characters), best of three: "
        f"{one:.1f} s on one process, {two:.1f} s on two: {one / two / 2:.0%} of linear. "
        f"Throughput of one process {chars / one / 1e6:.2f} million characters a second; bare "
        f"segmentation (rjieba) {chars / bare / 1e6:.2f} million: ratio {bare / one:.3f}.\n"
    )
    write_section("cores", text)


# --- matching -----------------------------------------------------------------------------------


def matching(folder: Path, sizes: list[int]) -> None:
    """The nearest clauses, exactly and from candidates, beside the bare product."""
    rows: list[dict] = []
    for n in sizes:
        vectors, groups = clause_vectors_of(n, folder)
        own = [nearest_row(vectors, groups, top_n, exact=False) for top_n in (3, 10)]
        if n <= SQUARE:
            own.append(nearest_row(vectors, groups, 10, exact=True))
        own.append(bare_row(RowsOnDisk(vectors)))
        rows += [row | {"of the bare": row["s"] / own[-1]["s"]} for row in own]
    frame = pd.DataFrame(rows).round({"s": 1, "peak MB": 0, "of the bare": 2})
    text = (
        "## Matching\n\nThe nearest of different wordings of invented documents by their own "
        "words (two processes; the bare product is `sp_matmul_topn(X, X.T, top_n=10)` of "
        f"sparse_dot_topn on two threads, above {SQUARE:,} clauses on a tenth of the rows, times "
        "ten). Pairs are of different documents, ties are kept; recall is measured on 300 rows by "
        "score.\n\n"
    )
    write_section("matching", text + table(frame) + candidate_slope(frame))


def nearest_row(vectors: Path, groups: np.ndarray, top_n: int, *, exact: bool) -> dict:
    with engine(workers=WORKERS) as at:
        work = Work(at, exact=exact)
        seconds, mb = timed(lambda: work.nearest(vectors, groups, depth=top_n, step="matches"))
    recall = work.recall().dropna(subset="depth").set_index("depth")["recall"].to_dict()
    row = {"clauses": len(groups), "top": top_n, "way": "exact" if exact else "candidates"}
    row |= {"s": seconds, "peak MB": mb, "recall at 1": recall.get(1), "in best 3": recall.get(3)}
    print(row, flush=True)
    return row


def bare_row(vectors: RowsOnDisk) -> dict:
    n = vectors.shape[0]
    some = n if n <= SQUARE else n // 10
    whole = vectors.span(0, n)

    def product() -> None:
        right = whole.T.tocsr()
        sp_matmul_topn(whole[:some], right, top_n=10, threshold=0.0, sort=True, n_threads=WORKERS)

    seconds, mb = timed(product)
    row = {"clauses": n, "top": 10, "way": "bare product", "s": seconds * n / some}
    print(row, flush=True)
    return row | {"peak MB": mb}


def candidate_slope(frame: pd.DataFrame) -> str:
    own = frame[(frame["way"] == "candidates") & (frame["top"] == 3)]
    ends = own.iloc[[0, -1]]
    steps = np.log(ends[["s", "clauses"]].astype(float)).diff().iloc[-1]
    slope = steps.iloc[0] / steps.iloc[1]
    return f"\nLog-log slope of the candidates from the first to the last size: {slope:.2f}.\n"


def clause_vectors_of(n: int, folder: Path) -> tuple[Path, np.ndarray]:
    """The vectors of n different wordings of invented documents, and the owner of each."""
    from ipcompare.scale import collection, matching
    from ipcompare.scale.wordings import write_wordings

    documents = max(200, n // 26)
    out = folder / f"out-{documents}"
    corpus = corpus_of(documents, folder)
    made = collection._collection(corpus, out)
    with engine(workers=WORKERS) as at:
        collection._make_parts(made, at, lambda *_: None)
    scratch = folder / f"vectors-{n}"
    shutil.rmtree(scratch, ignore_errors=True)
    wordings = write_wordings(collection._counted(made.order), scratch / matching.COUNTS)
    if len(wordings.first) < n:
        raise SystemExit(f"{documents} documents have {len(wordings.first)} wordings, not {n}")
    counts = RowsOnDisk(scratch / matching.COUNTS)
    with Writer(scratch / "some") as writer:
        writer.write(counts.span(0, n))
    some = RowsOnDisk(scratch / "some")
    write_weighted(some, idf_from(some.held_by(), n), scratch / "own")
    return scratch / "own", wordings.owner[:n]


# --- planted truth ------------------------------------------------------------------------------


def planted(folder: Path, n: int = 1000) -> None:
    """Recall of what the generator planted: targets, structure, copies."""
    corpus, out = corpus_of(n, folder), folder / f"out-{n}"
    compare_collection(corpus, out, workers=WORKERS)
    copies = pd.read_csv(corpus / "planted_copies.csv")
    found = copies_found(copies, found_pairs(out))
    counts = copies["form"].value_counts()
    rows = [{"copies": form, "n": counts[form], "recall": found[form]} for form in sorted(found)]
    text = (
        f"## Planted truth\n\n{n} invented documents (benchmarks/planted.py).\n\n"
        + as_markdown(scores_of(corpus))
        + "\n\nProvisions that were copied, found with their source in one wording, in two that "
        "are nearly the same or among the three matches of either:\n\n"
    )
    write_section("planted", text + table(pd.DataFrame(rows).round(4)))


def found_pairs(out: Path) -> pd.DataFrame:
    """``clause_id, match_id``: the pairs that the tables hold, every place of a wording for it."""
    places = pd.read_parquet(out / "wording_places.parquet")
    tables = (
        pd.read_parquet(out / f"{name}.parquet") for name in ("clause_matches", "near_wordings")
    )
    matches = pd.concat(table[["clause_id", "match_id"]] for table in tables)
    several = places.groupby("wording_id")["clause_id"].agg(list)
    same = places.merge(places, on="wording_id")[["clause_id_x", "clause_id_y"]]
    for column in ("clause_id", "match_id"):
        own = matches[column].map(several)
        single = matches[column].map(lambda id: [id])
        matches[column] = own.where(own.notna(), single)
        matches = matches.explode(column)
    same.columns = matches.columns
    turned = matches.rename(columns={"clause_id": "match_id", "match_id": "clause_id"})
    return pd.concat([matches, turned, same], ignore_index=True).drop_duplicates()


# --- kill and resume ----------------------------------------------------------------------------


def resume(folder: Path, n: int = 300) -> None:
    """Kill ``compare`` in the midst of its work, run it again, compare the bytes."""
    corpus, out, whole = corpus_of(n, folder), folder / "killed", folder / "whole"
    for place in (out, whole):
        shutil.rmtree(place, ignore_errors=True)
    program = str(Path(sys.executable).with_name("ipcompare"))
    command = [program, "compare", "--format", "parquet"]
    kept: set[Path] = set()
    kills = 0
    for seconds in (4, 6, 8):
        process = subprocess.Popen(
            [*command, "--corpus", str(corpus), "--out", str(out)], start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(seconds)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            kills += 1
        process.wait()
        parts = {p for p in (out / HIDDEN).glob("[!.]*") if (p / "keys.json").is_file()}
        kept = kept | parts
    times = {part: (part / "keys.json").stat().st_mtime_ns for part in kept}
    compare_collection(corpus, out, workers=WORKERS)
    redone = sum((p / "keys.json").stat().st_mtime_ns != t for p, t in times.items())
    compare_collection(corpus, whole, workers=WORKERS)
    names = sorted(path.name for path in whole.glob("*.parquet"))
    same = sum((out / name).read_bytes() == (whole / name).read_bytes() for name in names)
    text = (
        f"## Kill and resume\n\n`ipcompare compare` on {n} documents, killed {kills} times "
        f"(SIGKILL, all processes): {len(kept)} parts were whole and kept, {redone} of them made "
        f"again; {same} of {len(names)} tables have the bytes of an undisturbed run.\n"
    )
    write_section("resume", text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "parts", nargs="+", choices=["growth", "million", "cores", "matching", "planted", "resume"]
    )
    parser.add_argument("--sizes", type=int, nargs="+")
    parser.add_argument("--folder", type=Path, help="Keeps corpora and tables; else temporary.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = (options.folder or Path(scratch)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        for part in options.parts:
            if part == "growth":
                growth(options.sizes or [100, 1000, 10_000], folder)
            elif part == "million":
                million()
            elif part == "matching":
                matching(folder, options.sizes or [10_000, 50_000, 200_000])
            else:
                {"cores": cores, "planted": planted, "resume": resume}[part](folder)


if __name__ == "__main__":
    main()
