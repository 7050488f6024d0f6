"""`ipcompare compare` against the plain script, both as whole cold processes, turn about.

    python benchmarks/run.py [--runs 7] [--readme]

Prints a Markdown table of medians; --readme writes it into the README's benchmark section.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
# As for a user: Python keeps the compiled modules of the first run.
ENV = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
MARKS = ("<!-- benchmark: make bench -->\n", "<!-- end -->")


def commands(out: Path) -> dict[str, list[str]]:
    """Both as a user runs them: the installed command and the script."""
    compare = str(Path(sys.executable).with_name("ipcompare"))
    plain = str(ROOT / "benchmarks" / "plain_script.py")
    corpus = ROOT / "corpus"
    return {
        "ipcompare compare": [compare, "compare", "--corpus", str(corpus), "--out", str(out / "a")],
        "plain script": [sys.executable, plain, str(corpus / "texts"), str(out / "b")],
    }


def measure(command: list[str]) -> tuple[float, float, float]:
    """Wall seconds, processor seconds and peak memory in MB of one cold process."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, env=ENV, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"failed with status {status}: {' '.join(command)}")
    seconds = time.perf_counter() - start
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def table(runs: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        jobs = commands(Path(folder))
        found = {name: [] for name in jobs}
        for run in range(runs + 1):
            for name, command in jobs.items():
                result = measure(command)
                if run:  # the first round warms the file cache
                    found[name].append(result)
    ours, plain = (found[name] for name in jobs)
    ratios = [
        statistics.median(a[i] / b[i] for a, b in zip(ours, plain, strict=True)) for i in (0, 1)
    ]
    lines = [
        "| five texts, cold process | time | processor time | peak memory |",
        "|---|---|---|---|",
    ]
    for name, results in found.items():
        wall, cpu, memory = (statistics.median(column) for column in zip(*results, strict=True))
        lines.append(f"| {name} | {wall:.2f} s | {cpu:.2f} s | {memory:.0f} MB |")
    said = "Medians of {} pairs; ratio of time {:.2f}, of processor time {:.2f}."
    return "\n".join([*lines, "", said.format(runs, *ratios), ""])


def write_readme(text: str) -> None:
    path = ROOT / "README.md"
    before, rest = path.read_text(encoding="utf-8").split(MARKS[0])
    after = rest.split(MARKS[1], 1)[1]
    path.write_text(before + MARKS[0] + text + MARKS[1] + after, encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--readme", action="store_true")
    options = parser.parse_args()
    result = table(options.runs)
    print(result)
    if options.readme:
        write_readme(result)
