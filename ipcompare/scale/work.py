"""What a comparison is done with: where, who is told, how pairs are found and what that misses."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from ipcompare.frames import columns_of
from ipcompare.scale import blocks
from ipcompare.scale.engines import Engine
from ipcompare.wording.nearest import Pairs

Progress = Callable[[int, int, str], None]


def quiet(done: int, total: int, said: str) -> None:
    """Nobody is told."""


@dataclass
class Work:
    """The engine, who is told of progress, whether every pair is compared (None: by their
    number), and what was measured.
    """

    engine: Engine
    progress: Progress = quiet
    exact: bool | None = None
    _measured: list[tuple] = field(default_factory=list)

    def nearest(self, vectors: Path, groups: np.ndarray, *, depth: int, step: str) -> Pairs:
        """The ``depth`` nearest rows of each row of other groups; notes how they were found."""
        path = vectors / "groups.npy"
        np.save(path, groups)
        jobs = blocks.tasks(vectors, path, depth=depth, engine=self.engine, exact=self.exact)
        self.progress(0, len(jobs), step)
        held = [_NOTHING]
        for n, pairs in enumerate(blocks.nearest_rows(jobs, self.engine), 1):
            held.append(_small(pairs))
            self.progress(n, len(jobs), step)
        rows, columns, scores, ranks = (np.concatenate(part) for part in zip(*held, strict=True))
        self._note(step, jobs, len(groups), (rows, columns, scores, ranks))
        return rows, columns, scores, ranks

    def _note(self, step: str, jobs: list[blocks.Task], n: int, found: Pairs) -> None:
        """Note a step; where it was not exact its recall is measured."""
        if not jobs or jobs[0].rare is None:
            self._measured.append((step, n, "exact", None, None, None))
            return
        for depth, shares in blocks.recall(jobs[0].vectors, jobs[0].groups, found).items():
            self._measured.append((step, n, "candidates", depth, *shares))

    def recall(self) -> pd.DataFrame:
        """``matching_recall``: one row a step, and of a step with candidates a row a depth.

        ``n_found`` of the ``n_true`` best pairs of a sample of rows were among the candidates.
        """
        columns = columns_of("matching_recall")
        frame = pd.DataFrame(self._measured, columns=list(columns[:-1]))
        frame = frame.astype(dict.fromkeys(("depth", "n_found", "n_true"), "Int64"))
        return frame.assign(recall=(frame["n_found"] / frame["n_true"]).astype("Float64"))


def _small(pairs: Pairs) -> Pairs:
    """The pairs in half the memory."""
    rows, columns, scores, ranks = pairs
    return rows.astype(np.int32), columns.astype(np.int32), scores, ranks.astype(np.int32)


_NOTHING = _small((np.zeros(0), np.zeros(0), np.zeros(0), np.zeros(0)))


def recall_in_words(recall: pd.DataFrame) -> str:
    """What ``matching_recall`` says, in a line a step."""
    lines = []
    for (step, n, method), rows in recall.groupby(["step", "n", "method"], sort=False):
        said = f"{step}: {n} compared, every pair"
        if method != "exact":
            shares = ", ".join(
                f"{row.n_found} of {row.n_true} of the best {row.depth}"
                for row in rows.itertuples()
            )
            said = f"{step}: {n} compared by candidates; found in a sample: {shares}"
        lines.append(said)
    return "\n".join(lines)
