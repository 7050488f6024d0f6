"""How long and with how much memory: what the benchmarks of many documents measure with.

Each benchmark writes its section of ``benchmarks/results.md``.
"""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import psutil

RESULTS = Path(__file__).parent / "results.md"


def write_section(name: str, text: str) -> None:
    """Put a section into its place in ``results.md``."""
    start, end = f"<!-- {name} -->\n", f"<!-- end {name} -->\n"
    before = RESULTS.read_text(encoding="utf-8") if RESULTS.is_file() else "# Many documents\n"
    if start in before:
        head, rest = before.split(start)
        before, tail = head, rest.split(end, 1)[1]
    else:
        before, tail = before + "\n", ""
    RESULTS.write_text(before + start + text + end + tail, encoding="utf-8")
    print(text)


def table(frame: pd.DataFrame) -> str:
    """A frame as a Markdown table."""
    rows = frame.astype(object).where(frame.notna(), "").astype(str)
    lines = [
        " | ".join(cells) for cells in ([*rows], ["---"] * len(rows.columns), *rows.to_numpy())
    ]
    return "".join(f"| {line} |\n" for line in lines)


class Peak:
    """The highest memory of this process and its children within a ``with`` block, in MB."""

    def __enter__(self) -> "Peak":
        self.mb, self._on = 0.0, True
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._on = False
        self._thread.join()

    def _look(self) -> None:
        own = psutil.Process()
        while self._on:
            total = 0
            for process in (own, *own.children(recursive=True)):
                try:
                    total += process.memory_info().rss
                except psutil.Error:
                    continue
            self.mb = max(self.mb, total / 1e6)
            time.sleep(0.25)


class Stages:
    """Wall and processor seconds of each stage, from the names that progress gives.

    Processor seconds are those of this process and of its living children, which other work on the
    machine changes little.
    """

    def __init__(self) -> None:
        self.wall: dict[str, float] = {}
        self.processor: dict[str, float] = {}
        self._seen: dict[int, float] = {}  # the last seconds of each process, also of ended ones
        self._stage, self._since = "record", self._now()

    def __call__(self, done: int, total: int, said: str) -> None:
        if said != self._stage:
            self.end()
            self._stage = said

    def end(self) -> None:
        """Close the stage."""
        now = self._now()
        for held, start, end in zip((self.wall, self.processor), self._since, now, strict=True):
            held[self._stage] = held.get(self._stage, 0.0) + max(0.0, end - start)
        self._since = now

    def _now(self) -> tuple[float, float]:
        own = psutil.Process()
        for process in (own, *own.children(recursive=True)):
            try:
                times = process.cpu_times()
            except psutil.Error:
                continue
            self._seen[process.pid] = times.user + times.system
        return time.perf_counter(), sum(self._seen.values())


def timed(run: Callable[[], object]) -> tuple[float, float]:
    """Seconds, and the peak of memory in MB above the start."""
    before = psutil.Process().memory_info().rss / 1e6
    start = time.perf_counter()
    with Peak() as peak:
        run()
    return time.perf_counter() - start, peak.mb - before
