"""The whole way of a researcher who checks the tool, measured on the five texts.

    python benchmarks/coding_walk.py

Draws a sample, makes sheets, makes up the codes of two coders, and then runs the commands of one
who has coded: agreement, adjudicate, validate, correct, and the report made again with the
correction. Writes its section of ``benchmarks/results.md``. Codes are made up: times alone count.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from measuring import table, write_section

import ipcompare as ipc

ROOT = Path(__file__).parents[1]
PROGRAM = str(Path(sys.executable).with_name("ipcompare"))


def walk(folder: Path) -> list[dict]:
    """A row a step: its command and its wall seconds."""
    corpus, coding = folder / "corpus", folder / "coding"
    shutil.copytree(ROOT / "corpus", corpus)
    first = ipc.Study(ipc.read_corpus(corpus)).targets["target_id"].iloc[0]
    steps = [
        _step(f"sample --task mentions --n 200 --corpus {corpus} --out {coding} --coders a,b"),
        {"step": "(codes made up)", "s": _timed(lambda: ipc.coding.made_up_codes(coding))},
        _step(f"agreement {coding}"),
        {"step": "(decisions made up)", "s": _timed(lambda: ipc.coding.made_up_decisions(coding))},
        _step(f"adjudicate {coding} --by Wang"),
        _step(f"validate {coding} --corpus {corpus}"),
        _step(f"correct {first} --field deadline --new 2018 --who W --why try --corpus {corpus}"),
        {"step": "report.html, corrected", "s": _timed(lambda: _report(corpus, folder))},
    ]
    return [*steps, {"step": "all", "s": sum(step["s"] for step in steps)}]


def _step(command: str) -> dict:
    arguments = command.split()
    seconds = _timed(lambda: subprocess.run([PROGRAM, *arguments], check=True, capture_output=True))
    return {"step": f"ipcompare {arguments[0]}", "s": seconds}


def _report(corpus: Path, folder: Path) -> None:
    """The report in a process of its own."""
    code = f"ipc.write_report(ipc.Study(ipc.read_corpus({str(corpus)!r})), 'report.html')"
    command = [sys.executable, "-c", f"import ipcompare as ipc; {code}"]
    subprocess.run(command, check=True, cwd=folder)


def _timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        rows = pd.DataFrame(walk(Path(scratch))).round(1)
    about = "200 mentions of the five texts, two coders (codes made up): wall seconds of each step."
    write_section("coding", f"## Coding\n\n{about}\n\n" + table(rows))
