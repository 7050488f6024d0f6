"""Public recognisers beside ours: what each read of the quantities, and how fast.

The table is ``benchmarks/recognizers.csv``, which ``benchmarks/recognizers.py`` writes.
"""

from pathlib import Path

import pandas as pd

from ipcompare.checks.agreement import score_table
from ipcompare.frames import require

COLUMNS = (
    "tool", "version", "units", "n", "n_value", "n_value_unit", "n_comparator",
    "n_comparator_right", "n_opposite", "characters", "seconds", "characters_per_second",
    "time_ratio", "runs", "machine",
)  # fmt: skip


def read_recognizers(path: Path | str) -> pd.DataFrame:
    """One row a tool and kind of unit (``units``: all, money, percent, other)."""
    tools = pd.read_csv(path)
    require(tools, COLUMNS, "benchmarks/recognizers.py")
    return tools


def recognizer_totals(tools: pd.DataFrame) -> pd.DataFrame:
    """One row a tool, its index: what it read of all units, and its speed."""
    return tools[tools["units"] == "all"].set_index("tool").drop(columns="units")


def recognizer_recall(tools: pd.DataFrame) -> pd.DataFrame:
    """One row a tool and kind of unit: the share of mentions with value and unit right.

    Columns as in ``score_table``; ``check`` is ``jionlp · money``.
    """
    labels = tools["tool"].str.removesuffix("-suite") + " · " + tools["units"]
    counts = zip(tools["n_value_unit"], tools["n"], strict=True)
    return score_table(dict(zip(labels, counts, strict=True)))
