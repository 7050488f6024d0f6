"""Public recognisers, made for something else: what each reads of the quantities.

The table is ``benchmarks/recognizers.csv``, which ``benchmarks/recognizers.py`` writes.
"""

from pathlib import Path

import pandas as pd

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
